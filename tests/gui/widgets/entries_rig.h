// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/widgets/page_rig.h"
#include "widgets/pages/entries/entry_table_view.h"
#include "widgets/pages/entries/facet_sidebar.h"
#include "widgets/pages/entries_page.h"

#include <QClipboard>

#include <set>

namespace layerhold::gui::test::entries {

using Rig = PageRig<EntriesPage>;
inline constexpr int patience = 20'000;

inline int rows(const Rig& rig)
{
    return rig.page->view().model()->rowCount();
}

/// All has come, and what follows from it is shown.
inline bool isSettled(const Rig& rig)
{
    return rig.client.openCount() == 0 && !rig.page->model().isBusy() &&
           rows(rig) == static_cast<int>(rig.page->model().facets().matching.entries) &&
           rig.page->model().facets().all.entries == rig.client.store->blobs.size();
}

inline bool isReady(const Rig& rig)
{
    return rig.stateKey() == QLatin1String("ready") && isSettled(rig);
}

inline QString clipboard()
{
    return QGuiApplication::clipboard()->text();
}

inline QString digestAt(const Rig& rig, int row)
{
    return rig.page->model().digestAt(row);
}

inline int rowOf(const Rig& rig, const std::string& digest)
{
    const auto id = rig.page->model().find(digest);
    return id ? rig.page->model().indexOf(*id).row() : -1;
}

inline std::set<QString> selected(const Rig& rig)
{
    const QStringList digests = rig.page->view().selectedDigests(100'000);
    return {digests.begin(), digests.end()};
}

inline void select(const Rig& rig, const std::vector<std::string>& digests)
{
    rig.page->view().clearSelection();
    for (const std::string& digest : digests)
        rig.page->view().selectionModel()->select(rig.page->model().index(rowOf(rig, digest), 0),
                                                  QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

/// Of the current row, in rows below the top of the view.
inline int placeOfCurrent(const Rig& rig)
{
    const EntryTableView& view = rig.page->view();
    return view.currentIndex().row() - view.rowAt(0);
}

inline QTreeWidgetItem* facetLine(const Rig& rig, const QString& label)
{
    const auto found = rig.page->facets().findItems(label, Qt::MatchExactly | Qt::MatchRecursive);
    return found.isEmpty() ? nullptr : found.front();
}

} // namespace layerhold::gui::test::entries
