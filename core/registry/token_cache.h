// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"
#include "layerhold/error.h"
#include "layerhold/identity.h"
#include "layerhold/registry/secret.h"

#include <chrono>
#include <compare>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace layerhold::registry {

struct Token
{
    Secret text;
    std::chrono::steady_clock::time_point renewAt; ///< somewhat before it expires
};

/// What a token is good for, and for whom: tokens of one credential never serve another.
struct TokenKey
{
    std::string registry;
    std::string realm;
    std::string service;
    std::string scopes;
    Identity identity = Identity::anonymous();

    friend auto operator<=>(const TokenKey&, const TokenKey&) = default;
};

enum class Freshness
{
    Cached,
    Fetched, ///< for this caller, or for another who wanted it at the same moment
};

/// Tokens in memory, at most 256 of them. Of those who want the same token at the same time one fetches it.
/// Thread-safe.
class TokenCache
{
public:
    explicit TokenCache(const Clock& clock)
        : m_clock(clock)
    {}

    /// `fetch` is called without a lock. Its Error reaches all who wait; when it is cancelled, the next of them
    /// fetches.
    std::pair<Secret, Freshness> get(const TokenKey& key, const std::function<Token()>& fetch, std::stop_token stop);

    /// The registry did not take it. A token that has replaced it meanwhile stays.
    void forget(const TokenKey& key, const Secret& token);

    std::size_t size() const;

private:
    struct Flight
    {
        bool isOver = false;
        std::optional<Secret> token;
        std::optional<Error> error;
    };

    void land(const TokenKey& key, Flight& flight);
    void keep(const TokenKey& key, const Token& token);

    const Clock& m_clock;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_landed;
    std::map<TokenKey, Token> m_tokens;
    std::map<TokenKey, std::shared_ptr<Flight>> m_flights;
};

} // namespace layerhold::registry
