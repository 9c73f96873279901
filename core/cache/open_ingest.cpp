// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/open_ingest.h"

#include "base/text.h"
#include "cache/ingest_ref.h"
#include "index/claims.h"

#include <future>

namespace layerhold {

namespace {

/// Bytes that wait for the hash before a worker is given the job; less is hashed by the next STAT or the commit.
constexpr std::uint64_t backlogForWorker = 1U << 20U;
/// A file above this is flushed on the committing caller's thread, so that it does not hold up a batch.
constexpr std::uint64_t smallFile = 1U << 20U;

void catchUp(WorkerPool& workers, std::shared_ptr<IngestEntry> entry, std::shared_ptr<IngestFile> file)
{
    workers.submit([&workers, entry = std::move(entry), file = std::move(file)](const std::stop_token&) {
        bool isReadable = true;
        try {
            file->catchUp();
        } catch (const std::exception&) {
            isReadable = false; // the commit meets the same fault and tells it
        }
        entry->hashing = false;
        if (isReadable && file->backlog() >= backlogForWorker && !entry->hashing.exchange(true))
            catchUp(workers, entry, file);
    });
}

} // namespace

Digest Ingest::commitAndWait(CommitRequest request)
{
    std::promise<Digest> promise;
    auto result = promise.get_future();
    commit(std::move(request), [&promise](std::exception_ptr failure, const Digest& digest) {
        if (failure)
            promise.set_exception(failure);
        else
            promise.set_value(digest);
    });
    return result.get();
}

OpenIngest::OpenIngest(CacheContext& context, IngestTable& table, BlobGuard& guard, Committer& committer,
                       std::shared_ptr<IngestEntry> entry, Claimant claimant)
    : m_context(context)
    , m_table(table)
    , m_guard(guard)
    , m_committer(committer)
    , m_entry(std::move(entry))
    , m_claimant(std::move(claimant))
{}

OpenIngest::~OpenIngest()
{
    m_table.close(m_entry);
}

void OpenIngest::requireOpen() const
{
    if (m_entry->gone)
        throw Error(ErrorCode::FailedPrecondition,
                    "the write " + text::quoted(m_entry->row.ref) + " has ended (aborted or committed); start it anew");
}

std::uint64_t OpenIngest::offset() const
{
    return m_entry->file->size();
}

IngestStatus OpenIngest::status() const
{
    return IngestTable::statusOf(*m_entry);
}

void OpenIngest::setTotal(std::uint64_t total)
{
    const std::lock_guard lock(m_entry->rowMutex);
    m_entry->row.total = total;
}

void OpenIngest::setExpected(const Digest& expected)
{
    const std::lock_guard lock(m_entry->rowMutex);
    m_entry->row.expected = expected;
}

void OpenIngest::append(std::span<const std::span<const std::byte>> pieces)
{
    {
        const std::lock_guard lock(m_entry->fileMutex);
        requireOpen();
        m_entry->file->append(pieces);
    }
    {
        const std::lock_guard lock(m_entry->rowMutex);
        m_entry->row.updated = m_context.clock.now();
    }
    hashInBackground();
}

void OpenIngest::hashInBackground()
{
    if (m_entry->file->backlog() >= backlogForWorker && !m_entry->hashing.exchange(true))
        catchUp(m_context.workers, m_entry, m_entry->file);
}

void OpenIngest::truncate()
{
    const std::lock_guard lock(m_entry->fileMutex);
    requireOpen();
    m_entry->file->truncate();
    const std::lock_guard rowLock(m_entry->rowMutex);
    m_entry->row.takenOver = false;
}

void OpenIngest::discard()
{
    {
        const std::lock_guard lock(m_entry->fileMutex);
        requireOpen();
    }
    m_table.finish(m_entry, IngestTable::RowIs::Left);
}

Digest OpenIngest::runningDigest()
{
    return m_entry->file->digest();
}

void OpenIngest::commit(CommitRequest request, CommitDone done)
{
    // `done` may destroy this object on any thread: it is called without a lock, and nothing of it is touched after.
    const auto start = m_context.meter.start();
    Digest digest = request.expected.value_or(Hasher::of({}));
    std::exception_ptr failure;
    try {
        const std::lock_guard lock(m_entry->fileMutex);
        requireOpen();
        m_entry->committing = true;
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        done(failure, digest);
        return;
    }
    std::optional<CommitJob> job;
    bool isDropped = false;
    try {
        digest = check(request);
        job.emplace(prepare(std::move(request), digest));
        if (job->hashed.size > smallFile && !isStored(digest)) {
            isDropped = true; // by a failed flush: it is never tried a second time
            m_entry->file->flush();
            job->flushed = true;
        }
    } catch (...) {
        failure = std::current_exception();
    }
    if (!failure) {
        job->done = std::move(done);
        job->startedAt = start;
        m_committer.submit(std::move(*job));
        return;
    }
    if (isDropped)
        m_table.finish(m_entry, IngestTable::RowIs::Left);
    else
        IngestTable::endCommit(*m_entry);
    done(failure, digest);
}

Digest OpenIngest::check(const CommitRequest& request)
{
    const std::uint64_t size = m_entry->file->size();
    const std::string what = "commit of " + text::quoted(m_entry->row.ref) + ": ";
    if (request.total > 0 && request.total != size) {
        dropTakenOver();
        throw Error(ErrorCode::FailedPrecondition, what + "the size is " + std::to_string(size) + ", expected " +
                                                       std::to_string(request.total) + "; write the rest, or anew");
    }
    const auto algorithm = request.expected ? request.expected->algorithm() : DigestAlgorithm::Sha256;
    const Digest digest = m_entry->file->digest(algorithm);
    if (request.expected && digest != *request.expected) {
        dropTakenOver();
        throw Error(ErrorCode::FailedPrecondition, what + "the digest is " + digest.toString() + ", expected " +
                                                       request.expected->toString() + "; write the blob anew");
    }
    return digest;
}

void OpenIngest::dropTakenOver()
{
    {
        const std::lock_guard lock(m_entry->rowMutex);
        if (!m_entry->row.takenOver)
            return;
        m_entry->row.takenOver = false;
    }
    m_entry->file->truncate();
    m_table.save(*m_entry);
}

CommitJob OpenIngest::prepare(CommitRequest request, const Digest& digest)
{
    CommitJob job{m_entry, m_claimant, digest, m_entry->file->identity()};
    job.labels = std::move(request.labels);
    job.kind = parseIngestRef(m_entry->row.ref).kind;
    const bool isManifest = job.kind == BlobKind::Manifest || job.kind == BlobKind::Index;
    if (isManifest) {
        job.kind = BlobKind::Other;
        job.manifest = recognise(digest);
    }
    return job;
}

bool OpenIngest::isStored(const Digest& digest) const
{
    // Only spares a flush, so an index that cannot be asked now says no: the committer waits for it.
    const auto row = m_context.index.tryRead([&](Connection& index) { return blobs::find(index, digest); });
    return row && *row && m_guard.isTrusted(**row);
}

std::optional<Manifest> OpenIngest::recognise(const Digest& digest) const
{
    const std::uint64_t size = m_entry->file->size();
    if (size > largestManifest)
        return std::nullopt;
    std::string document(size, '\0');
    const auto read = m_context.fileSystem.read(m_entry->file->fd(), 0, std::as_writable_bytes(std::span(document)));
    if (read != size)
        return std::nullopt;
    return recogniseManifest(digest, document);
}

} // namespace layerhold
