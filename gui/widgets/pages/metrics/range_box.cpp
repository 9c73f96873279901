// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/metrics/range_box.h"

namespace layerhold::gui {

RangeBox::RangeBox(QWidget* parent)
    : QComboBox(parent)
{
    setObjectName(QStringLiteral("range"));
    setAccessibleName(tr("Range of time"));
    for (const MetricRange range : metricRanges)
        addItem(nameOf(range), static_cast<int>(range));
    setRange(MetricRange::Day);
    connect(this, &QComboBox::currentIndexChanged, this, [this] { emit rangeChanged(range()); });
}

MetricRange RangeBox::range() const
{
    return static_cast<MetricRange>(currentData().toInt());
}

void RangeBox::setRange(MetricRange range)
{
    setCurrentIndex(findData(static_cast<int>(range)));
}

} // namespace layerhold::gui
