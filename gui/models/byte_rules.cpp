// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/byte_rules.h"

#include <algorithm>
#include <numeric>

namespace layerhold::gui {

namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

struct Rows
{
    std::vector<std::size_t> offsets;
    std::vector<std::uint32_t> values;
};

/// The second numbers of all pairs, grouped by the first, in the order of the pairs.
Rows grouped(const Pairs& pairs, std::size_t rows)
{
    Rows result{std::vector<std::size_t>(rows + 1, 0), std::vector<std::uint32_t>(pairs.size())};
    for (const auto& [row, value] : pairs)
        ++result.offsets[row + 1];
    std::partial_sum(result.offsets.begin(), result.offsets.end(), result.offsets.begin());
    std::vector<std::size_t> next(result.offsets.begin(), result.offsets.end() - 1);
    for (const auto& [row, value] : pairs)
        result.values[next[row]++] = value;
    return result;
}

std::span<const std::uint32_t> rowOf(const std::vector<std::size_t>& offsets, const std::vector<std::uint32_t>& values,
                                     std::uint32_t row)
{
    return std::span(values).subspan(offsets[row], offsets[row + 1] - offsets[row]);
}

} // namespace

ByteGraph::Blob ByteGraph::addBlob(std::uint64_t size)
{
    m_sizes.push_back(size);
    return static_cast<Blob>(m_sizes.size() - 1);
}

void ByteGraph::addEdge(Blob parent, Blob child)
{
    m_edges.emplace_back(parent, child);
}

ByteGraph::Entity ByteGraph::addEntity(std::string name)
{
    m_names.push_back(std::move(name));
    return static_cast<Entity>(m_names.size() - 1);
}

void ByteGraph::addRoot(Entity entity, Blob blob)
{
    m_roots.emplace_back(entity, blob);
}

ByteRules::ByteRules(const ByteGraph& graph)
    : m_sizes(graph.sizes())
    , m_entities(graph.names().size())
    , m_storedBytes(std::accumulate(m_sizes.begin(), m_sizes.end(), std::uint64_t{0}))
{
    reach(graph);
    turnAround(graph);
    attribute();
}

void ByteRules::reach(const ByteGraph& graph)
{
    const Rows children = grouped(graph.edges(), m_sizes.size());
    const Rows roots = grouped(graph.roots(), m_entities.size());
    constexpr auto nobody = static_cast<ByteGraph::Entity>(-1);
    std::vector<ByteGraph::Entity> reachedBy(m_sizes.size(), nobody);

    m_reachOffsets.push_back(0);
    for (ByteGraph::Entity entity = 0; entity < m_entities.size(); ++entity) {
        const auto take = [&](ByteGraph::Blob blob) {
            if (std::exchange(reachedBy[blob], entity) != entity)
                m_reach.push_back(blob);
        };
        for (const ByteGraph::Blob blob : rowOf(roots.offsets, roots.values, entity))
            take(blob);
        // What is appended here is visited later by the same loop.
        for (std::size_t at = m_reachOffsets.back(); at < m_reach.size(); ++at)
            for (const ByteGraph::Blob child : rowOf(children.offsets, children.values, m_reach[at]))
                take(child);
        m_reachOffsets.push_back(m_reach.size());
    }
}

void ByteRules::turnAround(const ByteGraph& graph)
{
    std::vector<ByteGraph::Entity> byName(m_entities.size());
    std::iota(byName.begin(), byName.end(), 0U);
    std::stable_sort(byName.begin(), byName.end(),
                     [&](auto left, auto right) { return graph.names()[left] < graph.names()[right]; });

    Pairs pairs;
    pairs.reserve(m_reach.size());
    for (const ByteGraph::Entity entity : byName)
        for (const ByteGraph::Blob blob : blobsOf(entity))
            pairs.emplace_back(blob, entity);
    Rows rows = grouped(pairs, m_sizes.size());
    m_sharerOffsets = std::move(rows.offsets);
    m_sharers = std::move(rows.values);
}

void ByteRules::attribute()
{
    for (ByteGraph::Blob blob = 0; blob < m_sizes.size(); ++blob) {
        const auto sharers = sharersOf(blob);
        if (sharers.empty())
            continue;
        const std::uint64_t size = m_sizes[blob];
        m_reachedBytes += size;
        if (sharers.size() == 1)
            m_entities[sharers.front()].unique += size;
        else
            m_sharedBytes += size;
        for (const ByteGraph::Entity entity : sharers) {
            EntityBytes& bytes = m_entities[entity];
            ++bytes.blobs;
            bytes.referenced += size;
            bytes.share += shareOf(entity, blob);
        }
    }
}

std::uint64_t ByteRules::freed(std::span<const ByteGraph::Entity> selection) const
{
    std::vector<bool> isSelected(m_entities.size());
    std::vector<std::uint32_t> selectedSharers(m_sizes.size());
    std::uint64_t bytes = 0;
    for (const ByteGraph::Entity entity : selection) {
        if (isSelected[entity])
            continue;
        isSelected[entity] = true;
        for (const ByteGraph::Blob blob : blobsOf(entity))
            if (++selectedSharers[blob] == sharersOf(blob).size())
                bytes += m_sizes[blob];
    }
    return bytes;
}

std::span<const ByteGraph::Blob> ByteRules::blobsOf(ByteGraph::Entity entity) const
{
    return rowOf(m_reachOffsets, m_reach, entity);
}

std::span<const ByteGraph::Entity> ByteRules::sharersOf(ByteGraph::Blob blob) const
{
    return rowOf(m_sharerOffsets, m_sharers, blob);
}

std::uint64_t ByteRules::shareOf(ByteGraph::Entity entity, ByteGraph::Blob blob) const
{
    const auto sharers = sharersOf(blob);
    const std::uint64_t size = m_sizes[blob];
    return size / sharers.size() + (entity == sharers.front() ? size % sharers.size() : 0);
}

} // namespace layerhold::gui
