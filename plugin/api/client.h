// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"

#include <layerhold/v1/layerhold.grpc.pb.h>

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <memory>
#include <stop_token>
#include <string>
#include <utility>

namespace layerhold::api {

/// The typed client of all services of layerhold.v1: calls that throw Error with the code that the service threw, and
/// Cancelled when `stop` is asked for. Thread-safe; one connection that is not made anew when it breaks (Unavailable
/// from then on).
class Client
{
public:
    explicit Client(std::shared_ptr<grpc::Channel> channel);

    /// Connects to an API socket. Unavailable when nobody answers within a few seconds, Denied when the socket's mode
    /// keeps us out, Unsupported when something else than Layerhold answers; each names the socket.
    static Client connect(const std::string& socket);

    /// One answer. `method` is a member of a service's stub, such as &v1::Layerhold::Stub::GetStatus.
    template <class Stub, class Request, class Response>
    Response call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*), const Request& request,
                  std::stop_token stop = {})
    {
        Stub stub(m_channel);
        Response response;
        grpc::ClientContext context;
        const grpc::Status status =
            whileNotStopped(context, stop, [&] { return (stub.*method)(&context, request, &response); });
        requireOk(status, context, stop);
        return response;
    }

    /// One answer to a stream of requests. `next` fills in the one to send, and returns false when there is none left.
    /// What it throws cancels the call and goes on to the caller.
    template <class Stub, class Request, class Response, class Next>
    Response upload(std::unique_ptr<grpc::ClientWriter<Request>> (Stub::*method)(grpc::ClientContext*, Response*),
                    Next&& next, std::stop_token stop = {})
    {
        Stub stub(m_channel);
        Response response;
        grpc::ClientContext context;
        const grpc::Status status = whileNotStopped(context, stop, [&] {
            const auto writer = (stub.*method)(&context, &response);
            Request request;
            try {
                while (next(request) && writer->Write(request)) // a failed write means that the answer is there already
                    request.Clear();
            } catch (...) {
                context.TryCancel();
                writer->Finish();
                throw;
            }
            writer->WritesDone();
            return writer->Finish();
        });
        requireOk(status, context, stop);
        return response;
    }

    /// A stream of answers, each given to `onMessage` on this thread. What onMessage throws cancels the call and goes
    /// on to the caller.
    template <class Stub, class Request, class Response, class OnMessage>
    void stream(std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(grpc::ClientContext*, const Request&),
                const Request& request, OnMessage&& onMessage, std::stop_token stop = {})
    {
        Stub stub(m_channel);
        grpc::ClientContext context;
        const grpc::Status status = whileNotStopped(context, stop, [&] {
            const auto reader = (stub.*method)(&context, request);
            Response response;
            try {
                while (reader->Read(&response))
                    onMessage(std::as_const(response));
            } catch (...) {
                context.TryCancel();
                while (reader->Read(&response)) {
                }
                reader->Finish();
                throw;
            }
            return reader->Finish();
        });
        requireOk(status, context, stop);
    }

private:
    template <class Call>
    static grpc::Status whileNotStopped(grpc::ClientContext& context, const std::stop_token& stop, Call&& call)
    {
        const std::stop_callback cancel(stop, [&context] { context.TryCancel(); });
        return call();
    }

    static void requireOk(const grpc::Status& status, const grpc::ClientContext& context, const std::stop_token& stop);

    std::shared_ptr<grpc::Channel> m_channel;
};

} // namespace layerhold::api
