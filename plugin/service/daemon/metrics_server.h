// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/content/engine_server.h"
#include "service/rpc/unix_listener.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace layerhold::service {

/// Where the metrics are served.
struct MetricsAddress
{
    std::string socket; ///< a unix socket when not empty, else:
    std::string host;   ///< a loopback address: in 127.0.0.0/8, or ::1
    unsigned port = 0;  ///< 0: any that is free
};

/// "/run/layerhold/metrics.sock", "127.0.0.1:9464", "localhost:9464", "[::1]:9464". InvalidArgument for anything else:
/// there is no password, so nobody but this machine may ask.
MetricsAddress parseMetricsAddress(const std::string& text);

struct MetricsServerOptions
{
    MetricsAddress address;
    std::optional<gid_t> group;                 ///< of the unix socket
    std::size_t mostConnections = 16;           ///< another one ends the oldest
    std::size_t longestRequest = 8192;          ///< bytes up to the empty line
    std::chrono::milliseconds patience{10'000}; ///< a connection lives so long at most
};

/// HTTP/1.1 GET /metrics, for Prometheus: one thread, no keep-alive, bounded requests, deadlines. A client that is slow
/// or silent holds up nobody else.
class MetricsServer
{
public:
    /// Clients can connect when it returns. `page` makes the text; what it throws is answered as 503. Errors as
    /// UnixListener, and Locked for a port that is taken.
    MetricsServer(MetricsServerOptions options, std::function<std::string()> page, Log log);
    MetricsServer(const MetricsServer&) = delete;
    MetricsServer& operator=(const MetricsServer&) = delete;
    /// Ends connections at once.
    ~MetricsServer();

    /// For people: the socket, or host and port.
    std::string where() const;

    unsigned port() const { return m_options.address.port; }

private:
    class Connection;

    void listenOnPort();
    void run(const std::stop_token& stop);
    void acceptSome(std::vector<std::unique_ptr<Connection>>& connections);
    std::string answerTo(const std::string& request) const;

    MetricsServerOptions m_options;
    std::function<std::string()> m_page;
    Log m_log;
    std::unique_ptr<UnixListener> m_unixListener;
    int m_portListener = -1;
    int m_wake = -1; ///< eventfd: the thread is to look at its stop token
    std::jthread m_thread;
};

} // namespace layerhold::service
