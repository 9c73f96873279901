// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/metric_range.h"
#include "models/records.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace layerhold::gui {

/// The metrics as they stand, and what was recorded of them over a range. Times are those of the service.
struct MetricHistory
{
    MetricsRecord metrics = {};
    MetricRange range = MetricRange::Day;
    std::chrono::seconds step{1};
    Moment from = {}; ///< of the range; of all that is kept: of the first sample
    Moment to = {};
    std::map<std::string, HistoryRecord, std::less<>> series = {};
    QStringList missing = {}; ///< series that were asked for and did not come
    QString why = {};         ///< as the service said of the first of them

    const HistoryRecord* find(std::string_view name) const;
    /// No series has a sample.
    bool isEmpty() const;
};

/// Not set: the service has no such metric, or does not know its value.
std::optional<double> metricValue(const MetricsRecord& metrics, std::string_view name);

/// What a counter gained between two samples.
struct Gain
{
    double amount = 0;
    Moment from = {};
    Moment to = {};
};

/// Between the first and the last sample that know it; nullopt: there are no two.
std::optional<Gain> gainOf(const HistoryRecord& counter);
std::optional<Gain> gainOf(const MetricHistory& history, std::string_view counter);

} // namespace layerhold::gui
