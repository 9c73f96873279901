// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/call.h"

namespace layerhold::service {

namespace {

// The synchronous API says that a client left only when asked.
constexpr std::chrono::milliseconds askInterval{50};

} // namespace

CallStop::CallStop(grpc::ServerContext& context, std::stop_token serviceStop)
    : m_serviceEnds(serviceStop, Forward{m_source})
    , m_watcher([this, &context](std::stop_token done) { watch(context, done); })
{}

void CallStop::watch(grpc::ServerContext& context, std::stop_token done)
{
    std::unique_lock lock(m_mutex);
    while (!done.stop_requested()) {
        if (context.IsCancelled()) {
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
