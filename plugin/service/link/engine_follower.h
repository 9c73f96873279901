// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "service/content/engine_server.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace layerhold::service {

/// How things stand between us and an engine's own API.
struct LinkState
{
    bool isConnected = false;
    std::string problem; ///< why it is not connected
};

struct FollowTimes
{
    std::chrono::seconds relist{300};      ///< between two whole listings of a connected engine
    std::chrono::seconds claimGrace{3600}; ///< how old a claim is before it can be released for being unknown
    std::chrono::seconds firstRetry{1};
    std::chrono::seconds longestRetry{30};
};

/// Keeps the mirror of one engine up to date, on a thread of its own: lists everything, follows the events, lists again
/// from time to time and after each loss of the connection, which it makes anew with growing pauses. Serving never
/// waits for it.
class EngineFollower
{
public:
    /// The cache must outlive it.
    EngineFollower(Cache& cache, std::string engine, std::string address, FollowTimes times, Log log);
    EngineFollower(const EngineFollower&) = delete;
    EngineFollower& operator=(const EngineFollower&) = delete;

    /// Thread-safe.
    LinkState state() const;

    /// Returns at once; destruction waits.
    void requestStop() { m_thread.request_stop(); }

private:
    void run(const std::stop_token& stop);
    /// Until the connection is lost, which is thrown.
    void follow(const std::stop_token& stop);
    void setState(const LinkState& state);

    Cache& m_cache;
    const std::string m_engine;
    const std::string m_address;
    const FollowTimes m_times;
    const Log m_log;

    mutable std::mutex m_mutex; ///< guards what follows
    LinkState m_state;
    std::condition_variable_any m_wake;
    std::jthread m_thread; ///< last: ends before what it uses
};

} // namespace layerhold::service
