// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/metric_charts.h"

#include "models/plain_text.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <set>

namespace layerhold::gui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::MetricCharts)
};

enum class Shown
{
    Level,    ///< as it was sampled
    PerStep,  ///< what a counter gained in each step
    Together, ///< what it gained since the beginning
};

struct LineSpec
{
    const char* series;
    const char* name;
};

struct ChartSpec
{
    const char* id;
    const char* title; ///< "%1" is the step
    Shown shown;
    std::vector<LineSpec> lines;
};

const std::vector<ChartSpec>& chartSpecs()
{
    using enum Shown;
    static const std::vector<ChartSpec> specs{
        {"traffic",
         QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Bytes per %1"),
         PerStep,
         {{"bytes_served", QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Served")},
          {"bytes_downloaded", QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Fetched")},
          {"bytes_not_downloaded", QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Saved")}}},
        {"saved",
         QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Saved in this time, in all"),
         Together,
         {{"bytes_not_downloaded", QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Saved")}}},
        {"requests",
         QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Lookups and reads per %1"),
         PerStep,
         {{"hits", QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Hits")},
          {"misses", QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Misses")}}},
        {"store",
         QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Stored bytes"),
         Level,
         {{"bytes_stored", QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Stored")}}},
        {"entries",
         QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Stored blobs"),
         Level,
         {{"entries_stored", QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Stored")}}},
        {"get_latency",
         QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Time of a lookup or open"),
         Level,
         {{"get_latency_p50_ns", "p50"}, {"get_latency_p95_ns", "p95"}, {"get_latency_p99_ns", "p99"}}},
        {"put_latency",
         QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Time of a commit"),
         Level,
         {{"put_latency_p50_ns", "p50"}, {"put_latency_p95_ns", "p95"}, {"put_latency_p99_ns", "p99"}}},
        {"arrivals",
         QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Blobs written per %1"),
         PerStep,
         {{"network_requests", QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Fetched")},
          {"blob_puts", QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Not manifests")}}},
        {"trouble",
         QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Evictions and errors per %1"),
         PerStep,
         {{"evictions", QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Evictions")},
          {"errors", QT_TRANSLATE_NOOP("layerhold::gui::MetricCharts", "Errors")}}},
    };
    return specs;
}

QString stepText(std::chrono::seconds step)
{
    if (step == std::chrono::hours(1))
        return Texts::tr("hour");
    if (step == std::chrono::minutes(1))
        return Texts::tr("minute");
    return step == std::chrono::seconds(1) ? Texts::tr("second") : Texts::tr("%1 s").arg(step.count());
}

QString meaningOf(const MetricsRecord& metrics, std::string_view name)
{
    const auto found = std::ranges::find(metrics.metrics, name, &MetricRecord::name);
    return found == metrics.metrics.end() ? QString() : plainText(found->sentence);
}

MetricLine lineOf(const MetricHistory& history, const HistoryRecord& record, Shown shown, const QString& name)
{
    return {.id = record.series,
            .name = name,
            .meaning = meaningOf(history.metrics, record.series),
            .line = shown == Shown::Level     ? levels(record)
                    : shown == Shown::PerStep ? increases(record)
                                              : cumulative(record)};
}

MetricChart hitRates(const MetricHistory& history)
{
    MetricChart chart{.id = "hit_rate", .title = Texts::tr("Hit rate"), .unit = "ratio"};
    const HistoryRecord* hits = history.find("hits");
    const HistoryRecord* misses = history.find("misses");
    if (!hits || !misses)
        return chart;
    const auto window = rateWindow(hits->step);
    if (window > hits->step)
        chart.title = Texts::tr("Hit rate over %1 min").arg(window / std::chrono::minutes(1));
    const HistoryRecord* saved = history.find("bytes_not_downloaded");
    const HistoryRecord* fetched = history.find("bytes_downloaded");
    if (saved && fetched)
        chart.lines.push_back({.id = "hit_rate_by_bytes",
                               .name = Texts::tr("By bytes"),
                               .meaning = Texts::tr("Bytes that needed no download among all that were asked for."),
                               .line = hitRateByBytes(*saved, *fetched, *hits, *misses, window)});
    chart.lines.push_back({.id = "hit_rate_by_requests",
                           .name = Texts::tr("By requests"),
                           .meaning = Texts::tr("Lookups and reads that were answered from the cache, among all."),
                           .line = hitRateByRequests(*hits, *misses, window)});
    return chart;
}

MetricChart furtherChart(const MetricHistory& history, const HistoryRecord& record)
{
    const QString name = plainText(record.series);
    const bool isCounter = record.kind == "counter";
    return {.id = record.series,
            .title = isCounter ? Texts::tr("%1 per %2").arg(name, stepText(record.step)) : name,
            .unit = record.unit,
            .lines = {lineOf(history, record, isCounter ? Shown::PerStep : Shown::Level, name)}};
}

std::optional<double> valueAt(const Line& line, Moment moment)
{
    const auto found = std::ranges::lower_bound(line, moment, {}, &LinePoint::at);
    return found == line.end() || found->at != moment || found->isGap() ? std::nullopt : std::optional(found->value);
}

QByteArray numberText(double value, const std::string& unit)
{
    return unit == "ratio" ? QByteArray::number(value, 'f', 4) : QByteArray::number(value, 'f', 0);
}

} // namespace

std::vector<MetricChart> metricCharts(const MetricHistory& history)
{
    std::vector<MetricChart> charts{hitRates(history)};
    std::set<std::string> placed;
    for (const ChartSpec& spec : chartSpecs()) {
        MetricChart chart{.id = spec.id, .title = Texts::tr(spec.title)};
        if (chart.title.contains(QLatin1String("%1")))
            chart.title = chart.title.arg(stepText(history.step));
        for (const LineSpec& line : spec.lines) {
            placed.insert(line.series);
            const HistoryRecord* record = history.find(line.series);
            if (!record)
                continue;
            chart.unit = record->unit;
            chart.lines.push_back(lineOf(history, *record, spec.shown, Texts::tr(line.name)));
        }
        charts.push_back(std::move(chart));
    }
    for (const auto& [name, record] : history.series)
        if (!placed.contains(name))
            charts.push_back(furtherChart(history, record));
    return charts;
}

std::vector<Moment> momentsOf(std::span<const MetricChart> charts)
{
    std::vector<Moment> moments;
    for (const MetricChart& chart : charts)
        for (const MetricLine& line : chart.lines)
            for (const LinePoint& point : line.line)
                moments.push_back(point.at);
    std::ranges::sort(moments);
    moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
    return moments;
}

QByteArray metricsCsv(std::span<const MetricChart> charts)
{
    QByteArray csv = "time";
    for (const MetricChart& chart : charts)
        for (const MetricLine& line : chart.lines)
            // Names of series are those of the service: quoted, whatever they are.
            csv += ",\"" +
                   QByteArray::fromStdString(chart.id + '.' + line.id + " [" + chart.unit + ']').replace('"', "\"\"") +
                   '"';
    csv += "\r\n";
    for (const Moment moment : momentsOf(charts)) {
        csv +=
            QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODate).toUtf8();
        for (const MetricChart& chart : charts)
            for (const MetricLine& line : chart.lines) {
                csv += ',';
                if (const auto value = valueAt(line.line, moment))
                    csv += numberText(*value, chart.unit);
            }
        csv += "\r\n";
    }
    return csv;
}

} // namespace layerhold::gui
