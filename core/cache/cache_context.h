// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/access_recorder.h"
#include "cache/busy_digests.h"
#include "cache/counters.h"
#include "cache/operation_meter.h"
#include "cache/promises.h"
#include "cache/strays.h"
#include "cache/worker_pool.h"
#include "index/index.h"
#include "layerhold/clock.h"
#include "store/blob_files.h"

namespace layerhold {

/// What the parts of one cache share. Owned by the cache, outlives every part.
struct CacheContext
{
    FileSystem& fileSystem;
    const Clock& clock;
    BlobFiles& files;
    Index& index;
    BusyDigests& busy;
    Counters& counters;
    AccessRecorder& accesses;
    WorkerPool& workers;
    Strays& strays;
    Strays& unchecked; ///< found at the start; the workers check them, nobody else
    OperationMeter& meter;
    Promises& promises;
};

using Durability = Index::Durability;

} // namespace layerhold
