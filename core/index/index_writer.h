// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/change.h"
#include "layerhold/clock.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>

namespace layerhold {

/// The one writer connection, which is also the only checkpointer. Callers group: the first that waits becomes the
/// leader, runs every queued change in one immediate transaction (each in its own savepoint), commits with the
/// strongest durability anybody asked for and wakes the others. Thread-safe.
class IndexWriter
{
public:
    using Durability = sqlite::Database::Durability;
    using Function = std::function<void(Change&)>;
    /// Told after each commit, in the order of commits: the last event's number (0: none) and the records.
    using OnCommitted = std::function<void(std::uint64_t lastEvent, const std::vector<CheckpointRecord>&)>;

    IndexWriter(const std::filesystem::path& path, const std::string& vfs, const Clock& clock, std::uint64_t eventsKept,
                OnCommitted onCommitted);

    /// Runs `function` in a transaction and returns when that is committed. What the function throws, or why the
    /// commit failed, is thrown here; nothing of the change remains then.
    void write(Durability durability, const Function& function);

    /// Copies the whole WAL back and truncates it, as far as readers allow. Writes wait meanwhile.
    void copyBack();

    /// For start-up and rebuild, when nobody else uses the writer.
    Connection& connection() { return m_connection; }

private:
    struct Request
    {
        Durability durability;
        const Function* function;
        bool done = false;
        std::exception_ptr failure = nullptr;
    };

    void runGroup(std::deque<Request*>& group);
    void runChange(Request& request, std::uint64_t& lastEvent, std::vector<CheckpointRecord>& records);
    /// After a failed commit the kernel may have dropped WAL pages that it now takes for clean, also of earlier relaxed
    /// transactions; what is committed on top of them would be lost with them. The WAL is copied back before anything
    /// else is committed; while that fails, so does every write.
    void mendWal();
    void pruneEvents(std::uint64_t lastEvent);
    void checkpointIfDue();

    Connection m_connection;
    const Clock& m_clock;
    std::uint64_t m_eventsKept;
    OnCommitted m_onCommitted;
    std::uint64_t m_prunedAt = 0;
    std::int64_t m_changesAtCheckpoint = 0;
    bool m_walIsSuspect = false;

    std::mutex m_mutex;
    std::condition_variable m_done;
    std::deque<Request*> m_queue;
    bool m_leading = false;
};

} // namespace layerhold
