// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"
#include "layerhold/digest.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace layerhold {

/// When engines were last told that they have a blob. An engine that adopts a blob on such an answer lists it only some
/// time later, and a claim that stood already tells nothing of the answer: what releases claims by what an engine lists
/// asks here. Only of engines that are watched. The mutex is never held during I/O. Thread-safe.
class Promises
{
public:
    /// Remembers up to `most`; one more, and all are forgotten.
    explicit Promises(std::size_t most = 200'000)
        : m_most(most)
    {}

    enum class Now
    {
        Stands,   ///< a claim that is seen from here on holds
        BeingLost ///< the claim may be on its way out: claim anew, through the writer
    };

    /// From `at` on promises to the engine are remembered.
    void watch(const std::string& engine, TimePoint at)
    {
        const std::lock_guard lock(m_mutex);
        m_watchedSince.emplace(engine, at);
    }

    void unwatch(const std::string& engine)
    {
        const std::lock_guard lock(m_mutex);
        m_watchedSince.erase(engine);
        std::erase_if(m_made, [&](const auto& entry) { return entry.first.first == engine; });
    }

    /// To be called before the look at the claim.
    Now make(const std::string& engine, const Digest& digest, TimePoint at)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_watchedSince.contains(engine))
            return Now::Stands; // nobody releases its claims but itself
        if (m_made.size() >= m_most && !m_made.contains({engine, digest}))
            forgetAll();
        m_made.insert_or_assign({engine, digest}, at);
        return m_releasing.contains({engine, digest}) ? Now::BeingLost : Now::Stands;
    }

    /// From here on promises of the blob say BeingLost, until end().
    void beginRelease(const std::string& engine, const Digest& digest)
    {
        const std::lock_guard lock(m_mutex);
        ++m_releasing[{engine, digest}];
    }

    void endRelease(const std::string& engine, const Digest& digest)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_releasing.find({engine, digest});
        if (found != m_releasing.end() && --found->second == 0)
            m_releasing.erase(found);
    }

    /// Also true when that cannot be known.
    bool mayBeMadeSince(const std::string& engine, const Digest& digest, TimePoint time) const
    {
        const std::lock_guard lock(m_mutex);
        const auto watched = m_watchedSince.find(engine);
        if (watched == m_watchedSince.end() || watched->second > time)
            return true;
        const auto found = m_made.find({engine, digest});
        return found != m_made.end() && found->second >= time;
    }

    /// Forgets the engine's promises from before `time`.
    void forgetBefore(const std::string& engine, TimePoint time)
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_made, [&](const auto& entry) { return entry.first.first == engine && entry.second < time; });
    }

private:
    using Key = std::pair<std::string, Digest>;

    /// As if each engine were watched only from after its last promise on.
    void forgetAll()
    {
        for (const auto& [key, at] : m_made) {
            TimePoint& since = m_watchedSince[key.first]; // unwatch() leaves no promises
            since = std::max(since, at + TimePoint::duration(1));
        }
        m_made.clear();
    }

    const std::size_t m_most;
    mutable std::mutex m_mutex;
    std::map<std::string, TimePoint> m_watchedSince;
    std::map<Key, TimePoint> m_made;
    std::map<Key, int> m_releasing;
};

} // namespace layerhold
