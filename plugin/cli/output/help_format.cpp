// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/output/help_format.h"

#include <algorithm>

namespace layerhold::cli {

namespace {

constexpr std::size_t helpWidth = 100;
constexpr std::size_t descriptionColumn = 32;

} // namespace

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent)
{
    std::string result;
    std::size_t lineStart = 0;
    while (!text.empty()) {
        const std::size_t lineEnd = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, lineEnd);
        text.remove_prefix(std::min(lineEnd + 1, text.size()));
        const std::size_t firstWord = line.find_first_not_of(' ');
        lineStart = result.size();
        while (result.size() - lineStart + line.size() > width) {
            const std::size_t room = width - (result.size() - lineStart);
            const std::size_t space = line.rfind(' ', room);
            if (space == std::string_view::npos || space <= firstWord)
                break;
            result.append(line.substr(0, space)).append("\n");
            line.remove_prefix(space + 1);
            lineStart = result.size();
            result.append(indent, ' ');
        }
        result.append(line).append("\n");
    }
    return result;
}

HelpFormat::HelpFormat()
{
    column_width(descriptionColumn);
    label("SUBCOMMAND", "VERB");
    label("Subcommands", "Verbs");
    label("Positionals", "Arguments");
}

std::string HelpFormat::make_option(const CLI::Option* option, bool isPositional) const
{
    return wrapped(CLI::Formatter::make_option(option, isPositional), helpWidth, descriptionColumn);
}

std::string HelpFormat::make_option_opts(const CLI::Option* option) const
{
    // What else an option takes, needs or excludes is said in its description; here it would only widen the column.
    const std::string type = option->get_type_name();
    const bool takesValue = option->get_type_size() != 0 && !option->get_positional();
    return takesValue ? " " + type.substr(0, type.find(':')) : "";
}

} // namespace layerhold::cli
