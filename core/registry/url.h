// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace layerhold::registry {

/// An absolute http or https URL, taken apart by libcurl's own parser, so that what is checked is what is connected
/// to: odd spellings of addresses ("http://2130706433/") have become the address. A value.
class Url
{
public:
    enum class Scheme
    {
        Http,
        Https
    };

    /// nullopt for anything else, and for what is longer than 16 KiB.
    static std::optional<Url> parse(std::string_view text);
    /// As parse, but bad text is Error{InvalidArgument}; `what` names it in the message, the text is not quoted.
    static Url require(std::string_view text, std::string_view what);

    /// Where a Location or a Link leads that was found at this URL. nullopt as for parse.
    std::optional<Url> resolve(std::string_view reference) const;

    Scheme scheme() const { return m_scheme; }

    /// Lower-case; an IPv6 address is in brackets.
    const std::string& host() const { return m_host; }

    int port() const { return m_port; }

    const std::string& path() const { return m_path; }

    /// Userinfo and fragment are noticed, and forgotten.
    bool hasUserinfo() const { return m_hasUserinfo; }

    bool hasFragment() const { return m_hasFragment; }

    /// With "/segment" behind the path; the segment may hold slashes, and is escaped otherwise. The query is dropped.
    Url operator/(std::string_view segment) const;
    /// With name=value behind the query.
    Url withParameter(std::string_view name, std::string_view value) const;

    /// Everything but userinfo and fragment: what is sent.
    std::string text() const;
    /// "https://host:port", without the port when it is the usual one.
    std::string origin() const;

    /// For messages: no query, which may be signed.
    std::string redacted() const { return origin() + m_path; }

    /// Equal scheme, host and port: where credentials may go along.
    bool isSameOrigin(const Url& other) const;

private:
    Url() = default;

    Scheme m_scheme = Scheme::Https;
    std::string m_host;
    int m_port = 0;
    std::string m_path;
    std::string m_query;
    bool m_hasUserinfo = false;
    bool m_hasFragment = false;
};

/// Percent-encoded but for unreserved characters and those of `kept`.
std::string percentEncoded(std::string_view text, std::string_view kept = {});

} // namespace layerhold::registry
