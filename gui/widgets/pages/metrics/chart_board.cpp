// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/metrics/chart_board.h"

#include <QGridLayout>

#include <algorithm>

namespace layerhold::gui {

ChartBoard::ChartBoard(QWidget* parent)
    : QScrollArea(parent)
    , m_sheet(new QWidget)
    , m_layout(new QGridLayout(m_sheet))
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // The charts take the focus.
    setFocusPolicy(Qt::NoFocus);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(10);
    setWidget(m_sheet);
}

void ChartBoard::show(const std::vector<MetricChart>& charts, const TimeRange& bounds)
{
    const bool isZoomed = m_axis.range() != m_axis.bounds();
    const TimeRange seen = m_axis.range();
    const auto crosshair = m_axis.crosshair();
    m_axis.setBounds(bounds);
    if (isZoomed)
        m_axis.setRange(seen);
    std::vector<std::string> order;
    for (const MetricChart& each : charts) {
        TimeChart*& place = m_charts[each.id];
        if (!place)
            place = makeChart(each.id);
        place->setTitle(each.title);
        // A chart shows a notice in place of its title.
        place->setNotice(each.lines.empty() ? tr("%1: not reported by this service").arg(each.title) : QString());
        std::vector<ChartSeries> series;
        for (const MetricLine& line : each.lines)
            series.push_back({.name = line.name, .line = line.line});
        place->setSeries(std::move(series), each.unit);
        order.push_back(each.id);
    }
    m_axis.setCrosshair(crosshair);
    if (order == m_order)
        return;
    m_order = std::move(order);
    arrange();
}

TimeChart* ChartBoard::makeChart(const std::string& id)
{
    auto* made = new TimeChart(&m_axis, m_sheet);
    made->setObjectName(QStringLiteral("chart.") + QString::fromStdString(id));
    made->setFormat(m_format);
    made->setMarks(m_marks);
    made->setMinimumHeight(fontMetrics().height() * 11);
    emit chartAdded(made);
    return made;
}

void ChartBoard::arrange()
{
    for (const auto& [id, each] : m_charts) {
        m_layout->removeWidget(each);
        each->setVisible(std::ranges::find(m_order, id) != m_order.end());
    }
    const int columns = std::max(1, m_columns);
    for (int column = 0; column < 2; ++column)
        m_layout->setColumnStretch(column, column < columns ? 1 : 0);
    for (int place = 0; place < static_cast<int>(m_order.size()); ++place)
        m_layout->addWidget(m_charts.at(m_order[static_cast<std::size_t>(place)]), place / columns, place % columns);
}

void ChartBoard::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    const int columns = viewport()->width() >= fontMetrics().averageCharWidth() * 130 ? 2 : 1;
    if (columns == m_columns)
        return;
    m_columns = columns;
    arrange();
}

void ChartBoard::setMarks(const std::vector<TimeMark>& marks)
{
    m_marks = marks;
    for (const auto& [id, each] : m_charts)
        each->setMarks(marks);
}

void ChartBoard::setFormat(const Format& format)
{
    m_format = format;
    for (const auto& [id, each] : m_charts)
        each->setFormat(format);
}

TimeChart* ChartBoard::chart(const std::string& id) const
{
    const auto found = m_charts.find(id);
    return found == m_charts.end() ? nullptr : found->second;
}

std::vector<TimeChart*> ChartBoard::charts() const
{
    std::vector<TimeChart*> shown;
    for (const std::string& id : m_order)
        shown.push_back(m_charts.at(id));
    return shown;
}

QImage ChartBoard::picture() const
{
    return m_sheet->grab().toImage();
}

} // namespace layerhold::gui
