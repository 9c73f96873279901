// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/challenge.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace layerhold::registry {

namespace {

constexpr std::size_t mostChallenges = 16;
constexpr std::size_t mostParameters = 32;
constexpr std::size_t mostBytes = 16U << 10U;

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

/// Reads one header from left to right.
class Reader
{
public:
    explicit Reader(std::string_view text)
        : m_rest(text)
    {}

    bool isAtEnd() const { return m_rest.empty(); }

    char next() const { return m_rest.empty() ? '\0' : m_rest.front(); }

    void skipSpace() { skipAll(" \t"); }

    void skipSpaceAndCommas() { skipAll(" \t,"); }

    bool take(char c)
    {
        if (next() != c || m_rest.empty())
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    /// Empty when there is none.
    std::string_view takeToken()
    {
        const auto end = std::find_if_not(m_rest.begin(), m_rest.end(), isTokenCharacter);
        const std::string_view token(m_rest.begin(), end);
        m_rest.remove_prefix(token.size());
        return token;
    }

    void skipToComma() { m_rest.remove_prefix(std::min(m_rest.find(','), m_rest.size())); }

    /// After its opening quote; nullopt when it does not end.
    std::optional<std::string> takeQuoted()
    {
        std::string value;
        while (!m_rest.empty()) {
            const char c = m_rest.front();
            m_rest.remove_prefix(1);
            if (c == '"')
                return value;
            if (c == '\\') {
                if (m_rest.empty())
                    break;
                value += m_rest.front();
                m_rest.remove_prefix(1);
            } else {
                value += c;
            }
        }
        return std::nullopt;
    }

private:
    void skipAll(std::string_view characters)
    {
        m_rest.remove_prefix(std::min(m_rest.find_first_not_of(characters), m_rest.size()));
    }

    std::string_view m_rest;
};

/// Appends what can be understood of one header.
class HeaderParser
{
public:
    HeaderParser(std::string_view header, std::vector<Challenge>& challenges)
        : m_reader(header)
        , m_challenges(challenges)
    {}

    void parse()
    {
        for (m_reader.skipSpaceAndCommas(); !m_reader.isAtEnd(); m_reader.skipSpaceAndCommas())
            if (!takeItem())
                return;
    }

private:
    /// A scheme, with or without its first parameter, or a further parameter of the scheme before.
    bool takeItem()
    {
        const std::string_view token = m_reader.takeToken();
        if (token.empty())
            return false;
        m_reader.skipSpace();
        if (m_reader.take('='))
            return m_isInChallenge && takeValue(token);
        if (m_challenges.size() == mostChallenges)
            return false;
        m_challenges.emplace_back().scheme = lowered(token);
        m_isInChallenge = true;
        return takeFirst();
    }

    bool takeFirst()
    {
        const std::string_view name = m_reader.takeToken();
        m_reader.skipSpace();
        if (name.empty() || !m_reader.take('=')) {
            // Nothing, or one blob of base 64 in place of parameters, which no scheme of registries uses.
            m_reader.skipToComma();
            return true;
        }
        return takeValue(name);
    }

    bool takeValue(std::string_view name)
    {
        m_reader.skipSpace();
        std::string value;
        if (m_reader.take('"')) {
            auto quoted = m_reader.takeQuoted();
            if (!quoted)
                return false;
            value = std::move(*quoted);
        } else {
            value = m_reader.takeToken();
            m_reader.skipSpace();
            if (!m_reader.isAtEnd() && m_reader.next() != ',')
                m_reader.skipToComma(); // unquoted URLs and base 64
        }
        auto& parameters = m_challenges.back().parameters;
        if (!value.empty() && parameters.size() < mostParameters)
            parameters.emplace(lowered(name), std::move(value)); // of two the first counts
        return true;
    }

    Reader m_reader;
    std::vector<Challenge>& m_challenges;
    bool m_isInChallenge = false;
};

} // namespace

std::string_view Challenge::parameter(std::string_view name) const
{
    const auto found = parameters.find(std::string(name));
    return found == parameters.end() ? std::string_view() : found->second;
}

std::vector<Challenge> parseChallenges(const std::vector<std::string_view>& headers)
{
    std::vector<Challenge> challenges;
    std::size_t bytes = 0;
    for (const std::string_view header : headers) {
        bytes += header.size();
        if (bytes > mostBytes)
            break;
        HeaderParser(header, challenges).parse();
    }
    return challenges;
}

} // namespace layerhold::registry
