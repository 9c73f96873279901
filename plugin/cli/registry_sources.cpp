// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/registry_sources.h"

#include "cli/config/settings.h"
#include "cli/output/output.h"
#include "layerhold/error.h"

namespace layerhold::cli {

namespace {

using registry::Capability;

registry::CredentialFinderOptions finderOptions(const registry::UserEnvironment& user)
{
    registry::CredentialFinderOptions options;
    options.user = user;
    return options;
}

/// "https://mirror.example.org:5000/v2" is at "mirror.example.org:5000".
std::string authorityOf(const std::string& url)
{
    const auto start = url.find("://");
    const std::string rest = start == std::string::npos ? url : url.substr(start + 3);
    return rest.substr(0, rest.find('/'));
}

} // namespace

registry::HostConfigOptions hostOptions(const registry::UserEnvironment& user, const Settings& settings)
{
    registry::HostConfigOptions options = registry::HostConfigOptions::forUser(user);
    options.insecure = settings.list(Key::InsecureRegistries);
    return options;
}

void RegistryFlags::addTo(CLI::App& verb)
{
    verb.add_flag("--anonymous", isAnonymous, "Show the registry no credential, whatever there is");
}

RegistrySources::RegistrySources(const Settings& settings, const RegistryFlags& flags)
    : m_flags(flags)
    , m_user(registry::UserEnvironment::ofProcess())
    , m_hosts(hostOptions(m_user, settings))
    , m_finder(finderOptions(m_user))
{}

registry::Credential RegistrySources::find(const std::string& host, const std::string& repository,
                                           const std::stop_token& stop)
{
    if (m_flags.isAnonymous)
        return {};
    const std::pair key(host, repository);
    if (const auto known = m_found.find(key); known != m_found.end())
        return known->second;
    registry::CredentialSearch search = m_finder.find(host, repository, stop);
    for (const std::string& warning : search.warnings)
        warn(warning);
    return m_found.emplace(key, std::move(*search.credential)).first->second;
}

registry::Credential RegistrySources::credentialFor(const ImageReference& image, const std::stop_token& stop)
{
    return find(image.registry(), image.path(), stop);
}

std::vector<registry::Source> RegistrySources::of(const ImageReference& image, const std::stop_token& stop)
{
    auto known = m_configs.find(image.registry());
    if (known == m_configs.end()) {
        known = m_configs.emplace(image.registry(), hostConfigFor(image.registry(), m_hosts)).first;
        for (const std::string& warning : known->second.warnings)
            warn(warning);
    }
    std::vector<registry::Source> sources;
    for (const registry::Endpoint& endpoint : known->second.endpoints) {
        if (!endpoint.isMirror) {
            sources.push_back({endpoint, credentialFor(image, stop)});
            continue;
        }
        const std::string mirror = authorityOf(endpoint.url);
        try {
            sources.push_back({endpoint, find(mirror, image.path(), stop)});
        } catch (const Error& error) {
            warn("the mirror " + mirror + " is left out: " + error.what());
        }
    }
    return sources;
}

std::vector<registry::Source> RegistrySources::destinationsOf(const ImageReference& image, const std::stop_token& stop)
{
    std::vector<registry::Source> sources = of(image, stop);
    std::erase_if(sources, [](const registry::Source& source) {
        return source.endpoint.isMirror || !source.endpoint.capabilities.has(Capability::Push);
    });
    if (sources.empty())
        throw Error(ErrorCode::FailedPrecondition, "nothing may be pushed to " + image.registry() +
                                                       ": the hosts.toml for it names no server that can push");
    return sources;
}

} // namespace layerhold::cli
