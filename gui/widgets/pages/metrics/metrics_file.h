// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>

class QWidget;

namespace layerhold::gui {

/// What is written of the metrics: the numbers, or a picture of the charts.
struct MetricsExport
{
    QByteArray csv = {};
    QImage picture = {};
};

/// Asks where to, and writes there without holding up the window: a picture when the name ends in ".png", else the
/// numbers. A failure is told in a box that does not block.
void exportMetrics(QWidget& parent, const MetricsExport& what);

/// Writes at once. Empty: it is written; else why it is not.
QString writeMetrics(const QString& file, const MetricsExport& what);

} // namespace layerhold::gui
