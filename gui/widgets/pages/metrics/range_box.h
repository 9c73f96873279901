// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/metric_range.h"

#include <QComboBox>

namespace layerhold::gui {

/// Chooses how far back metrics are looked at.
class RangeBox final : public QComboBox
{
    Q_OBJECT

public:
    explicit RangeBox(QWidget* parent = nullptr);

    MetricRange range() const;
    void setRange(MetricRange range);

signals:
    void rangeChanged(layerhold::gui::MetricRange range);
};

} // namespace layerhold::gui
