// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/space_limit.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace layerhold::gui {

namespace {

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<std::uint64_t> takeNumber(std::string_view& text)
{
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{})
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

std::optional<std::uint64_t> sizeOf(std::string_view text)
{
    const auto number = takeNumber(text);
    if (!number)
        return std::nullopt;
    std::string unit(trimmed(text));
    std::ranges::transform(unit, unit.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    unsigned shift = 0;
    if (!unit.empty() && unit != "b") {
        const std::size_t letter = std::string_view("kmgt").find(unit.front());
        const std::string rest = unit.substr(1);
        if (letter == std::string_view::npos || !(rest.empty() || rest == "b" || rest == "ib"))
            return std::nullopt;
        shift = 10 * (static_cast<unsigned>(letter) + 1);
    }
    if (*number > (UINT64_MAX >> shift))
        return std::nullopt;
    return *number << shift;
}

} // namespace

std::optional<std::uint64_t> limitBytes(std::string_view limit, std::uint64_t diskTotal)
{
    std::string_view text = trimmed(limit);
    if (text.empty())
        return 0;
    std::string_view rest = text;
    const auto number = takeNumber(rest);
    if (!number || !rest.starts_with('%'))
        return sizeOf(text);
    if (*number > 100)
        return std::nullopt;
    // In this order no product is too large, and what a hundredth loses does not count.
    const std::uint64_t share = diskTotal / 100 * *number + diskTotal % 100 * *number / 100;
    rest = trimmed(rest.substr(1));
    if (rest.empty())
        return share;
    if (!rest.starts_with("<="))
        return std::nullopt;
    const auto most = sizeOf(trimmed(rest.substr(2)));
    return most ? std::optional(std::min(share, *most)) : std::nullopt;
}

} // namespace layerhold::gui
