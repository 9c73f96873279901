// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/rpc/worker_pool.h"

#include <algorithm>
#include <system_error>

namespace layerhold::service {

WorkerPool::WorkerPool(std::size_t maxThreads, std::chrono::milliseconds idleTime)
    : m_maxThreads(std::max<std::size_t>(maxThreads, 1))
    , m_idleTime(idleTime)
{
    m_idle.reserve(m_maxThreads);
    const std::lock_guard lock(m_mutex);
    // One thread from the start: later starts may fail for want of resources, this one makes sure that work goes on.
    start();
}

WorkerPool::~WorkerPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true; // nobody retires any more: the list stays as it is
        for (Worker* idle : m_idle)
            idle->wake.notify_one();
    }
    for (Worker& worker : m_workers)
        worker.thread.join();
    if (m_retired.joinable())
        m_retired.join();
}

std::size_t WorkerPool::threads() const
{
    const std::lock_guard lock(m_mutex);
    return m_workers.size();
}

void WorkerPool::post(Job& job)
{
    const std::lock_guard lock(m_mutex);
    job.m_next = nullptr;
    if (m_last)
        m_last->m_next = &job;
    else
        m_first = &job;
    m_last = &job;
    if (!m_idle.empty()) {
        Worker& next = *m_idle.back();
        m_idle.pop_back();
        next.isIdle = false;
        next.wake.notify_one();
    } else if (m_workers.size() < m_maxThreads) {
        try {
            start();
        } catch (const std::system_error&) {
            // No thread to be had: the running ones take the job when they are free.
        }
    }
}

void WorkerPool::start()
{
    const Workers::iterator self = m_workers.emplace(m_workers.end());
    try {
        self->thread = std::thread([this, self] { work(self); });
    } catch (...) {
        m_workers.erase(self);
        throw;
    }
}

void WorkerPool::work(Workers::iterator self)
{
    std::unique_lock lock(m_mutex);
    while (waitForWork(*self, lock)) {
        Job& job = *std::exchange(m_first, m_first->m_next);
        if (!m_first)
            m_last = nullptr;
        lock.unlock();
        job.run();
        lock.lock();
    }
    if (!m_stopping)
        retire(self, lock);
}

bool WorkerPool::waitForWork(Worker& self, std::unique_lock<std::mutex>& lock)
{
    while (!m_first) {
        if (m_stopping)
            return false;
        self.isIdle = true;
        m_idle.push_back(&self);
        self.wake.wait_for(lock, m_idleTime, [&] { return !self.isIdle || m_stopping; });
        if (!self.isIdle)
            continue; // called; somebody else may have been faster
        self.isIdle = false;
        std::erase(m_idle, &self);
        if (!m_first && !m_stopping && m_workers.size() > 1)
            return false;
    }
    return true;
}

void WorkerPool::retire(Workers::iterator self, std::unique_lock<std::mutex>& lock)
{
    std::thread before = std::exchange(m_retired, std::move(self->thread));
    m_workers.erase(self);
    lock.unlock();
    if (before.joinable())
        before.join();
}

} // namespace layerhold::service
