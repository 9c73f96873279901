// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/treemap.h"

#include <algorithm>
#include <limits>
#include <span>

namespace layerhold::gui {

namespace {

/// The worst aspect of a row of tiles with these extremes and this sum along a side (all areas).
double worstAspect(double least, double most, double sum, double side)
{
    const double square = side * side;
    return std::max(square * most / (sum * sum), sum * sum / (square * least));
}

/// Fills `rects` with tiles of `areas`, which add up to the area of `free`.
void squarify(std::span<const double> areas, MapRect free, std::vector<MapRect>& rects)
{
    rects.clear();
    std::size_t begin = 0;
    while (begin < areas.size()) {
        const double side = std::min(free.width, free.height);
        double sum = areas[begin];
        double least = sum;
        double most = sum;
        std::size_t end = begin + 1;
        while (end < areas.size()) {
            const double next = areas[end];
            const double nextLeast = std::min(least, next);
            const double nextMost = std::max(most, next);
            if (worstAspect(nextLeast, nextMost, sum + next, side) > worstAspect(least, most, sum, side))
                break;
            sum += next;
            least = nextLeast;
            most = nextMost;
            ++end;
        }

        const bool isColumn = free.width >= free.height;
        // The last row takes what is left, so that rounding leaves no crack.
        const double along = isColumn ? free.height : free.width;
        const double across = end == areas.size() ? (isColumn ? free.width : free.height) : sum / along;
        double offset = 0;
        for (std::size_t i = begin; i < end; ++i) {
            const double length = i + 1 == end ? along - offset : along * areas[i] / sum;
            rects.push_back(isColumn ? MapRect{free.x, free.y + offset, across, length}
                                     : MapRect{free.x + offset, free.y, length, across});
            offset += length;
        }
        if (isColumn) {
            free.x += across;
            free.width = std::max(free.width - across, 0.0);
        } else {
            free.y += across;
            free.height = std::max(free.height - across, 0.0);
        }
        begin = end;
    }
}

class Layouter
{
public:
    Layouter(const std::vector<MapNode>& tree, double leastSide)
        : m_tree(tree)
        , m_leastSide(leastSide)
    {}

    MapLayout run(std::uint32_t root, const MapRect& area)
    {
        m_layout.bytes = m_tree[root].bytes;
        // Tiles are appended behind their parents, so this loop is the walk over the tree, breadth first.
        placeChildren({area, root, 0, m_layout.bytes, 0, true, false});
        for (std::size_t i = 0; i < m_layout.tiles.size(); ++i) {
            const MapTile tile = m_layout.tiles[i];
            if (!tile.isLeaf)
                placeChildren(tile);
        }
        return std::move(m_layout);
    }

private:
    void placeChildren(const MapTile& parent)
    {
        const MapRect& area = parent.rect;
        if (parent.bytes == 0 || m_tree[parent.node].childCount == 0 || area.width < m_leastSide ||
            area.height < m_leastSide)
            return;
        m_scale = area.area() / static_cast<double>(parent.bytes);
        const std::uint32_t count = chooseCandidates(m_tree[parent.node]) + parent.merged;

        std::size_t placed = m_order.size();
        m_rest = Rest::OwnTile;
        while (!tryToPlace(placed, parent.bytes, area)) {
            if (placed == 0) {
                m_lasts.clear();
            } else if (m_firstNarrow == placed && m_rest == Rest::OwnTile && isLarge(m_order[placed - 1])) {
                m_rest = Rest::WithLastTile;
            } else {
                // One that is too narrow is merged with all after it; where each try drops only few, tries get bolder.
                placed = std::min(m_firstNarrow, placed - 1 - placed / 16);
                m_rest = Rest::OwnTile;
            }
        }

        const auto merged = count - static_cast<std::uint32_t>(placed + m_lasts.size());
        const bool isAbsorbed = m_rest == Rest::WithLastTile && m_restBytes > 0;
        std::size_t rect = 0;
        for (; rect < placed; ++rect) {
            const bool takesRest = isAbsorbed && rect + 1 == placed;
            addTile(m_order[rect], m_rects[rect], parent.depth + 1, takesRest ? merged : 0,
                    takesRest ? m_restBytes : 0);
        }
        const bool hasOwnTile = m_rest == Rest::OwnTile && m_restBytes > 0;
        rect += hasOwnTile;
        for (const std::uint32_t last : m_lasts)
            addTile(last, m_rects[rect++], parent.depth + 1, 0, 0);
        if (hasOwnTile)
            m_layout.tiles.push_back(
                {m_rects[placed], parent.node, parent.depth + 1, m_restBytes, merged, false, true});
    }

    void addTile(std::uint32_t node, const MapRect& rect, std::uint32_t depth, std::uint32_t merged,
                 std::uint64_t mergedBytes)
    {
        const MapNode& child = m_tree[node];
        m_layout.tiles.push_back({rect, node, depth, child.bytes + mergedBytes, merged, true, child.childCount == 0});
    }

    double areaOf(std::uint32_t node) const { return static_cast<double>(m_tree[node].bytes) * m_scale; }

    /// Large enough that it must not vanish because what is left beside it is small.
    bool isLarge(std::uint32_t node) const { return areaOf(node) >= 10 * m_leastSide * m_leastSide; }

    /// Puts the children that have room for a tile into m_order, the largest first, and into m_lasts; only these need
    /// to be sorted. The number of all that have bytes.
    std::uint32_t chooseCandidates(const MapNode& node)
    {
        m_order.clear();
        m_lasts.clear();
        std::uint32_t count = 0;
        const double leastArea = m_leastSide * m_leastSide;
        for (std::uint32_t i = node.firstChild; i < node.firstChild + node.childCount; ++i) {
            const MapNode& child = m_tree[i];
            count += child.bytes > 0;
            if (child.bytes > 0 && areaOf(i) >= leastArea)
                (child.isPlacedLast ? m_lasts : m_order).push_back(i);
        }
        std::sort(m_order.begin(), m_order.end(), [this](std::uint32_t a, std::uint32_t b) {
            return m_tree[a].bytes != m_tree[b].bytes ? m_tree[a].bytes > m_tree[b].bytes : a < b;
        });
        return count;
    }

    /// Lays out the first `placed` of m_order, what stands for all that have no tile of their own, and m_lasts. True
    /// when no tile is too narrow, or nothing is left that could be merged.
    bool tryToPlace(std::size_t placed, std::uint64_t allBytes, const MapRect& area)
    {
        m_areas.clear();
        m_restBytes = allBytes;
        const auto place = [this](std::uint32_t node) {
            m_restBytes -= m_tree[node].bytes;
            m_areas.push_back(areaOf(node));
        };
        std::for_each_n(m_order.begin(), placed, place);
        std::for_each(m_lasts.begin(), m_lasts.end(), place);
        const double restArea = static_cast<double>(m_restBytes) * m_scale;
        if (m_rest == Rest::WithLastTile)
            m_areas[placed - 1] += restArea;
        else if (m_restBytes > 0)
            m_areas.insert(m_areas.begin() + static_cast<std::ptrdiff_t>(placed), restArea);
        squarify(m_areas, area, m_rects);
        const auto narrow = std::find_if(m_rects.begin(), m_rects.end(), [this](const MapRect& rect) {
            return rect.width < m_leastSide || rect.height < m_leastSide;
        });
        m_firstNarrow = static_cast<std::size_t>(narrow - m_rects.begin());
        return narrow == m_rects.end() || (placed == 0 && m_lasts.empty());
    }

    const std::vector<MapNode>& m_tree;
    double m_leastSide;
    MapLayout m_layout;
    std::vector<std::uint32_t> m_order;
    std::vector<std::uint32_t> m_lasts;
    std::vector<double> m_areas;
    std::vector<MapRect> m_rects;
    std::size_t m_firstNarrow = 0;
    std::uint64_t m_restBytes = 0;
    double m_scale = 0;

    /// Where that goes which has no tile of its own.
    enum class Rest
    {
        OwnTile,
        WithLastTile
    };
    Rest m_rest = Rest::OwnTile;
};

} // namespace

MapLayout layOut(const std::vector<MapNode>& tree, std::uint32_t root, const MapRect& area, double leastSide)
{
    if (root >= tree.size())
        return {};
    return Layouter(tree, leastSide).run(root, area);
}

int tileAt(const MapLayout& layout, double x, double y)
{
    for (std::size_t i = layout.tiles.size(); i > 0; --i) {
        if (layout.tiles[i - 1].rect.contains(x, y))
            return static_cast<int>(i - 1);
    }
    return -1;
}

} // namespace layerhold::gui
