// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/fills.h"

#include "layerhold/error.h"

namespace layerhold::registry {

Fills::Turn::~Turn()
{
    m_fills.end(m_fill);
}

Fills::Turn Fills::begin(const Fill& fill, const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    if (!m_changed.wait(lock, stop, [&] { return !m_running.contains(fill); }))
        throw Cancelled();
    m_running.insert(fill);
    return {*this, fill};
}

void Fills::end(const Fill& fill)
{
    {
        const std::lock_guard lock(m_mutex);
        m_running.erase(fill);
    }
    m_changed.notify_all();
}

} // namespace layerhold::registry
