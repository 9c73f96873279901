// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QObject>

#include <chrono>
#include <optional>

namespace layerhold::gui {

struct TimeRange
{
    Moment from;
    Moment to;

    std::chrono::milliseconds length() const { return to - from; }

    friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// What charts that lie above each other share: the time that is seen, the crosshair, and the range that is selected.
/// It outlives the charts that follow it. Nothing is less than a second wide.
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

    /// While it is being made. The ends may come in any order.
    void setSelection(Moment one, Moment other);
    void clearSelection();
    /// It is made: says so by rangeSelected, unless there is none.
    void acceptSelection();

signals:
    void rangeChanged();
    void crosshairChanged();
    void selectionChanged();
    void rangeSelected(layerhold::gui::Moment from, layerhold::gui::Moment to);

private:
    TimeRange m_bounds;
    TimeRange m_range;
    std::optional<Moment> m_crosshair;
    std::optional<TimeRange> m_selection;
};

} // namespace layerhold::gui
