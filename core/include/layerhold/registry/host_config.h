// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/endpoint.h"
#include "layerhold/registry/user_environment.h"

#include <filesystem>
#include <string>
#include <vector>

namespace layerhold::registry {

/// To be tried in this order, never empty. Two neighbours can differ in the scheme alone: then https is tried first,
/// and http when no TLS is spoken there.
struct HostConfig
{
    std::vector<Endpoint> endpoints;
    /// The hosts.toml, or the folder with certificates, that says so; empty: nothing is configured for the registry.
    std::filesystem::path source;
    std::vector<std::string> warnings; ///< for people
};

struct HostConfigOptions
{
    std::vector<std::filesystem::path> hostsFolders; ///< as containerd's config_path: with a folder for each registry
    std::vector<std::filesystem::path>
        certificateFolders; ///< as Docker's certs.d; the first that has the registry counts
    /// Registries, as in names of images, that may be talked to over http or with a certificate that nobody vouches
    /// for.
    std::vector<std::string> insecure;
    uid_t uid = 0; ///< hosts.toml of somebody else than this user and root is refused

    /// The folders of containerd, Docker (also rootless) and the containers tools, those of the user first.
    static HostConfigOptions forUser(const UserEnvironment& user);
};

/// How a registry, as it stands in names of images, is reached.
///
/// The folder for the registry is looked for as containerd does (containerd, "docs/hosts.md"): host_port_, host:port,
/// _default. When it has a hosts.toml, that alone says what applies; an http:// there is taken as meant. Otherwise the
/// certificates are those in that folder, or else in certs.d (*.crt for authorities, X.cert with X.key for the client).
///
/// Without a server in hosts.toml the registry itself is reached at https. At http only
///  - for registries of `insecure`: https without verifying, then http;
///  - on this machine (localhost, 127.0.0.0/8, [::1]) when no TLS settings are given: on port 80 http alone, on 443 or
///    without a port https without verifying, on other ports that and then http.
///
/// Error{InvalidArgument} for a registry that is no host name; Error{FailedPrecondition} for settings that cannot be
/// understood: file and line, nothing of what is there. Unlike containerd this does not pass over a broken hosts.toml,
/// for what it was to say may be whom to trust.
HostConfig hostConfigFor(const std::string& registry, const HostConfigOptions& options);

} // namespace layerhold::registry
