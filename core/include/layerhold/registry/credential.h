// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/secret.h"

#include <string>
#include <string_view>

namespace layerhold::registry {

enum class CredentialKind
{
    Anonymous,
    Password,      ///< user name and password; for Basic, and to get a token with
    IdentityToken, ///< an OAuth2 refresh token
    RegistryToken, ///< a bearer token, sent as it is
};

/// The user name that stands for "this is an identity token", with credential helpers and token services.
inline constexpr std::string_view identityTokenUser = "<token>";

/// What somebody shows a registry. A value.
struct Credential
{
    CredentialKind kind = CredentialKind::Anonymous;
    std::string username; ///< of Password alone
    Secret secret;        ///< empty for Anonymous
    /// Where it comes from, for people: "/home/u/.docker/config.json, credHelpers: docker-credential-pass". Never a
    /// part of the secret.
    std::string source;

    friend bool operator==(const Credential&, const Credential&) = default;
};

/// The host that an image name's registry is talked to at, and the one host that all names of Docker Hub stand for:
/// docker.io, index.docker.io and registry-1.docker.io are "registry-1.docker.io". Others are what they are.
std::string connectHost(const std::string& registry);
bool isDockerHub(const std::string& registry);

} // namespace layerhold::registry
