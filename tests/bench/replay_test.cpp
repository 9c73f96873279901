// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// The replayer counts right, and its traces are what they are said to be.
#include <QTest>

#include "eviction/replay.h"

#include <algorithm>
#include <map>
#include <numeric>

using namespace layerhold;
using namespace layerhold::bench;

namespace {

MakeStrategy named(const char* spec)
{
    return [spec](const Future&) { return makeStrategy(spec); };
}

MakeStrategy belady(Foresight foresight)
{
    return [foresight](const Future& future) { return makeBelady(foresight, future); };
}

/// One blob a pull, a second apart.
Trace traceOf(const std::vector<std::uint32_t>& blobs, const std::vector<std::uint64_t>& sizes)
{
    Trace result;
    result.sizes = sizes;
    for (const std::uint32_t blob : blobs)
        result.pulls.push_back(
            {fromNanoseconds(1'000'000'000 * static_cast<std::int64_t>(result.pulls.size() + 1)), {blob}});
    return result;
}

TraceOptions smallTrace(std::uint64_t seed)
{
    TraceOptions options;
    options.seed = seed;
    options.pulls = 800;
    options.repositories = 30;
    options.bases = 4;
    return options;
}

std::uint64_t bytesOf(const Trace& trace)
{
    return std::accumulate(trace.sizes.begin(), trace.sizes.end(), std::uint64_t(0));
}

} // namespace

class ReplayTest : public QObject
{
    Q_OBJECT

private slots:
    void tracesAreReproducible();
    void tracesLookLikeImages();
    void hitsAreCountedRight();
    void withoutALimitOnlyTheFirstRequestMisses();
    void beladyIsTheBoundForOneSize();
    void everyStrategyStaysWithinTheLimit();
};

void ReplayTest::tracesAreReproducible()
{
    const Trace one = makeTrace(smallTrace(5));
    const Trace same = makeTrace(smallTrace(5));
    QVERIFY(one.sizes == same.sizes);
    QCOMPARE(one.pulls.size(), same.pulls.size());
    for (std::size_t i = 0; i < one.pulls.size(); ++i) {
        QVERIFY(one.pulls[i].at == same.pulls[i].at);
        QVERIFY(one.pulls[i].blobs == same.pulls[i].blobs);
    }
    QVERIFY(makeTrace(smallTrace(6)).sizes != one.sizes);
}

void ReplayTest::tracesLookLikeImages()
{
    const Trace trace = makeTrace(smallTrace(5));
    std::map<std::uint32_t, std::size_t> manifests; // pulls of each
    std::map<std::uint32_t, std::map<std::uint32_t, bool>> manifestsOfLayer;
    TimePoint last{};
    for (const Pull& pull : trace.pulls) {
        QVERIFY(pull.at >= last);
        last = pull.at;
        QVERIFY(pull.blobs.size() >= 5); // manifest, config, layers of the base, of the dependencies, of the code
        QVERIFY(trace.sizes.at(pull.blobs[0]) < 64 * 1024);
        ++manifests[pull.blobs[0]];
        for (std::size_t i = 2; i < pull.blobs.size(); ++i)
            manifestsOfLayer[pull.blobs[i]][pull.blobs[0]] = true;
    }
    QVERIFY(manifests.size() > 30); // more versions than repositories
    const auto mostPulled = std::max_element(manifests.begin(), manifests.end(),
                                             [](const auto& a, const auto& b) { return a.second < b.second; });
    QVERIFY(mostPulled->second > 3 * trace.pulls.size() / manifests.size()); // some are popular
    const auto mostShared =
        std::max_element(manifestsOfLayer.begin(), manifestsOfLayer.end(),
                         [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
    QVERIFY(mostShared->second.size() > 5); // a layer of a base
}

void ReplayTest::hitsAreCountedRight()
{
    // Room for two of one byte. LRU misses 0 1, hits 0, misses 2 (out goes 1), 1 (out goes 0), 0.
    ReplayOptions options;
    options.limit = 2;
    options.slack = 0;
    const Trace trace = traceOf({0, 1, 0, 2, 1, 0}, {1, 1, 1});
    QCOMPARE(replay(trace, options, named("lru")).objects, 1.0 / 6);
    // Belady lets 2 go at once.
    QCOMPARE(replay(trace, options, belady(Foresight::FurthestNextUse)).objects, 3.0 / 6);

    // Bytes are weighed: of 1 + 100 + 1 + 100 the last two are hits of 101.
    const Trace weighed = traceOf({0, 1, 0, 1, 2}, {1, 100, 50});
    options.limit = 101;
    const HitRatio ratio = replay(weighed, options, named("lru"));
    QCOMPARE(ratio.objects, 2.0 / 5);
    QCOMPARE(ratio.bytes, 101.0 / 252);

    // What only knows the expired refuses the new when there are none.
    options.limit = 2;
    QCOMPARE(replay(trace, options, named("ttl")).objects, 3.0 / 6);
}

void ReplayTest::withoutALimitOnlyTheFirstRequestMisses()
{
    const Trace trace = makeTrace(smallTrace(2));
    std::vector<bool> seen(trace.sizes.size());
    double requests = 0;
    double again = 0;
    for (const Pull& pull : trace.pulls)
        for (const std::uint32_t blob : pull.blobs) {
            ++requests;
            again += seen[blob] ? 1 : 0;
            seen[blob] = true;
        }
    for (const char* spec : {"lru", "size", "ttl", "cost"})
        QCOMPARE(replay(trace, {}, named(spec)).objects, again / requests);
}

void ReplayTest::beladyIsTheBoundForOneSize()
{
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        Trace trace = makeTrace(smallTrace(seed));
        std::fill(trace.sizes.begin(), trace.sizes.end(), 1000);
        ReplayOptions options;
        options.limit = bytesOf(trace) / 10;
        const double bound = replay(trace, options, belady(Foresight::FurthestNextUse)).objects;
        for (const char* spec : {"lru", "size", "cost", "composite:ttl,lru"})
            QVERIFY2(replay(trace, options, named(spec)).objects <= bound, spec);
    }
}

void ReplayTest::everyStrategyStaysWithinTheLimit()
{
    // Nothing fits: nothing is ever there.
    Trace trace = traceOf({0, 0, 0, 0}, {10});
    ReplayOptions options;
    options.limit = 9;
    for (const char* spec : {"lru", "size", "ttl", "cost", "composite:ttl,lru", "composite:ttl,cost"})
        QCOMPARE(replay(trace, options, named(spec)).objects, 0.0);
}

QTEST_GUILESS_MAIN(ReplayTest)
#include "replay_test.moc"
