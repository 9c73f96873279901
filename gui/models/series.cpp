// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/series.h"

#include <algorithm>
#include <deque>

namespace layerhold::gui {

namespace {

using std::chrono::milliseconds;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// Samples are taken a little early or late; half a step more is a sample that is missing.
bool isNextStep(Moment earlier, Moment later, std::chrono::seconds step)
{
    return (later - earlier) * 2 <= milliseconds(step) * 3;
}

void append(Line& line, Moment at, double value)
{
    // Many gaps in a row say no more than one.
    if (std::isnan(value) && (line.empty() || line.back().isGap()))
        return;
    line.push_back({at, value});
}

/// Calls take(earlier, later) for each two samples that follow each other in time; earlier is null before the first.
template <class Take>
void walk(const HistoryRecord& history, Take&& take)
{
    const HistoryPoint* earlier = nullptr;
    for (const HistoryPoint& point : history.points) {
        if (earlier && point.at <= earlier->at)
            continue;
        take(earlier, point);
        earlier = &point;
    }
}

/// The sums of two lines over a window that moves, for the moments that both know.
class WindowSums
{
public:
    explicit WindowSums(milliseconds window)
        : m_window(window)
    {}

    struct Sums
    {
        double first = 0;
        double second = 0;
    };

    Sums add(Moment at, double first, double second)
    {
        m_steps.push_back({at, {first, second}});
        while (m_steps.size() > 1 && m_steps.front().at <= at - m_window)
            m_steps.pop_front();
        // Summed anew each time: taking away what was added would leave a residue of rounding, and windows are short.
        Sums sums;
        for (const Step& step : m_steps) {
            sums.first += step.sums.first;
            sums.second += step.sums.second;
        }
        return sums;
    }

private:
    struct Step
    {
        Moment at;
        Sums sums;
    };

    milliseconds m_window;
    std::deque<Step> m_steps;
};

/// Two lines as one, where both have a step of the same moment; a gap where one of them has none.
template <class Take>
void zip(const Line& a, const Line& b, Take&& take)
{
    auto other = b.begin();
    for (const LinePoint& point : a) {
        while (other != b.end() && other->at < point.at)
            ++other;
        const bool isPair = other != b.end() && other->at == point.at && !point.isGap() && !other->isGap();
        take(point.at, isPair ? point.value : nothing, isPair ? other->value : nothing);
    }
}

/// What a rate counts, summed over the window that ends with each step.
struct Counted
{
    Moment at;
    double good = nothing;
    double bad = nothing;
};

std::vector<Counted> countedOver(const HistoryRecord& good, const HistoryRecord& bad, std::chrono::seconds window)
{
    std::vector<Counted> counted;
    WindowSums sums(std::max(milliseconds(window), milliseconds(good.step)));
    zip(increases(good), increases(bad), [&](Moment at, double goods, double bads) {
        if (std::isnan(goods)) {
            counted.push_back({at});
            return;
        }
        const WindowSums::Sums total = sums.add(at, goods, bads);
        counted.push_back({at, total.first, total.second});
    });
    return counted;
}

} // namespace

Line levels(const HistoryRecord& history)
{
    Line line;
    walk(history, [&](const HistoryPoint* earlier, const HistoryPoint& point) {
        if (earlier && !isNextStep(earlier->at, point.at, history.step))
            append(line, earlier->at + milliseconds(history.step), nothing);
        append(line, point.at, point.value ? static_cast<double>(*point.value) : nothing);
    });
    return line;
}

Line increases(const HistoryRecord& counter)
{
    Line line;
    walk(counter, [&](const HistoryPoint* earlier, const HistoryPoint& point) {
        const bool isKnown = earlier && earlier->value && point.value && *point.value >= *earlier->value &&
                             isNextStep(earlier->at, point.at, counter.step);
        append(line, point.at, isKnown ? static_cast<double>(*point.value - *earlier->value) : nothing);
    });
    return line;
}

Line cumulative(const HistoryRecord& counter)
{
    Line line;
    double sum = 0;
    std::optional<std::uint64_t> before;
    walk(counter, [&](const HistoryPoint* earlier, const HistoryPoint& point) {
        if (earlier && !isNextStep(earlier->at, point.at, counter.step))
            append(line, earlier->at + milliseconds(counter.step), nothing);
        if (!point.value) {
            append(line, point.at, nothing);
            return;
        }
        if (before)
            sum += static_cast<double>(*point.value >= *before ? *point.value - *before : *point.value);
        before = point.value;
        append(line, point.at, sum);
    });
    return line;
}

std::optional<double> hitRate(double hits, double misses)
{
    const double requests = hits + misses;
    if (!(requests >= fewestRequestsForRate))
        return std::nullopt;
    return hits / requests;
}

Line hitRateByRequests(const HistoryRecord& hits, const HistoryRecord& misses, std::chrono::seconds window)
{
    Line line;
    for (const Counted& step : countedOver(hits, misses, window))
        append(line, step.at, hitRate(step.good, step.bad).value_or(nothing));
    return line;
}

Line hitRateByBytes(const HistoryRecord& savedBytes, const HistoryRecord& fetchedBytes, const HistoryRecord& hits,
                    const HistoryRecord& misses, std::chrono::seconds window)
{
    Line line;
    const std::vector<Counted> requests = countedOver(hits, misses, window);
    auto asked = requests.begin();
    for (const Counted& step : countedOver(savedBytes, fetchedBytes, window)) {
        while (asked != requests.end() && asked->at < step.at)
            ++asked;
        const bool isAsked =
            asked != requests.end() && asked->at == step.at && hitRate(asked->good, asked->bad).has_value();
        const double bytes = step.good + step.bad;
        append(line, step.at, isAsked && bytes > 0 ? step.good / bytes : nothing);
    }
    return line;
}

std::optional<std::pair<double, double>> extent(std::span<const LinePoint> line, Moment from, Moment to)
{
    std::optional<std::pair<double, double>> found;
    auto point = std::lower_bound(line.begin(), line.end(), from,
                                  [](const LinePoint& each, Moment moment) { return each.at < moment; });
    for (; point != line.end() && point->at <= to; ++point) {
        if (point->isGap())
            continue;
        if (!found)
            found.emplace(point->value, point->value);
        found->first = std::min(found->first, point->value);
        found->second = std::max(found->second, point->value);
    }
    return found;
}

std::vector<PixelColumn> decimate(std::span<const LinePoint> line, Moment from, Moment to, int columns)
{
    std::vector<PixelColumn> result;
    if (columns < 1 || to <= from)
        return result;
    const auto scale = static_cast<double>(columns - 1) / static_cast<double>((to - from).count());
    auto point = std::lower_bound(line.begin(), line.end(), from,
                                  [](const LinePoint& each, Moment moment) { return each.at < moment; });
    bool isConnected = false;
    for (; point != line.end() && point->at <= to; ++point) {
        if (point->isGap()) {
            isConnected = false;
            continue;
        }
        const int x = static_cast<int>(std::lround(static_cast<double>((point->at - from).count()) * scale));
        const double value = point->value;
        if (result.empty() || result.back().x != x) {
            result.push_back({x, value, value, value, value, isConnected});
        } else {
            PixelColumn& column = result.back();
            column.last = value;
            column.low = std::min(column.low, value);
            column.high = std::max(column.high, value);
        }
        isConnected = true;
    }
    return result;
}

} // namespace layerhold::gui
