// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/open_blob_cache.h"

namespace layerhold {

OpenBlobCache::OpenBlobCache(std::size_t capacity)
    : m_capacity(capacity)
{}

OpenBlobCache::Opened OpenBlobCache::find(const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_byDigest.find(digest);
    if (found == m_byDigest.end())
        return {};
    m_order.splice(m_order.begin(), m_order, found->second);
    return *found->second;
}

std::uint64_t OpenBlobCache::generation() const
{
    const std::lock_guard lock(m_mutex);
    return m_generation;
}

void OpenBlobCache::insert(Opened opened, std::uint64_t generation)
{
    Opened dropped; // closed after the lock is free
    const std::lock_guard lock(m_mutex);
    if (generation != m_generation)
        return;
    if (const auto found = m_byDigest.find(opened.blob->digest()); found != m_byDigest.end()) {
        dropped = std::exchange(*found->second, std::move(opened));
        m_order.splice(m_order.begin(), m_order, found->second);
        return;
    }
    m_order.push_front(std::move(opened));
    m_byDigest.emplace(m_order.front().blob->digest(), m_order.begin());
    if (m_order.size() > m_capacity) {
        dropped = std::move(m_order.back());
        m_byDigest.erase(dropped.blob->digest());
        m_order.pop_back();
    }
}

void OpenBlobCache::erase(const Digest& digest)
{
    Opened dropped;
    const std::lock_guard lock(m_mutex);
    ++m_generation;
    const auto found = m_byDigest.find(digest);
    if (found == m_byDigest.end())
        return;
    dropped = std::move(*found->second);
    m_order.erase(found->second);
    m_byDigest.erase(found);
}

} // namespace layerhold
