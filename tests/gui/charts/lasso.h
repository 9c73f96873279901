// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QApplication>
#include <QMouseEvent>
#include <QPolygonF>
#include <QWidget>

namespace layerhold::gui::test {

inline void sendMouse(QWidget& widget, QEvent::Type type, const QPointF& at, Qt::MouseButton button,
                      Qt::MouseButtons buttons, Qt::KeyboardModifiers modifiers = {})
{
    QMouseEvent event(type, at, widget.mapToGlobal(at), button, buttons, modifiers);
    QApplication::sendEvent(&widget, &event);
}

/// With the left button down along a line, in steps as a hand makes them.
inline void drawLasso(QWidget& widget, const QPolygonF& line, Qt::KeyboardModifiers modifiers = {})
{
    sendMouse(widget, QEvent::MouseButtonPress, line.front(), Qt::LeftButton, Qt::LeftButton, modifiers);
    for (qsizetype corner = 1; corner < line.size(); ++corner)
        for (int step = 1; step <= 8; ++step)
            sendMouse(widget, QEvent::MouseMove, line[corner - 1] + (line[corner] - line[corner - 1]) * step / 8.0,
                      Qt::NoButton, Qt::LeftButton, modifiers);
    sendMouse(widget, QEvent::MouseButtonRelease, line.back(), Qt::LeftButton, Qt::NoButton, modifiers);
}

inline void clickAt(QWidget& widget, const QPointF& at, Qt::KeyboardModifiers modifiers = {})
{
    sendMouse(widget, QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton, modifiers);
    sendMouse(widget, QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton, modifiers);
}

/// A little outside of all points.
inline QPolygonF around(const QPolygonF& points)
{
    const QRectF box = points.boundingRect().adjusted(-5, -5, 5, 5);
    return {box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()};
}

} // namespace layerhold::gui::test
