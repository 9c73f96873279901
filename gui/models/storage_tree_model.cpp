// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/storage_tree_model.h"

#include "models/plain_text.h"
#include "models/table_roles.h"

namespace layerhold::gui {

StorageTreeModel::StorageTreeModel(Format format, QObject* parent)
    : QAbstractItemModel(parent)
    , m_format(std::move(format))
{}

void StorageTreeModel::setTree(std::shared_ptr<const StorageTree> tree)
{
    beginResetModel();
    m_tree = std::move(tree);
    endResetModel();
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

void StorageTreeModel::setFormat(Format format)
{
    m_format = std::move(format);
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QModelIndex StorageTreeModel::indexOf(std::uint32_t node) const
{
    return m_tree && node != 0 ? createIndex(m_tree->rowOf(node), 0, quintptr(node)) : QModelIndex();
}

std::uint32_t StorageTreeModel::nodeOf(const QModelIndex& index) const
{
    return static_cast<std::uint32_t>(index.internalId());
}

QModelIndex StorageTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, quintptr(m_tree->childAt(nodeOf(parent), row)));
}

QModelIndex StorageTreeModel::parent(const QModelIndex& index) const
{
    return index.isValid() ? indexOf(m_tree->parentOf(nodeOf(index))) : QModelIndex();
}

int StorageTreeModel::rowCount(const QModelIndex& parent) const
{
    return m_tree && parent.column() <= 0 ? m_tree->childCount(nodeOf(parent)) : 0;
}

int StorageTreeModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QString StorageTreeModel::text(std::uint32_t node, int column) const
{
    switch (column) {
    case Name:
        return m_tree->nameOf(node);
    case Bytes:
        return m_format.bytes(m_tree->bytesOf(node));
    default:
        const auto total = static_cast<double>(m_tree->map().totalBytes());
        return total > 0 ? m_format.percent(static_cast<double>(m_tree->bytesOf(node)) / total) : unknownText();
    }
}

QVariant StorageTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const std::uint32_t node = nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(node, index.column());
    case Qt::ToolTipRole:
        return literalToolTip(m_tree->describe(node, m_format).join(QLatin1Char('\n')));
    case Qt::TextAlignmentRole:
        return index.column() == Name ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case IdRole: {
        const std::string_view digest = m_tree->digestOf(node);
        return QString::fromUtf8(digest.data(), static_cast<qsizetype>(digest.size()));
    }
    case CopyRole:
        if (index.column() == Bytes)
            return QString::number(m_tree->bytesOf(node));
        return index.column() == Name ? m_tree->keyOf(node).join(QLatin1Char('/')) : text(node, index.column());
    default:
        return {};
    }
}

QVariant StorageTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section != Name)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    const bool isTip = role == Qt::ToolTipRole;
    if (role != Qt::DisplayRole && !isTip)
        return {};
    switch (section) {
    case Name:
        return isTip ? tr("Registry, repository, image and blob; the largest first") : tr("Name");
    case Bytes:
        return isTip && m_tree ? byteRuleExplanation(m_tree->map().rule) : tr("Bytes");
    case Part:
        return isTip ? tr("Of what the map adds up to") : tr("Of all");
    default:
        return {};
    }
}

} // namespace layerhold::gui
