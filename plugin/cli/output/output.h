// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/output/json.h"
#include "cli/output/table.h"

#include <exception>
#include <string>
#include <string_view>

namespace layerhold::cli {

/// Whoever read our standard output has gone (`layerhold ls | head`). Ends the program quietly.
class OutputClosed : public std::exception
{
public:
    const char* what() const noexcept override { return "standard output was closed"; }
};

/// What a verb says on standard output: text for people or JSON for programs. Throws OutputClosed, or Error when the
/// output cannot be written otherwise (a full disk), so that no cut output passes for a whole one.
class Output
{
public:
    enum class Format
    {
        ForPeople,
        ForPrograms ///< JSON
    };

    explicit Output(Format format)
        : m_format(format)
    {}

    bool isJson() const { return m_format == Format::ForPrograms; }

    /// The text must be neutralised already where it comes from outside.
    void line(std::string_view text);
    void lines(const std::vector<std::string>& lines);
    /// As they are: for what was asked for by name.
    void bytes(std::string_view bytes);
    /// Head in bold on a terminal.
    void table(const Table& table);
    /// Rows without the head.
    void tableRows(const Table& table);
    void document(const Json& json);
    void jsonLine(const Json& json);
    void flush();

private:
    Format m_format;
};

/// On standard error, for people, also where the output is for programs.
void warn(std::string_view message);

/// True when colours and bars may be used on this descriptor: a terminal that is not "dumb"; for colours also without
/// NO_COLOR.
bool isTerminal(int descriptor);
bool mayColour(int descriptor);

} // namespace layerhold::cli
