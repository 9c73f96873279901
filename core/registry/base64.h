// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/secret.h"

#include <optional>
#include <string_view>

namespace layerhold::registry {

/// The standard alphabet with padding (RFC 4648, section 4); line ends are skipped, as Docker does. nullopt for
/// anything else.
std::optional<Secret> decodeBase64(std::string_view text);

Secret encodeBase64(std::string_view bytes);

} // namespace layerhold::registry
