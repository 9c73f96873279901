// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/authorizer.h"

#include "registry/realm.h"
#include "registry/retry.h"
#include "registry/token_service.h"

#include <utility>

namespace layerhold::registry {

namespace {

/// A service that is named at greater length is none.
constexpr std::size_t longestService = 1024;

const Challenge* find(const std::vector<Challenge>& challenges, std::string_view scheme)
{
    for (const Challenge& challenge : challenges)
        if (challenge.scheme == scheme)
            return &challenge;
    return nullptr;
}

void show(HttpRequest& request, const Secret& authorization)
{
    request.privateHeaders.clear();
    if (!authorization.isEmpty())
        request.privateHeaders.push_back({"Authorization", authorization});
}

} // namespace

Authorizer::Authorizer(const RegistryOptions& options, HttpClient& http, TokenCache& tokens, Credential credential,
                       const Identity& identity)
    : m_options(options)
    , m_http(http)
    , m_tokens(tokens)
    , m_credential(std::move(credential))
    , m_identity(identity)
{}

std::optional<Authorizer::Manner> Authorizer::remembered() const
{
    const std::lock_guard lock(m_mutex);
    return m_manner;
}

/// Bearer rather than Basic: it shows the password to the token service alone.
std::optional<Authorizer::Manner> Authorizer::mannerOf(const HttpResponse& response, std::string& scope,
                                                       bool& isInsufficient) const
{
    const auto challenges = parseChallenges(response.headersNamed("www-authenticate"));
    Manner manner;
    if (const Challenge* const bearer = find(challenges, "bearer"); bearer && !bearer->parameter("realm").empty()) {
        isInsufficient = bearer->parameter("error") == "insufficient_scope";
        scope = bearer->parameter("scope");
        manner.service = bearer->parameter("service").substr(0, longestService);
        manner.realm = requireRealm(m_http.base(), m_http.endpoint().trustedHosts, bearer->parameter("realm"));
        return manner;
    }
    if (!find(challenges, "basic"))
        return std::nullopt;
    manner.isBasic = true;
    return manner;
}

Authorizer::Shown Authorizer::prepare(const std::optional<Manner>& manner, const ScopeSet& scopes, std::stop_token stop)
{
    Shown shown;
    if (m_credential.kind == CredentialKind::RegistryToken) {
        shown.authorization = bearerAuthorization(m_credential.secret);
        return shown;
    }
    if (!manner)
        return shown;
    if (manner->isBasic) {
        if (m_credential.kind == CredentialKind::Password)
            shown.authorization = basicAuthorization(m_credential.username, m_credential.secret);
        return shown;
    }
    TokenKey key;
    key.registry = m_http.base().text();
    key.realm = manner->realm->text();
    key.service = manner->service;
    key.scopes = scopes.toString();
    key.identity = m_identity;
    const auto fetch = [&] {
        const TokenRequest request{*manner->realm, manner->service, scopes, m_credential};
        return fetchToken(m_http, m_options, request, stop);
    };
    std::tie(shown.token, shown.freshness) = m_tokens.get(key, fetch, stop);
    shown.authorization = bearerAuthorization(shown.token);
    shown.key = std::move(key);
    return shown;
}

HttpResponse Authorizer::send(HttpRequest request, const ScopeSet& scopes, std::stop_token stop,
                              const std::function<bool()>& isRepeatable)
{
    const auto sendIt = [&] {
        return tryThreeTimes(
            m_options, [&] { return m_http.send(request, stop); }, isRepeatable, stop);
    };
    if (!request.url.isSameOrigin(m_http.base()))
        return sendIt(); // where a registry lets bytes be uploaded elsewhere, the URL is all that is needed

    ScopeSet wanted = scopes;
    std::optional<Manner> manner = remembered();
    Shown shown = prepare(manner, wanted, stop);
    bool isUpgraded = false;
    bool isRenewed = false;
    for (;;) {
        show(request, shown.authorization);
        HttpResponse response = sendIt();
        const bool isRefused = response.status == 401 || response.status == 403;
        if (!isRefused || m_credential.kind == CredentialKind::RegistryToken ||
            !response.url.isSameOrigin(m_http.base()))
            return response;
        std::string scope;
        bool isInsufficient = false;
        const auto asked = mannerOf(response, scope, isInsufficient);
        if (!asked || (response.status == 403 && !isInsufficient))
            return response;

        ScopeSet more = wanted;
        more.add(ScopeSet::parse(scope));
        if (shown.authorization.isEmpty()) {
            if (asked->isBasic && m_credential.kind != CredentialKind::Password)
                return response;
        } else if (isInsufficient && !isUpgraded && !wanted.covers(more)) {
            isUpgraded = true;
        } else if (shown.key && shown.freshness == Freshness::Cached && !isRenewed) {
            m_tokens.forget(*shown.key, shown.token);
            isRenewed = true;
        } else {
            return response;
        }
        wanted = std::move(more);
        manner = asked;
        {
            const std::lock_guard lock(m_mutex);
            m_manner = manner;
        }
        shown = prepare(manner, wanted, stop);
    }
}

} // namespace layerhold::registry
