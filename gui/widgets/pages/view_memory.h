// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QSet>
#include <QStringList>

#include <optional>

class QModelIndex;
class QTreeView;

namespace layerhold::gui {

/// What is selected, open and in sight in a view, by what the rows are (IdRole), so that it is the same after the model
/// was filled anew. A row counts by the way to it: ids of its parents first.
class ViewMemory final
{
public:
    /// The view outlives the memory.
    explicit ViewMemory(QTreeView& view);

    /// A view without rows changes nothing of what is remembered.
    void remember();
    /// Rows that are not there any more are left out. True: the current row is there again, or there was none.
    bool restore();

private:
    void restoreBelow(const QModelIndex& parent, const QStringList& way);

    QTreeView& m_view;
    QSet<QStringList> m_selected;
    QSet<QStringList> m_open;
    QStringList m_current;
    QStringList m_top; ///< in sight
    int m_currentColumn = 0;
};

} // namespace layerhold::gui
