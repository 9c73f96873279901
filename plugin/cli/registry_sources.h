// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/image_reference.h"
#include "layerhold/registry/credential_finder.h"
#include "layerhold/registry/host_config.h"
#include "layerhold/registry/source.h"

#include <CLI/CLI.hpp>

#include <map>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace layerhold::cli {

class Settings;

/// The flags of verbs that talk to registries.
struct RegistryFlags
{
    bool isAnonymous = false; ///< whatever credentials the user has

    void addTo(CLI::App& verb);
};

/// How this user reaches registries: by the user's own files and the settings.
registry::HostConfigOptions hostOptions(const registry::UserEnvironment& user, const Settings& settings);

/// How this user reaches registries, and what this user shows there: by the user's own files and programs, in this
/// process. What was found out is kept, as programs may ask the user. Warnings go to standard error.
class RegistrySources
{
public:
    RegistrySources(const Settings& settings, const RegistryFlags& flags);

    /// Mirrors first, the registry last. A mirror whose credential cannot be found is left out, with a warning; for the
    /// registry that is an error. Errors as hostConfigFor and CredentialFinder::find.
    std::vector<registry::Source> of(const ImageReference& image, const std::stop_token& stop);
    /// The registry itself, where things are pushed to: more than one when it is not known by which scheme.
    std::vector<registry::Source> destinationsOf(const ImageReference& image, const std::stop_token& stop);
    registry::Credential credentialFor(const ImageReference& image, const std::stop_token& stop);

private:
    registry::Credential find(const std::string& host, const std::string& repository, const std::stop_token& stop);

    const RegistryFlags m_flags;
    registry::UserEnvironment m_user;
    registry::HostConfigOptions m_hosts;
    registry::CredentialFinder m_finder;
    std::map<std::pair<std::string, std::string>, registry::Credential> m_found; ///< by host and repository
    std::map<std::string, registry::HostConfig> m_configs;                       ///< by registry
};

} // namespace layerhold::cli
