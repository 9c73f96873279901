// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace layerhold::gui {

/// Stored blobs, what they refer to, and the entities of one level (repositories, images, tags) that reach them.
class ByteGraph
{
public:
    using Blob = std::uint32_t;
    using Entity = std::uint32_t;

    Blob addBlob(std::uint64_t size);
    /// Whoever reaches `parent` reaches `child`. Twice is as good as once; circles do no harm.
    void addEdge(Blob parent, Blob child);
    Entity addEntity(std::string name);
    /// The entity reaches the blob, and what that refers to.
    void addRoot(Entity entity, Blob blob);

    const std::vector<std::uint64_t>& sizes() const { return m_sizes; }

    const std::vector<std::pair<Blob, Blob>>& edges() const { return m_edges; }

    const std::vector<std::string>& names() const { return m_names; }

    const std::vector<std::pair<Entity, Blob>>& roots() const { return m_roots; }

private:
    std::vector<std::uint64_t> m_sizes;
    std::vector<std::pair<Blob, Blob>> m_edges;
    std::vector<std::string> m_names;
    std::vector<std::pair<Entity, Blob>> m_roots;
};

struct EntityBytes
{
    std::uint64_t blobs = 0;      ///< that it reaches
    std::uint64_t referenced = 0; ///< of these: its size if it were alone; sums exceed what is stored
    std::uint64_t unique = 0;     ///< of these that no other entity reaches
    std::uint64_t share = 0;      ///< each blob divided by the entities that reach it; sums are exact
};

/// How the bytes of a cache are attributed. The sum of share, and the sum of unique with sharedBytes(), are
/// reachedBytes(). Linear in what all entities reach together. Immutable: may be read on any thread.
class ByteRules
{
public:
    explicit ByteRules(const ByteGraph& graph);

    const std::vector<EntityBytes>& entities() const { return m_entities; }

    std::uint64_t storedBytes() const { return m_storedBytes; }

    std::uint64_t reachedBytes() const { return m_reachedBytes; } ///< that any entity reaches

    std::uint64_t sharedBytes() const { return m_sharedBytes; } ///< that two or more reach: the shared pool

    /// The bytes of the blobs that only these entities reach: what comes back when all of them go. Naming one twice
    /// changes nothing.
    std::uint64_t freed(std::span<const ByteGraph::Entity> selection) const;

    /// What the entity reaches, in no order.
    std::span<const ByteGraph::Blob> blobsOf(ByteGraph::Entity entity) const;
    /// Who reaches the blob, by name in byte order.
    std::span<const ByteGraph::Entity> sharersOf(ByteGraph::Blob blob) const;
    /// The part of a blob that counts for one that reaches it. What dividing leaves over goes to the first of its
    /// sharers.
    std::uint64_t shareOf(ByteGraph::Entity entity, ByteGraph::Blob blob) const;

private:
    void reach(const ByteGraph& graph);
    void turnAround(const ByteGraph& graph);
    void attribute();

    std::vector<std::uint64_t> m_sizes;
    std::vector<EntityBytes> m_entities;
    // Rows of different lengths behind each other: row i is from offset i to offset i + 1.
    std::vector<std::size_t> m_reachOffsets;
    std::vector<ByteGraph::Blob> m_reach;
    std::vector<std::size_t> m_sharerOffsets;
    std::vector<ByteGraph::Entity> m_sharers;
    std::uint64_t m_storedBytes = 0;
    std::uint64_t m_reachedBytes = 0;
    std::uint64_t m_sharedBytes = 0;
};

} // namespace layerhold::gui
