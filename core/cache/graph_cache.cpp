// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/graph_cache.h"

#include <algorithm>
#include <utility>

namespace layerhold {

namespace {

constexpr std::chrono::milliseconds cheap(100);
constexpr int patience = 100;
constexpr std::chrono::seconds longestPatience(60);
/// Cheaper ones are waited for: they would have to be read too often.
constexpr std::chrono::milliseconds worthFreshening(300);
constexpr std::chrono::seconds freshenAfter(25);
constexpr std::chrono::minutes interest(10);
constexpr std::chrono::hours forgetAfter(1);

} // namespace

GraphCache::Reading GraphCache::exact()
{
    const std::lock_guard oneReads(m_readMutex);
    return read();
}

GraphCache::Reading GraphCache::recent()
{
    const auto ifRecent = [this]() -> std::optional<Reading> {
        const std::lock_guard lock(m_mutex);
        const auto now = m_clock.steadyNow();
        m_askedAt = now;
        return isRecentLocked(now) ? std::optional(m_last) : std::nullopt;
    };
    if (auto last = ifRecent())
        return *std::move(last);
    const std::lock_guard oneReads(m_readMutex);
    if (auto last = ifRecent()) // somebody else has read it meanwhile
        return *std::move(last);
    return read();
}

void GraphCache::freshen()
{
    const std::unique_lock oneReads(m_readMutex, std::try_to_lock);
    if (!oneReads)
        return;        // somebody reads already
    Reading forgotten; // a large graph ends after the lock
    {
        const std::lock_guard lock(m_mutex);
        if (!m_last.graph)
            return;
        const auto now = m_clock.steadyNow();
        if (now - std::max(m_askedAt.value_or(m_readSteadyAt), m_readSteadyAt) > forgetAfter) {
            forgotten = std::exchange(m_last, {{}, 0, {}, m_last.number});
            return;
        }
        if (!isToFreshenLocked(now))
            return;
    }
    read();
}

bool GraphCache::isToFreshenLocked(Steady::time_point now) const
{
    return m_askedAt && now - *m_askedAt < interest && m_cost >= worthFreshening &&
           now - m_readSteadyAt >= freshenAfter && m_last.version != m_index.version();
}

bool GraphCache::isRecentLocked(Steady::time_point now) const
{
    if (!m_last.graph)
        return false;
    const auto mayBeOld =
        m_cost < cheap ? Steady::duration::zero() : std::min<Steady::duration>(patience * m_cost, longestPatience);
    return m_last.version == m_index.version() || now - m_readSteadyAt < mayBeOld;
}

GraphCache::Reading GraphCache::read()
{
    Reading reading;
    Steady::time_point start;
    reading.version = m_index.version(); // before reading: what is committed meanwhile may or may not be in it
    reading.readAt = m_clock.now();
    m_index.readAtLength([&](Connection& index) {
        start = m_clock.steadyNow(); // not while another lengthy reader is waited for
        reading.graph = std::make_shared<const BlobGraph>(BlobGraph::read(index));
    });
    Reading replaced; // ends after the lock, as in freshen()
    const std::lock_guard lock(m_mutex);
    reading.number = m_last.number + 1;
    replaced = std::exchange(m_last, reading);
    m_readSteadyAt = m_clock.steadyNow();
    m_cost = m_readSteadyAt - start;
    return reading;
}

} // namespace layerhold
