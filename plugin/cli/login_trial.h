// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/credential.h"
#include "layerhold/registry/host_config.h"

#include <stop_token>
#include <string>
#include <vector>

namespace layerhold::cli {

struct LoginTrial
{
    std::vector<std::string> acceptedAt; ///< URLs of endpoints, never empty
    std::vector<std::string> warnings;   ///< endpoints that could not be asked, for people
};

/// Shows the credential to the registry itself, at each endpoint that one pulls from or pushes to; mirrors have
/// credentials of their own. Where two endpoints differ in the scheme alone, http is for a host that speaks no TLS.
///
/// Denied when an endpoint refuses it; the first failure when none could be asked; FailedPrecondition when all
/// endpoints are mirrors. A registry that lets everybody in says nothing of the credential.
LoginTrial tryLogin(const std::string& registry, const registry::HostConfig& host,
                    const registry::Credential& credential, const std::stop_token& stop);

} // namespace layerhold::cli
