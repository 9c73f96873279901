// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/blob_graph.h"

#include "base/huge_pages.h"
#include "index/blob_scan.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace layerhold {

namespace {

/// A bucket of the digests has about as many; more cost time, fewer cost memory.
constexpr std::size_t nodesInBucket = 4;
constexpr unsigned longestPrefix = 24;
/// So many digests are looked up together: one by one, each waits for memory several times.
constexpr std::size_t prefetched = 64;

} // namespace

std::uint32_t BlobGraph::numberOfText(std::string_view text, std::uint32_t guess)
{
    if (guess < m_texts.size() && m_texts[guess] == text)
        return guess;
    if (const auto found = m_textNumbers.find(text); found != m_textNumbers.end())
        return found->second;
    const auto number = static_cast<std::uint32_t>(m_texts.size());
    m_texts.emplace_back(text);
    m_textNumbers.emplace(text, number);
    return number;
}

BlobGraph BlobGraph::read(Connection& index)
{
    BlobGraph graph;
    reserveHuge(graph.m_nodes, scan::mostBlobs(index));
    std::uint32_t lastMediaType = 0;
    std::uint32_t lastOrigin = 0;
    scan::blobs(index, [&](const ScannedBlob& blob) {
        Node node{blob.digest, blob.size, blob.createdAt, blob.writtenAt, blob.usedAt, blob.uses};
        node.mediaType = lastMediaType = graph.numberOfText(blob.mediaType, lastMediaType);
        node.origin = lastOrigin = graph.numberOfText(blob.origin, lastOrigin);
        node.kind = blob.kind;
        node.state = blob.state;
        graph.m_nodes.push_back(node);
    });
    graph.fillBuckets();
    NodeId lastClaimed = 0;
    scan::claims(index, [&](HolderKind kind, std::string_view name, const Digest& digest) {
        if (graph.m_holders.empty() || graph.m_holders.back().kind != kind || graph.m_holders.back().name != name) {
            graph.m_holders.push_back({kind, std::string(name)});
            graph.m_claimed.emplace_back();
        }
        if (const auto node = graph.findNear(lastClaimed, digest)) {
            graph.m_claimed.back().push_back(*node);
            lastClaimed = *node;
        }
    });
    std::vector<std::pair<NodeId, NodeId>> edges;
    std::optional<Digest> lastChild;
    std::optional<NodeId> child;
    std::vector<std::pair<Digest, NodeId>> waiting; // parents, children
    const auto findParents = [&] {
        graph.prefetch(waiting);
        for (const auto& [parentDigest, childNode] : waiting)
            if (const auto parent = graph.find(parentDigest))
                edges.emplace_back(*parent, childNode);
        waiting.clear();
    };
    scan::edges(index, [&](const Digest& parentDigest, const Digest& childDigest) {
        if (lastChild != childDigest) {
            lastChild = childDigest;
            child = graph.findNear(child.value_or(0), childDigest);
        }
        if (child)
            waiting.emplace_back(parentDigest, *child);
        if (waiting.size() == prefetched)
            findParents();
    });
    findParents();
    graph.linkChildren(std::move(edges));
    scan::sources(index, [&](const Digest& digest) {
        if (const auto node = graph.find(digest))
            graph.m_nodes[*node].hasSource = true;
    });
    graph.spreadHolders();
    return graph;
}

std::size_t BlobGraph::bucketOf(const Digest& digest) const
{
    const auto raw = digest.raw();
    std::uint32_t prefix = 0;
    for (std::size_t i = 0; i < longestPrefix / 8; ++i)
        prefix = prefix << 8U | std::to_integer<std::uint32_t>(raw[i]);
    const auto algorithm = static_cast<std::size_t>(digest.algorithm()) - 1;
    return (algorithm << m_prefixBits) + (prefix >> (longestPrefix - m_prefixBits));
}

void BlobGraph::fillBuckets()
{
    m_prefixBits = std::min(static_cast<unsigned>(std::bit_width(m_nodes.size() / nodesInBucket)), longestPrefix);
    m_buckets.assign((allDigestAlgorithms.size() << m_prefixBits) + 1, 0);
    for (const Node& node : m_nodes)
        ++m_buckets[bucketOf(node.digest) + 1];
    for (std::size_t i = 1; i < m_buckets.size(); ++i)
        m_buckets[i] += m_buckets[i - 1];
}

std::optional<BlobGraph::NodeId> BlobGraph::find(const Digest& digest) const
{
    const std::size_t bucket = bucketOf(digest);
    const auto end = m_nodes.begin() + m_buckets[bucket + 1];
    const auto found = std::lower_bound(m_nodes.begin() + m_buckets[bucket], end, digest,
                                        [](const Node& node, const Digest& wanted) { return node.digest < wanted; });
    if (found == end || found->digest != digest)
        return std::nullopt;
    return static_cast<NodeId>(found - m_nodes.begin());
}

void BlobGraph::prefetch(const std::vector<std::pair<Digest, NodeId>>& digests) const
{
    for (const auto& [digest, other] : digests)
        __builtin_prefetch(&m_buckets[bucketOf(digest)]);
    for (const auto& [digest, other] : digests) {
        const NodeId first = m_buckets[bucketOf(digest)];
        for (NodeId node = first; node < std::min<std::size_t>(first + nodesInBucket, m_nodes.size()); ++node)
            __builtin_prefetch(&m_nodes[node].digest);
    }
}

std::optional<BlobGraph::NodeId> BlobGraph::findNear(NodeId before, const Digest& digest) const
{
    constexpr std::size_t near = 8;
    const std::size_t end = std::min(before + near, m_nodes.size());
    for (std::size_t node = before; node < end; ++node)
        if (m_nodes[node].digest == digest)
            return static_cast<NodeId>(node);
    return find(digest);
}

void BlobGraph::linkChildren(std::vector<std::pair<NodeId, NodeId>> edges)
{
    std::sort(edges.begin(), edges.end());
    m_firstChild.assign(m_nodes.size() + 1, 0);
    for (const auto& [parent, child] : edges)
        ++m_firstChild[parent + 1];
    for (std::size_t i = 1; i < m_firstChild.size(); ++i)
        m_firstChild[i] += m_firstChild[i - 1];
    m_children.reserve(edges.size());
    for (const auto& [parent, child] : edges)
        m_children.push_back(child);
}

std::span<const BlobGraph::NodeId> BlobGraph::children(NodeId parent) const
{
    return std::span(m_children).subspan(m_firstChild[parent], m_firstChild[parent + 1] - m_firstChild[parent]);
}

void BlobGraph::spreadHolders()
{
    std::vector<NodeId> open;
    for (std::uint32_t holder = 1; holder <= m_holders.size(); ++holder) {
        for (const NodeId node : claimedBy(holder)) {
            m_nodes[node].isClaimed = true;
            if (std::exchange(m_nodes[node].holder, m_nodes[node].holder == 0 ? holder : m_nodes[node].holder) == 0)
                open.push_back(node);
        }
    }
    while (!open.empty()) {
        const NodeId parent = open.back();
        open.pop_back();
        for (const NodeId child : children(parent)) {
            if (m_nodes[child].holder != 0)
                continue;
            m_nodes[child].holder = m_nodes[parent].holder;
            open.push_back(child);
        }
    }
}

std::vector<BlobGraph::NodeId> BlobGraph::images() const
{
    std::vector<bool> isChild(m_nodes.size());
    for (NodeId parent = 0; parent < m_nodes.size(); ++parent)
        if (m_nodes[parent].isStored())
            for (const NodeId child : children(parent))
                isChild[child] = true;
    std::vector<NodeId> result;
    for (NodeId node = 0; node < m_nodes.size(); ++node) {
        const bool isImage = m_nodes[node].kind == BlobKind::Manifest || m_nodes[node].kind == BlobKind::Index;
        if (isImage && m_nodes[node].isStored() && !isChild[node])
            result.push_back(node);
    }
    return result;
}

std::uint64_t BlobGraph::freed(const std::vector<NodeId>& selection) const
{
    const auto spread = [this](std::vector<bool>& reached, std::vector<NodeId> open) {
        while (!open.empty()) {
            const NodeId parent = open.back();
            open.pop_back();
            for (const NodeId child : children(parent)) {
                if (reached[child])
                    continue;
                reached[child] = true;
                open.push_back(child);
            }
        }
    };
    std::vector<bool> isSelected(m_nodes.size());
    for (const NodeId node : selection)
        isSelected[node] = true;
    std::vector<bool> isReached(isSelected);
    spread(isReached, selection);
    // A claim on what the selection only leads to is somebody else's; one on the selected itself goes with it.
    std::vector<bool> isKept(m_nodes.size());
    std::vector<NodeId> others;
    for (NodeId node = 0; node < m_nodes.size(); ++node) {
        isKept[node] = !isReached[node] || (m_nodes[node].isClaimed && !isSelected[node]);
        if (isKept[node])
            others.push_back(node);
    }
    spread(isKept, std::move(others));
    std::uint64_t bytes = 0;
    for (NodeId node = 0; node < m_nodes.size(); ++node)
        if (isReached[node] && !isKept[node] && m_nodes[node].isStored())
            bytes += m_nodes[node].size;
    return bytes;
}

namespace {

struct Entity
{
    std::string name;
    std::vector<BlobGraph::NodeId> roots;
};

std::vector<Entity> entitiesOf(const BlobGraph& graph, UsageLevel level)
{
    std::vector<Entity> entities;
    if (level == UsageLevel::Holder) {
        for (std::uint32_t holder = 1; holder <= graph.holders().size(); ++holder) {
            const auto roots = graph.claimedBy(holder);
            entities.push_back({std::string(toString(graph.holder(holder).kind)) + ' ' + graph.holder(holder).name,
                                {roots.begin(), roots.end()}});
        }
    } else {
        for (const BlobGraph::NodeId image : graph.images())
            entities.push_back({graph.nodes()[image].digest.toString(), {image}});
    }
    std::sort(entities.begin(), entities.end(), [](const Entity& a, const Entity& b) { return a.name < b.name; });
    return entities;
}

/// Visits every blob that an entity reaches, each once.
class Reach
{
public:
    explicit Reach(const BlobGraph& graph)
        : m_graph(graph)
        , m_seenIn(graph.nodes().size())
    {}

    template <typename Each>
    void visit(const Entity& entity, const Each& each)
    {
        ++m_round;
        m_open.clear();
        const auto see = [&](BlobGraph::NodeId node) {
            if (std::exchange(m_seenIn[node], m_round) != m_round)
                m_open.push_back(node);
        };
        for (const BlobGraph::NodeId root : entity.roots)
            see(root);
        while (!m_open.empty()) {
            const BlobGraph::NodeId node = m_open.back();
            m_open.pop_back();
            if (m_graph.nodes()[node].isStored())
                each(node);
            for (const BlobGraph::NodeId child : m_graph.children(node))
                see(child);
        }
    }

private:
    const BlobGraph& m_graph;
    std::vector<std::uint32_t> m_seenIn;
    std::vector<BlobGraph::NodeId> m_open;
    std::uint32_t m_round = 0;
};

} // namespace

UsageReport countUsage(const BlobGraph& graph, UsageLevel level)
{
    UsageReport report;
    const auto& nodes = graph.nodes();
    for (const BlobGraph::Node& node : nodes) {
        if (!node.isStored())
            continue;
        ++report.storedBlobs;
        report.storedBytes += node.size;
        if (node.holder == 0) {
            ++report.releasedBlobs;
            report.releasedBytes += node.size;
        }
    }
    const auto entities = entitiesOf(graph, level);
    std::vector<std::uint32_t> sharers(nodes.size());
    std::vector<std::uint32_t> first(nodes.size()); // the entity that gets the remainder
    Reach reach(graph);
    for (std::uint32_t entity = 0; entity < entities.size(); ++entity)
        reach.visit(entities[entity], [&](BlobGraph::NodeId node) {
            if (sharers[node]++ == 0)
                first[node] = entity;
        });
    std::uint64_t uniqueBytes = 0;
    for (std::uint32_t entity = 0; entity < entities.size(); ++entity) {
        EntityUsage usage;
        usage.name = entities[entity].name;
        reach.visit(entities[entity], [&](BlobGraph::NodeId node) {
            const std::uint64_t size = nodes[node].size;
            ++usage.blobs;
            usage.referenced += size;
            usage.unique += sharers[node] == 1 ? size : 0;
            usage.share += size / sharers[node] + (first[node] == entity ? size % sharers[node] : 0);
        });
        uniqueBytes += usage.unique;
        report.reachedBytes += usage.share;
        report.entities.push_back(std::move(usage));
    }
    report.sharedBytes = report.reachedBytes - uniqueBytes;
    return report;
}

} // namespace layerhold
