// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/painted_widget.h"
#include "charts/time_axis.h"
#include "models/tag_timeline.h"

#include <QPointer>

#include <optional>
#include <string>
#include <vector>

namespace layerhold::gui {

/// A lane for each tag, and in it a block for each digest: equal digests have equal colours and labels. A deleted tag
/// is a gap, an unknown time is hatched. Left and Right step from move to move of a lane, Up and Down go to another
/// lane, wheel and + / − zoom, dragging moves along, 0 shows all, Space marks a block for comparing. As high as its
/// lanes: whoever wants less puts it into a QScrollArea. Items: the blocks, lane by lane.
class TagTimelineView : public PaintedWidget
{
    Q_OBJECT

public:
    explicit TagTimelineView(TimeAxis* axis, QWidget* parent = nullptr);

    /// What is current or marked stays so where the same block is among these.
    void setLanes(std::vector<TagLane> lanes);
    void setFormat(Format format);

    const TagLane& laneOf(int item) const;
    const TagBlock& blockOf(int item) const;

    /// At most two, the one that was marked first is the first.
    const std::vector<int>& markedItems() const { return m_marked; }

    int itemCount() const override;
    QString itemName(int item) const override;
    QString itemValue(int item) const override;
    QRect itemRect(int item) const override;
    int itemAt(const QPointF& position) const override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void markedItemsChanged();

protected:
    void dropCaches() override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    struct Place
    {
        std::size_t lane;
        std::size_t block;
    };

    enum class LaneStep
    {
        Up,
        Down
    };

    struct BlockKey
    {
        std::string reference;
        Moment from;
        std::string digest;

        friend bool operator==(const BlockKey&, const BlockKey&) = default;
    };

    BlockKey keyOf(int item) const;
    int itemOf(const BlockKey& key) const;
    int laneHeight() const;
    int axisHeight() const;
    double namesWidth() const;
    QRectF area() const; ///< of the blocks, below the axis
    double xOf(Moment moment) const;
    Moment momentAt(double x) const;
    TimeRange timeOf(const TagBlock& block) const;
    QRectF blockRect(const Place& place) const;
    void step(int by);
    void stepLane(LaneStep direction);
    void bringIntoView(int item);
    void mark(int item);
    void paintAxis(QPainter& painter) const;
    void paintLane(QPainter& painter, std::size_t lane) const;
    void paintBlock(QPainter& painter, const Place& place) const;

    QPointer<TimeAxis> m_axis;
    std::vector<TagLane> m_lanes;
    std::vector<Place> m_places;        ///< of the items
    std::vector<std::size_t> m_firstOf; ///< the first item of each lane
    std::vector<int> m_marked;
    std::optional<Moment> m_stepTime; ///< which going through the lanes keeps
    std::optional<Moment> m_grabbed;  ///< what is held under the pointer
    Format m_format;
    mutable std::optional<double> m_widestName; ///< unset: not measured yet
};

} // namespace layerhold::gui
