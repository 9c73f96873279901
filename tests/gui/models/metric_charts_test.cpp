// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "models/metric_charts.h"
#include "models/metric_table.h"
#include "models/table_roles.h"

#include <QAbstractItemModelTester>

#include <algorithm>
#include <initializer_list>

namespace layerhold::gui::test {

namespace {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

constexpr Moment noon{std::chrono::hours(500'004)};

struct Sample
{
    std::chrono::seconds after;
    std::optional<std::uint64_t> value;
};

HistoryRecord historyOf(const char* series, const char* unit, const char* kind, std::initializer_list<Sample> samples)
{
    HistoryRecord record{series, unit, kind, 60s, {}};
    for (const Sample& sample : samples)
        record.points.push_back({noon + sample.after, sample.value});
    return record;
}

MetricHistory historyWith(std::initializer_list<HistoryRecord> records)
{
    MetricHistory history{.step = 60s};
    for (const HistoryRecord& record : records) {
        history.metrics.metrics.push_back({record.series, record.unit, record.kind, "What it is.", true, 1.0});
        history.series[record.series] = record;
    }
    return history;
}

const MetricChart& chartOf(const std::vector<MetricChart>& charts, const char* id)
{
    const auto found = std::ranges::find(charts, id, &MetricChart::id);
    if (found == charts.end())
        qFatal("there is no chart %s", id);
    return *found;
}

Format utc()
{
    return Format({.locale = QLocale::c(), .zone = QTimeZone::utc(), .now = [] { return noon; }});
}

} // namespace

/// What is drawn, listed and exported of the metrics.
class MetricChartsTest final : public QObject
{
    Q_OBJECT

private slots:
    void gains_data();
    void gains();
    void noChartMakesUpNumbers();
    void hitRatesAreHiddenUnderTwentyRequests();
    void gapsStayGaps();
    void seriesOfANewerServiceGetTheirOwnChart();
    void csvHasAllNumbers();
    void tableHasTheSameNumbers();
    void tableStaysConsistent();
    void theOrderOutlivesItsColumn();
};

void MetricChartsTest::gains_data()
{
    QTest::addColumn<HistoryRecord>("history");
    QTest::addColumn<double>("gain"); // -1: not known
    const auto counter = [](std::initializer_list<Sample> samples) {
        return historyOf("bytes_served", "bytes", "counter", samples);
    };
    QTest::newRow("nothing") << counter({}) << -1.0;
    QTest::newRow("one sample") << counter({{0s, 500}}) << -1.0;
    QTest::newRow("samples that know nothing") << counter({{0s, std::nullopt}, {60s, std::nullopt}}) << -1.0;
    QTest::newRow("grows") << counter({{0s, 500}, {60s, 700}, {120s, 701}}) << 201.0;
    QTest::newRow("stands") << counter({{0s, 500}, {60s, 500}}) << 0.0;
    QTest::newRow("goes on over a gap") << counter({{0s, 500}, {600s, 900}}) << 400.0;
    QTest::newRow("was reset") << counter({{0s, 500}, {60s, 600}, {120s, 30}}) << 130.0;
    QTest::newRow("the clock was set back") << counter({{0s, 500}, {60s, 600}, {30s, 100}, {120s, 650}}) << 150.0;
}

void MetricChartsTest::gains()
{
    QFETCH(const HistoryRecord, history);
    QFETCH(const double, gain);
    const auto found = gainOf(history);
    QCOMPARE(found.has_value(), gain >= 0);
    if (!found)
        return;
    QCOMPARE(found->amount, gain);
    QCOMPARE(found->from, noon);
    QVERIFY(found->to > found->from);
}

void MetricChartsTest::noChartMakesUpNumbers()
{
    for (const MetricChart& chart : metricCharts(MetricHistory{})) {
        QVERIFY2(chart.lines.empty(), chart.id.c_str());
        QVERIFY(!chart.title.isEmpty());
    }
    const auto charts = metricCharts(historyWith({historyOf("bytes_served", "bytes", "counter", {})}));
    QCOMPARE(chartOf(charts, "traffic").lines.size(), std::size_t(1));
    QVERIFY(chartOf(charts, "traffic").lines.front().line.empty());
    QVERIFY(chartOf(charts, "hit_rate").lines.empty());
}

void MetricChartsTest::hitRatesAreHiddenUnderTwentyRequests()
{
    const auto charts = metricCharts(historyWith(
        {historyOf("hits", "count", "counter", {{0s, 0}, {60s, 9}, {120s, 15}, {180s, 19}}),
         historyOf("misses", "count", "counter", {{0s, 0}, {60s, 2}, {120s, 4}, {180s, 5}}),
         historyOf("bytes_not_downloaded", "bytes", "counter", {{0s, 0}, {60s, 300}, {120s, 600}, {180s, 900}}),
         historyOf("bytes_downloaded", "bytes", "counter", {{0s, 0}, {60s, 100}, {120s, 200}, {180s, 300}})}));
    const MetricChart& rates = chartOf(charts, "hit_rate");
    QCOMPARE(rates.unit, std::string("ratio"));
    QCOMPARE(rates.lines.size(), std::size_t(2));
    const auto known = [](const Line& line) {
        std::vector<std::pair<Moment, double>> points;
        for (const LinePoint& point : line)
            if (!point.isGap())
                points.emplace_back(point.at, point.value);
        return points;
    };
    // 9 + 2 and 15 + 4 requests are too few; 19 + 5 are enough.
    const std::vector<std::pair<Moment, double>> bytes{{noon + 180s, 0.75}};
    const std::vector<std::pair<Moment, double>> requests{{noon + 180s, 19.0 / 24}};
    QCOMPARE(rates.lines[0].id, std::string("hit_rate_by_bytes"));
    QVERIFY(known(rates.lines[0].line) == bytes);
    QVERIFY(known(rates.lines[1].line) == requests);
}

void MetricChartsTest::gapsStayGaps()
{
    const auto charts = metricCharts(
        historyWith({historyOf("bytes_stored", "bytes", "gauge", {{0s, 5}, {60s, 6}, {600s, 7}, {660s, std::nullopt}}),
                     historyOf("errors", "count", "counter", {{0s, 5}, {60s, 6}, {120s, 1}, {600s, 7}, {660s, 9}})}));
    const Line& stored = chartOf(charts, "store").lines.front().line;
    QCOMPARE(std::ranges::count_if(stored, &LinePoint::isGap), 2);
    QVERIFY(stored[2].isGap() && stored[2].at < noon + 600s);
    const Line& errors = chartOf(charts, "trouble").lines.front().line;
    std::vector<double> increases;
    for (const LinePoint& point : errors)
        if (!point.isGap())
            increases.push_back(point.value);
    // Nothing is negative, and what came after ten minutes is not told as that of one.
    QCOMPARE(increases, (std::vector<double>{1, 2}));
}

void MetricChartsTest::seriesOfANewerServiceGetTheirOwnChart()
{
    const auto charts = metricCharts(historyWith({historyOf("a\nwish", "nanoseconds", "gauge", {{0s, 5}}),
                                                  historyOf("zeal", "count", "counter", {{0s, 5}, {60s, 9}})}));
    QCOMPARE(chartOf(charts, "a\nwish").title, u"a␊wish"_s);
    QCOMPARE(chartOf(charts, "a\nwish").unit, std::string("nanoseconds"));
    QCOMPARE(chartOf(charts, "zeal").title, u"zeal per minute"_s);
    QCOMPARE(chartOf(charts, "zeal").lines.front().line.back().value, 4.0);
}

void MetricChartsTest::csvHasAllNumbers()
{
    const std::vector<MetricChart> charts{
        {.id = "store",
         .title = u"Stored"_s,
         .unit = "bytes",
         .lines = {{.id = "bytes_stored", .name = u"Stored"_s, .line = {{noon, 5e12}, {noon + 60s}}}}},
        {.id = "hit_rate",
         .title = u"Hit rate"_s,
         .unit = "ratio",
         .lines = {{.id = "by \"bytes\"", .name = u"By bytes"_s, .line = {{noon + 60s, 0.25}}}}}};
    QCOMPARE(metricsCsv(charts),
             QByteArray("time,\"store.bytes_stored [bytes]\",\"hit_rate.by \"\"bytes\"\" [ratio]\"\r\n"
                        "2027-01-15T12:00:00Z,5000000000000,\r\n"
                        "2027-01-15T12:01:00Z,,0.2500\r\n"));
    QCOMPARE(metricsCsv({}), QByteArray("time\r\n"));
}

void MetricChartsTest::tableHasTheSameNumbers()
{
    MetricTable table(utc());
    table.setCharts(
        metricCharts(historyWith({historyOf("bytes_stored", "bytes", "gauge", {{0s, 1024}, {60s, 2048}, {120s, 512}}),
                                  historyOf("entries_stored", "count", "gauge", {{60s, 7}})})));
    QCOMPARE(table.rowCount(), 3);
    QCOMPARE(table.columnCount(), 3);
    QCOMPARE(table.headerData(1, Qt::Horizontal).toString(), u"Stored bytes: Stored"_s);
    const auto row = [&table](int number) {
        QStringList cells;
        for (int column = 0; column < table.columnCount(); ++column)
            cells += table.index(number, column).data().toString();
        return cells.join(u" | "_s);
    };
    QCOMPARE(row(0), u"2027-01-15 12:02:00 | 512 B | –"_s);
    QCOMPARE(row(1), u"2027-01-15 12:01:00 | 2.0 KiB | 7"_s);
    QCOMPARE(table.index(1, 1).data(CopyRole).toString(), u"2048"_s);
    table.sort(1, Qt::AscendingOrder);
    QCOMPARE(row(0), u"2027-01-15 12:02:00 | 512 B | –"_s);
    table.sort(2, Qt::AscendingOrder);
    QCOMPARE(table.index(2, 2).data().toString(), u"7"_s);
}

void MetricChartsTest::tableStaysConsistent()
{
    MetricTable table(utc());
    QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::Fatal);
    table.setCharts(metricCharts(historyWith({historyOf("bytes_stored", "bytes", "gauge", {{0s, 1}, {60s, 2}})})));
    table.sort(1, Qt::DescendingOrder);
    table.setFilter([](const MetricRow& row) { return row.at > noon; });
    QCOMPARE(table.rowCount(), 1);
    table.setFilter({});
    table.setCharts(metricCharts(historyWith({historyOf("errors", "count", "counter", {{0s, 1}, {60s, 2}, {600s, 3}}),
                                              historyOf("bytes_stored", "bytes", "gauge", {{0s, 1}})})));
    QCOMPARE(table.columnCount(), 3);
    table.setFormat(utc());
    table.setCharts({});
    QCOMPARE(table.rowCount(), 0);
    QCOMPARE(table.columnCount(), 1);
}

void MetricChartsTest::theOrderOutlivesItsColumn()
{
    MetricTable table(utc());
    const auto chartWith = [](int lines) {
        MetricChart chart{.id = "many", .title = u"Many"_s, .unit = "count"};
        for (int line = 0; line < lines; ++line)
            chart.lines.push_back({.name = QString::number(line), .line = {{noon, 1.0 * line}, {noon + 60s, 2.0}}});
        return std::vector<MetricChart>{chart};
    };
    // So many that what lies beyond the end of a row is not its neighbour.
    table.setCharts(chartWith(100'000));
    table.sort(100'000, Qt::AscendingOrder);
    table.setCharts(chartWith(1));
    QCOMPARE(table.columnCount(), 2);
    // By something that nobody knows: as they came.
    QCOMPARE(table.index(0, 0).data().toString(), u"2027-01-15 12:01:00"_s);
    table.setCharts(chartWith(100'000));
    QCOMPARE(table.index(0, 0).data().toString(), u"2027-01-15 12:01:00"_s);
    QCOMPARE(table.index(1, 100'000).data(CopyRole).toString(), u"99999"_s);
}

} // namespace layerhold::gui::test

QTEST_GUILESS_MAIN(layerhold::gui::test::MetricChartsTest)
#include "metric_charts_test.moc"
