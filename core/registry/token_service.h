// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/credential.h"
#include "registry/http_client.h"
#include "registry/scope.h"
#include "registry/token_cache.h"

#include <stop_token>
#include <string>

namespace layerhold::registry {

struct TokenRequest
{
    const Url& realm; ///< passed requireRealm
    std::string service;
    ScopeSet scopes;
    const Credential& credential; ///< Anonymous, Password or IdentityToken
};

/// Gets a token by Docker's token protocol: with GET, and Basic for a password; with POST (OAuth2) for an identity
/// token, and with GET where there is no POST. A token for less than was asked for is one: what it is good for shows
/// only at the registry. Errors: Denied when the service refuses the credential, Unavailable for what may pass,
/// FailedPrecondition for an answer that cannot be used. None of them quotes what was sent or got.
Token fetchToken(HttpClient& http, const RegistryOptions& options, const TokenRequest& request, std::stop_token stop);

/// "Basic …", for an Authorization header.
Secret basicAuthorization(std::string_view username, const Secret& password);
/// "Bearer …".
Secret bearerAuthorization(const Secret& token);

} // namespace layerhold::registry
