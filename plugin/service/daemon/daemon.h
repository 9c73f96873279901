// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/access.h"
#include "layerhold/tags.h"
#include "service/daemon/daemon_log.h"
#include "service/daemon/service_manager.h"

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace layerhold::service {

struct DaemonOptions
{
    std::filesystem::path root;
    std::string apiSocket;
    std::optional<std::string> contentSocket; ///< serves the engine "default" here, sharing open, besides the others
    std::string apiGroup;
    std::string contentGroup;
    std::uint64_t eventsKept = 100'000;
    std::uint64_t scrubRate = 0; ///< bytes per second
    std::string metricsListen;   ///< where Prometheus may ask, as of parseMetricsAddress; empty: nowhere
    TagOptions tags;
    std::vector<std::string> insecureRegistries;
    std::vector<std::string> trustedRegistries; ///< as of RegistryOptions
    std::filesystem::path credentialsFile;      ///< for work in the background; empty: none
    bool hasBackgroundProofs = false;
    AccessOptions access;
    std::size_t maxFollowers = 64;
    std::size_t maxWorkers = 32;
    std::chrono::seconds stopTimeout{10};
    InheritedSockets inherited;
    std::stop_token stop = {}; ///< ends an opening that has to make the index anew first
};

/// The owner of a cache root, serving its engines and the API. Lives from "sockets accept" to "everything is written".
class Daemon
{
public:
    /// Opens the cache and serves; clients can connect when it returns. Errors as Cache::open and UnixListener;
    /// Cancelled as Cache::open. `log` must outlive it.
    Daemon(DaemonOptions options, const DaemonLog& log);
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;
    /// Gives calls that are under way until the stop timeout, then ends them. If even that hangs (a disk that does not
    /// answer) the process exits: everything acknowledged is durable by then.
    ~Daemon();

    /// Serves until SIGTERM or SIGINT, which must be blocked in all threads, as must SIGHUP; calls `onHangup` on that.
    /// Pings the service manager's watchdog after each self-probe through the API socket that succeeded.
    void run(const std::function<void()>& onHangup);

private:
    class Parts;

    void serveDefault(std::optional<std::string> socket);
    void serveMetrics(std::optional<gid_t> group);
    void probe();

    DaemonOptions m_options;
    const DaemonLog& m_log;
    std::unique_ptr<Parts> m_parts;
};

} // namespace layerhold::service
