// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/api/engine_host.h"
#include "service/link/engine_follower.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace layerhold::service {

/// Follows every engine that has a link. Thread-safe.
class EngineLinks
{
public:
    /// The cache must outlive it.
    EngineLinks(Cache& cache, FollowTimes times, Log log);
    EngineLinks(const EngineLinks&) = delete;
    EngineLinks& operator=(const EngineLinks&) = delete;

    /// Follows what the cache knows and nobody follows yet.
    void start();
    /// Records the address (errors as EngineMirror::setAddress) and follows it from now on.
    void setAddress(const std::string& engine, const std::string& address);
    /// Ends following one engine; the cache keeps the address.
    void end(const std::string& engine);
    /// Ends following all, for good.
    void stop();

    /// By engine; engines without a link are left out.
    std::map<std::string, EngineLinkState> states();

private:
    void follow(const std::string& engine, const std::string& address);
    void unfollow(const std::string& engine);

    Cache& m_cache;
    const FollowTimes m_times;
    const Log m_log;
    /// One change at a time of who is followed where, so that nobody is followed at an address that the cache has no
    /// more. Held while a follower ends; who serves or looks never takes it.
    std::mutex m_changes;
    std::mutex m_mutex; ///< guards what follows; never held while a follower ends
    bool m_isStopped = false;
    std::map<std::string, std::unique_ptr<EngineFollower>> m_followers;
};

/// What the cache alone knows of the links: where nobody follows them.
std::map<std::string, EngineLinkState> storedLinkStates(Cache& cache);

} // namespace layerhold::service
