// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/link/engine_follower.h"

#include "layerhold/error.h"
#include "service/link/containerd_client.h"

#include <algorithm>
#include <utility>

namespace layerhold::service {

EngineFollower::EngineFollower(Cache& cache, std::string engine, std::string address, FollowTimes times, Log log)
    : m_cache(cache)
    , m_engine(std::move(engine))
    , m_address(std::move(address))
    , m_times(times)
    , m_log(std::move(log))
    , m_state{false, "containerd has not been asked yet"}
    , m_thread([this](std::stop_token stop) { run(stop); })
{}

LinkState EngineFollower::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
}

void EngineFollower::setState(const LinkState& state)
{
    bool isNews = false;
    {
        const std::lock_guard lock(m_mutex);
        isNews = state.isConnected != m_state.isConnected || state.problem != m_state.problem;
        m_state = state;
    }
    if (!isNews) // not once more for every try
        return;
    if (state.isConnected)
        m_log(LogLevel::Info, "engine " + m_engine + ": its images are followed on " + m_address);
    else
        m_log(LogLevel::Warning, "engine " + m_engine + ": " + state.problem);
}

void EngineFollower::run(const std::stop_token& stop)
{
    auto pause = m_times.firstRetry;
    while (!stop.stop_requested()) {
        try {
            follow(stop);
        } catch (const Cancelled&) {
            return;
        } catch (const std::exception& error) {
            if (state().isConnected)
                pause = m_times.firstRetry;
            setState({false, error.what()});
        }
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, pause, [] { return false; });
        pause = std::min(2 * pause, m_times.longestRetry);
    }
}

void EngineFollower::follow(const std::stop_token& stop)
{
    EngineMirror& mirror = m_cache.engineMirror();
    ContainerdClient client(m_address, stop);
    ImageEvents events(client, stop); // before the listing, so that nothing between the two is missed
    for (;;) {
        const EngineListing listing = client.list(Clock::system().now());
        mirror.reconcile(m_engine, listing);
        const std::uint64_t released = mirror.releaseUnknown(m_engine, listing, m_times.claimGrace, stop);
        if (released > 0)
            m_log(LogLevel::Info, "engine " + m_engine + ": " + std::to_string(released) +
                                      " claims were released, because containerd does not know the blobs any more");
        setState({true, {}});
        const auto relistAt = std::chrono::system_clock::now() + m_times.relist;
        while (const auto event = events.next(relistAt)) {
            // An event tells of the past: an image that was removed may be there again.
            if (const auto image = client.image(event->space, event->name))
                mirror.imageChanged(m_engine, *image);
            else
                mirror.imageRemoved(m_engine, event->space, event->name);
        }
    }
}

} // namespace layerhold::service
