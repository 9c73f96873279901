// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// Each line of the input is a header.
#include "fuzz/fuzz_one.h"
#include "fuzz/properties.h"
#include "registry/challenge.h"

#include <vector>

using namespace layerhold::fuzz;
using namespace layerhold::registry;

namespace {

constexpr std::size_t mostChallenges = 16;
constexpr std::size_t mostParameters = 32;
constexpr std::size_t mostBytes = 16U << 10U;

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    for (;;) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return lines;
        text.remove_prefix(end + 1);
    }
}

/// A token of RFC 9110, section 5.6.2, in lower case.
bool isLowerToken(std::string_view text)
{
    return !text.empty() &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~") == std::string_view::npos;
}

void checkChallenge(const Challenge& challenge)
{
    hold(isLowerToken(challenge.scheme), "a scheme is a token in lower case");
    hold(challenge.parameters.size() <= mostParameters, "the number of parameters is bounded");
    for (const auto& [name, value] : challenge.parameters) {
        hold(isLowerToken(name), "a name is a token in lower case");
        hold(!value.empty(), "parameters without a value are left out");
        hold(challenge.parameter(name) == value, "a parameter is found by its name");
    }
    hold(challenge.parameter("").empty(), "what is not stated is empty");
}

std::string printed(const Challenge& challenge)
{
    std::string text = challenge.scheme;
    for (const auto& [name, value] : challenge.parameters) {
        text += (text.size() == challenge.scheme.size() ? " " : ", ") + name + "=\"";
        for (const char c : value) {
            if (c == '"' || c == '\\')
                text += '\\';
            text += c;
        }
        text += '"';
    }
    return text;
}

std::string printed(const std::vector<Challenge>& challenges)
{
    std::string text;
    for (const Challenge& challenge : challenges)
        text += (text.empty() ? "" : ", ") + printed(challenge);
    return text;
}

/// Headers do not run into each other.
std::vector<Challenge> parsedOneByOne(const std::vector<std::string_view>& headers)
{
    std::vector<Challenge> all;
    for (const std::string_view header : headers)
        for (Challenge& challenge : parseChallenges({header}))
            if (all.size() < mostChallenges)
                all.push_back(std::move(challenge));
    return all;
}

} // namespace

int fuzzOne(std::span<const std::uint8_t> input)
{
    const std::string_view text = textOf(input);
    const auto headers = linesOf(text);
    const auto challenges = parseChallenges(headers);
    hold(challenges.size() <= mostChallenges, "the number of challenges is bounded");
    for (const Challenge& challenge : challenges)
        checkChallenge(challenge);
    const std::string header = printed(challenges);
    if (header.size() <= mostBytes)
        hold(printed(parseChallenges({header})) == header, "printed challenges parse to the same");
    if (text.size() <= mostBytes)
        hold(printed(parsedOneByOne(headers)) == header, "each header is understood by itself");
    return 0;
}
