// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/blobs.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace layerhold::blob_statistics {

/// What waits for being hashed again. Reads every row.
struct ScrubDebt
{
    std::optional<TimePoint> oldestVerified; ///< of the present blobs; nullopt when there are none
    std::uint64_t dueBlobs = 0;              ///< last hashed before the limit
    std::uint64_t dueBytes = 0;
};

ScrubDebt scrubDebt(Connection& index, TimePoint limit);

/// The present blobs that were used most, most first. Reads every row.
std::vector<BlobRow> mostUsed(Connection& index, std::size_t limit);

struct Averages
{
    std::uint64_t rows = 0; ///< in every state
    double accessCount = 0; ///< mean of the present blobs; 0 when there are none
};

Averages averages(Connection& index);

} // namespace layerhold::blob_statistics
