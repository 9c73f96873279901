// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/planted_secret.h"
#include "layerhold/registry/credential.h"
#include "layerhold/registry/user_environment.h"
#include "support/files.h"
#include "support/temp_root.h"

#include <unistd.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace layerhold::registry::test {

/// A user with a home of his own, and folders for helpers that nobody else has.
class UserHome
{
public:
    UserHome()
    {
        std::filesystem::create_directories(m_root / "bin");
        m_user.home = m_root / "home";
        m_user.uid = ::geteuid();
        m_user.runtimeFolder = m_root / "run";
        m_user.helperFolders = {m_root / "bin", "/usr/bin", "/bin"};
    }

    UserEnvironment& user() { return m_user; }

    std::filesystem::path home() const { return m_root / "home"; }

    std::filesystem::path operator/(const std::filesystem::path& name) const { return m_root / name; }

    /// A file for its owner alone.
    std::filesystem::path put(const std::filesystem::path& name, std::string_view content) const
    {
        std::filesystem::path path = m_root / name;
        std::filesystem::create_directories(path.parent_path());
        layerhold::test::writeFile(path, content);
        std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        return path;
    }

    std::filesystem::path putDockerConfig(std::string_view content) const
    {
        return put("home/.docker/config.json", content);
    }

    /// docker-credential-SUFFIX as a shell script; `$1` is the verb.
    std::filesystem::path putHelper(const std::string& suffix, const std::string& script) const
    {
        std::filesystem::path path = put("bin/docker-credential-" + suffix, "#!/bin/sh\n" + script + '\n');
        std::filesystem::permissions(path, std::filesystem::perms::owner_all);
        return path;
    }

private:
    layerhold::test::TempRoot m_root;
    UserEnvironment m_user;
};

/// A script that answers `get` with this credential for the server, and "not found" for all others.
inline std::string answering(const std::string& server, const std::string& username, const std::string& secret)
{
    return "read -r server\n[ \"$server\" = '" + server +
           "' ] || { echo 'credentials not found in native keychain'; exit 1; }\n" + "echo '{\"ServerURL\":\"" +
           server + "\",\"Username\":\"" + username + "\",\"Secret\":\"" + secret + "\"}'";
}

inline Credential password(std::string username, std::string secret)
{
    Credential credential;
    credential.kind = CredentialKind::Password;
    credential.username = std::move(username);
    credential.secret = Secret(std::move(secret));
    return credential;
}

/// "password user secret", "identity secret", "registry secret", "anonymous".
inline std::string toText(const Credential& credential)
{
    const std::string secret(credential.secret.reveal());
    switch (credential.kind) {
    case CredentialKind::Password:
        return "password " + credential.username + ' ' + secret;
    case CredentialKind::IdentityToken:
        return "identity " + secret;
    case CredentialKind::RegistryToken:
        return "registry " + secret;
    case CredentialKind::Anonymous:
        break;
    }
    return "anonymous";
}

} // namespace layerhold::registry::test
