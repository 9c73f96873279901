// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/blob_removal.h"

#include "cache/access_store.h"
#include "index/claims.h"
#include "index/edges.h"
#include "index/ingests.h"
#include "index/trash.h"

#include <algorithm>
#include <utility>

namespace layerhold {

namespace {

std::set<Digest> expectedDigests(Connection& index)
{
    std::set<Digest> expected;
    for (const IngestRow& row : ingests::all(index))
        if (row.state == IngestRow::State::Open && row.expected)
            expected.insert(*row.expected);
    return expected;
}

CheckpointRecord trashRecord(CheckpointRecord::What what, const Digest& digest)
{
    CheckpointRecord record;
    record.what = what;
    record.digest = digest;
    return record;
}

} // namespace

void requireWholeClaims(CacheContext& context)
{
    context.index.readAtLength([](Connection& index) {
        claims::forEach(index, [](const ClaimRow&) {});
        edges::requireWhole(index);
    });
}

BlobRemoval::BlobRemoval(CacheContext& context, const std::vector<Removal*>& removals, const Destination& destination,
                         Recorder record)
    : m_context(context)
    , m_destination(destination)
    , m_record(std::move(record))
{
    for (Removal* removal : removals) {
        auto busy = context.busy.tryLock(removal->digest);
        if (busy) {
            m_work.push_back({removal, std::move(*busy)});
            continue;
        }
        removal->skipped = "It is being written or checked right now.";
        removal->trouble = Removal::Trouble::Changed;
    }
}

void BlobRemoval::run()
{
    mark();
    try {
        moveFiles();
        finish();
    } catch (...) {
        for (const Work& work : m_work)
            if (work.isMarked)
                m_context.strays.add(work.removal->digest);
        throw;
    }
}

std::optional<std::string> BlobRemoval::objection(Connection& index, const std::optional<BlobRow>& row,
                                                  const Removal& removal, const std::set<Digest>& expected) const
{
    if (!row || row->state != removal.from)
        return "It is gone already.";
    if (!blobs::isReleased(index, removal.digest))
        return "It was claimed meanwhile.";
    if (!removal.usedAt)
        return std::nullopt;
    if (row->accessedAt > *removal.usedAt)
        return "It was used meanwhile.";
    if (row->size != removal.bytes)
        return "It was replaced meanwhile.";
    if (expected.contains(removal.digest))
        return "An open write is about to deliver it.";
    return std::nullopt;
}

void BlobRemoval::mark()
{
    m_context.index.write(Durability::Durable, [this](Change& change) {
        Connection& index = change.index();
        const auto expected = expectedDigests(index);
        for (Work& work : m_work) {
            Removal& removal = *work.removal;
            work.isMarked = false; // this may be another try of the same change
            removal.skipped.clear();
            removal.trouble = Removal::Trouble::None;
            auto row = blobs::find(index, removal.digest);
            if (const auto why = objection(index, row, removal, expected)) {
                removal.skipped = *why;
                removal.trouble = Removal::Trouble::Changed;
                continue;
            }
            work.isMarked = true;
            work.identity = row->identity;
            if (m_destination.disposal == Disposal::Remove) {
                row->state = BlobState::Deleting;
                forgetAccess(index, removal.digest);
            } else {
                row->state = BlobState::Trashed;
                trash::put(index,
                           {removal.digest, m_destination.run, row->size, change.now(), m_destination.expiresAt});
                auto record = trashRecord(CheckpointRecord::What::Trashed, removal.digest);
                record.holder = m_destination.run;
                record.since = change.now();
                record.number = static_cast<std::uint64_t>(toNanoseconds(m_destination.expiresAt));
                change.remember(std::move(record));
            }
            blobs::put(index, *row);
        }
    });
}

void BlobRemoval::moveFiles()
{
    for (Work& work : m_work) {
        if (!work.isMarked)
            continue;
        try {
            moveFile(work);
            work.isThrough = true;
        } catch (const Error& error) {
            fail(work, error.what());
        }
    }
    if (m_destination.disposal == Disposal::Trash)
        syncMoves();
    else
        syncUnlinks();
}

void BlobRemoval::moveFile(Work& work)
{
    const Digest& digest = work.removal->digest;
    if (m_destination.disposal == Disposal::Trash) {
        const auto identity = m_context.files.moveToTrash(digest, work.identity);
        if (!identity)
            throw Error(ErrorCode::NotFound, "its file has vanished");
        work.moved = *identity;
    } else if (work.removal->from == BlobState::Trashed) {
        m_context.files.removeTrashed(digest);
    } else {
        m_context.files.remove(digest);
    }
}

void BlobRemoval::syncMoves()
{
    std::set<DigestAlgorithm> algorithms;
    for (const Work& work : m_work)
        if (work.isThrough)
            algorithms.insert(work.removal->digest.algorithm());
    if (algorithms.empty())
        return;
    try {
        m_context.files.syncTrash();
        for (const DigestAlgorithm algorithm : algorithms)
            m_context.files.syncDirectory(algorithm);
    } catch (const Error& error) {
        // The new names may never reach the disk, whatever later flushes say; the old ones are there.
        for (Work& work : m_work) {
            if (!work.isThrough)
                continue;
            m_context.files.takeOutOfTrash(work.removal->digest, work.identity);
            fail(work, error.what());
        }
    }
}

/// A name that came back after its row is gone would belong to nobody.
void BlobRemoval::syncUnlinks()
{
    std::set<DigestAlgorithm> algorithms;
    bool isTrashChanged = false;
    for (const Work& work : m_work) {
        if (!work.isThrough)
            continue;
        if (work.removal->from == BlobState::Trashed)
            isTrashChanged = true;
        else
            algorithms.insert(work.removal->digest.algorithm());
    }
    for (const DigestAlgorithm algorithm : algorithms)
        m_context.files.syncDirectory(algorithm);
    if (isTrashChanged)
        m_context.files.syncTrash();
}

void BlobRemoval::fail(Work& work, const std::string& why)
{
    work.isThrough = false;
    work.removal->skipped = why;
    work.removal->trouble = Removal::Trouble::Failure;
}

void BlobRemoval::finish()
{
    m_context.index.write(Durability::Relaxed, [this](Change& change) {
        for (const Work& work : m_work)
            if (work.isMarked)
                finishOne(change, work);
        if (m_record)
            m_record(change);
    });
}

void BlobRemoval::finishOne(Change& change, const Work& work) const
{
    const Removal& removal = *work.removal;
    if (work.isThrough && m_destination.disposal == Disposal::Remove) {
        forgetBlob(change, removal.digest);
        change.event("blob_removed", removal.digest.toString(), {}, removal.reason, removal.bytes);
        return;
    }
    auto row = blobs::find(change.index(), removal.digest);
    if (!row)
        return;
    if (work.isThrough) {
        row->identity = work.moved;
        change.event("blob_trashed", removal.digest.toString(), {}, removal.reason, removal.bytes);
    } else {
        row->state = removal.from;
        if (m_destination.disposal == Disposal::Trash)
            leaveTrash(change, removal.digest);
    }
    blobs::put(change.index(), *row);
}

} // namespace layerhold
