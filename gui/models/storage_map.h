// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/treemap.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

/// What the map of the store shows: trees of bytes by one of three rules. Pure functions for a worker.
namespace layerhold::gui {

/// How bytes that several things share are counted. Rules are never mixed: each map is one of them.
enum class ByteRule
{
    Unique,    ///< what only one has is its own; the rest is in a block of its own, which is placed last
    Share,     ///< what n have counts an nth for each of them
    Referenced ///< all that each needs: adds up to more than is stored
};

/// Blobs and who reaches them. Entities are of one level (images, repositories or holders).
struct StorageGraph
{
    struct Blob
    {
        std::string digest;
        std::uint64_t bytes = 0;
    };

    struct Entity
    {
        std::vector<std::string> path;    ///< from the outermost group to its own name: registry, repository, digest
        std::vector<std::uint32_t> blobs; ///< indices; one that comes twice counts once
    };

    std::vector<Blob> blobs;
    std::vector<Entity> entities;
};

struct StorageNode
{
    enum class Kind : std::uint8_t
    {
        Root,
        Group,
        Entity,
        Blob,
        SharedBlock, ///< what two or more reach; its children are blobs
        OtherBlock   ///< what none of the entities reaches; its children are blobs
    };
    Kind kind = Kind::Root;
    std::uint32_t index = 0;   ///< of the entity or the blob
    std::uint32_t sharers = 0; ///< of a blob: so many entities reach it
    std::string name;          ///< of a group or an entity: the last part of its path
};

/// `nodes` and `tree` go side by side.
struct StorageMap
{
    ByteRule rule = ByteRule::Unique;
    std::uint64_t storedBytes = 0;
    std::vector<MapNode> tree;
    std::vector<StorageNode> nodes;

    std::uint64_t totalBytes() const { return tree.empty() ? 0 : tree.front().bytes; }
};

/// Shares are whole bytes: what dividing leaves over goes to the first entity by the order of their paths.
StorageMap storageMap(const StorageGraph& graph, ByteRule rule);

/// "Map adds up to 61.2 GiB = stored bytes", or that it adds up to more, and why.
QString mapStatement(const StorageMap& map, const Format& format);

/// True when the statement is a warning: the map adds up to something else than what is stored.
bool isMapOverStored(const StorageMap& map);

QString byteRuleName(ByteRule rule);        ///< "Unique + shared block"
QString byteRuleExplanation(ByteRule rule); ///< one sentence

} // namespace layerhold::gui
