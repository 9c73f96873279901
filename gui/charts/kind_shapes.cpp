// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/kind_shapes.h"

#include <QPainterPath>

namespace layerhold::gui {
namespace {

QPainterPath polygon(const QPolygonF& corners)
{
    QPainterPath path;
    path.addPolygon(corners);
    path.closeSubpath();
    return path;
}

/// Around the origin, of about the same area as a circle with the radius 1.
QPainterPath shapeOf(StoredKind kind)
{
    QPainterPath path;
    switch (kind) {
    case StoredKind::Layer:
        path.addEllipse(QPointF(), 1, 1);
        return path;
    case StoredKind::Config:
        path.addRect(-0.9, -0.9, 1.8, 1.8);
        return path;
    case StoredKind::Manifest:
        return polygon({QPointF(0, -1.3), QPointF(1.25, 0.95), QPointF(-1.25, 0.95)});
    case StoredKind::Index:
        return polygon({QPointF(0, -1.3), QPointF(1.3, 0), QPointF(0, 1.3), QPointF(-1.3, 0)});
    case StoredKind::Other:
        break;
    }
    return polygon({QPointF(-0.4, -1.2), QPointF(0.4, -1.2), QPointF(0.4, -0.4), QPointF(1.2, -0.4), QPointF(1.2, 0.4),
                    QPointF(0.4, 0.4), QPointF(0.4, 1.2), QPointF(-0.4, 1.2), QPointF(-0.4, 0.4), QPointF(-1.2, 0.4),
                    QPointF(-1.2, -0.4), QPointF(-0.4, -0.4)});
}

const QColor& colorOf(StoredKind kind, const Look& look)
{
    switch (kind) {
    case StoredKind::Layer:
        return look.layer;
    case StoredKind::Config:
        return look.config;
    case StoredKind::Manifest:
        return look.manifest;
    case StoredKind::Index:
        return look.index;
    case StoredKind::Other:
        break;
    }
    return look.otherKind;
}

} // namespace

void paintKindMark(QPainter& painter, const QPointF& middle, double radius, StoredKind kind, const Look& look)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(middle);
    painter.scale(radius, radius);
    QPen outline(look.base, 1);
    outline.setCosmetic(true);
    painter.setPen(outline);
    painter.setBrush(colorOf(kind, look));
    painter.drawPath(shapeOf(kind));
    painter.restore();
}

} // namespace layerhold::gui
