// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/time_plot.h"

#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace layerhold::gui {
namespace {

constexpr double gap = 6;
constexpr double sampleLength = 22;
constexpr double axisStroke = 4; ///< of the marks below the plot
constexpr double tallStroke = 4;

std::vector<double> ticksOf(const std::string& unit, double highest, int most)
{
    if (unit == "bytes") {
        return byteTicks(highest, most);
    }
    if (unit == "count") {
        return countTicks(highest, most);
    }
    return decimalTicks(unit == "ratio" ? 1.0 : highest, most);
}

/// A line so busy that dashes would not be seen is a band of vertical strokes.
bool isBand(const std::vector<PixelColumn>& columns, double pixelsPerUnit)
{
    const auto tall = std::count_if(columns.begin(), columns.end(), [pixelsPerUnit](const PixelColumn& column) {
        return (column.high - column.low) * pixelsPerUnit > tallStroke;
    });
    return static_cast<std::size_t>(tall) * 4 > columns.size();
}

} // namespace

std::vector<Line> stacked(const std::vector<ChartSeries>& series)
{
    std::vector<Line> sums;
    sums.reserve(series.size());
    for (const ChartSeries& one : series) {
        if (sums.empty()) {
            sums.push_back(one.line);
            continue;
        }
        const Line& below = sums.back();
        Line sum;
        sum.reserve(one.line.size());
        auto under = below.begin();
        for (const LinePoint& point : one.line) {
            while (under != below.end() && under->at < point.at) {
                // What lies below is known there, and this one is not: the area is broken.
                sum.push_back({.at = under->at});
                ++under;
            }
            if (under != below.end() && under->at == point.at) {
                sum.push_back({.at = point.at, .value = point.value + under->value});
                ++under;
            } else {
                sum.push_back({.at = point.at});
            }
        }
        for (; under != below.end(); ++under) {
            sum.push_back({.at = under->at});
        }
        sums.push_back(std::move(sum));
    }
    return sums;
}

TimePlot::ValueAxis TimePlot::valueAxisOf(const Input& input)
{
    ValueAxis axis;
    double highest = 0;
    for (const Line& line : input.drawn) {
        if (const auto found = extent(line, input.range.from, input.range.to)) {
            highest = std::max(highest, found->second);
            axis.isEmpty = false;
        }
    }
    const double lineHeight = input.metrics.height();
    axis.top = gap + lineHeight * 1.5 + (input.marks.empty() ? 0 : lineHeight / 2) + 2;
    axis.bottom = std::max(axis.top + lineHeight, input.size.height() - lineHeight - gap);
    const int most = std::clamp(static_cast<int>((axis.bottom - axis.top) / (lineHeight * 2)), 2, 6);
    for (const double value : ticksOf(input.unit, highest, most)) {
        // Nothing is nothing in any unit.
        axis.ticks.push_back({value, value == 0 ? input.format.count(0) : input.format.metric(value, input.unit)});
    }
    return axis;
}

PlotMargins TimePlot::marginsFor(const Input& input, const ValueAxis& values)
{
    double labelWidth = 0;
    for (const ValueTick& tick : values.ticks) {
        labelWidth = std::max(labelWidth, input.metrics.horizontalAdvance(tick.label));
    }
    double nameWidth = 0;
    for (const ChartSeries& one : input.series) {
        nameWidth = std::max(nameWidth, input.metrics.horizontalAdvance(one.name));
    }
    nameWidth = std::min(nameWidth, input.size.width() * 0.3);
    return {.left = labelWidth + gap * 2, .right = nameWidth + sampleLength + gap * 3};
}

PlotMargins TimePlot::marginsFor(const Input& input)
{
    return marginsFor(input, valueAxisOf(input));
}

TimePlot::TimePlot(const Input& input)
    : m_size(input.size)
    , m_metrics(input.metrics)
    , m_title(input.title)
    , m_range(input.range)
    , m_form(input.form)
    , m_marks(input.marks.begin(), input.marks.end())
{
    ValueAxis values = valueAxisOf(input);
    const PlotMargins own = marginsFor(input, values);
    m_isEmpty = values.isEmpty;
    m_valueTicks = std::move(values.ticks);
    m_top = m_valueTicks.empty() || m_valueTicks.back().value <= 0 ? 1.0 : m_valueTicks.back().value;
    const double left = std::max(own.left, input.margins.left);
    const double labels = std::max(own.right, input.margins.right);
    m_area = QRectF(QPointF(left, values.top), QPointF(std::max(left + 20, m_size.width() - labels), values.bottom));

    const double tickWidth = m_metrics.horizontalAdvance(QStringLiteral("0000-00-00"));
    const int mostTimes = std::max(2, static_cast<int>(m_area.width() / (tickWidth * 1.5)));
    m_timeTicks =
        timeTicks(m_range.from, m_range.to, mostTimes, input.format.options().zone, input.format.options().locale);
    const double nameWidth = labels - sampleLength - gap * 3;
    for (std::size_t line = 0; line < input.drawn.size(); ++line) {
        m_columns.push_back(
            decimate(input.drawn[line], m_range.from, m_range.to, static_cast<int>(m_area.width()) + 1));
        m_endLabels.push_back({.text = m_metrics.elidedText(input.series[line].name, Qt::ElideRight, nameWidth + 1)});
    }
    placeEndLabels();
}

double TimePlot::xOf(Moment moment) const
{
    const auto all = static_cast<double>(m_range.length().count());
    return m_area.left() + static_cast<double>((moment - m_range.from).count()) / all * m_area.width();
}

Moment TimePlot::momentAt(double x) const
{
    const double part = (x - m_area.left()) / m_area.width();
    return m_range.from + std::chrono::milliseconds(std::llround(part * static_cast<double>(m_range.length().count())));
}

double TimePlot::yOf(double value) const
{
    return m_area.bottom() - value / m_top * m_area.height();
}

QRectF TimePlot::labelOf(std::size_t series) const
{
    const EndLabel& label = m_endLabels[series];
    const double height = m_metrics.height();
    return label.isShown ? QRectF(m_area.right(), label.y - height / 2, m_size.width() - m_area.right(), height)
                         : QRectF();
}

QRectF TimePlot::markRect(const TimeMark& mark) const
{
    return mark.at < m_range.from || m_range.to < mark.at
               ? QRectF()
               : QRectF(xOf(mark.at) - 3, m_area.top() - m_metrics.height(), 7, m_area.height() + m_metrics.height());
}

/// Each label wants to stand where its line ends; those that are too near are pushed apart, and all stay in the area.
void TimePlot::placeEndLabels()
{
    std::vector<std::size_t> order;
    for (std::size_t line = 0; line < m_columns.size(); ++line) {
        if (m_columns[line].empty()) {
            continue;
        }
        const double end = m_columns[line].back().last;
        const double below = m_form == ChartForm::Stacked && line > 0 && !m_columns[line - 1].empty()
                                 ? m_columns[line - 1].back().last
                                 : end;
        m_endLabels[line].y = yOf(m_form == ChartForm::Stacked && line == 0 ? end / 2 : (end + below) / 2);
        m_endLabels[line].isShown = true;
        order.push_back(line);
    }
    std::stable_sort(order.begin(), order.end(),
                     [this](std::size_t a, std::size_t b) { return m_endLabels[a].y < m_endLabels[b].y; });
    const double height = m_metrics.height();
    double next = height / 2;
    for (const std::size_t line : order) {
        m_endLabels[line].y = std::max(m_endLabels[line].y, next);
        next = m_endLabels[line].y + height;
    }
    // Below are the times of the axis.
    double last = m_area.bottom() + axisStroke - height / 2;
    for (auto line = order.rbegin(); line != order.rend(); ++line) {
        m_endLabels[*line].y = std::min(m_endLabels[*line].y, last);
        last = m_endLabels[*line].y - height;
    }
}

QPen TimePlot::seriesPen(const Look& look, std::size_t series)
{
    static const std::array<QList<qreal>, 4> patterns{QList<qreal>{}, {6, 2}, {2, 2}, {8, 2, 2, 2}};
    QPen pen(look.seriesColor(series), 2);
    pen.setCosmetic(true);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::RoundJoin);
    const QList<qreal>& pattern = patterns[(series + series / look.series.size()) % patterns.size()];
    if (!pattern.isEmpty()) {
        pen.setDashPattern(pattern);
    }
    return pen;
}

void TimePlot::paint(QPainter& painter, const Look& look) const
{
    paintAxes(painter, look);
    painter.save();
    painter.setClipRect(m_area.adjusted(-1, -1, 1, 1));
    if (m_form == ChartForm::Stacked) {
        paintAreas(painter, look);
    } else {
        paintLines(painter, look);
    }
    painter.restore();
    paintMarks(painter, look);
    paintEndLabels(painter, look);
}

void TimePlot::paintAxes(QPainter& painter, const Look& look) const
{
    const double height = m_metrics.height();
    QFont bold = painter.font();
    bold.setBold(true);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(look.text);
    painter.save();
    painter.setFont(bold);
    const QRectF titlePlace(gap, 3, m_size.width() - gap * 2, height + 2);
    painter.drawText(titlePlace, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(bold).elidedText(m_title, Qt::ElideRight, titlePlace.width()));
    painter.restore();

    QPen grid(look.grid, 0);
    grid.setDashPattern({1, 5});
    QPen day(look.axis, 0);
    day.setDashPattern({1, 2});
    QPen axis(look.axis, 0);
    for (const ValueTick& tick : m_valueTicks) {
        const double y = yOf(tick.value);
        painter.setPen(tick.value > 0 ? grid : axis);
        painter.drawLine(QPointF(m_area.left(), y), QPointF(m_area.right(), y));
        painter.setPen(look.dimmedText);
        painter.drawText(QRectF(0, y - height / 2, m_area.left() - gap, height), Qt::AlignRight | Qt::AlignVCenter,
                         tick.label);
    }
    double labelledUpTo = 0;
    for (const TimeTick& tick : m_timeTicks) {
        const double x = xOf(tick.at);
        painter.setPen(tick.startsDay ? day : grid);
        painter.drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
        painter.setPen(axis);
        painter.drawLine(QPointF(x, m_area.bottom()), QPointF(x, m_area.bottom() + axisStroke));
        const double width = m_metrics.horizontalAdvance(tick.label) + 2;
        const double start = std::clamp(x - width / 2, 0.0, std::max(0.0, m_size.width() - width));
        if (start < labelledUpTo) {
            continue;
        }
        labelledUpTo = start + width + gap;
        painter.setPen(tick.startsDay ? look.text : look.dimmedText);
        painter.drawText(QRectF(start, m_area.bottom() + axisStroke, width, height), Qt::AlignCenter, tick.label);
    }
}

void TimePlot::paintLines(QPainter& painter, const Look& look) const
{
    for (std::size_t line = 0; line < m_columns.size(); ++line) {
        const std::vector<PixelColumn>& columns = m_columns[line];
        const bool hasDashes = !isBand(columns, m_area.height() / m_top);
        const QPen pen = seriesPen(look, line);
        QPen solid(pen.color(), 0);
        QList<QLineF> strokes;
        QPainterPath path;
        double before = 0;
        for (std::size_t index = 0; index < columns.size(); ++index) {
            const PixelColumn& column = columns[index];
            const double x = m_area.left() + column.x;
            const bool isNear = index > 0 && column.x - columns[index - 1].x <= 1;
            double low = column.low;
            double high = column.high;
            if (!hasDashes && column.isConnected && isNear) {
                low = std::min(low, before);
                high = std::max(high, before);
            } else if (!hasDashes && column.isConnected) {
                strokes.append(QLineF(m_area.left() + columns[index - 1].x, yOf(before), x, yOf(column.first)));
            }
            before = column.last;
            if (!hasDashes || low < high) {
                strokes.append(QLineF(x, yOf(low), x, yOf(high)));
            }
            if (!hasDashes) {
                continue;
            }
            const bool goesOn = index + 1 < columns.size() && columns[index + 1].isConnected;
            if (column.isConnected) {
                path.lineTo(x, yOf(column.first));
            } else {
                path.moveTo(x, yOf(column.first));
            }
            if (!column.isConnected && !goesOn) {
                // A point alone between gaps is a dot.
                painter.setRenderHint(QPainter::Antialiasing);
                painter.setPen(Qt::NoPen);
                painter.setBrush(pen.color());
                painter.drawEllipse(QPointF(x, yOf(column.last)), 2.0, 2.0);
            }
            path.lineTo(x, yOf(column.last));
        }
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(solid);
        painter.drawLines(strokes);
        if (hasDashes) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.strokePath(path, pen);
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void TimePlot::paintAreas(QPainter& painter, const Look& look) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    // From the highest down: each covers what belongs to those under it, down to zero.
    for (std::size_t line = m_columns.size(); line-- > 0;) {
        const std::vector<PixelColumn>& columns = m_columns[line];
        QPen edge(look.base, 1);
        edge.setCosmetic(true);
        for (std::size_t begin = 0; begin < columns.size();) {
            std::size_t end = begin + 1;
            while (end < columns.size() && columns[end].isConnected) {
                ++end;
            }
            QPolygonF shape;
            // A step alone is as wide as a pixel at least, so that it is seen.
            const double widening = end - begin == 1 ? 1 : 0;
            shape << QPointF(m_area.left() + columns[begin].x - widening, yOf(0));
            for (std::size_t index = begin; index < end; ++index) {
                const double away = index == begin ? -widening : widening;
                shape << QPointF(m_area.left() + columns[index].x + away, yOf(columns[index].high));
            }
            shape << QPointF(m_area.left() + columns[end - 1].x + widening, yOf(columns[end - 1].high));
            shape << QPointF(m_area.left() + columns[end - 1].x + widening, yOf(0));
            painter.setPen(edge);
            painter.setBrush(look.seriesColor(line));
            painter.drawPolygon(shape);
            begin = end;
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(look.axis, 0));
    painter.drawLine(m_area.bottomLeft(), m_area.bottomRight());
}

void TimePlot::paintEndLabels(QPainter& painter, const Look& look) const
{
    for (std::size_t line = 0; line < m_endLabels.size(); ++line) {
        const QRectF place = labelOf(line);
        if (place.isEmpty()) {
            continue;
        }
        const double left = place.left() + gap;
        const double middle = place.center().y();
        if (m_form == ChartForm::Stacked) {
            painter.fillRect(QRectF(left + 8, middle - 5, 12, 10), look.seriesColor(line));
        } else {
            QPen pen = seriesPen(look, line);
            pen.setWidthF(2);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(pen);
            painter.drawLine(QPointF(left, middle), QPointF(left + sampleLength, middle));
            painter.setRenderHint(QPainter::Antialiasing, false);
        }
        painter.setPen(look.text);
        painter.drawText(place.adjusted(gap * 2 + sampleLength, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         m_endLabels[line].text);
    }
}

void TimePlot::paintMarks(QPainter& painter, const Look& look) const
{
    double labelledUpTo = 0;
    for (const TimeMark& mark : m_marks) {
        if (mark.at < m_range.from || m_range.to < mark.at) {
            continue;
        }
        const double x = xOf(mark.at);
        const double top = m_area.top() - m_metrics.height();
        QPen pen(look.text, 0);
        pen.setDashPattern({4, 3});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, top + 2), QPointF(x, m_area.bottom()));
        const double width = m_metrics.horizontalAdvance(mark.label) + 2;
        const double start = x + 3 + width <= m_size.width() ? x + 3 : x - 3 - width;
        if (start < labelledUpTo) {
            continue;
        }
        labelledUpTo = start + width + gap;
        painter.setPen(look.text);
        painter.drawText(QRectF(start, top, width, m_metrics.height()), Qt::AlignLeft | Qt::AlignVCenter, mark.label);
    }
}

} // namespace layerhold::gui
