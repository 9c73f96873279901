// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/host_config.h"

#include <filesystem>
#include <string_view>
#include <vector>

namespace layerhold::registry {

/// What a hosts.toml of containerd says.
struct HostsToml
{
    std::vector<Endpoint> endpoints; ///< the tables [host."…"], in the order of the file
    Endpoint server;                 ///< tried last; an empty url: the registry itself
};

/// `file` is for messages, and what paths in the text are relative to. Fields that are not known are left alone, as
/// containerd does. Error{FailedPrecondition} with the line of what cannot be understood.
HostsToml parseHostsToml(std::string_view text, const std::filesystem::path& file);

/// "1m30s", "500ms": Go's time.ParseDuration, for durations above zero and up to an hour; nullopt for others.
std::optional<std::chrono::milliseconds> parseDialTimeout(std::string_view text);

} // namespace layerhold::registry
