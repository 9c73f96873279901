// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "models/storage_map.h"

#include <random>

using namespace layerhold::gui;

namespace {

constexpr ByteRule rules[] = {ByteRule::Unique, ByteRule::Share, ByteRule::Referenced};

/// Three images in two repositories; "d" is in two of them, "e" in all, "f" in none.
StorageGraph sample()
{
    return {
        {{"a", 100}, {"b", 200}, {"c", 300}, {"d", 41}, {"e", 1000}, {"f", 7}},
        {{{"hub", "node", "n1"}, {0, 3, 4}}, {{"hub", "node", "n2"}, {1, 4, 4}}, {{"hub", "app", "p1"}, {2, 3, 4}}}};
}

Format format()
{
    Format::Options options;
    options.zone = QTimeZone::utc();
    return Format(options);
}

std::uint64_t bytesOf(const StorageMap& map, StorageNode::Kind kind, const char* name)
{
    for (std::size_t i = 0; i < map.nodes.size(); ++i) {
        if (map.nodes[i].kind == kind && map.nodes[i].name == name)
            return map.tree[i].bytes;
    }
    return 0;
}

void checkTree(const StorageMap& map)
{
    QCOMPARE(map.nodes.size(), map.tree.size());
    for (std::size_t i = 0; i < map.tree.size(); ++i) {
        const MapNode& node = map.tree[i];
        if (node.childCount == 0)
            continue;
        std::uint64_t sum = 0;
        for (std::uint32_t child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
            QCOMPARE(map.tree[child].parent, i);
            sum += map.tree[child].bytes;
        }
        QCOMPARE(sum, node.bytes);
    }
}

} // namespace

class StorageMapTest : public QObject
{
    Q_OBJECT

private slots:
    void uniqueBytesAndSharedBlock();
    void sharesAreExact();
    void referencedBytesExceedTheStore();
    void statementCarriesTheNumberOfTheTiles();
    void rulesHoldOfAnyGraph();
    void anEmptyStoreHasAnEmptyMap();
};

void StorageMapTest::uniqueBytesAndSharedBlock()
{
    const StorageMap map = storageMap(sample(), ByteRule::Unique);
    checkTree(map);
    using Kind = StorageNode::Kind;
    QCOMPARE(bytesOf(map, Kind::Entity, "n1"), 100U);
    QCOMPARE(bytesOf(map, Kind::Entity, "n2"), 200U);
    QCOMPARE(bytesOf(map, Kind::Entity, "p1"), 300U);
    QCOMPARE(bytesOf(map, Kind::Group, "node"), 300U);
    QCOMPARE(bytesOf(map, Kind::Group, "hub"), 600U);
    QCOMPARE(bytesOf(map, Kind::SharedBlock, ""), 1041U);
    QCOMPARE(bytesOf(map, Kind::OtherBlock, ""), 7U);
    QCOMPARE(map.totalBytes(), 1648U);

    std::size_t shared = 0;
    while (map.nodes[shared].kind != Kind::SharedBlock)
        ++shared;
    QVERIFY(map.tree[shared].isPlacedLast);
    const MapNode& block = map.tree[shared];
    QCOMPARE(block.childCount, 2U);
    QCOMPARE(map.nodes[block.firstChild].sharers, 2U);
    QCOMPARE(map.nodes[block.firstChild + 1].sharers, 3U);
    const MapLayout layout = layOut(map.tree, 0, {0, 0, 1600, 900});
    MapTile last;
    for (const MapTile& tile : layout.tiles) {
        if (tile.depth == 1)
            last = tile;
    }
    QCOMPARE(last.node, shared);
}

void StorageMapTest::sharesAreExact()
{
    const StorageMap map = storageMap(sample(), ByteRule::Share);
    checkTree(map);
    // By path, hub/app/p1 is the first that has "d" and "e", so it gets what dividing leaves over.
    QCOMPARE(bytesOf(map, StorageNode::Kind::Entity, "p1"), 300U + 21 + 334);
    QCOMPARE(bytesOf(map, StorageNode::Kind::Entity, "n1"), 100U + 20 + 333);
    QCOMPARE(bytesOf(map, StorageNode::Kind::Entity, "n2"), 200U + 333);
    QCOMPARE(map.totalBytes(), map.storedBytes);
}

void StorageMapTest::referencedBytesExceedTheStore()
{
    const StorageMap map = storageMap(sample(), ByteRule::Referenced);
    checkTree(map);
    QCOMPARE(bytesOf(map, StorageNode::Kind::Entity, "n1"), 1141U);
    QCOMPARE(bytesOf(map, StorageNode::Kind::Entity, "n2"), 1200U);
    QCOMPARE(bytesOf(map, StorageNode::Kind::Entity, "p1"), 1341U);
    QCOMPARE(map.totalBytes(), 3689U);
    QVERIFY(isMapOverStored(map));
}

void StorageMapTest::statementCarriesTheNumberOfTheTiles()
{
    StorageGraph graph = sample();
    for (StorageGraph::Blob& blob : graph.blobs)
        blob.bytes *= 1024 * 1024;
    const MapRect area{0, 0, 1600, 900};
    for (const ByteRule rule : rules) {
        const StorageMap map = storageMap(graph, rule);
        const MapLayout layout = layOut(map.tree, 0, area);
        double covered = 0;
        std::uint64_t bytes = 0;
        for (const MapTile& tile : layout.tiles) {
            covered += tile.isLeaf ? tile.rect.area() : 0;
            bytes += tile.isLeaf ? tile.bytes : 0;
        }
        QVERIFY(std::abs(covered / area.area() - 1) < 0.001);
        QCOMPARE(bytes, map.totalBytes());
        QVERIFY(mapStatement(map, format()).contains(format().bytes(bytes)));
    }
    QCOMPARE(mapStatement(storageMap(graph, ByteRule::Share), format()),
             QStringLiteral("Map adds up to 1.6 GiB = stored bytes"));
    QCOMPARE(mapStatement(storageMap(graph, ByteRule::Referenced), format()),
             QStringLiteral("Map adds up to 3.6 GiB; stored are 1.6 GiB, because layers are shared"));
}

void StorageMapTest::rulesHoldOfAnyGraph()
{
    std::mt19937 engine(11);
    const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
    for (int round = 0; round < 300; ++round) {
        StorageGraph graph;
        std::uint64_t referenced = 0;
        const std::uint32_t blobs = random() % 40;
        for (std::uint32_t i = 0; i < blobs; ++i)
            graph.blobs.push_back({std::to_string(i), random() % 1000});
        for (std::uint32_t i = random() % 12; i > 0; --i) {
            StorageGraph::Entity& entity = graph.entities.emplace_back();
            entity.path = {"r" + std::to_string(random() % 3), "e" + std::to_string(i)};
            for (std::uint32_t blob = 0; blob < blobs; ++blob) {
                if (random() % 4 == 0) {
                    entity.blobs.push_back(blob);
                    referenced += graph.blobs[blob].bytes;
                }
            }
        }
        std::vector<bool> isReached(blobs);
        for (const StorageGraph::Entity& entity : graph.entities) {
            for (const std::uint32_t blob : entity.blobs)
                isReached[blob] = true;
        }
        std::uint64_t others = 0;
        for (std::uint32_t blob = 0; blob < blobs; ++blob)
            others += isReached[blob] ? 0 : graph.blobs[blob].bytes;
        for (const ByteRule rule : rules) {
            const StorageMap map = storageMap(graph, rule);
            checkTree(map);
            QCOMPARE(map.totalBytes(), rule == ByteRule::Referenced ? referenced + others : map.storedBytes);
        }
    }
}

void StorageMapTest::anEmptyStoreHasAnEmptyMap()
{
    const StorageMap map = storageMap({}, ByteRule::Unique);
    QCOMPARE(map.tree.size(), 1U);
    QCOMPARE(mapStatement(map, format()), QStringLiteral("Map adds up to 0 B = stored bytes"));
}

QTEST_GUILESS_MAIN(StorageMapTest)
#include "storage_map_test.moc"
