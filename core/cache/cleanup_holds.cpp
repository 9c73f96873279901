// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// Pins and leases: claims that people and programs make on purpose.

#include "index/holds.h"

#include "base/text.h"
#include "cache/cleanup_impl.h"
#include "index/claims.h"

#include <utility>

namespace layerhold {

namespace {

constexpr std::size_t longestNote = 1000;
constexpr std::size_t longestLeaseId = 200;

void claim(Change& change, HolderKind kind, const std::string& holder, const Digest& digest)
{
    if (claims::exists(change.index(), kind, holder, digest))
        return;
    claims::put(change.index(), {kind, holder, digest, change.now(), change.now()});
    CheckpointRecord record;
    record.what = CheckpointRecord::What::Claim;
    record.digest = digest;
    record.holderKind = kind;
    record.holder = holder;
    record.since = change.now();
    change.remember(std::move(record));
}

void requireBlob(Connection& index, const Digest& digest)
{
    const auto row = blobs::find(index, digest);
    if (!row || row->state == BlobState::Deleting) // its bytes are on their way out
        throw Error(ErrorCode::NotFound, "there is no blob " + digest.toString());
}

void rememberHolder(Change& change, CheckpointRecord::What what, const std::string& holder)
{
    CheckpointRecord record;
    record.what = what;
    record.holder = holder;
    change.remember(std::move(record));
}

/// The lease with its claims.
void eraseLease(Change& change, const std::string& id, const char* kind, const std::string& detail)
{
    leases::erase(change.index(), id);
    claims::eraseHolder(change.index(), HolderKind::Lease, id);
    rememberHolder(change, CheckpointRecord::What::LeaseEnded, id);
    change.event(kind, id, {}, detail);
}

} // namespace

Pin CleanupImpl::pin(const Digest& digest, const std::string& note)
{
    if (note.size() > longestNote || note.find('\0') != std::string::npos)
        throw Error(ErrorCode::InvalidArgument, "a note has at most 1000 bytes and no NUL");
    PinRow row{digest, note, {}};
    m_context.index.write(Durability::Durable, [&](Change& change) {
        requireBlob(change.index(), digest);
        const auto before = pins::find(change.index(), digest);
        row.since = before ? before->since : change.now();
        pins::put(change.index(), row);
        claim(change, HolderKind::Pin, pins::holder, digest);
        CheckpointRecord record;
        record.what = CheckpointRecord::What::Pin;
        record.digest = digest;
        record.text = note;
        record.since = row.since;
        change.remember(std::move(record));
        if (!before)
            change.event("pinned", digest.toString(), {},
                         note.empty() ? "The blob is kept on purpose." : "The blob is kept on purpose: " + note);
    });
    m_guard.takeOutOfTrash(digest);
    return {row.digest, row.note, row.since};
}

bool CleanupImpl::unpin(const Digest& digest)
{
    bool wasPinned = false;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        const bool hadRow = pins::erase(change.index(), digest);
        const bool hadClaim = claims::erase(change.index(), HolderKind::Pin, pins::holder, digest);
        wasPinned = hadRow || hadClaim;
        if (!wasPinned)
            return;
        CheckpointRecord record;
        record.what = CheckpointRecord::What::Release;
        record.digest = digest;
        record.holderKind = HolderKind::Pin;
        record.holder = pins::holder;
        change.remember(record);
        record.what = CheckpointRecord::What::Unpin;
        change.remember(std::move(record));
        change.event("unpinned", digest.toString(), {}, "The blob is not kept on purpose any more.");
    });
    return wasPinned;
}

std::vector<Pin> CleanupImpl::pins()
{
    std::vector<Pin> result;
    for (const PinRow& row : m_context.index.read([](Connection& index) { return pins::all(index); }))
        result.push_back({row.digest, row.note, row.since});
    return result;
}

Lease CleanupImpl::putLease(const std::string& id, TimePoint expiresAt, const std::vector<Digest>& digests)
{
    if (id.empty() || id.size() > longestLeaseId || id.find('\0') != std::string::npos)
        throw Error(ErrorCode::InvalidArgument,
                    "the lease id " + text::quoted(id) + " is not usable; it needs 1 to 200 bytes without NUL");
    LeaseRow row{id, {}, expiresAt};
    std::vector<Digest> held;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        if (expiresAt <= change.now())
            throw Error(ErrorCode::InvalidArgument, "the lease " + text::quoted(id) + " would be over already");
        for (const Digest& digest : digests)
            requireBlob(change.index(), digest);
        const auto before = leases::find(change.index(), id);
        row.createdAt = before ? before->createdAt : change.now();
        leases::put(change.index(), row);
        CheckpointRecord record;
        record.what = CheckpointRecord::What::Lease;
        record.holder = id;
        record.since = row.createdAt;
        record.number = static_cast<std::uint64_t>(toNanoseconds(expiresAt));
        change.remember(std::move(record));
        for (const Digest& digest : digests)
            claim(change, HolderKind::Lease, id, digest);
        held = leases::held(change.index(), id);
        if (!before)
            change.event("lease_made", id, {}, "It holds " + std::to_string(held.size()) + " blobs.");
    });
    for (const Digest& digest : digests)
        m_guard.takeOutOfTrash(digest);
    return {row.id, row.createdAt, row.expiresAt, std::move(held)};
}

bool CleanupImpl::endLease(const std::string& id)
{
    bool wasThere = false;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        wasThere = leases::find(change.index(), id).has_value();
        if (wasThere)
            eraseLease(change, id, "lease_ended", "It was ended; what it held is released.");
    });
    return wasThere;
}

std::vector<Lease> CleanupImpl::leases()
{
    return m_context.index.read([](Connection& index) {
        std::vector<Lease> result;
        for (const LeaseRow& row : leases::all(index))
            result.push_back({row.id, row.createdAt, row.expiresAt, leases::held(index, row.id)});
        return result;
    });
}

void CleanupImpl::endLeases()
{
    const auto isOver = [this](const LeaseRow& row) { return row.expiresAt <= m_context.clock.now(); };
    for (const LeaseRow& row : m_context.index.read([](Connection& index) { return leases::all(index); })) {
        if (!isOver(row))
            continue;
        m_context.index.write(Durability::Relaxed, [&](Change& change) {
            const auto now = leases::find(change.index(), row.id);
            if (now && isOver(*now)) // nobody has moved its end meanwhile
                eraseLease(change, row.id, "lease_expired", "Its time was over; what it held is released.");
        });
    }
}

} // namespace layerhold
