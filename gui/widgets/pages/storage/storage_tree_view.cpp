// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/storage/storage_tree_view.h"

#include "widgets/pages/table_tools.h"

#include <QHeaderView>
#include <QScopedValueRollback>

namespace layerhold::gui {

StorageTreeView::StorageTreeView(Format format, QWidget* parent)
    : QTreeView(parent)
    , m_model(std::move(format))
{
    setModel(&m_model);
    setAccessibleName(tr("Stored content by registry, repository and image"));
    setUpTable(*this, {{StorageTreeModel::Name, 32}, {StorageTreeModel::Bytes, 12}, {StorageTreeModel::Part, 10}});
    // Always the largest first, as the map has it.
    setSortingEnabled(false);
    header()->setSectionsClickable(false);
    setSelectionMode(QAbstractItemView::SingleSelection);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(StorageTreeModel::Name, QHeaderView::Stretch);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
        if (!m_isShowing && current.isValid())
            emit nodeChosen(m_model.nodeOf(current));
    });
}

QList<QStringList> StorageTreeView::openKeys() const
{
    QList<QStringList> keys;
    // Only what is in an open level can be seen to be open.
    std::vector<QModelIndex> levels{{}};
    while (!levels.empty()) {
        const QModelIndex level = levels.back();
        levels.pop_back();
        for (int row = 0; row < m_model.rowCount(level); ++row) {
            const QModelIndex index = m_model.index(row, 0, level);
            if (!isExpanded(index))
                continue;
            keys += m_tree->keyOf(m_model.nodeOf(index));
            levels.push_back(index);
        }
    }
    return keys;
}

void StorageTreeView::setTree(std::shared_ptr<const StorageTree> tree)
{
    const QScopedValueRollback showing(m_isShowing, true);
    const QList<QStringList> open = m_tree ? openKeys() : QList<QStringList>();
    const QStringList current = m_tree ? m_tree->keyOf(currentNode()) : QStringList();
    m_tree = std::move(tree);
    m_model.setTree(m_tree);
    if (!m_tree)
        return;
    for (const QStringList& key : open)
        if (const std::uint32_t node = m_tree->find(key); m_tree->keyOf(node) == key)
            expand(m_model.indexOf(node));
    if (open.isEmpty())
        expandToDepth(0);
    if (!current.isEmpty())
        showNode(m_tree->find(current));
}

void StorageTreeView::setFormat(Format format)
{
    m_model.setFormat(std::move(format));
    viewport()->update();
}

std::uint32_t StorageTreeView::currentNode() const
{
    return m_model.nodeOf(currentIndex());
}

void StorageTreeView::showNode(std::uint32_t node)
{
    const QScopedValueRollback showing(m_isShowing, true);
    const QModelIndex index = m_model.indexOf(node);
    setCurrentIndex(index);
    scrollTo(index);
}

} // namespace layerhold::gui
