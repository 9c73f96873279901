// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "layerhold/error.h"
#include "service/api/messages.h"
#include "service/error_mapping.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>
#include <grpcpp/support/sync_stream.h>

#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace layerhold::service {

/// Runs the work of one call and turns what it throws into a status.
template <class Work>
grpc::Status answer(Work&& work)
{
    try {
        work();
        return grpc::Status::OK;
    } catch (...) {
        return currentExceptionToStatus();
    }
}

/// Asks for a stop when the client of a call has left or the service ends. Lives as long as the work of the call.
class CallStop
{
public:
    CallStop(grpc::ServerContext& context, std::stop_token serviceStop);
    CallStop(const CallStop&) = delete;
    CallStop& operator=(const CallStop&) = delete;

    std::stop_token token() const { return m_source.get_token(); }

    /// Throws Cancelled after asking for the stop.
    [[noreturn]] void clientLeft();

private:
    struct Forward
    {
        std::stop_source source;

        void operator()() { source.request_stop(); }
    };

    void watch(grpc::ServerContext& context, std::stop_token done);

    std::stop_source m_source;
    std::stop_callback<Forward> m_serviceEnds;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_watcher; ///< last: ends before what it uses
};

/// What a service throws out of calls that it ends because it stops.
Error stopping();

/// Runs work that can be stopped. A stop that the service asked for is Unavailable, not Cancelled.
void runLong(grpc::ServerContext& context, std::stop_token serviceStop, const std::function<void(CallStop&)>& work);

/// Writes one message of a streamed answer; ends the call when its client has left.
template <class Response>
void send(CallStop& call, grpc::ServerWriter<Response>& writer, const Response& message)
{
    if (!writer.Write(message))
        call.clientLeft();
}

/// Streams progress as the member `progress` of Response.
template <class Response>
OnProgress progressTo(CallStop& call, grpc::ServerWriter<Response>& writer)
{
    return [&call, &writer](const Progress& progress) {
        Response step;
        *step.mutable_progress() = messages::from(progress);
        send(call, writer, step);
    };
}

} // namespace layerhold::service
