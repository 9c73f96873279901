// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/url.h"

#include "layerhold/error.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <memory>

namespace layerhold::registry {

namespace {

constexpr std::size_t longestUrl = 16U << 10U;

struct CloseUrl
{
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

using UrlHandle = std::unique_ptr<CURLU, CloseUrl>;

std::optional<std::string> part(CURLU* url, CURLUPart which, unsigned flags = 0)
{
    char* text = nullptr;
    if (curl_url_get(url, which, &text, flags) != CURLUE_OK)
        return std::nullopt;
    std::string result(text);
    curl_free(text);
    return result;
}

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

int usualPort(Url::Scheme scheme)
{
    return scheme == Url::Scheme::Https ? 443 : 80;
}

} // namespace

std::string percentEncoded(std::string_view text, std::string_view kept)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    result.reserve(3 * text.size()); // no reallocation that leaves a secret behind
    for (const char c : text) {
        if (isUnreserved(c) || kept.find(c) != std::string_view::npos) {
            result += c;
        } else {
            const auto value = static_cast<unsigned char>(c);
            result += {'%', digits[value >> 4U], digits[value & 0xfU]};
        }
    }
    return result;
}

std::optional<Url> Url::parse(std::string_view text)
{
    if (text.size() > longestUrl || text.find('\0') != std::string_view::npos)
        return std::nullopt;
    const UrlHandle handle(curl_url());
    if (!handle || curl_url_set(handle.get(), CURLUPART_URL, std::string(text).c_str(), 0) != CURLUE_OK)
        return std::nullopt;
    const auto scheme = part(handle.get(), CURLUPART_SCHEME);
    const auto host = part(handle.get(), CURLUPART_HOST);
    const auto port = part(handle.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    const auto path = part(handle.get(), CURLUPART_PATH);
    if (!scheme || !host || host->empty() || !port || !path || (*scheme != "http" && *scheme != "https"))
        return std::nullopt;
    Url url;
    url.m_scheme = *scheme == "https" ? Scheme::Https : Scheme::Http;
    url.m_host = *host;
    std::transform(url.m_host.begin(), url.m_host.end(), url.m_host.begin(), lowered);
    std::from_chars(port->data(), port->data() + port->size(), url.m_port);
    url.m_path = *path;
    url.m_query = part(handle.get(), CURLUPART_QUERY).value_or("");
    url.m_hasUserinfo = part(handle.get(), CURLUPART_USER) || part(handle.get(), CURLUPART_PASSWORD);
    url.m_hasFragment = part(handle.get(), CURLUPART_FRAGMENT).has_value();
    return url;
}

Url Url::require(std::string_view text, std::string_view what)
{
    auto url = parse(text);
    if (!url)
        throw Error(ErrorCode::InvalidArgument,
                    std::string(what) + " is no URL; write http:// or https://, a host, and a path");
    return *url;
}

std::optional<Url> Url::resolve(std::string_view reference) const
{
    if (reference.size() > longestUrl || reference.find('\0') != std::string_view::npos)
        return std::nullopt;
    const UrlHandle handle(curl_url());
    if (!handle || curl_url_set(handle.get(), CURLUPART_URL, text().c_str(), 0) != CURLUE_OK ||
        curl_url_set(handle.get(), CURLUPART_URL, std::string(reference).c_str(), 0) != CURLUE_OK)
        return std::nullopt;
    const auto whole = part(handle.get(), CURLUPART_URL);
    return whole ? parse(*whole) : std::nullopt;
}

Url Url::operator/(std::string_view segment) const
{
    Url url = *this;
    if (!url.m_path.ends_with('/'))
        url.m_path += '/';
    url.m_path += percentEncoded(segment, "/:");
    url.m_query.clear();
    return url;
}

Url Url::withParameter(std::string_view name, std::string_view value) const
{
    Url url = *this;
    if (!url.m_query.empty())
        url.m_query += '&';
    url.m_query += percentEncoded(name) + '=' + percentEncoded(value);
    return url;
}

std::string Url::text() const
{
    return redacted() + (m_query.empty() ? "" : '?' + m_query);
}

std::string Url::origin() const
{
    std::string result = (m_scheme == Scheme::Https ? "https://" : "http://") + m_host;
    if (m_port != usualPort(m_scheme))
        result += ':' + std::to_string(m_port);
    return result;
}

bool Url::isSameOrigin(const Url& other) const
{
    return m_scheme == other.m_scheme && m_host == other.m_host && m_port == other.m_port;
}

} // namespace layerhold::registry
