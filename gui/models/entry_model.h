// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_facets.h"
#include "models/entry_table.h"
#include "models/entry_view.h"
#include "models/format.h"

#include <QAbstractTableModel>
#include <QFutureWatcher>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>

namespace layerhold::gui {

/// The entries of a cache as a table: filtered and sorted, for several million of them. Filtering, sorting and counting
/// happen in a worker and arrive later, as one change of the layout in which persistent indexes stay with their
/// entries. What comes in is in the table at once, and among the rows with the next batch.
class EntryModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role
    {
        IdRole = Qt::UserRole, ///< EntryId
        DigestRole,            ///< "algorithm:hex"
        CodeRole,              ///< of Kind, State and Kept: the name of the API; for icons
        ValueRole,             ///< exact, for other programs
        ConditionRole          ///< of the filter language, for "Filter by this"; empty: there is none
    };

    static constexpr std::chrono::milliseconds batchInterval{150};

    explicit EntryModel(Format format = Format(), QObject* parent = nullptr);
    ~EntryModel() override;

    /// A new load begins, of about so many entries: ids of the one before mean nothing any more. Filter and order stay.
    void clear(std::size_t expected = 0);
    void upsert(std::span<const BlobRecord> blobs);
    void describe(std::span<const EntryFacts> facts);
    void remove(std::span<const std::string> digests);
    /// What waits for the next batch is among the rows now, unless a worker is busy.
    void flush();

    void setFilter(const EntryFilter& filter);

    const EntryFilter& filter() const { return m_filter; } ///< the rows may still show the one before: isBusy()

    void sort(int column, Qt::SortOrder direction = Qt::AscendingOrder) override;

    EntryOrder order() const { return m_order; }

    bool isBusy() const { return m_isBusy; } ///< the rows that filter and order ask for are on their way

    void setFormat(const Format& format);

    const Format& format() const { return m_format; }

    std::size_t storedCount() const { return m_table.storedCount(); }

    const EntryFacets& facets() const { return m_facets; }

    const EntryColumns& columns() const { return m_table.columns(); }

    std::optional<EntryId> find(const QString& digest) const { return find(digest.toStdString()); }

    std::optional<EntryId> find(const std::string& digest) const { return m_table.find(digest); }

    /// As things are now, for a worker.
    EntryColumns snapshot() { return m_table.snapshot(); }

    /// By row.
    const std::vector<EntryId>& ids() const { return m_rows.ids; }

    EntryId idAt(int row) const { return m_rows.ids[static_cast<std::size_t>(row)]; }

    /// Its index in the first column; invalid when it is not shown.
    QModelIndex indexOf(EntryId id) const;

    QString digestAt(int row) const { return m_table.columns().digest(idAt(row)); }

    /// Lines of values with tabulators between them, a line of titles first.
    QString toTsv(std::span<const int> rows, std::span<const EntryColumn> columns) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void busyChanged(bool isBusy);
    void facetsChanged();

private:
    void noteChanges();
    void startView();
    void finishView();
    void mergeChanges();
    void appendRows(const std::vector<EntryId>& added);
    void changeLayout(EntryRows rows);
    void startFacets();
    void finishFacets();
    QString codeOf(EntryId id, EntryColumn column) const;

    Format m_format;
    EntryTable m_table;
    EntryRows m_rows;
    EntryFilter m_filter;
    EntryOrder m_order;
    EntryFilter m_shownFilter; ///< by which m_rows were made
    EntryOrder m_shownOrder;   ///< as m_shownFilter

    std::vector<EntryId> m_changed; ///< since the rows, or the snapshot of the worker, were made
    QTimer m_batch;
    QFutureWatcher<std::shared_ptr<EntryRows>> m_worker;
    std::stop_source m_stop;
    bool m_isBusy = false;        ///< until the worker's rows are shown, not only until they are made
    bool m_isViewWanted = false;  ///< another one than the worker makes
    bool m_areRowsBehind = false; ///< a worker knows of changes that the rows do not have yet

    EntryFacets m_facets;
    QTimer m_facetsDue;
    QFutureWatcher<EntryFacets> m_counter;
    std::stop_source m_facetsStop;
};

} // namespace layerhold::gui
