// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace layerhold {

/// Read-only connections that calls borrow. Thread-safe. No I/O happens under its lock.
class ReaderPool
{
public:
    ReaderPool(const std::filesystem::path& path, const std::string& vfs, std::size_t size);

    /// A borrowed connection; goes back on destruction.
    class Lease
    {
    public:
        Lease(ReaderPool& pool, std::unique_ptr<Connection> connection);
        Lease(Lease&&) noexcept = default;
        ~Lease();

        Connection& operator*() { return *m_connection; }

    private:
        ReaderPool* m_pool;
        std::unique_ptr<Connection> m_connection;
    };

    /// Waits until one is free: for as long as the others' queries take.
    Lease acquire();
    /// Never waits.
    std::optional<Lease> tryAcquire();

private:
    void giveBack(std::unique_ptr<Connection> connection);

    std::mutex m_mutex;
    std::condition_variable m_returned;
    std::vector<std::unique_ptr<Connection>> m_idle;
};

} // namespace layerhold
