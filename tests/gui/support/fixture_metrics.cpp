// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "gui/support/fixture_builder.h"

#include <cmath>
#include <numbers>
#include <optional>
#include <string>

namespace layerhold::gui::test::fixtures {

namespace {

using std::chrono::duration;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct Resolution
{
    seconds step;
    seconds kept;
};

constexpr Resolution resolutions[] = {
    {seconds(1), minutes(5)}, {seconds(10), hours(1)}, {seconds(60), hours(24)}, {seconds(3600), hours(24 * 90)}};

/// Days are busy and nights are quiet. Never negative; 1 on average.
double busyness(double hoursAgo)
{
    return 1 + 0.8 * std::cos(2 * std::numbers::pi * hoursAgo / 24);
}

/// What a counter that stands at `total` now stood at then: it grew for 90 days, as the days were busy.
double counterThen(double total, double hoursAgo)
{
    constexpr double all = 24.0 * 90;
    const double wave = 0.8 * 24 / (2 * std::numbers::pi) * std::sin(2 * std::numbers::pi * hoursAgo / 24);
    return total * std::max(0.0, 1 - (hoursAgo + wave) / all);
}

double gaugeThen(const MetricRecord& metric, double hoursAgo)
{
    const double now = metric.value.value_or(0);
    if (metric.unit == "nanoseconds")
        return now * busyness(hoursAgo) / busyness(0);
    return now * (1 - 0.4 * hoursAgo / (24 * 90));
}

/// The daemon was down, and nobody sampled.
bool isDown(double hoursAgo)
{
    return hoursAgo > 50 && hoursAgo < 53;
}

/// Of one operation, as the service names and keeps them: of releases there is no history.
template <class Add>
void addLatencies(const Add& add, const std::string& operation, const std::string& operations,
                  std::optional<double> p50, std::optional<double> p95, std::optional<double> p99)
{
    const bool hasHistory = operation != "delete";
    const std::string name = operation + "_latency_";
    add(name + "samples", "count", "gauge", false, p50 ? 10'000 : 0,
        "The " + operations + " that the latencies are of; at most the last ten thousand.");
    add(name + "p50_ns", "nanoseconds", "gauge", hasHistory, p50,
        "Half of the last " + operations + " were faster; null without samples.");
    add(name + "p95_ns", "nanoseconds", "gauge", hasHistory, p95,
        "95 of 100 of the last " + operations + " were faster; null without samples.");
    add(name + "p99_ns", "nanoseconds", "gauge", hasHistory, p99,
        "99 of 100 of the last " + operations + " were faster; null without samples.");
}

} // namespace

void addHistory(FakeStore& store)
{
    for (const MetricRecord& metric : store.metrics.metrics) {
        if (!metric.hasHistory)
            continue;
        for (const Resolution& resolution : resolutions) {
            HistoryRecord record{metric.name, metric.unit, metric.kind, resolution.step, {}};
            const auto newest = std::chrono::floor<seconds>(store.now);
            for (seconds age = resolution.kept; age > seconds(0); age -= resolution.step) {
                const double hoursAgo = duration<double, std::ratio<3600>>(age).count();
                if (isDown(hoursAgo))
                    continue;
                const double value = metric.kind == "counter" ? counterThen(metric.value.value_or(0), hoursAgo)
                                                              : gaugeThen(metric, hoursAgo);
                record.points.push_back({newest - age, static_cast<std::uint64_t>(value)});
            }
            store.series[{metric.name, resolution.step}] = std::move(record);
        }
    }
}

MetricsRecord someMetrics(Moment now)
{
    MetricsRecord record{now, now - std::chrono::hours(50), {}};
    const auto add = [&](const std::string& name, const char* unit, const char* kind, bool hasHistory,
                         std::optional<double> value, const std::string& sentence) {
        record.metrics.push_back({name, unit, kind, sentence, hasHistory, value});
    };
    add("hits", "count", "counter", true, 1'824'000, "Lookups and reads of engines that were answered from the cache.");
    add("misses", "count", "counter", true, 116'000, "Lookups and reads of engines that were answered 'not found'.");
    add("hit_rate", "ratio", "gauge", false, 1'824'000.0 / 1'940'000.0,
        "Hits among hits and misses; 0 when there are none.");
    add("evictions", "count", "counter", true, 412,
        "Blobs that a cleanup removed, and entries that expired or made room in their scope.");
    add("errors", "count", "counter", true, 3, "Operations of engines that failed for a fault of ours or of the disk.");
    add("bytes_stored", "bytes", "gauge", true, 65e9, "Bytes of the blobs that are stored now.");
    add("bytes_retrieved", "bytes", "counter", false, 432e9,
        "Bytes read of stored blobs, by whomever, partial reads included.");
    add("bytes_served", "bytes", "counter", true, 410e9, "Bytes read of stored blobs for engines.");
    add("entries_stored", "count", "gauge", true, 8'000, "Blobs that are stored now.");
    add("network_requests", "count", "counter", true, 11'300,
        "Blobs that engines fetched from elsewhere and wrote here.");
    add("bytes_downloaded", "bytes", "counter", true, 31e9,
        "Bytes of the blobs that engines fetched from elsewhere and wrote here.");
    add("tag_resolutions", "count", "counter", false, 640,
        "Tags that were resolved to a digest, by a registry or by what it said before.");
    add("blob_puts", "count", "counter", true, 9'800, "Other blobs that engines wrote.");
    add("uptime_ns", "nanoseconds", "gauge", false, 180e12, "Time since the cache was opened, or reset.");
    add("time_since_last_hit_ns", "nanoseconds", "gauge", false, 4e9,
        "Time since the last hit; null when there was none.");
    add("time_since_last_error_ns", "nanoseconds", "gauge", false, 7.2e12,
        "Time since the last error; null when there was none.");
    add("bytes_not_downloaded", "bytes", "counter", true, 288e9,
        "Bytes that an engine got without a download, counted blob by blob.");
    addLatencies(add, "get", "lookups and opens", 0.4e6, 2.1e6, 9.7e6);
    addLatencies(add, "put", "commits", 6e6, 31e6, 88e6);
    // Nobody has released anything yet.
    addLatencies(add, "delete", "releases", std::nullopt, std::nullopt, std::nullopt);
    add("scrub_due_bytes", "bytes", "gauge", false, 2e9, "Bytes of the blobs that were not hashed for a week.");
    return record;
}

} // namespace layerhold::gui::test::fixtures
