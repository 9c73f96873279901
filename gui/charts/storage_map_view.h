// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/painted_widget.h"
#include "models/storage_map.h"

#include <QPixmap>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace layerhold::gui {

/// What a tile is coloured by; the Look says which colour that is.
enum class MapTint : std::uint8_t
{
    Layer,
    Config,
    Manifest,
    Index,
    Other,
    Idle0, ///< just used
    Idle1,
    Idle2,
    Idle3,
    Idle4,     ///< long idle
    Category0, ///< any six things that are to be told apart
    Category1,
    Category2,
    Category3,
    Category4,
    Category5,
    Unknown ///< hatched
};

/// A surface in the colour of a tint; what is unknown is hatched.
void paintTint(QPainter& painter, const QRectF& surface, MapTint tint, const Look& look);

/// What the map shows. `map` does not change any more.
struct MapScene
{
    std::shared_ptr<const StorageMap> map;
    std::vector<MapTint> tints;                      ///< of each node; those that are missing are Other
    std::function<QString(std::uint32_t)> nameOf;    ///< of a node, plain
    std::function<QString(std::uint32_t)> detailsOf; ///< more lines for the tool tip
};

/// A treemap. Wheel, + and − go a level in and out, Backspace goes out, 0 to the root; arrows go to the tile on that
/// side, Page Down and Page Up through all of them; hovering outlines. The tiles are found on another thread, and
/// painted once for each change.
///
/// Items: the tiles that have nothing inside, as they are laid out. Beside the current item there is the chosen node,
/// which stays the same whatever is laid out: its tile is the current one, or it is marked around the tiles within it.
class StorageMapView : public PaintedWidget
{
    Q_OBJECT

public:
    explicit StorageMapView(QWidget* parent = nullptr);
    ~StorageMapView() override;

    /// Keeps the level when the new map has the same number of nodes, which is a change of colours or figures.
    void setScene(MapScene scene);
    void setFormat(Format format);

    /// Of the level that is shown.
    std::uint32_t rootNode() const { return m_root; }

    void setRootNode(std::uint32_t node);
    /// A level towards the chosen node.
    void goIn();
    void goOut();

    /// The node of a tile; of a merged one the parent of what it stands for.
    std::uint32_t nodeOf(int item) const;
    /// It only stands for smaller ones.
    bool isMerged(int item) const;
    std::uint64_t tileBytes(int item) const;
    /// In device-independent pixels.
    double tileArea(int item) const;

    /// 0: none.
    std::uint32_t chosenNode() const { return m_chosen; }

    /// Chooses the node, and goes out as far as it takes to see it. Its tile is current, or the one that is merged from
    /// it and others. 0: none is chosen.
    void showNode(std::uint32_t node);

    int itemCount() const override;
    QString itemName(int item) const override;
    QString itemValue(int item) const override;
    QRect itemRect(int item) const override;
    int itemAt(const QPointF& position) const override;
    QString itemToolTip(int item) const override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void rootChanged(std::uint32_t node);
    void hovered(int item);
    /// By the user; not by showNode().
    void nodeChosen(std::uint32_t node);
    /// The tiles are those of the last scene, level and size.
    void laidOut();

protected:
    void dropCaches() override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    enum class Side
    {
        Left,
        Right,
        Up,
        Down
    };

    const MapTile& tileOf(int item) const;
    void startLayout();
    void takeLayout(MapLayout layout);
    const StorageMap* newestMap() const;
    void goTowards(std::uint32_t node);
    void showChosen();
    /// The innermost tile for what a tile stands for beside its own node.
    int tileOfAbsorbed(int tile) const;
    void takeChoice(int item);
    void stepTo(Side side);
    bool isShared(std::uint32_t node) const;
    QString nodeName(std::uint32_t node) const;
    void paintPicture();
    void paintTile(QPainter& painter, const MapTile& tile) const;
    void paintGroups(QPainter& painter) const;
    MapTint tintOf(const MapTile& tile) const;
    double snapped(double value) const;

    MapScene m_scene;               ///< that the layout is of
    std::optional<MapScene> m_next; ///< that is being laid out
    Format m_format;
    std::uint32_t m_root = 0;
    std::uint32_t m_chosen = 0; ///< 0: none
    int m_markedTile = -1;      ///< of the chosen node, when other tiles are inside; -1: none
    bool m_isShowing = false;   ///< what becomes current now is not the doing of the user
    MapLayout m_layout;
    std::vector<int> m_tileOfItem;
    std::vector<int> m_itemOfTile; ///< noItem: something is inside
    std::uint64_t m_request = 0;
    std::uint64_t m_answered = 0; ///< differs from m_request while tiles are being found
    int m_hovered = noItem;
    int m_turned = 0; ///< of the wheel, since the last whole step
    QPixmap m_picture;
};

} // namespace layerhold::gui
