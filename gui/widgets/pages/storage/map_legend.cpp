// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/storage/map_legend.h"

#include <QPainter>

namespace layerhold::gui {

namespace {

constexpr int gap = 6;
constexpr int betweenEntries = 16;

} // namespace

MapLegend::MapLegend(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("What the colours of the map mean"));
}

void MapLegend::setEntries(std::vector<LegendEntry> entries)
{
    m_entries = std::move(entries);
    QStringList words;
    for (const LegendEntry& entry : m_entries)
        words += entry.text;
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

template <class Each>
int MapLegend::place(int width, Each each) const
{
    const int line = fontMetrics().height() + gap;
    const int swatch = fontMetrics().height() - 2;
    QPoint at(0, 0);
    for (const LegendEntry& entry : m_entries) {
        const int room = swatch + gap + fontMetrics().horizontalAdvance(entry.text);
        if (at.x() > 0 && at.x() + room > width)
            at = {0, at.y() + line};
        each(entry, QRect(at.x(), at.y() + gap / 2 + 1, swatch, swatch),
             QRect(at.x() + swatch + gap, at.y(), room - swatch - gap + 2, line));
        at.rx() += room + betweenEntries;
    }
    return at.y() + line;
}

QSize MapLegend::sizeHint() const
{
    const int width = fontMetrics().averageCharWidth() * 60;
    return {width, heightForWidth(width)};
}

QSize MapLegend::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 20, fontMetrics().height() + gap};
}

int MapLegend::heightForWidth(int width) const
{
    return place(width, [](const auto&...) {});
}

void MapLegend::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const Look& look = lookFor(palette());
    place(width(), [&](const LegendEntry& entry, const QRect& swatch, const QRect& text) {
        paintTint(painter, swatch, entry.tint, look);
        painter.setPen(look.text);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, entry.text);
    });
}

} // namespace layerhold::gui
