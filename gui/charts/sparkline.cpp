// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/sparkline.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace layerhold::gui {
namespace {

constexpr double margin = 4;

} // namespace

Sparkline::Sparkline(QWidget* parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Sparkline::setLine(Line line, std::string unit)
{
    m_line = std::move(line);
    m_unit = std::move(unit);
    m_known.clear();
    for (std::size_t index = 0; index < m_line.size(); ++index) {
        if (!m_line[index].isGap()) {
            m_known.push_back(index);
        }
    }
    const auto found = m_known.empty() ? std::nullopt : extent(m_line, m_line.front().at, m_line.back().at);
    m_lowest = found ? found->first : 0;
    m_highest = found ? found->second : 0;
    itemsReplaced();
}

void Sparkline::setFormat(Format format)
{
    m_format = std::move(format);
}

int Sparkline::itemCount() const
{
    return notice().isEmpty() ? static_cast<int>(m_known.size()) : 0;
}

QString Sparkline::itemName(int item) const
{
    return m_format.date(m_line[m_known[static_cast<std::size_t>(item)]].at);
}

QString Sparkline::itemValue(int item) const
{
    return m_format.metric(m_line[m_known[static_cast<std::size_t>(item)]].value, m_unit);
}

QPointF Sparkline::placeOf(const LinePoint& point) const
{
    const auto all = static_cast<double>((m_line.back().at - m_line.front().at).count());
    const double along = all > 0 ? static_cast<double>((point.at - m_line.front().at).count()) / all : 0.5;
    // A level line lies in the middle.
    const double up = m_highest > m_lowest ? (point.value - m_lowest) / (m_highest - m_lowest) : 0.5;
    return {margin + along * (width() - margin * 2), height() - margin - up * (height() - margin * 2)};
}

QRect Sparkline::itemRect(int item) const
{
    const QPointF place = placeOf(m_line[m_known[static_cast<std::size_t>(item)]]);
    return QRectF(place.x() - 2, 0, 4, height()).toAlignedRect();
}

QSize Sparkline::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 20, fontMetrics().height() * 2};
}

QSize Sparkline::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 8, fontMetrics().height() + 4};
}

void Sparkline::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (paintBackground(painter)) {
        return;
    }
    const Look& colors = look();
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(colors.accent, 1.6);
    pen.setCosmetic(true);
    pen.setJoinStyle(Qt::RoundJoin);
    if (!m_known.empty()) {
        QPainterPath path;
        const Moment from = m_line.front().at;
        const Moment to = std::max(m_line.back().at, from + std::chrono::milliseconds(1));
        const int columns = std::max(2, static_cast<int>(width() - margin * 2) + 1);
        for (const PixelColumn& column : decimate(m_line, from, to, columns)) {
            const auto at = [this, &column](double value) {
                const double up = m_highest > m_lowest ? (value - m_lowest) / (m_highest - m_lowest) : 0.5;
                return QPointF(margin + column.x, height() - margin - up * (height() - margin * 2));
            };
            if (column.isConnected) {
                path.lineTo(at(column.first));
            } else {
                path.moveTo(at(column.first));
            }
            path.lineTo(at(column.high));
            path.lineTo(at(column.low));
            path.lineTo(at(column.last) + QPointF(0.1, 0));
        }
        painter.strokePath(path, pen);
        const int marked = currentItem() == noItem ? itemCount() - 1 : currentItem();
        painter.setPen(QPen(colors.base, 1));
        painter.setBrush(colors.accent);
        painter.drawEllipse(placeOf(m_line[m_known[static_cast<std::size_t>(marked)]]), 3, 3);
    }
    if (hasFocus()) {
        paintRing(painter, QRectF(rect()).adjusted(2, 2, -2, -2));
    }
}

} // namespace layerhold::gui
