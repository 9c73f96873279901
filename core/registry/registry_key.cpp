// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/registry_key.h"

#include "layerhold/registry/credential.h"

#include <algorithm>

namespace layerhold::registry {

namespace {

constexpr std::string_view dockerHub = "docker.io";
constexpr std::string_view dockerHubKey = "https://index.docker.io/v1/";

bool isAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isHostCharacter(char c)
{
    return isAlphanumeric(c) || c == '.' || c == '-' || c == '_' || c == ':' || c == '[' || c == ']';
}

bool isPathCharacter(char c)
{
    return isAlphanumeric(c) || c == '.' || c == '-' || c == '_' || c == '/';
}

std::string_view withoutScheme(std::string_view key)
{
    for (const std::string_view scheme : {"https://", "http://"})
        if (key.starts_with(scheme))
            return key.substr(scheme.size());
    return key;
}

} // namespace

bool isHostText(std::string_view text)
{
    return !text.empty() && (isAlphanumeric(text.front()) || text.front() == '[') && text.back() != ':' &&
           std::all_of(text.begin(), text.end(), isHostCharacter);
}

std::string normalHost(std::string_view registry)
{
    std::string host(registry);
    for (char& c : host)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return isDockerHub(host) ? std::string(dockerHub) : host;
}

std::optional<std::string> normalKey(std::string_view key)
{
    key = withoutScheme(key);
    while (key.ends_with('/'))
        key.remove_suffix(1);
    const std::size_t slash = key.find('/');
    const std::string_view host = key.substr(0, slash);
    if (!isHostText(host))
        return std::nullopt;
    if (slash == std::string_view::npos)
        return normalHost(host);
    const std::string_view path = key.substr(slash + 1);
    if (path == "v1" || path == "v2")
        return normalHost(host);
    if (!std::all_of(path.begin(), path.end(), isPathCharacter))
        return std::nullopt;
    return normalHost(host) + '/' + std::string(path);
}

std::vector<std::string> keysFor(std::string_view registry, std::string_view repository)
{
    const std::string host = normalHost(registry);
    std::vector<std::string> keys;
    while (!repository.empty()) {
        keys.push_back(host + '/' + std::string(repository));
        const std::size_t slash = repository.rfind('/');
        repository = repository.substr(0, slash == std::string_view::npos ? 0 : slash);
    }
    keys.push_back(host);
    return keys;
}

std::string dockerKey(std::string_view registry)
{
    const std::string host = normalHost(registry);
    return host == dockerHub ? std::string(dockerHubKey) : host;
}

} // namespace layerhold::registry
