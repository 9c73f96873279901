// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/storage/map_coloring.h"

#include <array>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::MapColoring)
};

constexpr std::array<std::chrono::hours, 4> idleSteps{24h, 7 * 24h, 30 * 24h, 90 * 24h};

MapTint tintOf(StoredKind kind)
{
    switch (kind) {
    case StoredKind::Layer:
        return MapTint::Layer;
    case StoredKind::Config:
        return MapTint::Config;
    case StoredKind::Manifest:
        return MapTint::Manifest;
    case StoredKind::Index:
        return MapTint::Index;
    case StoredKind::Other:
        break;
    }
    return MapTint::Other;
}

MapTint tintOf(KeepReason reason)
{
    switch (reason) {
    case KeepReason::Pin:
        return MapTint::Category0;
    case KeepReason::Tag:
        return MapTint::Category1;
    case KeepReason::Engine:
        return MapTint::Category2;
    case KeepReason::None:
        return MapTint::Category3;
    case KeepReason::Other:
        break;
    }
    return MapTint::Unknown;
}

MapTint tintOf(Refetchable refetch)
{
    switch (refetch) {
    case Refetchable::Yes:
        return MapTint::Category2;
    case Refetchable::OnlyCopy:
        return MapTint::Category1;
    case Refetchable::Unknown:
        break;
    }
    return MapTint::Unknown;
}

MapTint tintOf(Moment usedAt, Moment now)
{
    if (!isKnown(usedAt))
        return MapTint::Unknown;
    std::size_t step = 0;
    while (step < idleSteps.size() && now - usedAt >= idleSteps[step])
        ++step;
    return static_cast<MapTint>(static_cast<std::size_t>(MapTint::Idle0) + step);
}

} // namespace

std::vector<MapTint> mapTints(const StorageTree& tree, MapColoring coloring, Moment now)
{
    const std::size_t count = tree.map().nodes.size();
    std::vector<MapTint> tints(count, MapTint::Other);
    for (std::uint32_t node = 0; node < count; ++node) {
        const auto blob = tree.blobOf(node);
        if (!blob)
            continue;
        const StorageContents::Blob& facts = tree.contents().blobs[*blob];
        switch (coloring) {
        case MapColoring::Kind:
            tints[node] = tintOf(facts.kind);
            break;
        case MapColoring::Idle:
            tints[node] = tintOf(facts.usedAt, now);
            break;
        case MapColoring::KeepReason:
            tints[node] = tintOf(facts.kept);
            break;
        case MapColoring::Refetch:
            tints[node] = tintOf(facts.refetch);
            break;
        }
    }
    return tints;
}

QString coloringName(MapColoring coloring)
{
    switch (coloring) {
    case MapColoring::Kind:
        return Texts::tr("Kind");
    case MapColoring::Idle:
        return Texts::tr("Idle time");
    case MapColoring::KeepReason:
        return Texts::tr("Keep reason");
    case MapColoring::Refetch:
        return Texts::tr("Re-fetchable");
    }
    return {};
}

std::vector<LegendEntry> mapLegend(MapColoring coloring)
{
    switch (coloring) {
    case MapColoring::Kind:
        return {{MapTint::Layer, Texts::tr("Layer")},
                {MapTint::Config, Texts::tr("Config")},
                {MapTint::Manifest, Texts::tr("Manifest")},
                {MapTint::Index, Texts::tr("Index")},
                {MapTint::Other, Texts::tr("Other, or many small ones")}};
    case MapColoring::Idle:
        return {{MapTint::Idle0, Texts::tr("Used within a day")}, {MapTint::Idle1, Texts::tr("A week")},
                {MapTint::Idle2, Texts::tr("30 days")},           {MapTint::Idle3, Texts::tr("90 days")},
                {MapTint::Idle4, Texts::tr("Longer ago")},        {MapTint::Unknown, Texts::tr("Not known")}};
    case MapColoring::KeepReason:
        return {{MapTint::Category0, Texts::tr("Pin")},
                {MapTint::Category1, Texts::tr("Tag")},
                {MapTint::Category2, Texts::tr("Engine")},
                {MapTint::Category3, Texts::tr("Released")},
                {MapTint::Unknown, Texts::tr("Something else")}};
    case MapColoring::Refetch:
        return {{MapTint::Category2, Texts::tr("A registry is known to have had it")},
                {MapTint::Category1, Texts::tr("Only copy")},
                {MapTint::Other, Texts::tr("Many small ones")},
                {MapTint::Unknown, Texts::tr("Not known")}};
    }
    return {};
}

} // namespace layerhold::gui
