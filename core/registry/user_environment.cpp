// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/user_environment.h"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace layerhold::registry {

namespace {

std::string variable(const char* name)
{
    const char* const value = std::getenv(name);
    return value == nullptr ? std::string() : value;
}

std::filesystem::path absoluteFolder(const char* name)
{
    std::filesystem::path folder = variable(name);
    return folder.is_absolute() ? folder : std::filesystem::path();
}

std::filesystem::path homeOf(uid_t uid)
{
    std::array<char, 16384> buffer{};
    passwd entry = {};
    passwd* found = nullptr;
    if (::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr)
        return {};
    return found->pw_dir;
}

} // namespace

UserEnvironment UserEnvironment::ofProcess()
{
    UserEnvironment user;
    user.uid = ::geteuid();
    user.home = absoluteFolder("HOME");
    if (user.home.empty())
        user.home = homeOf(user.uid);
    user.dockerConfig = variable("DOCKER_CONFIG");
    user.dockerAuthConfig = Secret(variable("DOCKER_AUTH_CONFIG"));
    user.registryAuthFile = variable("REGISTRY_AUTH_FILE");
    user.runtimeFolder = absoluteFolder("XDG_RUNTIME_DIR");
    user.configFolder = absoluteFolder("XDG_CONFIG_HOME");
    user.dbusAddress = variable("DBUS_SESSION_BUS_ADDRESS");
    return user;
}

} // namespace layerhold::registry
