// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "policy/filter_parser.h"

#include "layerhold/error.h"
#include "policy/filter_scanner.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace layerhold {

namespace {

using Kind = FilterScanner::Kind;
using Token = FilterScanner::Token;

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

void appendUtf8(std::string& out, std::uint32_t rune)
{
    if (rune >= 0xd800 && rune <= 0xdfff) // half of a pair means nothing here: the replacement character, as in Go
        rune = 0xfffd;
    const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (rune < 0x80) {
        put(rune);
    } else if (rune < 0x800) {
        put(0xc0 | rune >> 6);
        put(0x80 | (rune & 0x3f));
    } else if (rune < 0x10000) {
        put(0xe0 | rune >> 12);
        put(0x80 | (rune >> 6 & 0x3f));
        put(0x80 | (rune & 0x3f));
    } else {
        put(0xf0 | rune >> 18);
        put(0x80 | (rune >> 12 & 0x3f));
        put(0x80 | (rune >> 6 & 0x3f));
        put(0x80 | (rune & 0x3f));
    }
}

/// A number of exactly `digits` digits at `at`, which moves behind it.
std::optional<std::uint32_t> takeNumber(std::string_view text, std::size_t& at, std::uint32_t base, std::size_t digits)
{
    if (text.size() - at < digits)
        return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t end = at + digits; at < end; ++at) {
        const int digit = hexValue(text[at]);
        if (digit < 0 || static_cast<std::uint32_t>(digit) >= base)
            return std::nullopt;
        value = value * base + static_cast<std::uint32_t>(digit);
    }
    return value;
}

/// Appends what the escape sequence behind a backslash stands for; false when it is none. \x and octal stand for bytes,
/// \u and \U for characters.
bool unescape(std::string_view text, std::size_t& at, char quote, std::string& out)
{
    constexpr std::string_view Letters = "abfnrtv\\";
    constexpr std::string_view Meanings = "\a\b\f\n\r\t\v\\";
    const char c = text[at];
    if (const std::size_t known = Letters.find(c); known != std::string_view::npos) {
        out.push_back(Meanings[known]);
        ++at;
        return true;
    }
    if (c == quote) {
        out.push_back(c);
        ++at;
        return true;
    }
    if (c >= '0' && c <= '7') {
        const auto value = takeNumber(text, at, 8, 3);
        if (!value || *value > 0xff)
            return false;
        out.push_back(static_cast<char>(*value));
        return true;
    }
    if (c != 'x' && c != 'u' && c != 'U')
        return false;
    ++at;
    const auto value = takeNumber(text, at, 16, c == 'x' ? 2 : c == 'u' ? 4 : 8);
    if (!value || *value > 0x10ffff)
        return false;
    if (c == 'x')
        out.push_back(static_cast<char>(*value));
    else
        appendUtf8(out, *value);
    return true;
}

/// The meaning of a quoted literal that the scanner found well-formed.
std::optional<std::string> unquote(std::string_view quoted)
{
    const char quote = quoted.front();
    const std::string_view text = quoted.substr(1, quoted.size() - 2);
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '\\') {
            result.push_back(text[at++]);
            continue;
        }
        ++at;
        if (at == text.size() || !unescape(text, at, quote, result))
            return std::nullopt;
    }
    return result;
}

enum class Quotes
{
    Double,
    All
};

class Parser
{
public:
    explicit Parser(std::string_view input)
        : m_input(input)
        , m_scanner(input)
    {}

    std::vector<Selector> selectors()
    {
        std::vector<Selector> result;
        result.push_back(selector());
        for (;;) {
            const FilterScanner::Rune next = m_scanner.peek();
            if (next == FilterScanner::End)
                return result;
            if (next != ',')
                fail(m_scanner.position(), "unexpected input");
            m_scanner.scan();
            result.push_back(selector());
        }
    }

private:
    Selector selector()
    {
        Selector result;
        result.fieldPath = fieldPath();
        const FilterScanner::Rune next = m_scanner.peek();
        if (next == ',' || next == FilterScanner::End)
            return result;
        result.comparison = comparison();
        result.value = value(result.comparison == Selector::Comparison::Matches ? Quotes::All : Quotes::Double);
        return result;
    }

    std::vector<std::string> fieldPath()
    {
        std::vector<std::string> result{field()};
        while (m_scanner.peek() == '.') {
            m_scanner.scan();
            result.push_back(field());
        }
        return result;
    }

    std::string field()
    {
        const Token token = m_scanner.scan();
        switch (token.kind) {
        case Kind::Field:
            return std::string(token.text);
        case Kind::Quoted:
            return unquoted(token, Quotes::Double);
        case Kind::Illegal:
            fail(token.position, m_scanner.error());
        default:
            fail(token.position, "expected field or quoted");
        }
    }

    Selector::Comparison comparison()
    {
        const Token token = m_scanner.scan();
        if (token.kind == Kind::Illegal)
            fail(token.position, m_scanner.error());
        if (token.kind != Kind::Operator)
            fail(token.position, "expected an operator (\"==\"|\"!=\"|\"~=\")");
        if (token.text == "==")
            return Selector::Comparison::Equal;
        if (token.text == "!=")
            return Selector::Comparison::NotEqual;
        if (token.text == "~=")
            return Selector::Comparison::Matches;
        fail(token.position, "unsupported operator");
    }

    std::string value(Quotes quotes)
    {
        const Token token = m_scanner.scan();
        switch (token.kind) {
        case Kind::Value:
        case Kind::Field:
            return std::string(token.text);
        case Kind::Quoted:
            return unquoted(token, quotes);
        case Kind::Illegal:
            fail(token.position, m_scanner.error());
        default:
            fail(token.position, "expected value or quoted");
        }
    }

    std::string unquoted(const Token& token, Quotes quotes)
    {
        if (quotes == Quotes::Double && token.text.front() != '"')
            fail(token.position, "invalid quote encountered");
        std::optional<std::string> result = unquote(token.text);
        if (!result)
            fail(token.position, "unquoting failed: quote syntax error");
        return *std::move(result);
    }

    /// The message shows the place as containerd's does, but never more than a screen line of it.
    [[noreturn]] void fail(std::size_t position, const std::string& what) const
    {
        constexpr std::size_t Around = 60;
        const auto shown = [&](std::size_t from, std::size_t to) {
            std::string text(m_input.substr(from, to - from));
            std::ranges::replace_if(
                text, [](char c) { return c < ' ' || c > '~'; }, '?');
            return text;
        };
        const std::size_t size = m_input.size();
        const std::size_t begin = position > Around ? position - Around : 0;
        std::string place = (begin > 0 ? "..." : "") + shown(begin, std::min(position, size));
        if (position < size) {
            const std::size_t end = std::min(size, position + 1 + Around);
            place += " >|" + shown(position, position + 1) + "|< " + shown(position + 1, end);
            if (end < size)
                place += "...";
        }
        throw Error(ErrorCode::InvalidArgument,
                    "filter parse error at byte " + std::to_string(position) + ": [" + place + "]: " + what);
    }

    std::string_view m_input;
    FilterScanner m_scanner;
};

} // namespace

std::vector<Selector> parseSelectors(std::string_view text)
{
    if (text.empty())
        return {};
    return Parser(text).selectors();
}

} // namespace layerhold
