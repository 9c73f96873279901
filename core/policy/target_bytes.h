// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

namespace layerhold {

/// The limits of a rule in bytes; 0: not set.
struct SpaceLimits
{
    std::uint64_t reserved = 0; ///< never go below
    std::uint64_t maxUsed = 0;  ///< go down to
    std::uint64_t minFree = 0;  ///< go down until so much of the disk is free
};

/// How many of `stored` bytes may stay; nullopt: there is no cap, all that matches goes. Begins with the most that may
/// be used; a disk that is too full lowers it by what is missing; it never falls below what is reserved. With nothing
/// but a free space that is there already, everything stays.
std::optional<std::uint64_t> targetBytes(std::uint64_t stored, std::uint64_t diskFree, const SpaceLimits& limits);

} // namespace layerhold
