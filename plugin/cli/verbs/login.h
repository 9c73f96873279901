// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/output/json.h"
#include "layerhold/registry/credential.h"
#include "layerhold/registry/host_config.h"
#include "layerhold/registry/user_environment.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <string>
#include <vector>

/// What `login`, `login status` and `logout` have in common. All three work in this process, as the user.
namespace layerhold::cli {

class Context;

/// Adds the verb `status` to `login`, which runs the result when it was asked for that.
std::function<int(Context&)> addLoginStatus(CLI::App& login, Context& context);

void addInsecureFlag(CLI::App& verb, std::vector<std::string>& insecure);

/// How the registry is reached, by the user's files and the settings; `insecure` are registries that the command line
/// adds to those of the setting.
registry::HostConfig hostConfigOf(Context& context, const registry::UserEnvironment& user, const std::string& registry,
                                  const std::vector<std::string>& insecure);

/// "password", "identity_token", "registry_token", "anonymous".
std::string kindName(registry::CredentialKind kind);
/// "password of alice", "identity token": never the secret.
std::string describe(const registry::Credential& credential);
/// The user name, or null.
Json usernameJson(const registry::Credential& credential);

/// On standard error, so that they are seen beside JSON.
void printWarnings(const std::vector<std::string>& warnings);

} // namespace layerhold::cli
