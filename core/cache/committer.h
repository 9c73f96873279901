// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/blob_guard.h"
#include "cache/cache_context.h"
#include "cache/ingest_table.h"
#include "cache/manifest.h"
#include "layerhold/ingest.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace layerhold {

/// For whom a blob is committed.
struct Claimant
{
    HolderKind kind = HolderKind::Engine;
    std::string name;

    friend auto operator<=>(const Claimant&, const Claimant&) = default;
};

/// A commit whose bytes were checked: what is left is to make them durable under their name.
struct CommitJob
{
    std::shared_ptr<IngestEntry> entry;
    Claimant claimant;
    Digest digest;
    FileIdentity hashed; ///< of the ingest file, taken after its bytes were hashed
    bool flushed = false;
    Labels labels = {};
    BlobKind kind = BlobKind::Other;
    std::optional<Manifest> manifest = std::nullopt;
    Ingest::CommitDone done = {};
    OperationMeter::Time startedAt = {};
};

/// The thread that publishes. It takes everything that waits as one batch: flush → rename → fsync of the folder → one
/// durable transaction → answers. While the index is closed or exchanged the batch waits; the end of the thread is the
/// end of the wait.
class Committer
{
public:
    Committer(CacheContext& context, BlobGuard& guard, IngestTable& ingests);
    ~Committer();

    /// Finishes what waits and ends the thread.
    void stop();

    void submit(CommitJob job);

private:
    enum class Path
    {
        Publish,   ///< the first of the batch with these bytes
        Duplicate, ///< the bytes are stored, or are published by another job of the batch
        Held,      ///< the claimant has the blob already
        Failed,    ///< the ingest is dropped
        Untouched, ///< failed before anything was done: the ingest stays
    };

    struct Work
    {
        CommitJob job;
        Path path = Path::Publish;
        std::exception_ptr failure = nullptr;
        FileIdentity identity = {};    ///< Publish: of the published file
        bool isPublished = false;      ///< the file may have its final name already
        bool hasReplaced = false;      ///< there was a file of that name
        bool hasReplacedTrash = false; ///< the blob was in the trash and could not be taken out
    };

    void run();
    void runBatch(std::deque<CommitJob> jobs);
    void choosePaths(std::vector<Work>& batch);
    /// A trashed blob that is wanted is taken out again.
    bool comesBack(const BlobRow& row);
    void flush(std::vector<Work>& batch);
    void publish(std::vector<Work>& batch);
    void syncDirectories(std::vector<Work>& batch);
    void withdraw(const Work& work);
    void record(std::vector<Work>& batch);
    void removeReplacedTrash(const std::vector<Work>& batch) noexcept;
    void recordBlob(Change& change, Work& work) const;
    static void recordKind(Change& change, const Work& work);
    void recordClaim(Change& change, const Work& work) const;
    void count(const Work& work);
    void answer(Work& work);
    void fail(Work& work);
    void failDuplicatesOfFailed(std::vector<Work>& batch);

    CacheContext& m_context;
    BlobGuard& m_guard;
    IngestTable& m_ingests;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<CommitJob> m_queue;
    bool m_stopping = false;
    std::stop_source m_stop;
    std::thread m_thread;
};

} // namespace layerhold
