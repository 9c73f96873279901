// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace layerhold::test {

/// A child process that is killed when the object goes out of scope, and by the kernel when this process dies.
class DaemonProcess
{
public:
    /// Standard error of the child is appended to `logFile`.
    DaemonProcess(const std::vector<std::string>& command, const std::string& logFile);
    ~DaemonProcess();
    DaemonProcess(const DaemonProcess&) = delete;
    DaemonProcess& operator=(const DaemonProcess&) = delete;

    pid_t pid() const { return m_pid; }

    bool isRunning();
    /// SIGKILL, and waits for the end.
    void kill();
    /// SIGTERM, and waits for the end. The exit status; 128 + n for a death by signal n.
    int terminate();

private:
    int wait();

    pid_t m_pid = -1;
    bool m_reaped = false;
    int m_status = 0;
};

/// `layerhold serve` on a root, with its two sockets beside it.
std::vector<std::string> serveCommand(const std::string& program, const std::string& root,
                                      const std::string& contentSocket, const std::string& apiSocket);

} // namespace layerhold::test
