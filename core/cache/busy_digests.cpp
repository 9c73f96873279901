// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/busy_digests.h"

#include <utility>

namespace layerhold {

BusyDigests::Lock::Lock(BusyDigests& table, const Digest& digest)
    : m_table(&table)
    , m_digest(digest)
{}

BusyDigests::Lock::Lock(Lock&& other) noexcept
    : m_table(std::exchange(other.m_table, nullptr))
    , m_digest(other.m_digest)
{}

BusyDigests::Lock::~Lock()
{
    if (m_table)
        m_table->unlock(m_digest);
}

BusyDigests::Lock BusyDigests::lock(const Digest& digest)
{
    std::unique_lock lock(m_mutex);
    m_freed.wait(lock, [&] { return m_busy.insert(digest).second; });
    return Lock(*this, digest);
}

std::optional<BusyDigests::Lock> BusyDigests::tryLock(const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    if (!m_busy.insert(digest).second)
        return std::nullopt;
    return std::optional<Lock>(std::in_place, *this, digest);
}

void BusyDigests::unlock(const Digest& digest)
{
    {
        const std::lock_guard lock(m_mutex);
        m_busy.erase(digest);
    }
    m_freed.notify_all();
}

} // namespace layerhold
