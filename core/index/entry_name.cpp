// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/entries.h"

#include "base/text.h"

namespace layerhold {

namespace {

std::string escaped(std::string_view bytes, std::string_view special)
{
    std::string result;
    for (const char byte : bytes) {
        const bool isPrintable = byte > ' ' && byte <= '~';
        if (isPrintable && byte != '%' && special.find(byte) == std::string_view::npos)
            result += byte;
        else
            result += '%' + text::hex(std::as_bytes(std::span(&byte, 1)));
    }
    return result;
}

std::optional<std::string> unescaped(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            result += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? text::hexDigit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? text::hexDigit(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return std::nullopt;
        result += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return result;
}

} // namespace

std::string entryName(const std::string& scope, const std::string& key)
{
    return escaped(scope, ":") + ':' + escaped(key, {});
}

std::optional<std::pair<std::string, std::string>> parseEntryName(std::string_view name)
{
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    auto scope = unescaped(name.substr(0, colon));
    auto key = unescaped(name.substr(colon + 1));
    if (!scope || !key)
        return std::nullopt;
    return std::pair(std::move(*scope), std::move(*key));
}

} // namespace layerhold
