// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"

#include <cstdint>
#include <string>
#include <vector>

namespace layerhold {

/// Something that a cleanup may remove.
struct CleanupCandidate
{
    std::string name; ///< digest key of a blob, or id of a partial ingest
    std::uint64_t bytes = 0;
    TimePoint lastUsed = {};
    bool isPartial = false;
};

/// What a cleanup removes, in order: the least recently used first, then by name, until at most `keepBytes` of the
/// candidates' bytes are left.
std::vector<CleanupCandidate> pickForCleanup(std::vector<CleanupCandidate> candidates, std::uint64_t keepBytes);

} // namespace layerhold
