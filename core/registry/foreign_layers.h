// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"

#include <set>
#include <string_view>

namespace layerhold::registry {

/// The layers of a manifest that registries need not have: of a media type that is not to be distributed, or with
/// `urls` (OCI image specification, "layer.md" and "descriptor.md"). Empty for what is no manifest.
std::set<Digest> foreignLayers(std::string_view manifest);

} // namespace layerhold::registry
