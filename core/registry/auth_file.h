// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/credential.h"
#include "layerhold/registry/user_environment.h"
#include "registry/secret_json.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold::registry {

/// Who a file with credentials was written for, and so what counts in it.
enum class AuthFormat
{
    Docker,      ///< config.json of the Docker CLI
    Containers,  ///< auth.json of Podman, Buildah and Skopeo: no credsStore, no registrytoken
    Dockercfg,   ///< .dockercfg: what stands in `auths` elsewhere is the whole document
    Environment, ///< DOCKER_AUTH_CONFIG: nothing but auths.*.auth
};

/// One entry of `auths`. Without a credential and a problem it is the empty mark that says: ask the helper.
struct AuthEntry
{
    std::string spelling; ///< the key as it stands in the file
    std::string key;      ///< in normal form
    std::optional<Credential> credential;
    std::string problem; ///< why there is no credential although there should be one; nothing of the content
};

struct HelperEntry
{
    std::string spelling;
    std::string key;
    std::string suffix; ///< empty: this registry's credential stands in `auths`
};

/// What a file says about credentials. Entries whose key names no registry are left out; entries that are broken
/// concern only those who ask for that registry.
struct AuthFile
{
    std::vector<AuthEntry> entries;
    std::vector<HelperEntry> helpers;
    std::string credsStore; ///< empty: none

    bool holdsSecrets() const;
    /// The narrowest entry for the repository, by whole path segments; empty marks count only when there is nothing
    /// else.
    const AuthEntry* entryFor(std::string_view registry, std::string_view repository) const;
    const HelperEntry* helperFor(std::string_view registry) const;
};

/// `name` is what messages call the document. Error{FailedPrecondition} when it as a whole cannot be understood.
AuthFile parseAuthFile(std::string_view text, const std::string& name, AuthFormat format);
AuthFile readAuthFields(const Json& document, const std::string& name, AuthFormat format);

/// config.json in DOCKER_CONFIG or ~/.docker. Empty when the user has neither.
std::filesystem::path dockerConfigFile(const UserEnvironment& user);

struct AuthFilePlace
{
    std::filesystem::path path;
    AuthFormat format = AuthFormat::Containers;
};

/// The files of the containers tools in the order of their search (containers-auth.json(5)), without Docker's
/// config.json, which is a source of its own: REGISTRY_AUTH_FILE alone where it is set, else the runtime folder, the
/// configuration folder and ~/.dockercfg.
std::vector<AuthFilePlace> containersAuthFiles(const UserEnvironment& user);

} // namespace layerhold::registry
