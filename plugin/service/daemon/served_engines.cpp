// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/daemon/served_engines.h"

#include "layerhold/cache.h"
#include "layerhold/error.h"
#include "service/daemon/peers.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace layerhold::service {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds firstRetry{1};
constexpr std::chrono::seconds longestRetry{30};
// How long calls of an engine that is removed have to end.
constexpr std::chrono::seconds removalGrace{2};

std::chrono::seconds retryDelay(unsigned failures)
{
    return std::min(longestRetry, firstRetry * (1 << std::min(failures, 5U)));
}

/// A containerd whose engine goes away under it loses the content it knows.
void requireUnused(const std::string& engine, const EngineServer* server)
{
    const std::vector<pid_t> peers = server ? server->peers() : std::vector<pid_t>();
    if (!peers.empty())
        throw Error(ErrorCode::FailedPrecondition,
                    "process " + std::to_string(peers.front()) + " has connected to engine " + engine +
                        " and still runs; stop it, or restart it with another content store, or use --force");
}

std::string unclaimedSocket(const std::string& name)
{
    return "the service manager made a socket for engine " + name +
           ", which nobody has added: who connects there waits. Add it by layerhold engine add " + name +
           ", or disable the socket unit";
}

} // namespace

ServedEngines::ServedEngines(Cache& cache, WorkerPool& workers, ServedEnginesOptions options, Log log)
    : m_cache(cache)
    , m_workers(workers)
    , m_log(std::move(log))
    , m_links(cache, FollowTimes(), m_log)
    , m_options(std::move(options))
{}

ServedEngines::~ServedEngines()
{
    stop(std::chrono::system_clock::now());
}

void ServedEngines::start(const std::optional<Engine>& elsewhere)
{
    const std::lock_guard lock(m_mutex);
    for (Engine& engine : m_cache.engines()) {
        Served& served = m_engines[engine.name];
        served.engine = std::move(engine);
        if (elsewhere && elsewhere->name == served.engine.name) {
            served.engine.socket = elsewhere->socket;
            served.server = startServer(served.engine);
        } else {
            serve(served);
        }
    }
    m_links.start();
    for (const std::string& name : m_options.inherited.contentEngines()) {
        if (!m_engines.contains(name))
            m_log(LogLevel::Warning, unclaimedSocket(name));
    }
    m_retrier = std::jthread([this](std::stop_token stop) { retryLoop(stop); });
}

void ServedEngines::stop(std::chrono::system_clock::time_point deadline)
{
    m_links.stop();
    if (m_retrier.joinable()) {
        m_retrier.request_stop();
        m_retrier.join();
    }
    std::map<std::string, Served> engines;
    {
        const std::lock_guard lock(m_mutex);
        engines = std::exchange(m_engines, {});
    }
    std::vector<std::jthread> stoppers;
    for (auto& [name, served] : engines) {
        if (served.server)
            stoppers.emplace_back([&server = *served.server, deadline] { server.stop(deadline); });
    }
}

std::vector<EngineState> ServedEngines::states()
{
    auto links = m_links.states();
    const std::lock_guard lock(m_mutex);
    std::vector<EngineState> states;
    for (const auto& [name, served] : m_engines) {
        states.push_back(stateOf(served));
        states.back().link = std::move(links[name]);
    }
    return states;
}

EngineState ServedEngines::setAddress(const std::string& name, const std::string& address)
{
    {
        const std::lock_guard change(m_changeMutex);
        m_links.setAddress(name, address);
    }
    for (EngineState& state : states())
        if (state.engine.name == name)
            return std::move(state);
    throw Error(ErrorCode::NotFound, "the engine " + name + " was removed meanwhile");
}

EngineState ServedEngines::add(const std::string& name, const std::string& socket, std::optional<Sharing> sharing)
{
    const std::lock_guard change(m_changeMutex);
    Engine engine = m_cache.addEngine(name, socket, sharing);
    auto links = m_links.states();
    const std::lock_guard lock(m_mutex);
    Served& served = m_engines[name];
    served.engine.sharing = engine.sharing;
    if (!served.server) {
        served.engine = std::move(engine);
        serve(served);
        m_retryChanged = true;
        m_wake.notify_all();
    }
    EngineState state = stateOf(served);
    state.link = std::move(links[name]);
    return state;
}

void ServedEngines::remove(const std::string& name, Removal removal)
{
    const std::lock_guard change(m_changeMutex);
    Served served;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_engines.find(name);
        if (found != m_engines.end()) {
            if (removal == Removal::WhenUnused)
                requireUnused(name, found->second.server.get());
            served = std::move(found->second);
            m_engines.erase(found);
        }
    }
    m_links.end(name);
    if (served.server) {
        served.server->stop(std::chrono::system_clock::now() + removalGrace);
        served.server.reset();
    }
    try {
        m_cache.removeEngine(name);
    } catch (const Error&) {
        if (!served.engine.name.empty()) {
            const std::lock_guard lock(m_mutex);
            Served& back = m_engines[name] = std::move(served);
            serve(back);
            m_retryChanged = true;
            m_wake.notify_all();
        }
        m_links.start();
        throw;
    }
    m_log(LogLevel::Info, "engine " + name + " is removed");
}

void ServedEngines::serve(Served& served)
{
    try {
        served.server = startServer(served.engine);
        served.problem.clear();
        served.failures = 0;
    } catch (const std::exception& error) {
        const std::string before = std::exchange(served.problem, error.what());
        served.retryAt = steady_clock::now() + retryDelay(served.failures);
        ++served.failures;
        if (served.problem != before) // not once more for every try
            m_log(LogLevel::Warning, "engine " + served.engine.name + " is not served: " + served.problem);
    }
}

std::unique_ptr<EngineServer> ServedEngines::startServer(const Engine& engine)
{
    EngineServerOptions options;
    options.listen = socketFor(engine.socket, m_options.group);
    options.listen.inheritedSocket = m_options.inherited.duplicateContent(engine.name);
    if (options.listen.inheritedSocket) {
        options.listen.path = boundPath(*options.listen.inheritedSocket);
        warnIfOpenToAll(options.listen.path, m_log);
    } else {
        options.allowPeer = peersOf(m_options.group);
    }
    auto server = std::make_unique<EngineServer>(m_cache.contentStore(engine.name), options, m_workers, m_log);
    server->start();
    m_log(LogLevel::Info, "engine " + engine.name + " is served on " + options.listen.path.string());
    return server;
}

void ServedEngines::retryLoop(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        steady_clock::time_point next = steady_clock::now() + longestRetry;
        for (auto& [name, served] : m_engines) {
            if (!served.server && served.retryAt <= steady_clock::now())
                serve(served);
            if (!served.server)
                next = std::min(next, served.retryAt);
        }
        m_wake.wait_until(lock, stop, next, [this] { return std::exchange(m_retryChanged, false); });
    }
}

EngineState ServedEngines::stateOf(const Served& served)
{
    return {.engine = served.engine,
            .serving = served.server != nullptr,
            .connections = served.server ? served.server->stats().accepted : 0,
            .problem = served.problem};
}

} // namespace layerhold::service
