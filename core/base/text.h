// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace layerhold::text {

/// Lower-case hexadecimal digits, two for each byte.
std::string hex(std::span<const std::byte> bytes);

/// The value of a lower-case hexadecimal digit; -1 for any other character.
int hexDigit(char character);

/// Text of unknown origin made fit for a message: in double quotes, printable ASCII only (the rest as \xNN, quotes and
/// backslashes escaped), cut after 100 characters with "..." behind the closing quote.
std::string quoted(std::string_view text);

/// As quoted, for a path: long enough for the names of blobs, whose ends matter.
std::string quotedPath(const std::filesystem::path& path);

/// "0 B", "999 B", "1.5 KiB", "2.0 GiB": for people; binary units, one decimal.
std::string byteSize(std::uint64_t bytes);

} // namespace layerhold::text
