// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/credential.h"
#include "layerhold/registry/user_environment.h"

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

namespace layerhold::registry {

struct LoginOutcome
{
    std::string place; ///< where the credential is kept now, for people
    std::vector<std::string> warnings;
};

struct LogoutOutcome
{
    std::vector<std::string> places; ///< where one was removed from; empty: there was none
    std::vector<std::string> warnings;
};

/// Keeps the user's credentials where the Docker CLI does, so that either finds what the other has stored: in the
/// helper that Docker's config.json names for the registry (credHelpers, then credsStore), else in that file. It runs
/// the user's programs and changes the user's files, so it works in a process of that user.
///
/// A file that cannot be understood is never written: Error{FailedPrecondition}. Everything else in it stays, in its
/// order; the file is replaced whole and is for its owner alone afterwards. Two logins at the same moment may lose one
/// of the two, as with Docker. Errors of helpers are those of the search.
class Login
{
public:
    explicit Login(UserEnvironment user, std::chrono::milliseconds helperDeadline = std::chrono::seconds(30));

    /// Error{InvalidArgument} for what nobody can keep: anonymous access, a password without user name, a user name
    /// with ':', NUL bytes; and for a registry that is no host name. Called before the credential is tried.
    static void check(const std::string& registry, const Credential& credential);

    /// The caller has tried the credential. Error{InvalidArgument} as check, and for a registry token when a helper is
    /// in use.
    LoginOutcome store(const std::string& registry, const Credential& credential,
                       const std::stop_token& stop = {}) const;

    /// Removes all entries that are for the whole registry, under any spelling; those for a path in it stay.
    LogoutOutcome erase(const std::string& registry, const std::stop_token& stop = {}) const;

private:
    UserEnvironment m_user;
    std::chrono::milliseconds m_helperDeadline;
};

} // namespace layerhold::registry
