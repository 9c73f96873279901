// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/storage_map_view.h"

#include "models/in_worker.h"
#include "models/plain_text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace layerhold::gui {

namespace {

QColor colorOf(MapTint tint, const Look& look)
{
    const auto after = [tint](MapTint first) {
        return static_cast<std::size_t>(tint) - static_cast<std::size_t>(first);
    };
    switch (tint) {
    case MapTint::Layer:
        return look.layer;
    case MapTint::Config:
        return look.config;
    case MapTint::Manifest:
        return look.manifest;
    case MapTint::Index:
        return look.index;
    case MapTint::Other:
    case MapTint::Unknown:
        return look.otherKind;
    default:
        return tint < MapTint::Category0 ? look.idle[after(MapTint::Idle0)]
                                         : look.seriesColor(after(MapTint::Category0));
    }
}

bool isWithin(const StorageMap& map, std::uint32_t node, std::uint32_t outer)
{
    while (node != outer && node != 0) {
        node = map.tree[node].parent;
    }
    return node == outer;
}

QColor hatchOn(const QColor& color)
{
    QColor hatch = textOn(color);
    hatch.setAlphaF(0.45F);
    return hatch;
}

} // namespace

void paintTint(QPainter& painter, const QRectF& surface, MapTint tint, const Look& look)
{
    const QColor color = colorOf(tint, look);
    painter.fillRect(surface, color);
    if (tint == MapTint::Unknown) {
        painter.fillRect(surface, QBrush(hatchOn(color), Qt::DiagCrossPattern));
    }
}

StorageMapView::StorageMapView(QWidget* parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Storage map"));
    connect(this, &PaintedWidget::currentItemChanged, this, &StorageMapView::takeChoice);
}

StorageMapView::~StorageMapView() = default;

void StorageMapView::setScene(MapScene scene)
{
    const std::size_t before = newestMap() ? newestMap()->tree.size() : 0;
    const std::size_t now = scene.map ? scene.map->tree.size() : 0;
    m_next = std::move(scene);
    if (before != now) {
        m_chosen = 0;
        if (m_root != 0) {
            m_root = 0;
            emit rootChanged(0);
        }
    }
    startLayout();
}

const StorageMap* StorageMapView::newestMap() const
{
    return m_next ? m_next->map.get() : m_scene.map.get();
}

void StorageMapView::setFormat(Format format)
{
    m_format = std::move(format);
    dropCaches();
    update();
}

void StorageMapView::setRootNode(std::uint32_t node)
{
    const StorageMap* map = newestMap();
    if (!map || node >= map->tree.size() || node == m_root || map->tree[node].childCount == 0) {
        return;
    }
    if (m_chosen == 0) {
        m_chosen = m_root;
    }
    m_root = node;
    startLayout();
    emit rootChanged(node);
}

void StorageMapView::goIn()
{
    if (m_chosen != 0) {
        goTowards(m_chosen);
    }
}

void StorageMapView::goOut()
{
    if (newestMap() && m_root != 0) {
        setRootNode(newestMap()->tree[m_root].parent);
    }
}

void StorageMapView::goTowards(std::uint32_t node)
{
    const StorageMap* map = newestMap();
    if (!map || node >= map->tree.size()) {
        return;
    }
    while (node != 0 && node != m_root && map->tree[node].parent != m_root) {
        node = map->tree[node].parent;
    }
    if (node != 0) {
        setRootNode(node);
    }
}

void StorageMapView::startLayout()
{
    const std::uint64_t request = ++m_request;
    const std::shared_ptr<const StorageMap> map = m_next ? m_next->map : m_scene.map;
    if (!map || map->tree.empty() || width() < 1 || height() < 1) {
        takeLayout({});
        return;
    }
    const MapRect area{.x = 0, .y = 0, .width = double(width()), .height = double(height())};
    const auto work = [map, root = m_root, area] { return layOut(map->tree, root, area); };
    inWorker(this, work, [this, request](MapLayout layout) {
        if (request == m_request) {
            takeLayout(std::move(layout));
        }
    });
}

void StorageMapView::takeLayout(MapLayout layout)
{
    m_answered = m_request;
    if (m_next) {
        m_scene = std::move(*m_next);
        m_next.reset();
    }
    m_hovered = noItem;
    m_layout = std::move(layout);
    m_tileOfItem.clear();
    m_itemOfTile.assign(m_layout.tiles.size(), noItem);
    for (std::size_t tile = 0; tile < m_layout.tiles.size(); ++tile) {
        if (m_layout.tiles[tile].isLeaf) {
            m_itemOfTile[tile] = static_cast<int>(m_tileOfItem.size());
            m_tileOfItem.push_back(static_cast<int>(tile));
        }
    }
    dropCaches();
    {
        const QScopedValueRollback showing(m_isShowing, true);
        itemsReplaced();
    }
    showChosen();
    emit laidOut();
}

void StorageMapView::takeChoice(int item)
{
    if (m_isShowing || item == noItem || m_next) {
        return;
    }
    m_markedTile = -1;
    m_chosen = nodeOf(item);
    emit nodeChosen(m_chosen);
}

const MapTile& StorageMapView::tileOf(int item) const
{
    return m_layout.tiles[static_cast<std::size_t>(m_tileOfItem[static_cast<std::size_t>(item)])];
}

std::uint32_t StorageMapView::nodeOf(int item) const
{
    return tileOf(item).node;
}

bool StorageMapView::isMerged(int item) const
{
    return !tileOf(item).hasNode;
}

std::uint64_t StorageMapView::tileBytes(int item) const
{
    return tileOf(item).bytes;
}

double StorageMapView::tileArea(int item) const
{
    return tileOf(item).rect.area();
}

void StorageMapView::showNode(std::uint32_t node)
{
    const StorageMap* map = newestMap();
    if (!map || node >= map->tree.size()) {
        return;
    }
    m_chosen = node;
    std::uint32_t level = m_root;
    while (node != 0 && !isWithin(*map, node, level)) {
        level = map->tree[level].parent;
    }
    if (level != m_root) {
        setRootNode(level);
    } else if (m_answered == m_request) {
        showChosen();
    }
}

int StorageMapView::tileOfAbsorbed(int tile) const
{
    std::size_t found = static_cast<std::size_t>(tile);
    for (std::size_t place = found + 1; place < m_layout.tiles.size() && m_itemOfTile[found] == noItem; ++place) {
        const MapTile& inner = m_layout.tiles[place];
        const std::uint32_t outer = m_layout.tiles[found].node;
        if (inner.hasNode ? inner.merged > 0 && m_scene.map->tree[inner.node].parent == outer : inner.node == outer) {
            found = place;
        }
    }
    return static_cast<int>(found);
}

void StorageMapView::showChosen()
{
    const QScopedValueRollback showing(m_isShowing, true);
    // Without a tile of its own the chosen node is in the merged one of the nearest level that has such. A tile with
    // others in it is nearer than a merged one beside it.
    int found = -1;
    std::uint32_t nearness = 0;
    for (std::size_t place = 0; place < m_layout.tiles.size() && m_chosen != 0 && m_chosen != m_root; ++place) {
        const MapTile& tile = m_layout.tiles[place];
        const std::uint32_t here = tile.depth * 2 + (m_itemOfTile[place] == noItem ? 1 : 0);
        if (tile.hasNode && tile.node == m_chosen) {
            found = static_cast<int>(place);
            break;
        }
        // A large tile stands for smaller ones beside it, too.
        const std::uint32_t outer = tile.hasNode && tile.merged > 0 ? m_scene.map->tree[tile.node].parent : tile.node;
        if (here > nearness && isWithin(*m_scene.map, m_chosen, outer)) {
            found = static_cast<int>(place);
            nearness = here;
        }
    }
    if (found >= 0 && !isWithin(*m_scene.map, m_chosen, m_layout.tiles[static_cast<std::size_t>(found)].node)) {
        found = tileOfAbsorbed(found);
    }
    const int item = found < 0 ? noItem : m_itemOfTile[static_cast<std::size_t>(found)];
    m_markedTile = item == noItem ? found : -1;
    setCurrentItem(item);
    update();
}

int StorageMapView::itemCount() const
{
    return notice().isEmpty() ? static_cast<int>(m_tileOfItem.size()) : 0;
}

QString StorageMapView::nodeName(std::uint32_t node) const
{
    if (m_scene.nameOf) {
        return m_scene.nameOf(node);
    }
    const StorageNode& what = m_scene.map->nodes[node];
    switch (what.kind) {
    case StorageNode::Kind::SharedBlock:
        return tr("Shared by two or more");
    case StorageNode::Kind::OtherBlock:
        return tr("Reached by none");
    case StorageNode::Kind::Root:
        return tr("All");
    default:
        return plainText(what.name);
    }
}

QString StorageMapView::itemName(int item) const
{
    const MapTile& tile = tileOf(item);
    const QString name = nodeName(tile.node);
    return tile.hasNode ? name : tr("%1 smaller in %2").arg(m_format.count(tile.merged), name);
}

QString StorageMapView::itemValue(int item) const
{
    const MapTile& tile = tileOf(item);
    QString value = m_format.bytes(tile.bytes);
    if (tile.hasNode && tile.merged > 0) {
        value = tr("%1 with %2 smaller").arg(value, m_format.count(tile.merged));
    }
    return tile.hasNode && isShared(tile.node)
               ? tr("%1, shared by %2").arg(value, m_format.count(m_scene.map->nodes[tile.node].sharers))
               : value;
}

QString StorageMapView::itemToolTip(int item) const
{
    QString text = PaintedWidget::itemToolTip(item);
    if (m_scene.detailsOf && !isMerged(item)) {
        const QString details = m_scene.detailsOf(nodeOf(item));
        text += details.isEmpty() ? QString() : QLatin1Char('\n') + details;
    }
    return text;
}

QRect StorageMapView::itemRect(int item) const
{
    const MapRect& rect = tileOf(item).rect;
    return QRectF(rect.x, rect.y, rect.width, rect.height).toAlignedRect();
}

int StorageMapView::itemAt(const QPointF& position) const
{
    const int tile = notice().isEmpty() ? tileAt(m_layout, position.x(), position.y()) : -1;
    return tile < 0 ? noItem : m_itemOfTile[static_cast<std::size_t>(tile)];
}

QSize StorageMapView::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 24};
}

QSize StorageMapView::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 20, fontMetrics().height() * 8};
}

void StorageMapView::dropCaches()
{
    m_picture = QPixmap();
}

bool StorageMapView::isShared(std::uint32_t node) const
{
    const auto isBlock = [this](std::uint32_t each) {
        return m_scene.map->nodes[each].kind == StorageNode::Kind::SharedBlock;
    };
    return isBlock(node) || isBlock(m_scene.map->tree[node].parent);
}

MapTint StorageMapView::tintOf(const MapTile& tile) const
{
    return tile.hasNode && tile.node < m_scene.tints.size() ? m_scene.tints[tile.node] : MapTint::Other;
}

double StorageMapView::snapped(double value) const
{
    const double ratio = devicePixelRatioF();
    return std::round(value * ratio) / ratio;
}

void StorageMapView::paintTile(QPainter& painter, const MapTile& tile) const
{
    const QRectF all(QPointF(snapped(tile.rect.x), snapped(tile.rect.y)),
                     QPointF(snapped(tile.rect.x + tile.rect.width), snapped(tile.rect.y + tile.rect.height)));
    // A line of the background on two sides keeps tiles of one colour apart.
    const double line = 1 / devicePixelRatioF();
    const QRectF surface = all.adjusted(0, 0, all.width() > 2 ? -line : 0, all.height() > 2 ? -line : 0);
    const MapTint tint = tintOf(tile);
    paintTint(painter, surface, tint, look());
    const QColor color = colorOf(tint, look());
    const QColor ink = textOn(color);
    const bool isHatched = isShared(tile.node) || tint == MapTint::Unknown;
    if (isShared(tile.node)) {
        painter.fillRect(surface, QBrush(hatchOn(color), Qt::BDiagPattern));
    }
    const QFontMetricsF metrics(font());
    if (surface.width() < metrics.averageCharWidth() * 7 || surface.height() < metrics.height() + 4) {
        return;
    }
    const QString name = tile.hasNode ? nodeName(tile.node) : tr("%1 smaller").arg(m_format.count(tile.merged));
    QStringList lines{metrics.elidedText(name, Qt::ElideMiddle, surface.width() - 8)};
    if (surface.height() >= metrics.height() * 2 + 4) {
        lines.append(metrics.elidedText(m_format.bytes(tile.bytes), Qt::ElideRight, surface.width() - 8));
    }
    double widest = 0;
    for (const QString& each : lines) {
        widest = std::max(widest, metrics.horizontalAdvance(each));
    }
    const double height = metrics.height() * static_cast<double>(lines.size());
    const QRectF text(surface.center().x() - widest / 2 - 1, surface.center().y() - height / 2, widest + 2, height);
    if (isHatched) {
        painter.fillRect(text.adjusted(-2, 0, 2, 0).intersected(surface), color);
    }
    painter.setPen(ink);
    painter.drawText(text, Qt::AlignCenter, lines.join(QLatin1Char('\n')));
}

void StorageMapView::paintGroups(QPainter& painter) const
{
    const Look& colors = look();
    const QFontMetricsF metrics(font());
    for (const MapTile& tile : m_layout.tiles) {
        if (tile.depth != 1 || tile.isLeaf) {
            continue;
        }
        const QRectF place(QPointF(snapped(tile.rect.x), snapped(tile.rect.y)),
                           QPointF(snapped(tile.rect.x + tile.rect.width), snapped(tile.rect.y + tile.rect.height)));
        painter.setPen(QPen(colors.text, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5));
        if (place.width() < metrics.averageCharWidth() * 10 || place.height() < metrics.height() * 3) {
            continue;
        }
        const QString bytes = QStringLiteral(" · ") + m_format.bytes(tile.bytes);
        const double room = place.width() - 20 - metrics.horizontalAdvance(bytes);
        const QString name = metrics.elidedText(nodeName(tile.node), Qt::ElideRight, room) + bytes;
        const QRectF chip(place.left() + 5, place.top() + 5, metrics.horizontalAdvance(name) + 10,
                          metrics.height() + 2);
        painter.fillRect(chip, colors.base);
        painter.setPen(colors.text);
        painter.drawText(chip, Qt::AlignCenter, name);
    }
}

void StorageMapView::paintPicture()
{
    const double ratio = devicePixelRatioF();
    m_picture = QPixmap((QSizeF(size()) * ratio).toSize());
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(look().base);
    QPainter painter(&m_picture);
    painter.setFont(font());
    for (const int tile : m_tileOfItem) {
        paintTile(painter, m_layout.tiles[static_cast<std::size_t>(tile)]);
    }
    paintGroups(painter);
}

void StorageMapView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (paintBackground(painter)) {
        return;
    }
    if (m_picture.isNull() || !qFuzzyCompare(m_picture.devicePixelRatio(), devicePixelRatioF())) {
        paintPicture();
    }
    painter.drawPixmap(0, 0, m_picture);
    if (m_hovered != noItem && m_hovered < itemCount() && m_hovered != currentItem()) {
        painter.setPen(QPen(look().text, 2));
        painter.drawRect(QRectF(itemRect(m_hovered)).adjusted(1, 1, -1, -1));
    }
    if (m_markedTile >= 0) {
        const MapRect& marked = m_layout.tiles[static_cast<std::size_t>(m_markedTile)].rect;
        paintRing(painter, QRectF(marked.x, marked.y, marked.width, marked.height).adjusted(2, 2, -2, -2));
    } else if (currentItem() != noItem) {
        paintRing(painter, QRectF(itemRect(currentItem())).adjusted(2, 2, -2, -2));
    } else if (hasFocus()) {
        paintRing(painter, QRectF(rect()).adjusted(2, 2, -2, -2));
    }
}

void StorageMapView::resizeEvent(QResizeEvent* event)
{
    PaintedWidget::resizeEvent(event);
    startLayout();
}

void StorageMapView::stepTo(Side side)
{
    if (currentItem() == noItem) {
        const MapRect* marked =
            m_markedTile >= 0 ? &m_layout.tiles[static_cast<std::size_t>(m_markedTile)].rect : nullptr;
        setCurrentItem(marked ? itemAt({marked->x + 1, marked->y + 1}) : itemCount() > 0 ? 0 : noItem);
        return;
    }
    const MapRect& here = tileOf(currentItem()).rect;
    QPointF there(here.x + here.width / 2, here.y + here.height / 2);
    switch (side) {
    case Side::Left:
        there.setX(here.x - 0.5);
        break;
    case Side::Right:
        there.setX(here.x + here.width + 0.5);
        break;
    case Side::Up:
        there.setY(here.y - 0.5);
        break;
    case Side::Down:
        there.setY(here.y + here.height + 0.5);
        break;
    }
    const int item = itemAt(there);
    if (item != noItem) {
        setCurrentItem(item);
    }
}

void StorageMapView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        stepTo(Side::Left);
        return;
    case Qt::Key_Right:
        stepTo(Side::Right);
        return;
    case Qt::Key_Up:
        stepTo(Side::Up);
        return;
    case Qt::Key_Down:
        stepTo(Side::Down);
        return;
    case Qt::Key_PageDown:
        setCurrentItem(std::min(currentItem() + 1, itemCount() - 1));
        return;
    case Qt::Key_PageUp:
        setCurrentItem(std::max(currentItem() - 1, 0));
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        goIn();
        return;
    case Qt::Key_Minus:
    case Qt::Key_Backspace:
        goOut();
        return;
    case Qt::Key_0:
        setRootNode(0);
        return;
    default:
        PaintedWidget::keyPressEvent(event);
    }
}

void StorageMapView::mouseMoveEvent(QMouseEvent* event)
{
    const int item = itemAt(event->position());
    if (item != m_hovered) {
        m_hovered = item;
        update();
        emit hovered(item);
    }
}

void StorageMapView::wheelEvent(QWheelEvent* event)
{
    const int turn = event->angleDelta().y();
    if (turn == 0 || !notice().isEmpty()) {
        event->ignore();
        return;
    }
    // Touchpads tell of small parts of a step.
    m_turned = (turn > 0) == (m_turned > 0) ? m_turned + turn : turn;
    for (; m_turned <= -QWheelEvent::DefaultDeltasPerStep; m_turned += QWheelEvent::DefaultDeltasPerStep) {
        goOut();
    }
    for (; m_turned >= QWheelEvent::DefaultDeltasPerStep; m_turned -= QWheelEvent::DefaultDeltasPerStep) {
        if (const int item = itemAt(event->position()); item != noItem && !m_next) {
            goTowards(nodeOf(item));
        }
    }
    event->accept();
}

void StorageMapView::leaveEvent(QEvent* event)
{
    m_hovered = noItem;
    update();
    PaintedWidget::leaveEvent(event);
}

} // namespace layerhold::gui
