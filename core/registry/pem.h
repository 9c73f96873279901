// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/types.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace layerhold::registry {

/// The content of a file of certificates or of a key. Error{FailedPrecondition} when it cannot be read, is empty or
/// over 1 MiB.
std::string readPemFile(const std::filesystem::path& file);

/// Lets the store trust the certificates in the text; nothing happens for an empty one. Error{FailedPrecondition} when
/// there is none in it.
void trustPem(X509_STORE& store, std::string_view authorities);

} // namespace layerhold::registry
