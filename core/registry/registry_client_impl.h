// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"
#include "layerhold/registry/registry_client.h"
#include "registry/registry_session.h"

#include <memory>
#include <string>
#include <utility>

namespace layerhold::registry {

/// RegistryClient by subject: manifests here, blobs, pushes and lists in files of their own.
struct RegistryClient::Impl
{
    Impl(std::shared_ptr<RegistryContext> theContext, const RegistryOptions& options, TokenCache& tokens,
         RateLimits& rateLimits, const Endpoint& endpoint, std::string registry, Credential credential,
         const Identity& identity)
        : context(std::move(theContext))
        , session(options, tokens, rateLimits, endpoint, std::move(registry), std::move(credential), identity)
    {}

    const std::shared_ptr<RegistryContext> context; ///< outlives the session, which refers to it
    RegistrySession session;
    Identity origin = Identity::anonymous();
    bool isTrusted = false; ///< RegistryOptions::trustedRegistries
};

/// Runs it, and says in front of an error what it was about.
template <typename Function>
auto about(const std::string& subject, Function function)
{
    try {
        return function();
    } catch (Error& error) {
        error.addContext(subject);
        throw;
    }
}

} // namespace layerhold::registry
