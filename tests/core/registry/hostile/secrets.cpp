// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "hostile/secrets.h"

#include <algorithm>
#include <cctype>

namespace layerhold::test::hostile {

namespace {

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

} // namespace

void replaceAll(std::string& text, const std::string& from, const std::string& to)
{
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

bool isClean(std::string text, const std::vector<std::string>& allowed)
{
    text = lowered(std::move(text));
    for (const std::string& secret : allowed)
        replaceAll(text, lowered(secret), "");
    // "planted", its base 64 at each of the three offsets, and its hexadecimal digits.
    for (const char* const trace : {"planted", "cgxhbnrlz", "wbgfudgvk", "bsyw50zw", "706c616e746564"})
        if (text.find(trace) != std::string::npos)
            return false;
    return true;
}

} // namespace layerhold::test::hostile
