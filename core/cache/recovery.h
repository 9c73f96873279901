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
    std::uint64_t removalsFinished = 0;
    std::uint64_t ingestsSwept = 0;
    std::uint64_t blobsToAdopt = 0;
    std::uint64_t blobsWithoutFile = 0;
    std::uint64_t trashSettled = 0;    ///< blobs whose way to the trash or back was cut off
    std::uint64_t enginesRestored = 0; ///< engines that the checkpoint knows and the index lost
    std::uint64_t claimsRestored = 0;  ///< claims that the checkpoint knows and the index lost
    std::uint64_t tagsRestored = 0;    ///< likewise
    /// For people; empty when there was nothing to do.
    std::string sentence() const;
};

/// Finishes what a crash cut off. Cheap after a clean shutdown; else compares names, not contents. Blob files without a
/// row are adopted by the workers, or by the first lookup; rows without a file are marked the same way.
RecoveryReport recover(CacheContext& context, BlobGuard& guard, std::uint64_t checkpointSize);

/// True when the last owner ended in order and left a checkpoint log of that size. Another size means that the log was
/// damaged, or that the mark is an old one: an index that lost its WAL lost the removal of the mark as well.
bool wasShutDownCleanly(Index& index, std::uint64_t checkpointSize);
/// The next start finds everything in order, and a checkpoint log of that size.
void markCleanShutdown(Index& index, std::uint64_t checkpointSize);

} // namespace layerhold
