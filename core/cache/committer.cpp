// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/committer.h"

#include "base/text.h"
#include "cache/recognition.h"
#include "index/claims.h"

#include <algorithm>
#include <map>
#include <set>

namespace layerhold {

namespace {

constexpr std::size_t batchSize = 128;
/// From so many small files on, one syncfs is cheaper than flushing each.
constexpr std::size_t syncFileSystemFrom = 8;

Error changedWhileCommitting(const Digest& digest)
{
    return {ErrorCode::Corrupted, "the ingest file of " + digest.toString() +
                                      " was changed by somebody else during the commit; write the blob anew"};
}

} // namespace

Committer::Committer(CacheContext& context, BlobGuard& guard, IngestTable& ingests)
    : m_context(context)
    , m_guard(guard)
    , m_ingests(ingests)
    , m_thread([this] { run(); })
{}

Committer::~Committer()
{
    stop();
}

void Committer::stop()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_stop.request_stop();
    m_changed.notify_one();
    m_thread.join();
}

void Committer::submit(CommitJob job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(job));
    }
    m_changed.notify_one();
}

void Committer::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
        if (m_queue.empty())
            return;
        std::deque<CommitJob> jobs;
        while (!m_queue.empty() && jobs.size() < batchSize) {
            jobs.push_back(std::move(m_queue.front()));
            m_queue.pop_front();
        }
        lock.unlock();
        runBatch(std::move(jobs));
        lock.lock();
    }
}

void Committer::runBatch(std::deque<CommitJob> jobs)
{
    std::vector<Work> batch;
    for (CommitJob& job : jobs)
        batch.push_back({std::move(job)});
    {
        // Before anything is locked or changed: published files and their rows belong into one and the same index.
        const auto stay = m_context.index.gate().stay(m_stop.get_token());
        std::set<Digest> digests;
        for (const Work& work : batch)
            digests.insert(work.job.digest);
        std::vector<BusyDigests::Lock> busy;
        for (const Digest& digest : digests) // ascending
            busy.push_back(m_context.busy.lock(digest));
        try {
            choosePaths(batch);
        } catch (...) {
            for (Work& work : batch) {
                work.failure = std::current_exception();
                work.path = Path::Untouched;
            }
        }
        try {
            flush(batch);
            publish(batch);
            syncDirectories(batch);
            failDuplicatesOfFailed(batch);
            record(batch);
        } catch (...) {
            for (Work& work : batch)
                if (!work.failure)
                    fail(work);
        }
    }
    for (Work& work : batch)
        answer(work);
}

void Committer::fail(Work& work)
{
    if (work.isPublished)
        m_context.strays.add(work.job.digest);
    work.failure = std::current_exception();
    work.path = Path::Failed;
}

void Committer::choosePaths(std::vector<Work>& batch)
{
    std::set<Digest> published;
    std::set<std::pair<Claimant, Digest>> claimed;
    for (Work& work : batch) {
        const Digest& digest = work.job.digest;
        const Claimant& claimant = work.job.claimant;
        bool held = false;
        const auto promised = claimant.kind == HolderKind::Engine
                                  ? m_context.promises.make(claimant.name, digest, m_context.clock.now())
                                  : Promises::Now::Stands;
        const auto row = m_context.index.read([&](Connection& index) {
            held = promised == Promises::Now::Stands &&
                   claims::find(index, claimant.kind, claimant.name, digest).has_value();
            return blobs::find(index, digest);
        });
        const bool stored = row && (m_guard.isTrusted(*row) || comesBack(*row));
        if ((stored && held) || !claimed.insert({claimant, digest}).second)
            work.path = Path::Held;
        else if (stored || !published.insert(digest).second)
            work.path = Path::Duplicate;
    }
}

bool Committer::comesBack(const BlobRow& row)
{
    if (row.state != BlobState::Trashed)
        return false;
    try {
        if (!m_guard.takeOutLocked({row.digest}).contains(row.digest))
            return false;
        const auto now = m_context.index.read([&](Connection& index) { return blobs::find(index, row.digest); });
        return now && m_guard.isTrusted(*now);
    } catch (const Error&) {
        return false; // what was written replaces it
    }
}

void Committer::flush(std::vector<Work>& batch)
{
    std::vector<Work*> small;
    for (Work& work : batch)
        if (work.path == Path::Publish && !work.job.flushed)
            small.push_back(&work);
    if (small.size() < syncFileSystemFrom) {
        for (Work* work : small) {
            try {
                work->job.entry->file->flush();
            } catch (const Error&) {
                fail(*work);
            }
        }
        return;
    }
    try {
        for (Work* work : small)
            work->job.entry->file->makeReadOnly();
        m_context.fileSystem.syncFileSystem(small.front()->job.entry->file->fd());
    } catch (const Error&) {
        for (Work* work : small)
            fail(*work);
    }
}

void Committer::publish(std::vector<Work>& batch)
{
    for (Work& work : batch) {
        if (work.path != Path::Publish)
            continue;
        try {
            work.hasReplaced = m_context.files.identity(work.job.digest).has_value();
            work.isPublished = true;
            m_context.files.publish(work.job.entry->file->path(), work.job.digest);
            const auto identity = m_context.files.identity(work.job.digest);
            const FileIdentity& hashed = work.job.hashed;
            // The rename changed the ctime; nothing else may have changed.
            if (!identity || identity->inode != hashed.inode || identity->size != hashed.size ||
                identity->mtimeNs != hashed.mtimeNs)
                throw changedWhileCommitting(work.job.digest);
            work.identity = *identity;
        } catch (const Error&) {
            fail(work);
        }
    }
}

void Committer::syncDirectories(std::vector<Work>& batch)
{
    for (const DigestAlgorithm algorithm : allDigestAlgorithms) {
        const auto isHere = [algorithm](const Work& work) {
            return work.path == Path::Publish && work.job.digest.algorithm() == algorithm;
        };
        if (std::none_of(batch.begin(), batch.end(), isHere))
            continue;
        try {
            m_context.files.syncDirectory(algorithm);
        } catch (const Error&) {
            for (Work& work : batch)
                if (isHere(work)) {
                    fail(work);
                    withdraw(work);
                }
        }
    }
}

void Committer::withdraw(const Work& work)
{
    // The new name may never reach the disk, whatever later flushes say. What was replaced may still be wanted by
    // others.
    m_guard.flushFailed(work.job.digest);
    if (work.hasReplaced)
        return;
    try {
        m_context.files.remove(work.job.digest);
        m_context.strays.remove(work.job.digest);
    } catch (const Error&) {
        return; // it stays a stray
    }
}

void Committer::failDuplicatesOfFailed(std::vector<Work>& batch)
{
    std::map<Digest, std::exception_ptr> failed;
    for (const Work& work : batch)
        if (work.failure)
            failed.emplace(work.job.digest, work.failure);
    for (Work& work : batch) {
        const auto found = failed.find(work.job.digest);
        if (found == failed.end() || work.failure)
            continue;
        work.failure = found->second;
        work.path = Path::Failed;
    }
}

void Committer::record(std::vector<Work>& batch)
{
    const bool isAnyLeft = std::any_of(batch.begin(), batch.end(), [](const Work& work) { return !work.failure; });
    if (!isAnyLeft)
        return;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        for (Work& work : batch) {
            if (work.path == Path::Publish)
                recordBlob(change, work);
            if (work.path == Path::Duplicate || work.path == Path::Held)
                recordKind(change, work);
            if (work.path == Path::Publish || work.path == Path::Duplicate)
                recordClaim(change, work);
            if (!work.failure)
                ingests::erase(change.index(), work.job.entry->row.id);
        }
    });
    removeReplacedTrash(batch);
}

void Committer::removeReplacedTrash(const std::vector<Work>& batch) noexcept
{
    for (const Work& work : batch) {
        if (work.hasReplacedTrash && !work.failure)
            m_guard.removeTrashedCopy(work.job.digest);
    }
}

void Committer::recordBlob(Change& change, Work& work) const
{
    const CommitJob& job = work.job;
    const auto before = blobs::find(change.index(), job.digest);
    BlobRow row = before.value_or(BlobRow{job.digest});
    work.hasReplacedTrash = leaveTrash(change, job.digest);
    const bool isHealed = before && blobs::isLost(before->state);
    row.size = work.identity.size;
    row.identity = work.identity;
    row.state = BlobState::Present;
    row.verifiedAt = change.now();
    if (!before) {
        row.createdAt = change.now();
        row.accessedAt = change.now();
        row.origin = job.claimant.kind == HolderKind::Engine ? "engine " + job.claimant.name : "entry";
    }
    if (job.kind != BlobKind::Other)
        row.kind = job.kind;
    putRecognised(change.index(), row, job.manifest);
    change.event(isHealed ? "blob_healed" : "blob_committed", job.digest.toString(), job.entry->row.engine,
                 isHealed ? "The bytes were written anew." : "The blob was written and is stored.", row.size);
    m_context.counters.add(CounterId::BlobsCommitted);
    m_context.counters.add(CounterId::BytesCommitted, row.size);
    if (isHealed)
        m_context.counters.add(CounterId::BlobsHealed);
}

/// The stored bytes may have come under a ref that did not say what they are.
void Committer::recordKind(Change& change, const Work& work)
{
    if (!work.job.manifest)
        return;
    auto row = blobs::find(change.index(), work.job.digest);
    if (row && row->kind == BlobKind::Other)
        putRecognised(change.index(), *row, work.job.manifest);
}

void Committer::recordClaim(Change& change, const Work& work) const
{
    const CommitJob& job = work.job;
    const auto& [kind, name] = job.claimant;
    const auto before = claims::find(change.index(), kind, name, job.digest);
    const TimePoint since = before ? before->since : change.now(); // a healed blob keeps its creation time
    claims::put(change.index(), {kind, name, job.digest, since, change.now()});
    CheckpointRecord record;
    record.what = CheckpointRecord::What::Claim;
    record.digest = job.digest;
    record.holderKind = kind;
    record.holder = name;
    record.since = since;
    change.remember(record);
    if (kind == HolderKind::Engine) {
        supplies::put(change.index(), {name, job.digest, change.now()});
        const bool hadLabels = !labels::of(change.index(), name, job.digest).empty();
        labels::eraseAll(change.index(), name, job.digest);
        for (const auto& [key, value] : job.labels)
            labels::set(change.index(), name, job.digest, key, value);
        if (hadLabels || !job.labels.empty())
            labels::remember(change, name, job.digest);
        record.what = CheckpointRecord::What::Supply;
        change.remember(record);
    }

    if (work.path != Path::Duplicate)
        return;
    blobs::recordAccess(change.index(), job.digest, change.now(), 0);
    const std::uint64_t size = job.entry->file->size();
    change.event("blob_deduplicated", job.digest.toString(), job.entry->row.engine,
                 "The same bytes were stored already.", size);
    m_context.counters.add(CounterId::BlobsDeduplicated);
    m_context.counters.add(CounterId::BytesDeduplicated, size);
}

void Committer::count(const Work& work)
{
    const CommitJob& job = work.job;
    if (!work.failure) {
        if (work.path != Path::Held && job.claimant.kind == HolderKind::Engine) {
            m_context.meter.put(job.startedAt, job.digest, job.manifest ? job.manifest->kind : job.kind,
                                job.hashed.size);
            m_context.counters.add(CounterId::BytesDownloaded, job.hashed.size);
        }
        return;
    }
    m_context.counters.add(CounterId::CommitsFailed);
    try {
        std::rethrow_exception(work.failure);
    } catch (const Error& error) {
        m_context.meter.failed(OperationKind::Put, job.startedAt, job.digest, error);
    } catch (const std::exception& error) {
        m_context.meter.failed(OperationKind::Put, job.startedAt, job.digest, Error(ErrorCode::Internal, error.what()));
    }
}

void Committer::answer(Work& work)
{
    count(work);
    if (work.path == Path::Held && !work.failure)
        work.failure = std::make_exception_ptr(
            Error(ErrorCode::AlreadyExists, "the blob " + work.job.digest.toString() + " is stored for " +
                                                std::string(toString(work.job.claimant.kind)) + ' ' +
                                                work.job.claimant.name + " already"));
    if (work.path == Path::Untouched)
        IngestTable::endCommit(*work.job.entry);
    else
        m_ingests.finish(work.job.entry,
                         work.path == Path::Failed ? IngestTable::RowIs::Left : IngestTable::RowIs::Gone);
    work.job.done(work.failure, work.job.digest);
}

} // namespace layerhold
