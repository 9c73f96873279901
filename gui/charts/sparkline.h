// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/painted_widget.h"
#include "models/format.h"
#include "models/series.h"

#include <string>

namespace layerhold::gui {

/// A line as high as a line of text, without axes, from the lowest to the highest value. Gaps are gaps. Items: the
/// points that are known.
class Sparkline : public PaintedWidget
{
    Q_OBJECT

public:
    explicit Sparkline(QWidget* parent = nullptr);

    /// `unit` as of MetricRecord.
    void setLine(Line line, std::string unit);
    void setFormat(Format format);

    int itemCount() const override;
    QString itemName(int item) const override;
    QString itemValue(int item) const override;
    QRect itemRect(int item) const override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QPointF placeOf(const LinePoint& point) const;

    Line m_line;
    std::vector<std::size_t> m_known; ///< places in m_line
    std::string m_unit;
    double m_lowest = 0;
    double m_highest = 0;
    Format m_format;
};

} // namespace layerhold::gui
