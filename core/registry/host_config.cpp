// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/host_config.h"

#include "base/text.h"
#include "layerhold/error.h"
#include "layerhold/registry/credential.h"
#include "registry/certificates_folder.h"
#include "registry/hosts_toml.h"
#include "registry/registry_key.h"
#include "registry/server_url.h"
#include "registry/user_file.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace layerhold::registry {

namespace {

using Path = std::filesystem::path;

bool isFolder(const Path& path)
{
    std::error_code error;
    const bool result = std::filesystem::is_directory(path, error);
    if (error && error != std::errc::no_such_file_or_directory && error != std::errc::not_a_directory)
        throw systemError(error.value(), "cannot examine " + text::quotedPath(path));
    return result;
}

/// containerd's names of a registry's folder, those it prefers first.
std::vector<std::string> hostsFolderNames(const std::string& registry)
{
    const std::string host = normalHost(registry);
    const std::string name = isDockerHub(host) ? host : registry;
    std::vector<std::string> names;
    if (const std::string port = splitHost(name).port; !port.empty())
        names.push_back(name.substr(0, name.size() - port.size() - 1) + '_' + port + '_');
    names.push_back(name);
    names.emplace_back("_default");
    return names;
}

/// Docker's, which is the name that is connected to.
std::vector<std::string> certificateFolderNames(const std::string& registry)
{
    const std::string host = normalHost(registry);
    return {isDockerHub(host) ? connectHost(host) : registry};
}

/// The registry's folder in the first of `folders` that has one; empty when none has.
Path firstFolder(const std::vector<Path>& folders, const std::vector<std::string>& names)
{
    for (const Path& folder : folders)
        for (const std::string& name : names)
            if (isFolder(folder / name))
                return folder / name;
    return {};
}

bool isInsecure(const std::string& registry, const HostConfigOptions& options)
{
    const std::string host = normalHost(registry);
    return std::any_of(options.insecure.begin(), options.insecure.end(),
                       [&](const std::string& name) { return normalHost(name) == host; });
}

/// The registry itself, by the schemes that it may be talked to with; `endpoint` is all but the url.
std::vector<Endpoint> ownEndpoints(const std::string& registry, Endpoint endpoint, const HostConfigOptions& options)
{
    const std::string host = normalHost(registry);
    const std::string place = connectHost(host) + "/v2";
    const auto with = [&](const char* scheme) {
        Endpoint result = endpoint;
        result.url = scheme + place;
        return result;
    };
    const HostAndPort parts = splitHost(host);
    const bool isHere = isLoopback(parts.host) && endpoint.tls.isDefault();
    const bool mayBePlain = isInsecure(registry, options);
    if (!isHere && !mayBePlain)
        return {with("https://")};
    if (isHere && parts.port == "80")
        return {with("http://")};
    endpoint.tls.verification = Verification::Skip;
    if (!mayBePlain && (parts.port.empty() || parts.port == "443"))
        return {with("https://")};
    return {with("https://"), with("http://")};
}

bool isOwnHost(const Endpoint& endpoint, const std::string& registry)
{
    const std::string_view behindScheme = std::string_view(endpoint.url).substr(endpoint.url.find("://") + 3);
    return normalHost(behindScheme.substr(0, behindScheme.find('/'))) == normalHost(registry);
}

void warnOfPlainHeaders(HostConfig& config)
{
    for (const Endpoint& endpoint : config.endpoints) {
        const auto url = parseServerUrl(endpoint.url);
        if (!endpoint.headers.empty() && url && url->scheme == "http" && !isLoopback(splitHost(url->host).host))
            config.warnings.push_back("the headers for " + endpoint.url +
                                      " are sent unencrypted: everybody on the way can read them; use https");
    }
}

HostConfig fromHostsToml(const std::string& registry, const Path& path, const UserFile& file,
                         const HostConfigOptions& options)
{
    HostConfig config;
    config.source = path;
    HostsToml hosts = parseHostsToml(file.content.reveal(), path);
    config.endpoints = std::move(hosts.endpoints);
    if (hosts.server.url.empty()) {
        for (Endpoint& own : ownEndpoints(registry, std::move(hosts.server), options))
            config.endpoints.push_back(std::move(own));
    } else {
        config.endpoints.push_back(std::move(hosts.server));
    }
    bool hasHeaders = false;
    for (Endpoint& endpoint : config.endpoints) {
        endpoint.isMirror = !isOwnHost(endpoint, registry);
        hasHeaders = hasHeaders || !endpoint.headers.empty();
    }
    if (hasHeaders && file.exposure == Exposure::Everybody)
        config.warnings.push_back(text::quotedPath(path) +
                                  " has headers, which can be secret, and every user of the machine may read it");
    warnOfPlainHeaders(config);
    return config;
}

} // namespace

HostConfigOptions HostConfigOptions::forUser(const UserEnvironment& user)
{
    HostConfigOptions options;
    options.uid = user.uid;
    options.hostsFolders = {"/etc/containerd/certs.d"};
    const Path settings = user.configFolder.empty() && !user.home.empty() ? user.home / ".config" : user.configFolder;
    if (!settings.empty()) {
        options.certificateFolders.push_back(settings / "docker" / "certs.d");
        options.certificateFolders.push_back(settings / "containers" / "certs.d");
    }
    options.certificateFolders.emplace_back("/etc/containers/certs.d");
    options.certificateFolders.emplace_back("/etc/docker/certs.d");
    return options;
}

HostConfig hostConfigFor(const std::string& registry, const HostConfigOptions& options)
{
    if (!isHostText(registry))
        throw Error(ErrorCode::InvalidArgument,
                    text::quoted(registry) + " is no registry; write a host name, with :PORT where it needs one");
    Endpoint own;
    HostConfig config;
    if (const Path folder = firstFolder(options.hostsFolders, hostsFolderNames(registry)); !folder.empty()) {
        const Path path = folder / "hosts.toml";
        const auto file = readUserFile(path, options.uid);
        if (file && !file->content.isEmpty())
            return fromHostsToml(registry, path, *file, options);
        own.tls = readCertificates(folder);
        config.source = folder;
    }
    if (own.tls.isDefault())
        if (const Path folder = firstFolder(options.certificateFolders, certificateFolderNames(registry));
            !folder.empty()) {
            own.tls = readCertificates(folder);
            config.source = folder;
        }
    if (own.tls.isDefault())
        config.source.clear();
    config.endpoints = ownEndpoints(registry, std::move(own), options);
    return config;
}

} // namespace layerhold::registry
