// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"

#include <mutex>
#include <set>

namespace layerhold {

/// Blobs that are still to be looked after, most of all those whose row and file may disagree because a commit or a
/// removal failed between the two: they are settled as soon as that works, and while there are any, the shutdown is not
/// a clean one. Thread-safe.
class Strays
{
public:
    void add(const Digest& digest)
    {
        const std::lock_guard lock(m_mutex);
        m_digests.insert(digest);
    }

    void remove(const Digest& digest)
    {
        const std::lock_guard lock(m_mutex);
        m_digests.erase(digest);
    }

    bool contains(const Digest& digest) const
    {
        const std::lock_guard lock(m_mutex);
        return m_digests.contains(digest);
    }

    std::set<Digest> all() const
    {
        const std::lock_guard lock(m_mutex);
        return m_digests;
    }

private:
    mutable std::mutex m_mutex;
    std::set<Digest> m_digests;
};

} // namespace layerhold
