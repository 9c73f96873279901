// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/entry_scatter.h"

#include "models/axis_ticks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace layerhold::gui {

namespace {

constexpr std::int64_t clockTolerance = 60'000;
constexpr std::size_t pointsBetweenStops = 65536;
constexpr std::size_t kindCount = static_cast<std::size_t>(StoredKind::Other) + 1;
constexpr double stripWidth = 26;
/// Between the outermost point and the edge of the plane.
constexpr double margin = 8;
/// Nothing is drawn beyond it, whatever somebody asks for.
constexpr double mostRows = 32768;

float idleOf(const EntryCells& cells, std::int64_t now)
{
    if (cells.accessedAt == 0)
        return std::numeric_limits<float>::infinity();
    if (cells.accessedAt > now && cells.accessedAt - now > clockTolerance)
        return -1;
    return static_cast<float>(std::max(static_cast<double>(now - cells.accessedAt) / 1000.0, 1.0));
}

/// By the number of a text: which kind it is.
std::vector<StoredKind> kindsOf(const EntryColumns& columns)
{
    std::vector<StoredKind> kinds(columns.strings.size());
    for (StringId id = 0; id < kinds.size(); ++id)
        kinds[id] = storedKind(columns.text(id).toStdString());
    return kinds;
}

double squareOf(PlanePoint one, PlanePoint other)
{
    return (one.x - other.x) * (one.x - other.x) + (one.y - other.y) * (one.y - other.y);
}

} // namespace

void LogRange::take(double value)
{
    if (value <= 0) {
        hasBelow = true;
    } else if (std::isinf(value)) {
        hasAbove = true;
    } else {
        lowest = lowest == 0 ? value : std::min(lowest, value);
        highest = std::max(highest, value);
    }
}

EntryScatter scatterOf(const EntryColumns& columns, std::span<const EntryId> ids, Moment now,
                       const std::stop_token& stop)
{
    const std::vector<StoredKind> kinds = kindsOf(columns);
    const std::int64_t nowCount = now.time_since_epoch().count();
    EntryScatter scatter;
    scatter.points.reserve(ids.size());
    for (const EntryId id : ids) {
        if (scatter.points.size() % pointsBetweenStops == 0 && stop.stop_requested())
            return {};
        const EntryCells& cells = columns[id];
        const ScatterPoint point{id, kinds[cells.kind], idleOf(cells, nowCount), static_cast<float>(cells.size)};
        scatter.idle.take(point.idle);
        scatter.size.take(point.size);
        scatter.points.push_back(point);
    }
    std::sort(scatter.points.begin(), scatter.points.end(), [&](const ScatterPoint& left, const ScatterPoint& right) {
        const EntryCells& one = columns[left.id];
        const EntryCells& other = columns[right.id];
        if (one.size != other.size)
            return one.size > other.size;
        return one.accessedAt != other.accessedAt ? one.accessedAt < other.accessedAt : left.id < right.id;
    });
    scatter.pointOfId.assign(columns.size(), noPoint);
    for (std::uint32_t point = 0; point < scatter.points.size(); ++point)
        scatter.pointOfId[scatter.points[point].id] = point;
    return scatter;
}

LogAxis::LogAxis(double begin, double end, const LogRange& range, std::vector<double> ticks, double strip)
    : m_begin(begin)
    , m_end(end)
    , m_low(std::log2(ticks.front()))
    , m_high(std::log2(ticks.back()))
    , m_ticks(std::move(ticks))
{
    const double direction = end < begin ? -1 : 1;
    if (range.hasBelow) {
        m_below = begin + direction * strip / 2;
        m_begin += direction * strip;
    }
    if (range.hasAbove) {
        m_above = end - direction * strip / 2;
        m_end -= direction * strip;
    }
}

double LogAxis::at(double value) const
{
    if (value <= 0)
        return m_below.value_or(m_begin);
    if (std::isinf(value))
        return m_above.value_or(m_end);
    const double part = std::clamp((std::log2(value) - m_low) / (m_high - m_low), 0.0, 1.0);
    return m_begin + part * (m_end - m_begin);
}

ScatterPlane planeOf(const EntryScatter& scatter, const MapRect& area, int mostSizes)
{
    return {.idle = LogAxis(area.x + margin, area.x + area.width - margin, scatter.idle,
                            logTimeTicks(scatter.idle.lowest, scatter.idle.highest), stripWidth),
            .size = LogAxis(area.y + area.height - margin, area.y + margin, scatter.size,
                            logByteTicks(scatter.size.lowest, scatter.size.highest, mostSizes), stripWidth)};
}

ScatterMarks marksOf(const EntryScatter& scatter, const ScatterPlane& plane, const MapRect& area, double cell)
{
    const auto cellsIn = [cell](double length) {
        return static_cast<std::size_t>(std::max(std::ceil(length / cell), 1.0));
    };
    const std::size_t columnCount = cellsIn(area.width);
    const std::size_t rowCount = cellsIn(area.height);
    const auto cellOf = [cell](double distance, std::size_t count) {
        return std::min(static_cast<std::size_t>(std::max(distance / cell, 0.0)), count - 1);
    };
    const std::size_t count = scatter.points.size();
    std::vector<std::uint32_t> groups(count);
    std::vector<std::uint32_t> starts(columnCount * rowCount * kindCount + 1, 0);
    for (std::size_t point = 0; point < count; ++point) {
        const PlanePoint at = plane.at(scatter.points[point]);
        const std::size_t place = cellOf(at.y - area.y, rowCount) * columnCount + cellOf(at.x - area.x, columnCount);
        groups[point] =
            static_cast<std::uint32_t>(place * kindCount + static_cast<std::size_t>(scatter.points[point].kind));
        ++starts[groups[point] + 1];
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());

    ScatterMarks result;
    std::vector<std::uint32_t> markOfGroup(starts.size() - 1, 0);
    for (std::size_t group = 0; group + 1 < starts.size(); ++group) {
        if (starts[group] == starts[group + 1])
            continue;
        markOfGroup[group] = static_cast<std::uint32_t>(result.marks.size());
        result.marks.push_back({.at = {},
                                .kind = static_cast<StoredKind>(group % kindCount),
                                .first = starts[group],
                                .count = starts[group + 1] - starts[group]});
    }
    result.members.resize(count);
    result.markOf.resize(count);
    for (std::uint32_t point = 0; point < count; ++point) {
        result.members[starts[groups[point]]++] = point;
        result.markOf[point] = markOfGroup[groups[point]];
        ScatterMark& mark = result.marks[result.markOf[point]];
        const PlanePoint at = plane.at(scatter.points[point]);
        mark.at = {mark.at.x + at.x / mark.count, mark.at.y + at.y / mark.count};
    }
    return result;
}

std::uint32_t pointNear(const EntryScatter& scatter, const ScatterPlane& plane, const ScatterMarks& marks,
                        PlanePoint place, double reach)
{
    const ScatterMark* nearest = nullptr;
    double distance = reach * reach;
    for (const ScatterMark& mark : marks.marks) {
        if (const double here = squareOf(mark.at, place); here <= distance) {
            nearest = &mark;
            distance = here;
        }
    }
    if (!nearest)
        return noPoint;
    const auto members = marks.membersOf(*nearest);
    return *std::min_element(members.begin(), members.end(), [&](std::uint32_t left, std::uint32_t right) {
        return squareOf(plane.at(scatter.points[left]), place) < squareOf(plane.at(scatter.points[right]), place);
    });
}

Lasso::Lasso(std::vector<PlanePoint> corners)
    : m_corners(std::move(corners))
{
    if (m_corners.size() < 3) {
        m_corners.clear();
        return;
    }
    const auto [highest, lowest] =
        std::minmax_element(m_corners.begin(), m_corners.end(),
                            [](const PlanePoint& one, const PlanePoint& other) { return one.y < other.y; });
    m_top = std::floor(highest->y);
    const double rows = std::clamp(std::floor(lowest->y) - m_top + 1, 1.0, mostRows);
    m_edges.resize(static_cast<std::size_t>(rows));
    const auto rowOf = [&](double y) {
        return static_cast<std::size_t>(std::clamp(std::floor(y) - m_top, 0.0, rows - 1));
    };
    for (std::uint32_t corner = 0; corner < m_corners.size(); ++corner) {
        const auto [from, to] = std::minmax(m_corners[corner].y, m_corners[(corner + 1) % m_corners.size()].y);
        for (std::size_t row = rowOf(from); row <= rowOf(to); ++row)
            m_edges[row].push_back(corner);
    }
}

bool Lasso::contains(PlanePoint point) const
{
    const double row = std::floor(point.y) - m_top;
    if (!(row >= 0 && row < static_cast<double>(m_edges.size())))
        return false;
    bool isInside = false;
    for (const std::uint32_t corner : m_edges[static_cast<std::size_t>(row)]) {
        const PlanePoint& from = m_corners[corner];
        const PlanePoint& to = m_corners[(corner + 1) % m_corners.size()];
        if ((from.y > point.y) != (to.y > point.y) &&
            point.x < from.x + (point.y - from.y) / (to.y - from.y) * (to.x - from.x))
            isInside = !isInside;
    }
    return isInside;
}

std::vector<std::uint32_t> pointsIn(const Lasso& lasso, const EntryScatter& scatter, const ScatterPlane& plane)
{
    std::vector<std::uint32_t> points;
    for (std::uint32_t point = 0; point < scatter.points.size(); ++point)
        if (lasso.contains(plane.at(scatter.points[point])))
            points.push_back(point);
    return points;
}

} // namespace layerhold::gui
