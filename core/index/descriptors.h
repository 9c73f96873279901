// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/access.h"

#include <cstddef>
#include <optional>

namespace layerhold {

/// Table descriptors: what registries say of blobs, whichever repository it was. Checked like blobs.
namespace descriptors {

std::optional<Descriptor> find(Connection& index, const Digest& digest);
/// Inserts or replaces that of `digest`, which may be another than the canonical one in `descriptor`.
void put(Connection& index, const Digest& digest, const Descriptor& descriptor, TimePoint now);
/// That of the digest, and those that it is the canonical digest of.
void eraseAll(Connection& index, const Digest& digest);
/// Keeps the newest `kept`, but erases no more than `most` at a time.
void prune(Connection& index, std::size_t kept, std::size_t most);

} // namespace descriptors
} // namespace layerhold
