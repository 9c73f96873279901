// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/cleanup_impl.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

namespace layerhold {

/// When the cache looks after itself: soon after the start, after work that released something, when something expires,
/// under pressure, and every half hour; never twice within a minute. Plain arithmetic, so that it can be tested.
class UpkeepSchedule
{
public:
    using Time = std::chrono::steady_clock::time_point;

    struct Signs
    {
        std::uint64_t releases = 0; ///< how many claims were released since the start
        enum class Disk
        {
            Roomy,
            Tight
        } disk = Disk::Roomy;
        enum class Expiry
        {
            None,
            Due
        } expiry = Expiry::None;
    };

    explicit UpkeepSchedule(Time start)
        : m_start(start)
    {}

    /// The cause for which it is due now; nullopt when it is not.
    std::optional<std::string_view> due(Time now, const Signs& signs) const;
    /// It was done, or tried.
    void done(Time now, const Signs& signs);

private:
    Time m_start;
    std::optional<Time> m_last;
    std::uint64_t m_releases = 0;
};

/// The thread that keeps to the schedule.
class Upkeep
{
public:
    Upkeep(CleanupImpl& cleanup, CacheContext& context);

    /// Ends what runs and joins.
    void stop();

private:
    void run(const std::stop_token& stop);
    void look(UpkeepSchedule& schedule, const std::stop_token& stop);
    void freshenFigures();

    CleanupImpl& m_cleanup;
    CacheContext& m_context;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_thread;
};

} // namespace layerhold
