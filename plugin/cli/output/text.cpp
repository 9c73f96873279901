// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/output/text.h"

#include "layerhold/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>

namespace layerhold::cli {

namespace {

constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
constexpr std::uint64_t largestSize = 1ULL << 62;

std::optional<unsigned> unitShift(std::string_view unit)
{
    std::string lower(unit);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    if (lower.empty() || lower == "b")
        return 0;
    const std::size_t letter = std::string_view("kmgt").find(lower.front());
    const std::string rest = lower.substr(1);
    if (letter == std::string_view::npos || !(rest.empty() || rest == "b" || rest == "ib"))
        return std::nullopt;
    return 10 * (static_cast<unsigned>(letter) + 1);
}

} // namespace

std::size_t displayWidth(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; }));
}

std::string formatSize(std::uint64_t bytes)
{
    if (bytes < 1024)
        return fmt::format("{} B", bytes);
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    // 1023.95 would be printed as 1024.0.
    while (value >= 1023.95 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    return fmt::format("{:.1f} {}", value, units[unit]);
}

std::string formatAge(std::chrono::nanoseconds age)
{
    using namespace std::chrono;
    const bool future = age < nanoseconds::zero();
    const auto s = duration_cast<seconds>(future ? -age : age).count();
    std::string text;
    if (s < 120)
        text = fmt::format("{} s", s);
    else if (s < 120L * 60)
        text = fmt::format("{} min", s / 60);
    else if (s < 48L * 3600)
        text = fmt::format("{} h", s / 3600);
    else
        text = fmt::format("{} d", s / 86400);
    return future && s > 0 ? "in " + text : text;
}

std::uint64_t parseSize(std::string_view text)
{
    const auto fail = [&](const char* why) {
        return Error(ErrorCode::InvalidArgument,
                     fmt::format("'{}' is not a size: {} (examples: 500MiB, 20G, 0)", neutralise(text), why));
    };
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    std::string_view rest = text;
    while (!rest.empty() && isSpace(rest.front()))
        rest.remove_prefix(1);
    while (!rest.empty() && isSpace(rest.back()))
        rest.remove_suffix(1);
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (failure == std::errc::result_out_of_range)
        throw fail("it is too large");
    if (failure != std::errc{})
        throw fail("it must start with a whole number");
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    while (!rest.empty() && isSpace(rest.front()))
        rest.remove_prefix(1);
    const std::optional<unsigned> shift = unitShift(rest);
    if (!shift)
        throw fail("the unit is none of B, KiB, MiB, GiB, TiB");
    if (number > largestSize >> *shift)
        throw fail("it is too large");
    return number << *shift;
}

std::string count(std::uint64_t number, std::string_view noun)
{
    return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

} // namespace layerhold::cli
