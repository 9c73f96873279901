// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/painted_widget.h"

#include "charts/accessible_items.h"
#include "models/plain_text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace layerhold::gui {

PaintedWidget::PaintedWidget(QWidget* parent)
    : QWidget(parent)
{
    installAccessibleItems();
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
}

PaintedWidget::~PaintedWidget() = default;

int PaintedWidget::itemAt(const QPointF& position) const
{
    for (int item = itemCount() - 1; item >= 0; --item) {
        if (QRectF(itemRect(item)).contains(position)) {
            return item;
        }
    }
    return noItem;
}

QString PaintedWidget::itemToolTip(int item) const
{
    const QString value = itemValue(item);
    return value.isEmpty() ? itemName(item) : itemName(item) + QLatin1Char('\n') + value;
}

void PaintedWidget::setCurrentItem(int item)
{
    item = std::clamp(item, noItem, itemCount() - 1);
    if (item == m_current) {
        return;
    }
    m_current = item;
    update();
    announceCurrent();
    emit currentItemChanged(item);
}

void PaintedWidget::setNotice(const QString& notice)
{
    if (notice == m_notice) {
        return;
    }
    m_notice = notice;
    setAccessibleDescription(notice);
    dropCaches();
    update();
}

void PaintedWidget::itemsReplaced(int current)
{
    const int before = m_current;
    m_current = std::clamp(current, noItem, itemCount() - 1);
    update();
    announceItemsReplaced(*this);
    if (m_current != before) {
        announceCurrent();
        emit currentItemChanged(m_current);
    }
}

bool PaintedWidget::paintBackground(QPainter& painter)
{
    const Look& colors = look();
    painter.fillRect(rect(), colors.base);
    if (m_notice.isEmpty()) {
        return false;
    }
    painter.setPen(colors.dimmedText);
    painter.drawText(rect().adjusted(8, 4, -8, -4), Qt::AlignCenter | Qt::TextWordWrap, m_notice);
    if (hasFocus()) {
        paintRing(painter, QRectF(rect()).adjusted(2, 2, -2, -2));
    }
    return true;
}

void PaintedWidget::paintRing(QPainter& painter, const QRectF& around) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    QPen pen(look().base, 4);
    pen.setJoinStyle(Qt::MiterJoin);
    painter.setPen(pen);
    painter.drawRect(around);
    pen.setColor(hasFocus() ? look().accent : look().text);
    pen.setWidth(2);
    painter.setPen(pen);
    painter.drawRect(around);
    painter.restore();
}

void PaintedWidget::changeEvent(QEvent* event)
{
    switch (event->type()) {
    case QEvent::PaletteChange:
    case QEvent::ApplicationPaletteChange:
    case QEvent::StyleChange:
    case QEvent::FontChange:
    case QEvent::LanguageChange:
        dropCaches();
        updateGeometry();
        update();
        break;
    default:
        break;
    }
    QWidget::changeEvent(event);
}

bool PaintedWidget::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) {
        return QWidget::event(event);
    }
    const auto* help = static_cast<QHelpEvent*>(event);
    const int item = m_notice.isEmpty() ? itemAt(help->pos()) : noItem;
    if (item == noItem) {
        QToolTip::hideText();
    } else {
        QToolTip::showText(help->globalPos(), literalToolTip(itemToolTip(item)), this, itemRect(item));
    }
    return true;
}

void PaintedWidget::keyPressEvent(QKeyEvent* event)
{
    const int last = itemCount() - 1;
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
        setCurrentItem(std::min(m_current + 1, last));
        return;
    case Qt::Key_Left:
    case Qt::Key_Up:
        setCurrentItem(std::max(m_current - 1, std::min(0, last)));
        return;
    case Qt::Key_Home:
        setCurrentItem(std::min(0, last));
        return;
    case Qt::Key_End:
        setCurrentItem(last);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current != noItem) {
            emit itemActivated(m_current);
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void PaintedWidget::mousePressEvent(QMouseEvent* event)
{
    if (m_notice.isEmpty() && event->button() != Qt::MiddleButton) {
        setCurrentItem(itemAt(event->position()));
    }
}

void PaintedWidget::mouseDoubleClickEvent(QMouseEvent* event)
{
    const int item = m_notice.isEmpty() ? itemAt(event->position()) : noItem;
    if (item != noItem && event->button() == Qt::LeftButton) {
        setCurrentItem(item);
        emit itemActivated(item);
    }
}

void PaintedWidget::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    announceCurrent();
    update();
}

void PaintedWidget::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void PaintedWidget::announceCurrent()
{
    if (m_current != noItem && hasFocus()) {
        announceFocus(*this, m_current);
    }
}

} // namespace layerhold::gui
