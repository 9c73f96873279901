// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/registry_client.h"
#include "registry/authorizer.h"
#include "registry/http_client.h"
#include "registry/rate_limits.h"
#include "registry/scope.h"
#include "registry/token_cache.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace layerhold::registry {

struct RegistryContext::Impl
{
    Impl(RegistryOptions theOptions, AccessRecords& theRecords)
        : options(std::move(theOptions))
        , records(theRecords)
        , tokens(*options.clock)
    {}

    const RegistryOptions options;
    AccessRecords& records;
    TokenCache tokens;
    RateLimits rateLimits;
};

/// What the parts of RegistryClient stand on: requests to one registry, with its credential, and what failures mean.
/// Thread-safe.
class RegistrySession
{
public:
    RegistrySession(const RegistryOptions& options, TokenCache& tokens, RateLimits& rateLimits,
                    const Endpoint& endpoint, std::string registry, Credential credential, const Identity& identity);

    const std::string& registry() const { return m_registry; }

    const Identity& identity() const { return m_identity; }

    /// Of the API: base/path, with the name of the registry for a mirror.
    Url url(const std::string& path) const;
    Url url(const std::string& repository, const std::string& kind, const std::string& reference) const;
    /// With deadlines: of a request that fetches little when `isShort`.
    HttpRequest request(Method method, Url url, bool isShort = true) const;

    /// The answer, whatever its status.
    HttpResponse send(
        HttpRequest request, const ScopeSet& scopes, std::stop_token stop,
        const std::function<bool()>& isRepeatable = [] { return true; });

    /// Before something is tried again.
    void wait(std::chrono::milliseconds time, std::stop_token stop) const;

    /// Throws what a status means that is no success.
    [[noreturn]] void fail(const HttpResponse& response) const;

    /// Where an answer's Location or Link leads, checked: no userinfo, no loss of encryption.
    Url follow(const HttpResponse& response, std::string_view reference) const;

    std::optional<RateLimit> rateLimit() const;

private:
    void noteRateLimit(const HttpResponse& response);

    const RegistryOptions& m_options;
    RateLimits& m_rateLimits;
    const std::string m_registry;
    const Identity m_identity;
    HttpClient m_http;
    Authorizer m_authorizer;
};

/// Error{InvalidArgument} unless it is the path of a repository in normal form.
void checkRepository(const std::string& repository);
/// What an image name may have behind the colon.
bool isTag(const std::string& text);
/// The digest when it is one, nullopt for a tag; Error{InvalidArgument} otherwise.
std::optional<Digest> checkReference(const std::string& reference);

ScopeSet pullScope(const std::string& repository);
ScopeSet pushScope(const std::string& repository);

/// Of "Content-Length: 12" and the like: digits alone.
std::optional<std::uint64_t> number(std::optional<std::string_view> text);

} // namespace layerhold::registry
