// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/login_trial.h"

#include "layerhold/access.h"
#include "layerhold/error.h"
#include "layerhold/registry/registry_client.h"
#include "service/version.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string_view>

namespace layerhold::cli {

namespace {

using registry::Capability;
using registry::Endpoint;

bool isAsked(const Endpoint& endpoint)
{
    return !endpoint.isMirror &&
           (endpoint.capabilities.has(Capability::Pull) || endpoint.capabilities.has(Capability::Push));
}

std::string_view behindScheme(const Endpoint& endpoint)
{
    return std::string_view(endpoint.url).substr(endpoint.url.find("://"));
}

} // namespace

LoginTrial tryLogin(const std::string& registry, const registry::HostConfig& host,
                    const registry::Credential& credential, const std::stop_token& stop)
{
    registry::RegistryOptions options;
    options.userAgent = std::string("layerhold/") + service::version;
    const std::unique_ptr<AccessRecords> records = AccessRecords::inMemory({});
    const auto context = std::make_shared<registry::RegistryContext>(std::move(options), *records);

    LoginTrial trial;
    std::optional<Error> failure;
    bool isAnyAsked = false;
    const Endpoint* accepted = nullptr;
    for (const Endpoint& endpoint : host.endpoints) {
        if (!isAsked(endpoint) || (accepted && behindScheme(*accepted) == behindScheme(endpoint)))
            continue;
        isAnyAsked = true;
        try {
            registry::RegistryClient(context, endpoint, registry, credential).ping(stop);
            trial.acceptedAt.push_back(endpoint.url);
            accepted = &endpoint;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Unavailable)
                throw;
            trial.warnings.push_back(fmt::format("{} could not be asked: {}", endpoint.url, error.what()));
            if (!failure)
                failure = error;
        }
    }
    if (!isAnyAsked)
        throw Error(ErrorCode::FailedPrecondition,
                    fmt::format("all that is configured for {} in {} is mirrors, which have credentials of their own; "
                                "log in to a mirror by its own name",
                                registry, host.source.native()));
    if (trial.acceptedAt.empty())
        throw Error(*failure);
    return trial;
}

} // namespace layerhold::cli
