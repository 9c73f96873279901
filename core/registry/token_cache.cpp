// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/token_cache.h"

#include <algorithm>
#include <utility>

namespace layerhold::registry {

namespace {

constexpr std::size_t mostTokens = 256;

} // namespace

std::pair<Secret, Freshness> TokenCache::get(const TokenKey& key, const std::function<Token()>& fetch,
                                             std::stop_token stop)
{
    const auto flight = std::make_shared<Flight>();
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            const auto found = m_tokens.find(key);
            if (found != m_tokens.end() && m_clock.steadyNow() < found->second.renewAt)
                return {found->second.text, Freshness::Cached};
            const auto [place, isFirst] = m_flights.emplace(key, flight);
            if (isFirst)
                break;
            const auto other = place->second;
            if (!m_landed.wait(lock, stop, [&other] { return other->isOver; }))
                throw Cancelled();
            if (other->error)
                throw Error(*other->error); // a copy: each caller adds its own context
            if (other->token)
                return {*other->token, Freshness::Fetched};
        }
    }
    try {
        Token token = fetch();
        flight->token = token.text;
        const std::lock_guard lock(m_mutex);
        keep(key, token);
        land(key, *flight);
        return {std::move(token.text), Freshness::Fetched};
    } catch (const Error& error) {
        const std::lock_guard lock(m_mutex);
        flight->error = error;
        land(key, *flight);
        throw;
    } catch (...) {
        const std::lock_guard lock(m_mutex);
        land(key, *flight);
        throw;
    }
}

void TokenCache::land(const TokenKey& key, Flight& flight)
{
    flight.isOver = true;
    m_flights.erase(key);
    m_landed.notify_all();
}

void TokenCache::keep(const TokenKey& key, const Token& token)
{
    if (m_tokens.size() >= mostTokens && !m_tokens.contains(key))
        m_tokens.erase(std::min_element(m_tokens.begin(), m_tokens.end(), [](const auto& a, const auto& b) {
            return a.second.renewAt < b.second.renewAt;
        }));
    m_tokens[key] = token;
}

void TokenCache::forget(const TokenKey& key, const Secret& token)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_tokens.find(key);
    if (found != m_tokens.end() && found->second.text == token)
        m_tokens.erase(found);
}

std::size_t TokenCache::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_tokens.size();
}

} // namespace layerhold::registry
