// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QObject>

#include <chrono>
#include <map>
#include <optional>

namespace layerhold::gui {

struct TimeRange
{
    Moment from;
    Moment to;

    std::chrono::milliseconds length() const { return to - from; }

    friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// What labels take on both sides of a plot.
struct PlotMargins
{
    double left = 0;
    double right = 0;

    friend bool operator==(const PlotMargins&, const PlotMargins&) = default;
};

/// What charts that lie above each other share: the time that is seen, the crosshair, the range that is selected, and
/// where plots begin and end, so that one moment has one place in all of them. It outlives the charts that follow it.
/// Nothing is less than a second wide.
class TimeAxis : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// All there is to see. What is seen becomes that too.
    void setBounds(TimeRange bounds);

    const TimeRange& bounds() const { return m_bounds; }

    const TimeRange& range() const { return m_range; }

    /// Held within the bounds.
    void setRange(TimeRange range);
    /// `factor` below 1 shows less; `around` keeps its place.
    void zoom(double factor, Moment around);

    const std::optional<Moment>& crosshair() const { return m_crosshair; }

    void setCrosshair(std::optional<Moment> at);

    const std::optional<TimeRange>& selection() const { return m_selection; }

    /// The ends may come in any order, and are moved outwards to whole seconds, so that who writes them down means the
    /// same. The same moment twice: none.
    void setSelection(Moment one, Moment other);
    void clearSelection();

    /// The widest of those that charts claimed.
    PlotMargins margins() const;
    /// In place of what this chart claimed before.
    void claimMargins(const QObject* chart, PlotMargins margins);
    /// It shows no plot any more.
    void releaseMargins(const QObject* chart);

signals:
    void rangeChanged();
    void crosshairChanged();
    void selectionChanged();
    void marginsChanged();

private:
    template <class Change>
    void changeMargins(Change change);

    TimeRange m_bounds;
    TimeRange m_range;
    std::optional<Moment> m_crosshair;
    std::optional<TimeRange> m_selection;
    std::map<const QObject*, PlotMargins> m_margins;
};

} // namespace layerhold::gui
