// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/pages/storage/map_coloring.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;

namespace layerhold::gui {

class ElidedLabel;

/// By which rule shared bytes are counted, and what colours mean.
class MapControls final : public QWidget
{
    Q_OBJECT

public:
    explicit MapControls(QWidget* parent = nullptr);

    /// What takes the focus, in reading order.
    QWidgetList stops() const;
    ByteRule rule() const;
    void setRule(ByteRule rule);
    MapColoring coloring() const;
    void setColoring(MapColoring coloring);

    /// At the right: how much there is.
    void setSummary(const QString& text);
    QString summary() const;

signals:
    void changed();

private:
    QButtonGroup* m_rules;
    QComboBox* m_coloring;
    ElidedLabel* m_summary;
};

} // namespace layerhold::gui
