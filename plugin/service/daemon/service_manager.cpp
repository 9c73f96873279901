// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/daemon/service_manager.h"

#include "layerhold/error.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace layerhold::service {

InheritedSockets InheritedSockets::take()
{
    InheritedSockets sockets;
    char** names = nullptr;
    constexpr int clearVariables = 1;
    const int number = ::sd_listen_fds_with_names(clearVariables, &names);
    for (int i = 0; i < number; ++i) {
        if (!sockets.m_sockets.emplace(names[i], SD_LISTEN_FDS_START + i).second)
            ::close(SD_LISTEN_FDS_START + i);
        std::free(names[i]);
    }
    std::free(names);
    return sockets;
}

std::optional<int> InheritedSockets::content(const std::string& engine) const
{
    if (const std::optional<int> socket = find("content-" + engine))
        return socket;
    return engine == "default" ? find("default") : std::nullopt;
}

std::optional<int> InheritedSockets::duplicateContent(const std::string& engine) const
{
    const std::optional<int> socket = content(engine);
    if (!socket)
        return std::nullopt;
    const int duplicate = ::fcntl(*socket, F_DUPFD_CLOEXEC, SD_LISTEN_FDS_START);
    if (duplicate < 0)
        throw systemError(errno, "cannot use the socket that the service manager made for engine " + engine);
    return duplicate;
}

std::vector<std::string> InheritedSockets::contentEngines() const
{
    constexpr std::string_view prefix = "content-";
    std::vector<std::string> engines;
    for (const auto& [name, socket] : m_sockets) {
        if (name.starts_with(prefix))
            engines.push_back(name.substr(prefix.size()));
        else if (name == "default")
            engines.push_back(name);
    }
    return engines;
}

std::optional<int> InheritedSockets::find(const std::string& name) const
{
    const auto found = m_sockets.find(name);
    return found == m_sockets.end() ? std::nullopt : std::optional(found->second);
}

std::string boundPath(int descriptor)
{
    sockaddr_un address{};
    socklen_t size = sizeof address;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0 || address.sun_family != AF_UNIX ||
        size <= offsetof(sockaddr_un, sun_path))
        return {};
    return std::string(address.sun_path, ::strnlen(address.sun_path, size - offsetof(sockaddr_un, sun_path)));
}

void notifyManager(const std::string& state)
{
    ::sd_notify(0, state.c_str());
}

std::optional<std::chrono::microseconds> watchdogInterval()
{
    std::uint64_t microseconds = 0;
    if (::sd_watchdog_enabled(0, &microseconds) <= 0)
        return std::nullopt;
    return std::chrono::microseconds(microseconds);
}

} // namespace layerhold::service
