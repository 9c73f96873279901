// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/trash_page.h"

#include "charts/look.h"
#include "models/plain_text.h"
#include "models/space_limit.h"
#include "widgets/icons.h"
#include "widgets/pages/call_states.h"
#include "widgets/pages/cleanup/last_run.h"
#include "widgets/pages/record_view.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QSet>
#include <QVBoxLayout>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

QLabel* textLabel(const char* name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

TrashPage::TrashPage(AppContext& context, LastRun& lastRun, QWidget* parent)
    : Page(context, {QStringLiteral("trash"), tr("Trash"), QStringLiteral("trash")}, parent)
    , m_lastRun(lastRun)
    , m_model(context.format())
    , m_summary(textLabel("trashSummary", this))
    , m_pressure(textLabel("trashPressure", this))
    , m_view(new RecordView(context, tr("Entries in the trash"), this))
{
    setContent(makeContent());
    bindRecordActions(context, this, [this] { return m_view; });
    actions().bind(
        QStringLiteral("cleanup.undo"), this, [this] { m_lastRun.undo(); }, [this] { return m_lastRun.whyNot(); });
    connect(&pane(), &StatePane::changed, this, &TrashPage::tellButtons);
    connect(&m_lastRun, &LastRun::undone, this, [this] {
        if (client() && isInFront())
            refresh();
    });
    connect(&context, &AppContext::formatChanged, this, [this] {
        m_model.setFormat(format());
        tell();
    });
    m_ticks.setInterval(10s);
    connect(&m_ticks, &QTimer::timeout, this, [this] {
        m_model.refreshTimes();
        tell();
    });
    pane().show(state::Loading{});
    tell();
}

QWidget* TrashPage::makeContent()
{
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_view->setModel(&m_model);
    m_view->setWidths({150, 90, 100, 130, 160, 0});
    connect(m_view, &RecordView::currentIdChanged, this, [this](const QString& id) {
        if (!id.isEmpty())
            context().current().set({.kind = Item::Kind::Blob, .id = id, .page = QStringLiteral("trash")});
    });
    connect(m_view, &RecordView::selectedChanged, this, [this] {
        tellButtons();
        actions().update();
    });
    m_pressure->hide();
    layout->addWidget(m_summary);
    layout->addWidget(m_pressure);
    layout->addWidget(m_view, 1);
    layout->addWidget(makeConfirm());
    auto* buttons = new QHBoxLayout;
    const auto add = [&](const QString& iconName, const QString& text, const char* name) {
        auto* button = new QPushButton(icon(iconName), text, content);
        button->setObjectName(QString::fromLatin1(name));
        buttons->addWidget(button);
        return button;
    };
    m_restore = add(QStringLiteral("restore"), tr("Restore"), "restoreTrash");
    buttons->addStretch(1);
    m_remove = add(QStringLiteral("trash"), tr("Remove now…"), "removeNow");
    m_removeAll = add(QStringLiteral("trash"), tr("Empty trash…"), "emptyTrash");
    layout->addLayout(buttons);
    connect(m_restore, &QPushButton::clicked, this, &TrashPage::restore);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        std::uint64_t bytes = 0;
        for (const int row : m_view->selectedRows())
            bytes += m_model.recordAt(row).bytes;
        askToRemove(m_view->selectedIds(), bytes);
    });
    connect(m_removeAll, &QPushButton::clicked, this, [this] {
        QStringList all;
        for (const TrashRecord& record : m_records)
            all += QString::fromStdString(record.digest);
        askToRemove(all, m_model.totalBytes());
    });
    return content;
}

QWidget* TrashPage::makeConfirm()
{
    m_confirm = new QFrame(this);
    m_confirm->setFrameShape(QFrame::StyledPanel);
    m_confirmText = textLabel("confirmText", m_confirm);
    m_confirmCancel = new QPushButton(tr("Cancel"), m_confirm);
    m_confirmCancel->setObjectName(QStringLiteral("confirmCancel"));
    m_confirmCancel->setDefault(true);
    m_confirmRemove = new QPushButton(m_confirm);
    m_confirmRemove->setObjectName(QStringLiteral("confirmRemove"));
    m_confirmRemove->setAutoDefault(false);
    auto* layout = new QHBoxLayout(m_confirm);
    layout->addWidget(m_confirmText, 1);
    layout->addWidget(m_confirmCancel);
    layout->addWidget(m_confirmRemove);
    m_confirm->hide();
    connect(m_confirmCancel, &QPushButton::clicked, this, [this] {
        m_confirm->hide();
        m_doomed.clear();
        m_view->setFocus();
    });
    connect(m_confirmRemove, &QPushButton::clicked, this, &TrashPage::remove);
    return m_confirm;
}

void TrashPage::clientChanged()
{
    m_list.cancel();
    ++m_question;
    m_confirm->hide();
    m_doomed.clear();
    tellButtons();
}

void TrashPage::forget()
{
    m_list.cancel();
    ++m_question;
    m_confirm->hide();
    m_pressure->hide();
    take({});
    pane().show(state::Loading{});
}

void TrashPage::frontChanged()
{
    if (isInFront())
        m_ticks.start();
    else
        m_ticks.stop();
}

bool TrashPage::isConcernedBy(const EventRecord& event) const
{
    return event.kind == "blob_trashed" || event.kind == "blob_restored" || event.kind == "blob_removed";
}

/// Those of them that are still there.
void TrashPage::select(const QStringList& digests)
{
    if (digests.isEmpty())
        return;
    const QSet<QString> wanted(digests.begin(), digests.end());
    QItemSelection rows;
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (wanted.contains(QString::fromStdString(m_model.recordAt(row).digest)))
            rows.select(m_model.index(row, 0), m_model.index(row, m_model.columnCount() - 1));
    m_view->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
}

void TrashPage::refresh()
{
    m_list.cancel();
    const std::uint64_t question = ++m_question;
    const auto records = std::make_shared<std::vector<TrashRecord>>();
    if (m_records.empty())
        pane().show(state::Loading{});
    m_list = client()->trash(this, [this, question, records](std::vector<TrashRecord> batch) {
        if (question != m_question)
            return;
        records->insert(records->end(), std::make_move_iterator(batch.begin()), std::make_move_iterator(batch.end()));
        // A list that is only made anew does not blink.
        if (m_records.empty())
            pane().show(state::Loading{.rows = records->size()});
    });
    await(
        this, m_list,
        [this, question, records] {
            if (question != m_question)
                return;
            take(*records);
            m_lastRun.take(m_records);
            pane().show(state::Ready{});
        },
        [this, question, records](const CallError& error) {
            if (question != m_question)
                return;
            if (isCancelled(error)) {
                take(*records);
                pane().show(state::Partial{tr("the trash"), tr("It was stopped; what came is shown.")});
            } else {
                pane().show(stateAfter(error, tr("a trash")));
            }
        });
    askPressure();
}

void TrashPage::take(const std::vector<TrashRecord>& records)
{
    const QStringList selected = m_view->selectedIds();
    m_records = records;
    m_model.clear();
    m_model.take(records);
    select(selected);
    setBadge(m_records.empty() ? QString() : format().count(m_records.size()));
    tell();
}

void TrashPage::stop()
{
    m_list.cancel();
}

void TrashPage::askPressure()
{
    const QPointer<CacheClient> asked(client());
    await(
        this, asked->policy(),
        [this, asked](const PolicyRecord& holding) {
            if (!asked)
                return;
            await(
                this, asked->status(),
                [this, holding](const StatusRecord& status) {
                    const auto limit = limitBytes(holding.pressure, status.diskTotal);
                    const bool isTight = limit && status.diskTotal > 0 && status.diskFree < *limit;
                    m_pressure->setVisible(isTight);
                    if (!isTight)
                        return;
                    m_pressure->setText(
                        tr("The disk runs full: %1 of %2 are free, less than %3. The service empties the "
                           "trash before its time.")
                            .arg(format().bytes(status.diskFree), format().bytes(status.diskTotal),
                                 format().bytes(*limit)));
                    QPalette colors = palette();
                    colors.setColor(QPalette::WindowText, lookFor(palette()).warning);
                    m_pressure->setPalette(colors);
                },
                [](const CallError&) {});
        },
        // The list tells what is wrong with the service.
        [](const CallError&) {});
}

void TrashPage::tell()
{
    if (m_records.empty()) {
        m_summary->setText(tr("The trash is empty. What a cleanup removes stays here for as long as the policy says."));
    } else {
        const Moment next = m_model.nextExpiry();
        QString text = tr("%1 entries, %2.", nullptr, numberForPlural(m_records.size()))
                           .arg(format().count(m_records.size()), format().bytes(m_model.totalBytes()));
        text += QLatin1Char(' ') + tr("They still take their space.");
        if (isKnown(next))
            text += QLatin1Char(' ') + tr("The next one expires in %1.").arg(format().duration(next - format().now()));
        m_summary->setText(text);
    }
    tellButtons();
}

void TrashPage::tellButtons()
{
    const QString hindrance = hindranceIn(client(), pane());
    const qsizetype selected = m_view->selectedCount();
    const auto tell = [](QPushButton* button, const QString& why) {
        button->setEnabled(why.isEmpty());
        button->setToolTip(why);
    };
    const QString none = tr("Nothing is selected.");
    const QString whySelected = !hindrance.isEmpty() ? hindrance : selected == 0 ? none : QString();
    tell(m_restore, whySelected);
    tell(m_remove, whySelected);
    tell(m_removeAll, !hindrance.isEmpty() ? hindrance : m_records.empty() ? tr("The trash is empty.") : QString());
    tell(m_confirmRemove, hindrance);
    m_restore->setText(selected > 1 ? tr("Restore %1").arg(format().count(static_cast<std::uint64_t>(selected)))
                                    : tr("Restore"));
}

void TrashPage::restore()
{
    const QStringList digests = m_view->selectedIds();
    if (!client() || digests.isEmpty())
        return;
    const auto count = static_cast<std::uint64_t>(digests.size());
    context().jobs().follow(
        this, tr("Restore %1 entries", nullptr, numberForPlural(count)).arg(format().count(count)),
        [this, &digests](OnProgress onProgress) {
            return client()->restoreTrash(digests, this, std::move(onProgress));
        },
        [this](const TrashReport& report) {
            onWorkEnded();
            return outcomeOf(report, "restored");
        },
        [this](const CallError&) { onWorkEnded(); });
}

void TrashPage::askToRemove(const QStringList& digests, std::uint64_t bytes)
{
    if (digests.isEmpty())
        return;
    m_doomed = digests;
    const auto count = static_cast<std::uint64_t>(digests.size());
    const QString amount =
        tr("%1 entries (%2)", nullptr, numberForPlural(count)).arg(format().count(count), format().bytes(bytes));
    m_confirmText->setText(tr("Remove %1 for good? This cannot be undone.").arg(amount));
    m_confirmRemove->setText(tr("Remove %1 for good").arg(amount));
    m_confirm->show();
    m_confirmCancel->setFocus(Qt::OtherFocusReason);
}

void TrashPage::remove()
{
    m_confirm->hide();
    // No digests would mean all of them.
    if (!client() || m_doomed.isEmpty())
        return;
    const QStringList digests = std::exchange(m_doomed, {});
    const auto count = static_cast<std::uint64_t>(digests.size());
    context().jobs().follow(
        this, tr("Remove %1 entries from the trash", nullptr, numberForPlural(count)).arg(format().count(count)),
        [this, &digests](OnProgress onProgress) { return client()->emptyTrash(digests, this, std::move(onProgress)); },
        [this](const TrashReport& report) {
            onWorkEnded();
            return outcomeOf(report, "removed");
        },
        [this](const CallError&) { onWorkEnded(); });
}

QString TrashPage::outcomeOf(const TrashReport& report, const char* done) const
{
    std::uint64_t count = 0;
    QString other;
    for (const TrashItem& item : report.items) {
        if (item.outcome == done)
            ++count;
        else if (other.isEmpty())
            other = plainText(item.sentence);
    }
    QString outcome =
        tr("%1 of %2 entries (%3).", nullptr, numberForPlural(report.items.size()))
            .arg(format().count(count), format().count(report.items.size()), format().bytes(report.bytes));
    if (!other.isEmpty())
        outcome += QLatin1Char(' ') + tr("One that is left says: %1").arg(other);
    return outcome;
}

void TrashPage::onWorkEnded()
{
    emit cacheChanged();
    if (client())
        refresh();
}

} // namespace layerhold::gui
