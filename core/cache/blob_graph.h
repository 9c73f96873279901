// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/cleanup.h"
#include "layerhold/types.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// All blobs, what refers to what and who claims what, in memory: one pass over each table, and no query for each blob.
/// About 160 bytes for each blob. Immutable once read; thread-safe then.
class BlobGraph
{
public:
    using NodeId = std::uint32_t;

    struct Node
    {
        Digest digest;
        std::uint64_t size = 0;
        TimePoint createdAt = {};
        TimePoint writtenAt = {};
        TimePoint usedAt = {};
        std::uint64_t uses = 0;
        std::uint32_t mediaType = 0; ///< for text()
        std::uint32_t origin = 0;    ///< for text()
        std::uint32_t holder = 0;    ///< one of those that keep it, from 1; 0: nobody does, it is released
        BlobKind kind = BlobKind::Other;
        BlobState state = BlobState::Present;
        bool isClaimed = false; ///< itself, not only what refers to it
        bool hasSource = false; ///< a registry is known to have had it

        bool isStored() const { return state == BlobState::Present; }
    };

    struct Holder
    {
        HolderKind kind = HolderKind::Engine;
        std::string name = {};
    };

    static BlobGraph read(Connection& index);

    const std::vector<Node>& nodes() const { return m_nodes; } ///< by ascending digest

    const std::vector<Holder>& holders() const { return m_holders; }

    const Holder& holder(std::uint32_t number) const { return m_holders[number - 1]; }

    std::string_view text(std::uint32_t number) const { return m_texts[number]; }

    std::span<const NodeId> children(NodeId parent) const;

    std::span<const NodeId> claimedBy(std::uint32_t holder) const { return m_claimed[holder - 1]; }

    std::optional<NodeId> find(const Digest& digest) const;

    /// Stored manifests and indexes that no stored one refers to.
    std::vector<NodeId> images() const;

    /// The bytes of the stored blobs that only these reach: that nothing outside of them keeps or leads to.
    std::uint64_t freed(const std::vector<NodeId>& selection) const;

private:
    /// `guess`: the number it probably has.
    std::uint32_t numberOfText(std::string_view text, std::uint32_t guess);
    /// Digests are spread evenly: those that begin with the same bits are few.
    std::size_t bucketOf(const Digest& digest) const;
    void fillBuckets();
    /// As find, fast for one that comes soon after `before`.
    std::optional<NodeId> findNear(NodeId before, const Digest& digest) const;
    /// Fetches what find() will touch for these.
    void prefetch(const std::vector<std::pair<Digest, NodeId>>& digests) const;
    void linkChildren(std::vector<std::pair<NodeId, NodeId>> edges);
    void spreadHolders();

    std::vector<Node> m_nodes;
    unsigned m_prefixBits = 0;
    std::vector<NodeId> m_buckets{0, 0, 0, 0}; ///< the first node of each, and the end
    std::vector<Holder> m_holders;
    std::vector<std::vector<NodeId>> m_claimed; ///< by holder
    std::vector<std::uint32_t> m_firstChild;    ///< by node, and one more
    std::vector<NodeId> m_children;
    std::vector<std::string> m_texts;
    std::map<std::string, std::uint32_t, std::less<>> m_textNumbers;
};

/// Attributes the bytes of the graph to entities, by the definitions of EntityUsage. Fills in what does not depend on
/// the disk.
UsageReport countUsage(const BlobGraph& graph, UsageLevel level);

} // namespace layerhold
