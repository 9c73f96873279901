// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/metric_history.h"
#include "models/series.h"

#include <QByteArray>
#include <QString>

#include <span>
#include <string>
#include <vector>

/// What is drawn and listed of the metrics. Pure; any thread.
namespace layerhold::gui {

struct MetricLine
{
    std::string id = {}; ///< of the series, or of what is made of several
    QString name = {};
    QString meaning = {}; ///< as the service says it
    Line line = {};
};

struct MetricChart
{
    std::string id = {};
    QString title = {};
    std::string unit = {};
    std::vector<MetricLine> lines = {}; ///< none: this service does not report it
};

/// Each chart that this version knows, and one for each further series that the service has.
std::vector<MetricChart> metricCharts(const MetricHistory& history);

/// The moments of all lines, ascending, each once.
std::vector<Moment> momentsOf(std::span<const MetricChart> charts);

/// All numbers as RFC 4180, one line for each moment: ISO 8601 in UTC, bytes, nanoseconds, ratios of 1. What is not
/// known is empty.
QByteArray metricsCsv(std::span<const MetricChart> charts);

} // namespace layerhold::gui
