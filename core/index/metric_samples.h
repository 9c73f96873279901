// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace layerhold {

/// All series at one moment, in the order of the metric table; -1: not known then.
struct MetricSample
{
    std::chrono::sys_seconds at;
    std::vector<std::int64_t> values;
};

/// How samples of a finer step become one of a coarser.
enum class RollUp
{
    Last, ///< of counters, and of what is a state
    Max   ///< of what is interesting at its worst
};

/// Table metric_samples: 1 s for 5 min, 10 s for 1 h, 1 min for 24 h, 1 h for 90 d. A stretch without samples stays one
/// without rows.
namespace metric_samples {

struct Step
{
    std::chrono::seconds step;
    std::int64_t kept; ///< rows
};

inline constexpr Step steps[] = {{std::chrono::seconds(1), 300},
                                 {std::chrono::seconds(10), 360},
                                 {std::chrono::minutes(1), 1440},
                                 {std::chrono::hours(1), 2160}};

/// Adds samples of one second, rolls up what is complete at `now` and drops what is over.
void add(Connection& index, std::span<const MetricSample> samples, std::span<const RollUp> rollUps,
         std::chrono::sys_seconds now);
/// Ascending, from `since` on.
std::vector<MetricSample> since(Connection& index, std::chrono::seconds step, std::chrono::sys_seconds since);
/// For a copy of the table.
void forEach(Connection& index, const std::function<void(std::chrono::seconds step, const MetricSample& sample)>& each);
void put(Connection& index, std::chrono::seconds step, const MetricSample& sample);

} // namespace metric_samples
} // namespace layerhold
