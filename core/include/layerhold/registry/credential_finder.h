// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"
#include "layerhold/registry/credential.h"
#include "layerhold/registry/user_environment.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold::registry {

enum class CredentialOutcome : std::uint8_t
{
    Found,
    Absent, ///< it has nothing for this registry, or is not there
    Failed, ///< it may have something and cannot tell it
};

/// "found", "absent", "failed".
std::string_view toString(CredentialOutcome outcome);

/// One source that was asked.
struct CredentialStep
{
    std::string source; ///< for people, as Credential::source
    CredentialOutcome outcome = CredentialOutcome::Absent;
    std::string note; ///< why, where that is not plain; nothing secret
};

struct CredentialSearch
{
    std::optional<Credential> credential; ///< nullopt only with a failure
    std::vector<CredentialStep> steps;    ///< in the order in which they were asked; those behind the find were not
    std::vector<std::string> warnings;    ///< for people
    std::optional<Error> failure;         ///< of the first source that failed, when none had a credential
};

/// What the user's files have something for.
struct KnownRegistries
{
    /// In normal form, ascending, each once: "ghcr.io", or "quay.io/team" for the repositories below that path.
    std::vector<std::string> keys;
    std::vector<std::string> warnings; ///< for people: sources that may name more and cannot be read
};

/// Asks the caller's own code: for this registry ("ghcr.io") and repository ("team/app"). nullopt, or a password
/// without user name and secret, means "go on". May throw Error (the source has failed) and Cancelled.
using CredentialCallback = std::function<std::optional<Credential>(
    const std::string& registry, const std::string& repository, const std::stop_token& stop)>;

struct CredentialFinderOptions
{
    UserEnvironment user;
    /// By registry, "ghcr.io" or "localhost:5000". An anonymous one is used too: it is how to ask nobody else.
    std::map<std::string, Credential> given;
    CredentialCallback callback;
    std::chrono::milliseconds helperDeadline{30'000}; ///< for each program that is asked
};

/// Finds the credential that the user has for a registry. It reads the user's files and runs the user's programs, so it
/// works in a process of that user, never in the daemon.
///
/// The first of these that has one: what was given for the host; the callback; DOCKER_AUTH_CONFIG; Docker's config.json
/// (credHelpers, then credsStore, then auths); the files of the containers tools (credHelpers, then auths of each);
/// anonymous. Keys that name a path are for the repositories below it, in whole segments, the narrowest first. All
/// names of Docker Hub are one registry; other names are compared whole.
///
/// A source that fails is passed over with a warning when a later one has a credential. When none has, the search
/// fails: a user with a locked key ring is never taken for an anonymous one.
///
/// Keeps nothing between calls. Thread-safe if the callback is.
class CredentialFinder
{
public:
    explicit CredentialFinder(CredentialFinderOptions options);

    /// Tells everything, failures included: what `login status` shows. Throws only Cancelled and
    /// Error{InvalidArgument} for a registry that is no host name.
    CredentialSearch search(const std::string& registry, const std::string& repository,
                            const std::stop_token& stop = {}) const;

    /// As search, but a failure is thrown: the result always has a credential.
    CredentialSearch find(const std::string& registry, const std::string& repository,
                          const std::stop_token& stop = {}) const;

    /// The registries that search() may find something for in DOCKER_AUTH_CONFIG, in the user's files, and in the
    /// helper of credsStore, which is asked for its list. What stands there may still be nothing: search() tells. A
    /// source that fails is a warning. Throws only Cancelled.
    KnownRegistries knownRegistries(const std::stop_token& stop = {}) const;

private:
    CredentialFinderOptions m_options;
};

} // namespace layerhold::registry
