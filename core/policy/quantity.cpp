// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/quantity.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <system_error>

namespace layerhold {

namespace {

constexpr std::uint64_t largestSize = 1ULL << 62U;
constexpr std::chrono::seconds longestDuration = std::chrono::hours(24) * 36'525;

Error notASize(std::string_view text, std::string_view why)
{
    return {ErrorCode::InvalidArgument,
            text::quoted(text) + " is not a size: " + std::string(why) + " (examples: 500MiB, 20G, 0)"};
}

Error notADuration(std::string_view text)
{
    return {ErrorCode::InvalidArgument,
            text::quoted(text) + " is not a duration of at most 100 years (examples: 90s, 15m, 48h, 60d, 2w, 1h30m)"};
}

std::string_view trimmed(std::string_view text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

/// Takes the digits at the start of `text`; nullopt when there are none or they are too many.
std::optional<std::uint64_t> takeNumber(std::string_view& text)
{
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{})
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

std::optional<unsigned> unitShift(std::string_view unit)
{
    std::string lower(unit);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (lower.empty() || lower == "b")
        return 0;
    const std::size_t letter = std::string_view("kmgt").find(lower.front());
    const std::string rest = lower.substr(1);
    if (letter == std::string_view::npos || !(rest.empty() || rest == "b" || rest == "ib"))
        return std::nullopt;
    return 10 * (static_cast<unsigned>(letter) + 1);
}

struct DurationUnit
{
    char letter;
    std::int64_t seconds;
};

constexpr std::array durationUnits{DurationUnit{'w', 7L * 86'400}, DurationUnit{'d', 86'400}, DurationUnit{'h', 3600},
                                   DurationUnit{'m', 60}, DurationUnit{'s', 1}};

} // namespace

std::uint64_t parseSize(std::string_view text)
{
    std::string_view rest = trimmed(text);
    if (rest.empty())
        return 0;
    if (std::isdigit(static_cast<unsigned char>(rest.front())) == 0)
        throw notASize(text, "it must start with a whole number");
    const auto number = takeNumber(rest);
    if (!number)
        throw notASize(text, "it is too large");
    const auto shift = unitShift(trimmed(rest));
    if (!shift)
        throw notASize(text, "the unit is none of B, KiB, MiB, GiB, TiB");
    if (*number > largestSize >> *shift)
        throw notASize(text, "it is too large");
    return *number << *shift;
}

std::string sizeText(std::uint64_t bytes)
{
    constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB"};
    std::size_t unit = 0;
    while (bytes > 0 && bytes % 1024 == 0 && unit + 1 < units.size()) {
        bytes /= 1024;
        ++unit;
    }
    return std::to_string(bytes) + units.at(unit);
}

std::chrono::seconds parseDuration(std::string_view text)
{
    std::string_view rest = trimmed(text);
    if (rest == "0")
        return {};
    std::int64_t total = 0;
    while (!rest.empty()) {
        const auto number =
            std::isdigit(static_cast<unsigned char>(rest.front())) != 0 ? takeNumber(rest) : std::nullopt;
        if (!number || rest.empty())
            throw notADuration(text);
        const auto* const unit = std::find_if(durationUnits.begin(), durationUnits.end(),
                                              [&](const DurationUnit& known) { return known.letter == rest.front(); });
        if (unit == durationUnits.end() ||
            *number > static_cast<std::uint64_t>((longestDuration.count() - total) / unit->seconds))
            throw notADuration(text);
        total += static_cast<std::int64_t>(*number) * unit->seconds;
        rest.remove_prefix(1);
    }
    return std::chrono::seconds(total);
}

std::string durationText(std::chrono::seconds duration)
{
    const std::int64_t seconds = duration.count();
    if (seconds == 0)
        return "0";
    for (const DurationUnit& unit : durationUnits)
        if (unit.letter != 'w' && seconds % unit.seconds == 0)
            return std::to_string(seconds / unit.seconds) + unit.letter;
    return std::to_string(seconds) + 's';
}

SpaceLimit SpaceLimit::parse(std::string_view text)
{
    const std::string_view whole = trimmed(text);
    const std::size_t percent = whole.find('%');
    if (percent == std::string_view::npos)
        return {Unit::Bytes, parseSize(whole)};
    std::string_view rest = whole;
    const bool isNumber = std::isdigit(static_cast<unsigned char>(rest.front())) != 0;
    const auto number = isNumber ? takeNumber(rest) : std::nullopt;
    if (!number || *number > 100 || rest.empty() || rest.front() != '%')
        throw Error(ErrorCode::InvalidArgument,
                    text::quoted(text) + " is not a share of the disk (examples: 20%, 10%<=10G)");
    rest = trimmed(rest.substr(1));
    SpaceLimit limit{Unit::Percent, *number};
    if (rest.empty())
        return limit;
    if (!rest.starts_with("<=") || trimmed(rest.substr(2)).empty())
        throw Error(ErrorCode::InvalidArgument,
                    text::quoted(text) + " is not a share of the disk (examples: 20%, 10%<=10G)");
    limit.atMost = parseSize(rest.substr(2));
    return limit;
}

std::string SpaceLimit::toString() const
{
    if (!isSet())
        return {};
    if (unit == Unit::Bytes)
        return sizeText(amount);
    return std::to_string(amount) + '%' + (atMost ? "<=" + sizeText(*atMost) : std::string());
}

std::uint64_t SpaceLimit::bytes(std::uint64_t diskTotal) const
{
    if (unit == Unit::Bytes)
        return amount;
    const std::uint64_t share = diskTotal / 100 * amount + diskTotal % 100 * amount / 100;
    return atMost ? std::min(share, *atMost) : share;
}

} // namespace layerhold
