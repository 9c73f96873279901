// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/proxies.h"

#include "registry/destination.h"

#include <cstdlib>
#include <initializer_list>

namespace layerhold::registry {

namespace {

std::string firstSet(std::initializer_list<const char*> names)
{
    for (const char* const name : names)
        if (const char* const value = std::getenv(name); value && *value)
            return value;
    return {};
}

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::vector<std::string> splitNames(const std::string& text)
{
    std::vector<std::string> names(1);
    for (const char c : text) {
        if (c == ',' || c == ' ')
            names.emplace_back();
        else
            names.back() += lowered(c);
    }
    std::erase(names, std::string());
    return names;
}

bool isCovered(const std::string& exception, const Url& url)
{
    if (exception == "*")
        return true;
    std::string_view name = exception;
    const std::string port = ':' + std::to_string(url.port());
    if (name.ends_with(port) && !name.ends_with("]"))
        name.remove_suffix(port.size());
    if (name.starts_with('.'))
        name.remove_prefix(1);
    const std::string_view host = url.host();
    const std::string_view bare = host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
    if (host == name || bare == name)
        return true;
    return host.size() > name.size() && host.ends_with(name) && host[host.size() - name.size() - 1] == '.' &&
           !classifyHost(host);
}

} // namespace

Proxies Proxies::fromEnvironment()
{
    Proxies proxies;
    proxies.http = Secret(firstSet({"http_proxy", "all_proxy", "ALL_PROXY"}));
    proxies.https = Secret(firstSet({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}));
    proxies.exceptions = splitNames(firstSet({"no_proxy", "NO_PROXY"}));
    return proxies;
}

const Secret& proxyFor(const Proxies& proxies, const Url& url)
{
    static const Secret none;
    if (classifyHost(url.host()) == AddressClass::Loopback)
        return none;
    for (const std::string& exception : proxies.exceptions)
        if (isCovered(exception, url))
            return none;
    return url.scheme() == Url::Scheme::Https ? proxies.https : proxies.http;
}

} // namespace layerhold::registry
