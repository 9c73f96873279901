// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/content/content_service.h"
#include "service/content/wire.h"
#include "service/content/write_session.h"
#include "service/rpc/byte_buffers.h"

#include "layerhold/error.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace layerhold::service {

namespace {

using std::chrono::steady_clock;
using namespace std::chrono_literals;

/// A client that closed a stream and opens the next one for the same ref may be faster than we are in seeing the close:
/// the clients of containerd 1.6 and 1.7 take the refusal for final.
constexpr auto LockPatience = 450ms;
constexpr auto LockFirstDelay = 5ms;
constexpr auto LockLongestDelay = 25ms;

/// A stream whose file system makes the serving thread wait this long writes on the workers from then on.
constexpr auto SlowWrite = 2ms;

/// `co_await CommitAwaiter(...)`: starts the commit on the calling thread, goes on on the serving thread once it is
/// durable; gives the digest or the commit's exception.
class CommitAwaiter final : private Completion
{
public:
    CommitAwaiter(grpc::CompletionQueue& queue, WriteSession& session, const WriteRequest& request)
        : m_queue(queue)
        , m_session(session)
        , m_request(request)
    {}

    CommitAwaiter(const CommitAwaiter&) = delete;
    CommitAwaiter& operator=(const CommitAwaiter&) = delete;

    bool await_ready() const noexcept { return false; }

    void await_suspend(std::coroutine_handle<> coroutine)
    {
        m_coroutine = coroutine;
        m_session.startCommit(m_request, [this](std::exception_ptr failure, const Digest& digest) {
            if (failure)
                m_failure = std::move(failure);
            else
                m_digest = digest;
            // The committing thread has others to commit for: an alarm that is due at once carries us away from it.
            m_alarm.Set(&m_queue, std::chrono::system_clock::time_point(), tag());
        });
    }

    Digest await_resume()
    {
        if (m_failure)
            std::rethrow_exception(std::move(m_failure));
        return *m_digest;
    }

private:
    void completed(bool) override { m_coroutine.resume(); }

    grpc::CompletionQueue& m_queue;
    WriteSession& m_session;
    const WriteRequest& m_request;
    std::coroutine_handle<> m_coroutine;
    std::exception_ptr m_failure;
    std::optional<Digest> m_digest;
    grpc::Alarm m_alarm;
};

/// Opens the session on a worker, waiting a little for a ref that another stream is just about to let go.
Async<void> openSession(WriteSession& session, const WriteRequest& first, Call& call, WorkerPool& workers)
{
    const auto deadline = steady_clock::now() + LockPatience;
    for (std::chrono::milliseconds delay = LockFirstDelay;; delay = std::min(delay * 2, LockLongestDelay)) {
        try {
            co_await workers.run([&] { session.open(first); });
            co_return;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Locked || steady_clock::now() + delay > deadline)
                throw;
        }
        if (call.isCancelled())
            throw Cancelled();
        co_await sleepFor(call.queue(), delay);
    }
}

/// Handles one message on the thread it should run on.
Async<std::optional<WriteReply>> handleMessage(WriteSession& session, const WriteRequest& request, bool& isSlow,
                                               WorkerPool& workers)
{
    if (session.mayBlock(request) || (isSlow && request.dataSize > 0))
        co_return co_await workers.run([&] { return session.handle(request); });
    const auto begin = steady_clock::now();
    std::optional<WriteReply> reply = session.handle(request);
    if (steady_clock::now() - begin > SlowWrite)
        isSlow = true;
    co_return reply;
}

/// The messages of one stream. `final` gets the reply to a COMMIT; without it, the client closed its side.
Async<void> converse(WriteSession& session, Call& call, WorkerPool& workers, std::optional<WriteReply>& final)
{
    bool isOpen = false;
    bool isSlow = false;
    for (;;) {
        grpc::ByteBuffer buffer;
        const bool isThere = co_await call.read(buffer);
        if (!isThere) {
            if (!isOpen && !call.isCancelled())
                throw Error(ErrorCode::InvalidArgument, "the write ended without a message");
            co_return;
        }
        const Message message(buffer);
        const WriteRequest request = wire::parseWrite(message.pieces());
        if (!isOpen) {
            co_await openSession(session, request, call, workers);
            isOpen = true;
        }
        const std::optional<WriteReply> reply = co_await handleMessage(session, request, isSlow, workers);
        if (!reply) {
            const Digest digest = co_await CommitAwaiter(call.queue(), session, request);
            final = session.committed(digest);
            co_return;
        }
        const grpc::ByteBuffer answer = toByteBuffer(wire::encodeWriteReply(*reply));
        const bool isSent = co_await call.write(answer);
        if (!isSent)
            co_return;
    }
}

} // namespace

Async<void> ContentService::write(Call& call)
{
    WriteSession session(m_store);
    std::optional<WriteReply> final;
    std::exception_ptr failure;
    try {
        co_await converse(session, call, m_workers, final);
    } catch (...) {
        failure = std::current_exception();
    }

    // The ref is free before the client hears of the end: it may come back at once.
    if (final)
        session.close();
    else if (session.isOpen())
        co_await m_workers.run([&] { session.close(); });

    if (failure)
        std::rethrow_exception(std::move(failure));
    if (final) {
        const grpc::ByteBuffer answer = toByteBuffer(wire::encodeWriteReply(*final));
        co_await call.finishWith(answer);
    }
}

} // namespace layerhold::service
