// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace layerhold {

/// A whole number with an optional unit of B, K, M, G, T (each also as KB, KiB), all of 1024, in any case, with or
/// without spaces around; empty text is 0. InvalidArgument for signs, fractions, other units, text without digits and
/// for more than 2^62.
std::uint64_t parseSize(std::string_view text);
/// The shortest text that parseSize reads as `bytes`: "20GiB", "512MiB", "1000B".
std::string sizeText(std::uint64_t bytes);

/// "90s", "15m", "48h", "60d", "2w", and sums such as "1h30m"; empty text and "0" are 0. InvalidArgument for anything
/// else and for more than 100 years.
std::chrono::seconds parseDuration(std::string_view text);
/// The inverse, in the largest unit that needs no remainder: "60d", "90m".
std::string durationText(std::chrono::seconds duration);

/// A number of bytes, or a share of the disk with an optional cap.
struct SpaceLimit
{
    enum class Unit : std::uint8_t
    {
        Bytes,
        Percent
    };
    Unit unit = Unit::Bytes;
    std::uint64_t amount = 0;                           ///< bytes, or 0 to 100
    std::optional<std::uint64_t> atMost = std::nullopt; ///< Percent: but never more bytes than this

    /// "10G", "20%", "10%<=10G"; empty text is "not set". InvalidArgument for anything else.
    static SpaceLimit parse(std::string_view text);
    /// The inverse; empty when not set.
    std::string toString() const;

    bool isSet() const { return amount > 0; }

    std::uint64_t bytes(std::uint64_t diskTotal) const;

    friend bool operator==(const SpaceLimit&, const SpaceLimit&) = default;
};

} // namespace layerhold
