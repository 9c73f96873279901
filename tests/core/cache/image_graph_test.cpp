// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache/image_graph.h"

#include "index/blobs.h"
#include "index/edges.h"
#include "index/index.h"
#include "index/tags.h"
#include "support/files.h"
#include "support/temp_root.h"

#include <map>
#include <random>
#include <set>

using namespace layerhold;
using namespace layerhold::test;

namespace {

constexpr int graphs = 2000;

struct Node
{
    Digest digest;
    std::uint64_t size = 0;
    bool isPresent = false;
    bool isManifest = false;
    bool isNamed = false;
    std::vector<std::size_t> children = {}; ///< of a smaller number only
};

using Graph = std::vector<Node>;

/// Leaves first, then manifests over them, then indexes over those; some blobs are absent, some layers shared by many.
Graph randomGraph(std::mt19937& random)
{
    const auto pick = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
    Graph graph;
    const std::size_t leaves = 1 + pick(12);
    const std::size_t manifests = pick(8);
    const std::size_t indexes = pick(4);
    for (std::size_t i = 0; i < leaves + manifests + indexes; ++i) {
        const std::string name = std::to_string(random()) + '/' + std::to_string(i);
        Node node{Hasher::of(bytesOf(name))};
        node.isPresent = pick(8) != 0;
        node.size = pick(3) == 0 ? pick(4) : pick(100'000);
        node.isManifest = i >= leaves;
        if (node.isManifest) {
            const bool isIndex = i >= leaves + manifests;
            const std::size_t first = isIndex && manifests > 0 ? leaves : 0;
            const std::size_t below = isIndex ? leaves + manifests : leaves;
            for (std::size_t j = pick(6); j > 0; --j)
                node.children.push_back(first + pick(below - first)); // one may be named twice
            node.isNamed = pick(4) == 0;
        }
        graph.push_back(std::move(node));
    }
    return graph;
}

void store(Connection& index, const Graph& graph)
{
    sqlite::Transaction transaction(index.database(), sqlite::Database::Durability::Relaxed);
    for (const char* table : {"blobs", "edges", "tags"})
        index.database().execute(std::string("DELETE FROM ") + table);
    for (const Node& node : graph) {
        BlobRow row{node.digest};
        row.size = node.size;
        row.kind = node.isManifest ? BlobKind::Manifest : BlobKind::Layer;
        row.state = node.isPresent ? BlobState::Present : BlobState::Missing;
        blobs::put(index, row);
        std::vector<Edge> children;
        for (const std::size_t child : node.children)
            children.push_back({node.digest, graph[child].digest, graph[child].isManifest ? "manifest" : "layer", "",
                                "", graph[child].size});
        edges::replace(index, node.digest, children);
        if (node.isNamed)
            tags::put(index, {"r.io/x:" + node.digest.hex().substr(0, 20), node.digest});
    }
    transaction.commit();
}

void reach(const Graph& graph, std::size_t node, std::set<std::size_t>& reached)
{
    if (!reached.insert(node).second)
        return;
    for (const std::size_t child : graph[node].children)
        reach(graph, child, reached);
}

/// The figures by their definitions, with no thought of speed.
void compare(const Graph& graph, const ImageGraph& images)
{
    std::set<std::size_t> children;
    for (const Node& node : graph)
        children.insert(node.children.begin(), node.children.end());
    std::map<Digest, std::set<std::size_t>> expected;
    for (std::size_t i = 0; i < graph.size(); ++i)
        if (graph[i].isManifest && (graph[i].isNamed || !children.contains(i)))
            reach(graph, i, expected[graph[i].digest]);
    QCOMPARE(images.images().size(), expected.size());

    const auto sizeOf = [&](std::size_t i) { return graph[i].isPresent ? graph[i].size : 0; };
    std::uint64_t shares = 0;
    std::uint64_t uniques = 0;
    auto image = images.images().begin();
    for (const auto& [digest, reached] : expected) {
        std::uint64_t referenced = 0;
        std::uint64_t unique = 0;
        std::uint64_t share = 0;
        for (const std::size_t i : reached) {
            std::uint64_t sharers = 0;
            bool isFirst = true;
            for (const auto& [other, othersReach] : expected) {
                sharers += othersReach.contains(i) ? 1 : 0;
                isFirst = isFirst && (!othersReach.contains(i) || !(other < digest));
            }
            referenced += sizeOf(i);
            unique += sharers == 1 ? sizeOf(i) : 0;
            share += sizeOf(i) / sharers + (isFirst ? sizeOf(i) % sharers : 0);
        }
        QVERIFY(image->digest == digest);
        QCOMPARE(image->referencedBytes, referenced);
        QCOMPARE(image->uniqueBytes, unique);
        QCOMPARE(image->shareBytes, share);
        shares += share;
        uniques += unique;
        ++image;
    }
    std::uint64_t stored = 0;
    for (std::size_t i = 0; i < graph.size(); ++i)
        stored += sizeOf(i);
    const ImageTotals& totals = images.totals();
    QCOMPARE(shares, totals.imageBytes);
    QCOMPARE(uniques + totals.sharedBytes, totals.imageBytes);
    QCOMPARE(totals.imageBytes + totals.otherBytes, stored);
}

} // namespace

class ImageGraphTest : public QObject
{
    Q_OBJECT

private slots:

    void figuresHoldOnRandomGraphs()
    {
        const TempRoot root;
        Connection index(root.path() / "index.db", {});
        Index::migrate(index, Clock::system());
        std::mt19937 random(20'261'125);
        for (int i = 0; i < graphs; ++i) {
            const Graph graph = randomGraph(random);
            store(index, graph);
            compare(graph, ImageGraph(index));
            if (QTest::currentTestFailed())
                qFatal("graph %d", i);
        }
    }

    void whatIsOnItsWayOutIsNoImage()
    {
        const TempRoot root;
        Connection index(root.path() / "index.db", {});
        Index::migrate(index, Clock::system());
        BlobRow row{Hasher::of(bytesOf("manifest"))};
        row.kind = BlobKind::Manifest;
        for (const auto& [state, count] : std::map<BlobState, std::size_t>{{BlobState::Present, 1},
                                                                           {BlobState::Missing, 1},
                                                                           {BlobState::Quarantined, 1},
                                                                           {BlobState::Deleting, 0},
                                                                           {BlobState::Trashed, 0}}) {
            row.state = state;
            blobs::put(index, row);
            const ImageGraph images(index);
            QCOMPARE(images.images().size(), count);
            QCOMPARE(images.describe(row.digest).has_value(), count > 0);
        }
    }
};

QTEST_GUILESS_MAIN(ImageGraphTest)
#include "image_graph_test.moc"
