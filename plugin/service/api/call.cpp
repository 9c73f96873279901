// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/call.h"

#include <utility>

namespace layerhold::service {

namespace {

// The synchronous API says that a client left only when asked.
constexpr std::chrono::milliseconds askInterval{50};
// A client that reads nothing for so long has been stopped or forgotten; its call holds a thread, and may hold work.
constexpr std::chrono::seconds writePatience{30};

} // namespace

CallStop::CallStop(grpc::ServerContext& context, std::stop_token serviceStop)
    : m_serviceEnds(serviceStop, Forward{m_source})
    , m_watcher([this, &context](std::stop_token done) { watch(context, done); })
{}

void CallStop::watch(grpc::ServerContext& context, std::stop_token done)
{
    std::unique_lock lock(m_mutex);
    while (!done.stop_requested()) {
        const bool isStalled = m_writingSince && std::chrono::steady_clock::now() - *m_writingSince > writePatience;
        if (isStalled)
            context.TryCancel();
        if (isStalled || context.IsCancelled()) {
            m_source.request_stop();
            return;
        }
        m_wake.wait_for(lock, done, askInterval, [] { return false; });
    }
}

void CallStop::clientLeft()
{
    m_source.request_stop();
    throw Cancelled();
}

CallStop::Writing::Writing(CallStop& call)
    : m_call(call)
    , m_turn(call.m_writeMutex)
{
    const std::lock_guard lock(m_call.m_mutex);
    m_call.m_writingSince = std::chrono::steady_clock::now();
}

CallStop::Writing::~Writing()
{
    const std::lock_guard lock(m_call.m_mutex);
    m_call.m_writingSince.reset();
}

ProgressRelay::ProgressRelay(Send send)
    : m_send(std::move(send))
    , m_thread([this](std::stop_token done) { run(std::move(done)); })
{}

void ProgressRelay::tell(const Progress& progress)
{
    const std::lock_guard lock(m_mutex);
    m_next = progress;
    m_wake.notify_one();
}

void ProgressRelay::run(std::stop_token done)
{
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, done, [this] { return m_next.has_value(); })) {
        const Progress progress = *std::exchange(m_next, std::nullopt);
        lock.unlock();
        try {
            m_send(progress);
        } catch (const Cancelled&) {
            return; // the work hears of it by its stop token
        }
        lock.lock();
    }
}

Error stopping()
{
    return {ErrorCode::Unavailable, "the daemon is stopping; try again when it is up"};
}

void runLong(grpc::ServerContext& context, std::stop_token serviceStop, const std::function<void(CallStop&)>& work)
{
    CallStop call(context, serviceStop);
    try {
        work(call);
    } catch (const Cancelled&) {
        if (serviceStop.stop_requested())
            throw stopping();
        throw;
    }
}

} // namespace layerhold::service
