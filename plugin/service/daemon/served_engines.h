// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/api/engine_host.h"
#include "service/content/engine_server.h"
#include "service/daemon/service_manager.h"
#include "service/link/engine_links.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace layerhold {
class Cache;
}

namespace layerhold::service {

struct ServedEnginesOptions
{
    std::optional<gid_t> group; ///< whose members may use the content sockets; nullopt: root and our own user only
    InheritedSockets inherited; ///< these are used instead of making a socket
};

/// Serves every engine of the index on its socket. An engine that cannot be served does not hold up the others: the
/// reason is in its state, and serving is tried again, less and less often, up to every half minute. Follows the
/// engines that have a link. Thread-safe.
class ServedEngines final : public EngineHost
{
public:
    /// All must outlive this object.
    ServedEngines(Cache& cache, WorkerPool& workers, ServedEnginesOptions options, Log log);
    ServedEngines(const ServedEngines&) = delete;
    ServedEngines& operator=(const ServedEngines&) = delete;
    ~ServedEngines() override;

    /// Serves all engines of the index. `elsewhere` names an engine that is to be served on another socket than the
    /// index says, and must be: a failure to do so is thrown.
    void start(const std::optional<Engine>& elsewhere);
    /// Ends all servers, each with the same deadline, at the same time.
    void stop(std::chrono::system_clock::time_point deadline);

    std::vector<EngineState> states() override;
    EngineState add(const std::string& name, const std::string& socket, std::optional<Sharing> sharing) override;
    EngineState setAddress(const std::string& name, const std::string& address) override;
    void remove(const std::string& name, Removal removal) override;

private:
    struct Served
    {
        Engine engine;
        std::unique_ptr<EngineServer> server; ///< nullptr while it is not served
        std::string problem;
        unsigned failures = 0;
        std::chrono::steady_clock::time_point retryAt;
    };

    /// One try; the outcome is in the record. m_mutex is held.
    void serve(Served& served);
    std::unique_ptr<EngineServer> startServer(const Engine& engine);
    void retryLoop(std::stop_token stop);
    static EngineState stateOf(const Served& served);

    Cache& m_cache;
    WorkerPool& m_workers;
    const Log m_log;
    EngineLinks m_links;

    std::mutex m_changeMutex; ///< one add or remove at a time; taken before m_mutex
    std::mutex m_mutex;       ///< guards what follows
    std::condition_variable_any m_wake;
    bool m_retryChanged = false; ///< the retrier has to look again when to try what
    ServedEnginesOptions m_options;
    std::map<std::string, Served> m_engines;
    std::jthread m_retrier; ///< last: ends before what it uses
};

} // namespace layerhold::service
