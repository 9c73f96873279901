// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/metric_history.h"

#include "models/series.h"

#include <algorithm>

namespace layerhold::gui {

const HistoryRecord* MetricHistory::find(std::string_view name) const
{
    const auto found = series.find(name);
    return found == series.end() ? nullptr : &found->second;
}

bool MetricHistory::isEmpty() const
{
    return std::ranges::all_of(series, [](const auto& one) { return one.second.points.empty(); });
}

std::optional<double> metricValue(const MetricsRecord& metrics, std::string_view name)
{
    const auto found = std::ranges::find(metrics.metrics, name, &MetricRecord::name);
    return found == metrics.metrics.end() ? std::nullopt : found->value;
}

std::optional<Gain> gainOf(const HistoryRecord& counter)
{
    std::optional<Gain> gain;
    bool isInterval = false;
    for (const LinePoint& point : cumulative(counter)) {
        if (point.isGap())
            continue;
        isInterval = gain.has_value();
        if (!gain)
            gain = Gain{.amount = 0, .from = point.at, .to = point.at};
        gain->amount = point.value;
        gain->to = point.at;
    }
    return isInterval ? gain : std::nullopt;
}

std::optional<Gain> gainOf(const MetricHistory& history, std::string_view counter)
{
    const HistoryRecord* found = history.find(counter);
    return found ? gainOf(*found) : std::nullopt;
}

} // namespace layerhold::gui
