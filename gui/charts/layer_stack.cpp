// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/layer_stack.h"

#include "models/plain_text.h"

#include <QFontDatabase>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace layerhold::gui {
namespace {

constexpr int gap = 6;
constexpr qsizetype longestCommand = 4096;

} // namespace

LayerStack::LayerStack(QWidget* parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    setAccessibleName(tr("Layers"));
}

void LayerStack::setLayers(std::vector<LayerRecord> layers)
{
    m_layers = std::move(layers);
    m_largest = 0;
    for (const LayerRecord& layer : m_layers) {
        m_largest = std::max(m_largest, layer.size);
    }
    updateGeometry();
    itemsReplaced();
}

void LayerStack::setFormat(Format format)
{
    m_format = std::move(format);
    update();
}

const LayerRecord& LayerStack::layerOf(int item) const
{
    return m_layers[m_layers.size() - 1 - static_cast<std::size_t>(item)];
}

int LayerStack::itemCount() const
{
    return notice().isEmpty() ? static_cast<int>(m_layers.size()) : 0;
}

QString LayerStack::itemName(int item) const
{
    return tr("Layer %1, %2").arg(itemCount() - item).arg(shortDigest(layerOf(item).digest));
}

QString LayerStack::itemValue(int item) const
{
    const LayerRecord& layer = layerOf(item);
    QStringList parts{m_format.bytes(layer.size), sharingOf(layer)};
    if (!layer.command.empty()) {
        parts.append(plainText(layer.command));
    }
    return parts.join(QStringLiteral("; "));
}

QString LayerStack::itemToolTip(int item) const
{
    const LayerRecord& layer = layerOf(item);
    QStringList lines{plainText(layer.digest),
                      m_format.bytes(layer.size) + QStringLiteral(" (") + m_format.exactBytes(layer.size) +
                          QLatin1Char(')'),
                      sharingOf(layer)};
    if (!layer.command.empty()) {
        lines.append(plainText(layer.command, longestCommand));
    }
    return lines.join(QLatin1Char('\n'));
}

QString LayerStack::sharingOf(const LayerRecord& layer) const
{
    if (!layer.isPresent) {
        return tr("not stored");
    }
    if (layer.images <= 1) {
        return tr("only in this image");
    }
    const std::uint64_t others = layer.images - 1;
    return tr("shared with %1 images", nullptr, numberForPlural(others)).arg(m_format.count(others));
}

int LayerStack::rowHeight() const
{
    return fontMetrics().height() * 2 + gap * 2;
}

QRect LayerStack::itemRect(int item) const
{
    return {0, item * rowHeight(), width(), rowHeight()};
}

int LayerStack::itemAt(const QPointF& position) const
{
    const int item = static_cast<int>(position.y()) / rowHeight();
    return position.y() < 0 || item >= itemCount() ? noItem : item;
}

QSize LayerStack::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 80, std::max(1, itemCount()) * rowHeight()};
}

QSize LayerStack::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 40, sizeHint().height()};
}

void LayerStack::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    if (paintBackground(painter) || m_layers.empty()) {
        return;
    }
    const int first = std::max(0, event->rect().top() / rowHeight());
    const int last = std::min(itemCount() - 1, event->rect().bottom() / rowHeight());
    for (int item = first; item <= last; ++item) {
        paintRow(painter, item);
    }
    if (hasFocus()) {
        paintRing(painter, QRectF(itemRect(std::max(0, currentItem()))).adjusted(2, 2, -2, -2));
    }
}

void LayerStack::paintRow(QPainter& painter, int item) const
{
    const Look& colors = look();
    const LayerRecord& layer = layerOf(item);
    const QRect row = itemRect(item);
    const bool isCurrent = item == currentItem();
    if (isCurrent) {
        painter.fillRect(row, colors.button);
    } else if (item % 2 == 1) {
        painter.fillRect(row, colors.alternateBase);
    }
    const int line = fontMetrics().height();
    const int numberWidth = fontMetrics().horizontalAdvance(QString::number(itemCount())) + gap;
    const int sizeWidth = fontMetrics().horizontalAdvance(QStringLiteral("1023.9 MiB")) + gap;
    const int textWidth =
        fontMetrics().horizontalAdvance(tr("shared with %1 images", nullptr, 1000).arg(QStringLiteral("1 000")));
    const int left = row.left() + gap + numberWidth;
    const int right = row.right() - gap;
    const QRect bar(left, row.top() + gap, std::max(20, right - left - sizeWidth - textWidth - gap * 2), line);

    painter.setPen(colors.dimmedText);
    painter.drawText(QRect(row.left() + gap, bar.top(), numberWidth - gap, line), Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(itemCount() - item));
    const double share = m_largest > 0 ? static_cast<double>(layer.size) / static_cast<double>(m_largest) : 0;
    const QRectF filled(bar.left(), bar.top() + 2, std::max(2.0, bar.width() * share), line - 4);
    if (layer.isPresent) {
        painter.fillRect(filled, colors.layer);
        if (layer.images > 1) {
            painter.fillRect(filled, QBrush(textOn(colors.layer), Qt::BDiagPattern));
        }
    } else {
        QPen pen(colors.axis, 0, Qt::DashLine);
        painter.setPen(pen);
        painter.drawRect(filled.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter.setPen(colors.text);
    const QRect size(bar.right() + gap, bar.top(), sizeWidth - gap, line);
    painter.drawText(size, Qt::AlignRight | Qt::AlignVCenter, m_format.bytes(layer.size));
    painter.setPen(layer.isPresent ? colors.text : colors.warning);
    const QRect sharing(size.right() + gap * 2, bar.top(), right - size.right() - gap * 2, line);
    painter.drawText(sharing, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(sharingOf(layer), Qt::ElideRight, sharing.width()));

    painter.save();
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    mono.setPointSizeF(font().pointSizeF() > 0 ? font().pointSizeF() * 0.92 : mono.pointSizeF());
    painter.setFont(mono);
    painter.setPen(colors.dimmedText);
    const QString command = layer.command.empty() ? tr("no command is recorded") : plainText(layer.command);
    painter.drawText(QRect(left, bar.bottom() + 1, right - left, line), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(mono).elidedText(command, Qt::ElideRight, right - left));
    painter.restore();
}

} // namespace layerhold::gui
