// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <array>
#include <cstdio>

namespace layerhold::text {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";
constexpr std::size_t longestQuote = 100;
constexpr std::size_t longestPath = 1000;

std::string escaped(char character)
{
    const auto value = static_cast<unsigned char>(character);
    if (character == '"' || character == '\\')
        return {'\\', character};
    if (value >= 0x20 && value < 0x7f)
        return {character};
    return {'\\', 'x', hexDigits[value >> 4U], hexDigits[value & 0xfU]};
}

std::string quotedUpTo(std::size_t longest, std::string_view text)
{
    std::string result = "\"";
    for (const char character : text) {
        const std::string next = escaped(character);
        if (result.size() - 1 + next.size() > longest)
            return result + "\"...";
        result += next;
    }
    return result + '"';
}

} // namespace

std::string hex(std::span<const std::byte> bytes)
{
    std::string result;
    result.reserve(bytes.size() * 2);
    for (const std::byte byte : bytes) {
        const auto value = std::to_integer<unsigned>(byte);
        result += hexDigits[value >> 4U];
        result += hexDigits[value & 0xfU];
    }
    return result;
}

int hexDigit(char character)
{
    if (character >= '0' && character <= '9')
        return character - '0';
    if (character >= 'a' && character <= 'f')
        return character - 'a' + 10;
    return -1;
}

std::string quoted(std::string_view text)
{
    return quotedUpTo(longestQuote, text);
}

std::string quotedPath(const std::filesystem::path& path)
{
    return quotedUpTo(longestPath, path.native());
}

std::string byteSize(std::uint64_t bytes)
{
    static constexpr std::array units{"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    if (bytes < 1024)
        return std::to_string(bytes) + " B";
    double value = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    // What would be printed as 1024.0 belongs to the next unit.
    while (value >= 1023.95 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.1f %s", value, units[unit]);
    return buffer.data();
}

} // namespace layerhold::text
