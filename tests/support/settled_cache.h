// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file_system.h"
#include "layerhold/cache.h"
#include "store/layout.h"

#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>

namespace layerhold::test {

/// Opens a cache that there is already and waits until its housekeeper has been round once: then he writes index.json,
/// and would meet a fault that a test means for another call.
inline std::unique_ptr<Cache> openSettled(const CacheOptions& options)
{
    const auto written = [path = Layout(options.root).indexJson()] { return FileSystem::real().identity(path); };
    const auto before = written();
    std::unique_ptr<Cache> cache = Cache::open(options);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (written() == before) {
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("the housekeeper did not write index.json");
        std::this_thread::yield();
    }
    return cache;
}

} // namespace layerhold::test
