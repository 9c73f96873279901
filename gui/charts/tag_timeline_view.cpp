// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/tag_timeline_view.h"

#include "models/axis_ticks.h"
#include "models/plain_text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace layerhold::gui {
namespace {

constexpr int gap = 6;
constexpr double zoomStep = 0.8;
constexpr double leastWidth = 3;

} // namespace

TagTimelineView::TagTimelineView(TimeAxis* axis, QWidget* parent)
    : PaintedWidget(parent)
    , m_axis(axis)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    setAccessibleName(tr("Timeline of tags"));
    connect(axis, &TimeAxis::rangeChanged, this, qOverload<>(&QWidget::update));
    connect(axis, &TimeAxis::crosshairChanged, this, qOverload<>(&QWidget::update));
}

void TagTimelineView::setLanes(std::vector<TagLane> lanes)
{
    std::vector<BlockKey> marked;
    for (const int item : m_marked) {
        marked.push_back(keyOf(item));
    }
    const auto current = currentItem() == noItem ? std::nullopt : std::optional(keyOf(currentItem()));
    m_lanes = std::move(lanes);
    dropCaches();
    m_places.clear();
    m_firstOf.clear();
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane) {
        m_firstOf.push_back(m_places.size());
        for (std::size_t block = 0; block < m_lanes[lane].blocks.size(); ++block) {
            m_places.push_back({lane, block});
        }
    }
    m_firstOf.push_back(m_places.size());
    m_marked.clear();
    for (const BlockKey& key : marked) {
        if (const int item = itemOf(key); item != noItem) {
            m_marked.push_back(item);
        }
    }
    const int now = current ? itemOf(*current) : noItem;
    if (now == noItem) {
        m_stepTime.reset();
    }
    updateGeometry();
    itemsReplaced(now);
    emit markedItemsChanged();
}

TagTimelineView::BlockKey TagTimelineView::keyOf(int item) const
{
    return {laneOf(item).reference, blockOf(item).from, blockOf(item).digest};
}

int TagTimelineView::itemOf(const BlockKey& key) const
{
    for (int item = 0; item < static_cast<int>(m_places.size()); ++item) {
        if (keyOf(item) == key) {
            return item;
        }
    }
    return noItem;
}

void TagTimelineView::setFormat(Format format)
{
    m_format = std::move(format);
    update();
}

const TagLane& TagTimelineView::laneOf(int item) const
{
    return m_lanes[m_places[static_cast<std::size_t>(item)].lane];
}

const TagBlock& TagTimelineView::blockOf(int item) const
{
    return laneOf(item).blocks[m_places[static_cast<std::size_t>(item)].block];
}

int TagTimelineView::itemCount() const
{
    return notice().isEmpty() && m_axis ? static_cast<int>(m_places.size()) : 0;
}

QString TagTimelineView::itemName(int item) const
{
    const TagBlock& block = blockOf(item);
    const QString reference = plainText(laneOf(item).reference);
    switch (block.kind) {
    case TagBlock::Kind::Digest:
        return tr("%1: %2").arg(reference, shortDigest(block.digest));
    case TagBlock::Kind::Deleted:
        return tr("%1: deleted").arg(reference);
    case TagBlock::Kind::Unknown:
        break;
    }
    return tr("%1: unknown").arg(reference);
}

QString TagTimelineView::itemValue(int item) const
{
    return tagBlockSentence(blockOf(item), m_format);
}

QRect TagTimelineView::itemRect(int item) const
{
    const QRectF place = blockRect(m_places[static_cast<std::size_t>(item)]);
    return place.isEmpty() ? QRect() : place.toAlignedRect();
}

int TagTimelineView::itemAt(const QPointF& position) const
{
    if (itemCount() == 0 || !area().contains(position)) {
        return noItem;
    }
    const auto lane = static_cast<std::size_t>((position.y() - area().top()) / laneHeight());
    if (lane >= m_lanes.size()) {
        return noItem;
    }
    // From the newest: a short block is as wide as can be pointed at, and lies on the one before.
    for (std::size_t item = m_firstOf[lane + 1]; item-- > m_firstOf[lane];) {
        const QRectF place = blockRect(m_places[item]);
        if (place.left() <= position.x() && position.x() < place.right()) {
            return static_cast<int>(item);
        }
    }
    return noItem;
}

int TagTimelineView::laneHeight() const
{
    return fontMetrics().height() * 2;
}

int TagTimelineView::axisHeight() const
{
    return fontMetrics().height() + gap;
}

void TagTimelineView::dropCaches()
{
    m_widestName.reset();
}

double TagTimelineView::namesWidth() const
{
    // It is asked for several times for each block that is painted.
    if (!m_widestName) {
        m_widestName = 0;
        for (const TagLane& lane : m_lanes) {
            m_widestName = std::max(*m_widestName, QFontMetricsF(font()).horizontalAdvance(plainText(lane.reference)));
        }
    }
    return std::min(*m_widestName, width() * 0.3) + gap * 2;
}

QRectF TagTimelineView::area() const
{
    const double left = namesWidth();
    return {left, static_cast<double>(axisHeight()), std::max(10.0, width() - left - gap),
            static_cast<double>(laneHeight()) * static_cast<double>(m_lanes.size())};
}

double TagTimelineView::xOf(Moment moment) const
{
    const TimeRange& range = m_axis->range();
    const QRectF place = area();
    return place.left() + static_cast<double>((moment - range.from).count()) /
                              static_cast<double>(std::max<std::int64_t>(1, range.length().count())) * place.width();
}

Moment TagTimelineView::momentAt(double x) const
{
    const TimeRange& range = m_axis->range();
    const double part = (x - area().left()) / area().width();
    return range.from + std::chrono::milliseconds(std::llround(part * static_cast<double>(range.length().count())));
}

TimeRange TagTimelineView::timeOf(const TagBlock& block) const
{
    const TimeRange& bounds = m_axis->bounds();
    return {isKnown(block.from) ? block.from : std::min(bounds.from, m_axis->range().from),
            isKnown(block.to) ? block.to : std::max(m_format.now(), bounds.from)};
}

QRectF TagTimelineView::blockRect(const Place& place) const
{
    const TimeRange time = timeOf(m_lanes[place.lane].blocks[place.block]);
    const QRectF all = area();
    if (time.to < m_axis->range().from || m_axis->range().to < time.from) {
        return {};
    }
    const double left = std::max(all.left(), xOf(time.from));
    const double right = std::max(left + leastWidth, std::min(all.right(), xOf(time.to)));
    const double top = all.top() + static_cast<double>(laneHeight()) * static_cast<double>(place.lane);
    return {left, top + 4, std::min(right, all.right()) - left, static_cast<double>(laneHeight()) - 8};
}

QSize TagTimelineView::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 90,
            axisHeight() + laneHeight() * static_cast<int>(std::max<std::size_t>(1, m_lanes.size())) + 2};
}

QSize TagTimelineView::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 50, sizeHint().height()};
}

void TagTimelineView::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    if (paintBackground(painter) || !m_axis) {
        return;
    }
    paintAxis(painter);
    const double height = laneHeight();
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane) {
        const double top = area().top() + height * static_cast<double>(lane);
        if (top <= event->rect().bottom() && top + height >= event->rect().top()) {
            paintLane(painter, lane);
        }
    }
    if (const auto at = m_axis->crosshair()) {
        const double x = xOf(*at);
        if (area().left() <= x && x <= area().right()) {
            QPen pen(look().text, 0, Qt::DashLine);
            painter.setPen(pen);
            painter.drawLine(QPointF(x, area().top()), QPointF(x, area().bottom()));
        }
    }
    if (currentItem() != noItem && !itemRect(currentItem()).isEmpty()) {
        paintRing(painter, QRectF(itemRect(currentItem())).adjusted(1, 0, -1, 0));
    } else if (hasFocus()) {
        paintRing(painter, QRectF(rect()).adjusted(2, 2, -2, -2));
    }
}

void TagTimelineView::paintAxis(QPainter& painter) const
{
    const Look& colors = look();
    const QFontMetricsF metrics(font());
    const QRectF all = area();
    const int most = std::max(2, static_cast<int>(all.width() / (metrics.averageCharWidth() * 16)));
    const TimeRange& range = m_axis->range();
    QPen grid(colors.grid, 0);
    grid.setDashPattern({1, 5});
    double labelledUpTo = 0;
    for (const TimeTick& tick :
         timeTicks(range.from, range.to, most, m_format.options().zone, m_format.options().locale)) {
        const double x = xOf(tick.at);
        painter.setPen(grid);
        painter.drawLine(QPointF(x, all.top()), QPointF(x, all.bottom()));
        const double width = metrics.horizontalAdvance(tick.label) + 2;
        const double left = std::clamp(x - width / 2, 0.0, std::max(0.0, this->width() - width));
        if (left < labelledUpTo) {
            continue;
        }
        labelledUpTo = left + width + gap;
        painter.setPen(tick.startsDay ? colors.text : colors.dimmedText);
        painter.drawText(QRectF(left, 0, width, metrics.height()), Qt::AlignCenter, tick.label);
    }
    painter.setPen(QPen(colors.axis, 0));
    painter.drawLine(all.topLeft(), all.topRight());
}

void TagTimelineView::paintLane(QPainter& painter, std::size_t lane) const
{
    const Look& colors = look();
    const double top = area().top() + static_cast<double>(laneHeight()) * static_cast<double>(lane);
    const QRectF name(gap, top, namesWidth() - gap * 2, laneHeight());
    painter.setPen(colors.text);
    painter.drawText(
        name, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetricsF(font()).elidedText(plainText(m_lanes[lane].reference), Qt::ElideMiddle, name.width() + 1));
    for (std::size_t block = 0; block < m_lanes[lane].blocks.size(); ++block) {
        paintBlock(painter, {lane, block});
    }
}

void TagTimelineView::paintBlock(QPainter& painter, const Place& place) const
{
    const QRectF all = blockRect(place);
    if (all.isEmpty()) {
        return;
    }
    const Look& colors = look();
    const TagBlock& block = m_lanes[place.lane].blocks[place.block];
    const QRectF surface = all.adjusted(0, 0, all.width() > leastWidth ? -1 : 0, 0);
    QString label;
    QColor ink = colors.dimmedText;
    QColor back = colors.base;
    switch (block.kind) {
    case TagBlock::Kind::Digest:
        back = colors.seriesColor(static_cast<std::size_t>(std::max(0, block.colour)));
        ink = textOn(back);
        label = shortDigest(block.digest);
        painter.fillRect(surface, back);
        break;
    case TagBlock::Kind::Deleted: {
        label = tr("deleted");
        painter.setPen(QPen(colors.axis, 0, Qt::DotLine));
        painter.drawLine(QPointF(surface.left(), surface.center().y()), QPointF(surface.right(), surface.center().y()));
        break;
    }
    case TagBlock::Kind::Unknown:
        label = tr("unknown");
        painter.fillRect(surface, QBrush(colors.hatch, Qt::BDiagPattern));
        painter.setPen(QPen(colors.axis, 0));
        painter.drawRect(surface.adjusted(0, 0, -1, -1));
        break;
    }
    const QFontMetricsF metrics(font());
    const bool isMarked = std::any_of(m_marked.begin(), m_marked.end(), [&](int item) {
        const Place& marked = m_places[static_cast<std::size_t>(item)];
        return marked.lane == place.lane && marked.block == place.block;
    });
    if (isMarked) {
        label.prepend(QStringLiteral("✓ "));
    }
    const QString shown = metrics.elidedText(label, Qt::ElideRight, surface.width() - 6);
    if (surface.width() < metrics.averageCharWidth() * 5) {
        if (isMarked) {
            painter.fillRect(QRectF(surface.left(), surface.top(), surface.width(), 4), colors.text);
        }
        return;
    }
    const double width = metrics.horizontalAdvance(shown) + 2;
    const QRectF text(surface.center().x() - width / 2, surface.top(), width, surface.height());
    if (block.kind != TagBlock::Kind::Digest) {
        painter.fillRect(QRectF(text.left() - 2, text.center().y() - metrics.height() / 2, width + 4, metrics.height())
                             .intersected(surface),
                         back);
    }
    painter.setPen(ink);
    painter.drawText(text, Qt::AlignCenter, shown);
}

void TagTimelineView::bringIntoView(int item)
{
    const TagBlock& block = blockOf(item);
    const TimeRange time = timeOf(block);
    const TimeRange range = m_axis->range();
    if (time.from < range.from || range.to < time.from) {
        const auto start = time.from - range.length() / 10;
        m_axis->setRange({start, start + range.length()});
    }
    m_axis->setCrosshair(isKnown(block.from) ? std::optional(block.from) : std::nullopt);
}

void TagTimelineView::step(int by)
{
    if (itemCount() == 0) {
        return;
    }
    int item = 0;
    if (currentItem() != noItem) {
        const std::size_t lane = m_places[static_cast<std::size_t>(currentItem())].lane;
        item = std::clamp(currentItem() + by, static_cast<int>(m_firstOf[lane]),
                          static_cast<int>(m_firstOf[lane + 1]) - 1);
    }
    bringIntoView(item);
    m_stepTime = timeOf(blockOf(item)).from;
    setCurrentItem(item);
}

void TagTimelineView::stepLane(LaneStep direction)
{
    if (currentItem() == noItem) {
        step(0);
        return;
    }
    const auto count = static_cast<int>(m_lanes.size());
    int lane = static_cast<int>(m_places[static_cast<std::size_t>(currentItem())].lane);
    const int by = direction == LaneStep::Up ? -1 : 1;
    do {
        lane += by;
    } while (lane >= 0 && lane < count && m_lanes[static_cast<std::size_t>(lane)].blocks.empty());
    if (lane < 0 || lane >= count) {
        return;
    }
    const Moment wanted = m_stepTime.value_or(timeOf(blockOf(currentItem())).from);
    auto item = static_cast<int>(m_firstOf[static_cast<std::size_t>(lane)]);
    const auto end = static_cast<int>(m_firstOf[static_cast<std::size_t>(lane) + 1]);
    while (item + 1 < end && timeOf(blockOf(item + 1)).from <= wanted) {
        ++item;
    }
    setCurrentItem(item);
}

void TagTimelineView::mark(int item)
{
    if (item == noItem || blockOf(item).kind != TagBlock::Kind::Digest) {
        return;
    }
    const auto known = std::find(m_marked.begin(), m_marked.end(), item);
    if (known != m_marked.end()) {
        m_marked.erase(known);
    } else {
        if (m_marked.size() == 2) {
            m_marked.erase(m_marked.begin());
        }
        m_marked.push_back(item);
    }
    update();
    emit markedItemsChanged();
}

void TagTimelineView::keyPressEvent(QKeyEvent* event)
{
    if (!m_axis || !notice().isEmpty()) {
        PaintedWidget::keyPressEvent(event);
        return;
    }
    const TimeRange& range = m_axis->range();
    const Moment around = m_axis->crosshair().value_or(range.from + range.length() / 2);
    switch (event->key()) {
    case Qt::Key_Left:
        step(-1);
        return;
    case Qt::Key_Right:
        step(1);
        return;
    case Qt::Key_Up:
        stepLane(LaneStep::Up);
        return;
    case Qt::Key_Down:
        stepLane(LaneStep::Down);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_axis->zoom(zoomStep, around);
        return;
    case Qt::Key_Minus:
        m_axis->zoom(1 / zoomStep, around);
        return;
    case Qt::Key_0:
        m_axis->setRange(m_axis->bounds());
        return;
    case Qt::Key_Space:
        mark(currentItem());
        return;
    default:
        PaintedWidget::keyPressEvent(event);
    }
}

void TagTimelineView::mousePressEvent(QMouseEvent* event)
{
    m_grabbed.reset();
    if (itemCount() > 0 && event->button() == Qt::LeftButton && area().contains(event->position())) {
        m_grabbed = momentAt(event->position().x());
        m_stepTime = m_grabbed;
        if (event->modifiers() & Qt::ControlModifier) {
            mark(itemAt(event->position()));
        }
    }
    PaintedWidget::mousePressEvent(event);
}

void TagTimelineView::mouseReleaseEvent(QMouseEvent* event)
{
    m_grabbed.reset();
    PaintedWidget::mouseReleaseEvent(event);
}

void TagTimelineView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_axis && m_grabbed && event->buttons() & Qt::LeftButton) {
        const TimeRange range = m_axis->range();
        const auto by = *m_grabbed - momentAt(event->position().x());
        m_axis->setRange({range.from + by, range.to + by});
    }
}

void TagTimelineView::wheelEvent(QWheelEvent* event)
{
    const double turns = event->angleDelta().y() / 120.0;
    if (itemCount() == 0 || turns == 0 || !area().contains(event->position())) {
        event->ignore();
        return;
    }
    m_axis->zoom(std::pow(zoomStep, turns), momentAt(event->position().x()));
    event->accept();
}

} // namespace layerhold::gui
