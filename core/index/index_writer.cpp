// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/index_writer.h"

#include "index/events.h"
#include "layerhold/error.h"

namespace layerhold {

namespace {

/// Events are pruned each time so many were added, so that pruning is not part of every transaction.
constexpr std::uint64_t pruneInterval = 1024;
/// Row changes after which the WAL is copied back: keeps it at a few megabytes.
constexpr std::int64_t checkpointInterval = 8192;
/// Bounds what one transaction holds, and how long the last caller of a group waits.
constexpr std::size_t groupSize = 256;

sqlite::OpenOptions writerOptions(const std::string& vfs)
{
    sqlite::OpenOptions options;
    options.vfs = vfs;
    return options;
}

} // namespace

IndexWriter::IndexWriter(const std::filesystem::path& path, const std::string& vfs, const Clock& clock,
                         std::uint64_t eventsKept, OnCommitted onCommitted)
    : m_connection(path, writerOptions(vfs))
    , m_clock(clock)
    , m_eventsKept(eventsKept)
    , m_onCommitted(std::move(onCommitted))
{}

void IndexWriter::write(Durability durability, const Function& function)
{
    Request request{durability, &function};
    std::unique_lock lock(m_mutex);
    m_queue.push_back(&request);
    m_done.wait(lock, [&] { return request.done || !m_leading; });
    if (!request.done) {
        m_leading = true;
        while (!request.done) {
            std::deque<Request*> group;
            while (!m_queue.empty() && group.size() < groupSize) {
                group.push_back(m_queue.front());
                m_queue.pop_front();
            }
            lock.unlock();
            runGroup(group);
            lock.lock();
            for (Request* member : group)
                member->done = true;
            m_done.notify_all();
        }
        lock.unlock();
        checkpointIfDue();
        lock.lock();
        m_leading = false;
        m_done.notify_all();
    }
    lock.unlock();
    if (request.failure)
        std::rethrow_exception(request.failure);
}

void IndexWriter::copyBack()
{
    std::unique_lock lock(m_mutex);
    m_done.wait(lock, [this] { return !m_leading; });
    m_leading = true;
    lock.unlock();
    std::exception_ptr failure;
    try {
        m_connection.database().checkpoint(sqlite::Database::Readers::Pass, sqlite::Database::Log::Truncate);
    } catch (...) {
        failure = std::current_exception();
    }
    lock.lock();
    m_leading = false;
    lock.unlock();
    m_done.notify_all();
    if (failure)
        std::rethrow_exception(failure);
}

void IndexWriter::runGroup(std::deque<Request*>& group)
{
    std::uint64_t lastEvent = 0;
    std::vector<CheckpointRecord> records;
    try {
        auto durability = Durability::Relaxed;
        for (const Request* request : group)
            if (request->durability == Durability::Durable)
                durability = Durability::Durable;
        mendWal();
        sqlite::Transaction transaction(m_connection.database(), durability);
        for (Request* request : group)
            runChange(*request, lastEvent, records);
        pruneEvents(lastEvent);
        m_walIsSuspect = true;
        transaction.commit();
        m_walIsSuspect = false;
    } catch (...) {
        for (Request* request : group)
            if (!request->failure)
                request->failure = std::current_exception();
        return;
    }
    if (lastEvent == 0 && records.empty())
        return;
    try {
        m_onCommitted(lastEvent, records);
    } catch (const std::exception&) {
        return; // the changes are committed all the same, and those who wait for them are to hear it
    }
}

void IndexWriter::mendWal()
{
    if (!m_walIsSuspect)
        return;
    if (!m_connection.database().checkpoint(sqlite::Database::Readers::Wait))
        throw Error(ErrorCode::Unavailable, "the index could not be flushed after a failed write; try again");
    m_walIsSuspect = false;
}

void IndexWriter::runChange(Request& request, std::uint64_t& lastEvent, std::vector<CheckpointRecord>& records)
{
    Change change(m_connection, m_clock.now());
    sqlite::Savepoint savepoint(m_connection.database());
    try {
        (*request.function)(change);
    } catch (...) {
        request.failure = std::current_exception();
        if (!m_connection.database().isInTransaction())
            throw; // SQLite rolled all of it back: the whole group fails, for this reason
        return;    // the savepoint rolls back
    }
    savepoint.release();
    lastEvent = std::max(lastEvent, change.lastEvent());
    for (CheckpointRecord& record : change.records())
        records.push_back(std::move(record));
}

void IndexWriter::pruneEvents(std::uint64_t lastEvent)
{
    if (lastEvent < m_prunedAt + pruneInterval)
        return;
    m_prunedAt = lastEvent;
    if (lastEvent > m_eventsKept)
        events::prune(m_connection, lastEvent - m_eventsKept);
}

void IndexWriter::checkpointIfDue()
{
    const std::int64_t changes = m_connection.database().totalChanges();
    if (changes - m_changesAtCheckpoint < checkpointInterval)
        return;
    m_changesAtCheckpoint = changes;
    try {
        m_connection.database().checkpoint();
    } catch (const Error&) {
        // Everything is committed in the WAL already; the next write or the next open meets the same fault and tells.
    }
}

} // namespace layerhold
