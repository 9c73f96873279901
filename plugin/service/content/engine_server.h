// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/content_store.h"
#include "layerhold/log.h"
#include "service/rpc/unix_listener.h"
#include "service/rpc/worker_pool.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace layerhold::service {

using LogLevel = layerhold::LogLevel;

/// Called from any thread of the server; must not block for long and must not throw.
using Log = std::function<void(LogLevel, const std::string& message)>;

struct EngineServerOptions
{
    ListenOptions listen;
    PeerPredicate allowPeer;            ///< empty: everybody who can open the socket file
    int maxStreamsPerConnection = 1000; ///< calls beyond wait in the client until one ends
};

struct EngineServerStats
{
    std::uint64_t accepted = 0;  ///< connections handed to gRPC since start
    std::uint64_t refused = 0;   ///< connections closed at once: peer not allowed, or descriptors nearly used up
    std::uint64_t exhausted = 0; ///< times accept failed for want of descriptors or memory
    std::uint64_t calls = 0;     ///< calls begun since start
    std::uint64_t openCalls = 0; ///< calls under way now
};

/// Serves containerd.services.content.v1 for one engine on its own socket: an accepting thread, a serving thread, and
/// the shared workers for what blocks.
///
/// start and stop are called by one thread; stats by any.
class EngineServer
{
public:
    /// `workers` must outlive the server. `log` may be empty.
    EngineServer(std::shared_ptr<ContentStore> store, EngineServerOptions options, WorkerPool& workers, Log log);
    EngineServer(const EngineServer&) = delete;
    EngineServer& operator=(const EngineServer&) = delete;
    /// Stops at once when still running.
    ~EngineServer();

    /// Returns when clients can connect. Errors as UnixListener. Called at most once.
    void start();

    /// Takes no more connections, lets calls that are under way end until `deadline`, cancels the rest, and returns
    /// when nothing of the server runs any more. Bytes of cut writes stay for a resume. Harmless when not running.
    void stop(std::chrono::system_clock::time_point deadline);

    EngineServerStats stats() const;

    /// Processes that connected since start and still exist; empty when not running.
    std::vector<pid_t> peers() const;

private:
    class Running;
    std::shared_ptr<ContentStore> m_store;
    EngineServerOptions m_options;
    WorkerPool& m_workers;
    Log m_log;
    mutable std::mutex m_mutex; ///< guards the pointer
    std::unique_ptr<Running> m_running;
};

} // namespace layerhold::service
