// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"
#include "service/error_mapping.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <condition_variable>
#include <exception>
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

} // namespace layerhold::service
