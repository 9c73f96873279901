// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

/// The maths of the lines that are drawn of metrics. Pure functions: any thread. None makes a number up: where nothing
/// is known of a step there is a gap, and a gap in what goes in is a gap in what comes out.
namespace layerhold::gui {

/// A value at a moment. NaN is a gap: what is before and after it is not connected.
struct LinePoint
{
    Moment at;
    double value = std::numeric_limits<double>::quiet_NaN();

    bool isGap() const { return std::isnan(value); }
};

/// Ascending by `at`.
using Line = std::vector<LinePoint>;

/// A gauge as it was sampled.
Line levels(const HistoryRecord& history);

/// By how much a counter grew in each step. A step is a gap when the sample before it is missing, and when the counter
/// fell: it was reset, and nobody knows what it stood at by then. Samples that are not later than those before them
/// (the clock was set back) are left out.
Line increases(const HistoryRecord& counter);

/// What a counter gained since the first sample. Goes on over gaps, as the counter tells what it gained meanwhile;
/// after a reset it adds what was counted since: what was lost by it is not known, so the sum is the least that is
/// sure.
Line cumulative(const HistoryRecord& counter);

/// Fewer requests than these have no hit rate: two of three is no 67 %.
inline constexpr double fewestRequestsForRate = 20;

/// Hits among all requests, 0 to 1; nullopt when they are too few to tell.
std::optional<double> hitRate(double hits, double misses);

/// The hit rate over the `window` that ends with each step; shorter than a step: that step alone. A gap where the step
/// itself is one, or the window has too few requests.
Line hitRateByRequests(const HistoryRecord& hits, const HistoryRecord& misses, std::chrono::seconds window);

/// Bytes that needed no download among all that were asked for. Hidden as the rate of requests is, and where no bytes
/// moved.
Line hitRateByBytes(const HistoryRecord& savedBytes, const HistoryRecord& fetchedBytes, const HistoryRecord& hits,
                    const HistoryRecord& misses, std::chrono::seconds window);

/// The lowest and highest value within [from, to]; nullopt: there is none.
std::optional<std::pair<double, double>> extent(std::span<const LinePoint> line, Moment from, Moment to);

/// What a line does within one column of pixels. The painter draws from low to high, and connects `first` with `last`
/// of the column before unless the line is broken there.
struct PixelColumn
{
    int x = 0;
    double first = 0;
    double last = 0;
    double low = 0;
    double high = 0;
    bool isConnected = false; ///< with the column before

    friend bool operator==(const PixelColumn&, const PixelColumn&) = default;
};

/// The part of a line within [from, to] in at most `columns` columns, ascending. Columns in which nothing is known are
/// not there. No peak is lost, however short.
std::vector<PixelColumn> decimate(std::span<const LinePoint> line, Moment from, Moment to, int columns);

} // namespace layerhold::gui
