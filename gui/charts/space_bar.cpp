// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/space_bar.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace layerhold::gui {
namespace {

constexpr double gap = 6;
constexpr double swatch = 10;
constexpr double leastWidth = 4;

double totalWidth(const std::vector<double>& widths)
{
    double sum = 0;
    for (const double one : widths) {
        sum += one;
    }
    return sum;
}

} // namespace

SpaceBar::SpaceBar(QWidget* parent)
    : PaintedWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Space"));
}

void SpaceBar::setFigures(const std::optional<SpaceFigures>& figures)
{
    m_parts.clear();
    m_marks.clear();
    m_total = 0;
    if (figures) {
        for (const Part& part :
             {Part{Kind::InUse, figures->inUse}, Part{Kind::Kept, figures->kept}, Part{Kind::CanGo, figures->canGo},
              Part{Kind::Released, figures->released}, Part{Kind::Trash, figures->trash},
              Part{Kind::Other, figures->other}, Part{Kind::Free, figures->free}}) {
            m_total += part.bytes;
            if (part.bytes > 0) {
                m_parts.push_back(part);
            }
        }
        if (figures->lowMark) {
            m_marks.push_back({Kind::LowMark, *figures->lowMark});
        }
        if (figures->highMark) {
            m_marks.push_back({Kind::HighMark, *figures->highMark});
        }
    }
    updateGeometry();
    itemsReplaced(currentItem());
}

void SpaceBar::setFormat(Format format)
{
    m_format = std::move(format);
    updateGeometry();
    update();
}

QString SpaceBar::nameOf(Kind kind) const
{
    switch (kind) {
    case Kind::InUse:
        return tr("In use");
    case Kind::Kept:
        return tr("Kept by policy");
    case Kind::CanGo:
        return tr("Can go");
    case Kind::Released:
        return tr("Held by nobody");
    case Kind::Trash:
        return tr("Trash");
    case Kind::Other:
        return tr("Other files");
    case Kind::Free:
        return tr("Free");
    case Kind::LowMark:
        return tr("Low mark");
    case Kind::HighMark:
        return tr("High mark");
    }
    return {};
}

QColor SpaceBar::colorOf(Kind kind) const
{
    const Look& colors = look();
    switch (kind) {
    case Kind::InUse:
        return colors.inUse;
    case Kind::Kept:
        return colors.kept;
    case Kind::CanGo:
    case Kind::Released:
        return colors.canGo;
    case Kind::Trash:
        return colors.trash;
    case Kind::Other:
        return colors.otherKind;
    default:
        return colors.base;
    }
}

QString SpaceBar::legendText(const Part& part) const
{
    return nameOf(part.kind) + QLatin1Char(' ') + m_format.bytes(part.bytes);
}

SpaceBar::Places SpaceBar::place(double width) const
{
    const QFontMetricsF metrics(font());
    const double line = metrics.height();
    Places places;
    places.bar = QRectF(1, m_marks.empty() ? 1 : line + gap, std::max(1.0, width - 2), std::ceil(line * 1.5));

    std::vector<double> widths;
    for (const Part& part : m_parts) {
        const double share = static_cast<double>(part.bytes) / static_cast<double>(m_total);
        widths.push_back(std::max(leastWidth, share * places.bar.width()));
    }
    // What the smallest were given is taken from the widest.
    if (!widths.empty()) {
        auto& widest = *std::max_element(widths.begin(), widths.end());
        widest = std::max(leastWidth, widest - (totalWidth(widths) - places.bar.width()));
    }
    double x = places.bar.left();
    for (const double one : widths) {
        places.segments.emplace_back(x, places.bar.top(), one, places.bar.height());
        x += one;
    }
    double left = 0;
    double top = places.bar.bottom() + gap;
    for (const Part& part : m_parts) {
        const double needed = swatch + gap + metrics.horizontalAdvance(legendText(part)) + 1;
        if (left > 0 && left + needed > width) {
            left = 0;
            top += line + 2;
        }
        places.legend.emplace_back(left, top, std::min(needed, width), line);
        left += needed + gap * 3;
    }
    places.height = std::ceil((m_parts.empty() ? places.bar.bottom() : top + line) + 2);
    for (const Part& mark : m_marks) {
        const double share = m_total > 0 ? static_cast<double>(mark.bytes) / static_cast<double>(m_total) : 0;
        const double at = places.bar.left() + std::min(share, 1.0) * places.bar.width();
        places.marks.emplace_back(std::clamp(at - 2, 0.0, width - 4), line + 1, 4, places.bar.bottom() - line + 2);
    }
    return places;
}

int SpaceBar::itemCount() const
{
    return notice().isEmpty() ? static_cast<int>(m_parts.size() + m_marks.size()) : 0;
}

QString SpaceBar::itemName(int item) const
{
    const auto index = static_cast<std::size_t>(item);
    return nameOf(index < m_parts.size() ? m_parts[index].kind : m_marks[index - m_parts.size()].kind);
}

QString SpaceBar::itemValue(int item) const
{
    const auto index = static_cast<std::size_t>(item);
    const Part& part = index < m_parts.size() ? m_parts[index] : m_marks[index - m_parts.size()];
    return tr("%1, %2 (%3)")
        .arg(m_format.bytes(part.bytes),
             m_format.percent(m_total > 0 ? static_cast<double>(part.bytes) / static_cast<double>(m_total) : 0),
             m_format.exactBytes(part.bytes));
}

QRect SpaceBar::itemRect(int item) const
{
    const auto index = static_cast<std::size_t>(item);
    const Places places = place(width());
    return index < m_parts.size() ? places.segments[index].toAlignedRect()
                                  : places.marks[index - m_parts.size()].toAlignedRect();
}

int SpaceBar::itemAt(const QPointF& position) const
{
    const auto legend = place(width()).legend;
    for (std::size_t index = 0; index < legend.size(); ++index) {
        if (legend[index].contains(position)) {
            return static_cast<int>(index);
        }
    }
    return PaintedWidget::itemAt(position);
}

QSize SpaceBar::sizeHint() const
{
    const int width = fontMetrics().averageCharWidth() * 70;
    return {width, heightForWidth(width)};
}

QSize SpaceBar::minimumSizeHint() const
{
    const int width = fontMetrics().averageCharWidth() * 28;
    return {width, heightForWidth(std::max(width, this->width()))};
}

int SpaceBar::heightForWidth(int width) const
{
    return static_cast<int>(place(width).height);
}

void SpaceBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (paintBackground(painter)) {
        return;
    }
    const Look& colors = look();
    const Places places = place(width());
    for (std::size_t index = 0; index < m_parts.size(); ++index) {
        const Kind kind = m_parts[index].kind;
        const QColor color = colorOf(kind);
        const QRectF legend = places.legend[index];
        const QRectF sample(legend.left(), legend.center().y() - swatch / 2, swatch, swatch);
        for (const QRectF& surface : {places.segments[index].adjusted(0, 0, -1, 0), sample}) {
            painter.fillRect(surface, color);
            if (kind == Kind::Trash) {
                painter.fillRect(surface, QBrush(textOn(color), Qt::BDiagPattern));
            } else if (kind == Kind::Kept || kind == Kind::Released) {
                painter.fillRect(surface, QBrush(textOn(color), Qt::Dense7Pattern));
            }
            if (kind == Kind::Free) {
                painter.setPen(QPen(colors.axis, 0));
                painter.drawRect(surface.adjusted(0.5, 0.5, -0.5, -0.5));
            }
        }
        painter.setPen(colors.text);
        painter.drawText(legend.adjusted(swatch + gap, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(font()).elidedText(legendText(m_parts[index]), Qt::ElideRight,
                                                          legend.width() - swatch - gap));
    }
    paintMarks(painter, places);
    const int current = currentItem();
    if (current != noItem && hasFocus()) {
        paintRing(painter, QRectF(itemRect(current)).adjusted(1, 1, -1, -1));
    } else if (hasFocus()) {
        paintRing(painter, places.bar.adjusted(1, 1, -1, -1));
    }
}

void SpaceBar::paintMarks(QPainter& painter, const Places& places) const
{
    const Look& colors = look();
    const QFontMetricsF metrics(font());
    double rightmost = width();
    // From the right, so that the high mark keeps its place and the low one gives way.
    for (std::size_t index = m_marks.size(); index-- > 0;) {
        const QRectF place = places.marks[index];
        const double x = place.center().x();
        painter.fillRect(QRectF(x - 1.5, place.top(), 3, place.height()), colors.base);
        painter.fillRect(QRectF(x - 0.5, place.top(), 1, place.height()), colors.text);
        const double room = std::max(0.0, rightmost);
        const QString text = metrics.elidedText(legendText(m_marks[index]), Qt::ElideRight, room);
        const double textWidth = metrics.horizontalAdvance(text) + 1;
        const double left = std::clamp(x - textWidth / 2, 0.0, std::max(0.0, room - textWidth));
        painter.setPen(colors.dimmedText);
        painter.drawText(QRectF(left, 0, textWidth, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter, text);
        rightmost = left - gap * 2;
    }
}

} // namespace layerhold::gui
