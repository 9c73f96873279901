// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"

#include <string>

namespace layerhold::registry {

/// Of manifests in one image, with those in indexes of indexes.
inline constexpr std::size_t mostManifests = 1000;

/// The bytes of a stored manifest; InvalidArgument when it is too large to be one.
std::string readManifest(Cache& cache, const Digest& digest);

} // namespace layerhold::registry
