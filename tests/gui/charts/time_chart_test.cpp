// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/time_chart.h"
#include "gui/charts/chart_fixtures.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QWheelEvent>

#include <limits>
#include <random>

namespace {

using namespace layerhold::gui;
using namespace layerhold::gui::test;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

class TimeChartTest : public QObject
{
    Q_OBJECT

private:
    /// Three points a minute apart: 1, 2, 3; and 3, unknown, 1.
    static std::vector<ChartSeries> two()
    {
        const auto at = [](int minute) { return noon + minutes(minute); };
        return {{"hits", {{at(0), 1}, {at(1), 2}, {at(2), 3}}}, {"misses", {{at(0), 3}, {at(1), gap}, {at(2), 1}}}};
    }

private slots:

    void arrowsMoveTheCrosshairPointByPoint()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + minutes(2)});
        TimeChart chart(&axis);
        chart.setTitle("Requests");
        chart.setFormat(format());
        chart.setSeries(two(), "count");
        present(chart, {600, 300});
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(axis.crosshair(), std::optional(noon));
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(axis.crosshair(), std::optional(noon + minutes(1)));
        QCOMPARE(chart.itemValue(chart.currentItem()), QString("hits: 2; misses: %1").arg(unknownText()));
        QTest::keyClick(&chart, Qt::Key_End);
        QCOMPARE(axis.crosshair(), std::optional(noon + minutes(2)));
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(axis.crosshair(), std::optional(noon + minutes(2)));
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(axis.crosshair(), std::optional(noon + minutes(1)));
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!axis.crosshair());
    }

    void assistiveTechnologySeesSeriesAndPoints()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + minutes(2)});
        TimeChart chart(&axis);
        chart.setTitle("Requests");
        chart.setFormat(format());
        chart.setSeries(two(), "count");
        chart.setMarks({{.at = noon + seconds(30), .label = "Cleanup"}});
        present(chart, {600, 300});
        checkAccessible(chart);
        QAccessibleInterface* root = QAccessible::queryAccessibleInterface(&chart);
        QCOMPARE(root->text(QAccessible::Name), QString("Requests"));
        QCOMPARE(root->childCount(), 2 + 1 + 3);
        QCOMPARE(root->child(0)->text(QAccessible::Name), QString("hits"));
        QCOMPARE(root->child(0)->text(QAccessible::Value), QString("last 3, lowest 1, highest 3"));
        QCOMPARE(root->child(2)->text(QAccessible::Name), QString("Cleanup"));
        QCOMPARE(focusedName(chart), QString());
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(focusedName(chart), QString("2026-03-02 12:00:00"));
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(focusedName(chart), QString("2026-03-02 12:01:00"));
        QCOMPARE(root->childAt(root->child(4)->rect().center().x(), root->child(4)->rect().center().y()),
                 root->child(4));
    }

    void chartsOnOneAxisShareCrosshairAndRange()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + minutes(2)});
        TimeChart above(&axis);
        TimeChart below(&axis);
        for (TimeChart* chart : {&above, &below}) {
            chart->setSeries(two(), "count");
        }
        below.resize(600, 300);
        present(above, {600, 300});
        const QImage before = pictureOf(below, lightLook());
        QTest::keyClick(&above, Qt::Key_Right);
        QTest::keyClick(&above, Qt::Key_Right);
        QVERIFY(pictureOf(below, lightLook()) != before);
        QTest::keyClick(&above, Qt::Key_Plus);
        QVERIFY(axis.range().length() < minutes(2));
        QTest::keyClick(&above, Qt::Key_0);
        QCOMPARE(axis.range().length(), minutes(2));
    }

    void draggingSelectsARange()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + minutes(2)});
        TimeChart chart(&axis);
        chart.setSeries(two(), "count");
        present(chart, {600, 300});
        QSignalSpy selected(&axis, &TimeAxis::selectionChanged);
        QTest::mousePress(&chart, Qt::LeftButton, {}, {350, 150});
        QTest::mouseMove(&chart, {250, 150});
        QTest::mouseRelease(&chart, Qt::LeftButton, {}, {250, 150});
        QCOMPARE(selected.count(), 1);
        QVERIFY(axis.selection());
        const TimeRange range = *axis.selection();
        QVERIFY(noon < range.from);
        QVERIFY(range.from < range.to);
        // Whoever writes the ends down as seconds means the same.
        QCOMPARE(range.from, std::chrono::floor<seconds>(range.from));
        QCOMPARE(range.to, std::chrono::floor<seconds>(range.to));
        QTest::mouseClick(&chart, Qt::LeftButton, {}, {300, 150});
        QCOMPARE(axis.crosshair(), std::optional(noon + minutes(1)));
        QCOMPARE(axis.selection(), std::optional(range));
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!axis.selection());
    }

    void aSelectionIsSeenOnAllChartsWhereItIs()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + hours(1)});
        TimeChart chart(&axis);
        chart.setSeries({{"hits", wave(60, 10, 2, minutes(1))}}, "count");
        chart.resize(600, 300);
        const QImage all = pictureOf(chart, lightLook());
        axis.setSelection(noon + minutes(10), noon + minutes(20));
        QVERIFY(pictureOf(chart, lightLook()) != all);
        axis.clearSelection();
        axis.setRange({noon + minutes(30), noon + minutes(40)});
        const QImage elsewhere = pictureOf(chart, lightLook());
        axis.setSelection(noon + minutes(10), noon + minutes(20));
        QCOMPARE(pictureOf(chart, lightLook()), elsewhere);
    }

    void plotsOfOneAxisStandInOneLine()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + minutes(2)});
        TimeChart chart(&axis);
        chart.setFormat(format());
        chart.setSeries(two(), "count");
        const auto ends = [](const TimeChart& of) { return std::pair(of.itemRect(2).left(), of.itemRect(4).left()); };
        present(chart, {600, 300});
        const auto alone = ends(chart);
        {
            TimeChart wide(&axis);
            wide.setFormat(format());
            std::vector<ChartSeries> series = two();
            series[0].name = "what has a long name";
            series[0].line.front().value = 123'456'789'012.0;
            wide.setSeries(series, "count");
            present(wide, {600, 300});
            QCOMPARE(ends(wide), ends(chart));
            QVERIFY(ends(chart).first > alone.first);
            QVERIFY(ends(chart).second < alone.second);
            // What shows no plot needs no room.
            wide.setNotice("Not reported by this service");
            QCOMPARE(ends(chart), alone);
            wide.setNotice({});
            QVERIFY(ends(chart) != alone);
        }
        QCOMPARE(ends(chart), alone);
    }

    void shiftAndArrowsSelectARange()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + minutes(2)});
        TimeChart chart(&axis);
        chart.setSeries(two(), "count");
        present(chart, {600, 300});
        QTest::keyClick(&chart, Qt::Key_Home);
        QTest::keyClick(&chart, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(axis.selection(), std::optional(TimeRange{noon, noon + minutes(1)}));
        // Back where it began there is nothing between.
        QTest::keyClick(&chart, Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(!axis.selection());
        QTest::keyClick(&chart, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(axis.range(), (TimeRange{noon, noon + minutes(1)}));
        QCOMPARE(axis.selection(), std::optional(TimeRange{noon, noon + minutes(1)}));
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!axis.selection());
    }

    void wheelZoomsAroundThePointer()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + hours(1)});
        TimeChart chart(&axis);
        chart.setSeries({{"hits", wave(60, 10, 2, minutes(1))}}, "count");
        present(chart, {600, 300});
        const QPoint place(300, 150);
        QWheelEvent in(place, chart.mapToGlobal(place), {}, {0, 120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&chart, &in);
        QVERIFY(in.isAccepted());
        QCOMPARE(axis.range().length(), minutes(48));
        QVERIFY(axis.range().from > noon && axis.range().to < noon + hours(1));
        for (int turn = 0; turn < 100; ++turn) {
            QWheelEvent more(place, chart.mapToGlobal(place), {}, {0, 120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
            QApplication::sendEvent(&chart, &more);
        }
        QCOMPARE(axis.range().length(), seconds(1));
        QWheelEvent out(place, chart.mapToGlobal(place), {}, {0, -120000}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&chart, &out);
        QApplication::sendEvent(&chart, &out);
        QCOMPARE(axis.range().length(), hours(1));
    }

    void gapsStayGaps()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + minutes(10)});
        const auto at = [](int minute) { return noon + minutes(minute); };
        const Line line{{at(0), 5}, {at(3), 5}, {at(5), gap}, {at(7), 5}, {at(10), 5}};
        for (const ChartForm form : {ChartForm::Lines, ChartForm::Stacked}) {
            TimeChart chart(&axis);
            chart.setSeries({{"hits", line}}, "count", form);
            chart.resize(900, 300);
            const QImage picture = pictureOf(chart, lightLook());
            const QRect first = chart.itemRect(1 + 1);
            const QRect second = chart.itemRect(1 + 2);
            const QColor color = lightLook().series[0];
            QVERIFY(hasColor(picture, color, QRect(first.center().x() - 40, 0, 36, 300)));
            QVERIFY(hasColor(picture, color, QRect(second.center().x() + 4, 0, 36, 300)));
            QVERIFY(!hasColor(picture, color,
                              QRect(QPoint(first.right() + 3, 0), QPoint(second.left() - 3, picture.height()))));
        }
    }

    void oneSpikeInAHundredThousandPointsIsSeen()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + seconds(100'000)});
        Line line;
        for (int index = 0; index < 100'000; ++index) {
            line.push_back({.at = noon + seconds(index), .value = index == 61'803 ? 1000.0 : 1.0});
        }
        TimeChart chart(&axis);
        chart.setSeries({{"requests", line}}, "count");
        chart.resize(900, 300);
        const QImage picture = pictureOf(chart, lightLook());
        const QRect peak = chart.itemRect(1 + 61'803);
        QVERIFY(!peak.isEmpty());
        QVERIFY(hasColor(picture, lightLook().series[0], QRect(peak.left(), peak.top(), peak.width(), 20)));
        QVERIFY(!hasColor(picture, lightLook().series[0], QRect(peak.left() - 60, peak.top(), 40, 20)));
    }

    void stackedAreasKnowNothingAboveAGap()
    {
        const auto sums = stacked(two());
        QCOMPARE(sums.size(), std::size_t(2));
        QCOMPARE(sums[1][0].value, 4.0);
        QVERIFY(sums[1][1].isGap());
        QCOMPARE(sums[1][2].value, 4.0);
        // A point that only one of them has breaks what lies on it.
        const auto uneven = stacked({{"a", {{noon, 1}, {noon + minutes(1), 1}}}, {"b", {{noon, 2}}}});
        QCOMPARE(uneven[1].size(), std::size_t(2));
        QVERIFY(uneven[1][1].isGap());
    }

    void whatIsNotKnownIsSaid()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + minutes(2)});
        TimeChart chart(&axis);
        chart.resize(600, 300);
        const QImage nothing = pictureOf(chart, lightLook());
        QVERIFY(hasColor(nothing, lightLook().dimmedText));
        chart.setSeries(two(), "count");
        QCOMPARE(chart.itemCount(), 5);
        chart.setNotice("Not reported by this server");
        QCOMPARE(chart.itemCount(), 0);
        const QImage notice = pictureOf(chart, lightLook());
        QVERIFY(!hasColor(notice, lightLook().series[0]));
        QCOMPARE(QAccessible::queryAccessibleInterface(&chart)->text(QAccessible::Description),
                 QString("Not reported by this server"));
    }

    void anotherPaletteLeavesNoOldColour()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + minutes(2)});
        TimeChart chart(&axis);
        chart.setSeries(two(), "count", ChartForm::Stacked);
        chart.resize(600, 300);
        checkPaletteSwitch(chart, {lightLook().base, lightLook().series[0], lightLook().text},
                           {darkLook().base, darkLook().series[0], darkLook().text});
    }

    void endLabelsLeaveTheTimesAlone()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + hours(1)});
        TimeChart chart(&axis);
        chart.setSeries({{"hits", wave(60, 0, 0, minutes(1))}, {"misses", wave(60, 0, 0, minutes(1))}}, "count");
        chart.resize(600, 300);
        const int times = chart.height() - chart.fontMetrics().height();
        for (const int series : {0, 1}) {
            QVERIFY(!chart.itemRect(series).isEmpty());
            QVERIFY(chart.itemRect(series).bottom() <= times);
        }
    }

    void endLabelsKeepApart()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + hours(1)});
        std::vector<ChartSeries> series;
        for (int number = 0; number < 6; ++number) {
            series.push_back({QString("series %1").arg(number), wave(60, 10 + 0.01 * number, 2, minutes(1))});
        }
        TimeChart chart(&axis);
        chart.setSeries(series, "count");
        chart.resize(600, 300);
        for (int one = 0; one < 6; ++one) {
            QVERIFY(chart.rect().contains(chart.itemRect(one)));
            for (int other = 0; other < one; ++other) {
                QVERIFY(chart.itemRect(one).intersected(chart.itemRect(other)).height() <= 1);
            }
        }
    }

    void fiveBusySeriesArePaintedInTime()
    {
        std::mt19937 random(1); // NOLINT: the same picture each time
        std::uniform_real_distribution<double> value(0, 100);
        std::vector<ChartSeries> series(5);
        for (ChartSeries& one : series) {
            one.name = "latency";
            for (int index = 0; index < 100'000; ++index) {
                one.line.push_back({.at = noon + seconds(index), .value = value(random)});
            }
        }
        TimeAxis axis;
        axis.setBounds({noon, noon + seconds(100'000)});
        TimeChart chart(&axis);
        chart.setSeries(series, "count");
        chart.resize(900, 300);
        pictureOf(chart, lightLook());
        double best = 1e9;
        for (int round = 0; round < 5; ++round) {
            chart.setPalette(toQPalette(round % 2 == 0 ? darkLook() : lightLook()));
            QElapsedTimer timer;
            timer.start();
            QVERIFY(!chart.grab().isNull());
            best = std::min(best, static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }
        qInfo("5 series of 100000 points at 900x300: %.1f ms", best);
    }
};

} // namespace

QTEST_MAIN(TimeChartTest)
#include "time_chart_test.moc"
