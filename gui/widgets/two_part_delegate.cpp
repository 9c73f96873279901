// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/two_part_delegate.h"

#include "charts/look.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace layerhold::gui {

namespace {

constexpr int margin = 8;
constexpr int iconSize = 16;
constexpr int rowHeight = 28;

} // namespace

TwoPartDelegate::TwoPartDelegate(int rightRole, int enabledRole, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_rightRole(rightRole)
    , m_enabledRole(enabledRole)
{}

void TwoPartDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem frame = option;
    initStyleOption(&frame, index);
    const QString left = frame.text;
    frame.text.clear();
    frame.icon = {};
    const QStyle* style = frame.widget ? frame.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &frame, painter, frame.widget);

    const Look& look = lookFor(option.palette);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isEnabled = m_enabledRole == 0 || index.data(m_enabledRole).toBool();
    const QColor strong = isSelected ? option.palette.color(QPalette::HighlightedText) : look.text;
    const QColor weak = isSelected ? strong : look.dimmedText;

    QRect room = option.rect.adjusted(margin, 0, -margin, 0);
    const QIcon icon = index.data(Qt::DecorationRole).value<QIcon>();
    if (!icon.isNull()) {
        const QRect place(room.left(), room.center().y() - iconSize / 2, iconSize, iconSize);
        icon.paint(painter, QStyle::visualRect(option.direction, option.rect, place), Qt::AlignCenter,
                   isSelected ? QIcon::Selected : QIcon::Normal);
        room.setLeft(room.left() + iconSize + margin);
    }
    const QFontMetrics metrics(option.font);
    painter->save();
    painter->setFont(option.font);
    // Whole pixels and what is left over of one: less would be elided.
    const int leftWidth =
        std::min(static_cast<int>(std::ceil(QFontMetricsF(option.font).horizontalAdvance(left))) + 1, room.width());
    const auto draw = [&](const QRect& rect, Qt::Alignment side, const QString& text, const QColor& color) {
        painter->setPen(color);
        painter->drawText(QStyle::visualRect(option.direction, option.rect, rect),
                          static_cast<int>(QStyle::visualAlignment(option.direction, side | Qt::AlignVCenter)) |
                              Qt::TextSingleLine,
                          metrics.elidedText(text, Qt::ElideMiddle, rect.width()));
    };
    draw(QRect(room.left(), room.top(), leftWidth, room.height()), Qt::AlignLeft, left, isEnabled ? strong : weak);
    const QRect rest = room.adjusted(leftWidth + 2 * margin, 0, 0, 0);
    if (rest.width() > 4 * margin)
        draw(rest, Qt::AlignRight, index.data(m_rightRole).toString(), weak);
    painter->restore();
}

QSize TwoPartDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QSize plain = QStyledItemDelegate::sizeHint(option, index);
    return {plain.width(), std::max(rowHeight, plain.height())};
}

} // namespace layerhold::gui
