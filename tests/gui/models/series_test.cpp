// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "models/series.h"

#include <random>

using namespace layerhold::gui;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

Moment at(std::int64_t second)
{
    return Moment(seconds(1'700'000'000 + second));
}

struct Sampled
{
    std::int64_t second;
    std::optional<std::uint64_t> value;
};

HistoryRecord history(std::vector<Sampled> samples, seconds step = seconds(1))
{
    HistoryRecord record;
    record.step = step;
    for (const Sampled& sample : samples)
        record.points.push_back({at(sample.second), sample.value});
    return record;
}

/// "0:1 1:gap": the seconds and values of a line.
QString text(const Line& line)
{
    QStringList parts;
    for (const LinePoint& point : line) {
        const auto second = std::chrono::duration_cast<seconds>(point.at - at(0)).count();
        parts += QStringLiteral("%1:%2").arg(second).arg(point.isGap() ? QStringLiteral("gap")
                                                                       : QString::number(point.value));
    }
    return parts.join(QLatin1Char(' '));
}

} // namespace

class SeriesTest : public QObject
{
    Q_OBJECT

private slots:
    void increasesComeFromCounters_data();
    void increasesComeFromCounters();
    void nothingIsEverNegative();
    void levelsKeepGaps();
    void sumsGoOnOverGapsAndResets();
    void fewRequestsHaveNoHitRate();
    void hitRatesLookBackOverTheirWindow();
    void hitRatesNeedBothCounters();
    void bytesAreCountedApartFromRequests();
    void extentSeesOnlyItsRange();
    void aSpikeAmongManyPointsSurvives();
    void everyColumnHasItsExtremes();
    void gapsBreakTheLine();
    void nothingIsDrawnOfNothing();
};

void SeriesTest::increasesComeFromCounters_data()
{
    QTest::addColumn<HistoryRecord>("counter");
    QTest::addColumn<QString>("expected");
    QTest::newRow("steady") << history({{0, 10}, {1, 20}, {2, 40}}) << "1:10 2:20";
    QTest::newRow("nothing happens") << history({{0, 10}, {1, 10}}) << "1:0";
    QTest::newRow("long steps") << history({{0, 0}, {60, 120}}, seconds(60)) << "60:120";
    QTest::newRow("reset") << history({{0, 10}, {1, 20}, {2, 3}, {3, 4}}) << "1:10 2:gap 3:1";
    QTest::newRow("reset at once") << history({{0, 10}, {1, 3}, {2, 5}}) << "2:2";
    QTest::newRow("missing sample") << history({{0, 0}, {1, 1}, {4, 4}, {5, 6}}) << "1:1 4:gap 5:2";
    QTest::newRow("unknown value") << history({{0, 0}, {1, 1}, {2, {}}, {3, 5}, {4, 6}}) << "1:1 2:gap 4:1";
    QTest::newRow("clock set back") << history({{5, 10}, {6, 11}, {2, 12}, {3, 13}, {7, 14}}) << "6:1 7:3";
    QTest::newRow("clock set forward") << history({{0, 0}, {1, 1}, {1000, 2}, {1001, 3}}) << "1:1 1000:gap 1001:1";
    QTest::newRow("same moment twice") << history({{0, 0}, {0, 5}, {1, 7}}) << "1:7";
    QTest::newRow("one sample") << history({{0, 10}}) << "";
    QTest::newRow("empty interval") << history({}) << "";
}

void SeriesTest::increasesComeFromCounters()
{
    QFETCH(HistoryRecord, counter);
    QFETCH(QString, expected);
    QCOMPARE(text(increases(counter)), expected);
}

void SeriesTest::nothingIsEverNegative()
{
    std::mt19937 random(7);
    const auto below = [&](std::uint32_t limit) { return static_cast<std::int64_t>(random() % limit); };
    for (int round = 0; round < 500; ++round) {
        HistoryRecord counter = history({});
        std::int64_t second = 0;
        for (int i = 0; i < 50; ++i) {
            second += below(10) == 0 ? below(20) - 10 : 1;
            std::optional<std::uint64_t> value;
            if (below(10) != 0)
                value = static_cast<std::uint64_t>(below(1000));
            counter.points.push_back({at(second), value});
        }
        Moment before = Moment::min();
        for (const Line& line :
             {increases(counter), cumulative(counter), hitRateByRequests(counter, counter, seconds(5))}) {
            before = Moment::min();
            for (const LinePoint& point : line) {
                QVERIFY(point.at > before);
                QVERIFY(point.isGap() || point.value >= 0);
                before = point.at;
            }
        }
    }
}

void SeriesTest::levelsKeepGaps()
{
    QCOMPARE(text(levels(history({{0, 5}, {1, 4}, {2, {}}, {3, 7}}))), QStringLiteral("0:5 1:4 2:gap 3:7"));
    QCOMPARE(text(levels(history({{0, 5}, {9, 4}}))), QStringLiteral("0:5 1:gap 9:4"));
    QCOMPARE(text(levels(history({}))), QString());
}

void SeriesTest::sumsGoOnOverGapsAndResets()
{
    QCOMPARE(text(cumulative(history({{0, 100}, {1, 110}, {2, 110}}))), QStringLiteral("0:0 1:10 2:10"));
    QCOMPARE(text(cumulative(history({{0, 100}, {9, 150}}))), QStringLiteral("0:0 1:gap 9:50"));
    QCOMPARE(text(cumulative(history({{0, 100}, {1, 110}, {2, 4}, {3, 5}}))), QStringLiteral("0:0 1:10 2:14 3:15"));
    QCOMPARE(text(cumulative(history({{0, 100}, {1, {}}, {2, 105}}))), QStringLiteral("0:0 1:gap 2:5"));
}

void SeriesTest::fewRequestsHaveNoHitRate()
{
    QVERIFY(!hitRate(0, 0));
    QVERIFY(!hitRate(19, 0));
    QCOMPARE(hitRate(20, 0).value_or(-1), 1.0);
    QCOMPARE(hitRate(0, 20).value_or(-1), 0.0);
    QCOMPARE(hitRate(15, 5).value_or(-1), 0.75);
    const HistoryRecord hits = history({{0, 0}, {1, 19}, {2, 34}});
    const HistoryRecord misses = history({{0, 0}, {1, 0}, {2, 5}});
    QCOMPARE(text(hitRateByRequests(hits, misses, seconds(1))), QStringLiteral("2:0.75"));
}

void SeriesTest::hitRatesLookBackOverTheirWindow()
{
    const HistoryRecord hits = history({{0, 0}, {1, 10}, {2, 20}, {3, 20}, {4, 20}});
    const HistoryRecord misses = history({{0, 0}, {1, 0}, {2, 0}, {3, 10}, {4, 20}});
    QCOMPARE(text(hitRateByRequests(hits, misses, seconds(2))), QStringLiteral("2:1 3:0.5 4:0"));
}

void SeriesTest::hitRatesNeedBothCounters()
{
    const HistoryRecord hits = history({{0, 0}, {1, 30}, {2, 60}, {3, 90}});
    const HistoryRecord misses = history({{0, 0}, {1, 10}, {3, 20}});
    QCOMPARE(text(hitRateByRequests(hits, misses, seconds(1))), QStringLiteral("1:0.75 2:gap"));
    QCOMPARE(text(hitRateByRequests(hits, history({}), seconds(1))), QString());
}

void SeriesTest::bytesAreCountedApartFromRequests()
{
    const HistoryRecord hits = history({{0, 0}, {1, 10}, {2, 40}, {3, 80}});
    const HistoryRecord misses = history({{0, 0}, {1, 0}, {2, 10}, {3, 80}});
    const HistoryRecord saved = history({{0, 0}, {1, 500}, {2, 600}, {3, 600}});
    const HistoryRecord fetched = history({{0, 0}, {1, 0}, {2, 300}, {3, 300}});
    // The first step has too few requests, the last moved no bytes.
    QCOMPARE(text(hitRateByBytes(saved, fetched, hits, misses, seconds(1))), QStringLiteral("2:0.25 3:gap"));
}

void SeriesTest::extentSeesOnlyItsRange()
{
    const Line line{{at(0), 9}, {at(1), 2}, {at(2), gap}, {at(3), 5}, {at(4), -1}};
    QCOMPARE(extent(line, at(1), at(3)), std::make_optional(std::pair(2.0, 5.0)));
    QVERIFY(!extent(line, at(2), at(2)));
    QVERIFY(!extent({}, at(0), at(9)));
}

void SeriesTest::aSpikeAmongManyPointsSurvives()
{
    constexpr int count = 100'000;
    for (const int place : {0, 1, 49'999, 77'777, count - 1}) {
        Line line;
        for (int i = 0; i < count; ++i)
            line.push_back({at(i), i == place ? 1e6 : 1.0});
        const std::vector<PixelColumn> columns = decimate(line, at(0), at(count - 1), 900);
        QCOMPARE(columns.size(), 900U);
        QCOMPARE(
            std::count_if(columns.begin(), columns.end(), [](const PixelColumn& each) { return each.high == 1e6; }), 1);
    }
}

void SeriesTest::everyColumnHasItsExtremes()
{
    std::mt19937 random(3);
    Line line;
    for (int i = 0; i < 10'000; ++i)
        line.push_back({at(i), static_cast<double>(random() % 1000)});
    const std::vector<PixelColumn> columns = decimate(line, at(0), at(9'999), 100);
    double low = 1e9;
    double high = 0;
    int before = -1;
    for (const PixelColumn& column : columns) {
        QVERIFY(column.x > before && column.x < 100);
        QVERIFY(column.low <= column.first && column.first <= column.high);
        QVERIFY(column.low <= column.last && column.last <= column.high);
        QCOMPARE(column.isConnected, before >= 0);
        before = column.x;
        low = std::min(low, column.low);
        high = std::max(high, column.high);
    }
    QCOMPARE(extent(line, at(0), at(9'999)), std::make_optional(std::pair(low, high)));
}

void SeriesTest::gapsBreakTheLine()
{
    const Line line{{at(0), 1}, {at(1), 2}, {at(2), gap}, {at(3), 3}, {at(4), 4}};
    const std::vector<PixelColumn> expected{
        {0, 1, 1, 1, 1, false}, {1, 2, 2, 2, 2, true}, {3, 3, 3, 3, 3, false}, {4, 4, 4, 4, 4, true}};
    QCOMPARE(decimate(line, at(0), at(4), 5), expected);
}

void SeriesTest::nothingIsDrawnOfNothing()
{
    QVERIFY(decimate({}, at(0), at(4), 5).empty());
    QVERIFY(decimate(Line{{at(0), gap}}, at(0), at(4), 5).empty());
    QVERIFY(decimate(Line{{at(0), 1}}, at(0), at(4), 0).empty());
    QVERIFY(decimate(Line{{at(0), 1}}, at(4), at(0), 9).empty());
    QVERIFY(decimate(Line{{at(0), 1}}, at(1), at(4), 9).empty());
}

QTEST_GUILESS_MAIN(SeriesTest)
#include "series_test.moc"
