// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/entries/entry_table_view.h"

#include "models/entry_cells.h"
#include "widgets/icons.h"
#include "widgets/pages/table_tools.h"

#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <array>

namespace layerhold::gui {

namespace {

/// Beyond, nobody selects by hand, and what a filter hides is not selected again.
constexpr std::uint64_t mostRemembered = 10'000;
/// Beyond, nobody copies rows.
constexpr qsizetype mostCopied = 10'000;
constexpr std::chrono::milliseconds savingDelay{500};

enum class Show
{
    AtFirst,
    WhenAsked,
    Never ///< the service does not tell it of lists
};

struct ColumnSetting
{
    EntryColumn column;
    int width; ///< in average characters
    Show show;
};

constexpr std::array<ColumnSetting, entryColumnCount> columnSettings = {{
    {EntryColumn::Digest, 18, Show::AtFirst},
    {EntryColumn::Kind, 15, Show::AtFirst},
    {EntryColumn::MediaType, 44, Show::WhenAsked},
    {EntryColumn::Repositories, 30, Show::WhenAsked},
    {EntryColumn::Names, 40, Show::AtFirst},
    {EntryColumn::Size, 13, Show::AtFirst},
    {EntryColumn::Freed, 15, Show::Never},
    {EntryColumn::Users, 8, Show::Never},
    {EntryColumn::FirstSeen, 14, Show::WhenAsked},
    {EntryColumn::LastUsed, 14, Show::AtFirst},
    {EntryColumn::AccessCount, 9, Show::WhenAsked},
    {EntryColumn::State, 15, Show::AtFirst},
    {EntryColumn::Kept, 14, Show::AtFirst},
    {EntryColumn::Origin, 30, Show::WhenAsked},
    {EntryColumn::Refetch, 20, Show::WhenAsked},
}};

/// A text with the icon of the kind before it.
class KindDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

private:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        static const QStringList known{QStringLiteral("index"), QStringLiteral("manifest"), QStringLiteral("config"),
                                       QStringLiteral("layer")};
        const QString code = index.data(EntryModel::CodeRole).toString();
        option->icon = icon(QStringLiteral("kind-") + (known.contains(code) ? code : QStringLiteral("other")));
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(16, 16);
    }
};

} // namespace

EntryTableView::EntryTableView(AppContext& context, EntryModel& model, QWidget* parent)
    : QTableView(parent)
    , m_context(context)
    , m_model(model)
{
    setObjectName(QStringLiteral("entries"));
    setAccessibleName(tr("Entries"));
    setModel(&model);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setTextElideMode(Qt::ElideMiddle);
    setHorizontalScrollMode(ScrollPerPixel);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    setItemDelegateForColumn(static_cast<int>(EntryColumn::Digest), new FixedFontDelegate(this));
    setItemDelegateForColumn(static_cast<int>(EntryColumn::Kind), new KindDelegate(this));
    setUpColumns();
    giveEntryActions(*this, context.actions());

    connect(&model, &QAbstractItemModel::layoutAboutToBeChanged, this, &EntryTableView::remember);
    connect(&model, &QAbstractItemModel::layoutChanged, this, &EntryTableView::restore);
    connect(&model, &QAbstractItemModel::modelReset, this, &EntryTableView::forget);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (m_isRestoring)
            return;
        m_hidden.clear();
        emit selectedChanged();
    });
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
        if (m_isRestoring)
            return;
        m_current = current.isValid() ? std::optional(m_model.idAt(current.row())) : std::nullopt;
        emit currentDigestChanged(currentDigest());
    });
}

EntryTableView::~EntryTableView()
{
    if (m_saving.isActive())
        m_context.settings().setTableState(objectName(), horizontalHeader()->saveState());
}

void EntryTableView::setUpColumns()
{
    QHeaderView* header = horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setStretchLastSection(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    const int character = fontMetrics().averageCharWidth();
    for (const ColumnSetting& setting : columnSettings)
        gui::setColumnWidth(*header, static_cast<int>(setting.column), setting.width * character);
    restoreColumns();
    connect(header, &QWidget::customContextMenuRequested, this, &EntryTableView::showHeaderMenu);

    m_saving.setSingleShot(true);
    m_saving.setInterval(savingDelay);
    connect(&m_saving, &QTimer::timeout, this,
            [this] { m_context.settings().setTableState(objectName(), horizontalHeader()->saveState()); });
    const auto save = [this] { m_saving.start(); };
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int /*before*/, int /*now*/) {
        // The last one changes with the window.
        const QHeaderView* shown = horizontalHeader();
        if (shown->visualIndex(column) != shown->count() - 1)
            m_saving.start();
    });
    connect(header, &QHeaderView::sectionMoved, this, save);
    connect(header, &QHeaderView::sortIndicatorChanged, this, save);
}

void EntryTableView::restoreColumns()
{
    QHeaderView* header = horizontalHeader();
    const QByteArray state = m_context.settings().tableState(objectName());
    const bool isRestored = !state.isEmpty() && header->restoreState(state) && header->count() == entryColumnCount;
    for (const ColumnSetting& setting : columnSettings)
        if (setting.show == Show::Never || !isRestored)
            setColumnHidden(static_cast<int>(setting.column), setting.show != Show::AtFirst);
    if (!isRestored || header->sortIndicatorSection() < 0 || header->sortIndicatorSection() >= entryColumnCount)
        header->setSortIndicator(static_cast<int>(m_model.order().column), m_model.order().direction);
    setSortingEnabled(true);
}

void EntryTableView::showHeaderMenu(const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("columnMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const ColumnSetting& setting : columnSettings) {
        if (setting.show == Show::Never)
            continue;
        const int column = static_cast<int>(setting.column);
        QAction* shown = menu->addAction(entryColumnTitle(setting.column));
        shown->setToolTip(entryColumnToolTip(setting.column));
        shown->setCheckable(true);
        shown->setChecked(!isColumnHidden(column));
        // The digest says what a row is.
        shown->setEnabled(setting.column != EntryColumn::Digest);
        connect(shown, &QAction::toggled, this, [this, column](bool isShown) {
            setColumnHidden(column, !isShown);
            m_saving.start();
        });
    }
    menu->setToolTipsVisible(true);
    menu->popup(horizontalHeader()->mapToGlobal(at));
}

std::uint64_t EntryTableView::selectedCount() const
{
    std::uint64_t count = 0;
    for (const QItemSelectionRange& range : selectionModel()->selection())
        count += static_cast<std::uint64_t>(range.height());
    return count;
}

std::vector<int> EntryTableView::selectedRows(qsizetype limit) const
{
    std::vector<int> rows;
    for (const QItemSelectionRange& range : selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom() && std::ssize(rows) < limit; ++row)
            rows.push_back(row);
    if (rows.empty() && currentIndex().isValid())
        rows.push_back(currentIndex().row());
    std::ranges::sort(rows);
    return rows;
}

QStringList EntryTableView::selectedDigests(qsizetype limit) const
{
    QStringList digests;
    for (const int row : selectedRows(limit))
        digests.append(m_model.digestAt(row));
    return digests;
}

QString EntryTableView::currentDigest() const
{
    return currentIndex().isValid() ? m_model.digestAt(currentIndex().row()) : QString();
}

std::optional<EntryId> EntryTableView::currentEntry() const
{
    return currentIndex().isValid() ? std::optional(m_model.idAt(currentIndex().row())) : std::nullopt;
}

QString EntryTableView::rowsAsTsv() const
{
    std::vector<EntryColumn> columns;
    const QHeaderView* header = horizontalHeader();
    for (int place = 0; place < header->count(); ++place)
        if (const int column = header->logicalIndex(place); !isColumnHidden(column))
            columns.push_back(static_cast<EntryColumn>(column));
    return m_model.toTsv(selectedRows(mostCopied), columns);
}

bool EntryTableView::showEntry(const QString& digest)
{
    const auto id = m_model.find(digest);
    const QModelIndex index = id ? m_model.indexOf(*id) : QModelIndex();
    if (!index.isValid())
        return false;
    setCurrentIndex(index);
    scrollTo(index, PositionAtCenter);
    return true;
}

void EntryTableView::remember()
{
    m_selected = m_hidden;
    if (selectedCount() <= mostRemembered)
        forEachSelected([this](EntryId id) { m_selected.insert(id); });
    const QModelIndex current = currentIndex();
    if (current.isValid()) {
        m_current = m_model.idAt(current.row());
        m_currentColumn = current.column();
    }
    const int top = rowAt(0);
    const bool isInSight = current.isValid() && viewport()->rect().intersects(visualRect(current));
    m_sight = {};
    // At the top one wants to see what is first now.
    if (top >= 0 && (isInSight || top > 0)) {
        const int anchor = isInSight ? current.row() : top;
        m_sight = {m_model.idAt(anchor), anchor - top};
    }
}

void EntryTableView::restore()
{
    {
        const QScopedValueRollback restoring(m_isRestoring, true);
        selectShown();
        if (const QModelIndex current = m_current ? m_model.indexOf(*m_current) : QModelIndex();
            current.isValid() && current.row() != currentIndex().row())
            selectionModel()->setCurrentIndex(current.siblingAtColumn(m_currentColumn), QItemSelectionModel::NoUpdate);
    }
    scrollBack();
    emit selectedChanged();
}

void EntryTableView::selectShown()
{
    std::vector<int> rows;
    m_hidden.clear();
    for (const EntryId id : m_selected) {
        if (const QModelIndex index = m_model.indexOf(id); index.isValid())
            rows.push_back(index.row());
        else
            m_hidden.insert(id);
    }
    if (rows.size() > selectedCount())
        selectionModel()->select(rangesOf(std::move(rows)), QItemSelectionModel::Select);
}

QItemSelection EntryTableView::rangesOf(std::vector<int> rows) const
{
    std::ranges::sort(rows);
    QItemSelection selection;
    for (std::size_t first = 0; first < rows.size();) {
        std::size_t last = first;
        while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1)
            ++last;
        selection.append(
            QItemSelectionRange(m_model.index(rows[first], 0), m_model.index(rows[last], m_model.columnCount() - 1)));
        first = last + 1;
    }
    return selection;
}

void EntryTableView::selectEntries(const std::vector<EntryId>& ids)
{
    std::vector<int> rows;
    for (const EntryId id : ids)
        if (const QModelIndex index = m_model.indexOf(id); index.isValid())
            rows.push_back(index.row());
    // Two selections of many ranges would be compared range by range.
    selectionModel()->clearSelection();
    selectionModel()->select(rangesOf(std::move(rows)), QItemSelectionModel::Select);
}

void EntryTableView::toggleEntry(EntryId id)
{
    selectionModel()->select(m_model.indexOf(id), QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
}

void EntryTableView::setCurrentEntry(EntryId id)
{
    if (const QModelIndex index = m_model.indexOf(id); index.isValid())
        selectionModel()->setCurrentIndex(index.siblingAtColumn(std::max(currentIndex().column(), 0)),
                                          QItemSelectionModel::NoUpdate);
}

void EntryTableView::scrollBack()
{
    const QModelIndex anchor = m_sight.anchor ? m_model.indexOf(*m_sight.anchor) : QModelIndex();
    if (!anchor.isValid())
        return;
    // The range of the scroll bar is of the rows before.
    executeDelayedItemsLayout();
    verticalScrollBar()->setValue(std::max(0, anchor.row() - m_sight.anchorPlace));
}

void EntryTableView::forget()
{
    m_selected.clear();
    m_hidden.clear();
    m_current.reset();
    m_sight = {};
    emit selectedChanged();
}

} // namespace layerhold::gui
