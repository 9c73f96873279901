// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "crash/daemon_process.h"

#include "layerhold/error.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace layerhold::test {

DaemonProcess::DaemonProcess(const std::vector<std::string>& command, const std::string& logFile)
{
    std::vector<char*> arguments;
    for (const std::string& argument : command)
        arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    const pid_t parent = ::getpid();

    m_pid = ::fork();
    if (m_pid < 0)
        throw systemError(errno, "fork");
    if (m_pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent)
            ::_exit(126);
        const int log = ::open(logFile.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        const int nothing = ::open("/dev/null", O_RDWR);
        ::dup2(nothing, STDIN_FILENO);
        ::dup2(nothing, STDOUT_FILENO);
        ::dup2(log >= 0 ? log : nothing, STDERR_FILENO);
        ::execv(arguments.front(), arguments.data());
        ::_exit(127);
    }
}

DaemonProcess::~DaemonProcess()
{
    kill();
}

bool DaemonProcess::isRunning()
{
    if (m_reaped)
        return false;
    if (::waitpid(m_pid, &m_status, WNOHANG) == m_pid)
        m_reaped = true;
    return !m_reaped;
}

void DaemonProcess::kill()
{
    if (!m_reaped)
        ::kill(m_pid, SIGKILL);
    wait();
}

int DaemonProcess::terminate()
{
    if (!m_reaped)
        ::kill(m_pid, SIGTERM);
    return wait();
}

int DaemonProcess::wait()
{
    while (!m_reaped) {
        if (::waitpid(m_pid, &m_status, 0) == m_pid || errno != EINTR)
            m_reaped = true;
    }
    return WIFEXITED(m_status) ? WEXITSTATUS(m_status) : 128 + WTERMSIG(m_status);
}

std::vector<std::string> serveCommand(const std::string& program, const std::string& root,
                                      const std::string& contentSocket, const std::string& apiSocket)
{
    return {program, "serve", "--root", root, "--content-socket", contentSocket, "--api-socket", apiSocket};
}

} // namespace layerhold::test
