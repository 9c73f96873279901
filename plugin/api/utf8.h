// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace layerhold::api {

/// Takes one character off the front of `rest`, which must not be empty. nullopt: the first byte is not the start of a
/// well-formed character (RFC 3629: no overlong forms, no surrogates); exactly that byte is taken.
std::optional<char32_t> takeCharacter(std::string_view& rest);

/// Every byte that is not part of well-formed UTF-8 becomes U+FFFD. Protocol buffers refuse a whole message for one bad
/// byte in a string, and file names and refs are bytes of anybody's choice.
std::string toUtf8(std::string_view bytes);

/// Text from outside made safe for a terminal: control characters, escape sequences, direction overrides and bytes that
/// are no UTF-8 become visible `\x1b`-like spellings. Newlines too: one value stays on one line.
std::string neutralise(std::string_view text);

} // namespace layerhold::api
