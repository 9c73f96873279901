// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Tar archives byte by byte, also such as no tool writes.
namespace layerhold::test {

struct RawMember
{
    std::string path;
    std::string content = {};
    char type = '0'; ///< 0 file, 1 hard link, 2 symlink, 3 device, 5 folder
    std::string link = {};
    std::optional<std::uint64_t> statedSize = {}; ///< instead of the true one
};

inline std::string tarHeader(const RawMember& member)
{
    std::string header(512, '\0');
    const auto put = [&](std::size_t at, std::string_view text) { header.replace(at, text.size(), text); };
    const auto octal = [](std::uint64_t value, int digits) {
        char text[32];
        std::snprintf(text, sizeof text, "%0*llo", digits, static_cast<unsigned long long>(value));
        return std::string(text);
    };
    put(0, member.path.substr(0, 100));
    put(100, octal(0644, 7));
    put(108, octal(0, 7));
    put(116, octal(0, 7));
    put(124, octal(member.statedSize.value_or(member.content.size()), 11));
    put(136, octal(0, 11));
    put(148, "        ");
    header[156] = member.type;
    put(157, member.link.substr(0, 100));
    put(257, std::string_view("ustar\00000", 8));
    unsigned sum = 0;
    for (const char c : header)
        sum += static_cast<unsigned char>(c);
    put(148, octal(sum, 6) + std::string_view("\0 ", 2).data());
    header[155] = ' ';
    return header;
}

inline std::string tarMember(const RawMember& member)
{
    std::string bytes;
    if (member.path.size() > 100) { // GNU's long name
        RawMember name{"././@LongLink", member.path + '\0', 'L'};
        bytes += tarMember(name);
    }
    bytes += tarHeader(member) + member.content;
    bytes.resize((bytes.size() + 511) / 512 * 512, '\0');
    return bytes;
}

inline std::string tarOf(const std::vector<RawMember>& members)
{
    std::string bytes;
    for (const RawMember& member : members)
        bytes += tarMember(member);
    return bytes + std::string(1024, '\0');
}

} // namespace layerhold::test
