// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

/// Where the tiles of a map of bytes go. Pure functions for a worker; nothing is shared.
namespace layerhold::gui {

/// In device-independent pixels.
struct MapRect
{
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    double area() const { return width * height; }

    bool contains(double px, double py) const { return px >= x && px < x + width && py >= y && py < y + height; }
};

/// A tree of weights, flat: node 0 is the root, and the children of a node are side by side. The bytes of a node with
/// children are their sum.
struct MapNode
{
    std::uint64_t bytes = 0;
    std::uint32_t firstChild = 0;
    std::uint32_t childCount = 0;
    std::uint32_t parent = 0;
    bool isPlacedLast = false; ///< whatever its size; for blocks that are not one of many
};

struct MapTile
{
    MapRect rect;
    std::uint32_t node = 0;   ///< of a tile that only stands for smaller ones: their parent
    std::uint32_t depth = 0;  ///< 1: a child of the root that was laid out
    std::uint64_t bytes = 0;  ///< the merged ones included
    std::uint32_t merged = 0; ///< so many smaller ones are in this tile
    bool hasNode = true;      ///< false: it only stands for smaller ones
    bool isLeaf = false;      ///< nothing is inside it
};

struct MapLayout
{
    /// Parents before their children, so that painting in order and hit-testing from the end are right. Tiles without
    /// something inside (leaves and merged ones) tile the area; their bytes add up to those of the root.
    std::vector<MapTile> tiles;
    std::uint64_t bytes = 0;
};

inline constexpr double leastTileSide = 3;

/// Squarified treemap (Bruls, Huizing and van Wijk) of what is under `root`, as deep as there is room. What would be
/// narrower or lower than `leastSide` is merged into one tile for each parent, which is placed after the others and is
/// itself never smaller; where all that is left beside large tiles is too small even for that, the last of these (or,
/// where that has children, the tile of the smaller ones within it) stands for it too. Nodes without bytes have no
/// tile. The children of a node may be in any order.
MapLayout layOut(const std::vector<MapNode>& tree, std::uint32_t root, const MapRect& area,
                 double leastSide = leastTileSide);

/// The innermost tile at a point; -1: none.
int tileAt(const MapLayout& layout, double x, double y);

} // namespace layerhold::gui
