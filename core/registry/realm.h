// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/url.h"

#include <string>
#include <string_view>
#include <vector>

namespace layerhold::registry {

/// The address of the token service that a registry names, when a user's credential may be sent there:
/// - https, or http when the registry itself is talked to by http;
/// - no userinfo, no fragment;
/// - on the registry's own host, on any port; or on a host of the same registrable domain by the public suffix list
///   (auth.docker.io for registry-1.docker.io); or on a host that is trusted by configuration. Addresses and
///   "localhost" are only themselves.
/// Everything else is Error{FailedPrecondition}. Where the name leads to is DestinationPolicy's part.
Url requireRealm(const Url& registry, const std::vector<std::string>& trustedHosts, std::string_view realm);

} // namespace layerhold::registry
