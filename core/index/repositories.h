// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/clock.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace layerhold {

/// Table repositories. Checked like blobs.
namespace repositories {

std::optional<std::int64_t> find(Connection& index, const std::string& name);
/// Adds it when it is not there.
std::int64_t require(Connection& index, const std::string& name);
/// Those that no membership and no proof names any more.
void eraseUnused(Connection& index);

} // namespace repositories

struct RepositoryBlobRow
{
    std::int64_t repository = 0;
    Digest digest;
    std::string mediaType = {}; ///< empty: the repository says nothing of its own
    TimePoint addedAt = {};
};

/// Table repository_blobs: "the repository has the blob". Checked like blobs.
namespace repository_blobs {

std::optional<RepositoryBlobRow> find(Connection& index, std::int64_t repository, const Digest& digest);
/// Inserts or replaces.
void put(Connection& index, const RepositoryBlobRow& row);
/// False when there was none.
bool erase(Connection& index, std::int64_t repository, const Digest& digest);
void eraseRepository(Connection& index, std::int64_t repository);
void eraseAll(Connection& index, const Digest& digest);
/// Names of the repositories that have it, ascending.
std::vector<std::string> repositoriesOf(Connection& index, const Digest& digest, std::size_t limit);
std::vector<Digest> ofRepository(Connection& index, std::int64_t repository);
/// Keeps the newest `kept`, but erases no more than `most` at a time.
void prune(Connection& index, std::size_t kept, std::size_t most);

} // namespace repository_blobs
} // namespace layerhold
