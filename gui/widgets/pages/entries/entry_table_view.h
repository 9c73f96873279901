// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_model.h"
#include "widgets/app_context.h"

#include <QTableView>
#include <QTimer>

#include <set>

namespace layerhold::gui {

/// The table of entries, for a million rows. What is selected, current and in sight stays so by its id while rows are
/// sorted, filtered and put right; what a filter hides is selected again when it is back. Columns that the service
/// cannot fill for whole lists (Users, Freed) are never shown: the Details dock has them.
class EntryTableView final : public QTableView
{
    Q_OBJECT

public:
    /// Both outlive the view. Columns are as the settings have them.
    EntryTableView(AppContext& context, EntryModel& model, QWidget* parent = nullptr);
    ~EntryTableView() override;

    std::uint64_t selectedCount() const;
    /// Digests of what is selected, else of the current row; of more than `limit` the first.
    QStringList selectedDigests(qsizetype limit) const;

    /// Calls with the id of each.
    template <class Do>
    void forEachSelected(Do run) const
    {
        for (const QItemSelectionRange& range : selectionModel()->selection())
            for (int row = range.top(); row <= range.bottom(); ++row)
                run(m_model.idAt(row));
    }

    QString currentDigest() const; ///< empty: no row is current
    std::optional<EntryId> currentEntry() const;
    /// As if by the user. What is not among the rows is left out.
    void selectEntries(const std::vector<EntryId>& ids);
    void toggleEntry(EntryId id);
    /// Selects nothing.
    void setCurrentEntry(EntryId id);
    /// Shown columns of what is selected, in their order, with a line of titles.
    QString rowsAsTsv() const;

    /// False: it is not among the rows.
    bool showEntry(const QString& digest);

signals:
    /// By the user, or because the rows are others.
    void currentDigestChanged(const QString& digest);
    void selectedChanged();

private:
    /// What is where, while rows change.
    struct Sight
    {
        std::optional<EntryId> anchor;
        int anchorPlace = 0; ///< rows below the top
    };

    void setUpColumns();
    void restoreColumns();
    void showHeaderMenu(const QPoint& at);
    void remember();
    void restore();
    void selectShown();
    QItemSelection rangesOf(std::vector<int> rows) const;
    void scrollBack();
    void forget();
    std::vector<int> selectedRows(qsizetype limit) const;

    AppContext& m_context;
    EntryModel& m_model;
    QTimer m_saving; ///< runs while a change of the columns waits to be saved
    Sight m_sight;
    std::set<EntryId> m_selected;     ///< before the rows changed, with those that are hidden
    std::set<EntryId> m_hidden;       ///< selected, and not among the rows
    std::optional<EntryId> m_current; ///< also while it is hidden
    int m_currentColumn = 0;
    bool m_isRestoring = false; ///< what changes now is not the doing of the user
};

} // namespace layerhold::gui
