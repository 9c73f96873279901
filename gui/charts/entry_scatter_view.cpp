// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/entry_scatter_view.h"

#include "models/entry_cells.h"
#include "models/in_worker.h"
#include "models/storage_tree.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>

#include <algorithm>
#include <cmath>

namespace layerhold::gui {

namespace {

constexpr double gap = 6;
constexpr double cell = 7;
constexpr double reach = 9;
/// Between two corners of a lasso.
constexpr double lassoStep = 3;

PlanePoint planePoint(const QPointF& point)
{
    return {point.x(), point.y()};
}

} // namespace

EntryScatterView::EntryScatterView(QWidget* parent)
    : PaintedWidget(parent)
    , m_scene(std::make_shared<Scene>(
          Scene{.columns = {}, .scatter = std::make_shared<EntryScatter>(), .plane = {}, .marks = {}}))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Entries by size and last use"));
    setAccessibleDescription(tr("Points, the largest entry first: arrow keys go from one to the next, Space selects "
                                "or deselects, Enter shows the details."));
    connect(this, &PaintedWidget::currentItemChanged, this, &EntryScatterView::takeCurrent);
}

EntryScatterView::~EntryScatterView() = default;

void EntryScatterView::setEntries(EntryColumns columns, std::vector<EntryId> ids, Moment now)
{
    m_next = Entries{std::move(columns), std::move(ids), now};
    startLayout();
}

void EntryScatterView::clear()
{
    m_shown.reset();
    m_selectedIds.clear();
    m_next = Entries{};
    startLayout();
}

void EntryScatterView::setFormat(Format format)
{
    m_format = std::move(format);
    dropCaches();
    update();
}

void EntryScatterView::setSelected(const std::vector<EntryId>& ids)
{
    m_selectedIds = ids;
    m_isSelected.assign(m_scene->scatter->points.size(), false);
    for (const EntryId id : ids) {
        if (const std::uint32_t point = m_scene->scatter->pointOf(id); point != noPoint) {
            m_isSelected[point] = true;
        }
    }
    dropCaches();
    update();
}

void EntryScatterView::showEntry(std::optional<EntryId> id)
{
    m_shown = id;
    const QScopedValueRollback showing(m_isShowing, true);
    setCurrentItem(id ? itemOf(*id) : noItem);
}

int EntryScatterView::itemOf(EntryId id) const
{
    const std::uint32_t point = m_scene->scatter->pointOf(id);
    return point == noPoint ? noItem : static_cast<int>(point);
}

QPointF EntryScatterView::placeOf(int item) const
{
    const PlanePoint at = m_scene->plane.at(pointOf(item));
    return {at.x, at.y};
}

MapRect EntryScatterView::area() const
{
    const QFontMetricsF metrics(font());
    const double left = metrics.horizontalAdvance(QStringLiteral("0000 KiB")) + gap * 2;
    const double top = legend().back().text.bottom() + metrics.height() + gap;
    const double bottom = height() - metrics.height() * 2 - gap * 2;
    return {
        .x = left, .y = top, .width = std::max(width() - left - gap * 2, 40.0), .height = std::max(bottom - top, 40.0)};
}

void EntryScatterView::startLayout()
{
    const std::uint64_t request = ++m_request;
    const MapRect place = area();
    const int mostSizes = std::max(2, static_cast<int>(place.height / (QFontMetricsF(font()).height() * 2)));
    const auto work = [former = m_scene, next = m_next, place, mostSizes] {
        Scene scene{.columns = next ? next->columns : former->columns,
                    .scatter =
                        next ? std::make_shared<const EntryScatter>(scatterOf(next->columns, next->ids, next->now))
                             : former->scatter,
                    .plane = {},
                    .marks = {}};
        scene.plane = planeOf(*scene.scatter, place, mostSizes);
        scene.marks = marksOf(*scene.scatter, scene.plane, place, cell);
        return std::make_shared<const Scene>(std::move(scene));
    };
    inWorker(this, work, [this, request](std::shared_ptr<const Scene> scene) {
        if (request == m_request) {
            takeScene(std::move(scene));
        }
    });
}

void EntryScatterView::takeScene(std::shared_ptr<const Scene> scene)
{
    m_answered = m_request;
    m_next.reset();
    m_scene = std::move(scene);
    setNotice(m_scene->scatter->points.empty() ? tr("There are no entries to draw.") : QString());
    {
        const QScopedValueRollback showing(m_isShowing, true);
        itemsReplaced(m_shown ? itemOf(*m_shown) : noItem);
    }
    setSelected(std::vector(m_selectedIds));
    emit laidOut();
}

void EntryScatterView::takeCurrent(int item)
{
    if (m_isShowing || item == noItem) {
        return;
    }
    m_shown = entryOf(item);
    emit entryChosen(*m_shown);
}

int EntryScatterView::itemCount() const
{
    return static_cast<int>(m_scene->scatter->points.size());
}

QString EntryScatterView::itemName(int item) const
{
    const ScatterPoint& point = pointOf(item);
    return storedKindName(point.kind) + QLatin1Char(' ') +
           entryText(m_scene->columns, m_format, point.id, EntryColumn::Digest);
}

QString EntryScatterView::itemValue(int item) const
{
    const EntryId id = pointOf(item).id;
    const QString size = entryText(m_scene->columns, m_format, id, EntryColumn::Size);
    QString value =
        std::isinf(pointOf(item).idle)
            ? tr("%1, never used").arg(size)
            : tr("%1, last used %2").arg(size, entryText(m_scene->columns, m_format, id, EntryColumn::LastUsed));
    if (isItemSelected(item)) {
        value += tr(", selected");
    }
    return value;
}

QRect EntryScatterView::itemRect(int item) const
{
    const QPointF at = placeOf(item);
    return QRectF(at.x() - 6, at.y() - 6, 12, 12).toAlignedRect();
}

int EntryScatterView::itemAt(const QPointF& position) const
{
    const std::uint32_t point =
        pointNear(*m_scene->scatter, m_scene->plane, m_scene->marks, planePoint(position), reach);
    return point == noPoint ? noItem : static_cast<int>(point);
}

QString EntryScatterView::itemToolTip(int item) const
{
    const EntryColumns& columns = m_scene->columns;
    const EntryId id = pointOf(item).id;
    QStringList lines{itemName(item)};
    if (columns.list(columns[id].names).isKnown && !columns.list(columns[id].names).texts.isEmpty()) {
        lines += entryText(columns, m_format, id, EntryColumn::Names);
    }
    lines += tr("Stored: %1 (%2)")
                 .arg(entryText(columns, m_format, id, EntryColumn::Size),
                      entryToolTip(columns, m_format, id, EntryColumn::Size));
    lines += tr("Last used: %1 (%2)")
                 .arg(entryText(columns, m_format, id, EntryColumn::LastUsed),
                      entryToolTip(columns, m_format, id, EntryColumn::LastUsed));
    lines += entryText(columns, m_format, id, EntryColumn::Kept);
    const std::uint32_t here = m_scene->marks.marks[m_scene->marks.markOf[static_cast<std::size_t>(item)]].count;
    if (here > 1) {
        lines += tr("and %1 others at this place", nullptr, numberForPlural(here - 1)).arg(m_format.count(here - 1));
    }
    return lines.join(QLatin1Char('\n'));
}

bool EntryScatterView::isItemSelected(int item) const
{
    return static_cast<std::size_t>(item) < m_isSelected.size() && m_isSelected[static_cast<std::size_t>(item)];
}

bool EntryScatterView::clearSelection()
{
    if (m_selectedIds.empty()) {
        return false;
    }
    emit selectionAsked({}, Choice::Replace);
    return true;
}

QSize EntryScatterView::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 24};
}

QSize EntryScatterView::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 30, fontMetrics().height() * 12};
}

void EntryScatterView::dropCaches()
{
    m_picture = QPixmap();
}

void EntryScatterView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (paintBackground(painter)) {
        return;
    }
    if (m_picture.isNull() || !qFuzzyCompare(m_picture.devicePixelRatio(), devicePixelRatioF())) {
        paintPicture();
    }
    painter.drawPixmap(0, 0, m_picture);
    if (currentItem() != noItem) {
        paintRing(painter, QRectF(placeOf(currentItem()) - QPointF(8, 8), QSizeF(16, 16)));
    } else if (hasFocus()) {
        paintRing(painter, QRectF(rect()).adjusted(2, 2, -2, -2));
    }
    if (m_isLasso) {
        paintLasso(painter);
    }
}

void EntryScatterView::resizeEvent(QResizeEvent* event)
{
    PaintedWidget::resizeEvent(event);
    dropCaches();
    startLayout();
}

bool EntryScatterView::event(QEvent* event)
{
    // What is being drawn is given up before anything else that Escape does in the window.
    if (event->type() == QEvent::ShortcutOverride && m_isLasso &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return PaintedWidget::event(event);
}

void EntryScatterView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_isLasso) {
        m_isLasso = false;
        m_trail.clear();
        update();
    } else if (event->key() == Qt::Key_Space && currentItem() != noItem) {
        emit selectionAsked({entryOf(currentItem())}, Choice::Toggle);
    } else {
        PaintedWidget::keyPressEvent(event);
    }
}

void EntryScatterView::pick(int item, Choice how)
{
    if (item == noItem) {
        if (how == Choice::Replace) {
            emit selectionAsked({}, how);
        }
        return;
    }
    setCurrentItem(item);
    emit selectionAsked({entryOf(item)}, how);
}

void EntryScatterView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && notice().isEmpty()) {
        m_trail = {planePoint(event->position())};
    } else if (event->button() == Qt::RightButton) {
        // As in a table: the menu is for all that is selected, when the point is one of these.
        const int item = itemAt(event->position());
        if (item != noItem && isItemSelected(item)) {
            setCurrentItem(item);
        } else if (item != noItem) {
            pick(item, Choice::Replace);
        }
    }
}

void EntryScatterView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_trail.empty() || !event->buttons().testFlag(Qt::LeftButton)) {
        return;
    }
    const PlanePoint at = planePoint(event->position());
    const auto distance = [&](const PlanePoint& from) { return std::abs(at.x - from.x) + std::abs(at.y - from.y); };
    if (distance(m_trail.back()) < lassoStep) {
        return;
    }
    m_isLasso = m_isLasso || distance(m_trail.front()) >= QApplication::startDragDistance();
    m_trail.push_back(at);
    update();
}

void EntryScatterView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_trail.empty()) {
        return;
    }
    const bool isMore = (event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier)) != 0;
    if (m_isLasso) {
        endLasso(isMore ? Choice::Add : Choice::Replace);
    } else {
        pick(itemAt(event->position()), isMore ? Choice::Toggle : Choice::Replace);
    }
    m_trail.clear();
}

void EntryScatterView::endLasso(Choice how)
{
    m_isLasso = false;
    update();
    std::vector<EntryId> ids;
    for (const std::uint32_t point : pointsIn(Lasso(m_trail), *m_scene->scatter, m_scene->plane)) {
        ids.push_back(m_scene->scatter->points[point].id);
    }
    emit selectionAsked(ids, how);
}

} // namespace layerhold::gui
