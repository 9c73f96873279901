// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/blob_guard.h"
#include "cache/cache_context.h"

#include <cstdint>
#include <string>

namespace layerhold {

/// What start-up found cut off, in numbers.
struct RecoveryReport
{
    bool wasClean = false;
    std::uint64_t checkpointSize = 0; ///< what the checkpoint log had at a clean end
    std::uint64_t removalsFinished = 0;
    std::uint64_t ingestsSwept = 0;
    std::uint64_t blobsToAdopt = 0;
    std::uint64_t blobsWithoutFile = 0;
    std::uint64_t enginesRestored = 0; ///< engines that the checkpoint knows and the index lost
    std::uint64_t claimsRestored = 0;  ///< claims that the checkpoint knows and the index lost
    /// For people; empty when there was nothing to do.
    std::string sentence() const;
};

/// Finishes what a crash cut off. Cheap after a clean shutdown; else compares names, not contents. Blob files without a
/// row are adopted by the workers, or by the first lookup; rows without a file are marked the same way.
RecoveryReport recover(CacheContext& context, BlobGuard& guard);

/// True when the last owner ended in order.
bool wasShutDownCleanly(Index& index);
/// The next start finds everything in order, and a checkpoint log of that size.
void markCleanShutdown(Index& index, std::uint64_t checkpointSize);

} // namespace layerhold
