// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/identity.h"

#include <cstddef>

namespace layerhold {

/// Table deliveries: "all bytes of the digest came from that origin". Checked like blobs.
namespace deliveries {

bool has(Connection& index, const Identity& origin, const Digest& digest);
/// Again is no error.
void put(Connection& index, const Identity& origin, const Digest& digest, TimePoint at);
void eraseAll(Connection& index, const Digest& digest);
/// Keeps the newest `kept`; erases no more than `most` at a time.
void prune(Connection& index, std::size_t kept, std::size_t most);

} // namespace deliveries

} // namespace layerhold
