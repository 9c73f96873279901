// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <cstddef>
#include <exception>
#include <list>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace layerhold::service {

/// Threads for work that may block. A thread is started when work waits and none is idle, up to `maxThreads`; beyond
/// that, work queues in order. The thread that worked last gets the next work; one that was idle for `idleTime` ends,
/// except the last.
///
/// Thread-safe. The queue needs no bound of its own: an entry is a suspended coroutine, and their number is bounded by
/// the calls that are open.
class WorkerPool
{
public:
    explicit WorkerPool(std::size_t maxThreads, std::chrono::milliseconds idleTime = std::chrono::seconds(10));
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    /// Runs what is queued, then ends the threads. Nobody may add work any more.
    ~WorkerPool();

    /// One piece of work; owned by whoever queues it, and not touched by the pool once run() was entered.
    class Job
    {
    public:
        virtual ~Job() = default;
        virtual void run() noexcept = 0;

    private:
        friend class WorkerPool;
        Job* m_next = nullptr;
    };

    void post(Job& job);

    /// Threads that there are now.
    std::size_t threads() const;

    /// `co_await pool.run(f)` runs f on a worker and gives its result or exception; the coroutine goes on on that
    /// worker's thread until it awaits something else.
    template <typename Function>
    auto run(Function function);

private:
    struct Worker
    {
        std::condition_variable wake;
        bool isIdle = false;
        std::thread thread;
    };

    using Workers = std::list<Worker>;

    void start();
    void work(Workers::iterator self);
    /// Waits for work; false when the thread is to end. m_mutex is held by `lock`.
    bool waitForWork(Worker& self, std::unique_lock<std::mutex>& lock);
    /// Ends the calling thread's membership and joins the thread that ended before it.
    void retire(Workers::iterator self, std::unique_lock<std::mutex>& lock);

    const std::size_t m_maxThreads;
    const std::chrono::milliseconds m_idleTime;
    mutable std::mutex m_mutex;
    Job* m_first = nullptr;
    Job* m_last = nullptr;
    bool m_stopping = false;
    Workers m_workers;
    std::vector<Worker*> m_idle; ///< the one that worked last at the back
    std::thread m_retired;       ///< the thread that ended last; every other one is joined
};

namespace detail {

template <typename Function>
class WorkerAwaiter final : private WorkerPool::Job
{
    using Result = std::invoke_result_t<Function&>;

    struct Nothing
    {};

    using Stored = std::conditional_t<std::is_void_v<Result>, Nothing, Result>;

public:
    WorkerAwaiter(WorkerPool& pool, Function function)
        : m_pool(pool)
        , m_function(std::move(function))
    {}

    WorkerAwaiter(const WorkerAwaiter&) = delete;
    WorkerAwaiter& operator=(const WorkerAwaiter&) = delete;

    bool await_ready() const noexcept { return false; }

    void await_suspend(std::coroutine_handle<> coroutine)
    {
        m_coroutine = coroutine;
        m_pool.post(*this);
    }

    Result await_resume()
    {
        if (m_failure)
            std::rethrow_exception(std::move(m_failure));
        if constexpr (!std::is_void_v<Result>)
            return std::move(*m_result);
    }

private:
    void run() noexcept override
    {
        try {
            if constexpr (std::is_void_v<Result>)
                m_function();
            else
                m_result.emplace(m_function());
        } catch (...) {
            m_failure = std::current_exception();
        }
        m_coroutine.resume();
    }

    WorkerPool& m_pool;
    Function m_function;
    std::coroutine_handle<> m_coroutine;
    std::optional<Stored> m_result;
    std::exception_ptr m_failure;
};

} // namespace detail

template <typename Function>
auto WorkerPool::run(Function function)
{
    return detail::WorkerAwaiter<Function>(*this, std::move(function));
}

} // namespace layerhold::service
