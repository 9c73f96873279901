// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/registry_options.h"
#include "registry/url.h"

namespace layerhold::registry {

/// Empty: none. Never one for this machine itself. Decided here and not by libcurl, because the guard of connections
/// has to know whether it is asked for the target or for the proxy.
const Secret& proxyFor(const Proxies& proxies, const Url& url);

} // namespace layerhold::registry
