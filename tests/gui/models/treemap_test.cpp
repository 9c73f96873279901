// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "models/treemap.h"

#include <QElapsedTimer>

#include <cmath>
#include <random>
#include <set>

using namespace layerhold::gui;

namespace {

constexpr MapRect screen{0, 0, 1600, 900};

/// A root with parents that have leaves: one list of bytes for each parent.
std::vector<MapNode> twoLevels(const std::vector<std::vector<std::uint64_t>>& parents)
{
    std::vector<MapNode> tree(1 + parents.size());
    tree[0].firstChild = 1;
    tree[0].childCount = static_cast<std::uint32_t>(parents.size());
    for (std::uint32_t i = 0; i < parents.size(); ++i) {
        tree[i + 1].firstChild = static_cast<std::uint32_t>(tree.size());
        tree[i + 1].childCount = static_cast<std::uint32_t>(parents[i].size());
        for (const std::uint64_t bytes : parents[i]) {
            tree.push_back({bytes, 0, 0, i + 1, false});
            tree[i + 1].bytes += bytes;
        }
        tree[0].bytes += tree[i + 1].bytes;
    }
    return tree;
}

std::vector<MapNode> oneLevel(const std::vector<std::uint64_t>& leaves)
{
    std::vector<MapNode> tree(1);
    tree[0].firstChild = 1;
    tree[0].childCount = static_cast<std::uint32_t>(leaves.size());
    for (const std::uint64_t bytes : leaves) {
        tree.push_back({bytes, 0, 0, 0, false});
        tree[0].bytes += bytes;
    }
    return tree;
}

std::vector<std::vector<std::uint64_t>> randomParents(std::size_t parents, std::size_t leaves, std::uint32_t seed)
{
    std::mt19937_64 random(seed);
    std::lognormal_distribution<double> size(14, 2.5);
    std::vector<std::vector<std::uint64_t>> result(parents);
    for (std::size_t i = 0; i < leaves; ++i)
        result[random() % parents].push_back(static_cast<std::uint64_t>(size(random)));
    return result;
}

/// What must hold of every layout.
void check(const MapLayout& layout, const std::vector<MapNode>& tree, const MapRect& area)
{
    std::uint64_t bytes = 0;
    double covered = 0;
    for (const MapTile& tile : layout.tiles) {
        QVERIFY(tile.rect.width >= leastTileSide - 1e-9 && tile.rect.height >= leastTileSide - 1e-9);
        QVERIFY(tile.rect.x >= area.x - 1e-6 && tile.rect.x + tile.rect.width <= area.x + area.width + 1e-6);
        QVERIFY(tile.rect.y >= area.y - 1e-6 && tile.rect.y + tile.rect.height <= area.y + area.height + 1e-6);
        const double share = static_cast<double>(tile.bytes) / static_cast<double>(tree[0].bytes);
        QVERIFY(std::abs(tile.rect.area() / area.area() - share) < 1e-6);
        if (tile.isLeaf) {
            bytes += tile.bytes;
            covered += tile.rect.area();
        }
    }
    QCOMPARE(bytes, tree[0].bytes);
    QCOMPARE(layout.bytes, tree[0].bytes);
    QVERIFY(std::abs(covered / area.area() - 1) < 0.001);
}

} // namespace

class TreemapTest : public QObject
{
    Q_OBJECT

private slots:
    void theExampleOfThePaper();
    void tilesAddUp_data();
    void tilesAddUp();
    void tilesDoNotOverlap();
    void smallOnesAreMergedOncePerParent();
    void oneHugeAndManyTiny();
    void theLastBlockIsPlacedLast();
    void nothingHasNoTiles();
    void aNodeCanBeTheRoot();
    void aPointFindsTheInnermostTile();
    void aMillionLeavesAreFast();
};

void TreemapTest::theExampleOfThePaper()
{
    const std::vector<MapNode> tree = oneLevel({6, 6, 4, 3, 2, 2, 1});
    const MapLayout layout = layOut(tree, 0, {0, 0, 600, 400});
    check(layout, tree, {0, 0, 600, 400});
    const auto rectOf = [&](std::size_t i) { return layout.tiles[i].rect; };
    QCOMPARE(layout.tiles.size(), 7U);
    QCOMPARE(rectOf(0).width, 300.0);
    QCOMPARE(rectOf(0).height, 200.0);
    QCOMPARE(rectOf(1).y, 200.0);
    QCOMPARE(rectOf(2).x, 300.0);
    QVERIFY(std::abs(rectOf(2).height - 400 * 7.0 / 12) < 1e-9 || std::abs(rectOf(2).width - 300 * 4.0 / 7) < 1e-9);
}

void TreemapTest::tilesAddUp_data()
{
    QTest::addColumn<std::size_t>("parents");
    QTest::addColumn<std::size_t>("leaves");
    QTest::addColumn<double>("width");
    QTest::newRow("one") << std::size_t(1) << std::size_t(1) << 1600.0;
    QTest::newRow("few") << std::size_t(3) << std::size_t(20) << 1600.0;
    QTest::newRow("many parents") << std::size_t(20'000) << std::size_t(30'000) << 1600.0;
    QTest::newRow("many leaves") << std::size_t(5) << std::size_t(100'000) << 1600.0;
    QTest::newRow("small window") << std::size_t(50) << std::size_t(5'000) << 40.0;
    QTest::newRow("tall window") << std::size_t(50) << std::size_t(5'000) << 9.5;
}

void TreemapTest::tilesAddUp()
{
    QFETCH(std::size_t, parents);
    QFETCH(std::size_t, leaves);
    QFETCH(double, width);
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
        const std::vector<MapNode> tree = twoLevels(randomParents(parents, leaves, seed));
        check(layOut(tree, 0, {10, 20, width, 900}), tree, {10, 20, width, 900});
    }
}

void TreemapTest::tilesDoNotOverlap()
{
    const std::vector<MapNode> tree = twoLevels(randomParents(10, 400, 9));
    const MapLayout layout = layOut(tree, 0, {0, 0, 300, 200});
    for (std::size_t i = 0; i < layout.tiles.size(); ++i) {
        for (std::size_t j = i + 1; j < layout.tiles.size(); ++j) {
            const MapTile& a = layout.tiles[i];
            const MapTile& b = layout.tiles[j];
            if (!a.isLeaf || !b.isLeaf)
                continue;
            const double width =
                std::min(a.rect.x + a.rect.width, b.rect.x + b.rect.width) - std::max(a.rect.x, b.rect.x);
            const double height =
                std::min(a.rect.y + a.rect.height, b.rect.y + b.rect.height) - std::max(a.rect.y, b.rect.y);
            QVERIFY(width < 1e-6 || height < 1e-6);
        }
    }
}

void TreemapTest::smallOnesAreMergedOncePerParent()
{
    const std::vector<MapNode> tree = twoLevels(randomParents(8, 50'000, 4));
    const MapLayout layout = layOut(tree, 0, screen);
    std::set<std::uint32_t> parents;
    std::vector<std::uint64_t> shown(tree.size());
    std::vector<std::uint32_t> count(tree.size());
    for (const MapTile& tile : layout.tiles) {
        if (!tile.hasNode)
            QVERIFY(parents.insert(tile.node).second);
        const std::uint32_t parent = tile.hasNode ? tree[tile.node].parent : tile.node;
        shown[parent] += tile.bytes;
        count[parent] += tile.merged + tile.hasNode;
    }
    QCOMPARE(parents.size(), 8U);
    for (std::uint32_t parent = 0; parent <= 8; ++parent) {
        QCOMPARE(shown[parent], tree[parent].bytes);
        const auto first = tree.begin() + tree[parent].firstChild;
        QCOMPARE(count[parent], std::count_if(first, first + tree[parent].childCount,
                                              [](const MapNode& child) { return child.bytes > 0; }));
    }
}

void TreemapTest::oneHugeAndManyTiny()
{
    std::vector<std::uint64_t> leaves(1000, 1);
    leaves[500] = 900'000'000'000;
    const std::vector<MapNode> tree = oneLevel(leaves);
    const MapLayout layout = layOut(tree, 0, screen);
    // The rest is too small for a tile, and the huge one must not vanish in it.
    QCOMPARE(layout.tiles.size(), 1U);
    QCOMPARE(layout.tiles[0].node, 501U);
    QVERIFY(layout.tiles[0].hasNode);
    QCOMPARE(layout.tiles[0].merged, 999U);
    check(layout, tree, screen);

    const std::vector<MapNode> nested = twoLevels({{900'000'000'000, 800'000'000'000, 5}, {7, 8}, {9}});
    const MapLayout inner = layOut(nested, 0, screen);
    check(inner, nested, screen);
    QCOMPARE(inner.tiles.size(), 3U);
    QCOMPARE(inner.tiles[0].node, 1U);
    QCOMPARE(inner.tiles[0].merged, 2U);
    QCOMPARE(inner.tiles[2].merged, 3U);
    QVERIFY(inner.tiles[2].hasNode);
}

void TreemapTest::theLastBlockIsPlacedLast()
{
    std::vector<MapNode> tree = oneLevel({900, 50, 40, 30, 20});
    tree[1].isPlacedLast = true;
    const MapLayout layout = layOut(tree, 0, screen);
    check(layout, tree, screen);
    QCOMPARE(layout.tiles.back().node, 1U);
    const MapRect last = layout.tiles.back().rect;
    QVERIFY(std::abs(last.x + last.width - 1600) < 1e-6 && std::abs(last.y + last.height - 900) < 1e-6);
}

void TreemapTest::nothingHasNoTiles()
{
    QVERIFY(layOut({}, 0, screen).tiles.empty());
    QVERIFY(layOut(oneLevel({}), 0, screen).tiles.empty());
    QVERIFY(layOut(oneLevel({0, 0}), 0, screen).tiles.empty());
    QVERIFY(layOut(oneLevel({1, 2}), 0, {0, 0, 2, 900}).tiles.empty());
    QCOMPARE(layOut(oneLevel({0, 7}), 0, screen).tiles.size(), 1U);
}

void TreemapTest::aNodeCanBeTheRoot()
{
    const std::vector<MapNode> tree = twoLevels({{1, 2}, {3, 4, 5}});
    const MapLayout layout = layOut(tree, 2, screen);
    QCOMPARE(layout.bytes, std::uint64_t(12));
    QCOMPARE(layout.tiles.size(), 3U);
    for (const MapTile& tile : layout.tiles)
        QCOMPARE(tree[tile.node].parent, 2U);
}

void TreemapTest::aPointFindsTheInnermostTile()
{
    const MapLayout layout = layOut(twoLevels({{1, 2}, {3, 4, 5}}), 0, screen);
    const int found = tileAt(layout, 10, 10);
    QVERIFY(found >= 0 && layout.tiles[static_cast<std::size_t>(found)].isLeaf);
    QCOMPARE(tileAt(layout, -1, 10), -1);
    QCOMPARE(tileAt(layout, 1600, 10), -1);
}

void TreemapTest::aMillionLeavesAreFast()
{
    const std::vector<MapNode> tree = twoLevels(randomParents(5'000, 1'000'000, 1));
    qint64 fastest = std::numeric_limits<qint64>::max();
    MapLayout layout;
    // The fastest of three: others use this machine too.
    for (int round = 0; round < 3; ++round) {
        QElapsedTimer timer;
        timer.start();
        layout = layOut(tree, 0, screen);
        fastest = std::min(fastest, timer.elapsed());
    }
    qInfo("%lld ms, %zu tiles", static_cast<long long>(fastest), layout.tiles.size());
    check(layout, tree, screen);
}

QTEST_GUILESS_MAIN(TreemapTest)
#include "treemap_test.moc"
