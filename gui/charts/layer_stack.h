// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/painted_widget.h"
#include "models/format.h"
#include "models/records.h"

#include <vector>

namespace layerhold::gui {

/// A row for each layer of one manifest, the lowest at the bottom as in the image: a bar as long as its bytes, who
/// shares it, and the command that made it. As high as its rows: whoever wants less puts it into a QScrollArea. Items:
/// the layers, from the top row down.
class LayerStack : public PaintedWidget
{
    Q_OBJECT

public:
    explicit LayerStack(QWidget* parent = nullptr);

    /// As of ManifestRecord: the lowest first.
    void setLayers(std::vector<LayerRecord> layers);
    void setFormat(Format format);

    const LayerRecord& layerOf(int item) const;

    int itemCount() const override;
    QString itemName(int item) const override;
    QString itemValue(int item) const override;
    QRect itemRect(int item) const override;
    int itemAt(const QPointF& position) const override;
    QString itemToolTip(int item) const override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int rowHeight() const;
    QString sharingOf(const LayerRecord& layer) const;
    void paintRow(QPainter& painter, int item) const;

    std::vector<LayerRecord> m_layers;
    std::uint64_t m_largest = 0;
    Format m_format;
};

} // namespace layerhold::gui
