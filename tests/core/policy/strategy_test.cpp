// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// What every strategy promises, asked of every strategy; then what each is for.
#include <QTest>

#include "policy/strategy.h"
#include "support/expect_error.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <set>
#include <thread>

using namespace layerhold;
using layerhold::test::errorOf;

namespace {

using std::chrono::seconds;

const TimePoint Now = fromNanoseconds(1'800'000'000'000'000'000);
const std::vector<const char*> Specs = {
    "lru", "size", "ttl", "cost", "composite:ttl,lru", "composite:cost,size", "composite:ttl,size,cost,lru"};

EvictionCandidate candidate(std::string key, std::uint64_t bytes, seconds unusedFor)
{
    EvictionCandidate result;
    result.key = std::move(key);
    result.bytes = bytes;
    result.createdAt = Now - unusedFor;
    result.usedAt = Now - unusedFor;
    return result;
}

/// Many alike in every field but the key, some expired, some without bytes.
std::vector<EvictionCandidate> someCandidates(std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<EvictionCandidate> result;
    for (std::size_t i = 0; i < count; ++i) {
        EvictionCandidate one = candidate("key" + std::to_string(i), random() % 5 * 1000, seconds(random() % 50));
        one.createdAt -= seconds(random() % 3);
        one.uses = random() % 4;
        one.refetchCost = static_cast<double>(random() % 3);
        if (random() % 3 == 0)
            one.expiresAt = Now - seconds(10) + seconds(random() % 20);
        result.push_back(std::move(one));
    }
    return result;
}

std::vector<std::string> keysOf(const std::vector<EvictionCandidate>& candidates, const std::vector<std::size_t>& order)
{
    std::vector<std::string> result;
    for (const std::size_t index : order)
        result.push_back(candidates.at(index).key);
    return result;
}

std::vector<std::string> select(std::string_view spec, const std::vector<EvictionCandidate>& candidates,
                                std::uint64_t bytesToFree)
{
    return keysOf(candidates, makeStrategy(spec)->select(candidates, {bytesToFree, Now}));
}

std::uint64_t bytesOf(const std::vector<EvictionCandidate>& candidates, const std::vector<std::size_t>& order)
{
    std::uint64_t result = 0;
    for (const std::size_t index : order)
        result += candidates.at(index).bytes;
    return result;
}

using Keys = std::vector<std::string>;

} // namespace

class StrategyTest : public QObject
{
    Q_OBJECT

private slots:
    void everyStrategy_data();
    void everyStrategy();
    void aMillionCandidates_data();
    void aMillionCandidates();

    void lruTakesTheLongestUnused();
    void sizeTakesExpiredThenLargest();
    void ttlTakesExactlyTheExpired();
    void costWeighsUseAgainstFetchingAgain();
    void costBearsOddFigures();
    void compositeAsksOneAfterTheOther();
    void hugeSizesDoNotOverflow();
    void badNames_data();
    void badNames();
};

void StrategyTest::everyStrategy_data()
{
    QTest::addColumn<QString>("spec");
    for (const char* spec : Specs)
        QTest::newRow(spec) << spec;
}

void StrategyTest::everyStrategy()
{
    QFETCH(QString, spec);
    const auto strategy = makeStrategy(spec.toStdString());
    QCOMPARE(QString::fromStdString(std::string(strategy->name())), spec);
    QVERIFY(strategy->select({}, {1, Now}).empty());

    std::mt19937 random(7);
    for (unsigned round = 0; round < 200; ++round) {
        std::vector<EvictionCandidate> candidates = someCandidates(random() % 40, round);
        const std::uint64_t all = std::accumulate(candidates.begin(), candidates.end(), std::uint64_t(0),
                                                  [](std::uint64_t sum, const auto& one) { return sum + one.bytes; });
        const EvictionGoal goal{random() % (all + 2000), Now};
        const auto order = strategy->select(candidates, goal);
        const std::set<std::size_t> distinct(order.begin(), order.end());
        QCOMPARE(distinct.size(), order.size());
        QVERIFY(order.empty() || *distinct.rbegin() < candidates.size());

        // Enough and not more, or all there are; what the goal does not bound is the expired.
        const auto expired =
            static_cast<std::size_t>(std::count_if(candidates.begin(), candidates.end(), [](const auto& one) {
                return one.expiresAt && *one.expiresAt < Now;
            }));
        if (spec == "ttl")
            QCOMPARE(order.size(), expired);
        else
            QVERIFY(bytesOf(candidates, order) >= goal.bytesToFree || order.size() == candidates.size());
        if (order.size() > (spec.contains("ttl") ? expired : 0)) {
            auto oneLess = order;
            oneLess.pop_back();
            QVERIFY(bytesOf(candidates, oneLess) < goal.bytesToFree);
        }

        // A larger goal goes on where a smaller one stopped.
        const auto further = strategy->select(candidates, {goal.bytesToFree + 3000, Now});
        QVERIFY(further.size() >= order.size());
        QVERIFY(std::equal(order.begin(), order.end(), further.begin()));

        // Neither the order of the candidates nor the object matters: a restart changes nothing.
        const Keys keys = keysOf(candidates, order);
        std::shuffle(candidates.begin(), candidates.end(), random);
        QCOMPARE(keysOf(candidates, strategy->select(candidates, goal)), keys);
        QCOMPARE(keysOf(candidates, makeStrategy(spec.toStdString())->select(candidates, goal)), keys);
    }

    // Ties go by key.
    std::vector<EvictionCandidate> alike;
    for (const char* key : {"c", "a", "d", "b"}) {
        alike.push_back(candidate(key, 10, seconds(5)));
        alike.back().expiresAt = Now - seconds(1);
    }
    QCOMPARE(keysOf(alike, strategy->select(alike, {40, Now})), (Keys{"a", "b", "c", "d"}));

    // Many threads may ask one object.
    const auto candidates = someCandidates(2000, 3);
    const auto expected = strategy->select(candidates, {1'500'000, Now});
    std::array<std::vector<std::size_t>, 8> answers;
    {
        std::vector<std::jthread> threads;
        for (auto& answer : answers)
            threads.emplace_back([&] { answer = strategy->select(candidates, {1'500'000, Now}); });
    }
    for (const auto& answer : answers)
        QCOMPARE(answer, expected);
}

void StrategyTest::aMillionCandidates_data()
{
    everyStrategy_data();
}

void StrategyTest::aMillionCandidates()
{
    QFETCH(QString, spec);
    static const std::vector<EvictionCandidate> candidates = [] {
        std::vector<EvictionCandidate> result = someCandidates(1'000'000, 1);
        std::mt19937 random(2);
        for (EvictionCandidate& one : result) // ties are few in a real cache
            one.usedAt += std::chrono::nanoseconds(random());
        return result;
    }();
    const auto strategy = makeStrategy(spec.toStdString());
    for (const std::uint64_t part : {100U, 2U}) {
        const std::uint64_t bytes = 2'000'000'000 / part;
        const auto start = std::chrono::steady_clock::now();
        const auto order = strategy->select(candidates, {bytes, Now});
        const auto took = std::chrono::steady_clock::now() - start;
        qInfo("%s: %zu of 1,000,000 in %lld ms", qPrintable(spec), order.size(),
              static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
        QVERIFY(spec == "ttl" || bytesOf(candidates, order) >= bytes);
    }
}

void StrategyTest::lruTakesTheLongestUnused()
{
    std::vector<EvictionCandidate> candidates = {candidate("new", 10, seconds(1)), candidate("old", 10, seconds(9)),
                                                 candidate("middle", 10, seconds(5))};
    QCOMPARE(select("lru", candidates, 0), Keys{});
    QCOMPARE(select("lru", candidates, 1), Keys{"old"});
    QCOMPARE(select("lru", candidates, 11), (Keys{"old", "middle"}));
    QCOMPARE(select("lru", candidates, 100), (Keys{"old", "middle", "new"}));

    candidates[1].usedAt = Now; // a use makes it the newest
    QCOMPARE(select("lru", candidates, 100), (Keys{"middle", "new", "old"}));

    EvictionCandidate neverUsed = candidate("never used", 10, seconds(7));
    neverUsed.usedAt = {};
    candidates.push_back(neverUsed); // coming in counts
    QCOMPARE(select("lru", candidates, 100), (Keys{"never used", "middle", "new", "old"}));

    candidates[0].usedAt = fromNanoseconds(-5); // before 1970
    candidates[0].createdAt = fromNanoseconds(-5);
    QCOMPARE(select("lru", candidates, 1), Keys{"new"});
}

void StrategyTest::sizeTakesExpiredThenLargest()
{
    std::vector<EvictionCandidate> candidates = {
        candidate("small", 10, seconds(9)), candidate("large", 1000, seconds(1)), candidate("middle", 100, seconds(5)),
        candidate("gone", 1, seconds(1)), candidate("long gone", 2, seconds(1))};
    candidates[3].expiresAt = Now - seconds(1);
    candidates[4].expiresAt = Now - seconds(2);
    QCOMPARE(select("size", candidates, 0), Keys{});
    QCOMPARE(select("size", candidates, 2), Keys{"long gone"});
    QCOMPARE(select("size", candidates, 4), (Keys{"long gone", "gone", "large"}));
    QCOMPARE(select("size", candidates, 1004), (Keys{"long gone", "gone", "large", "middle"}));
}

void StrategyTest::ttlTakesExactlyTheExpired()
{
    std::vector<EvictionCandidate> candidates = {
        candidate("never", 10, seconds(900)), candidate("late", 10, seconds(1)), candidate("early", 10, seconds(1)),
        candidate("at the end", 10, seconds(1)), candidate("future", 10, seconds(1))};
    candidates[1].expiresAt = Now - std::chrono::nanoseconds(1);
    candidates[2].expiresAt = Now - seconds(5);
    candidates[3].expiresAt = Now; // expired is strictly later
    candidates[4].expiresAt = Now + seconds(5);
    for (const std::uint64_t bytes : {0ULL, 1ULL, 1'000'000ULL, std::numeric_limits<unsigned long long>::max()})
        QCOMPARE(select("ttl", candidates, bytes), (Keys{"early", "late"}));
    candidates[2].usedAt = Now; // a use does not put the end off
    QCOMPARE(select("ttl", candidates, 0), (Keys{"early", "late"}));
}

void StrategyTest::costWeighsUseAgainstFetchingAgain()
{
    const auto with = [](std::string key, std::uint64_t uses, double cost, std::uint64_t bytes, seconds unusedFor) {
        EvictionCandidate result = candidate(std::move(key), bytes, unusedFor);
        result.uses = uses;
        result.refetchCost = cost;
        return result;
    };
    constexpr std::uint64_t mebibyte = 1024 * 1024;
    const seconds day = std::chrono::hours(24);
    // One fact differs each time.
    std::vector<EvictionCandidate> byUse = {with("often", 9, 1, mebibyte, day), with("once", 1, 1, mebibyte, day)};
    QCOMPARE(select("cost", byUse, 1), Keys{"once"});
    std::vector<EvictionCandidate> byCost = {with("dear", 1, 5, mebibyte, day), with("cheap", 1, 1, mebibyte, day)};
    QCOMPARE(select("cost", byCost, 1), Keys{"cheap"});
    std::vector<EvictionCandidate> bySize = {with("small", 1, 1, 1000, day), with("large", 1, 1, mebibyte, day)};
    QCOMPARE(select("cost", bySize, 1), Keys{"large"});
    std::vector<EvictionCandidate> byAge = {with("fresh", 1, 1, mebibyte, day),
                                            with("stale", 1, 1, mebibyte, 30 * day)};
    QCOMPARE(select("cost", byAge, 1), Keys{"stale"});
    // What was used often once goes all the same when it is not used for long.
    std::vector<EvictionCandidate> aged = {with("recent", 1, 1, mebibyte, day),
                                           with("was popular", 50, 1, mebibyte, 365 * day)};
    QCOMPARE(select("cost", aged, 1), Keys{"was popular"});
    // And it stays over what is a little younger and was used once.
    std::vector<EvictionCandidate> popular = {with("recent", 1, 1, mebibyte, day),
                                              with("popular", 50, 1, mebibyte, 2 * day)};
    QCOMPARE(select("cost", popular, 1), Keys{"recent"});
}

void StrategyTest::costBearsOddFigures()
{
    std::vector<EvictionCandidate> candidates = {
        candidate("only copy", 10, seconds(100)), candidate("nan", 10, seconds(100)),
        candidate("negative", 10, seconds(100)),  candidate("free", 10, seconds(100)),
        candidate("ordinary", 10, seconds(100)),  candidate("future", 10, seconds(-100)),
        candidate("empty", 0, seconds(100))};
    candidates[0].refetchCost = std::numeric_limits<double>::infinity();
    candidates[1].refetchCost = std::nan("");
    candidates[2].refetchCost = -3;
    candidates[3].refetchCost = 0;
    candidates[4].uses = std::numeric_limits<std::uint64_t>::max() / 2;
    QCOMPARE(select("cost", candidates, 30), (Keys{"free", "nan", "negative"}));
    const Keys all = select("cost", candidates, 1000);
    QCOMPARE(all.size(), candidates.size());
    QCOMPARE(all.back(), std::string("only copy"));
}

void StrategyTest::compositeAsksOneAfterTheOther()
{
    std::vector<EvictionCandidate> candidates = {candidate("old", 10, seconds(9)), candidate("new", 10, seconds(1)),
                                                 candidate("old and gone", 10, seconds(8)),
                                                 candidate("new and gone", 10, seconds(2))};
    candidates[2].expiresAt = Now - seconds(1);
    candidates[3].expiresAt = Now - seconds(3);
    QCOMPARE(select("composite:ttl,lru", candidates, 0), (Keys{"new and gone", "old and gone"}));
    QCOMPARE(select("composite:ttl,lru", candidates, 25), (Keys{"new and gone", "old and gone", "old"}));
    QCOMPARE(select("composite:ttl,lru", candidates, 99), (Keys{"new and gone", "old and gone", "old", "new"}));
    // The order of the names is the priority; what the first took is not taken again.
    QCOMPARE(select("composite:lru,ttl", candidates, 20), (Keys{"old", "old and gone", "new and gone"}));
    QCOMPARE(select("composite:lru,size", candidates, 10), Keys{"old"});
    QCOMPARE(select("composite:lru", candidates, 20), select("lru", candidates, 20));
}

void StrategyTest::hugeSizesDoNotOverflow()
{
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    std::vector<EvictionCandidate> candidates;
    for (const char* key : {"a", "b", "c", "d", "e"}) {
        candidates.push_back(candidate(key, most - 1, seconds(5)));
        candidates.back().expiresAt = Now - seconds(1);
    }
    for (const char* spec : Specs) {
        const Keys expected = QString(spec).contains("ttl") ? Keys{"a", "b", "c", "d", "e"} : Keys{"a", "b"};
        QCOMPARE(select(spec, candidates, most), expected);
    }
}

void StrategyTest::badNames_data()
{
    QTest::addColumn<QString>("spec");
    for (const char* spec : {"", "LRU", "lru ", "fifo", "lru,ttl", "composite", "composite:", "composite:lru,",
                             "composite:,lru", "composite:lru,lru", "composite:lru, ttl", "composite:composite:lru"})
        QTest::newRow(*spec ? spec : "empty") << spec;
}

void StrategyTest::badNames()
{
    QFETCH(QString, spec);
    QVERIFY(errorOf([&] { makeStrategy(spec.toStdString()); }) == ErrorCode::InvalidArgument);
    try {
        makeStrategy(spec.toStdString());
    } catch (const Error& error) {
        for (const char* name : {"lru", "size", "ttl", "cost", "composite:"})
            QVERIFY(QString(error.what()).contains(name));
    }
}

QTEST_GUILESS_MAIN(StrategyTest)
#include "strategy_test.moc"
