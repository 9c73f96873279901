// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/http_types.h"

#include <functional>
#include <stop_token>

namespace layerhold::registry {

/// Three tries of one request, half a second and then a second apart, or as long as the server asks for in Retry-After,
/// up to half a minute: a server that wants longer gets no further try. Tried again is what a moment may cure: failed
/// connections, 429, 500, 502, 503 and 504. Never another 4xx, and nothing that ran out of time.
///
/// `attempt` sends it; `isRepeatable` is asked before another try, as what was handed out cannot be taken back.
HttpResponse tryThreeTimes(const RegistryOptions& options, const std::function<HttpResponse()>& attempt,
                           const std::function<bool()>& isRepeatable, std::stop_token stop);

/// Waits, or throws Cancelled.
void waitFor(const RegistryOptions& options, std::chrono::milliseconds time, std::stop_token stop);

/// What a Retry-After asks for: seconds, or a date. nullopt when it cannot be read.
std::optional<std::chrono::milliseconds> retryAfter(std::string_view value, TimePoint now);

} // namespace layerhold::registry
