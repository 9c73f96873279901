// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/types.h"

#include <functional>
#include <vector>

namespace layerhold::edges {

/// Table edges: which blobs a manifest or index names. Checked like blobs.
std::vector<Edge> children(Connection& index, const Digest& parent);
std::vector<Edge> parents(Connection& index, const Digest& child);
/// The children of `parent` become exactly `edges`, in that order.
void replace(Connection& index, const Digest& parent, const std::vector<Edge>& edges);
/// Error{Corrupted} unless every row is what was written.
void requireWhole(Connection& index);
/// Skips rows that are damaged; gives position and edge.
void forEachReadable(Connection& index, const std::function<void(std::int64_t position, const Edge&)>& each);
void put(Connection& index, std::int64_t position, const Edge& edge);

} // namespace layerhold::edges
