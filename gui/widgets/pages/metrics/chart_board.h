// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/time_axis.h"
#include "charts/time_chart.h"
#include "models/format.h"
#include "models/metric_charts.h"

#include <QImage>
#include <QScrollArea>

#include <map>
#include <vector>

class QGridLayout;

namespace layerhold::gui {

/// All charts of the metrics over one time axis, with one crosshair: in two columns where there is room.
class ChartBoard final : public QScrollArea
{
    Q_OBJECT

public:
    explicit ChartBoard(QWidget* parent = nullptr);

    /// Charts keep their place and focus by their id. What is zoomed to stays.
    void show(const std::vector<MetricChart>& charts, const TimeRange& bounds);
    using QWidget::show;
    void setMarks(const std::vector<TimeMark>& marks);
    void setFormat(const Format& format);

    TimeAxis& axis() { return m_axis; }

    /// nullptr: there is none of this id.
    TimeChart* chart(const std::string& id) const;
    std::vector<TimeChart*> charts() const;

    /// All charts, seen or not.
    QImage picture() const;

signals:
    void chartAdded(layerhold::gui::TimeChart* chart);

private:
    void resizeEvent(QResizeEvent* event) override;
    TimeChart* makeChart(const std::string& id);
    void arrange();

    TimeAxis m_axis;
    Format m_format;
    QWidget* m_sheet;
    QGridLayout* m_layout;
    std::vector<std::string> m_order;
    std::map<std::string, TimeChart*> m_charts;
    std::vector<TimeMark> m_marks;
    int m_columns = 0;
};

} // namespace layerhold::gui
