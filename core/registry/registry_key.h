// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold::registry {

/// How the keys of credential files name registries. Keys are compared only in normal form and only whole, so that no
/// key can stand for a registry whose name merely begins or ends like it.

/// True for text that is made as "host", "host:port" or "[address]:port".
bool isHostText(std::string_view text);

/// In lower case; "docker.io" for all names of Docker Hub.
std::string normalHost(std::string_view registry);

/// "host[:port]", or "host[:port]/path" for a key that is for the repositories below that path alone. A scheme is left
/// out, and so is the path "v1" or "v2" of the registry's own interface, as Docker wrote it once. nullopt for a key
/// that names no registry.
std::optional<std::string> normalKey(std::string_view key);

/// The normal keys that are for a repository, the narrowest first: "host/a/b", "host/a", "host".
std::vector<std::string> keysFor(std::string_view registry, std::string_view repository);

/// What Docker calls the registry in its file and towards helpers: "https://index.docker.io/v1/" for Docker Hub, the
/// host itself for others.
std::string dockerKey(std::string_view registry);

} // namespace layerhold::registry
