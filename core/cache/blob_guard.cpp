// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/blob_guard.h"

#include "cache/access_store.h"
#include "cache/ingest_table.h"
#include "cache/recognition.h"
#include "index/claims.h"
#include "index/edges.h"
#include "index/trash.h"

#include <utility>

namespace layerhold {

void forgetBlob(Change& change, const Digest& digest)
{
    blobs::erase(change.index(), digest);
    edges::replace(change.index(), digest, {});
    supplies::eraseAll(change.index(), digest);
    trash::erase(change.index(), digest);
    forgetAccess(change.index(), digest);
    CheckpointRecord removed;
    removed.what = CheckpointRecord::What::Removed;
    removed.digest = digest;
    change.remember(std::move(removed));
}

void forgetIfLost(Change& change, const Digest& digest)
{
    const auto row = blobs::find(change.index(), digest);
    if (row && blobs::isLost(row->state) && blobs::isReleased(change.index(), digest))
        forgetBlob(change, digest);
}

bool leaveTrash(Change& change, const Digest& digest)
{
    if (!trash::erase(change.index(), digest))
        return false;
    CheckpointRecord takenOut;
    takenOut.what = CheckpointRecord::What::TakenOut;
    takenOut.digest = digest;
    change.remember(std::move(takenOut));
    return true;
}

BlobGuard::BlobGuard(CacheContext& context)
    : m_context(context)
{}

bool BlobGuard::isTrusted(const BlobRow& row) const
{
    return row.state == BlobState::Present && m_context.files.identity(row.digest) == row.identity;
}

std::optional<BlobRow> BlobGuard::find(const Digest& digest)
{
    return m_context.index.read([&](Connection& index) { return blobs::find(index, digest); });
}

BlobGuard::Finding BlobGuard::check(const Digest& digest, std::stop_token stop)
{
    for (bool settled = false;; settled = true) {
        auto row = find(digest);
        if (row && row->state == BlobState::Trashed) { // wanted again
            takeOutOfTrash(digest);
            row = find(digest);
        }
        const auto identity = m_context.files.identity(digest);
        if (row && row->state == BlobState::Present && identity == row->identity)
            return {Condition::Trusted, row, {}};
        if (!row && !identity)
            return {};
        if (!settled) {
            // A commit or a removal may be between its file and its row: look again when it is through.
            const auto wait = m_context.busy.lock(digest);
            continue;
        }
        if (!identity) {
            if (row->state == BlobState::Present)
                markMissing(digest);
            return {};
        }
        if (row && (row->state == BlobState::Deleting || row->state == BlobState::Trashed))
            return {};
        return hashUnlessSettled(digest, std::move(stop));
    }
}

bool BlobGuard::takeOutOfTrash(const Digest& digest)
{
    const auto busy = m_context.busy.lock(digest);
    return takeOutLocked({digest}).contains(digest);
}

std::set<Digest> BlobGuard::takeOutLocked(const std::vector<Digest>& digests)
{
    std::vector<Coming> coming;
    try {
        moveOut(digests, coming);
    } catch (...) {
        // The new names may never reach the disk, whatever later flushes say; the old ones are there.
        for (const Coming& blob : coming) {
            try {
                if (blob.moved)
                    m_context.files.moveToTrash(blob.digest, blob.before);
            } catch (const Error&) {
                m_context.strays.add(blob.digest);
            }
        }
        throw;
    }
    std::set<Digest> here;
    for (const Coming& blob : coming)
        if (blob.moved || m_context.files.identity(blob.digest))
            here.insert(blob.digest);
    if (!coming.empty()) {
        try {
            m_context.index.write(Durability::Durable, [&](Change& change) {
                for (const Coming& blob : coming)
                    recordReturn(change, blob, here.contains(blob.digest));
            });
        } catch (...) {
            for (const Coming& blob : coming)
                m_context.strays.add(blob.digest);
            throw;
        }
        m_context.counters.add(CounterId::BlobsRestored, here.size());
    }
    for (const Digest& digest : digests)
        if (const auto row = find(digest); row && row->state == BlobState::Present)
            here.insert(digest);
    return here;
}

void BlobGuard::moveOut(const std::vector<Digest>& digests, std::vector<Coming>& coming)
{
    std::set<DigestAlgorithm> algorithms;
    for (const Digest& digest : digests) {
        const auto row = find(digest);
        if (!row || row->state != BlobState::Trashed)
            continue;
        coming.push_back({digest, row->identity, std::nullopt});
        // Without a file in the trash it was never moved there, or came back before its row knew.
        coming.back().moved = m_context.files.takeOutOfTrash(digest, row->identity);
        if (coming.back().moved || m_context.files.identity(digest))
            algorithms.insert(digest.algorithm());
    }
    for (const DigestAlgorithm algorithm : algorithms)
        m_context.files.syncDirectory(algorithm);
    if (!algorithms.empty())
        m_context.files.syncTrash();
}

void BlobGuard::recordReturn(Change& change, const Coming& coming, bool isHere)
{
    auto row = blobs::find(change.index(), coming.digest);
    if (!row || row->state != BlobState::Trashed)
        return;
    leaveTrash(change, coming.digest);
    if (!isHere) {
        change.event("blob_missing", coming.digest.toString(), {}, "The blob's file has vanished.", row->size);
        markLost(change, std::move(*row), BlobState::Missing);
        return;
    }
    row->state = BlobState::Present;
    if (coming.moved)
        row->identity = *coming.moved;
    blobs::put(change.index(), *row);
    blobs::recordAccess(change.index(), coming.digest, change.now(), 0); // or the next cleanup takes it again
    change.event("blob_restored", coming.digest.toString(), {}, "The blob came back from the trash.", row->size);
}

void BlobGuard::removeTrashedCopy(const Digest& digest) noexcept
{
    try {
        m_context.files.removeTrashed(digest);
    } catch (...) {
        m_context.strays.add(digest);
    }
}

void BlobGuard::settle(const Digest& digest)
{
    {
        const auto busy = m_context.busy.lock(digest);
        const auto row = find(digest);
        if (row && row->state == BlobState::Trashed)
            takeOutLocked({digest});
        if (row && row->state == BlobState::Present)
            m_context.files.removeTrashed(digest); // a copy that was written anew meanwhile
        if (row && row->state == BlobState::Deleting) {
            m_context.files.remove(digest);
            m_context.files.removeTrashed(digest); // where it may have begun
            m_context.files.syncTrash();
            m_context.files.syncDirectory(digest.algorithm());
            m_context.index.write(Durability::Durable, [&](Change& change) {
                forgetBlob(change, digest);
                change.event("blob_removed", digest.toString(), {}, "A removal that was cut off was finished.",
                             row->size);
            });
            return;
        }
    }
    check(digest);
}

BlobGuard::Finding BlobGuard::verify(const Digest& digest, const std::function<void(std::uint64_t bytes)>& onBytes,
                                     std::stop_token stop)
{
    const auto alone = m_hashing.lock(digest);
    return hash(digest, onBytes, std::move(stop));
}

BlobGuard::Finding BlobGuard::hashUnlessSettled(const Digest& digest, std::stop_token stop)
{
    const auto alone = m_hashing.lock(digest);
    const auto row = find(digest);
    if (row && isTrusted(*row)) // whoever hashed before us has settled it
        return {Condition::Trusted, row, {}};
    return hash(digest, nullptr, std::move(stop));
}

BlobGuard::Finding BlobGuard::hash(const Digest& digest, const std::function<void(std::uint64_t bytes)>& onBytes,
                                   std::stop_token stop)
{
    constexpr int mostTries = 4;
    for (int tries = 1;; ++tries) {
        const BlobFiles::Verification verification = m_context.files.verify(digest, onBytes, stop);
        if (verification.finding != BlobFiles::Finding::Missing) {
            m_context.counters.add(CounterId::BlobsVerified);
            m_context.counters.add(CounterId::BytesVerified, verification.identity.size);
        }
        const auto another = tries < mostTries ? AnotherTry::Possible : AnotherTry::Exhausted;
        if (auto finding = conclude(digest, verification, another))
            return *finding;
    }
}

std::optional<BlobGuard::Finding> BlobGuard::conclude(const Digest& digest, const BlobFiles::Verification& verification,
                                                      AnotherTry another)
{
    if (verification.finding == BlobFiles::Finding::Missing) {
        markMissing(digest);
        return Finding{};
    }
    const auto busy = m_context.busy.lock(digest);
    const auto now = m_context.files.identity(digest);
    if (verification.finding == BlobFiles::Finding::Good) {
        if (now != verification.identity)
            return std::nullopt; // replaced or touched since: what was hashed is not what is there
        if (m_unflushed.contains(digest)) {
            m_context.files.writeAnew(digest, newIngestId());
            m_unflushed.remove(digest);
            return std::nullopt;
        }
        makeDurable(digest); // the row promises what a power cut must not take
        const auto manifest = recogniseUnknown(digest, verification.identity);
        Finding finding{Condition::Trusted, std::nullopt, {}};
        m_context.index.write(Durability::Durable, [&](Change& change) {
            recordGood(change, digest, verification.identity, manifest, finding.row);
        });
        if (!finding.row)
            return Finding{};
        return finding;
    }
    const bool wasFile = verification.identity.inode != 0;
    if (wasFile && now != verification.identity && another == AnotherTry::Possible)
        return std::nullopt; // replaced, removed or written to since
    const auto row = find(digest);
    if (row && row->state == BlobState::Present && now == row->identity && now != verification.identity)
        return std::nullopt; // a commit replaced the damaged file meanwhile
    m_context.files.quarantine(digest, verification.reason, toNanoseconds(m_context.clock.now()));
    m_context.counters.add(CounterId::BlobsQuarantined);
    m_context.index.write(Durability::Durable, [&](Change& change) {
        change.event("blob_quarantined", digest.toString(), {}, verification.reason, verification.identity.size);
        if (auto stored = blobs::find(change.index(), digest))
            markLost(change, std::move(*stored), BlobState::Quarantined);
    });
    return Finding{Condition::Damaged, std::nullopt, verification.reason};
}

void BlobGuard::makeDurable(const Digest& digest)
{
    try {
        m_context.files.makeDurable(digest);
    } catch (const Error&) {
        flushFailed(digest);
        throw;
    }
}

/// For a file that is taken in: the others were recognised when they came.
std::optional<Manifest> BlobGuard::recogniseUnknown(const Digest& digest, const FileIdentity& identity)
{
    return find(digest) ? std::nullopt : recogniseStored(m_context.files, digest, identity);
}

void BlobGuard::recordGood(Change& change, const Digest& digest, const FileIdentity& identity,
                           const std::optional<Manifest>& manifest, std::optional<BlobRow>& result)
{
    auto row = blobs::find(change.index(), digest);
    if (row && row->state == BlobState::Deleting)
        return; // it is on its way out
    const bool isNew = !row;
    if (isNew) {
        row.emplace(BlobRow{digest});
        row->createdAt = change.now();
        row->accessedAt = change.now();
        row->origin = "adopted";
        m_context.counters.add(CounterId::BlobsAdopted);
        change.event("blob_adopted", digest.toString(), {}, "A blob file without a row was hashed and taken in.",
                     identity.size);
    } else if (row->state != BlobState::Present) {
        m_context.counters.add(CounterId::BlobsHealed);
        change.event("blob_healed", digest.toString(), {}, "The file is back and its bytes are right.", identity.size);
    }
    if (leaveTrash(change, digest))
        m_context.strays.add(digest); // its copy there is to go
    row->state = BlobState::Present;
    row->size = identity.size;
    row->identity = identity;
    row->verifiedAt = change.now();
    if (isNew)
        putRecognised(change.index(), *row, manifest);
    else
        blobs::put(change.index(), *row);
    result = std::move(row);
}

void BlobGuard::markMissing(const Digest& digest)
{
    const auto busy = m_context.busy.lock(digest);
    if (m_context.files.identity(digest))
        return;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        auto row = blobs::find(change.index(), digest);
        if (!row || row->state != BlobState::Present)
            return;
        m_context.counters.add(CounterId::BlobsMissing);
        change.event("blob_missing", digest.toString(), {}, "The blob's file has vanished.", row->size);
        markLost(change, std::move(*row), BlobState::Missing);
    });
}

void BlobGuard::markLost(Change& change, BlobRow row, BlobState state)
{
    if (blobs::isReleased(change.index(), row.digest)) {
        forgetBlob(change, row.digest);
        return;
    }
    leaveTrash(change, row.digest);
    row.state = state;
    blobs::put(change.index(), row);
}

} // namespace layerhold
