// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/cache_context.h"
#include "index/ingests.h"
#include "layerhold/content_store.h"
#include "store/ingest_file.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace layerhold {

/// 32 random hex digits.
std::string newIngestId();

/// One write in progress in memory. `row` keys (id, engine, ref, started) never change once the entry is open.
struct IngestEntry
{
    std::chrono::steady_clock::time_point openedAt;
    std::shared_ptr<IngestFile> file;
    std::atomic<bool> hashing{false}; ///< a worker catches up with the file

    /// Held while the file is written, cut, committed or aborted.
    std::mutex fileMutex;
    std::condition_variable committed;
    bool committing = false; ///< guarded by fileMutex
    /// Written under fileMutex: aborted or committed, the Ingest object is an empty shell.
    std::atomic<bool> gone{false};

    /// Guards the changing columns of `row` and `open`; never held during I/O.
    mutable std::mutex rowMutex;
    IngestRow row;
    bool open = false; ///< `file` and `row` are set
};

/// The writes in progress: who writes which ref now, what lies between streams, and what was kept of aborted ones.
/// Thread-safe.
class IngestTable
{
public:
    explicit IngestTable(CacheContext& context);

    /// ContentStore::ingest without the checks of what the engine holds. Locked when the ref is taken.
    std::shared_ptr<IngestEntry> open(const Engine& engine, const std::string& ref, const IngestOptions& options);

    /// The stream left: the row is brought up to date, the bytes stay.
    void close(const std::shared_ptr<IngestEntry>& entry);
    /// The bytes became a blob, or are to be dropped: frees the ref and removes what is left of the file. The row is
    /// gone already, or is removed here as far as possible.
    enum class RowIs
    {
        Gone,
        Left
    };
    void finish(const std::shared_ptr<IngestEntry>& entry, RowIs row);
    /// The commit failed and the ingest stays as it is.
    static void endCommit(IngestEntry& entry);
    /// Writes the entry's row.
    void save(const IngestEntry& entry);

    std::optional<IngestStatus> status(const std::string& engine, const std::string& ref);
    std::vector<IngestStatus> statuses(const std::string& engine);
    void abort(const std::string& engine, const std::string& ref);

    /// Removes the file of an ingest whose row is gone already, also from the files that are kept open. What cannot be
    /// removed is swept at the next start.
    void removeFile(const std::string& id) noexcept;

    /// Drops a partial; false when a new write took it over, or it was written to after `unchangedSince`.
    bool removePartial(const std::string& id, const std::string& reason, std::uint64_t bytes,
                       std::optional<TimePoint> unchangedSince = std::nullopt);

    /// For a removal of the engine: true while any of its refs is open.
    bool isAnyOpen(const std::string& engine) const;
    /// The rows of every write that is open now, for a new index.
    std::vector<IngestRow> openRows() const;

    static IngestStatus statusOf(const IngestEntry& entry);

private:
    using Ref = std::pair<std::string, std::string>; // engine, ref

    struct Parked
    {
        std::string id;
        std::shared_ptr<IngestFile> file;
        FileIdentity identity;
    };

    std::shared_ptr<IngestEntry> reserve(const Ref& ref);
    void forget(const Ref& ref);
    IngestRow resumed(IngestRow row, const IngestOptions& options, std::shared_ptr<IngestFile>& file);
    std::optional<IngestRow> takeOver(const Engine& engine, const std::string& ref, const IngestOptions& options,
                                      std::shared_ptr<IngestFile>& file);
    IngestRow created(const Engine& engine, const std::string& ref, const IngestOptions& options,
                      std::shared_ptr<IngestFile>& file);
    std::shared_ptr<IngestFile> openFile(const std::string& id);
    void settleAborted(IngestRow row);
    /// Whether the engine has the blob: bytes of an aborted write of it are worth nothing then.
    bool holds(const std::string& engine, const Digest& digest);
    /// The id of the one that has fewer bytes; empty when there is no other.
    std::string smaller(const std::string& id, std::uint64_t size, const std::string& other) const;
    void park(const std::string& id, std::shared_ptr<IngestFile> file);
    std::shared_ptr<IngestFile> unpark(const std::string& id);
    std::optional<IngestStatus> storedStatus(const IngestRow& row) const;

    CacheContext& m_context;
    mutable std::mutex m_mutex;
    std::map<Ref, std::shared_ptr<IngestEntry>> m_live;
    std::list<Parked> m_parked; // most recently left first
};

} // namespace layerhold
