// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/storage_map_view.h"
#include "models/storage_tree.h"

#include <vector>

namespace layerhold::gui {

/// What the tiles of the map are coloured by.
enum class MapColoring
{
    Kind,
    Idle,
    KeepReason,
    Refetch
};

struct LegendEntry
{
    MapTint tint = MapTint::Other;
    QString text;
};

/// Of each node; those that are no blobs have none that is seen.
std::vector<MapTint> mapTints(const StorageTree& tree, MapColoring coloring, Moment now);

QString coloringName(MapColoring coloring);
std::vector<LegendEntry> mapLegend(MapColoring coloring);

} // namespace layerhold::gui
