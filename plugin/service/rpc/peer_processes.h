// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <mutex>
#include <set>
#include <vector>

namespace layerhold::service {

/// The processes that connections came from (SO_PEERCRED), as far as they still exist. A process that has a connection
/// open is among them; so is one that had: gRPC does not tell which. Thread-safe.
class PeerProcesses
{
public:
    /// 0, a process of another process namespace, is left out: nothing can be told of it.
    void add(pid_t process);
    std::vector<pid_t> alive();

private:
    void forgetTheDead();

    std::mutex m_mutex;
    std::set<pid_t> m_processes; ///< guarded by the mutex
};

} // namespace layerhold::service
