// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crash/blob_pool.h"
#include "crash/expectation.h"
#include "layerhold/cache.h"

#include <string>
#include <vector>

namespace layerhold::test {

enum class CutKind
{
    Kill,  ///< the process died, the kernel lived: every acknowledgement holds
    Power, ///< what was not synced is gone: a release may be undone (its claim comes back), a claim never
};

/// Checks an opened cache against what clients of `engine` were promised, and the cache against its files:
///
///  - no acknowledged commit or claim is lost, and its bytes are the right ones;
///  - every blob that is listed can be read and hashes to its name; nothing else is served;
///  - an acknowledged release is not listed (after a kill);
///  - the index names exactly the blob files there are, with their sizes; every file of ingest/ belongs to a write or a
///  partial;
///    no file is left anywhere else;
///  - the store works: a new blob can be committed, read and released.
///
/// Returns one sentence per violation; empty when all hold. Settles `expectation` to what was found.
std::vector<std::string> checkInvariants(Cache& cache, const std::string& engine, const BlobPool& pool,
                                         Expectation& expectation, CutKind cut);

} // namespace layerhold::test
