// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <array>
#include <chrono>

namespace layerhold::gui {

/// How far back metrics are looked at.
enum class MetricRange
{
    Hour,
    Day,
    Week,
    Month,
    All
};

inline constexpr std::array metricRanges{MetricRange::Hour, MetricRange::Day, MetricRange::Week, MetricRange::Month,
                                         MetricRange::All};

/// 0: all that is kept.
std::chrono::seconds lengthOf(MetricRange range);

/// The finest step in which services keep a history that reaches back so far.
std::chrono::seconds stepOf(MetricRange range);

/// The next finer step, for a cache that is too young for this one; 0: there is none.
std::chrono::seconds finerStep(std::chrono::seconds step);

/// Over which a hit rate is taken, so that it rests on more than a handful of requests.
std::chrono::seconds rateWindow(std::chrono::seconds step);

QString nameOf(MetricRange range);     ///< "24 hours"
QString sentenceOf(MetricRange range); ///< "In the last 24 hours"

} // namespace layerhold::gui
