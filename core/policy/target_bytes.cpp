// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "policy/target_bytes.h"

#include <algorithm>

namespace layerhold {

std::optional<std::uint64_t> targetBytes(std::uint64_t stored, std::uint64_t diskFree, const SpaceLimits& limits)
{
    if (limits.reserved == 0 && limits.maxUsed == 0 && limits.minFree == 0)
        return std::nullopt;
    std::uint64_t target = limits.maxUsed;
    if (limits.minFree > diskFree) {
        const std::uint64_t missing = limits.minFree - diskFree;
        const std::uint64_t left = stored > missing ? stored - missing : 0;
        target = limits.maxUsed == 0 ? left : std::min(limits.maxUsed, left);
    } else if (limits.minFree > 0 && limits.maxUsed == 0) {
        target = stored;
    }
    return std::max(target, limits.reserved);
}

} // namespace layerhold
