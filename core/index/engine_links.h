// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/change.h"
#include "index/connection.h"
#include "layerhold/types.h"

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace layerhold {

struct EngineLinkRow
{
    std::string engine;
    std::string address; ///< of the engine's own API
    TimePoint seenAt;    ///< when it was last listed whole; the epoch: never
};

/// Table engine_links. Checked like blobs.
namespace engine_links {

std::optional<EngineLinkRow> find(Connection& index, const std::string& engine);
std::vector<EngineLinkRow> all(Connection& index);
/// As all, without the rows that are damaged.
std::vector<EngineLinkRow> readable(Connection& index);
void put(Connection& index, const EngineLinkRow& row);
/// With all that the engine told.
void erase(Connection& index, const std::string& engine);

} // namespace engine_links

/// For the checkpoint log.
CheckpointRecord recordOf(const EngineLinkRow& row);

struct EngineImageRow
{
    std::string engine;
    std::string space; ///< containerd's namespace
    std::string name;
    Digest digest;
    TimePoint createdAt;
    TimePoint updatedAt;
};

/// Table engine_images: what engines call an image.
namespace engine_images {

std::vector<EngineImageRow> ofEngine(Connection& index, const std::string& engine);
/// Where several have it: the one that was updated last.
std::optional<EngineImageRow> latestOfName(Connection& index, const std::string& name);
void put(Connection& index, const EngineImageRow& row);
void erase(Connection& index, const std::string& engine, const std::string& space, const std::string& name);
void forEach(Connection& index, const std::function<void(const EngineImageRow&)>& each);

} // namespace engine_images

struct EngineLeaseRow
{
    std::string engine;
    std::string space;
    std::string lease;
    Digest digest; ///< of a blob that the lease keeps

    friend auto operator<=>(const EngineLeaseRow&, const EngineLeaseRow&) = default;
};

/// Table engine_leases.
namespace engine_leases {

/// The leases of the engine become exactly these. Writes only what differs.
void replace(Connection& index, const std::string& engine, const std::vector<EngineLeaseRow>& rows);
void forEach(Connection& index, const std::function<void(const EngineLeaseRow&)>& each);

} // namespace engine_leases

struct EngineSourceRow
{
    std::string engine;
    Digest digest;
    std::string repository;

    friend auto operator<=>(const EngineSourceRow&, const EngineSourceRow&) = default;
};

/// Table engine_sources.
namespace engine_sources {

/// The sources of the engine become exactly these. Writes only what differs.
void replace(Connection& index, const std::string& engine, const std::vector<EngineSourceRow>& rows);
/// Repositories of the blob, ascending, each once.
std::vector<std::string> of(Connection& index, const Digest& digest);

} // namespace engine_sources
} // namespace layerhold
