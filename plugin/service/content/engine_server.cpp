// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/content/engine_server.h"

#include "layerhold/error.h"
#include "service/content/content_service.h"
#include "service/rpc/accept_loop.h"
#include "service/rpc/call.h"
#include "service/rpc/peer_processes.h"

#include <fmt/format.h>
#include <grpcpp/server_posix.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace layerhold::service {

namespace {

/// containerd sends messages of up to 16 MiB and some framing.
constexpr int MaximumMessageBytes = 32 << 20;
/// One stream at full speed: no waiting for window updates, no probing for a bandwidth that a socket does not have.
constexpr int StreamWindowBytes = 4 << 20;
constexpr int WriteBufferBytes = 1 << 20;

/// Calls that exist, and a way to wait until none does.
class CallCounter
{
public:
    void add()
    {
        const std::lock_guard lock(m_mutex);
        ++m_count;
    }

    void remove()
    {
        const std::lock_guard lock(m_mutex);
        --m_count;
        m_changed.notify_all(); // under the lock: the waiter may destroy us right after
    }

    void waitForNone()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_count == 0; });
    }

    std::uint64_t count() const
    {
        const std::lock_guard lock(m_mutex);
        return m_count;
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::uint64_t m_count = 0;
};

} // namespace

/// Everything that exists between start and stop. The order of members is the order of construction.
class EngineServer::Running
{
public:
    Running(ContentStore& store, const EngineServerOptions& options, WorkerPool& workers, const Log& log)
        : m_log(log)
        , m_listener(std::in_place, options.listen)
        , m_service(store, workers, log)
    {
        build(options);
        m_serving = std::thread([this] { serve(); });
        acceptCall();
        try {
            m_accepting.emplace(
                *m_listener, options.allowPeer,
                [this](int descriptor, const Peer& peer) {
                    m_peers.add(peer.pid);
                    grpc::AddInsecureChannelFromFd(m_server.get(), descriptor);
                },
                [this](const std::string& message) {
                    if (m_log)
                        m_log(LogLevel::Warning, message);
                });
        } catch (...) {
            stop(std::chrono::system_clock::now());
            throw;
        }
    }

    void stop(std::chrono::system_clock::time_point deadline)
    {
        m_accepting.reset();
        m_listener.reset();
        m_server->Shutdown(deadline);
        // The queue may end only when no coroutine can start an operation on it any more.
        m_calls.waitForNone();
        m_queue->Shutdown();
        m_serving.join();
    }

    std::vector<pid_t> peers() { return m_peers.alive(); }

    EngineServerStats stats() const
    {
        EngineServerStats result;
        result.accepted = m_accepting->accepted();
        result.refused = m_accepting->refused();
        result.exhausted = m_accepting->exhausted();
        result.calls = m_begun;
        result.openCalls = m_calls.count() - 1; // one always waits to begin
        return result;
    }

private:
    void build(const EngineServerOptions& options)
    {
        grpc::ServerBuilder builder;
        builder.SetMaxReceiveMessageSize(MaximumMessageBytes);
        builder.SetMaxSendMessageSize(-1);
        builder.AddChannelArgument(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, StreamWindowBytes);
        builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
        builder.AddChannelArgument(GRPC_ARG_HTTP2_WRITE_BUFFER_SIZE, WriteBufferBytes);
        builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.maxStreamsPerConnection);
        // Go clients measure their bandwidth with pings; that is no abuse on a unix socket.
        builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 0);
        builder.RegisterAsyncGenericService(&m_generic);
        m_queue = builder.AddCompletionQueue();
        m_server = builder.BuildAndStart();
        if (!m_server) {
            m_queue->Shutdown();
            drain();
            throw Error(ErrorCode::Internal, "gRPC did not start a server; its log on stderr says why");
        }
    }

    void serve()
    {
        void* tag = nullptr;
        bool ok = false;
        while (m_queue->Next(&tag, &ok))
            Completion::fromTag(tag)->completed(ok);
    }

    void drain()
    {
        void* tag = nullptr;
        bool ok = false;
        while (m_queue->Next(&tag, &ok)) {
        }
    }

    void acceptCall()
    {
        m_calls.add();
        Call::accept(
            m_generic, *m_queue,
            [this](std::shared_ptr<Call> call) {
                if (!call)
                    return;
                acceptCall();
                ++m_begun;
                m_service.serve(std::move(call));
            },
            [this] { m_calls.remove(); });
    }

    const Log& m_log;
    std::optional<UnixListener> m_listener;
    ContentService m_service;
    grpc::AsyncGenericService m_generic;
    std::unique_ptr<grpc::ServerCompletionQueue> m_queue;
    std::unique_ptr<grpc::Server> m_server;
    CallCounter m_calls;
    PeerProcesses m_peers;
    std::atomic<std::uint64_t> m_begun = 0;
    std::thread m_serving;
    std::optional<AcceptLoop> m_accepting;
};

EngineServer::EngineServer(std::shared_ptr<ContentStore> store, EngineServerOptions options, WorkerPool& workers,
                           Log log)
    : m_store(std::move(store))
    , m_options(std::move(options))
    , m_workers(workers)
    , m_log(std::move(log))
{}

EngineServer::~EngineServer()
{
    stop(std::chrono::system_clock::now());
}

void EngineServer::start()
{
    auto running = std::make_unique<Running>(*m_store, m_options, m_workers, m_log);
    const std::lock_guard lock(m_mutex);
    m_running = std::move(running);
}

void EngineServer::stop(std::chrono::system_clock::time_point deadline)
{
    std::unique_ptr<Running> running;
    {
        const std::lock_guard lock(m_mutex);
        running = std::move(m_running);
    }
    if (running)
        running->stop(deadline);
}

EngineServerStats EngineServer::stats() const
{
    const std::lock_guard lock(m_mutex);
    return m_running ? m_running->stats() : EngineServerStats{};
}

std::vector<pid_t> EngineServer::peers() const
{
    const std::lock_guard lock(m_mutex);
    return m_running ? m_running->peers() : std::vector<pid_t>();
}

} // namespace layerhold::service
