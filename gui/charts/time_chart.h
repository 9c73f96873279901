// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/painted_widget.h"
#include "charts/time_axis.h"
#include "charts/time_plot.h"
#include "models/format.h"

#include <QPointer>

#include <optional>
#include <string>
#include <vector>

namespace layerhold::gui {

/// Lines or stacked areas over a TimeAxis. Drag or Shift+arrows select a range, Enter zooms to it, the wheel and + / −
/// zoom around the crosshair, 0 shows all, arrows move the crosshair from point to point, Escape takes selection and
/// crosshair away.
///
/// Items: the series in order, then the marks, then every moment that has a point, ascending. A moment is current while
/// the crosshair is there.
class TimeChart : public PaintedWidget
{
    Q_OBJECT

public:
    explicit TimeChart(TimeAxis* axis, QWidget* parent = nullptr);
    ~TimeChart() override;

    /// Stands above the picture, and is the accessible name.
    void setTitle(const QString& title);
    /// `unit` as of MetricRecord: count, bytes, nanoseconds, ratio.
    void setSeries(std::vector<ChartSeries> series, std::string unit, ChartForm form = ChartForm::Lines);
    void setMarks(std::vector<TimeMark> marks);
    void setFormat(Format format);

    const std::vector<ChartSeries>& series() const { return m_series; }

    int itemCount() const override;
    QString itemName(int item) const override;
    QString itemValue(int item) const override;
    QRect itemRect(int item) const override;
    int itemAt(const QPointF& position) const override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void dropCaches() override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    enum class Step
    {
        Move,
        Select
    };

    const std::vector<Moment>& moments() const;

    int seriesCount() const { return static_cast<int>(m_series.size()); }

    int firstMoment() const { return static_cast<int>(m_series.size() + m_marks.size()); }

    TimePlot::Input plotInput() const;
    const TimePlot& plot() const;
    void dropPlot();
    QString valueText(double value) const;
    QString valuesAt(Moment moment) const;
    std::optional<double> valueAt(const ChartSeries& series, Moment moment) const;
    std::optional<Moment> nearestMoment(double x) const;
    void stepCrosshair(int by, Step step);
    void goTo(Moment moment, Step step);
    void followCrosshair();
    void paintSelection(QPainter& painter, const TimePlot& plot) const;
    void paintCrosshair(QPainter& painter, const TimePlot& plot) const;

    QPointer<TimeAxis> m_axis;
    QString m_title;
    std::vector<ChartSeries> m_series;
    std::vector<Line> m_drawn; ///< what is painted: the lines, or their sums from the lowest up
    std::vector<TimeMark> m_marks;
    std::string m_unit;
    ChartForm m_form = ChartForm::Lines;
    Format m_format;
    std::optional<Moment> m_anchor; ///< where the selection began
    bool m_isDragging = false;
    bool m_hasDragged = false; ///< far enough to be no click
    mutable std::optional<std::vector<Moment>> m_moments;
    mutable std::optional<TimePlot> m_plot;
    mutable QPixmap m_picture; ///< all but crosshair, selection and ring
};

} // namespace layerhold::gui
