// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace layerhold::test {

/// A JSON Web Token with these claims (RFC 7519), signed with ES256 by the key, whose certificate stands in the header
/// (`x5c`, RFC 7515). Both in PEM; the key is of the curve P-256.
std::string signedToken(std::string_view claims, const std::filesystem::path& certificate,
                        const std::filesystem::path& key);

} // namespace layerhold::test
