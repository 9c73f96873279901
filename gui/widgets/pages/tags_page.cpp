// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/tags_page.h"

#include "models/plain_text.h"
#include "models/table_roles.h"
#include "widgets/pages/compare_view.h"
#include "widgets/pages/copy_texts.h"
#include "widgets/pages/table_tools.h"
#include "widgets/pages/tag_history_pane.h"

#include <QSplitter>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

/// What comes within is shown together.
constexpr auto togetherFor = 50ms;
/// More are not to be told apart, and each is a question to the service.
constexpr int mostLanes = 40;

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

TagModel::Keep keepFor(const QString& filter)
{
    if (filter.isEmpty())
        return {};
    return [filter](const TagRecord& tag) {
        return text(tag.reference).contains(filter, Qt::CaseInsensitive) ||
               text(tag.digest).contains(filter, Qt::CaseInsensitive);
    };
}

CompareSide sideOf(const std::string& reference, const std::string& digest)
{
    return {.name = text(digest), .reference = text(reference)};
}

} // namespace

TagsPage::TagsPage(AppContext& context, QWidget* parent)
    : ListPage(context, {QStringLiteral("tags"), tr("Tags"), QStringLiteral("tags")}, parent)
    , m_model(context.format())
    , m_history(new TagHistoryPane(context.actions(), context.format()))
    , m_splitter(new QSplitter(Qt::Horizontal))
{
    makeFilterLine();
    makeContent();
    new EntryCommands(context, *this, m_pins,
                      {.current = [this] { return chosen(); },
                       .digests = [this] { return chosenDigests(); },
                       .rows = [this] { return rowsAsTsv(m_history->list().hasFocus() ? m_history->list() : *m_view); },
                       .client = [this] { return client(); }});
    bindActions();
    bindTimeline();
    connect(&context, &AppContext::formatChanged, this, [this] {
        m_model.setFormat(format());
        m_history->refreshFormat();
        updateState();
    });
    m_changes.setSingleShot(true);
    m_changes.setInterval(togetherFor);
    connect(&m_changes, &QTimer::timeout, this, &TagsPage::showHistories);
    connect(&m_histories, &TagHistories::changed, this, [this] {
        if (!m_changes.isActive())
            m_changes.start();
    });
    connect(&m_ages, &QTimer::timeout, &m_model, &TagModel::refreshTimes);
    updateState();
    showHistories();
}

void TagsPage::makeFilterLine()
{
    m_filter->setAccessibleName(tr("Filter tags"));
    m_filter->setPlaceholderText(tr("Filter by name or digest"));
    connect(m_filter, &QLineEdit::textChanged, this,
            [this](const QString& filter) { m_model.setFilter(keepFor(filter.trimmed())); });
}

void TagsPage::makeContent()
{
    m_view->setModel(&m_model);
    m_view->setAccessibleName(tr("Tags"));
    m_view->setRootIsDecorated(false);
    constexpr auto whenAsked = TableColumn::Show::WhenAsked;
    setUpTable(*m_view, {{TagModel::Reference, 33},
                         {TagModel::Digest, 16},
                         {TagModel::Moved, 14},
                         {TagModel::Cause, 10, whenAsked},
                         {TagModel::By, 12, whenAsked},
                         {TagModel::Stale, 11},
                         {TagModel::Present, 12, whenAsked},
                         {TagModel::Claims, 14, whenAsked}});
    m_view->setItemDelegateForColumn(TagModel::Digest, new FixedFontDelegate(m_view));
    m_view->sortByColumn(TagModel::Reference, Qt::AscendingOrder);
    giveEntryActions(*m_view, actions());
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TagsPage::onCurrentChanged);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_isFilling) {
            showHistories();
            showSelection();
        }
    });
    connect(&m_model, &QAbstractItemModel::layoutChanged, this, &TagsPage::onRowsChanged);
    connect(m_history, &TagHistoryPane::currentChanged, this, [this] {
        const auto point = m_history->current();
        if (m_history->hasFocusInside() && point && !point->digest.empty())
            context().current().set(
                {.kind = Item::Kind::Image, .id = text(point->digest), .page = QStringLiteral("images")});
        actions().update();
    });
    m_splitter->addWidget(m_view);
    m_splitter->addWidget(m_history);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({490, 560});
    m_splitter->setChildrenCollapsible(false);
    setContent(m_splitter);
}

void TagsPage::bindActions()
{
    const auto whyNothing = [this] { return chosen() ? QString() : tr("Nothing is chosen."); };
    actions().bind(
        QStringLiteral("entry.open"), this,
        [this] {
            if (const auto entry = chosen(); entry && !entry->digest.isEmpty())
                context().requestPage(QStringLiteral("images"), entry->digest);
        },
        whyNothing);
    // On the page itself: from the list to the moves of what is chosen there.
    actions().bind(
        QStringLiteral("entry.history"), this,
        [this] {
            if (m_history->form() == TagHistoryPane::Form::List)
                m_history->list().setFocus(Qt::OtherFocusReason);
            else
                m_history->timeline().setFocus(Qt::OtherFocusReason);
        },
        whyNothing);
    actions().bind(
        QStringLiteral("entry.compare"), this, [this] { compareChosen(); }, [this] { return whyNoComparison(); });
    actions().bind(
        QStringLiteral("entry.filterBy"), this,
        [this] { m_filter->setText(m_view->currentIndex().data(CopyRole).toString()); },
        [this] {
            const QModelIndex current = m_view->currentIndex();
            if (!current.isValid())
                return tr("Nothing is chosen.");
            return current.column() == TagModel::Reference || current.column() == TagModel::Digest
                       ? QString()
                       : tr("The filter looks into names and digests.");
        });
}

void TagsPage::bindTimeline()
{
    actions().bind(QStringLiteral("view.form"), this, [this] {
        using Form = TagHistoryPane::Form;
        m_history->setForm(m_history->form() == Form::List ? Form::Timeline : Form::List);
    });
    const auto whyNoZoom = [this] {
        return m_history->form() == TagHistoryPane::Form::Timeline ? QString() : tr("A list has no zoom.");
    };
    TimeAxis& axis = m_history->axis();
    const auto middle = [&axis] { return axis.crosshair().value_or(axis.range().from + axis.range().length() / 2); };
    actions().bind(
        QStringLiteral("view.zoomIn"), this, [&axis, middle] { axis.zoom(0.7, middle()); }, whyNoZoom);
    actions().bind(
        QStringLiteral("view.zoomOut"), this, [&axis, middle] { axis.zoom(1 / 0.7, middle()); }, whyNoZoom);
    actions().bind(
        QStringLiteral("view.zoomReset"), this, [&axis] { axis.setRange(axis.bounds()); }, whyNoZoom);
}

void TagsPage::load()
{
    startList([this](OnBatch<TagRecord> onBatch) { return client()->tags({}, this, std::move(onBatch)); },
              [this] {
                  selectWanted();
                  m_wanted.clear();
                  m_histories.outdate();
                  showHistories();
              });
}

void TagsPage::giveClient(CacheClient* client)
{
    m_histories.setClient(client);
}

bool TagsPage::isConcernedBy(const EventRecord& event) const
{
    return event.kind.starts_with("tag");
}

void TagsPage::append(std::vector<TagRecord> tags)
{
    for (const TagRecord& tag : tags)
        m_names.add({.text = text(tag.reference),
                     .detail = tr("Tag, moved %1").arg(format().moment(tag.movedAt)),
                     .icon = QStringLiteral("tags"),
                     .page = id(),
                     .entity = text(tag.reference)});
    m_model.append(std::move(tags));
    selectWanted();
}

void TagsPage::replace(std::vector<TagRecord> tags)
{
    const QScopedValueRollback filling(m_isFilling, true);
    m_memory.remember();
    m_model.clear();
    m_names.clear();
    if (tags.empty())
        return;
    append(std::move(tags));
    m_memory.restore();
}

void TagsPage::onRowsChanged()
{
    if (m_isFilling)
        return;
    updateState();
    if (m_list.phase() != ListFacts::Phase::Loading)
        showHistories();
}

void TagsPage::onCurrentChanged()
{
    if (m_isFilling)
        return;
    if (const TagRecord* tag = currentTag(); tag && isInFront())
        context().current().set({.kind = Item::Kind::Tag, .id = text(tag->reference), .page = id()});
    actions().update();
}

void TagsPage::updateState()
{
    ListWords words{.what = tr("the tags"), .right = tr("to list tags"), .empty = {}};
    words.empty.title = tr("No tags yet");
    words.empty.text = tr("A tag appears when an image is pulled, pushed, named by an engine or tagged by hand. "
                          "Pull one:");
    const ListFacts facts{.phase = m_list.phase(),
                          .rows = m_model.recordCount(),
                          .shown = static_cast<std::uint64_t>(m_model.rowCount()),
                          .filter = m_filter->text().trimmed(),
                          .error = m_list.error()};
    pane().show(stateOfList(facts, words, [this](const QString& filter) { return m_model.countOf(keepFor(filter)); }));
    QString summary;
    if (facts.phase == ListFacts::Phase::Complete && facts.rows > 0)
        summary = facts.shown == facts.rows
                      ? tr("%1 tags", nullptr, numberForPlural(facts.rows)).arg(format().count(facts.rows))
                      : tr("%1 of %2 tags", nullptr, numberForPlural(facts.rows))
                            .arg(format().count(facts.shown), format().count(facts.rows));
    m_summary->setText(summary);
    actions().update();
}

QList<QModelIndex> TagsPage::selectedRows() const
{
    return m_view->selectionModel()->hasSelection() ? chosenRows(*m_view) : QList<QModelIndex>();
}

void TagsPage::showHistories()
{
    const QList<QModelIndex> selected = selectedRows();
    const auto count = static_cast<std::uint64_t>(selected.isEmpty() ? m_model.rowCount() : selected.size());
    QStringList references;
    for (int i = 0; i < mostLanes && static_cast<std::uint64_t>(i) < count; ++i)
        references.append(text(m_model.recordAt(selected.isEmpty() ? i : selected[i].row()).reference));
    m_histories.want(references);
    std::vector<const TagHistory*> known;
    for (const QString& reference : std::as_const(references))
        if (const TagHistory* history = m_histories.find(reference))
            known.push_back(history);
    const auto shown = static_cast<std::uint64_t>(references.size());
    QString title;
    if (shown == 1)
        title = plainText(references.first());
    else if (shown < count)
        title = selected.isEmpty() ? tr("The first %1 of %2 tags; select others in the list to see theirs", nullptr,
                                        numberForPlural(count))
                                         .arg(format().count(shown), format().count(count))
                                   : tr("The first %1 of %2 selected tags", nullptr, numberForPlural(count))
                                         .arg(format().count(shown), format().count(count));
    else if (shown > 0)
        title = selected.isEmpty()
                    ? tr("All %1 tags of the list", nullptr, numberForPlural(shown)).arg(format().count(shown))
                    : tr("%1 selected tags", nullptr, numberForPlural(shown)).arg(format().count(shown));
    m_history->setNotice(!known.empty()                     ? QString()
                         : references.isEmpty()             ? tr("There are no tags to show the moves of.")
                         : !m_histories.problem().isEmpty() ? plainText(m_histories.problem())
                         : client()                         ? tr("Asking for the moves…")
                                    : tr("Their moves were not asked for before the connection broke."));
    m_history->showHistories(known, title);
}

void TagsPage::showSelection()
{
    const auto selected = static_cast<std::uint64_t>(selectedRows().size());
    context().showSelection(selected == 0 ? QString() : tr("%1 selected").arg(format().count(selected)), {});
}

void TagsPage::open(const QString& entity)
{
    m_wanted = entity;
    m_filter->clear();
    selectWanted();
}

void TagsPage::selectWanted()
{
    if (m_wanted.isEmpty())
        return;
    const std::string wanted = m_wanted.toStdString();
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (m_model.recordAt(row).reference != wanted)
            continue;
        m_wanted.clear();
        const QModelIndex index = m_model.index(row, 0);
        m_view->setCurrentIndex(index);
        m_view->scrollTo(index);
        m_view->setFocus();
        return;
    }
}

void TagsPage::compareChosen()
{
    CompareSide a;
    CompareSide b;
    const auto marked = m_history->marked();
    const auto point = m_history->current();
    const QList<QModelIndex> rows = chosenRows(*m_view);
    if (marked.size() == 2) {
        a = sideOf(marked[0].reference, marked[0].digest);
        b = sideOf(marked[1].reference, marked[1].digest);
    } else if (rows.size() == 2 && m_view->hasFocus()) {
        a = sideOf(m_model.recordAt(rows[0].row()).reference, m_model.recordAt(rows[0].row()).digest);
        b = sideOf(m_model.recordAt(rows[1].row()).reference, m_model.recordAt(rows[1].row()).digest);
    } else if (point && !m_view->hasFocus()) {
        a = sideOf(point->reference, point->before);
        b = sideOf(point->reference, point->digest);
        if (a.name.isEmpty())
            std::swap(a, b);
    } else if (const TagRecord* tag = currentTag()) {
        a = sideOf(tag->reference, tag->digest);
    }
    openComparison(context(), client(), m_names.texts(), a, b, window());
}

QString TagsPage::whyNoComparison() const
{
    if (m_history->marked().size() == 2)
        return {};
    const auto point = m_history->current();
    if (!m_view->hasFocus() && point)
        return point->digest.empty() && point->before.empty() ? tr("Nothing is known of what the tag was then.")
                                                              : QString();
    const auto rows = chosenRows(*m_view).size();
    if (rows == 0)
        return tr("Nothing is chosen.");
    return rows > 2 ? tr("Two can be compared; %1 are chosen.").arg(rows) : QString();
}

const TagRecord* TagsPage::currentTag() const
{
    const QModelIndex current = m_view->currentIndex();
    return current.isValid() ? &m_model.recordAt(current.row()) : nullptr;
}

std::optional<ChosenEntry> TagsPage::chosen() const
{
    if (const auto point = m_history->current(); point && m_history->hasFocusInside()) {
        const QString reference = text(point->reference);
        const QString digest = text(point->digest.empty() ? point->before : point->digest);
        if (digest.isEmpty())
            return std::nullopt;
        return ChosenEntry{
            .digest = digest, .name = reference, .tag = reference, .pull = pullCommand(reference, digest)};
    }
    const TagRecord* tag = currentTag();
    if (!tag)
        return std::nullopt;
    const QString reference = text(tag->reference);
    return ChosenEntry{.digest = text(tag->digest),
                       .name = reference,
                       .tag = reference,
                       .pull = isPlainReference(reference) ? QStringLiteral("layerhold pull ") + reference : QString(),
                       .json = tagJson(*tag)};
}

QStringList TagsPage::chosenDigests() const
{
    if (m_history->hasFocusInside()) {
        const auto entry = chosen();
        return entry ? QStringList{entry->digest} : QStringList();
    }
    QStringList digests;
    for (const QModelIndex& row : chosenRows(*m_view))
        digests.append(text(m_model.recordAt(row.row()).digest));
    digests.removeDuplicates();
    return digests;
}

} // namespace layerhold::gui
