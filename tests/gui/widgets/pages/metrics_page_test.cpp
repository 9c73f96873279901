// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/page_rig.h"
#include "models/table_roles.h"
#include "widgets/pages/metrics/chart_board.h"
#include "widgets/pages/metrics/range_box.h"
#include "widgets/pages/metrics/range_strip.h"
#include "widgets/pages/metrics_page.h"
#include "widgets/pages/overview_page.h"
#include "widgets/pages/overview_pages.h"
#include "widgets/pages/record_view.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QHeaderView>
#include <QImage>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>

#include <map>
#include <set>

namespace layerhold::gui::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Rig = PageRig<MetricsPage>;

bool isReady(const Rig& rig)
{
    return rig.stateKey() == QLatin1String("ready") && !rig.page->isAsking();
}

TimeChart& chart(const Rig& rig, const char* id)
{
    return *rig.page->board().chart(id);
}

int itemNamed(const TimeChart& chart, const QString& name)
{
    for (int item = 0; item < chart.itemCount(); ++item)
        if (chart.itemName(item) == name)
            return item;
    return PaintedWidget::noItem;
}

} // namespace

/// Charts of the metrics, and the table of the same numbers.
class MetricsPageTest final : public QObject
{
    Q_OBJECT

private slots:
    void chartsShowWhatWasRecorded();
    void timeAndCrosshairAreCommon();
    void plotsStandInOneLine();
    void aSelectionIsTheTimeRangeOfTheApp();
    void whatIsSelectedLeadsOn();
    void aSelectionEndsWithItsCache();
    void runsAreMarks();
    void theRangeChoosesTheStep_data();
    void theRangeChoosesTheStep();
    void aYoungCacheIsShownInFinerSteps();
    void theFormSwitchesByKey();
    void theTableHasTheNumbersOfTheCharts();
    void theTableKeepsItsPlaceWhenNumbersCome();
    void theTableKeepsWhatIsSelected();
    void theTableStaysInTheOrderOfItsLine();
    void exportsNumbersAndPicture();
    void asksAgainOnlyWhileInFrontAndLive();
    void zoomStaysWhenNumbersCome();
    void aSeriesThatFailsIsNamed();
    void whatIsNotReportedIsSaid();
    void tellsWhatHinders_data();
    void tellsWhatHinders();
    void nothingRecordedIsNoEmptyChart();
    void theRangeIsThatOfTheOverview();
    void everythingThatTakesTheFocusHasAName();
    void fitsIntoSmallWindows_data();
    void fitsIntoSmallWindows();
};

void MetricsPageTest::chartsShowWhatWasRecorded()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    const TimeChart& store = chart(rig, "store");
    const HistoryRecord recorded = rig.client.store->history("bytes_stored", 60s, Rig::noon - 24h);
    const Line& drawn = store.series().front().line;
    QCOMPARE(drawn.size(), recorded.points.size());
    for (std::size_t place = 0; place < drawn.size(); ++place) {
        QCOMPARE(drawn[place].at, recorded.points[place].at);
        QCOMPARE(drawn[place].value, static_cast<double>(*recorded.points[place].value));
    }
    QCOMPARE(chart(rig, "hit_rate").series().size(), std::size_t(2));
    // Whatever has a history is drawn somewhere.
    std::size_t lines = 0;
    for (const TimeChart* each : rig.page->board().charts())
        lines += each->series().size();
    const auto histories = std::ranges::count_if(rig.client.store->metrics.metrics, &MetricRecord::hasHistory);
    QVERIFY(lines >= static_cast<std::size_t>(histories));
}

void MetricsPageTest::timeAndCrosshairAreCommon()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    TimeAxis& axis = rig.page->board().axis();
    QCOMPARE(axis.bounds(), (TimeRange{Rig::noon - 24h, Rig::noon}));
    QVERIFY(QTest::qWaitForWindowActive(&rig.window));
    chart(rig, "store").setFocus();
    QTest::keyClick(&chart(rig, "store"), Qt::Key_Left);
    QVERIFY(axis.crosshair());
    // Another chart speaks of the same moment.
    chart(rig, "requests").setFocus();
    QTest::keyClick(&chart(rig, "requests"), Qt::Key_Left);
    QVERIFY(chart(rig, "requests").currentItem() != PaintedWidget::noItem);
    axis.setRange({Rig::noon - 2h, Rig::noon - 1h});
    rig.trigger("view.zoomReset");
    QCOMPARE(axis.range(), axis.bounds());
}

void MetricsPageTest::plotsStandInOneLine()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    const Format& format = rig.context.format();
    const QString day = format.date(Rig::noon - 6h).section(u' ', 0, 0);
    const QString moment = day + u' ' + format.clock(Rig::noon - 6h);
    const auto placesInColumns = [&] {
        std::map<int, std::set<int>> places;
        for (const TimeChart* each : rig.page->board().charts())
            if (const int item = itemNamed(*each, moment);
                item != PaintedWidget::noItem && !each->itemRect(item).isEmpty())
                places[each->x()].insert(each->itemRect(item).left());
        return places;
    };
    // Once they are laid out.
    QTRY_COMPARE_WITH_TIMEOUT(placesInColumns().size(), std::size_t(2), 20000);
    for (const auto& [column, places] : placesInColumns())
        QCOMPARE(places.size(), std::size_t(1));
}

void MetricsPageTest::aSelectionIsTheTimeRangeOfTheApp()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    TimeAxis& axis = rig.page->board().axis();
    const RangeStrip& strip = rig.page->rangeStrip();
    const QString hint = strip.text();
    QVERIFY(hint.contains(u"Shift"_s));
    // The page limits nothing yet: the key goes on to what it does everywhere.
    QVERIFY(!rig.page->clearFilter());

    const TimeRange range{Rig::noon - 2h, Rig::noon - 107min};
    axis.setSelection(range.from, range.to);
    QCOMPARE(rig.context.timeRange(), std::optional(range));
    QVERIFY(strip.text().contains(rig.context.format().span(range.from, range.to)));
    // New numbers leave it where it is.
    const int asked = rig.client.count(u"metrics"_s);
    rig.page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(rig.client.count(u"metrics"_s) > asked && !rig.page->isAsking(), 20000);
    QCOMPARE(rig.context.timeRange(), std::optional(range));

    rig.trigger("view.escape");
    QVERIFY(!axis.selection());
    QVERIFY(!rig.context.timeRange());
    QCOMPARE(strip.text(), hint);

    axis.setSelection(range.from, range.to);
    rig.page->findChild<QPushButton*>(u"rangeClear"_s)->click();
    QVERIFY(!rig.context.timeRange());

    // By keys alone.
    QVERIFY(QTest::qWaitForWindowActive(&rig.window));
    chart(rig, "store").setFocus();
    QTest::keyClick(&chart(rig, "store"), Qt::Key_Left);
    QTest::keyClick(&chart(rig, "store"), Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(rig.context.timeRange());
    QTest::keyClick(&chart(rig, "store"), Qt::Key_Escape);
    QVERIFY(!rig.context.timeRange());

    // Elsewhere it is taken away, too.
    axis.setSelection(range.from, range.to);
    rig.context.setTimeRange(std::nullopt);
    QVERIFY(!axis.selection());
}

void MetricsPageTest::whatIsSelectedLeadsOn()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    TimeAxis& axis = rig.page->board().axis();
    auto* zoom = rig.page->findChild<QPushButton*>(u"rangeZoom"_s);
    QVERIFY(!zoom->isVisible());
    const TimeRange range{Rig::noon - 2h, Rig::noon - 1h};
    axis.setSelection(range.from, range.to);
    QVERIFY(zoom->isVisible());
    zoom->click();
    QCOMPARE(axis.range(), range);
    QCOMPARE(axis.selection(), std::optional(range));
    QSignalSpy pages(&rig.context, &AppContext::pageRequested);
    rig.page->findChild<QPushButton*>(u"rangeEvents"_s)->click();
    rig.page->findChild<QPushButton*>(u"rangeEntries"_s)->click();
    QCOMPARE(pages.size(), 2);
    QCOMPARE(pages[0][0].toString(), u"events"_s);
    QCOMPARE(pages[1][0].toString(), u"entries"_s);
}

void MetricsPageTest::aSelectionEndsWithItsCache()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    rig.page->board().axis().setSelection(Rig::noon - 2h, Rig::noon - 1h);
    rig.loseService();
    QVERIFY(rig.context.timeRange());
    rig.window.showService({.name = u"another"_s, .text = {}, .client = nullptr, .hindrance = {}, .reason = {}});
    QVERIFY(!rig.context.timeRange());
}

void MetricsPageTest::runsAreMarks()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    const RunRecord& run = rig.client.store->runs.front();
    const QString label = u"Cleanup of "_s + rig.context.format().bytes(run.reportedBytes);
    const int item = itemNamed(chart(rig, "store"), label);
    QVERIFY(item != PaintedWidget::noItem);
    QCOMPARE(chart(rig, "store").itemValue(item), rig.context.format().date(run.startedAt));
    QVERIFY(itemNamed(chart(rig, "traffic"), label) != PaintedWidget::noItem);
}

void MetricsPageTest::theRangeChoosesTheStep_data()
{
    QTest::addColumn<MetricRange>("range");
    QTest::addColumn<int>("step");
    QTest::newRow("an hour") << MetricRange::Hour << 10;
    QTest::newRow("a day") << MetricRange::Day << 60;
    QTest::newRow("a week") << MetricRange::Week << 3600;
    QTest::newRow("a month") << MetricRange::Month << 3600;
    QTest::newRow("all") << MetricRange::All << 3600;
}

void MetricsPageTest::theRangeChoosesTheStep()
{
    QFETCH(const MetricRange, range);
    QFETCH(const int, step);
    Rig rig(fixtures::typical(Rig::noon));
    rig.page->rangeBox().setRange(range);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    const TimeRange& bounds = rig.page->board().axis().bounds();
    QCOMPARE(bounds.to, Rig::noon);
    if (range == MetricRange::All)
        QCOMPARE(bounds.length(), std::chrono::milliseconds(24h * 90));
    else
        QCOMPARE(bounds.length(), std::chrono::milliseconds(lengthOf(range)));
    for (const FakeClient::Call& call : rig.client.calls())
        if (call.name == u"history"_s)
            QCOMPARE(call.arguments.at(1).toInt(), step);
    const Line& line = chart(rig, "store").series().front().line;
    // The service was down for two hours and something; nothing is drawn across.
    const bool isDownSeen = lengthOf(range) > 50h || range == MetricRange::All;
    QCOMPARE(std::ranges::any_of(line, &LinePoint::isGap), isDownSeen);
}

void MetricsPageTest::aYoungCacheIsShownInFinerSteps()
{
    auto store = fixtures::typical(Rig::noon);
    for (auto& [key, record] : store->series)
        if (key.second == 3600s)
            record.points.clear();
    Rig rig(store);
    rig.page->rangeBox().setRange(MetricRange::Week);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    QVERIFY(chart(rig, "store").series().front().line.size() > 1000);
}

void MetricsPageTest::theFormSwitchesByKey()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    QVERIFY(QTest::qWaitForWindowActive(&rig.window));
    chart(rig, "store").setFocus();
    QTest::keyClick(&chart(rig, "store"), Qt::Key_T);
    QCOMPARE(rig.page->form(), MetricsPage::Form::Table);
    QTRY_VERIFY(rig.page->table().hasFocus());
    QTest::keyClick(&rig.page->table(), Qt::Key_T);
    QCOMPARE(rig.page->form(), MetricsPage::Form::Charts);
    QVERIFY(!rig.page->table().isVisible());
}

void MetricsPageTest::theTableHasTheNumbersOfTheCharts()
{
    Rig rig(fixtures::typical(Rig::noon));
    QAbstractItemModelTester tester(rig.page->table().model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    rig.page->setForm(MetricsPage::Form::Table);
    const QAbstractItemModel& table = *rig.page->table().model();
    std::size_t lines = 0;
    for (const TimeChart* each : rig.page->board().charts())
        lines += each->series().size();
    QCOMPARE(table.columnCount(), static_cast<int>(lines) + 1);
    int column = 0;
    while (column < table.columnCount() &&
           table.headerData(column, Qt::Horizontal).toString() != u"Stored bytes: Stored"_s)
        ++column;
    const Line& line = chart(rig, "store").series().front().line;
    QCOMPARE(table.rowCount(), static_cast<int>(line.size()));
    QCOMPARE(table.index(0, column).data(CopyRole).toString(), QString::number(line.back().value, 'f', 0));
    QCOMPARE(table.index(table.rowCount() - 1, column).data().toString(),
             rig.context.format().metric(line.front().value, "bytes"));
}

void MetricsPageTest::theTableKeepsItsPlaceWhenNumbersCome()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    rig.page->setForm(MetricsPage::Form::Table);
    RecordView& table = rig.page->table();
    QTRY_VERIFY(table.verticalScrollBar()->maximum() > 500);
    table.setCurrentIndex(table.model()->index(500, 1));
    const QString current = table.currentId();
    const int place = table.verticalScrollBar()->value();
    QVERIFY(place > 0);
    const int asked = rig.client.count(u"metrics"_s);
    rig.page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(rig.client.count(u"metrics"_s) > asked && !rig.page->isAsking(), 20000);
    QCOMPARE(table.currentId(), current);
    QCOMPARE(table.verticalScrollBar()->value(), place);
}

void MetricsPageTest::theTableKeepsWhatIsSelected()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    rig.page->setForm(MetricsPage::Form::Table);
    RecordView& table = rig.page->table();
    QTRY_VERIFY(table.verticalScrollBar()->maximum() > 500);
    for (const int row : {500, 503, 504})
        table.selectionModel()->select(table.model()->index(row, 0),
                                       QItemSelectionModel::Select | QItemSelectionModel::Rows);
    table.verticalScrollBar()->setValue(499);
    const QStringList selected = table.selectedIds();
    QCOMPARE(selected.size(), 3);
    const QString top = table.indexAt({0, 0}).data(IdRole).toString();
    // A sample comes, and every row is one further down.
    HistoryRecord& stored = rig.client.store->series.at({"bytes_stored", 60s});
    stored.points.push_back({Rig::noon + 60s, 4711});
    rig.client.store->metrics.at += 60s;
    const int rows = table.model()->rowCount();
    rig.page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(table.model()->index(0, 0).data(IdRole).toString() > selected.front() &&
                                 !rig.page->isAsking() && rig.page->board().axis().bounds().to > Rig::noon,
                             20000);
    QVERIFY(table.model()->rowCount() >= rows);
    QCOMPARE(table.selectedIds(), selected);
    QCOMPARE(table.indexAt({0, 0}).data(IdRole).toString(), top);
}

void MetricsPageTest::theTableStaysInTheOrderOfItsLine()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    rig.page->setForm(MetricsPage::Form::Table);
    RecordView& table = rig.page->table();
    const QHeaderView& header = *table.horizontalHeader();
    const auto titleOf = [&table](int column) { return table.model()->headerData(column, Qt::Horizontal).toString(); };
    const int last = table.model()->columnCount() - 1;
    const QString title = titleOf(last);
    table.sortByColumn(last, Qt::DescendingOrder);
    const auto refresh = [&rig] {
        const int asked = rig.client.count(u"metrics"_s);
        rig.page->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(rig.client.count(u"metrics"_s) > asked && !rig.page->isAsking(), 20000);
    };
    std::erase_if(rig.client.store->metrics.metrics,
                  [](const MetricRecord& metric) { return metric.name == "bytes_stored"; });
    refresh();
    QCOMPARE(table.model()->columnCount(), last);
    QCOMPARE(titleOf(header.sortIndicatorSection()), title);
    QCOMPARE(header.sortIndicatorOrder(), Qt::DescendingOrder);
    // Nothing is left but the time.
    rig.client.store->metrics.metrics.clear();
    refresh();
    QCOMPARE(header.sortIndicatorSection(), -1);
}

void MetricsPageTest::exportsNumbersAndPicture()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    // All charts are in it, those below the edge of the window too.
    const ChartBoard& board = rig.page->board();
    QTRY_VERIFY_WITH_TIMEOUT(board.picture().height() > board.viewport()->height(), 20000);
    const MetricsExport what = rig.page->exported();
    const QList<QByteArray> lines = what.csv.split('\n');
    QVERIFY(lines.front().contains("\"store.bytes_stored [bytes]\""));
    QVERIFY(lines.front().contains("\"hit_rate.hit_rate_by_bytes [ratio]\""));
    QCOMPARE(static_cast<std::size_t>(lines.size()), chart(rig, "store").series().front().line.size() + 2);
    const auto columns = lines.front().count(',');
    for (const QByteArray& line : lines)
        QVERIFY(line.isEmpty() || line.count(',') == columns);

    const QString csv = rig.folder.filePath(u"numbers.csv"_s);
    QCOMPARE(writeMetrics(csv, what), QString());
    QFile written(csv);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), what.csv);
    const QString png = rig.folder.filePath(u"charts.PNG"_s);
    QCOMPARE(writeMetrics(png, what), QString());
    QCOMPARE(QImage(png).size(), what.picture.size());
    QVERIFY(!writeMetrics(rig.folder.filePath(u"none/there.csv"_s), what).isEmpty());
}

void MetricsPageTest::asksAgainOnlyWhileInFrontAndLive()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    auto* ticks = rig.page->findChild<QTimer*>(u"metricsTicks"_s);
    QVERIFY(ticks && ticks->isActive());
    const int asked = rig.client.count(u"metrics"_s);
    QVERIFY(QMetaObject::invokeMethod(ticks, "timeout"));
    QTRY_COMPARE_WITH_TIMEOUT(rig.client.count(u"metrics"_s), asked + 1, 20000);
    QVERIFY(QTest::qWaitForWindowActive(&rig.window));
    chart(rig, "store").setFocus();
    QTest::keyClick(&chart(rig, "store"), Qt::Key_Space);
    QVERIFY(!rig.page->isLive());
    QVERIFY(!ticks->isActive());
    rig.page->setLive(true);
    QVERIFY(ticks->isActive());
    rig.page->deactivate();
    QVERIFY(!ticks->isActive());
    rig.page->activate();
    QVERIFY(ticks->isActive());
}

void MetricsPageTest::zoomStaysWhenNumbersCome()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    TimeAxis& axis = rig.page->board().axis();
    const TimeRange zoomed{Rig::noon - 5h, Rig::noon - 4h};
    axis.setRange(zoomed);
    axis.setCrosshair(Rig::noon - 270min);
    rig.client.store->metrics.at += 60s;
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(axis.bounds().to, Rig::noon + 60s, 20000);
    QCOMPARE(axis.range(), zoomed);
    QVERIFY(axis.crosshair() == std::optional(Rig::noon - 270min));
}

void MetricsPageTest::aSeriesThatFailsIsNamed()
{
    auto store = fixtures::typical(Rig::noon);
    std::erase_if(store->series, [](const auto& one) { return one.first.first == "errors"; });
    Rig rig(store);
    rig.connectService();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"partial"_s, 20000);
    QVERIFY(rig.page->pane().words().title.contains(u"errors"_s));
    QVERIFY(!chart(rig, "store").series().empty());
    QCOMPARE(chart(rig, "trouble").series().size(), std::size_t(1));
}

void MetricsPageTest::whatIsNotReportedIsSaid()
{
    auto store = fixtures::typical(Rig::noon);
    std::erase_if(store->metrics.metrics, [](const MetricRecord& metric) { return metric.name.starts_with("put_"); });
    Rig rig(store);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    QCOMPARE(chart(rig, "put_latency").notice(), u"Time of a commit: not reported by this service"_s);
    QCOMPARE(chart(rig, "get_latency").notice(), QString());
}

void MetricsPageTest::tellsWhatHinders_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("key");
    QTest::newRow("denied") << u"denied"_s << u"no_permission"_s;
    QTest::newRow("an older service") << u"unsupported"_s << u"wrong_version"_s;
    QTest::newRow("anything else") << u"internal"_s << u"failed"_s;
}

void MetricsPageTest::tellsWhatHinders()
{
    QFETCH(const QString, code);
    QFETCH(const QString, key);
    Rig rig(fixtures::typical(Rig::noon));
    QCOMPARE(rig.stateKey(), u"never_connected"_s);
    rig.client.hold(u"metrics"_s);
    rig.connectService();
    QCOMPARE(rig.stateKey(), u"loading"_s);
    rig.page->stop();
    QCOMPARE(rig.stateKey(), u"partial"_s);
    rig.client.answer(u"metrics"_s);
    rig.client.fail(u"metrics"_s, CallError(code, u"It does not work today."_s));
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), key, 20000);
    rig.client.answer(u"metrics"_s);
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"ready"_s, 20000);
    // What is there stays to be seen when the next question fails.
    rig.client.fail(u"metrics"_s, CallError(code, u"It does not work today."_s));
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"partial"_s, 20000);
    QVERIFY(rig.page->pane().words().text.contains(u"It does not work today."_s));
    QVERIFY(!chart(rig, "store").series().empty());
    rig.client.answer(u"metrics"_s);
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"ready"_s, 20000);
    rig.loseService();
    QCOMPARE(rig.stateKey(), u"stale"_s);
    QCOMPARE(rig.page->pane().words().form, StateForm::Strip);
    QVERIFY(!chart(rig, "store").series().empty());
}

void MetricsPageTest::nothingRecordedIsNoEmptyChart()
{
    auto store = fixtures::tiny(Rig::noon);
    store->series.clear();
    store->metrics.metrics.clear();
    Rig rig(store);
    rig.connectService();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"empty_store"_s, 20000);
    QCOMPARE(rig.page->pane().words().title, u"Nothing is recorded yet"_s);
}

void MetricsPageTest::theRangeIsThatOfTheOverview()
{
    PageRig<OverviewPage> rig(fixtures::tiny(Rig::noon));
    MetricsPage* metrics = addMetricsPage(rig.window, rig.context, *rig.page);
    rig.page->rangeBox().setRange(MetricRange::Month);
    QCOMPARE(metrics->rangeBox().range(), MetricRange::Month);
    metrics->rangeBox().setRange(MetricRange::Hour);
    QCOMPARE(rig.page->rangeBox().range(), MetricRange::Hour);
}

void MetricsPageTest::everythingThatTakesTheFocusHasAName()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    QCOMPARE(namelessIn(*rig.page), QString());
    rig.page->setForm(MetricsPage::Form::Table);
    QCOMPARE(namelessIn(*rig.page), QString());
}

void MetricsPageTest::fitsIntoSmallWindows_data()
{
    QTest::addColumn<QSize>("size");
    for (const QSize size : {QSize(960, 600), QSize(1280, 720)})
        QTest::addRow("%d", size.width()) << size;
}

void MetricsPageTest::fitsIntoSmallWindows()
{
    QFETCH(const QSize, size);
    Rig rig(fixtures::typical(Rig::noon));
    rig.window.resize(size);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), 20000);
    QTRY_COMPARE(rig.window.size(), size);
    QTRY_COMPARE(rig.page->board().horizontalScrollBar()->maximum(), 0);
    for (const QWidget* widget : rig.page->findChildren<QWidget*>())
        if (widget->isVisible() && widget->focusPolicy() != Qt::NoFocus)
            QVERIFY2(widget->mapTo(rig.page, QPoint(widget->width(), 0)).x() <= rig.page->width(),
                     qPrintable(widget->objectName()));
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::MetricsPageTest)
#include "metrics_page_test.moc"
