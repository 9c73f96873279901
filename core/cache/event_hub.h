// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>

namespace layerhold {

/// Wakes those who wait for events. Thread-safe.
class EventHub
{
public:
    /// The highest sequence number is now at least `last`.
    void publish(std::uint64_t last);
    std::uint64_t last() const;
    /// True when there is an event after `sequence` before the deadline, and before `stop` is asked for.
    bool wait(std::uint64_t sequence, std::chrono::steady_clock::time_point deadline, std::stop_token stop);

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::uint64_t m_last = 0;
};

} // namespace layerhold
