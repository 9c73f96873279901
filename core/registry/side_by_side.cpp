// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/side_by_side.h"

#include "cache/progress_meter.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace layerhold::registry {

namespace {

/// As containerd and Docker: more are refused by some registries.
constexpr std::size_t sideBySide = 3;

} // namespace

void doSideBySide(std::size_t count, const NumberedWork& work, const std::stop_token& stop)
{
    std::stop_source all; // the first failure ends the rest
    const std::stop_callback onStop(stop, [&] { all.request_stop(); });
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::exception_ptr failure;
    const auto takeTurns = [&] {
        try {
            for (std::size_t i = next++; i < count && !all.stop_requested(); i = next++)
                work(i, all.get_token());
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (!failure)
                failure = std::current_exception();
            all.request_stop();
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < std::min(sideBySide, count); ++i)
            threads.emplace_back(takeTurns);
    }
    if (failure)
        std::rethrow_exception(failure);
    throwIfStopped(stop);
}

} // namespace layerhold::registry
