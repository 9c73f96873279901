// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/server_url.h"

#include "registry/registry_key.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace layerhold::registry {

namespace {

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

/// Empty when the part is absent.
std::string partOf(const Url& url, CURLUPart part)
{
    char* text = nullptr;
    if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK || text == nullptr)
        return {};
    std::string result(text);
    curl_free(text);
    return result;
}

/// libcurl takes one to three slashes, and decodes escapes of a host after it has read numbers as an address, so that
/// 12%2e7.1 would be 12.7.1 at first and 12.7.0.1 when read again. A port that is missing is one that was forgotten, or
/// a scheme whose second slash was.
bool hasPlainAuthority(const std::string& url)
{
    constexpr std::string_view separator = "://";
    const std::size_t colon = std::min(url.find(':'), url.size());
    if (url.compare(colon, separator.size(), separator) != 0)
        return false;
    const std::size_t begin = colon + separator.size();
    const std::string authority = url.substr(begin, url.find('/', begin) - begin);
    return !authority.empty() && !authority.ends_with(':') && authority.find('%') == std::string::npos;
}

} // namespace

std::optional<ServerUrl> parseServerUrl(const std::string& text)
{
    const Url url(curl_url(), &curl_url_cleanup);
    if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
        return std::nullopt;
    for (const CURLUPart part : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT})
        if (!partOf(url, part).empty())
            return std::nullopt;
    // Parts that are empty, what some read as a slash, and what would end the text for libcurl.
    if (text.find_first_of(std::string_view("@?#\\ \t\r\n\0", 9)) != std::string::npos)
        return std::nullopt;
    if (!hasPlainAuthority(text))
        return std::nullopt;
    ServerUrl result;
    result.scheme = partOf(url, CURLUPART_SCHEME);
    if (result.scheme != "http" && result.scheme != "https")
        return std::nullopt;
    result.host = partOf(url, CURLUPART_HOST);
    if (const std::string port = partOf(url, CURLUPART_PORT); !port.empty())
        result.host += ':' + port;
    for (char& c : result.host)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    if (!isHostText(result.host))
        return std::nullopt;
    result.path = partOf(url, CURLUPART_PATH);
    while (result.path.ends_with('/'))
        result.path.pop_back();
    return result;
}

HostAndPort splitHost(const std::string& registry)
{
    HostAndPort parts;
    std::size_t end = registry.find(':');
    if (registry.starts_with('[')) {
        const std::size_t bracket = registry.find(']');
        end = bracket == std::string::npos ? bracket : bracket + 1;
        parts.host = registry.substr(1, bracket == std::string::npos ? bracket : bracket - 1);
    } else {
        parts.host = registry.substr(0, end);
    }
    if (end != std::string::npos && end < registry.size() && registry[end] == ':')
        parts.port = registry.substr(end + 1);
    return parts;
}

bool isLoopback(const std::string& host)
{
    if (host == "localhost")
        return true;
    in_addr four = {};
    if (::inet_pton(AF_INET, host.c_str(), &four) == 1)
        return (ntohl(four.s_addr) >> 24U) == 127;
    in6_addr six = {};
    return ::inet_pton(AF_INET6, host.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

} // namespace layerhold::registry
