// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/time_axis.h"

#include <algorithm>

namespace layerhold::gui {
namespace {

constexpr std::chrono::milliseconds shortest = std::chrono::seconds(1);

} // namespace

void TimeAxis::setBounds(TimeRange bounds)
{
    bounds.to = std::max(bounds.to, bounds.from + shortest);
    if (bounds == m_bounds && bounds == m_range) {
        return;
    }
    m_bounds = bounds;
    m_range = bounds;
    emit rangeChanged();
}

void TimeAxis::setRange(TimeRange range)
{
    const auto length = std::clamp(range.length(), shortest, std::max(shortest, m_bounds.length()));
    range.from = std::clamp(range.from, m_bounds.from, std::max(m_bounds.from, m_bounds.to - length));
    range.to = range.from + length;
    if (range != m_range) {
        m_range = range;
        emit rangeChanged();
    }
}

void TimeAxis::zoom(double factor, Moment around)
{
    // More than that in one step would only overflow.
    factor = std::clamp(factor, 0.001, 1000.0);
    const auto scaled = [factor](std::chrono::milliseconds time) {
        return std::chrono::milliseconds(static_cast<std::int64_t>(static_cast<double>(time.count()) * factor));
    };
    const Moment from = around - scaled(around - m_range.from);
    setRange({from, from + std::max(shortest, scaled(m_range.length()))});
}

void TimeAxis::setCrosshair(std::optional<Moment> at)
{
    if (at != m_crosshair) {
        m_crosshair = at;
        emit crosshairChanged();
    }
}

void TimeAxis::setSelection(Moment one, Moment other)
{
    const auto [first, last] = std::minmax(one, other);
    const TimeRange selection{std::chrono::floor<std::chrono::seconds>(std::max(first, m_bounds.from)),
                              std::chrono::ceil<std::chrono::seconds>(std::min(last, m_bounds.to))};
    if (first == last || selection.to <= selection.from) {
        clearSelection();
    } else if (m_selection != selection) {
        m_selection = selection;
        emit selectionChanged();
    }
}

void TimeAxis::clearSelection()
{
    if (m_selection) {
        m_selection.reset();
        emit selectionChanged();
    }
}

PlotMargins TimeAxis::margins() const
{
    PlotMargins widest;
    for (const auto& [chart, margins] : m_margins) {
        widest.left = std::max(widest.left, margins.left);
        widest.right = std::max(widest.right, margins.right);
    }
    return widest;
}

template <class Change>
void TimeAxis::changeMargins(Change change)
{
    const PlotMargins before = margins();
    change();
    if (margins() != before) {
        emit marginsChanged();
    }
}

void TimeAxis::claimMargins(const QObject* chart, PlotMargins margins)
{
    changeMargins([&] { m_margins[chart] = margins; });
}

void TimeAxis::releaseMargins(const QObject* chart)
{
    changeMargins([&] { m_margins.erase(chart); });
}

} // namespace layerhold::gui
