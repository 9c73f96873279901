// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/look.h"
#include "charts/time_axis.h"
#include "models/axis_ticks.h"
#include "models/format.h"
#include "models/series.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QString>

#include <span>
#include <string>
#include <vector>

namespace layerhold::gui {

enum class ChartForm
{
    Lines,
    Stacked ///< areas on top of each other, the first the lowest
};

struct ChartSeries
{
    QString name;
    Line line;
};

/// A vertical line: a run of the cleanup, a restart.
struct TimeMark
{
    Moment at;
    QString label;
};

/// The sums of the lines from the first up to each. Where one of them has a gap or no point, nothing is known of what
/// lies on it either.
std::vector<Line> stacked(const std::vector<ChartSeries>& series);

/// Where everything of a chart goes, and how it is painted. A value, made anew for each size, range and data.
class TimePlot
{
public:
    struct Input
    {
        QSizeF size;
        QFontMetricsF metrics;
        QString title;
        const std::vector<ChartSeries>& series;
        std::span<const Line> drawn;
        std::span<const TimeMark> marks;
        std::string unit;
        TimeRange range;
        PlotMargins margins;
        const Format& format;
        ChartForm form;
    };

    explicit TimePlot(const Input& input);

    /// What its own labels take, whatever the margins of the input are.
    static PlotMargins marginsFor(const Input& input);

    /// Where the lines are.
    const QRectF& area() const { return m_area; }

    /// No line has a value in the range.
    bool isEmpty() const { return m_isEmpty; }

    double xOf(Moment moment) const;
    Moment momentAt(double x) const;
    double yOf(double value) const;
    QRectF labelOf(std::size_t series) const;
    QRectF markRect(const TimeMark& mark) const;

    void paint(QPainter& painter, const Look& look) const;

    /// The pattern by which a series is told from others without colour.
    static QPen seriesPen(const Look& look, std::size_t series);

private:
    struct EndLabel
    {
        QString text;
        double y = 0; ///< of its middle
        bool isShown = false;
    };

    struct ValueTick
    {
        double value = 0;
        QString label;
    };

    /// From the lowest to the highest value.
    struct ValueAxis
    {
        double top = 0; ///< in pixels, as bottom
        double bottom = 0;
        bool isEmpty = true; ///< no line has a value in the range
        std::vector<ValueTick> ticks;
    };

    static ValueAxis valueAxisOf(const Input& input);
    static PlotMargins marginsFor(const Input& input, const ValueAxis& values);
    void placeEndLabels();
    void paintAxes(QPainter& painter, const Look& look) const;
    void paintLines(QPainter& painter, const Look& look) const;
    void paintAreas(QPainter& painter, const Look& look) const;
    void paintEndLabels(QPainter& painter, const Look& look) const;
    void paintMarks(QPainter& painter, const Look& look) const;

    QRectF m_area;
    QSizeF m_size;
    QFontMetricsF m_metrics;
    QString m_title;
    TimeRange m_range;
    ChartForm m_form;
    double m_top = 1; ///< the value at the upper edge
    bool m_isEmpty = true;
    std::vector<ValueTick> m_valueTicks;
    std::vector<TimeTick> m_timeTicks;
    std::vector<std::vector<PixelColumn>> m_columns; ///< one for each line that is drawn
    std::vector<EndLabel> m_endLabels;
    std::vector<TimeMark> m_marks;
};

} // namespace layerhold::gui
