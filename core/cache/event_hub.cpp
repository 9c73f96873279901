// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/event_hub.h"

#include <algorithm>

namespace layerhold {

void EventHub::publish(std::uint64_t last)
{
    {
        const std::lock_guard lock(m_mutex);
        m_last = std::max(m_last, last);
    }
    m_changed.notify_all();
}

std::uint64_t EventHub::last() const
{
    const std::lock_guard lock(m_mutex);
    return m_last;
}

bool EventHub::wait(std::uint64_t sequence, std::chrono::steady_clock::time_point deadline, std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_until(lock, std::move(stop), deadline, [&] { return m_last > sequence; });
}

} // namespace layerhold
