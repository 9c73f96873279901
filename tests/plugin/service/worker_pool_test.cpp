// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#ifndef Q_MOC_RUN // moc of Qt 6.4 stumbles over the standard library's coroutines
#include "service/rpc/async.h"
#include "service/rpc/worker_pool.h"
#endif

#include <QTest>

#ifndef Q_MOC_RUN
#include <atomic>
#include <future>
#include <stdexcept>
#endif

using namespace layerhold::service;

namespace {

/// Runs a coroutine to its end and gives its result here.
template <typename T>
Detached drive(Async<T> work, std::promise<T>& result)
{
    try {
        result.set_value(co_await std::move(work));
    } catch (...) {
        result.set_exception(std::current_exception());
    }
}

template <typename T>
T await(Async<T> work)
{
    std::promise<T> promise;
    drive(std::move(work), promise);
    return promise.get_future().get();
}

Async<int> answer(WorkerPool& pool)
{
    const int half = co_await pool.run([] { return 21; });
    co_return half * 2;
}

Async<int> nested(WorkerPool& pool)
{
    const int first = co_await answer(pool);
    co_return first + co_await answer(pool);
}

Async<int> failing(WorkerPool& pool)
{
    co_await pool.run([] { throw std::runtime_error("broken"); });
    co_return 0;
}

Async<std::thread::id> threadAfterwards(WorkerPool& pool)
{
    const std::thread::id inside = co_await pool.run([] { return std::this_thread::get_id(); });
    co_return inside == std::this_thread::get_id() ? inside : std::thread::id();
}

/// Ends only once as many as are missing run at the same time.
class MeetingJob final : public WorkerPool::Job
{
public:
    MeetingJob(std::atomic<int>& missing, std::atomic<int>& ended)
        : m_missing(missing)
        , m_ended(ended)
    {}

    void run() noexcept override
    {
        if (--m_missing == 0)
            m_missing.notify_all();
        for (int missing = m_missing; missing > 0; missing = m_missing)
            m_missing.wait(missing);
        ++m_ended;
    }

private:
    std::atomic<int>& m_missing;
    std::atomic<int>& m_ended;
};

} // namespace

class WorkerPoolTest : public QObject
{
    Q_OBJECT

private slots:

    void givesResults()
    {
        WorkerPool pool(2);
        QCOMPARE(await(nested(pool)), 84);
    }

    void givesExceptions()
    {
        WorkerPool pool(1);
        QVERIFY_EXCEPTION_THROWN(await(failing(pool)), std::runtime_error);
    }

    void goesOnOnTheWorker()
    {
        WorkerPool pool(1);
        const std::thread::id worker = await(threadAfterwards(pool));
        QVERIFY(worker != std::thread::id());
        QVERIFY(worker != std::this_thread::get_id());
    }

    /// Eight jobs that wait for each other end only when eight run at once.
    void growsToItsLimit()
    {
        std::atomic<int> missing = 8;
        std::atomic<int> ended = 0;
        std::vector<MeetingJob> jobs(8, MeetingJob(missing, ended));
        {
            WorkerPool pool(8);
            for (MeetingJob& job : jobs)
                pool.post(job);
        }
        QCOMPARE(ended.load(), 8);
    }

    void idleThreadsEndExceptTheLast()
    {
        WorkerPool pool(8, std::chrono::milliseconds(1));
        for (int round = 0; round < 3; ++round) {
            std::atomic<int> missing = 8;
            std::atomic<int> ended = 0;
            std::vector<MeetingJob> jobs(8, MeetingJob(missing, ended));
            for (MeetingJob& job : jobs)
                pool.post(job);
            QTRY_COMPARE(ended.load(), 8);
            QTRY_COMPARE(pool.threads(), 1U);
        }
        QCOMPARE(await(nested(pool)), 84);
    }

    void destructionRunsWhatIsQueued()
    {
        std::atomic<int> done = 0;

        struct Count final : WorkerPool::Job
        {
            explicit Count(std::atomic<int>& counted)
                : counter(counted)
            {}

            void run() noexcept override { ++counter; }

            std::atomic<int>& counter;
        };

        std::vector<Count> jobs(1000, Count(done));
        {
            WorkerPool pool(2);
            for (Count& job : jobs)
                pool.post(job);
        }
        QCOMPARE(done.load(), 1000);
    }
};

QTEST_GUILESS_MAIN(WorkerPoolTest)
#include "worker_pool_test.moc"
