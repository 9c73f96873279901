// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

enum class MetricUnit : std::uint8_t
{
    Count,
    Bytes,
    Nanoseconds,
    Ratio ///< 0 to 1
};
std::string_view toString(MetricUnit unit);

enum class MetricKind : std::uint8_t
{
    Counter, ///< only grows, until a reset
    Gauge    ///< what is now
};
std::string_view toString(MetricKind kind);

/// What a metric is. The one table is core/cache/metric_table.h.
struct MetricDescription
{
    std::string name; ///< as in JSON; never changes
    MetricUnit unit = MetricUnit::Count;
    MetricKind kind = MetricKind::Counter;
    std::string sentence;
};

/// One metric with its value now.
struct Metric
{
    MetricDescription description;
    std::optional<std::uint64_t> number; ///< nullopt: it never happened, or is not known; unused for ratios
    double ratio = 0;                    ///< of unit Ratio
};

/// All metrics at one moment.
struct MetricsSnapshot
{
    TimePoint at;
    TimePoint since;             ///< the counters count from here: the first start of this root, or the last reset
    std::vector<Metric> metrics; ///< in the order of the table

    /// nullptr when there is none of that name.
    const Metric* find(std::string_view name) const;
    /// The number of a metric; 0 when it has none. Error{InvalidArgument} when there is no such metric.
    std::uint64_t number(std::string_view name) const;
};

/// One point of a history. Counters keep counting through resets here, so that differences always make sense.
struct MetricPoint
{
    std::chrono::sys_seconds at;        ///< the beginning of the step
    std::optional<std::uint64_t> value; ///< nullopt: it was not known then
};

/// What the cache counts, now and over time. Thread-safe. Counters survive a restart; a kill loses what was counted
/// since the last flush, a few seconds; a lost index loses them.
class Metrics
{
public:
    virtual ~Metrics() = default;

    virtual MetricsSnapshot snapshot() = 0;
    /// Counters, latencies and peaks start anew, the uptime too; what is stored now is counted again. Waits for the
    /// disk.
    virtual void reset() = 0;

    /// The metrics that have a history.
    virtual std::vector<MetricDescription> series() = 0;
    /// The steps of the history: 1 s (of the last 5 min), 10 s (1 h), 1 min (24 h), 1 h (90 d).
    virtual std::vector<std::chrono::seconds> steps() = 0;
    /// Ascending points of one series from `since` on; where nobody sampled there is no point. The newest seconds may
    /// still be in memory and are part of it at step 1 s. Error{InvalidArgument} for an unknown series or step; the
    /// message lists those there are.
    virtual std::vector<MetricPoint> history(const std::string& series, std::chrono::seconds step, TimePoint since) = 0;
};

} // namespace layerhold
