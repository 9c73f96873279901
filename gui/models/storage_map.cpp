// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/storage_map.h"

#include "models/byte_rules.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <numeric>

namespace layerhold::gui {

namespace {

/// A tree whose nodes know their children by pointers to places in a list; made flat at the end.
struct Draft
{
    StorageNode node;
    std::uint64_t bytes = 0;
    bool isPlacedLast = false;
    std::vector<std::uint32_t> children;
};

/// Names of entities sort as their paths do.
ByteGraph byteGraph(const StorageGraph& graph)
{
    ByteGraph result;
    for (const StorageGraph::Blob& blob : graph.blobs)
        result.addBlob(blob.bytes);
    for (const StorageGraph::Entity& entity : graph.entities) {
        std::string name;
        for (const std::string& part : entity.path)
            name.append(part).push_back('\0');
        const ByteGraph::Entity number = result.addEntity(std::move(name));
        for (const std::uint32_t blob : entity.blobs)
            result.addRoot(number, blob);
    }
    return result;
}

class MapBuilder
{
public:
    MapBuilder(const StorageGraph& graph, ByteRule rule)
        : m_graph(graph)
        , m_rule(rule)
        , m_bytes(byteGraph(graph))
        , m_drafts(1)
    {}

    StorageMap build()
    {
        for (const std::uint32_t entity : entitiesByPath())
            addEntity(entity);
        addBlocks();
        return flatten();
    }

private:
    std::vector<std::uint32_t> entitiesByPath() const
    {
        std::vector<std::uint32_t> order(m_graph.entities.size());
        std::iota(order.begin(), order.end(), 0U);
        std::stable_sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
            return m_graph.entities[a].path < m_graph.entities[b].path;
        });
        return order;
    }

    void addEntity(std::uint32_t index)
    {
        const StorageGraph::Entity& entity = m_graph.entities[index];
        const std::uint32_t parent = groupOf(entity.path);
        const std::string name = entity.path.empty() ? std::string() : entity.path.back();
        const std::uint32_t node = add(parent, {StorageNode::Kind::Entity, index, 0, name}, 0);
        for (const std::uint32_t blob : m_bytes.blobsOf(index)) {
            const std::uint64_t bytes = bytesFor(index, blob);
            if (bytes > 0)
                add(node, {StorageNode::Kind::Blob, blob, sharersOf(blob), {}}, bytes);
        }
    }

    std::uint32_t sharersOf(std::uint32_t blob) const
    {
        return static_cast<std::uint32_t>(m_bytes.sharersOf(blob).size());
    }

    std::uint64_t bytesFor(std::uint32_t entity, std::uint32_t blob) const
    {
        switch (m_rule) {
        case ByteRule::Unique:
            return sharersOf(blob) == 1 ? m_graph.blobs[blob].bytes : 0;
        case ByteRule::Share:
            return m_bytes.shareOf(entity, blob);
        case ByteRule::Referenced:
            return m_graph.blobs[blob].bytes;
        }
        return 0;
    }

    /// Entities come sorted by path, so those of a group are side by side; the map finds the group again all the same.
    std::uint32_t groupOf(const std::vector<std::string>& path)
    {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i + 1 < path.size(); ++i) {
            const auto [place, isNew] = m_groups.try_emplace({group, path[i]}, 0U);
            if (isNew)
                place->second = add(group, {StorageNode::Kind::Group, 0, 0, path[i]}, 0);
            group = place->second;
        }
        return group;
    }

    void addBlocks()
    {
        std::vector<std::uint32_t> shared;
        std::vector<std::uint32_t> others;
        for (std::uint32_t blob = 0; blob < m_graph.blobs.size(); ++blob) {
            if (sharersOf(blob) == 0)
                others.push_back(blob);
            else if (sharersOf(blob) > 1 && m_rule == ByteRule::Unique)
                shared.push_back(blob);
        }
        addBlock(StorageNode::Kind::OtherBlock, others);
        addBlock(StorageNode::Kind::SharedBlock, shared);
    }

    void addBlock(StorageNode::Kind kind, const std::vector<std::uint32_t>& blobs)
    {
        if (blobs.empty())
            return;
        const std::uint32_t block = add(0, {kind, 0, 0, {}}, 0);
        m_drafts[block].isPlacedLast = kind == StorageNode::Kind::SharedBlock;
        for (const std::uint32_t blob : blobs)
            add(block, {StorageNode::Kind::Blob, blob, sharersOf(blob), {}}, m_graph.blobs[blob].bytes);
    }

    std::uint32_t add(std::uint32_t parent, StorageNode node, std::uint64_t bytes)
    {
        const auto place = static_cast<std::uint32_t>(m_drafts.size());
        m_drafts.push_back({std::move(node), bytes, false, {}});
        m_drafts[parent].children.push_back(place);
        return place;
    }

    StorageMap flatten()
    {
        // Children are added after their parents.
        for (std::size_t i = m_drafts.size(); i > 0; --i) {
            for (const std::uint32_t child : m_drafts[i - 1].children)
                m_drafts[i - 1].bytes += m_drafts[child].bytes;
        }
        StorageMap map;
        map.rule = m_rule;
        for (const StorageGraph::Blob& blob : m_graph.blobs)
            map.storedBytes += blob.bytes;
        map.tree.reserve(m_drafts.size());
        map.nodes.reserve(m_drafts.size());
        std::vector<std::uint32_t> order{0};
        order.reserve(m_drafts.size());
        map.tree.push_back({m_drafts[0].bytes, 0, 0, 0, false});
        for (std::uint32_t place = 0; place < order.size(); ++place) {
            Draft& draft = m_drafts[order[place]];
            map.tree[place].firstChild = static_cast<std::uint32_t>(order.size());
            map.tree[place].childCount = static_cast<std::uint32_t>(draft.children.size());
            for (const std::uint32_t child : draft.children) {
                order.push_back(child);
                map.tree.push_back({m_drafts[child].bytes, 0, 0, place, m_drafts[child].isPlacedLast});
            }
            map.nodes.push_back(std::move(draft.node));
        }
        return map;
    }

    const StorageGraph& m_graph;
    ByteRule m_rule;
    ByteRules m_bytes;
    std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> m_groups;
    std::vector<Draft> m_drafts;
};

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::StorageMap)
};

} // namespace

StorageMap storageMap(const StorageGraph& graph, ByteRule rule)
{
    return MapBuilder(graph, rule).build();
}

bool isMapOverStored(const StorageMap& map)
{
    return map.totalBytes() != map.storedBytes;
}

QString mapStatement(const StorageMap& map, const Format& format)
{
    const QString total = format.bytes(map.totalBytes());
    if (!isMapOverStored(map))
        return Texts::tr("Map adds up to %1 = stored bytes").arg(total);
    return Texts::tr("Map adds up to %1; stored are %2, because layers are shared")
        .arg(total, format.bytes(map.storedBytes));
}

QString byteRuleName(ByteRule rule)
{
    switch (rule) {
    case ByteRule::Unique:
        return Texts::tr("Unique + shared block");
    case ByteRule::Share:
        return Texts::tr("Share");
    case ByteRule::Referenced:
        return Texts::tr("Referenced");
    }
    return {};
}

QString byteRuleExplanation(ByteRule rule)
{
    switch (rule) {
    case ByteRule::Unique:
        return Texts::tr("Bytes that only one of them has, and one block with what two or more share.");
    case ByteRule::Share:
        return Texts::tr("Bytes that several have are divided evenly among them. Adds up to what is stored.");
    case ByteRule::Referenced:
        return Texts::tr("All bytes that each needs, as if it were alone. Adds up to more than is stored.");
    }
    return {};
}

} // namespace layerhold::gui
