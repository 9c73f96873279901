// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/planted_secret.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace layerhold::fuzz {

/// The text with a secret somewhere in it. Where follows from the text alone, so that a finding can be repeated.
inline std::string withPlantedSecret(std::string_view text)
{
    std::uint64_t hash = 14695981039346656037U; // FNV-1a
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    std::string result(text);
    result.insert(hash % (text.size() + 1), registry::test::plantedSecret);
    return result;
}

} // namespace layerhold::fuzz
