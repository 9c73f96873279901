// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/operation_claims.h"

#include "index/claims.h"

namespace layerhold {

std::optional<std::uint64_t> claimStored(CacheContext& context, BlobGuard& guard, const Claimant& operation,
                                         const Digest& digest, const std::stop_token& stop)
{
    if (guard.check(digest, stop).condition != BlobGuard::Condition::Trusted)
        return std::nullopt;
    std::optional<std::uint64_t> size;
    context.index.write(Durability::Relaxed, [&](Change& change) {
        size.reset();
        const auto row = blobs::find(change.index(), digest);
        if (!row || row->state != BlobState::Present)
            return; // it went away since we looked
        size = row->size;
        claims::put(change.index(), {operation.kind, operation.name, digest, change.now(), change.now()});
        CheckpointRecord claim;
        claim.what = CheckpointRecord::What::Claim;
        claim.digest = digest;
        claim.holderKind = operation.kind;
        claim.holder = operation.name;
        claim.since = change.now();
        change.remember(std::move(claim));
    });
    return size;
}

void releaseOperation(Change& change, const Claimant& operation)
{
    for (const ClaimRow& row : claims::ofHolder(change.index(), operation.kind, operation.name)) {
        claims::erase(change.index(), row.holderKind, row.holder, row.digest);
        CheckpointRecord release;
        release.what = CheckpointRecord::What::Release;
        release.digest = row.digest;
        release.holderKind = row.holderKind;
        release.holder = row.holder;
        change.remember(std::move(release));
    }
}

void endOperation(CacheContext& context, const Claimant& operation) noexcept
{
    try {
        context.index.write(Durability::Relaxed, [&](Change& change) { releaseOperation(change, operation); });
    } catch (const std::exception&) {
        return;
    }
}

} // namespace layerhold
