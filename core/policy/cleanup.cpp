// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "policy/cleanup.h"

#include <algorithm>
#include <tuple>

namespace layerhold {

std::vector<CleanupCandidate> pickForCleanup(std::vector<CleanupCandidate> candidates, std::uint64_t keepBytes)
{
    std::uint64_t left = 0;
    for (const CleanupCandidate& candidate : candidates)
        left += candidate.bytes;
    std::sort(candidates.begin(), candidates.end(), [](const CleanupCandidate& a, const CleanupCandidate& b) {
        return std::tie(a.lastUsed, a.isPartial, a.name) < std::tie(b.lastUsed, b.isPartial, b.name);
    });
    auto end = candidates.begin();
    // keepBytes 0 takes empty blobs along; otherwise removing stops as soon as the rest fits.
    while (end != candidates.end() && (left > keepBytes || keepBytes == 0)) {
        left -= end->bytes;
        ++end;
    }
    candidates.erase(end, candidates.end());
    return candidates;
}

} // namespace layerhold
