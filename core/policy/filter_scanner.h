// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace layerhold {

/// Splits a filter into tokens as containerd's scanner does. Its peculiarities are kept on purpose: what one containerd
/// accepts, an engine's tools rely on.
class FilterScanner
{
public:
    enum class Kind
    {
        End,
        Quoted,    ///< with its quotes: "…", /…/ or |…|
        Value,     ///< after an operator: a run of printable characters without "," and space
        Field,     ///< [A-Za-z0-9_]+
        Separator, ///< "," or "."
        Operator,  ///< a run of =, ! and ~
        Illegal,   ///< error() says why
        Other      ///< a character that begins no token
    };

    struct Token
    {
        Kind kind = Kind::End;
        std::size_t position = 0; ///< in bytes
        std::string_view text;
    };

    /// A Unicode code point, or one of the two below.
    using Rune = std::int32_t;
    static constexpr Rune End = -1;
    static constexpr Rune Illegal = -2; ///< NUL, U+FFFD, or bytes that are no UTF-8

    explicit FilterScanner(std::string_view input)
        : m_input(input)
    {}

    /// Skips spaces, then takes a token.
    Token scan();
    /// The next character, spaces too; takes nothing.
    Rune peek();

    /// Where peek looks.
    std::size_t position() const { return m_next; }

    /// The first thing that was wrong.
    const std::string& error() const { return m_error; }

private:
    Rune take();
    template <typename Predicate>
    void takeWhile(Predicate predicate);
    bool scanQuoted(Rune quote);
    Rune scanEscape(Rune quote, bool& legal);
    Rune scanDigits(Rune first, int base, int count, bool& legal);
    void fail(const char* message);

    std::string_view m_input;
    std::size_t m_at = 0;   ///< begin of the character taken last
    std::size_t m_next = 0; ///< begin of the one after it
    bool m_valueExpected = false;
    std::string m_error;
};

} // namespace layerhold
