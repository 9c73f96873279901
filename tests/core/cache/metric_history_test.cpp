// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache_fixture.h"
#include "manual_clock.h"

#include "index/index.h"
#include "index/metric_samples.h"

#include <algorithm>
#include <thread>

using namespace layerhold;
using namespace layerhold::test;
using namespace std::chrono_literals;

namespace {

/// An index file of its own, for the tables of the history.
class SampleFixture
{
public:
    SampleFixture()
        : connection(root.path() / "index.db", {})
    {
        Index::migrate(connection, Clock::system());
    }

    void add(std::int64_t at, std::vector<std::int64_t> values, std::int64_t now = 0)
    {
        const MetricSample sample{std::chrono::sys_seconds(std::chrono::seconds(at)), std::move(values)};
        constexpr RollUp rules[] = {RollUp::Last, RollUp::Max};
        metric_samples::add(connection, std::span(&sample, 1), rules,
                            std::chrono::sys_seconds(std::chrono::seconds(now == 0 ? at : now)));
    }

    std::vector<std::pair<std::int64_t, std::vector<std::int64_t>>> rows(std::chrono::seconds step)
    {
        std::vector<std::pair<std::int64_t, std::vector<std::int64_t>>> result;
        for (const MetricSample& sample : metric_samples::since(connection, step, {}))
            result.emplace_back(sample.at.time_since_epoch().count(), sample.values);
        return result;
    }

    TempRoot root;
    Connection connection;
};

} // namespace

class MetricHistoryTest : public QObject
{
    Q_OBJECT

private slots:

    void historyRollsUp()
    {
        SampleFixture fixture;
        constexpr std::int64_t start = 1'700'006'400; // a full day
        for (std::int64_t i = 0; i < 130; ++i)
            fixture.add(start + i, {i, i % 10 == 3 ? 99 : 1});
        const auto tens = fixture.rows(10s);
        QCOMPARE(tens.size(), std::size_t(12)); // the thirteenth is not complete
        QVERIFY(tens[0] == std::pair(start, std::vector<std::int64_t>{9, 99}));
        QVERIFY(tens[11] == std::pair(start + 110, std::vector<std::int64_t>{119, 99}));
        const auto minutes = fixture.rows(60s);
        QCOMPARE(minutes.size(), std::size_t(2));
        QVERIFY(minutes[1] == std::pair(start + 60, std::vector<std::int64_t>{119, 99}));
        QVERIFY(fixture.rows(3600s).empty());
        fixture.add(start + 3600, {3600, -1});
        const auto hours = fixture.rows(3600s);
        QCOMPARE(hours.size(), std::size_t(1));
        QVERIFY(hours[0] == std::pair(start, std::vector<std::int64_t>{129, 99}));
    }

    void historyKeepsItsGapsAndItsBounds()
    {
        SampleFixture fixture;
        constexpr std::int64_t start = 1'700'006'400;
        fixture.add(start, {1});
        fixture.add(start + 1, {2});
        fixture.add(start + 200, {3}); // 199 seconds later
        QCOMPARE(fixture.rows(1s).size(), std::size_t(3));
        QCOMPARE(fixture.rows(10s).size(), std::size_t(1));
        fixture.add(start + 1000, {4});
        QCOMPARE(fixture.rows(1s).size(), std::size_t(1)); // five minutes
        QVERIFY(fixture.rows(10s).back() == std::pair(start + 200, std::vector<std::int64_t>{3}));
        for (std::int64_t i = 0; i < 1000; ++i)
            fixture.add(start + 2000 + i, {i});
        QCOMPARE(fixture.rows(1s).size(), std::size_t(300));
        QVERIFY(fixture.rows(10s).size() <= 360);
    }

    void aClockThatWasWrongDoesNoHarm()
    {
        SampleFixture fixture;
        constexpr std::int64_t start = 1'700'006'400;
        fixture.add(start, {1});
        fixture.add(5, {2}); // back in 1970 for a moment
        QVERIFY(!fixture.rows(1s).empty());
        fixture.add(start + 2000, {3}); // and ahead
        fixture.add(start + 1, {4});
        fixture.add(start + 20, {5});
        const auto tens = fixture.rows(10s);
        QVERIFY(std::any_of(tens.begin(), tens.end(), [](const auto& row) { return row.first == start; }));
    }

    void historyIsAskedForBySeriesAndStep()
    {
        ManualClock clock;
        CacheFixture fixture(&clock); // nothing is sampled by another one
        Metrics& metrics = fixture.cache->metrics();
        QVERIFY(errorOf([&] { metrics.history("no_such", 1s, {}); }) == ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { metrics.history("hits", 2s, {}); }) == ErrorCode::InvalidArgument);
        QVERIFY(metrics.steps() == std::vector<std::chrono::seconds>({1s, 10s, 60s, 3600s}));
        const auto store = fixture.engine("a");
        put(*store, "bytes");
        // The housekeeper samples; each second of the clock once.
        const auto sampled = [&](std::size_t points) {
            const auto deadline = std::chrono::steady_clock::now() + 30s;
            while (metrics.history("entries_stored", 1s, {}).size() < points) {
                if (std::chrono::steady_clock::now() > deadline)
                    return false;
                std::this_thread::yield();
            }
            return true;
        };
        QVERIFY(sampled(1));
        clock.advance(3s);
        QVERIFY(sampled(2));
        const auto points = metrics.history("entries_stored", 1s, {});
        QCOMPARE(points.size(), std::size_t(2));
        QCOMPARE((points[1].at - points[0].at).count(), std::int64_t(3)); // the gap stays one
        QCOMPARE(*points[1].value, std::uint64_t(1));
        QVERIFY(!metrics.history("put_latency_p50_ns", 1s, {}).empty());
        QVERIFY(!metrics.history("get_latency_p50_ns", 1s, {}).front().value); // nobody asked yet
        QVERIFY(metrics.history("entries_stored", 1s, points[1].at).size() == 1);

        fixture.reopen(); // closing writes them
        QVERIFY(fixture.cache->metrics().history("entries_stored", 1s, {}).size() >= 2);
    }
};

QTEST_GUILESS_MAIN(MetricHistoryTest)
#include "metric_history_test.moc"
