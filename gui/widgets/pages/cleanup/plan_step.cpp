// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/cleanup/plan_step.h"

#include "charts/look.h"
#include "models/plain_text.h"
#include "models/sentences.h"
#include "models/table_roles.h"
#include "widgets/icons.h"
#include "widgets/pages/call_states.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPromise>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace layerhold::gui {

namespace {

/// A question about more digests would be too long for one message.
constexpr std::uint64_t mostAsked = 40'000;
constexpr std::size_t mostWays = 4;

enum Tab
{
    Remove,
    Keep,
    Changed,
    Problems
};

QLabel* textLabel(const char* name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

template <class Record>
auto containing(const QString& words)
{
    return [needle = words.toStdString()](const Record& record) {
        return record.name.find(needle) != std::string::npos || record.kind.find(needle) != std::string::npos;
    };
}

} // namespace

QString waysText(const std::vector<ClaimPathRecord>& ways)
{
    if (ways.empty())
        return PlanStep::tr("Nothing holds it: no tag, pin, lease or engine leads to it.");
    QStringList lines;
    for (std::size_t i = 0; i < std::min(ways.size(), mostWays); ++i) {
        QStringList steps;
        for (const std::string& digest : ways[i].path)
            steps += shortDigest(digest);
        steps += wordingOf(CodeSet::HolderKind, ways[i].claim.holderKind).label + QLatin1Char(' ') +
                 plainText(ways[i].claim.holder);
        lines += steps.join(QStringLiteral(" ← "));
    }
    if (ways.size() > mostWays)
        lines += PlanStep::tr("… and %1 more ways", nullptr, numberForPlural(ways.size() - mostWays))
                     .arg(ways.size() - mostWays);
    return lines.join(QLatin1Char('\n'));
}

PlanStep::PlanStep(AppContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_removals(PlanModel::Decision::Remove, context.format())
    , m_kept(PlanModel::Decision::Keep, context.format())
    , m_changes(context.format())
    , m_problems(context.format())
    , m_sentence(textLabel("planSentence", this))
    , m_explanation(textLabel("planExplanation", this))
    , m_notice(textLabel("planNotice", this))
    , m_why(textLabel("planWhy", this))
    , m_filter(new QLineEdit(this))
    , m_tabs(new QTabWidget(this))
    , m_noChanges(textLabel("noChanges", this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(makeHead());
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Parts of the plan"));
    m_tabs->tabBar()->setAccessibleName(m_tabs->accessibleName());
    addTab(m_removals, tr("Entries to remove"), {170, 80, 90, 90, 100, 0, 150, 100});
    addTab(m_kept, tr("Entries that stay"), {170, 80, 90, 90, 100, 0, 150, 100});
    // Nothing is freed by what stays.
    static_cast<RecordView*>(m_tabs->widget(Keep))->hideColumn(PlanModel::Freed);
    RecordView* changes = addTab(m_changes, tr("Changed from the saved policy"), {130, 80, 90, 130, 260, 0});
    m_noChanges->setAlignment(Qt::AlignCenter);
    m_noChanges->setParent(changes);
    auto* over = new QVBoxLayout(changes);
    over->addWidget(m_noChanges);
    addTab(m_problems, tr("Problems of the plan"), {170, 80, 90, 0});
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_why);
    layout->addWidget(makeButtons());
    m_why->hide();

    m_removals.setFreedBy([this](const QStringList& digests) { return freedBy(digests); }, mostAsked);
    connect(&m_removals, &PlanModel::totalsChanged, this, &PlanStep::tellTotals);
    connect(m_filter, &QLineEdit::textChanged, this, &PlanStep::applyFilter);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        m_why->hide();
        tellTotals();
        tellSelection();
        m_context.actions().update();
    });
    connect(&context, &AppContext::formatChanged, this, [this] {
        m_removals.setFormat(m_context.format());
        m_kept.setFormat(m_context.format());
        m_changes.setFormat(m_context.format());
        m_problems.setFormat(m_context.format());
        tellTotals();
    });
    begin();
}

RecordView* PlanStep::addTab(QAbstractItemModel& model, const QString& name, const std::vector<int>& widths)
{
    auto* view = new RecordView(m_context, name, this);
    view->setModel(&model);
    view->setWidths(widths);
    m_tabs->addTab(view, QString());
    connect(view, &RecordView::currentIdChanged, this, [this](const QString& id) {
        m_why->hide();
        if (!id.isEmpty())
            m_context.current().set({.kind = Item::Kind::Blob, .id = id, .page = QStringLiteral("cleanup")});
        m_context.actions().update();
    });
    connect(view, &RecordView::selectedChanged, this, &PlanStep::tellSelection);
    return view;
}

QWidget* PlanStep::makeHead()
{
    auto* area = new QWidget(this);
    auto* layout = new QVBoxLayout(area);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    QFont font = m_sentence->font();
    font.setWeight(QFont::DemiBold);
    m_sentence->setFont(font);
    m_filter->setAccessibleName(tr("Filter the plan"));
    m_filter->setPlaceholderText(tr("Filter: digest, kind, rule or reason"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaxLength(200);
    layout->addWidget(m_sentence);
    layout->addWidget(m_explanation);
    layout->addWidget(m_notice);
    layout->addWidget(m_filter);
    return area;
}

QWidget* PlanStep::makeButtons()
{
    auto* area = new QWidget(this);
    auto* layout = new QHBoxLayout(area);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto add = [this, layout](const QString& text, const char* name, void (PlanStep::*signal)()) {
        auto* button = new QPushButton(text, this);
        button->setObjectName(QString::fromLatin1(name));
        layout->addWidget(button);
        if (signal)
            connect(button, &QPushButton::clicked, this, signal);
        return button;
    };
    add(tr("Back to the policy"), "planBack", &PlanStep::backWanted);
    m_tickAll = add(tr("Tick all shown"), "tickAll", nullptr);
    m_untickAll = add(tr("Untick all shown"), "untickAll", nullptr);
    layout->addStretch(1);
    m_export = add(tr("Export plan…"), "exportPlan", &PlanStep::exportWanted);
    m_command = add(tr("Copy as command"), "copyPlanCommand", &PlanStep::commandWanted);
    m_continue = add(tr("Continue…"), "planContinue", &PlanStep::continueWanted);
    m_tickAll->setToolTip(tr("Only copies are ticked one by one."));
    connect(m_tickAll, &QPushButton::clicked, this, [this] { m_removals.tickShown(Qt::Checked); });
    connect(m_untickAll, &QPushButton::clicked, this, [this] { m_removals.tickShown(Qt::Unchecked); });
    return area;
}

void PlanStep::setClient(CacheClient* client)
{
    m_client = client;
    // What the former one did not answer.
    if (client && isComplete() && !m_removals.totals().freed)
        m_removals.complete();
}

void PlanStep::begin()
{
    m_plan = {};
    m_items.reset();
    m_removals.clear();
    m_kept.clear();
    m_changes.clear();
    m_problems.clear();
    m_why->hide();
    tellNotice({});
    setNoChanges(tr("The saved policy is being asked what it would do…"));
    tellTotals();
}

void PlanStep::setPlan(const PlanRecord& plan)
{
    m_plan = plan;
    tellTotals();
}

void PlanStep::take(const std::vector<PlanItem>& batch)
{
    m_removals.take(batch);
    m_kept.take(batch);
    tellCounts();
}

void PlanStep::complete(std::shared_ptr<const Items> items, const QSet<QString>& tickedOnlyCopies)
{
    m_items = std::move(items);
    m_problems.append(problemsOf(m_plan, *m_items));
    std::vector<int> rows;
    for (int row = 0; row < m_removals.rowCount() && !tickedOnlyCopies.isEmpty(); ++row) {
        const PlanItem& item = m_removals.recordAt(row);
        if (item.refetch == "only_copy" && tickedOnlyCopies.contains(QString::fromStdString(item.name)))
            rows.push_back(row);
    }
    m_removals.setTicked(rows, Qt::Checked);
    m_removals.complete();
}

void PlanStep::setChanges(std::vector<PlanChange> changes)
{
    m_changes.clear();
    if (changes.empty()) {
        setNoChanges(tr("The draft does the same as the saved policy: nothing moves."));
        return;
    }
    m_changes.append(std::move(changes));
    m_noChanges->hide();
    tellCounts();
}

void PlanStep::setNoChanges(const QString& why)
{
    m_changes.clear();
    m_noChanges->setText(plainText(why));
    m_noChanges->show();
    tellCounts();
}

void PlanStep::tellNotice(const QString& notice)
{
    m_notice->setText(notice);
    m_notice->setVisible(!notice.isEmpty());
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, lookFor(palette()).warning);
    m_notice->setPalette(colors);
}

void PlanStep::setHindrance(const QString& reason)
{
    m_hindrance = reason;
    tellTotals();
}

RecordView* PlanStep::currentView() const
{
    return qobject_cast<RecordView*>(m_tabs->currentWidget());
}

void PlanStep::toggleTicks()
{
    if (m_tabs->currentIndex() != Remove)
        return;
    const std::vector<int> rows = currentView()->selectedRows();
    const bool areOn = std::ranges::all_of(rows, [this](int row) { return m_removals.isTicked(row); });
    m_removals.setTicked(rows, areOn ? Qt::Unchecked : Qt::Checked);
}

void PlanStep::tellWhy()
{
    const RecordView* view = currentView();
    if (!m_client || !view || view->currentId().isEmpty())
        return;
    const QString id = view->currentId();
    const auto tell = [this, id](const QString& text) {
        if (currentView() && currentView()->currentId() == id) {
            m_why->setText(text);
            m_why->show();
        }
    };
    await(
        this, m_client->whyKept(id), [tell](const std::vector<ClaimPathRecord>& ways) { tell(waysText(ways)); },
        [tell](const CallError& error) { tell(plainText(error.message())); });
}

void PlanStep::pinCurrent()
{
    const RecordView* view = currentView();
    if (!m_client || !view || view->currentId().isEmpty())
        return;
    const QString digest = view->currentId();
    await(
        this, m_client->pin(digest, tr("Kept out of a cleanup")),
        [this, digest](const PinRecord&) {
            tellNotice(tr("%1 is pinned: this plan would skip it, and others will keep it.").arg(shortDigest(digest)));
        },
        [this](const CallError& error) { tellNotice(plainText(error.message())); });
}

void PlanStep::applyFilter()
{
    const QString words = m_filter->text().trimmed();
    if (words.isEmpty()) {
        m_removals.setFilter({});
        m_kept.setFilter({});
        m_changes.setFilter({});
        m_problems.setFilter({});
    } else {
        const auto keep = [needle = words.toStdString()](const PlanItem& item) {
            for (const std::string* text : {&item.name, &item.kind, &item.rule, &item.sentence, &item.refetch})
                if (text->find(needle) != std::string::npos)
                    return true;
            return false;
        };
        m_removals.setFilter(keep);
        m_kept.setFilter(keep);
        m_changes.setFilter(containing<PlanChange>(words));
        m_problems.setFilter(containing<PlanProblem>(words));
    }
}

QFuture<std::uint64_t> PlanStep::freedBy(const QStringList& digests) const
{
    if (m_client)
        return m_client->freedBy(digests);
    return QtFuture::makeExceptionalFuture<std::uint64_t>(
        CallError(QStringLiteral("unavailable"), tr("What only these reach cannot be counted without a connection.")));
}

QString PlanStep::explanation(const PlanModel::Totals& totals) const
{
    const Format& format = m_context.format();
    QStringList parts;
    if (m_plan.id.empty())
        return tr("The plan is being made…");
    parts += tr("Plan %1, made %2.").arg(plainText(m_plan.id), format.relative(m_plan.madeAt));
    if (totals.untickedItems > 0)
        parts += tr("%1 not ticked: they stay.", nullptr, numberForPlural(totals.untickedItems))
                     .arg(format.count(totals.untickedItems));
    if (!m_removals.freedProblem().isEmpty())
        parts += m_removals.freedProblem();
    else if (!totals.freed)
        parts += tr("Counting what only these reach…");
    else if (*totals.freed < totals.bytes)
        parts += tr("Entries that stay refer to %1 of it: that would be fetched anew when it is needed.")
                     .arg(format.bytes(totals.bytes - *totals.freed));
    else if (*totals.freed > totals.bytes)
        parts += tr("Only these reach %1 more, which a later plan can remove.")
                     .arg(format.bytes(*totals.freed - totals.bytes));
    return parts.join(QLatin1Char(' '));
}

void PlanStep::tellTotals()
{
    const PlanModel::Totals& totals = m_removals.totals();
    // What a run removes is the entries themselves: that is what comes back, and what the run will report.
    PlanModel::Totals told = totals;
    told.freed = totals.bytes;
    m_sentence->setText(m_plan.id.empty() ? tr("Plan") : planSentence(told, m_plan.storedBytes, m_context.format()));
    m_explanation->setText(explanation(totals));
    tellCounts();
    const bool isRemove = m_tabs->currentIndex() == Remove;
    m_tickAll->setVisible(isRemove);
    m_untickAll->setVisible(isRemove);
    for (QPushButton* button : {m_tickAll, m_untickAll})
        button->setEnabled(m_removals.rowCount() > 0);
    m_export->setEnabled(isComplete());
    m_command->setEnabled(isComplete());
    const QString why = !isComplete()            ? tr("The plan is not complete yet.")
                        : totals.items == 0      ? tr("Nothing is ticked.")
                        : !m_hindrance.isEmpty() ? m_hindrance
                                                 : QString();
    m_continue->setEnabled(why.isEmpty());
    m_continue->setToolTip(why);
    m_continue->setText(totals.items > 0 ? tr("Continue with %1…").arg(m_context.format().count(totals.items))
                                         : tr("Continue…"));
}

void PlanStep::tellCounts()
{
    const Format& format = m_context.format();
    const auto tell = [&](Tab tab, const QString& name, std::size_t count) {
        m_tabs->setTabText(tab, count > 0 ? name + QLatin1Char(' ') + format.count(count) : name);
    };
    tell(Remove, tr("Remove"), m_removals.recordCount());
    tell(Keep, tr("Keep"), m_kept.recordCount());
    tell(Changed, tr("Changed from saved policy"), m_changes.recordCount());
    tell(Problems, tr("Problems"), m_problems.recordCount());
}

void PlanStep::tellSelection()
{
    const RecordView* view = currentView();
    const qsizetype count = view ? view->selectedCount() : 0;
    if (count == 0 || (view->model() != &m_removals && view->model() != &m_kept)) {
        m_context.showSelection({}, {});
        return;
    }
    const PlanModel& model = view->model() == &m_removals ? m_removals : m_kept;
    std::uint64_t bytes = 0;
    for (const int row : view->selectedRows())
        bytes += model.recordAt(row).bytes;
    const Format& format = m_context.format();
    m_context.showSelection(
        tr("%1 selected: %2").arg(format.count(static_cast<std::uint64_t>(count)), format.bytes(bytes)),
        tr("Entries of the plan that are selected, and their stored bytes: %1").arg(format.exactBytes(bytes)));
}

} // namespace layerhold::gui
