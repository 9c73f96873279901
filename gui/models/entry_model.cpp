// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/entry_model.h"

#include "models/entry_cells.h"
#include "models/plain_text.h"

#include <QtConcurrent>

#include <algorithm>
#include <utility>

namespace layerhold::gui {

namespace {

/// More rows than this are put in their places by a worker: it would be felt here.
constexpr std::size_t mostToMerge = 10000;
constexpr std::size_t mostToPlan = 50000; ///< as mostToMerge, of all that changed
/// From so many on one signal for all between them is cheaper.
constexpr std::size_t mostChangesTold = 256;
constexpr std::chrono::milliseconds facetsInterval{300};

EntryColumn columnOf(const QModelIndex& index)
{
    return static_cast<EntryColumn>(index.column());
}

} // namespace

EntryModel::EntryModel(Format format, QObject* parent)
    : QAbstractTableModel(parent)
    , m_format(std::move(format))
{
    m_batch.setSingleShot(true);
    m_facetsDue.setSingleShot(true);
    connect(&m_batch, &QTimer::timeout, this, &EntryModel::flush);
    connect(&m_facetsDue, &QTimer::timeout, this, &EntryModel::startFacets);
    connect(&m_worker, &QFutureWatcher<std::shared_ptr<EntryRows>>::finished, this, &EntryModel::finishView);
    connect(&m_counter, &QFutureWatcher<EntryFacets>::finished, this, &EntryModel::finishFacets);
}

EntryModel::~EntryModel()
{
    m_stop.request_stop();
    m_facetsStop.request_stop();
    // Jobs hold what they read themselves, but none may outlive the program.
    if (m_worker.isRunning())
        m_worker.waitForFinished();
    if (m_counter.isRunning())
        m_counter.waitForFinished();
}

void EntryModel::clear(std::size_t expected)
{
    m_stop.request_stop();
    m_facetsStop.request_stop();
    m_worker.setFuture({});
    m_counter.setFuture({});
    m_batch.stop();
    beginResetModel();
    m_table = EntryTable(expected);
    m_rows = {};
    m_changed.clear();
    m_shownFilter = m_filter;
    m_shownOrder = m_order;
    m_isViewWanted = false;
    m_areRowsBehind = false;
    m_isBusy = false;
    m_facets = {};
    endResetModel();
    emit busyChanged(false);
    emit facetsChanged();
}

void EntryModel::upsert(std::span<const BlobRecord> blobs)
{
    m_table.upsert(blobs, m_changed);
    noteChanges();
}

void EntryModel::describe(std::span<const EntryFacts> facts)
{
    m_table.describe(facts, m_changed);
    noteChanges();
}

void EntryModel::remove(std::span<const std::string> digests)
{
    m_table.remove(digests, m_changed);
    noteChanges();
}

void EntryModel::noteChanges()
{
    if (m_changed.empty())
        return;
    // The first rows are awaited, those after them may come together, and too many would be felt. A timer that is due
    // already is left alone: started anew with each part of a load it would never end.
    const bool isUrgent = m_rows.ids.empty() || m_changed.size() >= mostToMerge;
    const auto wait = isUrgent ? std::chrono::milliseconds(0) : batchInterval;
    if (!m_batch.isActive() || wait < m_batch.intervalAsDuration())
        m_batch.start(wait);
}

void EntryModel::flush()
{
    m_batch.stop();
    if (!m_isBusy)
        mergeChanges();
}

void EntryModel::setFilter(const EntryFilter& filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    startView();
}

void EntryModel::sort(int column, Qt::SortOrder direction)
{
    const EntryOrder order{static_cast<EntryColumn>(std::clamp(column, 0, entryColumnCount - 1)), direction};
    if (order == m_order)
        return;
    m_order = order;
    startView();
}

void EntryModel::startView()
{
    if (m_isBusy) {
        // The worker ends soon; finishView() starts the next one.
        m_isViewWanted = true;
        m_stop.request_stop();
        return;
    }
    m_stop = std::stop_source();
    const bool isRefinement =
        !m_areRowsBehind && m_changed.empty() && m_order == m_shownOrder && m_filter.refines(m_shownFilter);
    EntryViewJob job{m_table.snapshot(), m_filter, m_order, m_format.now(), {}, isRefinement};
    if (isRefinement)
        job.candidates = m_rows.ids;
    m_areRowsBehind |= !m_changed.empty();
    m_changed.clear();
    m_isBusy = true;
    m_worker.setFuture(QtConcurrent::run([job = std::move(job), stop = m_stop.get_token()] {
        return std::make_shared<EntryRows>(makeRows(job, stop));
    }));
    emit busyChanged(true);
}

void EntryModel::finishView()
{
    if (!m_isBusy || m_worker.isCanceled())
        return;
    m_isBusy = false;
    if (std::exchange(m_isViewWanted, false)) {
        startView();
        return;
    }
    m_shownFilter = m_filter;
    m_shownOrder = m_order;
    m_areRowsBehind = false;
    changeLayout(std::move(*m_worker.result()));
    emit busyChanged(false);
    mergeChanges();
    m_facetsDue.start(0);
}

void EntryModel::mergeChanges()
{
    if (m_changed.empty())
        return;
    std::sort(m_changed.begin(), m_changed.end());
    m_changed.erase(std::unique(m_changed.begin(), m_changed.end()), m_changed.end());
    if (m_changed.size() > mostToPlan) {
        startView();
        return;
    }
    const EntryMerge merge = planMerge(m_rows, columns(), m_filter, m_order, m_format.now(), m_changed);
    if (!m_facetsDue.isActive())
        m_facetsDue.start(facetsInterval);

    const bool isAppended =
        merge.goneRows.empty() && !merge.added.empty() &&
        (m_rows.ids.empty() || precedes(columns(), m_order, m_rows.ids.back(), merge.added.front()));
    if (!isAppended && !merge.movesNothing() && merge.added.size() > mostToMerge) {
        startView();
        return;
    }
    m_changed.clear();
    const auto tell = [this](std::uint32_t first, std::uint32_t last) {
        emit dataChanged(index(static_cast<int>(first), 0), index(static_cast<int>(last), entryColumnCount - 1));
    };
    if (merge.changedRows.size() > mostChangesTold)
        tell(merge.changedRows.front(), merge.changedRows.back());
    else
        for (const std::uint32_t row : merge.changedRows)
            tell(row, row);

    if (isAppended) {
        appendRows(merge.added);
    } else if (!merge.movesNothing()) {
        EntryRows rows{merged(m_rows, columns(), m_order, merge), {}};
        rows.findRows(columns().size());
        changeLayout(std::move(rows));
    }
}

void EntryModel::appendRows(const std::vector<EntryId>& added)
{
    const std::size_t before = m_rows.ids.size();
    beginInsertRows({}, static_cast<int>(before), static_cast<int>(before + added.size() - 1));
    m_rows.ids.insert(m_rows.ids.end(), added.begin(), added.end());
    m_rows.rows.resize(std::max(m_rows.rows.size(), columns().size()), notShown);
    for (std::size_t row = before; row < m_rows.ids.size(); ++row)
        m_rows.rows[m_rows.ids[row]] = static_cast<std::uint32_t>(row);
    endInsertRows();
}

void EntryModel::changeLayout(EntryRows rows)
{
    // With this hint a selection of whole rows costs one persistent index per row, and not one per cell.
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    to.reserve(from.size());
    for (const QModelIndex& old : from) {
        const std::uint32_t row = rows.rowOf(idAt(old.row()));
        to.append(row == notShown ? QModelIndex() : createIndex(static_cast<int>(row), old.column()));
    }
    m_rows = std::move(rows);
    changePersistentIndexList(from, to);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void EntryModel::startFacets()
{
    if (m_isBusy)
        return;
    if (m_counter.isRunning()) {
        m_facetsDue.start(facetsInterval);
        return;
    }
    m_facetsStop = std::stop_source();
    m_counter.setFuture(
        QtConcurrent::run([columns = m_table.snapshot(), ids = m_rows.ids, now = m_format.now(),
                           stop = m_facetsStop.get_token()] { return countFacets(columns, ids, now, stop); }));
}

void EntryModel::finishFacets()
{
    if (m_counter.isCanceled())
        return;
    m_facets = m_counter.result();
    emit facetsChanged();
}

void EntryModel::setFormat(const Format& format)
{
    m_format = format;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, entryColumnCount - 1));
}

QModelIndex EntryModel::indexOf(EntryId id) const
{
    const std::uint32_t row = m_rows.rowOf(id);
    return row == notShown ? QModelIndex() : index(static_cast<int>(row), 0);
}

QString EntryModel::toTsv(std::span<const int> rows, std::span<const EntryColumn> columnsToCopy) const
{
    QStringList titles;
    for (const EntryColumn column : columnsToCopy)
        titles.append(entryColumnTitle(column));
    QString text = titles.join(QLatin1Char('\t')) + QLatin1Char('\n');
    for (const int row : rows) {
        QStringList values;
        for (const EntryColumn column : columnsToCopy)
            values.append(entryValue(columns(), m_format, idAt(row), column));
        text += values.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    return text;
}

int EntryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.ids.size());
}

int EntryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : entryColumnCount;
}

QVariant EntryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const EntryId id = idAt(index.row());
    const EntryColumn column = columnOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return entryText(columns(), m_format, id, column);
    case Qt::ToolTipRole:
        return literalToolTip(entryToolTip(columns(), m_format, id, column));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(isNumberColumn(column) ? Qt::AlignRight | Qt::AlignVCenter
                                                          : Qt::AlignLeft | Qt::AlignVCenter);
    case IdRole:
        return id;
    case DigestRole:
        return columns().digest(id);
    case CodeRole:
        return codeOf(id, column);
    case ValueRole:
        return entryValue(columns(), m_format, id, column);
    case ConditionRole:
        return entryCondition(columns(), id, column);
    default:
        return {};
    }
}

QString EntryModel::codeOf(EntryId id, EntryColumn column) const
{
    const EntryCells& cells = columns()[id];
    if (column == EntryColumn::Kind)
        return columns().text(cells.kind);
    if (column == EntryColumn::State)
        return columns().text(cells.state);
    const QStringList& holders = columns().list(cells.holders).texts;
    return column == EntryColumn::Kept && !cells.isReleased && !holders.isEmpty() ? holders.front() : QString();
}

QVariant EntryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= entryColumnCount)
        return {};
    const auto column = static_cast<EntryColumn>(section);
    if (role == Qt::DisplayRole)
        return entryColumnTitle(column);
    if (role == Qt::ToolTipRole)
        return entryColumnToolTip(column);
    if (role == Qt::TextAlignmentRole && isNumberColumn(column))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

} // namespace layerhold::gui
