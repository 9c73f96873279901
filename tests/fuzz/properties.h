// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace layerhold::fuzz {

/// Ends the program when a property does not hold: that is what libFuzzer takes for a finding.
inline void hold(bool holds, const char* property)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", property);
    std::abort();
}

inline std::string_view textOf(std::span<const std::uint8_t> input)
{
    return {reinterpret_cast<const char*>(input.data()), input.size()};
}

/// The message of the refusal; nullopt when there is none. Another code, a message that is not fit for a terminal or
/// a log, and one that is as long as the input likes do not hold; what is no Error escapes.
template <typename Call>
std::optional<std::string> refusalOf(ErrorCode code, Call call)
{
    constexpr std::size_t longest = 1000;
    try {
        call();
    } catch (const Error& error) {
        const std::string message = error.what();
        hold(error.code() == code, "a refusal has the promised code");
        hold(!message.empty() && message.size() <= longest, "the length of a message is bounded");
        hold(std::all_of(message.begin(), message.end(), [](char c) { return c >= 0x20 && c < 0x7f; }),
             "a message is printable");
        return message;
    }
    return std::nullopt;
}

} // namespace layerhold::fuzz
