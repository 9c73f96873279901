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
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace layerhold::service {

/// Runs the work of one call and turns what it throws into a status, beside which the code of an Error travels.
template <class Work>
grpc::Status answer(grpc::ServerContext& context, Work&& work)
{
    try {
        work();
        return grpc::Status::OK;
    } catch (const Error& error) {
        context.AddTrailingMetadata(errorCodeKey, std::string(toString(error.code())));
        return toStatus(error);
    } catch (...) {
        return currentExceptionToStatus();
    }
}

/// Asks for a stop when the client of a call has left, does not read what is written to it, or the service ends. Lives
/// as long as the work of the call.
class CallStop
{
public:
    /// A message is being written for as long as this lives. One at a time: another one waits.
    class Writing
    {
    public:
        explicit Writing(CallStop& call);
        Writing(const Writing&) = delete;
        Writing& operator=(const Writing&) = delete;
        ~Writing();

    private:
        CallStop& m_call;
        std::lock_guard<std::mutex> m_turn;
    };

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

    std::mutex m_writeMutex; ///< held while a message is written
    std::stop_source m_source;
    std::stop_callback<Forward> m_serviceEnds;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<std::chrono::steady_clock::time_point> m_writingSince; ///< guarded by m_mutex
    std::jthread m_watcher;                                              ///< last: ends before what it uses
};

/// What a service throws out of calls that it ends because it stops.
Error stopping();

/// Runs work that can be stopped. A stop that the service asked for is Unavailable, not Cancelled.
void runLong(grpc::ServerContext& context, std::stop_token serviceStop, const std::function<void(CallStop&)>& work);

/// Writes one message of a streamed answer; ends the call when its client has left, or does not read for half a minute.
template <class Response>
void send(CallStop& call, grpc::ServerWriter<Response>& writer, const Response& message)
{
    const CallStop::Writing writing(call);
    if (!writer.Write(message))
        call.clientLeft();
}

/// Hands progress from the thread that works to one that may wait for the client. Of what piles up, only the newest is
/// handed on; destruction waits until that is done.
class ProgressRelay
{
public:
    using Send = std::function<void(const Progress&)>;

    explicit ProgressRelay(Send send);
    void tell(const Progress& progress);

private:
    void run(std::stop_token done);

    Send m_send;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<Progress> m_next;
    std::jthread m_thread; ///< last: ends before what it uses
};

/// Streams progress as the member `progress` of Response, from a thread of its own: work never waits for a client. The
/// thread ends with the last copy of the result, which must be gone before anything else is written to `writer`.
template <class Response>
OnProgress progressTo(CallStop& call, grpc::ServerWriter<Response>& writer)
{
    const auto relay = std::make_shared<ProgressRelay>([&call, &writer](const Progress& progress) {
        Response step;
        *step.mutable_progress() = messages::from(progress);
        send(call, writer, step);
    });
    return [relay](const Progress& progress) { relay->tell(progress); };
}

} // namespace layerhold::service
