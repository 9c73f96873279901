// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/base64.h"

#include <cstdint>
#include <string>
#include <utility>

namespace layerhold::registry {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

} // namespace

std::optional<Secret> decodeBase64(std::string_view text)
{
    std::string bytes;
    bytes.reserve(text.size()); // no reallocation that leaves a copy behind
    std::uint32_t group = 0;
    int digits = 0;
    int padding = 0;
    bool isValid = true;
    for (const char character : text) {
        if (character == '\n' || character == '\r')
            continue;
        const std::size_t value = alphabet.find(character);
        if (character == '=')
            ++padding;
        else if (value == std::string_view::npos || padding > 0)
            isValid = false;
        group = (group << 6U) | (value == std::string_view::npos ? 0U : static_cast<std::uint32_t>(value));
        if (++digits % 4 == 0) {
            for (unsigned shift : {16U, 8U, 0U})
                bytes += static_cast<char>((group >> shift) & 0xffU);
            group = 0;
        }
    }
    isValid = isValid && digits % 4 == 0 && padding <= 2;
    if (isValid)
        bytes.resize(bytes.size() - static_cast<std::size_t>(padding));
    Secret decoded(std::move(bytes));
    return isValid ? std::optional(std::move(decoded)) : std::nullopt;
}

Secret encodeBase64(std::string_view bytes)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    while (!bytes.empty()) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = (group << 8U) | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text += i <= bytes.size() ? alphabet[(group >> (18U - 6U * i)) & 0x3fU] : '=';
        bytes.remove_prefix(bytes.size() < 3 ? bytes.size() : 3);
    }
    return Secret(std::move(text));
}

} // namespace layerhold::registry
