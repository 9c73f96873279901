// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/time_axis.h"
#include "models/format.h"

#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QPushButton;

namespace layerhold::gui {

/// The time that is selected on the charts in words, and what can be done with it; while none is, how to select one.
class RangeStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit RangeStrip(QWidget* parent = nullptr);

    void tell(const std::optional<TimeRange>& range, const Format& format);
    QString text() const;

signals:
    void zoomWanted();
    void pageWanted(const QString& page);
    void clearWanted();

private:
    QLabel* m_text;
    std::vector<QPushButton*> m_buttons;
};

} // namespace layerhold::gui
