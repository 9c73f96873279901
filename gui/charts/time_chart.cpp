// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/time_chart.h"

#include "models/plain_text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace layerhold::gui {
namespace {

constexpr double zoomStep = 0.8;
constexpr double leastDrag = 4;

} // namespace

TimeChart::TimeChart(TimeAxis* axis, QWidget* parent)
    : PaintedWidget(parent)
    , m_axis(axis)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(axis, &TimeAxis::rangeChanged, this, [this] {
        dropCaches();
        update();
    });
    connect(axis, &TimeAxis::marginsChanged, this, [this] {
        dropPlot();
        update();
    });
    connect(axis, &TimeAxis::crosshairChanged, this, &TimeChart::followCrosshair);
    connect(axis, &TimeAxis::selectionChanged, this, qOverload<>(&QWidget::update));
}

TimeChart::~TimeChart()
{
    if (m_axis) {
        m_axis->releaseMargins(this);
    }
}

void TimeChart::setTitle(const QString& title)
{
    m_title = title;
    setAccessibleName(title);
    dropCaches();
    update();
}

void TimeChart::setSeries(std::vector<ChartSeries> series, std::string unit, ChartForm form)
{
    for (ChartSeries& one : series) {
        one.name = plainText(one.name);
    }
    m_series = std::move(series);
    m_unit = std::move(unit);
    m_form = form;
    m_drawn.clear();
    if (form == ChartForm::Stacked) {
        m_drawn = stacked(m_series);
    } else {
        for (const ChartSeries& one : m_series) {
            m_drawn.push_back(one.line);
        }
    }
    m_moments.reset();
    dropCaches();
    itemsReplaced();
    followCrosshair();
}

void TimeChart::setMarks(std::vector<TimeMark> marks)
{
    for (TimeMark& mark : marks) {
        mark.label = plainText(mark.label);
    }
    m_marks = std::move(marks);
    dropCaches();
    itemsReplaced();
    followCrosshair();
}

void TimeChart::setFormat(Format format)
{
    m_format = std::move(format);
    dropCaches();
    update();
}

int TimeChart::itemCount() const
{
    return notice().isEmpty() ? firstMoment() + static_cast<int>(moments().size()) : 0;
}

QString TimeChart::itemName(int item) const
{
    if (item < seriesCount()) {
        return m_series[static_cast<std::size_t>(item)].name;
    }
    if (item < firstMoment()) {
        return m_marks[static_cast<std::size_t>(item - seriesCount())].label;
    }
    // Steps may be as short as seconds.
    const Moment moment = moments()[static_cast<std::size_t>(item - firstMoment())];
    return m_format.date(moment).section(QLatin1Char(' '), 0, 0) + QLatin1Char(' ') + m_format.clock(moment);
}

QString TimeChart::itemValue(int item) const
{
    if (item >= firstMoment()) {
        return valuesAt(moments()[static_cast<std::size_t>(item - firstMoment())]);
    }
    if (item >= seriesCount()) {
        return m_format.date(m_marks[static_cast<std::size_t>(item - seriesCount())].at);
    }
    const Line& line = m_series[static_cast<std::size_t>(item)].line;
    const TimeRange range = m_axis ? m_axis->range() : TimeRange{};
    const auto found = extent(line, range.from, range.to);
    if (!found) {
        return tr("nothing is known");
    }
    const auto last = std::find_if(line.rbegin(), line.rend(),
                                   [&range](const LinePoint& point) { return !point.isGap() && point.at <= range.to; });
    return tr("last %1, lowest %2, highest %3")
        .arg(valueText(last->value), valueText(found->first), valueText(found->second));
}

QRect TimeChart::itemRect(int item) const
{
    if (!m_axis || !notice().isEmpty()) {
        return {};
    }
    const TimePlot& where = plot();
    if (item < seriesCount()) {
        return where.labelOf(static_cast<std::size_t>(item)).toAlignedRect();
    }
    if (item < firstMoment()) {
        return where.markRect(m_marks[static_cast<std::size_t>(item - seriesCount())]).toAlignedRect();
    }
    const Moment moment = moments()[static_cast<std::size_t>(item - firstMoment())];
    const TimeRange& range = m_axis->range();
    return moment < range.from || range.to < moment
               ? QRect()
               : QRectF(where.xOf(moment) - 2, where.area().top(), 4, where.area().height()).toAlignedRect();
}

int TimeChart::itemAt(const QPointF& position) const
{
    if (!m_axis || !notice().isEmpty()) {
        return noItem;
    }
    for (int item = 0; item < firstMoment(); ++item) {
        if (QRectF(itemRect(item)).contains(position)) {
            return item;
        }
    }
    const auto moment = plot().area().contains(position) ? nearestMoment(position.x()) : std::nullopt;
    if (!moment) {
        return noItem;
    }
    const auto place = std::lower_bound(moments().begin(), moments().end(), *moment);
    return firstMoment() + static_cast<int>(place - moments().begin());
}

QSize TimeChart::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 14};
}

QSize TimeChart::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 40, fontMetrics().height() * 7};
}

void TimeChart::dropPlot()
{
    m_plot.reset();
    m_picture = QPixmap();
}

void TimeChart::dropCaches()
{
    dropPlot();
    if (!m_axis) {
        return;
    }
    // Now, not when it is painted: by then another chart may have been painted with less.
    if (notice().isEmpty()) {
        m_axis->claimMargins(this, TimePlot::marginsFor(plotInput()));
    } else {
        m_axis->releaseMargins(this);
    }
}

TimePlot::Input TimeChart::plotInput() const
{
    return {.size = size(),
            .metrics = QFontMetricsF(font()),
            .title = m_title,
            .series = m_series,
            .drawn = m_drawn,
            .marks = m_marks,
            .unit = m_unit,
            .range = m_axis->range(),
            .margins = m_axis->margins(),
            .format = m_format,
            .form = m_form};
}

const TimePlot& TimeChart::plot() const
{
    if (!m_plot) {
        m_plot.emplace(plotInput());
    }
    return *m_plot;
}

const std::vector<Moment>& TimeChart::moments() const
{
    if (!m_moments) {
        std::vector<Moment> all;
        for (const ChartSeries& one : m_series) {
            for (const LinePoint& point : one.line) {
                if (!point.isGap()) {
                    all.push_back(point.at);
                }
            }
        }
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        m_moments = std::move(all);
    }
    return *m_moments;
}

QString TimeChart::valueText(double value) const
{
    return m_format.metric(value, m_unit);
}

std::optional<double> TimeChart::valueAt(const ChartSeries& series, Moment moment) const
{
    const auto found = std::lower_bound(series.line.begin(), series.line.end(), moment,
                                        [](const LinePoint& point, Moment at) { return point.at < at; });
    return found == series.line.end() || found->at != moment || found->isGap() ? std::nullopt
                                                                               : std::optional(found->value);
}

QString TimeChart::valuesAt(Moment moment) const
{
    QStringList parts;
    for (const ChartSeries& one : m_series) {
        const auto value = valueAt(one, moment);
        parts.append(tr("%1: %2").arg(one.name, value ? valueText(*value) : unknownText()));
    }
    return parts.join(QStringLiteral("; "));
}

std::optional<Moment> TimeChart::nearestMoment(double x) const
{
    const Moment wanted = plot().momentAt(x);
    const auto next = std::lower_bound(moments().begin(), moments().end(), wanted);
    const TimeRange& range = m_axis->range();
    std::optional<Moment> nearest;
    for (auto each = next == moments().begin() ? next : next - 1; each != moments().end() && each <= next; ++each) {
        const bool isSeen = range.from <= *each && *each <= range.to;
        if (isSeen && (!nearest || std::chrono::abs(*each - wanted) < std::chrono::abs(*nearest - wanted))) {
            nearest = *each;
        }
    }
    return nearest;
}

void TimeChart::stepCrosshair(int by, Step step)
{
    const auto& all = moments();
    if (all.empty()) {
        return;
    }
    const TimeRange& range = m_axis->range();
    auto place = all.end();
    if (const auto at = m_axis->crosshair()) {
        place = std::lower_bound(all.begin(), all.end(), *at);
        const bool isThere = place != all.end() && *place == *at;
        if (by < 0) {
            place = place == all.begin() ? place : place - 1;
        } else if (isThere) {
            ++place;
        }
    } else {
        // The first step enters at the side from which the keys go on.
        place = by > 0 ? std::lower_bound(all.begin(), all.end(), range.from)
                       : std::upper_bound(all.begin(), all.end(), range.to);
        if (by < 0 && place != all.begin()) {
            --place;
        }
    }
    goTo(place == all.end() ? all.back() : *place, step);
}

void TimeChart::goTo(Moment moment, Step step)
{
    const TimeRange range = m_axis->range();
    if (moment < range.from) {
        m_axis->setRange({moment, moment + range.length()});
    } else if (moment > range.to) {
        m_axis->setRange({moment - range.length(), moment});
    }
    if (step == Step::Select) {
        m_anchor = m_anchor ? m_anchor : m_axis->crosshair().value_or(moment);
        m_axis->setSelection(*m_anchor, moment);
    } else {
        m_anchor.reset();
    }
    m_axis->setCrosshair(moment);
}

void TimeChart::followCrosshair()
{
    const auto at = m_axis ? m_axis->crosshair() : std::nullopt;
    if (at && (hasFocus() || currentItem() != noItem)) {
        const auto place = std::lower_bound(moments().begin(), moments().end(), *at);
        const bool isThere = place != moments().end() && *place == *at;
        setCurrentItem(isThere ? firstMoment() + static_cast<int>(place - moments().begin()) : noItem);
    }
    update();
}

void TimeChart::resizeEvent(QResizeEvent* event)
{
    dropCaches();
    PaintedWidget::resizeEvent(event);
}

void TimeChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (paintBackground(painter) || !m_axis) {
        return;
    }
    const double ratio = devicePixelRatioF();
    if (m_picture.isNull() || !qFuzzyCompare(m_picture.devicePixelRatio(), ratio)) {
        m_picture = QPixmap(size() * ratio);
        m_picture.setDevicePixelRatio(ratio);
        m_picture.fill(look().base);
        QPainter into(&m_picture);
        into.setFont(font());
        plot().paint(into, look());
        if (plot().isEmpty()) {
            const QString text = tr("Nothing was recorded in this time");
            const QRectF place =
                into.boundingRect(plot().area(), static_cast<int>(Qt::AlignCenter) | Qt::TextWordWrap, text);
            into.fillRect(place.adjusted(-6, -2, 6, 2), look().base);
            into.setPen(look().dimmedText);
            into.drawText(place, static_cast<int>(Qt::AlignCenter) | Qt::TextWordWrap, text);
        }
    }
    painter.drawPixmap(0, 0, m_picture);
    paintSelection(painter, plot());
    paintCrosshair(painter, plot());
    if (hasFocus()) {
        painter.setPen(QPen(look().accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

void TimeChart::paintSelection(QPainter& painter, const TimePlot& where) const
{
    const auto& selection = m_axis->selection();
    const TimeRange& seen = m_axis->range();
    if (!selection || selection->to <= seen.from || seen.to <= selection->from) {
        return;
    }
    const double top = where.area().top();
    const double bottom = where.area().bottom();
    const double left = where.xOf(std::max(selection->from, seen.from));
    const double right = where.xOf(std::min(selection->to, seen.to));
    QColor veil = look().accent;
    veil.setAlphaF(0.2F);
    painter.fillRect(QRectF(QPointF(left, top), QPointF(right, bottom)), veil);
    painter.setPen(QPen(look().accent, 0));
    if (selection->from >= seen.from) {
        painter.drawLine(QPointF(left, top), QPointF(left, bottom));
    }
    if (selection->to <= seen.to) {
        painter.drawLine(QPointF(right, top), QPointF(right, bottom));
    }
}

void TimeChart::paintCrosshair(QPainter& painter, const TimePlot& where) const
{
    const auto at = m_axis->crosshair();
    if (!at || *at < m_axis->range().from || m_axis->range().to < *at || where.isEmpty()) {
        return;
    }
    const Look& colors = look();
    const double x = where.xOf(*at);
    painter.setPen(QPen(colors.text, 0));
    painter.drawLine(QPointF(x, where.area().top()), QPointF(x, where.area().bottom()));

    const QFontMetricsF metrics(font());
    QStringList names;
    QStringList values;
    double nameWidth = 0;
    double valueWidth = 0;
    for (const ChartSeries& one : m_series) {
        const auto value = valueAt(one, *at);
        names.append(metrics.elidedText(one.name, Qt::ElideRight, where.area().width() / 3));
        values.append(value ? valueText(*value) : unknownText());
        nameWidth = std::max(nameWidth, metrics.horizontalAdvance(names.back()));
        valueWidth = std::max(valueWidth, metrics.horizontalAdvance(values.back()));
    }
    const QString time = m_format.date(*at).section(QLatin1Char(' '), 0, 0) + QLatin1Char(' ') + m_format.clock(*at);
    const double line = metrics.height();
    const double width = std::max(metrics.horizontalAdvance(time), nameWidth + valueWidth + 30) + 14;
    const double height = line * static_cast<double>(names.size() + 1) + 8;
    double left = x + 8;
    if (left + width > where.area().right()) {
        left = std::max(where.area().left(), x - 8 - width);
    }
    const double top = std::clamp(where.area().top() + 4, 0.0, std::max(0.0, this->height() - height));
    const QRectF box(left, top, width, height);
    painter.setBrush(colors.button);
    painter.setPen(QPen(colors.axis, 0));
    painter.drawRect(box);
    painter.setPen(colors.text);
    painter.drawText(QRectF(left + 7, top + 4, width - 14, line), Qt::AlignLeft | Qt::AlignVCenter, time);
    for (qsizetype index = 0; index < names.size(); ++index) {
        const QRectF row(left + 7, top + 4 + line * static_cast<double>(index + 1), width - 14, line);
        const auto number = static_cast<std::size_t>(index);
        const auto value = valueAt(m_series[number], *at);
        if (value && m_form == ChartForm::Lines) {
            painter.setPen(QPen(colors.base, 1));
            painter.setBrush(colors.seriesColor(number));
            painter.setRenderHint(QPainter::Antialiasing);
            painter.drawEllipse(QPointF(x, where.yOf(*value)), 3.5, 3.5);
            painter.setRenderHint(QPainter::Antialiasing, false);
        }
        painter.fillRect(QRectF(row.left(), row.center().y() - 4, 8, 8), colors.seriesColor(number));
        painter.setPen(colors.text);
        painter.drawText(row.adjusted(14, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, names[index]);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, values[index]);
    }
}

void TimeChart::keyPressEvent(QKeyEvent* event)
{
    if (!m_axis || !notice().isEmpty()) {
        PaintedWidget::keyPressEvent(event);
        return;
    }
    const Step step = event->modifiers() & Qt::ShiftModifier ? Step::Select : Step::Move;
    const TimeRange& range = m_axis->range();
    const Moment around = m_axis->crosshair().value_or(range.from + range.length() / 2);
    switch (event->key()) {
    case Qt::Key_Left:
        stepCrosshair(-1, step);
        return;
    case Qt::Key_Right:
        stepCrosshair(1, step);
        return;
    case Qt::Key_Home:
    case Qt::Key_End:
        if (!moments().empty()) {
            goTo(event->key() == Qt::Key_Home ? moments().front() : moments().back(), step);
        }
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
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto& selection = m_axis->selection()) {
            m_axis->setRange(*selection);
            return;
        }
        break;
    case Qt::Key_Escape:
        if (m_axis->selection() || m_axis->crosshair()) {
            m_anchor.reset();
            m_axis->clearSelection();
            m_axis->setCrosshair(std::nullopt);
            return;
        }
        break;
    case Qt::Key_Up:
    case Qt::Key_Down:
        // Not of a chart: pages scroll by them.
        PaintedWidget::keyPressEvent(event);
        return;
    default:
        break;
    }
    PaintedWidget::keyPressEvent(event);
}

void TimeChart::mousePressEvent(QMouseEvent* event)
{
    if (m_axis && notice().isEmpty() && event->button() == Qt::LeftButton &&
        plot().area().contains(event->position())) {
        m_anchor = plot().momentAt(event->position().x());
        m_hasDragged = false;
        m_isDragging = true;
        return;
    }
    PaintedWidget::mousePressEvent(event);
}

void TimeChart::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_axis || !notice().isEmpty()) {
        return;
    }
    const TimePlot& where = plot();
    const double x = std::clamp(event->position().x(), where.area().left(), where.area().right());
    if (m_isDragging && m_anchor && (m_hasDragged || std::abs(x - where.xOf(*m_anchor)) >= leastDrag)) {
        m_hasDragged = true;
        m_axis->setSelection(*m_anchor, where.momentAt(x));
    }
    if (where.area().contains(event->position())) {
        m_axis->setCrosshair(nearestMoment(event->position().x()));
    }
}

void TimeChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_axis || !m_isDragging || event->button() != Qt::LeftButton) {
        return;
    }
    m_isDragging = false;
    m_anchor.reset();
    if (m_hasDragged) {
        return;
    }
    if (const auto moment = nearestMoment(event->position().x())) {
        goTo(*moment, Step::Move);
    }
}

void TimeChart::wheelEvent(QWheelEvent* event)
{
    const double turns = event->angleDelta().y() / 120.0;
    if (!m_axis || !notice().isEmpty() || turns == 0 || !plot().area().contains(event->position())) {
        event->ignore();
        return;
    }
    m_axis->zoom(std::pow(zoomStep, turns), plot().momentAt(event->position().x()));
    event->accept();
}

void TimeChart::leaveEvent(QEvent* event)
{
    if (m_axis && !hasFocus() && !m_isDragging) {
        m_axis->setCrosshair(std::nullopt);
    }
    PaintedWidget::leaveEvent(event);
}

} // namespace layerhold::gui
