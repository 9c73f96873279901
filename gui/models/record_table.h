// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/record_rows.h"
#include "models/table_roles.h"

#include <QAbstractTableModel>
#include <QFutureWatcher>
#include <QString>
#include <QtConcurrentRun>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace layerhold::gui {

enum class ColumnAlign
{
    Left,
    Right
};

/// What a table has of one column beside its cells.
template <class Record>
struct RecordColumn
{
    using Less = typename RecordRows<Record>::Less;

    QString title = {};
    Less less = {}; ///< asked on other threads, so that it must not know the model; empty: as the records came
    ColumnAlign align = ColumnAlign::Left;
    QString help = {};
};

/// The order of what all records have.
template <class Record, class Member>
typename RecordRows<Record>::Less byMember(Member Record::*member)
{
    return [member](const Record& a, const Record& b) { return a.*member < b.*member; };
}

/// A table of records that come in batches. It filters and sorts by an index of its own: few rows at once, many in a
/// worker, and then the new order arrives as one layoutChanged in which persistent indexes follow their records. Rows
/// that come in meanwhile are shown at the end until they are sorted in. Subclasses say what is in the cells.
template <class Record>
class RecordTable : public QAbstractTableModel
{
public:
    using Keep = typename RecordRows<Record>::Keep;
    using Less = typename RecordRows<Record>::Less;

    /// More than these are arranged in a worker.
    static constexpr std::size_t mostAtOnce = 5000;

    explicit RecordTable(std::vector<RecordColumn<Record>> columns, QObject* parent = nullptr)
        : QAbstractTableModel(parent)
        , m_columns(std::move(columns))
    {
        connect(&m_arranging, &QFutureWatcherBase::finished, this, [this] { takeArrangement(); });
    }

    void append(std::vector<Record> records)
    {
        std::vector<RecordId> ids = m_rows.append(std::move(records));
        if (m_keep)
            std::erase_if(ids, [this](RecordId id) { return !m_keep(m_rows.at(id)); });
        if (!ids.empty()) {
            const int first = rowCount();
            beginInsertRows({}, first, first + static_cast<int>(ids.size()) - 1);
            m_shown.insert(m_shown.end(), ids.begin(), ids.end());
            endInsertRows();
        }
        // Whoever works already sorts them in when it is done: started anew with each part of a load it would never be.
        if (m_less && !m_isBusy)
            arrange();
    }

    void clear()
    {
        beginResetModel();
        m_rows = {};
        m_shown.clear();
        m_isAgain = m_isBusy;
        onCleared();
        endResetModel();
    }

    /// Which records are shown; empty: all. It is called on other threads.
    void setFilter(Keep keep)
    {
        m_keep = std::move(keep);
        arrange();
    }

    /// True while a worker sorts or filters.
    bool isArranging() const { return m_isBusy; }

    /// Of all records, shown or not.
    std::size_t recordCount() const { return m_rows.size(); }

    const Record& recordAt(int row) const { return m_rows.at(idAt(row)); }

    /// How many records a filter would show.
    std::size_t countOf(const Keep& keep) const
    {
        return m_rows.arrange(keep, {}, RecordRows<Record>::Order::Ascending).size();
    }

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
    }

    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }

    /// Column -1, and one that has no order: as the records came.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override
    {
        m_less = column < 0 || column >= columnCount() ? Less() : columnAt(column).less;
        m_order = order;
        arrange();
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        if (role == Qt::DisplayRole)
            return columnAt(section).title;
        if (role == Qt::ToolTipRole)
            return columnAt(section).help;
        if (role == Qt::TextAlignmentRole)
            return alignment(section);
        return {};
    }

    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override
    {
        if (!checkIndex(index, QAbstractItemModel::CheckIndexOption::IndexIsValid))
            return {};
        if (role == Qt::TextAlignmentRole)
            return alignment(index.column());
        return cell(idAt(index.row()), index.column(), role);
    }

protected:
    /// Everything but alignment.
    virtual QVariant cell(RecordId id, int column, int role) const = 0;

    /// Called within the reset: what is kept beside the records goes too.
    virtual void onCleared() {}

    /// Within onCleared() only.
    void setColumns(std::vector<RecordColumn<Record>> columns) { m_columns = std::move(columns); }

    RecordId idAt(int row) const { return m_shown[static_cast<std::size_t>(row)]; }

    const RecordRows<Record>& rows() const { return m_rows; }

    const std::vector<RecordId>& shown() const { return m_shown; }

    /// What all cells of a column show has changed, as ages do.
    void refreshColumn(int column)
    {
        if (rowCount() > 0)
            emit dataChanged(index(0, column), index(rowCount() - 1, column));
    }

    /// As for one column, for all: the units or the style of times are others now.
    void refreshCells()
    {
        if (rowCount() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }

private:
    const RecordColumn<Record>& columnAt(int column) const { return m_columns[static_cast<std::size_t>(column)]; }

    QVariant alignment(int column) const
    {
        const Qt::Alignment side = columnAt(column).align == ColumnAlign::Right ? Qt::AlignRight : Qt::AlignLeft;
        return QVariant(static_cast<int>(side | Qt::AlignVCenter));
    }

    void arrange()
    {
        if (m_isBusy) {
            m_isAgain = true;
            return;
        }
        m_isAgain = false;
        const auto order = m_order == Qt::AscendingOrder ? RecordRows<Record>::Order::Ascending
                                                         : RecordRows<Record>::Order::Descending;
        if (m_rows.size() <= mostAtOnce) {
            show(m_rows.arrange(m_keep, m_less, order));
            return;
        }
        m_isBusy = true;
        m_arrangedRows = m_rows.end();
        m_arranging.setFuture(QtConcurrent::run(
            [rows = m_rows, keep = m_keep, less = m_less, order] { return rows.arrange(keep, less, order); }));
    }

    void takeArrangement()
    {
        m_isBusy = false;
        if (m_isAgain) {
            arrange();
            return;
        }
        std::vector<RecordId> ids = m_arranging.result();
        const bool hasNew = m_rows.end() > m_arrangedRows;
        for (const RecordId id : m_shown) {
            if (id >= m_arrangedRows)
                ids.push_back(id);
        }
        show(std::move(ids));
        if (hasNew && m_less)
            arrange();
    }

    void show(std::vector<RecordId> ids)
    {
        emit layoutAboutToBeChanged();
        const QModelIndexList before = persistentIndexList();
        std::unordered_map<RecordId, int> rowOf;
        std::vector<RecordId> idsBefore;
        for (const QModelIndex& each : before) {
            idsBefore.push_back(idAt(each.row()));
            rowOf.emplace(idsBefore.back(), -1);
        }
        m_shown = std::move(ids);
        for (std::size_t row = 0; row < m_shown.size() && !rowOf.empty(); ++row) {
            const auto found = rowOf.find(m_shown[row]);
            if (found != rowOf.end())
                found->second = static_cast<int>(row);
        }
        QModelIndexList after;
        for (qsizetype i = 0; i < before.size(); ++i) {
            const int row = rowOf.at(idsBefore[static_cast<std::size_t>(i)]);
            after.append(row < 0 ? QModelIndex() : index(row, before[i].column()));
        }
        changePersistentIndexList(before, after);
        emit layoutChanged();
    }

    std::vector<RecordColumn<Record>> m_columns;
    RecordRows<Record> m_rows;
    std::vector<RecordId> m_shown;
    Keep m_keep;
    Less m_less;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    QFutureWatcher<std::vector<RecordId>> m_arranging;
    RecordId m_arrangedRows = 0; ///< the worker knows those below
    bool m_isBusy = false;       ///< until the answer of the worker was taken
    bool m_isAgain = false;      ///< the answer is out of date already
};

} // namespace layerhold::gui
