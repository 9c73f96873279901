// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/output/text.h"

#include "layerhold/error.h"
#include "layerhold/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace layerhold::cli {

namespace {

constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
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
    if (text.empty())
        throw Error(ErrorCode::InvalidArgument, "a size is missing (examples: 500MiB, 20G, 0)");
    return layerhold::parseSize(text);
}

std::string count(std::uint64_t number, std::string_view noun)
{
    return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

} // namespace layerhold::cli
