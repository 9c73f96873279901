// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/blob_guard.h"
#include "cache/cache_context.h"
#include "cache/committer.h"

#include <cstdint>
#include <optional>
#include <stop_token>

namespace layerhold {

/// Claims of operations: they hold what an entry, a pull or a load has brought until that is given to somebody for
/// good.

/// Claims a blob that is stored, once its bytes are known to be right. Its size; nullopt when there is none.
std::optional<std::uint64_t> claimStored(CacheContext& context, BlobGuard& guard, const Claimant& operation,
                                         const Digest& digest, const std::stop_token& stop);
void releaseOperation(Change& change, const Claimant& operation);
/// As releaseOperation; what cannot be written now is dropped at the next start.
void endOperation(CacheContext& context, const Claimant& operation) noexcept;

} // namespace layerhold
