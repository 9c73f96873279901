// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/rpc/peer_processes.h"

#include <signal.h>

#include <cerrno>

namespace layerhold::service {

namespace {

/// EPERM says that there is one, of another user.
bool exists(pid_t process)
{
    return ::kill(process, 0) == 0 || errno == EPERM;
}

} // namespace

void PeerProcesses::add(pid_t process)
{
    const std::lock_guard lock(m_mutex);
    if (process <= 0 || m_processes.contains(process))
        return;
    forgetTheDead(); // so that the set does not grow with every short-lived client
    m_processes.insert(process);
}

std::vector<pid_t> PeerProcesses::alive()
{
    const std::lock_guard lock(m_mutex);
    forgetTheDead();
    return {m_processes.begin(), m_processes.end()};
}

void PeerProcesses::forgetTheDead()
{
    std::erase_if(m_processes, [](pid_t process) { return !exists(process); });
}

} // namespace layerhold::service
