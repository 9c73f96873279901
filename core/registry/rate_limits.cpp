// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/rate_limits.h"

#include <algorithm>

namespace layerhold::registry {

namespace {

constexpr std::size_t mostLimits = 256;

} // namespace

void RateLimits::note(const std::string& registry, const Identity& identity, RateLimit limit, TimePoint now)
{
    const std::lock_guard lock(m_mutex);
    m_limits.insert_or_assign({registry, identity}, KnownRateLimit{registry, identity, std::move(limit), now});
    if (m_limits.size() > mostLimits)
        m_limits.erase(std::min_element(m_limits.begin(), m_limits.end(), [](const auto& one, const auto& other) {
            return one.second.saidAt < other.second.saidAt;
        }));
}

std::optional<RateLimit> RateLimits::find(const std::string& registry, const Identity& identity) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_limits.find({registry, identity});
    return found == m_limits.end() ? std::nullopt : std::optional(found->second.limit);
}

std::vector<KnownRateLimit> RateLimits::all() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<KnownRateLimit> limits;
    for (const auto& [key, limit] : m_limits)
        limits.push_back(limit);
    return limits;
}

} // namespace layerhold::registry
