// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/entry_scatter_view.h"
#include "charts/kind_shapes.h"
#include "models/storage_tree.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace layerhold::gui {

namespace {

constexpr double gap = 6;
constexpr std::array kinds{StoredKind::Layer, StoredKind::Config, StoredKind::Manifest, StoredKind::Index,
                           StoredKind::Other};

double radiusOf(std::uint32_t count)
{
    return count == 1 ? 3.5 : count < 10 ? 4.5 : count < 100 ? 5.5 : 6.5;
}

/// Around a mark that is selected.
void paintHalo(QPainter& painter, const QPointF& middle, double radius, const Look& look)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(look.base, 1));
    painter.setBrush(look.text);
    painter.drawEllipse(middle, radius + 3.5, radius + 3.5);
    painter.restore();
}

QRectF rectOf(const MapRect& rect)
{
    return {rect.x, rect.y, rect.width, rect.height};
}

} // namespace

std::vector<EntryScatterView::LegendPlace> EntryScatterView::legend() const
{
    std::vector<LegendPlace> places;
    for (const StoredKind kind : kinds) {
        places.push_back({.kind = kind, .words = storedKindName(kind)});
    }
    places.push_back({.kind = {}, .words = tr("several at one place")});
    places.push_back({.kind = {}, .isSelected = true, .words = tr("selected")});
    const int line = fontMetrics().height() + 4;
    const int sample = fontMetrics().height() + 8;
    QPoint at(static_cast<int>(gap), 2);
    for (LegendPlace& place : places) {
        const int room = sample + fontMetrics().horizontalAdvance(place.words) + 2;
        if (at.x() > gap && at.x() + room > width() - gap) {
            at = QPoint(static_cast<int>(gap), at.y() + line);
        }
        place.mark = QRect(at.x(), at.y(), sample, line);
        place.text = QRect(at.x() + sample, at.y(), room - sample, line);
        at.rx() += room + 16;
    }
    return places;
}

void EntryScatterView::paintLegend(QPainter& painter) const
{
    const Look& colors = look();
    for (const LegendPlace& place : legend()) {
        const QPointF middle = QRectF(place.mark).center();
        if (place.isSelected) {
            paintHalo(painter, middle, radiusOf(10), colors);
            paintKindMark(painter, middle, radiusOf(10), StoredKind::Other, colors);
        } else if (place.kind) {
            paintKindMark(painter, middle, radiusOf(10), *place.kind, colors);
        } else {
            paintKindMark(painter, middle - QPointF(6, 0), radiusOf(1), StoredKind::Other, colors);
            paintKindMark(painter, middle + QPointF(3, 0), radiusOf(10), StoredKind::Other, colors);
        }
        painter.setPen(colors.text);
        painter.drawText(place.text, Qt::AlignLeft | Qt::AlignVCenter, place.words);
    }
}

void EntryScatterView::paintAxes(QPainter& painter) const
{
    const Look& colors = look();
    const QRectF all = rectOf(area());
    const QFontMetricsF metrics(font());
    const LogAxis& idle = m_scene->plane.idle;
    const LogAxis& size = m_scene->plane.size;
    const QRectF inner(QPointF(idle.begin(), size.end()), QPointF(idle.end(), size.begin()));
    painter.setRenderHint(QPainter::Antialiasing, false);
    // Strips, which are no part of the scales.
    if (idle.below()) {
        painter.fillRect(QRectF(all.topLeft(), QPointF(inner.left() - 4, all.bottom())), colors.button);
    }
    if (idle.above()) {
        painter.fillRect(QRectF(QPointF(inner.right() + 4, all.top()), all.bottomRight()), colors.button);
    }
    if (size.below()) {
        painter.fillRect(QRectF(QPointF(all.left(), inner.bottom() + 4), all.bottomRight()), colors.button);
    }
    QPen grid(colors.grid, 0);
    grid.setDashPattern({1, 5});
    const auto label = [&](double y, const QString& text) {
        painter.setPen(colors.dimmedText);
        painter.drawText(QRectF(0, y - metrics.height() / 2, all.left() - gap, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, text);
    };
    for (const double tick : size.ticks()) {
        const double y = size.at(tick);
        painter.setPen(grid);
        painter.drawLine(QPointF(all.left(), y), QPointF(all.right(), y));
        label(y, m_format.bytes(static_cast<std::uint64_t>(tick)));
    }
    if (size.below()) {
        label(*size.below(), m_format.bytes(0));
    }
    painter.setPen(grid);
    for (const double tick : idle.ticks()) {
        painter.drawLine(QPointF(idle.at(tick), all.top()), QPointF(idle.at(tick), all.bottom()));
    }
    painter.setPen(QPen(colors.axis, 0));
    painter.drawLine(all.bottomLeft(), all.bottomRight());
    painter.drawLine(all.topLeft(), all.bottomLeft());
    paintIdleLabels(painter);
    painter.setPen(colors.text);
    painter.drawText(QRectF(gap, all.top() - metrics.height() - 2, all.right(), metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, tr("Stored size"));
    painter.drawText(QRectF(all.left(), all.bottom() + metrics.height() + gap, all.width(), metrics.height()),
                     Qt::AlignCenter, tr("Time since last use"));
}

void EntryScatterView::paintIdleLabels(QPainter& painter) const
{
    const QFontMetricsF metrics(font());
    const double top = area().y + area().height + 4;
    const LogAxis& idle = m_scene->plane.idle;
    std::vector<std::pair<double, double>> taken;
    const auto label = [&](double x, const QString& text) {
        const double room = metrics.horizontalAdvance(text) + 2;
        const double start = std::clamp(x - room / 2, 0.0, std::max(0.0, width() - room));
        const bool isFree = std::none_of(taken.begin(), taken.end(), [&](const auto& other) {
            return start < other.second + gap && other.first < start + room + gap;
        });
        if (!isFree) {
            return;
        }
        taken.emplace_back(start, start + room);
        painter.drawText(QRectF(start, top, room, metrics.height()), Qt::AlignCenter, text);
    };
    painter.setPen(look().text);
    if (idle.below()) {
        label(*idle.below(), tr("future"));
    }
    if (idle.above()) {
        label(*idle.above(), tr("never"));
    }
    painter.setPen(look().dimmedText);
    for (const double tick : idle.ticks()) {
        label(idle.at(tick), m_format.age(std::chrono::milliseconds(std::llround(tick * 1000))));
    }
}

void EntryScatterView::paintMarks(QPainter& painter) const
{
    const Look& colors = look();
    const double ratio = devicePixelRatioF();
    const auto stampOf = [&](double side, auto paint) {
        QPixmap stamp((QSizeF(side, side) * ratio).toSize());
        stamp.setDevicePixelRatio(ratio);
        stamp.fill(Qt::transparent);
        QPainter on(&stamp);
        paint(on, QPointF(side / 2, side / 2));
        return stamp;
    };
    // Painted once for each shape and size: there may be ten thousands of marks.
    std::map<std::pair<StoredKind, double>, QPixmap> stamps;
    std::map<double, QPixmap> halos;
    const auto put = [&](const PlanePoint& at, const QPixmap& stamp) {
        const double half = stamp.width() / ratio / 2;
        painter.drawPixmap(QPointF(at.x - half, at.y - half), stamp);
    };
    const auto putMark = [&](const ScatterMark& mark) {
        const double radius = radiusOf(mark.count);
        QPixmap& stamp = stamps[{mark.kind, radius}];
        if (stamp.isNull()) {
            stamp = stampOf(std::ceil(radius) * 2 + 6, [&](QPainter& on, const QPointF& middle) {
                paintKindMark(on, middle, radius, mark.kind, colors);
            });
        }
        put(mark.at, stamp);
    };
    std::vector<bool> isSelected(m_scene->marks.marks.size(), false);
    for (std::size_t point = 0; point < m_isSelected.size(); ++point) {
        if (m_isSelected[point]) {
            isSelected[m_scene->marks.markOf[point]] = true;
        }
    }
    std::vector<ScatterMark> selected;
    for (std::size_t number = 0; number < isSelected.size(); ++number) {
        const ScatterMark& mark = m_scene->marks.marks[number];
        if (isSelected[number]) {
            selected.push_back(mark);
        } else {
            putMark(mark);
        }
    }
    // All halos below all of their marks, so that where many are selected each still shows what it is.
    for (const ScatterMark& mark : selected) {
        const double radius = radiusOf(mark.count);
        QPixmap& halo = halos[radius];
        if (halo.isNull()) {
            halo = stampOf(std::ceil(radius) * 2 + 12,
                           [&](QPainter& on, const QPointF& middle) { paintHalo(on, middle, radius, colors); });
        }
        put(mark.at, halo);
    }
    for (const ScatterMark& mark : selected) {
        putMark(mark);
    }
}

void EntryScatterView::paintPicture()
{
    const double ratio = devicePixelRatioF();
    m_picture = QPixmap((QSizeF(size()) * ratio).toSize());
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(look().base);
    QPainter painter(&m_picture);
    painter.setFont(font());
    paintLegend(painter);
    paintAxes(painter);
    paintMarks(painter);
}

void EntryScatterView::paintLasso(QPainter& painter) const
{
    QPolygonF line;
    for (const PlanePoint& corner : m_trail) {
        line.append(QPointF(corner.x, corner.y));
    }
    QColor inside = look().accent;
    inside.setAlphaF(0.15F);
    QPen pen(look().accent, 2);
    pen.setDashPattern({4, 2});
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(pen);
    painter.setBrush(inside);
    painter.drawPolygon(line);
}

} // namespace layerhold::gui
