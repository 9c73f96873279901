// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/upkeep.h"

#include "layerhold/error.h"

namespace layerhold {

namespace {

constexpr std::chrono::seconds startDelay(1);
constexpr std::chrono::minutes shortestPause(1);
constexpr std::chrono::minutes longestPause(30);
constexpr std::chrono::seconds lookInterval(2);

} // namespace

std::optional<std::string_view> UpkeepSchedule::due(Time now, const Signs& signs) const
{
    if (!m_last)
        return now - m_start >= startDelay ? std::optional<std::string_view>("start") : std::nullopt;
    if (now - *m_last < shortestPause)
        return std::nullopt;
    if (signs.disk == Signs::Disk::Tight)
        return "pressure";
    if (signs.releases != m_releases)
        return "work";
    if (signs.expiry == Signs::Expiry::Due)
        return "expiry";
    if (now - *m_last >= longestPause)
        return "periodic";
    return std::nullopt;
}

void UpkeepSchedule::done(Time now, const Signs& signs)
{
    m_last = now;
    m_releases = signs.releases;
}

Upkeep::Upkeep(CleanupImpl& cleanup, CacheContext& context)
    : m_cleanup(cleanup)
    , m_context(context)
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{}

void Upkeep::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

void Upkeep::run(const std::stop_token& stop)
{
    UpkeepSchedule schedule(m_context.clock.steadyNow());
    while (!stop.stop_requested()) {
        look(schedule, stop);
        freshenFigures();
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, lookInterval, [] { return false; });
    }
}

void Upkeep::freshenFigures()
{
    try {
        m_cleanup.freshenFigures();
    } catch (const std::exception&) {
        return; // whoever asks for them reads them, and hears why that fails
    }
}

void Upkeep::look(UpkeepSchedule& schedule, const std::stop_token& stop)
{
    UpkeepSchedule::Signs signs;
    try {
        signs.releases = m_cleanup.releases();
        if (m_cleanup.isUnderPressure())
            signs.disk = UpkeepSchedule::Signs::Disk::Tight;
        const auto next = m_cleanup.nextExpiry();
        if (next && *next <= m_context.clock.now())
            signs.expiry = UpkeepSchedule::Signs::Expiry::Due;
        const auto cause = schedule.due(m_context.clock.steadyNow(), signs);
        if (!cause)
            return;
        m_cleanup.keepUp(*cause, stop);
    } catch (const Cancelled&) {
        return;
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Locked)
            return;                                        // other long work runs: soon again
        m_context.counters.add(CounterId::CleanupsFailed); // and the next one is tried in its time
    }
    schedule.done(m_context.clock.steadyNow(), signs);
}

} // namespace layerhold
