// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "api/utf8.h"

#include <fmt/format.h>

#include <cstddef>

namespace layerhold::api {

namespace {

/// Characters that move the cursor, colour, reorder or hide what stands beside them.
bool isTreacherous(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x061c || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
           (c >= 0xe0000 && c <= 0xe007f);
}

} // namespace

std::optional<char32_t> takeCharacter(std::string_view& rest)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    const unsigned char lead = byte(0);
    std::size_t length = 0;
    char32_t character = 0;
    char32_t smallest = 0;
    if (lead < 0x80) {
        length = 1;
        character = lead;
    } else if (lead >> 5 == 0b110) {
        length = 2;
        character = lead & 0x1fU;
        smallest = 0x80;
    } else if (lead >> 4 == 0b1110) {
        length = 3;
        character = lead & 0x0fU;
        smallest = 0x800;
    } else if (lead >> 3 == 0b11110) {
        length = 4;
        character = lead & 0x07U;
        smallest = 0x10000;
    }
    bool wellFormed = length > 0 && length <= rest.size();
    for (std::size_t i = 1; wellFormed && i < length; ++i) {
        wellFormed = byte(i) >> 6 == 0b10;
        character = (character << 6) | (byte(i) & 0x3fU);
    }
    const bool surrogate = character >= 0xd800 && character <= 0xdfff;
    if (!wellFormed || character < smallest || surrogate || character > 0x10ffff) {
        rest.remove_prefix(1);
        return std::nullopt;
    }
    rest.remove_prefix(length);
    return character;
}

std::string toUtf8(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::string_view before = bytes;
        if (takeCharacter(bytes))
            text.append(before.substr(0, before.size() - bytes.size()));
        else
            text.append("\xef\xbf\xbd");
    }
    return text;
}

std::string neutralise(std::string_view text)
{
    std::string safe;
    while (!text.empty()) {
        const std::string_view before = text;
        const std::optional<char32_t> character = takeCharacter(text);
        if (!character)
            safe += fmt::format("\\x{:02x}", static_cast<unsigned char>(before.front()));
        else if (!isTreacherous(*character))
            safe.append(before.substr(0, before.size() - text.size()));
        else if (*character < 0x100)
            safe += fmt::format("\\x{:02x}", static_cast<unsigned>(*character));
        else
            safe += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(*character));
    }
    return safe;
}

} // namespace layerhold::api
