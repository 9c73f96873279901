// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/pages/storage/map_coloring.h"

#include <QWidget>

namespace layerhold::gui {

/// What the colours of the map mean: a swatch and a word for each, in as many lines as it takes.
class MapLegend final : public QWidget
{
    Q_OBJECT

public:
    explicit MapLegend(QWidget* parent = nullptr);

    void setEntries(std::vector<LegendEntry> entries);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

private:
    void paintEvent(QPaintEvent* event) override;

    /// Calls `each` with every entry and its place; returns the height of all.
    template <class Each>
    int place(int width, Each each) const;

    std::vector<LegendEntry> m_entries;
};

} // namespace layerhold::gui
