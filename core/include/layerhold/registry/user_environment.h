// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/secret.h"

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace layerhold::registry {

/// What the process knows of its user, as far as credentials and TLS settings depend on it. A value; whoever needs any
/// of this takes it from here and asks the process for nothing, so that tests can be any user.
struct UserEnvironment
{
    std::filesystem::path home; ///< empty when the user has none: then nothing below it is looked at
    uid_t uid = 0;              ///< files of somebody else than this user and root are refused

    std::filesystem::path dockerConfig;     ///< DOCKER_CONFIG, a folder; empty: .docker in the home
    Secret dockerAuthConfig;                ///< DOCKER_AUTH_CONFIG, a JSON document; empty: not set
    std::filesystem::path registryAuthFile; ///< REGISTRY_AUTH_FILE; empty: not set
    std::filesystem::path runtimeFolder;    ///< XDG_RUNTIME_DIR; empty: not set
    std::filesystem::path configFolder;     ///< XDG_CONFIG_HOME; empty: .config in the home
    std::string dbusAddress;                ///< DBUS_SESSION_BUS_ADDRESS; empty: not set

    /// Where credential helpers are looked for, and their PATH. The user's own PATH is never used: what stands in it
    /// first may be anybody's.
    std::vector<std::filesystem::path> helperFolders{
        "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/lib/docker"};

    /// Of this process, by its effective user. XDG folders that are not absolute are left out, as the XDG Base
    /// Directory Specification asks. Call it before threads change the environment.
    static UserEnvironment ofProcess();
};

} // namespace layerhold::registry
