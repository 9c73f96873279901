// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/entries_page.h"

#include "widgets/icons.h"
#include "widgets/pages/copy_texts.h"
#include "widgets/pages/entries/entry_scatter_pane.h"
#include "widgets/pages/entries/entry_states.h"
#include "widgets/pages/entries/entry_table_view.h"
#include "widgets/pages/entries/facet_sidebar.h"
#include "widgets/pages/entries/filter_edit.h"
#include "widgets/pages/entries/filter_line.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

namespace layerhold::gui {

namespace {

constexpr std::chrono::seconds ageStep{30};
constexpr std::chrono::milliseconds selectionDelay{60};

bool isDigest(const QString& text)
{
    return text.startsWith(QLatin1String("sha256:")) || text.startsWith(QLatin1String("sha512:"));
}

} // namespace

EntriesPage::EntriesPage(AppContext& context, QWidget* parent)
    : Page(context, {QStringLiteral("entries"), tr("Entries"), QStringLiteral("entries")}, parent)
    , m_model(context.format())
    , m_feed(m_model, m_pins)
    , m_filter(new FilterLine)
    , m_facets(new FacetSidebar(context.format()))
    , m_view(new EntryTableView(context, m_model))
    , m_scatter(new EntryScatterPane(context, m_model, *m_view))
    , m_forms(new QStackedWidget)
    , m_formButton(new QPushButton)
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_freed(context)
{
    setFilterLine(m_filter);
    makeContent();
    new EntryCommands(context, *this, m_pins,
                      {.current = [this] { return chosen(); },
                       .digests = [this] { return m_view->selectedDigests(FreedFigure::mostAsked); },
                       .rows = [this] { return m_view->rowsAsTsv(); },
                       .client = [this] { return client(); }});
    bindActions();
    bindFilterActions();

    connect(&m_feed, &EntryFeed::changed, this, &EntriesPage::updateState);
    connect(&m_feed, &EntryFeed::completed, this, [this] {
        m_pace.end();
        selectWanted();
    });
    connect(&m_model, &EntryModel::busyChanged, this, [this](bool isBusy) {
        if (!isBusy)
            updateState();
    });
    connect(&m_model, &EntryModel::facetsChanged, this, [this] {
        m_facets->show(m_model.facets(), m_filter->filter());
        updateState();
    });
    connect(&m_looserSearch, &LooserFilterSearch::found, this, [this](const LooserFilter& looser) {
        m_looser = looser;
        updateState();
    });
    connect(&context, &AppContext::formatChanged, this, [this] {
        m_model.setFormat(format());
        m_facets->show(m_model.facets(), m_filter->filter());
        updateState();
        showSelection();
    });
    connect(&context, &AppContext::timeRangeChanged, this, &EntriesPage::keepToTimeRange);
    m_ages.setInterval(ageStep);
    connect(&m_ages, &QTimer::timeout, m_view->viewport(), qOverload<>(&QWidget::update));
    connect(&m_ages, &QTimer::timeout, m_scatter, &EntryScatterPane::refreshSoon);
    updateState();
}

EntriesPage::~EntriesPage()
{
    // Its worker tells the model, whose rows this page shows.
    m_model.disconnect(this);
}

QLineEdit* EntriesPage::filterField() const
{
    return &m_filter->field();
}

void EntriesPage::makeContent()
{
    m_splitter->addWidget(m_facets);
    m_forms->addWidget(m_view);
    m_forms->addWidget(m_scatter);
    m_splitter->addWidget(m_forms);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_facets->setMinimumWidth(fontMetrics().averageCharWidth() * 24);
    m_splitter->setSizes({fontMetrics().averageCharWidth() * 40, fontMetrics().averageCharWidth() * 110});
    setContent(m_splitter);
    m_formButton->setObjectName(QStringLiteral("entriesForm"));
    addToTitleLine(m_formButton);
    connect(m_formButton, &QPushButton::clicked, this,
            [this] { setForm(form() == Form::Table ? Form::Scatter : Form::Table); });
    setForm(Form::Table);
    // Tab goes as one reads.
    setTabOrder(m_formButton, &m_filter->field());
    setTabOrder(&m_filter->field(), m_facets);
    setTabOrder(m_facets, m_view);

    connect(m_filter, &FilterLine::filterChanged, this, &EntriesPage::applyFilter);
    connect(&m_filter->field(), &QLineEdit::returnPressed, this, [this] { formWidget()->setFocus(); });
    connect(m_facets, &FacetSidebar::toggled, this, [this](const QString& condition) {
        m_filter->setFilter(withConditionToggled(m_filter->filter(), condition));
        m_facets->show(m_model.facets(), m_filter->filter());
    });
    connect(m_view, &EntryTableView::currentDigestChanged, this, &EntriesPage::setCurrent);
    connect(&m_scatter->view(), &PaintedWidget::itemActivated, this,
            [this] { actions().action(QStringLiteral("entry.open"))->trigger(); });
    m_selection.setSingleShot(true);
    m_selection.setInterval(selectionDelay);
    connect(&m_selection, &QTimer::timeout, this, &EntriesPage::showSelection);
    connect(m_view, &EntryTableView::selectedChanged, this, [this] { m_selection.start(); });
}

QWidget* EntriesPage::formWidget() const
{
    return form() == Form::Table ? static_cast<QWidget*>(m_view) : &m_scatter->view();
}

EntriesPage::Form EntriesPage::form() const
{
    return m_forms->currentWidget() == m_scatter ? Form::Scatter : Form::Table;
}

void EntriesPage::setForm(Form form)
{
    const bool hadFocus = m_forms->isAncestorOf(focusWidget());
    const bool isTable = form == Form::Table;
    m_forms->setCurrentWidget(isTable ? static_cast<QWidget*>(m_view) : m_scatter);
    m_formButton->setText(isTable ? tr("Scatter") : tr("Table"));
    m_formButton->setIcon(icon(isTable ? QStringLiteral("scatter") : QStringLiteral("table")));
    m_formButton->setToolTip(isTable ? tr("The same entries as points of size and last use (T)")
                                     : tr("The same entries as rows (T)"));
    if (hadFocus)
        formWidget()->setFocus(Qt::OtherFocusReason);
}

void EntriesPage::bindActions()
{
    actions().bind(QStringLiteral("view.form"), this,
                   [this] { setForm(form() == Form::Table ? Form::Scatter : Form::Table); });
    actions().bind(
        QStringLiteral("entry.open"), this,
        [this] { context().requestDetails(m_view->currentDigest(), DetailsTab::Facts); },
        [this] { return chosen() ? QString() : tr("Nothing is chosen."); });
    actions().bind(
        QStringLiteral("entry.copyValue"), this,
        [this] {
            QGuiApplication::clipboard()->setText(m_view->currentIndex().data(EntryModel::ValueRole).toString());
        },
        [this] {
            if (!chosen())
                return tr("Nothing is chosen.");
            return m_view->currentIndex().data(EntryModel::ValueRole).toString().isEmpty()
                       ? tr("The current cell has no value that is known.")
                       : QString();
        });
}

void EntriesPage::bindFilterActions()
{
    using Edit = EntryFilter (*)(const EntryFilter&, const QString&);
    const auto bind = [this](const char* id, Edit edit) {
        actions().bind(
            QString::fromLatin1(id), this,
            [this, edit] { m_filter->setFilter(edit(m_filter->filter(), currentCondition())); },
            [this] {
                if (!chosen())
                    return tr("Nothing is chosen.");
                return currentCondition().isEmpty() ? tr("The filter cannot ask for what is in the current cell.")
                                                    : QString();
            });
    };
    bind("entry.filterBy", filteredBy);
    bind("entry.filterOut", filteredOut);
}

void EntriesPage::refresh()
{
    m_pace.begin();
    m_pins.load(client());
    m_feed.load(*client());
}

void EntriesPage::refreshQuietly()
{
    if (m_feed.isOpen() || m_pace.isResting())
        markOld();
    else
        refresh();
}

void EntriesPage::stop()
{
    m_feed.stop();
}

void EntriesPage::forget()
{
    m_freed.drop();
    m_feed.forget();
}

void EntriesPage::clientChanged()
{
    m_freed.drop();
    // What came stays, as of then.
    m_feed.stop();
    if (client())
        m_pins.load(nullptr);
}

void EntriesPage::frontChanged()
{
    if (!isInFront()) {
        m_ages.stop();
        m_selection.stop();
        return;
    }
    m_ages.start();
    keepToTimeRange();
    showSelection();
}

void EntriesPage::keepToTimeRange()
{
    const std::optional<TimeRange>& range = context().timeRange();
    // While it is dragged out nobody sees this page.
    if (!isInFront() || range == m_timeRange)
        return;
    EntryFilter filter = m_filter->filter();
    if (m_timeRange && hasCondition(filter, usedWithin(*m_timeRange)))
        filter = withConditionToggled(filter, usedWithin(*m_timeRange));
    if (range)
        filter = filteredBy(filter, usedWithin(*range));
    m_timeRange = range;
    m_filter->setFilter(filter);
}

bool EntriesPage::isConcernedBy(const EventRecord& event) const
{
    return event.kind.starts_with("blob_") || event.kind.starts_with("tag") || event.kind.ends_with("pinned") ||
           event.kind == "claim_released" || event.kind == "cleanup_finished";
}

void EntriesPage::applyFilter()
{
    m_looserSearch.cancel();
    m_looser = {};
    m_looserOf = {};
    m_model.setFilter(m_filter->filter());
    m_facets->show(m_model.facets(), m_filter->filter());
    updateState();
}

PageState EntriesPage::stateOfRows() const
{
    const ListWords words{.what = tr("the entries"), .right = tr("to list entries"), .empty = {}};
    const ListFacts facts{.phase = m_feed.phase(),
                          .rows = m_model.storedCount(),
                          .shown = static_cast<std::uint64_t>(m_model.rowCount()),
                          .filter = m_filter->filter().toString(),
                          .error = m_feed.error()};
    if (facts.phase == ListFacts::Phase::Loading)
        return state::Loading{.rows = facts.rows, .expected = m_feed.expected()};
    if (facts.phase == ListFacts::Phase::Complete && facts.rows > 0) {
        if (const auto unknown = unknownOf(m_filter->filter()))
            return *unknown;
        if (facts.shown == 0)
            return state::NothingMatches{
                .filter = facts.filter, .looserFilter = m_looser.filter.toString(), .looserCount = m_looser.count};
        if (!m_feed.nameProblem().isEmpty())
            return state::Partial{.missing = tr("the names of the entries"), .why = m_feed.nameProblem()};
    }
    return stateOfList(facts, words, {});
}

void EntriesPage::updateState()
{
    // While a worker makes the rows of another filter, those that are shown say nothing of it.
    if (m_model.isBusy() && m_feed.phase() == ListFacts::Phase::Complete)
        return;
    const PageState state = stateOfRows();
    pane().show(state);
    if (std::holds_alternative<state::NothingMatches>(state) && m_looserOf != m_filter->filter()) {
        m_looserOf = m_filter->filter();
        m_looserSearch.start(m_looserOf, m_model.snapshot(), format().now());
    }
    updateSummary();
    actions().update();
    selectWanted();
}

void EntriesPage::updateSummary()
{
    const EntryFacets& facets = m_model.facets();
    const auto amount = [this](const EntryTotals& totals) {
        return tr("%1 entries, %2", nullptr, numberForPlural(totals.entries))
            .arg(format().count(totals.entries), format().bytes(totals.bytes));
    };
    if (facets.all.entries == 0)
        m_filter->setSummary({});
    else if (facets.matching.entries == facets.all.entries)
        m_filter->setSummary(amount(facets.all));
    else
        m_filter->setSummary(tr("%1 of %2").arg(format().count(facets.matching.entries), amount(facets.all)) +
                             QStringLiteral(" · ") + tr("these: %1").arg(format().bytes(facets.matching.bytes)));
}

void EntriesPage::showSelection()
{
    actions().update();
    if (!isInFront())
        return;
    const std::uint64_t count = m_view->selectedCount();
    std::optional<std::uint64_t> referenced = 0;
    m_view->forEachSelected([&](EntryId id) {
        const EntryColumns& columns = m_model.columns();
        const EntryCells& cells = columns[id];
        const QString& kind = columns.text(cells.kind);
        std::optional<std::uint64_t> needs = cells.size;
        if (kind == QLatin1String("manifest") || kind == QLatin1String("index"))
            needs = m_feed.referencedBytes(columns.digest(id));
        referenced = referenced && needs ? std::optional(*referenced + *needs) : std::nullopt;
    });
    if (count > static_cast<std::uint64_t>(FreedFigure::mostAsked))
        m_freed.showMany(count, referenced);
    else
        m_freed.show(client(), count == 0 ? QStringList() : m_view->selectedDigests(FreedFigure::mostAsked),
                     referenced);
}

void EntriesPage::setCurrent(const QString& digest)
{
    if (isInFront() && !digest.isEmpty())
        context().current().set({.kind = Item::Kind::Blob, .id = digest, .page = id()});
    actions().update();
}

void EntriesPage::open(const QString& entity)
{
    if (!isDigest(entity)) {
        const auto parsed = EntryFilter::parse(entity);
        m_filter->field().setText(std::holds_alternative<EntryFilter>(parsed) ? entity : quotedFilterValue(entity));
        return;
    }
    m_wanted = entity;
    selectWanted();
}

void EntriesPage::selectWanted()
{
    if (m_wanted.isEmpty())
        return;
    const auto id = m_model.find(m_wanted);
    // The filter may hide it; else it is on its way into the rows.
    if (id && !m_model.indexOf(*id).isValid() && !m_filter->field().text().isEmpty()) {
        m_filter->field().clear();
        return;
    }
    if (m_view->showEntry(m_wanted)) {
        m_wanted.clear();
        formWidget()->setFocus();
        return;
    }
    // The details tell that it is gone.
    if (!id && m_feed.phase() == ListFacts::Phase::Complete && !m_feed.isOpen())
        setCurrent(std::exchange(m_wanted, {}));
}

std::optional<ChosenEntry> EntriesPage::chosen() const
{
    const QModelIndex current = m_view->currentIndex();
    const QItemSelection& selection = m_view->selectionModel()->selection();
    if (!current.isValid() && selection.isEmpty())
        return std::nullopt;
    // All can be selected while none is the current one.
    const EntryId id = m_model.idAt(current.isValid() ? current.row() : selection.front().top());
    const EntryColumns& columns = m_model.columns();
    const QString digest = columns.digest(id);
    const QStringList& names = columns.list(columns[id].names).texts;
    const QString tag = m_feed.tagOf(digest);
    return ChosenEntry{.digest = digest,
                       .name = names.isEmpty() ? QString() : names.front(),
                       .tag = tag,
                       .pull = tag.isEmpty() ? QString() : pullCommand(tag, digest),
                       .json = entryJson(columns, id)};
}

QString EntriesPage::currentCondition() const
{
    return m_view->currentIndex().data(EntryModel::ConditionRole).toString();
}

} // namespace layerhold::gui
