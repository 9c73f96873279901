// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/storage_contents.h"

#include <QCoreApplication>
#include <QStringList>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace layerhold::gui {

/// The store by one rule, as tree and map show it. Does not change any more. Nodes are those of the map: 0 is the root.
class StorageTree
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::StorageTree)

public:
    /// Takes its time: for a worker.
    StorageTree(std::shared_ptr<const StorageContents> contents, ByteRule rule);

    const StorageContents& contents() const { return *m_contents; }

    const StorageMap& map() const { return m_map; }

    std::uint32_t parentOf(std::uint32_t node) const { return m_map.tree[node].parent; }

    std::uint64_t bytesOf(std::uint32_t node) const { return m_map.tree[node].bytes; }

    int childCount(std::uint32_t node) const { return static_cast<int>(m_map.tree[node].childCount); }

    /// The largest first, blocks last.
    std::uint32_t childAt(std::uint32_t node, int row) const;

    int rowOf(std::uint32_t node) const { return static_cast<int>(m_rows[node]); }

    bool contains(std::uint32_t outer, std::uint32_t inner) const;

    /// nullptr: it is no image.
    const ImageRecord* imageOf(std::uint32_t node) const;
    /// The number of a blob in the contents; unset: it is none.
    std::optional<std::uint32_t> blobOf(std::uint32_t node) const;
    /// Of an image or a blob; empty: of neither.
    std::string_view digestOf(std::uint32_t node) const;

    /// The same for the same thing in another tree: what was selected is found again by it.
    QStringList keyOf(std::uint32_t node) const;
    /// What a key stands for here; where it is not in its place, the blob wherever it is, else the nearest level above
    /// it that there is.
    std::uint32_t find(const QStringList& key) const;
    /// An image, a blob, a repository or a registry; unset: there is none of that name.
    std::optional<std::uint32_t> findNamed(const QString& name) const;

    QString nameOf(std::uint32_t node) const; ///< short and plain
    /// All there is to say, in lines of plain text; the first is the name in full.
    QStringList describe(std::uint32_t node, const Format& format) const;
    /// The images that reach a blob, by name.
    QStringList sharersOf(std::uint32_t blob) const;

private:
    void sortChildren();
    std::optional<std::uint32_t> childNamed(std::uint32_t node, const QString& name) const;
    std::string_view partOfKey(std::uint32_t node) const;
    void describeImage(QStringList& lines, const ImageRecord& image, const Format& format) const;
    void describeBlob(QStringList& lines, std::uint32_t blob, const Format& format) const;

    std::shared_ptr<const StorageContents> m_contents;
    StorageMap m_map;
    std::vector<std::uint32_t> m_sorted; ///< at the places of children, the sorted ones
    std::vector<std::uint32_t> m_rows;   ///< of each node
};

QString storedKindName(StoredKind kind);
QString keepReasonName(KeepReason reason);
QString refetchableName(Refetchable refetch);
/// Its first name, with how many more there are; else the short digest.
QString imageTitle(const ImageRecord& image);

} // namespace layerhold::gui
