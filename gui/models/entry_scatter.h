// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_columns.h"
#include "models/storage_contents.h"
#include "models/treemap.h"

#include <optional>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

/// Entries by size and by the time since they were last used. Pure functions for a worker.
namespace layerhold::gui {

inline constexpr std::uint32_t noPoint = std::numeric_limits<std::uint32_t>::max();

struct ScatterPoint
{
    EntryId id = 0;
    StoredKind kind = StoredKind::Other;
    float idle = 1; ///< seconds, at least one; below 0: used after now, by its clock; infinite: never used
    float size = 0; ///< bytes
};

/// The smallest and the largest of values that can be on an axis of logarithms, and what is at its ends.
struct LogRange
{
    double lowest = 0; ///< 0: there is none
    double highest = 0;
    bool hasBelow = false; ///< something is zero or less
    bool hasAbove = false; ///< something is infinite

    void take(double value);
};

/// Does not change any more.
struct EntryScatter
{
    std::vector<ScatterPoint> points;     ///< the largest first; equal ones by the time of use, the longest ago first
    std::vector<std::uint32_t> pointOfId; ///< noPoint, or beyond the end: it is not among them
    LogRange idle;
    LogRange size;

    std::uint32_t pointOf(EntryId id) const { return id < pointOfId.size() ? pointOfId[id] : noPoint; }
};

/// A clock that is ahead by less than a minute is not told of.
EntryScatter scatterOf(const EntryColumns& columns, std::span<const EntryId> ids, Moment now,
                       const std::stop_token& stop = {});

/// Where values are between two pixels: a strip at each end for what no logarithm has, when there is such, and the
/// powers between them.
class LogAxis
{
public:
    LogAxis() = default;
    /// From `begin` to `end`, which may be the smaller one; `ticks` are two or more, ascending.
    LogAxis(double begin, double end, const LogRange& range, std::vector<double> ticks, double strip);

    double at(double value) const;

    /// Of the powers, without the strips.
    double begin() const { return m_begin; }

    double end() const { return m_end; }

    const std::vector<double>& ticks() const { return m_ticks; }

    /// The middle of the strip; unset: there is none.
    std::optional<double> below() const { return m_below; }

    std::optional<double> above() const { return m_above; }

private:
    double m_begin = 0;
    double m_end = 1;
    double m_low = 0;  ///< logarithm of the first tick
    double m_high = 1; ///< logarithm of the last one
    std::vector<double> m_ticks{1, 2};
    std::optional<double> m_below;
    std::optional<double> m_above;
};

struct PlanePoint
{
    double x = 0;
    double y = 0;
};

/// A plane with the time since the last use to the right and the size upwards, in device-independent pixels.
struct ScatterPlane
{
    LogAxis idle;
    LogAxis size;

    PlanePoint at(const ScatterPoint& point) const { return {idle.at(point.idle), size.at(point.size)}; }
};

/// With at most about so many ticks of bytes.
ScatterPlane planeOf(const EntryScatter& scatter, const MapRect& area, int mostSizes);

/// Points of one kind that lie so near each other that they are one mark.
struct ScatterMark
{
    PlanePoint at; ///< the middle of its points
    StoredKind kind = StoredKind::Other;
    std::uint32_t first = 0; ///< in `members`
    std::uint32_t count = 0;
};

struct ScatterMarks
{
    std::vector<ScatterMark> marks;
    std::vector<std::uint32_t> members; ///< points, mark by mark, the largest of each first
    std::vector<std::uint32_t> markOf;  ///< by point

    std::span<const std::uint32_t> membersOf(const ScatterMark& mark) const
    {
        return std::span(members).subspan(mark.first, mark.count);
    }
};

/// However many points there are, there are no more marks than kinds in each square of `cell` pixels.
ScatterMarks marksOf(const EntryScatter& scatter, const ScatterPlane& plane, const MapRect& area, double cell);

/// The mark nearest to a place, and of its points the nearest; noPoint: none is within `reach`.
std::uint32_t pointNear(const EntryScatter& scatter, const ScatterPlane& plane, const ScatterMarks& marks,
                        PlanePoint place, double reach);

/// The inside of a line that is drawn by hand and closed by itself: what one crosses it an odd number of times to get
/// out of. Points on the line may be counted in or out.
class Lasso
{
public:
    explicit Lasso(std::vector<PlanePoint> corners);

    bool contains(PlanePoint point) const;

private:
    std::vector<PlanePoint> m_corners;
    double m_top = 0;
    /// By row of pixels, from m_top: the corners from which an edge leads through it. So that a million points are
    /// not compared with every edge.
    std::vector<std::vector<std::uint32_t>> m_edges;
};

/// Points inside, the largest first.
std::vector<std::uint32_t> pointsIn(const Lasso& lasso, const EntryScatter& scatter, const ScatterPlane& plane);

} // namespace layerhold::gui
