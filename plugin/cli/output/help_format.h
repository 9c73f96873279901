// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <string_view>

namespace layerhold::cli {

/// Breaks lines between words so that none is wider than `width`; what goes on starts in column `indent`. A word that
/// is longer than a line stays whole.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

/// CLI11's help in our words, for a terminal of 100 columns.
class HelpFormat final : public CLI::Formatter
{
public:
    HelpFormat();

    std::string make_option(const CLI::Option* option, bool isPositional) const override;
    std::string make_option_opts(const CLI::Option* option) const override;
};

} // namespace layerhold::cli
