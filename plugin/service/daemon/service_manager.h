// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace layerhold::service {

/// Listening sockets that the service manager made for us, by their FileDescriptorName: "api", "content-<engine>",
/// "default" (the same as content-default). Taken once; they stay open as long as the process lives, as does the
/// manager's side: an engine that is served again later finds its socket again.
class InheritedSockets
{
public:
    /// Those of this process (LISTEN_FDS); also clears the variables, so that no child takes them for its own.
    static InheritedSockets take();

    std::optional<int> api() const { return find("api"); }

    std::optional<int> content(const std::string& engine) const;
    /// A duplicate of it, which is the caller's.
    std::optional<int> duplicateContent(const std::string& engine) const;
    /// The engines whose sockets are here, by name.
    std::vector<std::string> contentEngines() const;

private:
    std::optional<int> find(const std::string& name) const;

    std::map<std::string, int> m_sockets;
};

/// The path a listening socket is bound to; empty when that cannot be told.
std::string boundPath(int descriptor);

/// sd_notify: "READY=1", "STATUS=…". Does nothing when nobody listens.
void notifyManager(const std::string& state);

/// How often the manager wants to hear from us; nullopt when it does not.
std::optional<std::chrono::microseconds> watchdogInterval();

} // namespace layerhold::service
