// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/credential.h"
#include "layerhold/registry/user_environment.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace layerhold::registry {

inline constexpr std::chrono::milliseconds defaultHelperDeadline{30'000};

/// A program docker-credential-SUFFIX that keeps credentials (docker-credential-helpers, "Development"). It runs as the
/// user of this process, with the folders of UserEnvironment as its PATH and an environment of HOME, XDG_RUNTIME_DIR
/// and DBUS_SESSION_BUS_ADDRESS. Thread-safe. All calls throw what runHelper throws, and Error{Denied} when the program
/// exits with an error: helpers print secrets with their errors, so nothing of what it printed is in the message.
class CredentialHelper
{
public:
    /// Error{FailedPrecondition}: the suffix cannot be one, or no such program is installed.
    CredentialHelper(const std::string& suffix, const UserEnvironment& user,
                     std::chrono::milliseconds deadline = defaultHelperDeadline);

    /// "docker-credential-pass"; empty when the suffix cannot be one, and then it may be anything.
    static std::string nameOf(const std::string& suffix);

    const std::filesystem::path& program() const { return m_program; }

    /// nullopt when it has none for that server. A user name "<token>" makes it an identity token.
    std::optional<Credential> get(const std::string& server, const std::stop_token& stop) const;

    /// Error{InvalidArgument} for what helpers cannot keep: anonymous access and registry tokens.
    void store(const std::string& server, const Credential& credential, const std::stop_token& stop) const;

    enum class Erased
    {
        Yes,
        NothingThere,
    };
    Erased erase(const std::string& server, const std::stop_token& stop) const;

    /// Servers and their user names.
    std::map<std::string, std::string> list(const std::stop_token& stop) const;

private:
    std::filesystem::path m_program;
    std::vector<std::string> m_environment;
    std::chrono::milliseconds m_deadline;
};

} // namespace layerhold::registry
