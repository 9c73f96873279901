// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/login_target.h"
#include "cli/output/output.h"
#include "layerhold/error.h"
#include "layerhold/registry/credential_finder.h"
#include "layerhold/registry/host_config.h"

#include <optional>
#include <string>
#include <vector>

/// What `login status` found out, and how it reads for people and programs. Nothing here shows a secret.
namespace layerhold::cli {

struct LoginCheck
{
    std::vector<std::string> acceptedAt;
    std::vector<std::string> warnings;
    std::optional<Error> failure; ///< then it was accepted nowhere
};

struct LoginStatus
{
    LoginTarget target;
    registry::CredentialSearch search;
    std::optional<registry::HostConfig> host;
    std::optional<Error> hostFailure; ///< then there is no host
    std::optional<LoginCheck> check;  ///< when it was wished for and there was something to try
};

/// One line for each registry.
void showList(Output& output, const std::vector<LoginStatus>& all);
/// All that is known of one.
void showWhole(Output& output, const LoginStatus& status);

/// The document of `--json`, as layerhold(1) describes it.
Json toJson(const std::vector<LoginStatus>& all, const std::vector<std::string>& warnings);

} // namespace layerhold::cli
