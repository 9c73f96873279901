// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache/blob_graph.h"
#include "index/blobs.h"
#include "index/claims.h"
#include "index/edges.h"
#include "index/index.h"
#include "support/temp_root.h"

#include <map>
#include <random>
#include <set>

using namespace layerhold;
using namespace layerhold::test;

namespace {

Digest digestOf(unsigned number)
{
    const std::string text = "blob " + std::to_string(number);
    return Hasher::of(std::as_bytes(std::span(text)), allDigestAlgorithms[number % allDigestAlgorithms.size()]);
}

/// A random cache: some indexes over manifests over layers, shared at will, claimed at will; some bytes missing.
struct RandomGraph
{
    explicit RandomGraph(std::uint64_t seed)
    {
        std::mt19937_64 random(seed);
        const auto below = [&random](unsigned limit) { return static_cast<unsigned>(random() % limit); };
        const unsigned count = below(20) == 0 ? 200 + below(200) : 1 + below(30);
        for (unsigned i = 0; i < count; ++i) {
            BlobRow row{digestOf(i)};
            row.size = below(4) == 0 ? 0 : below(1000);
            row.kind = i < count / 3 ? BlobKind::Manifest : BlobKind::Layer;
            row.state = below(10) == 0 ? BlobState::Missing : BlobState::Present;
            blobs.push_back(row);
        }
        for (unsigned parent = 0; parent < count / 3; ++parent)
            for (unsigned edge = below(6); edge > 0; --edge)
                if (const unsigned child = parent + 1 + below(count); child < count)
                    children[parent].insert(child);
        for (const char* holder : {"a", "b", "c"})
            for (unsigned claim = below(6); claim > 0; --claim)
                claims[holder].insert(below(count));
        for (auto entry = claims.begin(); entry != claims.end();)
            entry = entry->second.empty() ? claims.erase(entry) : std::next(entry);
    }

    void write(Connection& index) const
    {
        sqlite::Transaction transaction(index.database(), sqlite::Database::Durability::Relaxed);
        for (const char* table : {"blobs", "edges", "claims"})
            index.database().execute(std::string("DELETE FROM ") + table);
        for (const BlobRow& row : blobs)
            layerhold::blobs::put(index, row);
        for (const auto& [parent, them] : children) {
            std::int64_t position = 0;
            for (const unsigned child : them)
                edges::put(index, position++, {digestOf(parent), digestOf(child), "layer", "", "", 1});
        }
        for (const auto& [holder, them] : claims)
            for (const unsigned number : them)
                layerhold::claims::put(index, {HolderKind::Engine, holder, digestOf(number)});
        transaction.commit();
    }

    std::set<unsigned> reach(const std::set<unsigned>& roots) const
    {
        std::set<unsigned> reached = roots;
        for (std::size_t before = 0; before != reached.size();) {
            before = reached.size();
            for (const auto& [parent, them] : children)
                if (reached.contains(parent))
                    reached.insert(them.begin(), them.end());
        }
        return reached;
    }

    std::uint64_t bytes(const std::set<unsigned>& numbers) const
    {
        std::uint64_t sum = 0;
        for (const unsigned number : numbers)
            sum += blobs[number].state == BlobState::Present ? blobs[number].size : 0;
        return sum;
    }

    std::set<unsigned> all() const
    {
        std::set<unsigned> numbers;
        for (unsigned i = 0; i < blobs.size(); ++i)
            numbers.insert(i);
        return numbers;
    }

    std::vector<BlobRow> blobs;
    std::map<unsigned, std::set<unsigned>> children;
    std::map<std::string, std::set<unsigned>> claims;
};

} // namespace

class BlobGraphTest : public QObject
{
    Q_OBJECT

private slots:
    void bytesAddUpInRandomGraphs();

private:
    static void checkUsage(const RandomGraph& expected, const BlobGraph& graph);
    static void checkFreed(const RandomGraph& expected, const BlobGraph& graph, std::uint64_t seed);
};

void BlobGraphTest::checkUsage(const RandomGraph& expected, const BlobGraph& graph)
{
    const std::uint64_t stored = expected.bytes(expected.all());
    for (const UsageLevel level : {UsageLevel::Holder, UsageLevel::Image}) {
        const UsageReport report = countUsage(graph, level);
        QCOMPARE(report.storedBytes, stored);
        std::uint64_t shares = 0;
        std::uint64_t uniques = 0;
        for (const EntityUsage& entity : report.entities) {
            shares += entity.share;
            uniques += entity.unique;
            QVERIFY(entity.unique <= entity.share && entity.share <= entity.referenced);
        }
        QCOMPARE(shares, report.reachedBytes);
        QCOMPARE(uniques + report.sharedBytes, report.reachedBytes);
        QVERIFY(report.reachedBytes <= stored);
        if (level == UsageLevel::Holder)
            QCOMPARE(report.reachedBytes + report.releasedBytes, stored);
    }
    // By hand, for the holders.
    const UsageReport report = countUsage(graph, UsageLevel::Holder);
    QCOMPARE(report.entities.size(), expected.claims.size());
    std::size_t entity = 0;
    for (const auto& [holder, roots] : expected.claims) {
        const auto reached = expected.reach(roots);
        std::set<unsigned> unique = reached;
        for (const auto& [other, theirs] : expected.claims)
            if (other != holder)
                for (const unsigned number : expected.reach(theirs))
                    unique.erase(number);
        QCOMPARE(report.entities[entity].name, "engine " + holder);
        QCOMPARE(report.entities[entity].referenced, expected.bytes(reached));
        QCOMPARE(report.entities[entity].unique, expected.bytes(unique));
        ++entity;
    }
}

void BlobGraphTest::checkFreed(const RandomGraph& expected, const BlobGraph& graph, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::set<unsigned> selected;
    std::vector<BlobGraph::NodeId> nodes;
    std::vector<BlobGraph::NodeId> all;
    std::uint64_t referenced = 0;
    for (const unsigned number : expected.all()) {
        const auto node = *graph.find(digestOf(number));
        all.push_back(node);
        if (random() % 3 != 0)
            continue;
        selected.insert(number);
        nodes.push_back(node);
        referenced += expected.bytes(expected.reach({number}));
    }
    QCOMPARE(graph.freed(all), expected.bytes(expected.all()));
    QCOMPARE(graph.freed({}), std::uint64_t(0));
    const std::uint64_t freed = graph.freed(nodes);
    QVERIFY(freed <= referenced);
    // What S reaches, less what anybody outside of it reaches or claims.
    const auto reached = expected.reach(selected);
    std::set<unsigned> others;
    for (const unsigned number : expected.all())
        if (!reached.contains(number))
            others.insert(number);
    for (const auto& [holder, roots] : expected.claims)
        for (const unsigned number : roots)
            if (!selected.contains(number))
                others.insert(number);
    std::set<unsigned> left = reached;
    for (const unsigned number : expected.reach(others))
        left.erase(number);
    QCOMPARE(freed, expected.bytes(left));
}

void BlobGraphTest::bytesAddUpInRandomGraphs()
{
    const TempRoot root;
    Connection index(root / "index.db", {});
    Index::migrate(index, Clock::system());
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        const RandomGraph expected(seed);
        expected.write(index);
        const BlobGraph graph = BlobGraph::read(index);
        checkUsage(expected, graph);
        checkFreed(expected, graph, seed);
        for (const BlobGraph::Node& node : graph.nodes())
            QCOMPARE(node.holder == 0, blobs::isReleased(index, node.digest));
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

QTEST_GUILESS_MAIN(BlobGraphTest)
#include "blob_graph_test.moc"
