// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"

#include <mutex>

namespace layerhold {

/// Error{Locked} when other long work holds the mutex.
inline std::unique_lock<std::mutex> beginLongWork(std::mutex& mutex)
{
    std::unique_lock lock(mutex, std::try_to_lock);
    if (!lock)
        throw Error(ErrorCode::Locked, "the cache is busy with another verify, cleanup, repair, rebuild, import or "
                                       "export; wait for it to end, or cancel it");
    return lock;
}

} // namespace layerhold
