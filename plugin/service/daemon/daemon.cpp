// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/daemon/daemon.h"

#include "api/client.h"
#include "layerhold/cache.h"
#include "service/api/api_services.h"
#include "service/api/space_reserve.h"
#include "service/daemon/api_server.h"
#include "service/daemon/metrics_server.h"
#include "service/daemon/peers.h"
#include "service/daemon/prometheus_text.h"
#include "service/daemon/served_engines.h"
#include "service/version.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <thread>

namespace layerhold::service {

namespace {

constexpr const char* defaultEngine = "default";
// Beyond the stop timeout: what ending the cancelled calls and the last flush may take.
constexpr std::chrono::seconds hangLimit{5};

std::unique_ptr<Cache> openCache(const DaemonOptions& options, const DaemonLog& log)
{
    CacheOptions cacheOptions;
    cacheOptions.root = options.root;
    cacheOptions.apiSocket = options.apiSocket;
    cacheOptions.eventsKept = options.eventsKept;
    cacheOptions.scrubRate = options.scrubRate;
    cacheOptions.log = &log;
    cacheOptions.tags = options.tags;
    cacheOptions.access = options.access;
    cacheOptions.stop = options.stop;
    cacheOptions.upkeep = CacheOptions::Upkeep::Thread;
    return openWithReserve(std::move(cacheOptions));
}

DaemonOptions withInherited(DaemonOptions options)
{
    if (const std::optional<int> socket = options.inherited.api())
        options.apiSocket = boundPath(*socket);
    return options;
}

/// Ends the process when it lives past the deadline.
class HangGuard
{
public:
    HangGuard(std::chrono::steady_clock::time_point deadline, const DaemonLog& log)
        : m_thread([this, deadline, &log](std::stop_token done) {
            std::unique_lock lock(m_mutex);
            m_wake.wait_until(lock, done, deadline, [] { return false; });
            if (done.stop_requested())
                return;
            log.write(LogLevel::Error, "stopping takes too long; exiting without waiting any more");
            ::_exit(1);
        })
    {}

private:
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_thread;
};

/// What the administrator has logged in to for the daemon, and nothing of the daemon's user.
registry::ProverOptions proverOptions(const DaemonOptions& options)
{
    registry::UserEnvironment machine;
    machine.uid = ::geteuid();
    machine.registryAuthFile = options.credentialsFile;
    registry::ProverOptions prover;
    prover.hosts = registry::HostConfigOptions::forUser(machine);
    prover.hosts.insecure = options.insecureRegistries;
    if (options.credentialsFile.empty())
        return prover;
    registry::CredentialFinderOptions finderOptions;
    finderOptions.user = machine;
    prover.credential = [finder = registry::CredentialFinder(std::move(finderOptions))](
                            const std::string& registry, const std::string& repository, const std::stop_token& stop) {
        return finder.find(registry, repository, stop).credential;
    };
    return prover;
}

ApiServiceOptions serviceOptions(const DaemonOptions& options)
{
    ApiServiceOptions service;
    service.host = ApiServiceOptions::Host::Daemon;
    service.maxFollowers = options.maxFollowers;
    service.trustedRegistries = options.trustedRegistries;
    if (options.hasBackgroundProofs)
        service.prover = proverOptions(options);
    return service;
}

} // namespace

/// In the order of construction; everything is torn down in the reverse one.
class Daemon::Parts
{
public:
    Parts(const DaemonOptions& options, const DaemonLog& log)
        : cache(openCache(options, log))
        , workers(options.maxWorkers)
        , engines(*cache, workers, {.group = findGroup(options.contentGroup), .inherited = options.inherited},
                  log.function())
        , services(*cache, engines, serviceOptions(options))
    {}

    std::unique_ptr<Cache> cache;
    WorkerPool workers;
    ServedEngines engines;
    ApiServices services;
    std::unique_ptr<ApiServer> apiServer;
    std::unique_ptr<MetricsServer> metricsServer;
};

Daemon::Daemon(DaemonOptions options, const DaemonLog& log)
    : m_options(withInherited(std::move(options)))
    , m_log(log)
    , m_parts(std::make_unique<Parts>(m_options, log))
{
    if (const std::string notice = m_parts->cache->status().notice; !notice.empty())
        m_log.write(LogLevel::Warning, notice);
    if (m_options.inherited.api() && !m_options.apiGroup.empty())
        m_log.write(LogLevel::Warning,
                    "api_group is of no effect on " + m_options.apiSocket +
                        ", which the service manager made: set SocketGroup= by systemctl edit layerhold.socket");
    for (const Engine& engine : m_parts->cache->engines())
        if (m_options.inherited.content(engine.name) && !m_options.contentGroup.empty())
            m_log.write(LogLevel::Warning,
                        "content_group is of no effect on the socket of engine " + engine.name +
                            ", which the service manager made: set SocketGroup= and SocketMode= by systemctl edit "
                            "layerhold-content@" +
                            engine.name + ".socket");
    serveDefault(m_options.contentSocket); // before the API can add engines
    const std::optional<gid_t> group = findGroup(m_options.apiGroup);
    ListenOptions listen = socketFor(m_options.apiSocket, group);
    listen.inheritedSocket = m_options.inherited.api();
    if (listen.inheritedSocket)
        warnIfOpenToAll(m_options.apiSocket, m_log.function());
    m_parts->apiServer = std::make_unique<ApiServer>(
        m_parts->services, listen, listen.inheritedSocket ? PeerPredicate() : peersOf(group), m_log.function());
    m_log.write(LogLevel::Info, "the API is served on " + m_options.apiSocket);
    serveMetrics(group);
}

void Daemon::serveMetrics(std::optional<gid_t> group)
{
    if (m_options.metricsListen.empty())
        return;
    MetricsServerOptions options;
    options.address = parseMetricsAddress(m_options.metricsListen);
    options.group = group;
    Parts& parts = *m_parts;
    try {
        parts.metricsServer = std::make_unique<MetricsServer>(
            std::move(options),
            [&parts] { return prometheusText(parts.cache->metrics().snapshot(), parts.engines.states(), version); },
            m_log.function());
        m_log.write(LogLevel::Info, "the metrics are served on " + parts.metricsServer->where());
    } catch (const Error& error) {
        // The engines are to be served whoever has taken the port.
        m_log.write(LogLevel::Error, std::string("the metrics are not served: ") + error.what());
    }
}

void Daemon::serveDefault(std::optional<std::string> socket)
{
    const std::vector<Engine> known = m_parts->cache->engines();
    const bool exists =
        std::any_of(known.begin(), known.end(), [](const Engine& e) { return e.name == defaultEngine; });
    if (!socket) {
        // A socket that was made for us for an engine nobody has added yet says which engine is meant.
        if (const std::optional<int> inherited = m_options.inherited.content(defaultEngine); inherited && !exists)
            m_parts->cache->addEngine(defaultEngine, boundPath(*inherited), Sharing::Open);
        m_parts->engines.start(std::nullopt);
        return;
    }
    if (!exists)
        m_parts->cache->addEngine(defaultEngine, *socket, Sharing::Open);
    Engine engine;
    engine.name = defaultEngine;
    engine.socket = *socket;
    m_parts->engines.start(engine);
}

Daemon::~Daemon()
{
    notifyManager("STOPPING=1\nSTATUS=Stopping");
    m_log.write(LogLevel::Info, "stopping");
    const HangGuard guard(std::chrono::steady_clock::now() + m_options.stopTimeout + hangLimit, m_log);
    const auto deadline = std::chrono::system_clock::now() + m_options.stopTimeout;
    m_parts->metricsServer.reset();
    {
        const std::jthread api([&] { m_parts->apiServer->stop(deadline); }); // followers and long work end at once
        m_parts->engines.stop(deadline);
    }
    m_parts.reset();
    m_log.write(LogLevel::Info, "stopped");
}

void Daemon::run(const std::function<void()>& onHangup)
{
    notifyManager("READY=1\nSTATUS=Serving " + m_options.root.string());
    m_log.write(LogLevel::Info, "ready");
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&signals, signal);
    // A third of the interval: one late probe is no reason to be killed.
    const std::chrono::nanoseconds interval = watchdogInterval().value_or(std::chrono::hours(1)) / 3;
    const timespec wait{.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(interval).count(),
                        .tv_nsec = (interval % std::chrono::seconds(1)).count()};
    while (true) {
        const int signal = ::sigtimedwait(&signals, nullptr, &wait);
        if (signal == SIGTERM || signal == SIGINT)
            return;
        if (signal == SIGHUP)
            onHangup();
        else if (signal < 0 && errno == EAGAIN)
            probe();
    }
}

void Daemon::probe()
{
    if (!watchdogInterval())
        return;
    try {
        api::Client::connect(m_options.apiSocket);
        notifyManager("WATCHDOG=1");
    } catch (const std::exception& error) {
        m_log.write(LogLevel::Error, std::string("self-probe failed: ") + error.what());
    }
}

} // namespace layerhold::service
