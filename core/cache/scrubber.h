// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/blob_guard.h"
#include "cache/cache_context.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

namespace layerhold {

/// Hashes in the background what was not hashed for a week, in the order of digests, at a limited rate and with the
/// lowest priority for disk and processor. Where it is survives a restart. Damage it finds goes the way of all damage:
/// quarantine, an event. It takes no lock while it hashes, so that no engine ever waits for it.
class Scrubber
{
public:
    /// `rate` in bytes per second; 0: start() does nothing.
    Scrubber(CacheContext& context, BlobGuard& guard, std::uint64_t rate);
    ~Scrubber();

    void start();
    void stop();

private:
    struct Verified
    {
        Digest digest;
        FileIdentity identity;
    };

    void run(const std::stop_token& stop);
    /// False when the end was reached.
    bool scrubPage(const std::stop_token& stop);
    void scrub(const BlobRow& row, const std::stop_token& stop);
    /// Waits until so many bytes more may be read.
    void takeTime(std::uint64_t bytes, const std::stop_token& stop);
    void pause(std::chrono::nanoseconds time, const std::stop_token& stop);
    void loadPosition();
    /// Writes down what was found good, and how far we are.
    void save();

    CacheContext& m_context;
    BlobGuard& m_guard;
    const std::uint64_t m_rate;
    std::optional<Digest> m_position; ///< the last digest that was looked at
    std::vector<Verified> m_verified;
    std::uint64_t m_unsavedBytes = 0;
    std::chrono::steady_clock::time_point m_nextRead;

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_thread; ///< last: ends before what it uses
};

} // namespace layerhold
