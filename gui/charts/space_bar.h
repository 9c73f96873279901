// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/painted_widget.h"
#include "models/format.h"

#include <QFontMetricsF>

#include <cstdint>
#include <optional>
#include <vector>

namespace layerhold::gui {

/// Parts of a disk that add up to it. Marks are used bytes: above the high one cleaning begins, at the low one it ends.
struct SpaceFigures
{
    std::uint64_t inUse = 0;
    std::uint64_t kept = 0; ///< by a rule of the policy
    std::uint64_t canGo = 0;
    std::uint64_t released = 0; ///< held by nobody; what of it can go is not known
    std::uint64_t trash = 0;
    std::uint64_t other = 0; ///< used by others than the cache
    std::uint64_t free = 0;
    std::optional<std::uint64_t> lowMark;
    std::optional<std::uint64_t> highMark;
};

/// One bar of the disk with its legend below. What has bytes is at least a few pixels wide, so that it can be pointed
/// at. Items: the parts from the left, then the marks.
class SpaceBar : public PaintedWidget
{
    Q_OBJECT

public:
    explicit SpaceBar(QWidget* parent = nullptr);

    /// nullopt: none were reported, which takes a setNotice() that says why.
    void setFigures(const std::optional<SpaceFigures>& figures);
    void setFormat(Format format);

    int itemCount() const override;
    QString itemName(int item) const override;
    QString itemValue(int item) const override;
    QRect itemRect(int item) const override;
    int itemAt(const QPointF& position) const override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    bool hasHeightForWidth() const override { return true; }

    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    enum class Kind
    {
        InUse,
        Kept,
        CanGo,
        Released,
        Trash,
        Other,
        Free,
        LowMark,
        HighMark
    };

    struct Part
    {
        Kind kind;
        std::uint64_t bytes;
    };

    struct Places
    {
        QRectF bar;
        std::vector<QRectF> segments;
        std::vector<QRectF> legend; ///< of each segment
        std::vector<QRectF> marks;
        double height = 0;
    };

    Places place(double width) const;
    QString nameOf(Kind kind) const;
    QColor colorOf(Kind kind) const;
    QString legendText(const Part& part) const;
    void paintMarks(QPainter& painter, const Places& places) const;

    std::vector<Part> m_parts;
    std::vector<Part> m_marks;
    std::uint64_t m_total = 0;
    Format m_format;
};

} // namespace layerhold::gui
