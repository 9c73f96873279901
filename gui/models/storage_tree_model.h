// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/storage_tree.h"

#include <QAbstractItemModel>

namespace layerhold::gui {

/// A StorageTree for a view: registries, the repositories in them, their images, the blobs of these; the largest first.
class StorageTreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column
    {
        Name,
        Bytes,
        Part, ///< of all
        ColumnCount
    };

    explicit StorageTreeModel(Format format, QObject* parent = nullptr);

    void setTree(std::shared_ptr<const StorageTree> tree); ///< nullptr: nothing
    void setFormat(Format format);

    /// The invisible one for the root.
    QModelIndex indexOf(std::uint32_t node) const;
    std::uint32_t nodeOf(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(std::uint32_t node, int column) const;

    std::shared_ptr<const StorageTree> m_tree;
    Format m_format;
};

} // namespace layerhold::gui
