// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/completion_queue.h>

#include <chrono>
#include <coroutine>
#include <utility>

namespace layerhold::service {

/// What the tags of our completion queues point to. completed() is called on the serving thread, once per operation.
class Completion
{
public:
    virtual void completed(bool ok) = 0;

    void* tag() { return static_cast<void*>(this); }

    static Completion* fromTag(void* tag) { return static_cast<Completion*>(tag); }

protected:
    ~Completion() = default;
};

/// Awaits one gRPC operation: `start(tag)` begins it; the result is gRPC's `ok`. The coroutine goes on on the serving
/// thread, maybe before `start` has returned: `start` must touch nothing of the coroutine after it began the operation.
template <typename Start>
class [[nodiscard]] CompletionAwaiter final : private Completion
{
public:
    explicit CompletionAwaiter(Start start)
        : m_start(std::move(start))
    {}

    CompletionAwaiter(const CompletionAwaiter&) = delete;
    CompletionAwaiter& operator=(const CompletionAwaiter&) = delete;

    bool await_ready() const noexcept { return false; }

    void await_suspend(std::coroutine_handle<> coroutine)
    {
        m_coroutine = coroutine;
        m_start(tag());
    }

    bool await_resume() const noexcept { return m_ok; }

private:
    void completed(bool ok) override
    {
        m_ok = ok;
        m_coroutine.resume();
    }

    Start m_start;
    std::coroutine_handle<> m_coroutine;
    bool m_ok = false;
};

/// `co_await sleepFor(queue, time)`: the coroutine goes on on the queue's serving thread.
class [[nodiscard]] SleepAwaiter final : private Completion
{
public:
    SleepAwaiter(grpc::CompletionQueue& queue, std::chrono::milliseconds time)
        : m_queue(queue)
        , m_time(time)
    {}

    bool await_ready() const noexcept { return false; }

    void await_suspend(std::coroutine_handle<> coroutine)
    {
        m_coroutine = coroutine;
        m_alarm.Set(&m_queue, std::chrono::system_clock::now() + m_time, tag());
    }

    void await_resume() const noexcept {}

private:
    void completed(bool) override { m_coroutine.resume(); }

    grpc::CompletionQueue& m_queue;
    std::chrono::milliseconds m_time;
    std::coroutine_handle<> m_coroutine;
    grpc::Alarm m_alarm;
};

inline SleepAwaiter sleepFor(grpc::CompletionQueue& queue, std::chrono::milliseconds time)
{
    return SleepAwaiter(queue, time);
}

} // namespace layerhold::service
