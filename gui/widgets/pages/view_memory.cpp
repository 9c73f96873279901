// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/view_memory.h"

#include "models/table_roles.h"

#include <QItemSelectionModel>
#include <QSignalBlocker>
#include <QTreeView>

namespace layerhold::gui {

namespace {

/// Beyond, nobody selects by hand.
constexpr int mostRemembered = 10'000;

QStringList wayTo(QModelIndex index)
{
    QStringList way;
    for (; index.isValid(); index = index.parent())
        way.prepend(index.siblingAtColumn(0).data(IdRole).toString());
    return way;
}

} // namespace

ViewMemory::ViewMemory(QTreeView& view)
    : m_view(view)
{}

void ViewMemory::remember()
{
    if (m_view.model()->rowCount() == 0)
        return;
    m_selected.clear();
    m_open.clear();
    for (const QItemSelectionRange& range : m_view.selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom() && m_selected.size() < mostRemembered; ++row)
            m_selected.insert(wayTo(m_view.model()->index(row, 0, range.parent())));
    const QModelIndex current = m_view.currentIndex();
    m_current = wayTo(current);
    m_currentColumn = current.isValid() ? current.column() : 0;
    m_top = wayTo(m_view.indexAt(QPoint(0, 0)));
    for (int row = 0; row < m_view.model()->rowCount(); ++row)
        if (const QModelIndex index = m_view.model()->index(row, 0); m_view.isExpanded(index))
            m_open.insert(wayTo(index));
}

bool ViewMemory::restore()
{
    if (m_selected.isEmpty() && m_open.isEmpty() && m_current.isEmpty() && m_top.isEmpty())
        return true;
    restoreBelow({}, {});
    return m_current.isEmpty() || wayTo(m_view.currentIndex()) == m_current;
}

void ViewMemory::restoreBelow(const QModelIndex& parent, const QStringList& way)
{
    QAbstractItemModel* model = m_view.model();
    QItemSelection selection;
    QModelIndex current;
    QModelIndex top;
    for (int row = 0; row < model->rowCount(parent); ++row) {
        const QModelIndex index = model->index(row, 0, parent);
        const QStringList here = way + QStringList{index.data(IdRole).toString()};
        if (m_selected.contains(here))
            selection.select(index, index);
        if (here == m_current)
            current = model->index(row, m_currentColumn, parent);
        if (here == m_top)
            top = index;
        if (m_open.contains(here)) {
            m_view.expand(index);
            restoreBelow(index, here);
        }
    }
    if (top.isValid())
        m_view.scrollTo(top, QAbstractItemView::PositionAtTop);
    QItemSelectionModel* chosen = m_view.selectionModel();
    if (!selection.isEmpty())
        chosen->select(selection, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    if (current.isValid())
        chosen->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
}

} // namespace layerhold::gui
