// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/rpc/completion.h"

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace layerhold::service {

/// One call of any shape, with raw message bytes. Reads and writes are awaited; at most one of each is under way.
///
/// Shared by the coroutine that serves it and by gRPC's done notification, whichever ends last.
class Call
{
public:
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    /// Waits for the next call that a client begins and hands it to `onCall` on the serving thread; nullptr when the
    /// server shuts down. `onGone` runs when nothing is left of the call, begun or not; on any thread.
    using OnCall = std::function<void(std::shared_ptr<Call>)>;
    static void accept(grpc::AsyncGenericService& service, grpc::ServerCompletionQueue& queue, OnCall onCall,
                       std::function<void()> onGone);

    /// "/package.Service/Method".
    const std::string& method() const { return m_context.method(); }

    /// True once the client, a broken connection or a shutdown has ended the call. Any thread.
    bool isCancelled() const { return m_cancelled; }

    /// False at the client's half-close and when the call was cancelled.
    auto read(grpc::ByteBuffer& message)
    {
        return CompletionAwaiter([this, &message](void* tag) { m_stream.Read(&message, tag); });
    }

    /// False when the call is cancelled: nothing will reach the client any more. Flow control makes this wait.
    auto write(const grpc::ByteBuffer& message)
    {
        return CompletionAwaiter([this, &message](void* tag) { m_stream.Write(message, tag); });
    }

    /// Ends the call; only once.
    auto finish(const grpc::Status& status)
    {
        m_finished = true;
        return CompletionAwaiter([this, &status](void* tag) { m_stream.Finish(status, tag); });
    }

    /// Ends the call with a last message and OK in one go.
    auto finishWith(const grpc::ByteBuffer& message)
    {
        m_finished = true;
        return CompletionAwaiter([this, &message](void* tag) {
            m_stream.WriteAndFinish(message, grpc::WriteOptions(), grpc::Status::OK, tag);
        });
    }

    bool isFinished() const { return m_finished; }

    grpc::CompletionQueue& queue() { return m_queue; }

private:
    class Accepting;

    explicit Call(grpc::ServerCompletionQueue& queue);
    ~Call() = default;

    /// gRPC's notice that the call is over for it.
    class Done final : public Completion
    {
    public:
        explicit Done(Call& call)
            : m_call(call)
        {}

        void completed(bool ok) override;

    private:
        Call& m_call;
    };

    grpc::ServerCompletionQueue& m_queue;
    grpc::GenericServerContext m_context;
    grpc::GenericServerAsyncReaderWriter m_stream{&m_context};
    Done m_done{*this};
    std::shared_ptr<Call> m_untilDone;
    std::atomic<bool> m_cancelled = false;
    bool m_finished = false;
};

} // namespace layerhold::service
