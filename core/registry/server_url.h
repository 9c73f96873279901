// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace layerhold::registry {

/// The parts of an http or https URL that names a server. A value.
struct ServerUrl
{
    std::string scheme; ///< "http" or "https"
    std::string host;   ///< "host" or "host:port", in lower case
    std::string path;   ///< without a slash at the end; empty for the root
};

/// nullopt for anything else, and for what has a user, a password, a query or a fragment: those can be secret, and none
/// of them names a server. Nor does a host with percent escapes or a missing slash.
std::optional<ServerUrl> parseServerUrl(const std::string& text);

struct HostAndPort
{
    std::string host; ///< IPv6 addresses without brackets
    std::string port; ///< empty when there is none
};

HostAndPort splitHost(const std::string& registry);

/// This machine: "localhost", an address in 127.0.0.0/8, or ::1. Names that merely look so are not.
bool isLoopback(const std::string& host);

} // namespace layerhold::registry
