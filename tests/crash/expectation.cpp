// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "crash/expectation.h"

namespace layerhold::test {

Expectation::Expectation(const Expectation& other)
{
    const std::lock_guard lock(other.m_mutex);
    m_states = other.m_states;
    m_acknowledgements = other.m_acknowledgements;
    m_damaged = other.m_damaged;
}

void Expectation::beginClaim(const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    State& state = m_states[digest];
    state.before = state.now;
    // Claiming what is held already cannot lose it.
    if (state.now != Held::Yes)
        state.now = Held::Maybe;
}

void Expectation::acknowledgeClaim(const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    m_states[digest] = {Held::Yes, Held::Yes};
    m_damaged.erase(digest);
    ++m_acknowledgements;
}

void Expectation::beginRelease(const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    State& state = m_states[digest];
    state.before = state.now;
    if (state.now != Held::No)
        state.now = Held::Maybe;
}

void Expectation::acknowledgeRelease(const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    m_states[digest] = {Held::No, Held::No};
    ++m_acknowledgements;
}

void Expectation::refused(const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    State& state = m_states[digest];
    state.now = state.before;
}

void Expectation::beginDamage(const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    m_damaged.insert(digest);
}

void Expectation::endDamage(const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    m_damaged.erase(digest);
}

std::set<Digest> Expectation::damaged() const
{
    const std::lock_guard lock(m_mutex);
    return m_damaged;
}

Expectation::Held Expectation::held(const Digest& digest) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_states.find(digest);
    return found == m_states.end() ? Held::No : found->second.now;
}

std::vector<Digest> Expectation::known() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<Digest> digests;
    for (const auto& [digest, state] : m_states)
        digests.push_back(digest);
    return digests;
}

std::uint64_t Expectation::acknowledgements() const
{
    const std::lock_guard lock(m_mutex);
    return m_acknowledgements;
}

void Expectation::settle(const Digest& digest, Held held)
{
    const std::lock_guard lock(m_mutex);
    m_states[digest] = {held, held};
}

} // namespace layerhold::test
