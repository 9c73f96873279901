// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/storage_tree.h"

#include <algorithm>
#include <numeric>

namespace layerhold::gui {

namespace {

using Kind = StorageNode::Kind;

/// Blocks have no name of their own; no digest and no registry is called so.
constexpr std::string_view sharedKey = "\x01shared";
constexpr std::string_view otherKey = "\x01other";

} // namespace

StorageTree::StorageTree(std::shared_ptr<const StorageContents> contents, ByteRule rule)
    : m_contents(std::move(contents))
    , m_map(storageMap(m_contents->graph, rule))
{
    sortChildren();
}

void StorageTree::sortChildren()
{
    m_sorted.resize(m_map.tree.size());
    m_rows.resize(m_map.tree.size(), 0);
    std::iota(m_sorted.begin(), m_sorted.end(), 0U);
    const auto isBefore = [this](std::uint32_t left, std::uint32_t right) {
        const MapNode& one = m_map.tree[left];
        const MapNode& other = m_map.tree[right];
        if (one.isPlacedLast != other.isPlacedLast)
            return other.isPlacedLast;
        return one.bytes != other.bytes ? one.bytes > other.bytes : left < right;
    };
    for (const MapNode& node : m_map.tree) {
        const auto first = m_sorted.begin() + node.firstChild;
        std::sort(first, first + node.childCount, isBefore);
        for (std::uint32_t row = 0; row < node.childCount; ++row)
            m_rows[m_sorted[node.firstChild + row]] = row;
    }
}

std::uint32_t StorageTree::childAt(std::uint32_t node, int row) const
{
    return m_sorted[m_map.tree[node].firstChild + static_cast<std::uint32_t>(row)];
}

bool StorageTree::contains(std::uint32_t outer, std::uint32_t inner) const
{
    while (inner != outer && inner != 0)
        inner = parentOf(inner);
    return inner == outer;
}

const ImageRecord* StorageTree::imageOf(std::uint32_t node) const
{
    const StorageNode& what = m_map.nodes[node];
    return what.kind == Kind::Entity ? &m_contents->images[what.index] : nullptr;
}

std::optional<std::uint32_t> StorageTree::blobOf(std::uint32_t node) const
{
    const StorageNode& what = m_map.nodes[node];
    return what.kind == Kind::Blob ? std::optional(what.index) : std::nullopt;
}

std::string_view StorageTree::digestOf(std::uint32_t node) const
{
    if (const auto blob = blobOf(node))
        return m_contents->graph.blobs[*blob].digest;
    const ImageRecord* image = imageOf(node);
    return image ? std::string_view(image->digest) : std::string_view();
}

std::string_view StorageTree::partOfKey(std::uint32_t node) const
{
    const StorageNode& what = m_map.nodes[node];
    switch (what.kind) {
    case Kind::SharedBlock:
        return sharedKey;
    case Kind::OtherBlock:
        return otherKey;
    case Kind::Blob:
        return m_contents->graph.blobs[what.index].digest;
    default:
        return what.name;
    }
}

QStringList StorageTree::keyOf(std::uint32_t node) const
{
    QStringList key;
    for (; node != 0; node = parentOf(node))
        key.prepend(QString::fromUtf8(partOfKey(node).data(), static_cast<qsizetype>(partOfKey(node).size())));
    return key;
}

std::optional<std::uint32_t> StorageTree::childNamed(std::uint32_t node, const QString& name) const
{
    const std::string wanted = name.toStdString();
    for (int row = 0; row < childCount(node); ++row)
        if (const std::uint32_t child = childAt(node, row); partOfKey(child) == wanted)
            return child;
    return std::nullopt;
}

std::uint32_t StorageTree::find(const QStringList& key) const
{
    std::uint32_t node = 0;
    for (const QString& part : key) {
        const auto child = childNamed(node, part);
        if (!child)
            return findNamed(key.back()).value_or(node);
        node = *child;
    }
    return node;
}

std::optional<std::uint32_t> StorageTree::findNamed(const QString& name) const
{
    const std::string wanted = name.toStdString();
    const auto isMeant = [&](std::uint32_t node) {
        const StorageNode& what = m_map.nodes[node];
        switch (what.kind) {
        case Kind::Entity:
            return what.name == wanted || std::ranges::any_of(m_contents->images[what.index].names,
                                                              [&](const auto& each) { return each.name == wanted; });
        case Kind::Blob:
            return m_contents->graph.blobs[what.index].digest == wanted;
        case Kind::Group:
            return what.name == wanted ||
                   (parentOf(node) != 0 && m_map.nodes[parentOf(node)].name + '/' + what.name == wanted);
        default:
            return false;
        }
    };
    // Outer nodes come first: an image goes before its manifest of the same digest.
    for (std::uint32_t node = 1; node < m_map.nodes.size(); ++node)
        if (isMeant(node))
            return node;
    return std::nullopt;
}

} // namespace layerhold::gui
