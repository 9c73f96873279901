// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/types.h"

#include <string>
#include <vector>

namespace layerhold::registry {

/// The manifests of an index that are wanted, in its order; all when no platform is named. An index whose only manifest
/// states none is for any. Error{NotFound} when a platform has no manifest.
std::vector<Edge> chosenManifests(const std::vector<Edge>& manifests, const std::vector<std::string>& platforms);

} // namespace layerhold::registry
