// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/worker_pool.h"

#include <exception>

namespace layerhold {

WorkerPool::WorkerPool(unsigned threads)
{
    for (unsigned i = 0; i < threads; ++i)
        m_threads.emplace_back([this](std::stop_token stop) { run(stop); });
}

WorkerPool::~WorkerPool()
{
    shutDown();
}

void WorkerPool::submit(Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_changed.notify_one();
}

void WorkerPool::shutDown()
{
    for (std::jthread& thread : m_threads)
        thread.request_stop();
    m_threads.clear(); // joins
    const std::lock_guard lock(m_mutex);
    m_tasks.clear();
}

void WorkerPool::run(const std::stop_token& stop)
{
    for (;;) {
        Task task;
        {
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, stop, [this] { return !m_tasks.empty(); }) || stop.stop_requested())
                return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        try {
            task(stop);
        } catch (const std::exception&) {
            // Nobody waits for a task; who needs its result meets the same fault and tells it.
        }
    }
}

} // namespace layerhold
