// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/storage_tree_model.h"

#include <QTreeView>

namespace layerhold::gui {

/// The tree of the store. What is open and current stays so when another tree of the same cache takes the place of the
/// former.
class StorageTreeView final : public QTreeView
{
    Q_OBJECT

public:
    explicit StorageTreeView(Format format, QWidget* parent = nullptr);

    void setTree(std::shared_ptr<const StorageTree> tree);
    void setFormat(Format format);

    const std::shared_ptr<const StorageTree>& tree() const { return m_tree; }

    StorageTreeModel& treeModel() { return m_model; }

    std::uint32_t currentNode() const; ///< 0: none
    void showNode(std::uint32_t node);

signals:
    /// By the user, or because the former is not there any more; not by showNode().
    void nodeChosen(std::uint32_t node);

private:
    QList<QStringList> openKeys() const;

    StorageTreeModel m_model;
    std::shared_ptr<const StorageTree> m_tree;
    bool m_isShowing = false;
};

} // namespace layerhold::gui
