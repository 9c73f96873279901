// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// What the cache does by itself.

#include "cache/blob_removal.h"
#include "cache/cleanup_impl.h"
#include "index/holds.h"
#include "index/trash.h"

#include <utility>

namespace layerhold {

namespace {

std::uint64_t diskFree(CacheContext& context)
{
    return context.fileSystem.space(context.files.layout().root()).freeBytes;
}

std::vector<Digest> trashByExpiry(CacheContext& context)
{
    std::vector<Digest> digests;
    for (const TrashRow& row :
         context.index.read([](Connection& index) { return trash::expired(index, TimePoint::max(), SIZE_MAX); }))
        digests.push_back(row.digest);
    return digests;
}

/// Whatever nobody needs, the longest unused first, until the disk has room again.
CleanupPolicy underPressure(const CleanupPolicy& policy)
{
    CleanupPolicy result = policy;
    result.rules.clear();
    CleanupRule& rule = result.rules.emplace_back();
    rule.name = "disk pressure";
    rule.minFree = policy.pressure;
    return result;
}

} // namespace

bool CleanupImpl::isUnderPressure()
{
    const Space space = m_context.fileSystem.space(m_context.files.layout().root());
    return space.freeBytes < policy().pressure.bytes(space.totalBytes);
}

std::optional<TimePoint> CleanupImpl::nextExpiry()
{
    return m_context.index.read([](Connection& index) {
        auto next = trash::totals(index).nextExpiry;
        for (const LeaseRow& lease : leases::all(index))
            if (!next || lease.expiresAt < *next)
                next = lease.expiresAt;
        return next;
    });
}

void CleanupImpl::keepUp(std::string_view cause, std::stop_token stop)
{
    endLeases();
    m_host.dropVoidEntries(stop);
    if (m_isTrashInUse)
        takeOutHeld();
    const CleanupPolicy current = policy();
    // Whoever has just started the cache may want to look at it before anything goes.
    const bool isTight = cause != "start" && isUnderPressure();
    const bool isAutomatic = current.mode == CleanupPolicy::Mode::Automatic;
    const auto nextTrash = trashTotals().nextExpiry;
    const bool isAnyExpired = nextTrash && *nextTrash <= m_context.clock.now();
    if (!isTight && !isAutomatic && !isAnyExpired)
        return; // without standing in the way of other long work
    const auto alone = m_host.beginLongWork();
    requireWholeClaims(m_context);
    removeExpired(stop);
    if (isTight)
        relievePressure(current, stop);
    if (!isAutomatic)
        return;
    const Plan made = makePlan({std::nullopt, std::string(cause)}, stop);
    if (made.removeItems > 0)
        applyPlan(made.id, Disposal::Trash, {}, stop);
}

void CleanupImpl::relievePressure(const CleanupPolicy& policy, const std::stop_token& stop)
{
    const Space space = m_context.fileSystem.space(m_context.files.layout().root());
    const std::uint64_t enough = policy.pressure.bytes(space.totalBytes);
    empty(trashByExpiry(m_context), "The disk needed room.", enough, {}, stop);
    if (diskFree(m_context) >= enough)
        return;
    const Plan made = makePlan({underPressure(policy), "pressure"}, stop);
    if (made.removeItems > 0)
        applyPlan(made.id, Disposal::Remove, {}, stop);
}

} // namespace layerhold
