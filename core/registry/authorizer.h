// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/credential.h"
#include "registry/challenge.h"
#include "registry/http_client.h"
#include "registry/scope.h"
#include "registry/token_cache.h"

#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace layerhold::registry {

/// Sends requests to one registry and answers its challenges with one credential. What the registry asked for is
/// remembered, so that later requests bring it along. Thread-safe.
class Authorizer
{
public:
    /// The references outlive it.
    Authorizer(const RegistryOptions& options, HttpClient& http, TokenCache& tokens, Credential credential,
               const Identity& identity);

    /// The last answer, whatever its status: 401 and 403 when the credential does not suffice. Each request is tried
    /// up to three times as long as `isRepeatable`; it is sent again after a first challenge, once with more scopes
    /// when the registry finds them insufficient, and once with a new token when it does not take a cached one.
    HttpResponse send(HttpRequest request, const ScopeSet& scopes, std::stop_token stop,
                      const std::function<bool()>& isRepeatable);

    const Credential& credential() const { return m_credential; }

private:
    /// How the registry wants to be shown the credential.
    struct Manner
    {
        bool isBasic = false;
        std::optional<Url> realm; ///< of a token service, otherwise
        std::string service;
    };

    struct Shown
    {
        Secret authorization; ///< empty: nothing
        std::optional<TokenKey> key;
        Secret token;
        Freshness freshness = Freshness::Fetched;
    };

    std::optional<Manner> remembered() const;
    std::optional<Manner> mannerOf(const HttpResponse& response, std::string& scope, bool& isInsufficient) const;
    Shown prepare(const std::optional<Manner>& manner, const ScopeSet& scopes, std::stop_token stop);

    const RegistryOptions& m_options;
    HttpClient& m_http;
    TokenCache& m_tokens;
    const Credential m_credential;
    const Identity m_identity;
    mutable std::mutex m_mutex;
    std::optional<Manner> m_manner;
};

} // namespace layerhold::registry
