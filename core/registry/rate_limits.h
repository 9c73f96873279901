// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/registry_client.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace layerhold::registry {

/// What registries last said of how often one may ask, by registry and by whom. Bounded; thread-safe.
class RateLimits
{
public:
    void note(const std::string& registry, const Identity& identity, RateLimit limit, TimePoint now);
    std::optional<RateLimit> find(const std::string& registry, const Identity& identity) const;
    std::vector<KnownRateLimit> all() const;

private:
    mutable std::mutex m_mutex;
    std::map<std::pair<std::string, Identity>, KnownRateLimit> m_limits; ///< guarded by m_mutex
};

} // namespace layerhold::registry
