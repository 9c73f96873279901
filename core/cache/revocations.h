// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/access.h"
#include "layerhold/clock.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace layerhold {

/// When pairs of identity and repository were revoked, so that a success that was on its way then does not bring the
/// access back, and so that proofs are void before they are dropped from the index, or when they cannot be. No such
/// answer outlives the process, so memory is enough. The mutex is never held during I/O.
/// Thread-safe.
class Revocations
{
public:
    /// No answer of a registry is on its way for longer.
    static constexpr std::chrono::minutes longestAnswer = std::chrono::minutes(10);

    /// Remembers up to `most`. Then those go that nobody can need any more; when there is none of these, all pairs
    /// count as revoked at the last moment that is forgotten.
    explicit Revocations(std::size_t most = 10'000)
        : m_most(most)
    {}

    void add(const Identity& identity, const std::string& repository, TimePoint at)
    {
        const std::lock_guard lock(m_mutex);
        if (m_revoked.size() >= m_most && !m_revoked.contains({identity, repository})) {
            std::erase_if(m_revoked, [&](const auto& entry) {
                return entry.second.isErased && entry.second.at < at - longestAnswer;
            });
            if (m_revoked.size() >= m_most)
                forgetAll();
        }
        Revocation& revocation = m_revoked[{identity, repository}];
        revocation = {std::max(revocation.at, at), false};
    }

    /// The proofs that the pair had up to `at` are gone for good.
    void erased(const Identity& identity, const std::string& repository, TimePoint at)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_revoked.find({identity, repository});
        if (found != m_revoked.end() && found->second.at <= at)
            found->second.isErased = true;
    }

    bool allow(const Proof& proof) const { return allow(proof.identity, proof.repository, proof.checkedAt); }

    /// True when what the registry said at `when` was not taken back since.
    bool allow(const Identity& identity, const std::string& repository, TimePoint when) const
    {
        const std::lock_guard lock(m_mutex);
        if (m_hasForgotten && when <= m_forgotten)
            return false;
        const auto found = m_revoked.find({identity, repository});
        return found == m_revoked.end() || when > found->second.at;
    }

private:
    struct Revocation
    {
        TimePoint at = {};
        bool isErased = false;
    };

    void forgetAll()
    {
        for (const auto& [pair, revocation] : m_revoked)
            m_forgotten = std::max(m_forgotten, revocation.at);
        m_hasForgotten = true;
        m_revoked.clear();
    }

    const std::size_t m_most;
    mutable std::mutex m_mutex;
    std::map<std::pair<Identity, std::string>, Revocation> m_revoked;
    TimePoint m_forgotten = {};
    bool m_hasForgotten = false;
};

} // namespace layerhold
