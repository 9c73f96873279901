// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <unordered_set>

namespace layerhold {

/// Which digests somebody works on: a commit and a removal of one digest exclude each other. Thread-safe.
///
/// Whoever holds several took them in ascending order, or by tryLock.
class BusyDigests
{
public:
    class Lock
    {
    public:
        Lock(BusyDigests& table, const Digest& digest);
        Lock(Lock&& other) noexcept;
        Lock& operator=(Lock&&) = delete;
        ~Lock();

    private:
        BusyDigests* m_table;
        Digest m_digest;
    };

    Lock lock(const Digest& digest);
    std::optional<Lock> tryLock(const Digest& digest);

private:
    void unlock(const Digest& digest);

    std::mutex m_mutex;
    std::condition_variable m_freed;
    std::unordered_set<Digest> m_busy;
};

} // namespace layerhold
