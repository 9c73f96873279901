// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/painted_widget.h"
#include "models/entry_scatter.h"
#include "models/format.h"

#include <QPixmap>

#include <memory>
#include <optional>
#include <vector>

namespace layerhold::gui {

/// Entries as points: the time since the last use to the right, the stored size upwards, both by powers. What was never
/// used, was used in the future by its clock, or has no bytes, stands in a strip of its own at the edge. Kinds differ
/// by shape and colour; points of one kind that would cover each other are one larger mark.
///
/// Items: the entries, the largest first, so that arrow keys reach each of them; Space selects or deselects the current
/// one. A drag with the left button draws a lasso; with Ctrl or Shift it adds to what is selected. Points are placed on
/// another thread, and painted once for each change.
class EntryScatterView : public PaintedWidget
{
    Q_OBJECT

public:
    enum class Choice
    {
        Replace,
        Add,
        Toggle
    };

    explicit EntryScatterView(QWidget* parent = nullptr);
    ~EntryScatterView() override;

    /// Ids are those of the columns. What is current and selected stays so, by its id.
    void setEntries(EntryColumns columns, std::vector<EntryId> ids, Moment now);
    /// Ids mean nothing any more.
    void clear();
    void setFormat(Format format);
    void setSelected(const std::vector<EntryId>& ids);
    /// Makes it the current one; what is not among the points leaves none current.
    void showEntry(std::optional<EntryId> id);

    EntryId entryOf(int item) const { return m_scene->scatter->points[static_cast<std::size_t>(item)].id; }

    int itemOf(EntryId id) const; ///< noItem: it is not among the points
    /// In coordinates of the widget.
    QPointF placeOf(int item) const;

    /// True while what was set last is being placed.
    bool isBehind() const { return m_answered != m_request; }

    int itemCount() const override;
    QString itemName(int item) const override;
    QString itemValue(int item) const override;
    QRect itemRect(int item) const override;
    int itemAt(const QPointF& position) const override;
    QString itemToolTip(int item) const override;
    bool isItemSelected(int item) const override;
    bool clearSelection() override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// By the user; not by showEntry().
    void entryChosen(layerhold::gui::EntryId id);
    /// The user wants these to be selected, the largest first; none with Replace: nothing.
    void selectionAsked(const std::vector<layerhold::gui::EntryId>& ids, layerhold::gui::EntryScatterView::Choice how);
    /// The points are those that were set last, in the size that the widget has.
    void laidOut();

protected:
    void dropCaches() override;
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    struct Entries
    {
        EntryColumns columns;
        std::vector<EntryId> ids;
        Moment now;
    };

    /// Placed points. Does not change any more.
    struct Scene
    {
        EntryColumns columns;
        std::shared_ptr<const EntryScatter> scatter;
        ScatterPlane plane;
        ScatterMarks marks;
    };

    struct LegendPlace
    {
        std::optional<StoredKind> kind; ///< unset: of what all kinds have
        bool isSelected = false;
        QString words;
        QRect mark = {};
        QRect text = {};
    };

    const ScatterPoint& pointOf(int item) const { return m_scene->scatter->points[static_cast<std::size_t>(item)]; }

    MapRect area() const;
    std::vector<LegendPlace> legend() const;
    void startLayout();
    void takeScene(std::shared_ptr<const Scene> scene);
    void takeCurrent(int item);
    void pick(int item, Choice how);
    void endLasso(Choice how);
    void paintPicture();
    void paintLegend(QPainter& painter) const;
    void paintAxes(QPainter& painter) const;
    void paintIdleLabels(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintLasso(QPainter& painter) const;

    std::shared_ptr<const Scene> m_scene;
    std::optional<Entries> m_next; ///< waits to be placed
    Format m_format;
    std::vector<EntryId> m_selectedIds;
    std::vector<bool> m_isSelected; ///< by point
    std::optional<EntryId> m_shown;
    bool m_isShowing = false; ///< what becomes current now is not the doing of the user
    std::uint64_t m_request = 0;
    std::uint64_t m_answered = 0;    ///< differs from m_request while points are being placed
    std::vector<PlanePoint> m_trail; ///< of the mouse since the button was pressed
    bool m_isLasso = false;          ///< it went far enough to be no click
    QPixmap m_picture;
};

} // namespace layerhold::gui
