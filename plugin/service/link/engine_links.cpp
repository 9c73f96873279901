// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/link/engine_links.h"

#include <utility>

namespace layerhold::service {

std::map<std::string, EngineLinkState> storedLinkStates(Cache& cache)
{
    std::map<std::string, EngineLinkState> states;
    for (EngineLink& link : cache.engineMirror().links())
        states[link.engine] = {std::move(link.address), false, link.seenAt, "no daemon is running"};
    return states;
}

EngineLinks::EngineLinks(Cache& cache, FollowTimes times, Log log)
    : m_cache(cache)
    , m_times(times)
    , m_log(std::move(log))
{}

void EngineLinks::start()
{
    const std::lock_guard change(m_changes);
    for (const EngineLink& link : m_cache.engineMirror().links())
        follow(link.engine, link.address);
}

void EngineLinks::follow(const std::string& engine, const std::string& address)
{
    const std::lock_guard lock(m_mutex);
    if (!m_isStopped && !m_followers.contains(engine))
        m_followers.emplace(engine, std::make_unique<EngineFollower>(m_cache, engine, address, m_times, m_log));
}

void EngineLinks::setAddress(const std::string& engine, const std::string& address)
{
    const std::lock_guard change(m_changes);
    std::string before;
    for (const EngineLink& link : m_cache.engineMirror().links())
        if (link.engine == engine)
            before = link.address;
    unfollow(engine); // first: what it hears at the old address must not be taken for news from the new one
    try {
        m_cache.engineMirror().setAddress(engine, address);
    } catch (...) {
        if (!before.empty())
            follow(engine, before);
        throw;
    }
    if (!address.empty())
        follow(engine, address);
}

void EngineLinks::end(const std::string& engine)
{
    const std::lock_guard change(m_changes);
    unfollow(engine);
}

void EngineLinks::unfollow(const std::string& engine)
{
    std::unique_ptr<EngineFollower> ended;
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_followers.find(engine); found != m_followers.end()) {
        ended = std::move(found->second);
        m_followers.erase(found);
    }
}

void EngineLinks::stop()
{
    std::map<std::string, std::unique_ptr<EngineFollower>> ended;
    {
        const std::lock_guard lock(m_mutex);
        m_isStopped = true;
        ended.swap(m_followers);
    }
    for (const auto& [engine, follower] : ended)
        follower->requestStop(); // all at the same time
}

std::map<std::string, EngineLinkState> EngineLinks::states()
{
    auto states = storedLinkStates(m_cache);
    const std::lock_guard lock(m_mutex);
    for (auto& [engine, state] : states) {
        const auto found = m_followers.find(engine);
        if (found == m_followers.end())
            continue;
        LinkState now = found->second->state();
        state.connected = now.isConnected;
        state.problem = std::move(now.problem);
    }
    return states;
}

} // namespace layerhold::service
