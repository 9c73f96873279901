// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "policy/filter_scanner.h"

#include <re2/re2.h>

namespace layerhold {

namespace {

using Rune = FilterScanner::Rune;

struct Decoded
{
    Rune rune = FilterScanner::Illegal;
    std::size_t length = 1;
};

/// UTF-8, with everything Go calls a rune error as Illegal.
Decoded decode(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return {lead == 0 ? FilterScanner::Illegal : Rune{lead}, 1};
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length)
        return {};
    Rune rune = lead & (0x7f >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80)
            return {};
        rune = rune << 6 | (byte(i) & 0x3f);
    }
    const bool isOverlong = (length == 3 && rune < 0x800) || (length == 4 && rune < 0x10000);
    const bool isSurrogate = rune >= 0xd800 && rune <= 0xdfff;
    if (isOverlong || isSurrogate || rune > 0x10ffff)
        return {};
    constexpr Rune ReplacementCharacter = 0xfffd;
    return {rune == ReplacementCharacter ? FilterScanner::Illegal : rune, length};
}

/// Unicode's White_Space.
bool isSpace(Rune rune)
{
    return (rune >= '\t' && rune <= '\r') || rune == ' ' || rune == 0x85 || rune == 0xa0 || rune == 0x1680 ||
           (rune >= 0x2000 && rune <= 0x200a) || rune == 0x2028 || rune == 0x2029 || rune == 0x202f || rune == 0x205f ||
           rune == 0x3000;
}

bool isField(Rune rune)
{
    return rune == '_' || (rune >= 'A' && rune <= 'Z') || (rune >= 'a' && rune <= 'z') || (rune >= '0' && rune <= '9');
}

bool isOperator(Rune rune)
{
    return rune == '=' || rune == '!' || rune == '~';
}

bool isQuote(Rune rune)
{
    return rune == '/' || rune == '|' || rune == '"';
}

bool isSeparator(Rune rune)
{
    return rune == ',' || rune == '.';
}

/// Letters, marks, numbers, punctuation and symbols.
bool isPrintable(Rune rune, std::string_view bytes)
{
    if (rune < 0x80)
        return rune > ' ' && rune < 0x7f;
    static const RE2 graphic("[\\pL\\pM\\pN\\pP\\pS]");
    return RE2::FullMatch(re2::StringPiece(bytes.data(), bytes.size()), graphic);
}

int digitValue(Rune rune)
{
    if (rune >= '0' && rune <= '9')
        return rune - '0';
    if (rune >= 'a' && rune <= 'f')
        return rune - 'a' + 10;
    if (rune >= 'A' && rune <= 'F')
        return rune - 'A' + 10;
    return 16; // larger than any legal digit
}

} // namespace

FilterScanner::Rune FilterScanner::take()
{
    m_at = m_next;
    if (m_at == m_input.size())
        return End;
    const Decoded decoded = decode(m_input.substr(m_at));
    m_next += decoded.length;
    if (decoded.rune == Illegal)
        fail(m_input[m_at] == '\0' ? "unexpected null" : "rune error");
    return decoded.rune;
}

FilterScanner::Rune FilterScanner::peek()
{
    const std::size_t at = m_at;
    const std::size_t next = m_next;
    const Rune rune = take();
    m_at = at;
    m_next = next;
    return rune;
}

FilterScanner::Token FilterScanner::scan()
{
    Rune rune = take();
    while (isSpace(rune))
        rune = take();
    const std::size_t begin = m_at;
    const auto token = [&](Kind kind) { return Token{kind, begin, m_input.substr(begin, m_next - begin)}; };

    if (rune == End)
        return token(Kind::End);
    if (rune == Illegal)
        return token(Kind::Illegal);
    if (isQuote(rune)) {
        const bool legal = scanQuoted(rune);
        return token(legal ? Kind::Quoted : Kind::Illegal);
    }
    if (isSeparator(rune)) {
        m_valueExpected = false;
        return token(Kind::Separator);
    }
    if (isOperator(rune)) {
        takeWhile([](Rune next, std::string_view) { return isOperator(next); });
        m_valueExpected = true;
        return token(Kind::Operator);
    }
    if (m_valueExpected) {
        takeWhile([](Rune next, std::string_view bytes) { return next != ',' && isPrintable(next, bytes); });
        m_valueExpected = false;
        return token(Kind::Value);
    }
    if (isField(rune)) {
        takeWhile([](Rune next, std::string_view) { return isField(next); });
        return token(Kind::Field);
    }
    return token(Kind::Other);
}

template <typename Predicate>
void FilterScanner::takeWhile(Predicate predicate)
{
    while (true) {
        const std::size_t begin = m_next;
        const Rune rune = peek();
        if (rune < 0)
            return;
        const std::size_t length = decode(m_input.substr(begin)).length;
        if (!predicate(rune, m_input.substr(begin, length)))
            return;
        take();
    }
}

bool FilterScanner::scanQuoted(Rune quote)
{
    bool legal = true;
    Rune rune = take();
    while (rune != quote) {
        if (rune == '\n' || rune < 0) {
            fail("quoted literal not terminated");
            return false;
        }
        rune = rune == '\\' ? scanEscape(quote, legal) : take();
    }
    return legal;
}

/// Takes what follows a backslash; returns the character after it.
FilterScanner::Rune FilterScanner::scanEscape(Rune quote, bool& legal)
{
    const Rune rune = take();
    if (rune == quote)
        return take();
    switch (rune) {
    case 'a':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
    case 'v':
    case '\\':
        return take();
    case 'x':
        return scanDigits(take(), 16, 2, legal);
    case 'u':
        return scanDigits(take(), 16, 4, legal);
    case 'U':
        return scanDigits(take(), 16, 8, legal);
    default:
        break;
    }
    if (rune >= '0' && rune <= '7')
        return scanDigits(rune, 8, 3, legal);
    fail("illegal escape sequence");
    legal = false;
    return rune;
}

FilterScanner::Rune FilterScanner::scanDigits(Rune first, int base, int count, bool& legal)
{
    Rune rune = first;
    while (count > 0 && digitValue(rune) < base) {
        rune = take();
        --count;
    }
    if (count > 0) {
        fail("illegal numeric escape sequence");
        legal = false;
    }
    return rune;
}

void FilterScanner::fail(const char* message)
{
    if (m_error.empty())
        m_error = message;
}

} // namespace layerhold
