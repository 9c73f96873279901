// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace layerhold {

/// A few threads for background work inside the cache. Tasks get a token that asks them to stop when the pool goes
/// down; tasks that did not start by then are dropped. What a task throws ends that task only: it tells its failures by
/// other means. Thread-safe.
class WorkerPool
{
public:
    using Task = std::function<void(std::stop_token)>;

    explicit WorkerPool(unsigned threads);
    ~WorkerPool();

    void submit(Task task);
    /// Drops what waits, asks what runs to stop and joins. Later tasks are dropped.
    void shutDown();

private:
    void run(const std::stop_token& stop);

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Task> m_tasks;
    std::vector<std::jthread> m_threads;
};

} // namespace layerhold
