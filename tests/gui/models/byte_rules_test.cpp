// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "models/byte_rules.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>

using namespace layerhold::gui;

namespace {

using Selection = std::vector<ByteGraph::Entity>;

/// Three repositories with figures that were computed by hand:
///   base    1000  in app, db and web      (333 each, 1 left over)
///   runtime  500  in app and web          (250 each)
///   app-own   70  db-own 30  web-own 11
///   config    7   in db and web           (3 each, 1 left over)
///   lost    999   in nothing
/// The names are added out of order, so that byte order differs from the order of adding.
struct Shared
{
    enum Entities
    {
        Web,
        App,
        Db
    };

    Shared()
    {
        const auto base = graph.addBlob(1000);
        const auto runtime = graph.addBlob(500);
        const auto appOwn = graph.addBlob(70);
        const auto dbOwn = graph.addBlob(30);
        const auto webOwn = graph.addBlob(11);
        const auto config = graph.addBlob(7);
        graph.addBlob(999);
        graph.addEdge(runtime, base);
        const auto web = graph.addEntity("web");
        const auto app = graph.addEntity("app");
        const auto db = graph.addEntity("db");
        for (const auto blob : {runtime, webOwn, config})
            graph.addRoot(web, blob);
        for (const auto blob : {runtime, appOwn, runtime})
            graph.addRoot(app, blob);
        for (const auto blob : {base, dbOwn, config})
            graph.addRoot(db, blob);
    }

    ByteGraph graph;
};

/// Two repositories over images that share in steps: what each selection frees is in the table of the test.
///   a: x(1) xy(2) xyz(4)      b: xy(2) xyz(4) y(8)      c: xyz(4) z(16)      d: z(16) d(32)      e: nothing
struct Steps
{
    enum Entities
    {
        A,
        B,
        C,
        D,
        E
    };

    Steps()
    {
        const auto x = graph.addBlob(1);
        const auto xy = graph.addBlob(2);
        const auto xyz = graph.addBlob(4);
        const auto y = graph.addBlob(8);
        const auto z = graph.addBlob(16);
        const auto d = graph.addBlob(32);
        const std::vector<std::vector<ByteGraph::Blob>> reach = {{x, xy, xyz}, {xy, xyz, y}, {xyz, z}, {z, d}, {}};
        for (std::size_t i = 0; i < reach.size(); ++i) {
            const auto entity = graph.addEntity(std::string(1, static_cast<char>('a' + i)));
            for (const auto blob : reach[i])
                graph.addRoot(entity, blob);
        }
    }

    ByteGraph graph;
};

/// The definitions word for word, by sets: slow and plain.
std::vector<std::set<ByteGraph::Blob>> plainReach(const ByteGraph& graph)
{
    std::vector<std::set<ByteGraph::Blob>> reach(graph.names().size());
    for (const auto& [entity, blob] : graph.roots())
        reach[entity].insert(blob);
    for (auto& blobs : reach) {
        std::size_t before = 0;
        do {
            before = blobs.size();
            for (const auto& [parent, child] : graph.edges())
                if (blobs.contains(parent))
                    blobs.insert(child);
        } while (blobs.size() != before);
    }
    return reach;
}

std::uint64_t plainFreed(const ByteGraph& graph, const std::vector<std::set<ByteGraph::Blob>>& reach,
                         const std::set<ByteGraph::Entity>& selection)
{
    std::uint64_t bytes = 0;
    for (ByteGraph::Blob blob = 0; blob < graph.sizes().size(); ++blob) {
        bool isReached = false;
        bool isHeldByOthers = false;
        for (ByteGraph::Entity entity = 0; entity < reach.size(); ++entity) {
            if (!reach[entity].contains(blob))
                continue;
            isReached = true;
            isHeldByOthers |= !selection.contains(entity);
        }
        if (isReached && !isHeldByOthers)
            bytes += graph.sizes()[blob];
    }
    return bytes;
}

ByteGraph randomGraph(std::mt19937& random)
{
    const auto below = [&](std::uint32_t bound) { return static_cast<std::uint32_t>(random() % bound); };
    ByteGraph graph;
    const std::uint32_t blobs = 1 + below(30);
    const std::uint32_t entities = below(9);
    for (std::uint32_t i = 0; i < blobs; ++i)
        graph.addBlob(below(4) == 0 ? 0 : below(1'000'000));
    for (std::uint32_t i = 0; i < below(40); ++i)
        graph.addEdge(below(blobs), below(blobs));
    for (std::uint32_t i = 0; i < entities; ++i) {
        const auto entity = graph.addEntity("entity " + std::to_string(below(1000)));
        for (std::uint32_t root = 0; root < below(6); ++root)
            graph.addRoot(entity, below(blobs));
    }
    return graph;
}

} // namespace

class ByteRulesTest : public QObject
{
    Q_OBJECT

private slots:

    void attributesAsComputedByHand()
    {
        const Shared shared;
        const ByteRules rules(shared.graph);
        const auto check = [&](std::size_t entity, std::uint64_t referenced, std::uint64_t unique,
                               std::uint64_t share) {
            const EntityBytes& bytes = rules.entities()[entity];
            QCOMPARE(bytes.referenced, referenced);
            QCOMPARE(bytes.unique, unique);
            QCOMPARE(bytes.share, share);
        };
        check(Shared::App, 1570, 70, 334 + 250 + 70);
        check(Shared::Db, 1037, 30, 333 + 30 + 4);
        check(Shared::Web, 1518, 11, 333 + 250 + 11 + 3);
        QCOMPARE(rules.entities()[Shared::Web].blobs, std::uint64_t(4));
        QCOMPARE(rules.reachedBytes(), std::uint64_t(1618));
        QCOMPARE(rules.sharedBytes(), std::uint64_t(1507));
        QCOMPARE(rules.storedBytes(), std::uint64_t(2617));
    }

    void namesTheSharersInByteOrder()
    {
        const ByteRules rules(Shared().graph);
        const auto base = rules.sharersOf(0);
        QCOMPARE(Selection(base.begin(), base.end()), (Selection{Shared::App, Shared::Db, Shared::Web}));
        QVERIFY(rules.sharersOf(6).empty());
    }

    void freesWhatOnlyTheSelectionReaches_data()
    {
        QTest::addColumn<QString>("selection");
        QTest::addColumn<quint64>("bytes");
        QTest::newRow("nothing") << "" << quint64(0);
        QTest::newRow("a") << "a" << quint64(1);
        QTest::newRow("b") << "b" << quint64(8);
        QTest::newRow("c") << "c" << quint64(0);
        QTest::newRow("d") << "d" << quint64(32);
        QTest::newRow("e") << "e" << quint64(0);
        QTest::newRow("ab") << "ab" << quint64(11);
        QTest::newRow("ac") << "ac" << quint64(1);
        QTest::newRow("ad") << "ad" << quint64(33);
        QTest::newRow("bc") << "bc" << quint64(8);
        QTest::newRow("bd") << "bd" << quint64(40);
        QTest::newRow("cd") << "cd" << quint64(48);
        QTest::newRow("ae") << "ae" << quint64(1);
        QTest::newRow("abc") << "abc" << quint64(15);
        QTest::newRow("abd") << "abd" << quint64(43);
        QTest::newRow("acd") << "acd" << quint64(49);
        QTest::newRow("bcd") << "bcd" << quint64(56);
        QTest::newRow("abcd") << "abcd" << quint64(63);
        QTest::newRow("all") << "abcde" << quint64(63);
        QTest::newRow("a thrice") << "aaa" << quint64(1);
        QTest::newRow("out of order, twice") << "baab" << quint64(11);
    }

    void freesWhatOnlyTheSelectionReaches()
    {
        QFETCH(QString, selection);
        const ByteRules rules(Steps().graph);
        Selection entities;
        for (const QChar letter : selection)
            entities.push_back(static_cast<ByteGraph::Entity>(letter.unicode() - u'a'));
        QTEST(quint64(rules.freed(entities)), "bytes");
    }

    void twoThatShareOnlyWithEachOtherFreeItTogether()
    {
        ByteGraph graph;
        const auto layer = graph.addBlob(1000);
        const auto first = graph.addEntity("first");
        const auto second = graph.addEntity("second");
        graph.addRoot(first, graph.addBlob(10));
        graph.addRoot(second, graph.addBlob(20));
        graph.addRoot(first, layer);
        graph.addRoot(second, layer);
        const ByteRules rules(graph);
        QCOMPARE(rules.freed(Selection{first}), std::uint64_t(10));
        QCOMPARE(rules.freed(Selection{second}), std::uint64_t(20));
        QCOMPARE(rules.freed(Selection{first, second}), std::uint64_t(1030));
    }

    void sumsAreExactOnRandomGraphs()
    {
        std::mt19937 random(20260302);
        for (int round = 0; round < 2000; ++round) {
            const ByteGraph graph = randomGraph(random);
            const ByteRules rules(graph);
            const auto reach = plainReach(graph);

            std::uint64_t shares = 0;
            std::uint64_t uniques = 0;
            Selection all;
            for (ByteGraph::Entity entity = 0; entity < graph.names().size(); ++entity) {
                const EntityBytes& bytes = rules.entities()[entity];
                shares += bytes.share;
                uniques += bytes.unique;
                all.push_back(entity);
                std::uint64_t referenced = 0;
                for (const ByteGraph::Blob blob : reach[entity])
                    referenced += graph.sizes()[blob];
                QCOMPARE(bytes.referenced, referenced);
                QCOMPARE(bytes.unique, plainFreed(graph, reach, {entity}));
            }
            QCOMPARE(shares, rules.reachedBytes());
            QCOMPARE(uniques + rules.sharedBytes(), rules.reachedBytes());
            QCOMPARE(rules.freed(all), rules.reachedBytes());
            QCOMPARE(rules.freed(all), plainFreed(graph, reach, {all.begin(), all.end()}));

            // Ever larger selections in a random order.
            std::shuffle(all.begin(), all.end(), random);
            Selection selection;
            std::uint64_t before = 0;
            std::uint64_t referenced = 0;
            for (const ByteGraph::Entity entity : all) {
                selection.push_back(entity);
                referenced += rules.entities()[entity].referenced;
                const std::uint64_t freed = rules.freed(selection);
                QCOMPARE(freed, plainFreed(graph, reach, {selection.begin(), selection.end()}));
                QVERIFY(freed >= before);
                QVERIFY(freed <= referenced);
                before = freed;
            }
        }
    }

    void copesWithLongChains()
    {
        ByteGraph graph;
        const auto root = graph.addBlob(1);
        auto last = root;
        for (int i = 1; i < 1'000'000; ++i) {
            const auto next = graph.addBlob(1);
            graph.addEdge(last, next);
            last = next;
        }
        graph.addEdge(last, root);
        graph.addRoot(graph.addEntity("chain"), root);
        QCOMPARE(ByteRules(graph).entities().front().unique, std::uint64_t(1'000'000));
    }
};

QTEST_APPLESS_MAIN(ByteRulesTest)
#include "byte_rules_test.moc"
