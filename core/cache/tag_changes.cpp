// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/tag_changes.h"

#include "cache/blob_guard.h"
#include "index/claims.h"
#include "index/tag_records.h"

namespace layerhold::tag_changes {

namespace {

/// Removed tags whose history is kept.
constexpr std::size_t removedKept = 10'000;

bool isClaimed(TagCause cause)
{
    return cause == TagCause::Pull || cause == TagCause::Push || cause == TagCause::Manual;
}

CheckpointRecord claimRecord(CheckpointRecord::What what, const std::string& reference, const Digest& digest)
{
    CheckpointRecord record;
    record.what = what;
    record.digest = digest;
    record.holderKind = HolderKind::Tag;
    record.holder = reference;
    return record;
}

void claim(Change& change, const std::string& reference, const Digest& digest)
{
    if (claims::exists(change.index(), HolderKind::Tag, reference, digest))
        return;
    claims::put(change.index(), {HolderKind::Tag, reference, digest, change.now(), change.now()});
    auto record = claimRecord(CheckpointRecord::What::Claim, reference, digest);
    record.since = change.now();
    change.remember(std::move(record));
}

void release(Change& change, const std::string& reference, const Digest& digest)
{
    if (!claims::erase(change.index(), HolderKind::Tag, reference, digest))
        return;
    change.remember(claimRecord(CheckpointRecord::What::Release, reference, digest));
    forgetIfLost(change, digest);
}

std::string sentence(const TagMove& move)
{
    std::string text;
    if (!move.to)
        text = "It was removed; it pointed at " + move.from->toString();
    else if (!move.from)
        text = "It appeared and points at " + move.to->toString();
    else
        text = "It moved from " + move.from->toString() + " to " + move.to->toString();
    return text + " (" + std::string(toString(move.cause)) + (move.by.empty() ? "" : ", ") + move.by + ").";
}

void recordMove(Change& change, const TagOptions& options, const std::string& reference, const TagMove& move)
{
    const bool isEngine = move.cause == TagCause::Engine;
    change.event(move.to ? "tag_moved" : "tag_removed", reference, isEngine ? move.by : std::string(), sentence(move));
    if (options.history > 0)
        change.remember(recordOf(tag_moves::append(change.index(), reference, move)));
    tag_moves::keepNewest(change.index(), reference, options.history);
}

void forgetLongRemoved(Change& change)
{
    for (const std::string& reference : tags::removedBefore(change.index(), removedKept)) {
        tags::erase(change.index(), reference);
        CheckpointRecord record;
        record.what = CheckpointRecord::What::TagForgotten;
        record.holderKind = HolderKind::Tag;
        record.holder = reference;
        change.remember(std::move(record));
    }
}

} // namespace

TagRow put(Change& change, const TagOptions& options, const std::string& reference, const Digest& digest,
           const Mover& mover)
{
    const auto before = tags::find(change.index(), reference);
    const auto from = before ? before->digest : std::nullopt;
    TagRow row{reference, digest, mover.cause, mover.by, change.now(), change.now(), change.now()};
    row.isClaim = isClaimed(mover.cause);
    if (from) {
        row.createdAt = before->createdAt;
        row.isClaim = row.isClaim || before->isClaim; // what somebody wants kept stays so, wherever it moves
        row.accessedAt = before->accessedAt;
        row.accessCount = before->accessCount;
    }
    if (from == digest) {
        row.movedAt = before->movedAt;
        row.cause = before->cause;
        row.by = before->by;
    }
    tags::put(change.index(), row);
    change.remember(recordOf(row));
    if (row.isClaim)
        claim(change, reference, digest);
    if (from != digest) {
        if (from)
            release(change, reference, *from);
        recordMove(change, options, reference, {change.now(), from, digest, mover.cause, mover.by});
    }
    return row;
}

bool invalidate(Change& change, const std::string& reference)
{
    auto row = tags::find(change.index(), reference);
    if (!row || !row->digest)
        return false;
    if (tags::isInvalidated(*row))
        return true;
    row->updatedAt = {};
    tags::put(change.index(), *row);
    change.remember(recordOf(*row));
    return true;
}

bool remove(Change& change, const TagOptions& options, const std::string& reference, const Mover& mover)
{
    auto row = tags::find(change.index(), reference);
    if (!row || !row->digest)
        return false;
    const Digest from = *row->digest;
    row->digest = std::nullopt;
    row->cause = mover.cause;
    row->by = mover.by;
    row->movedAt = change.now();
    row->updatedAt = change.now();
    row->isClaim = false;
    tags::put(change.index(), *row);
    change.remember(recordOf(*row));
    release(change, reference, from);
    recordMove(change, options, reference, {change.now(), from, std::nullopt, mover.cause, mover.by});
    forgetLongRemoved(change);
    return true;
}

} // namespace layerhold::tag_changes
