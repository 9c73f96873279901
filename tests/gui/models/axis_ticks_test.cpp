// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "models/axis_ticks.h"

#include <QDateTime>

using namespace layerhold::gui;

namespace {

constexpr double KiB = 1024;
constexpr double GiB = KiB * KiB * KiB;

Moment moment(const char* iso)
{
    return Moment(
        std::chrono::milliseconds(QDateTime::fromString(QString::fromLatin1(iso), Qt::ISODate).toMSecsSinceEpoch()));
}

QStringList labels(const char* from, const char* to, int most, const char* zone)
{
    QStringList texts;
    for (const TimeTick& tick : timeTicks(moment(from), moment(to), most, QTimeZone(zone)))
        texts += tick.startsDay ? QStringLiteral("[%1]").arg(tick.label) : tick.label;
    return texts;
}

} // namespace

class AxisTicksTest : public QObject
{
    Q_OBJECT

private slots:
    void valuesAreRound_data();
    void valuesAreRound();
    void ticksReachTheHighest();
    void powersAreEven_data();
    void powersAreEven();
    void powersReachBothEnds();
    void timesAreRoundOnTheWall_data();
    void timesAreRoundOnTheWall();
    void timesStayWithinRangeAndNumber();
};

void AxisTicksTest::valuesAreRound_data()
{
    QTest::addColumn<std::vector<double>>("ticks");
    QTest::addColumn<std::vector<double>>("expected");
    using Values = std::vector<double>;
    QTest::newRow("counts") << countTicks(90, 6) << Values{0, 20, 40, 60, 80, 100};
    QTest::newRow("few counts are whole") << countTicks(2, 6) << Values{0, 1, 2};
    QTest::newRow("nothing counted") << countTicks(0, 6) << Values{0, 1};
    QTest::newRow("not a number") << countTicks(std::numeric_limits<double>::quiet_NaN(), 6) << Values{0, 1};
    QTest::newRow("bytes") << byteTicks(900, 5) << Values{0, 256, 512, 768, 1024};
    QTest::newRow("GiB") << byteTicks(61.2 * GiB, 5) << Values{0, 16 * GiB, 32 * GiB, 48 * GiB, 64 * GiB};
    QTest::newRow("one byte") << byteTicks(1, 5) << Values{0, 1};
    QTest::newRow("ratio") << decimalTicks(1, 6) << Values{0, 0.2, 0.4, 0.6000000000000001, 0.8, 1};
}

void AxisTicksTest::valuesAreRound()
{
    QFETCH(std::vector<double>, ticks);
    QFETCH(std::vector<double>, expected);
    QCOMPARE(ticks, expected);
}

void AxisTicksTest::ticksReachTheHighest()
{
    for (double highest = 0.001; highest < 1e19; highest *= 1.37) {
        for (const int most : {2, 3, 5, 8}) {
            for (const std::vector<double>& ticks :
                 {countTicks(highest, most), byteTicks(highest, most), decimalTicks(highest, most)}) {
                QVERIFY(ticks.size() >= 2 && ticks.size() <= static_cast<std::size_t>(most) + 1);
                QVERIFY(ticks.front() == 0 && ticks.back() >= highest * (1 - 1e-9));
            }
        }
    }
}

void AxisTicksTest::powersAreEven_data()
{
    QTest::addColumn<std::vector<double>>("ticks");
    QTest::addColumn<std::vector<double>>("expected");
    using Values = std::vector<double>;
    constexpr double day = 86400;
    constexpr double year = 365.25 * day;
    QTest::newRow("all sizes") << logByteTicks(1, 2 * GiB, 5) << Values{1, KiB, KiB * KiB, GiB, GiB * KiB};
    QTest::newRow("few sizes") << logByteTicks(1000, 3000, 5) << Values{512, 1024, 2048, 4096};
    QTest::newRow("one size") << logByteTicks(1024, 1024, 5) << Values{1024, 2048};
    QTest::newRow("no size") << logByteTicks(0, 0, 5) << Values{1, 2};
    QTest::newRow("no number") << logByteTicks(std::numeric_limits<double>::quiet_NaN(), 0, 5) << Values{1, 2};
    QTest::newRow("days") << logTimeTicks(2 * day, 40 * day) << Values{day, 7 * day, 30 * day, year / 4};
    QTest::newRow("one length") << logTimeTicks(day, day) << Values{day, 7 * day};
    QTest::newRow("no length") << logTimeTicks(0, 0) << Values{1, 10};
    QTest::newRow("longer than anybody lives") << logTimeTicks(1e15, 1e18) << Values{30 * year, 100 * year};
}

void AxisTicksTest::powersAreEven()
{
    QFETCH(std::vector<double>, ticks);
    QFETCH(std::vector<double>, expected);
    QCOMPARE(ticks, expected);
}

void AxisTicksTest::powersReachBothEnds()
{
    for (double lowest = 1; lowest < 1e19; lowest *= 37) {
        for (double highest = lowest; highest < 1e19; highest *= 11) {
            for (const int most : {0, 2, 4, 9}) {
                const std::vector<double> ticks = logByteTicks(lowest, highest, most);
                QVERIFY(ticks.size() >= 2 && ticks.size() <= std::max<std::size_t>(static_cast<std::size_t>(most), 4));
                QVERIFY(ticks.front() <= lowest && ticks.back() >= highest);
            }
        }
    }
}

void AxisTicksTest::timesAreRoundOnTheWall_data()
{
    QTest::addColumn<QStringList>("ticks");
    QTest::addColumn<QString>("expected");
    QTest::newRow("seconds") << labels("2026-03-02T10:42:03Z", "2026-03-02T10:42:21Z", 5, "UTC")
                             << "10:42:05 10:42:10 10:42:15 10:42:20";
    QTest::newRow("hours") << labels("2026-03-01T22:30:00Z", "2026-03-02T13:00:00Z", 6, "UTC")
                           << "[2 Mar] 03:00 06:00 09:00 12:00";
    QTest::newRow("days are local") << labels("2026-03-01T12:00:00Z", "2026-03-04T12:00:00Z", 4, "Asia/Tokyo")
                                    << "[2 Mar] [3 Mar] [4 Mar]";
    QTest::newRow("a zone of half hours")
        << labels("2026-03-01T18:00:00Z", "2026-03-01T20:35:00Z", 3, "Asia/Kolkata") << "[2 Mar] 01:00 02:00";
    // 2026-03-29: at 02:00 the clock of Berlin goes to 03:00.
    QTest::newRow("a day of 23 hours") << labels("2026-03-28T23:00:00Z", "2026-03-29T04:00:00Z", 6, "Europe/Berlin")
                                       << "[29 Mar] 01:00 03:00 04:00 05:00 06:00";
    // 2026-10-25: at 03:00 it goes back to 02:00.
    QTest::newRow("a day of 25 hours") << labels("2026-10-24T22:00:00Z", "2026-10-25T03:00:00Z", 6, "Europe/Berlin")
                                       << "[25 Oct] 01:00 02:00 02:00 03:00 04:00";
    QTest::newRow("days over both") << labels("2026-03-28T12:00:00Z", "2026-03-31T12:00:00Z", 4, "Europe/Berlin")
                                    << "[29 Mar] [30 Mar] [31 Mar]";
    // 2026-09-06 begins at 01:00 in Chile.
    QTest::newRow("a day without a midnight")
        << labels("2026-09-05T20:00:00Z", "2026-09-06T12:00:00Z", 4, "America/Santiago") << "18:00 [6 Sep] 06:00";
    QTest::newRow("weeks start on Monday")
        << labels("2026-03-01T00:00:00Z", "2026-03-28T00:00:00Z", 5, "UTC") << "[2 Mar] [9 Mar] [16 Mar] [23 Mar]";
    QTest::newRow("months") << labels("2025-11-15T00:00:00Z", "2026-03-02T00:00:00Z", 5, "UTC")
                            << "[2025-12] [2026-01] [2026-02] [2026-03]";
    QTest::newRow("years") << labels("2020-06-01T00:00:00Z", "2026-03-02T00:00:00Z", 8, "UTC")
                           << "[2021-01] [2022-01] [2023-01] [2024-01] [2025-01] [2026-01]";
    QTest::newRow("no range") << labels("2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z", 8, "UTC") << "";
}

void AxisTicksTest::timesAreRoundOnTheWall()
{
    QFETCH(QStringList, ticks);
    QFETCH(QString, expected);
    QCOMPARE(ticks.join(QLatin1Char(' ')), expected);
}

void AxisTicksTest::timesStayWithinRangeAndNumber()
{
    const Moment from = moment("2026-03-27T05:17:31Z");
    const QTimeZone zone("Europe/Berlin");
    for (std::int64_t length = 3; length < 400'000'000; length = length * 3 / 2) {
        const Moment to = from + std::chrono::seconds(length);
        const std::vector<TimeTick> ticks = timeTicks(from, to, 8, zone);
        QVERIFY(!ticks.empty() || length < 4);
        QVERIFY(ticks.size() <= 10);
        Moment before = Moment::min();
        for (const TimeTick& tick : ticks) {
            QVERIFY(tick.at >= from && tick.at <= to && tick.at > before);
            before = tick.at;
        }
    }
}

QTEST_GUILESS_MAIN(AxisTicksTest)
#include "axis_ticks_test.moc"
