// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// The trash: looking, undo, emptying, and what comes back because it is wanted.

#include "index/trash.h"

#include "base/text.h"
#include "cache/blob_removal.h"
#include "cache/cleanup_impl.h"
#include "cache/progress_meter.h"
#include "index/claims.h"
#include "index/edges.h"

#include <algorithm>
#include <set>
#include <utility>

namespace layerhold {

namespace {

constexpr std::size_t batchSize = 64;
constexpr std::size_t pageSize = 1000;

std::vector<Digest> allTrashed(CacheContext& context)
{
    std::vector<Digest> digests;
    std::optional<Digest> last;
    for (;;) {
        const auto rows = context.index.read([&](Connection& index) { return trash::page(index, last, pageSize); });
        for (const TrashRow& row : rows)
            digests.push_back(row.digest);
        if (rows.size() < pageSize)
            return digests;
        last = rows.back().digest;
    }
}

} // namespace

TrashTotals CleanupImpl::trashTotals()
{
    const auto totals = m_context.index.read([](Connection& index) { return layerhold::trash::totals(index); });
    return {totals.count, totals.bytes, totals.nextExpiry};
}

std::vector<TrashedBlob> CleanupImpl::trash(const std::optional<Digest>& after, std::size_t limit)
{
    return m_context.index.read([&](Connection& index) {
        std::vector<TrashedBlob> result;
        for (const TrashRow& row : layerhold::trash::page(index, after, limit)) {
            const auto blob = blobs::find(index, row.digest);
            result.push_back(
                {row.digest, row.bytes, blob ? blob->kind : BlobKind::Other, row.run, row.trashedAt, row.expiresAt});
        }
        return result;
    });
}

TrashReport CleanupImpl::undo(const std::string& run, const OnProgress& progress, std::stop_token stop)
{
    const auto alone = m_host.beginLongWork();
    std::vector<Digest> digests;
    m_context.index.read([&](Connection& index) {
        const auto latest = run.empty() ? layerhold::trash::latestRun(index) : std::optional(run);
        if (!latest)
            throw Error(ErrorCode::NotFound, "no run has anything in the trash");
        digests = layerhold::trash::ofRun(index, *latest); // of a run that is not remembered any more, too
    });
    if (digests.empty()) {
        findRun(run);
        throw Error(ErrorCode::FailedPrecondition,
                    "nothing of run " + run + " is in the trash: it is gone for good, or was brought back");
    }
    return bringBack(digests, progress, stop);
}

TrashReport CleanupImpl::restore(const std::vector<Digest>& digests)
{
    return bringBack(digests, {}, {});
}

TrashReport CleanupImpl::bringBack(const std::vector<Digest>& digests, const OnProgress& progress,
                                   const std::stop_token& stop)
{
    TrashReport report;
    ProgressMeter meter(m_context.clock, progress);
    meter.now().totalItems = digests.size();
    for (std::size_t first = 0; first < digests.size(); first += batchSize) {
        throwIfStopped(stop);
        const std::set<Digest> batch(digests.begin() + static_cast<std::ptrdiff_t>(first),
                                     digests.begin() +
                                         static_cast<std::ptrdiff_t>(std::min(digests.size(), first + batchSize)));
        std::vector<BusyDigests::Lock> busy;
        std::vector<TrashItem> items;
        std::vector<Digest> coming;
        for (const Digest& digest : batch) { // ascending
            busy.push_back(m_context.busy.lock(digest));
            const auto row =
                m_context.index.read([&](Connection& index) { return layerhold::trash::find(index, digest); });
            items.push_back({digest, row ? row->bytes : 0, CleanupOutcome::Failed, "It is not in the trash."});
            if (row)
                coming.push_back(digest);
        }
        const auto here = m_guard.takeOutLocked(coming);
        for (TrashItem& item : items) {
            if (std::binary_search(coming.begin(), coming.end(), item.digest)) {
                const bool isHere = here.contains(item.digest);
                item.outcome = isHere ? CleanupOutcome::Restored : CleanupOutcome::Failed;
                item.sentence = isHere ? "It is back in its place." : "Its file has vanished.";
                report.bytes += isHere ? item.bytes : 0;
            }
            ++meter.now().doneItems;
            meter.now().doneBytes += item.bytes;
            report.items.push_back(std::move(item));
        }
        meter.tick();
    }
    meter.finish();
    return report;
}

TrashReport CleanupImpl::emptyTrash(const std::vector<Digest>& digests, const OnProgress& progress,
                                    std::stop_token stop)
{
    const auto alone = m_host.beginLongWork();
    requireWholeClaims(m_context);
    return empty(digests.empty() ? allTrashed(m_context) : digests, "The trash was emptied.", UINT64_MAX, progress,
                 stop);
}

TrashReport CleanupImpl::empty(const std::vector<Digest>& digests, std::string_view reason, std::uint64_t enoughFree,
                               const OnProgress& progress, const std::stop_token& stop)
{
    TrashReport report;
    ProgressMeter meter(m_context.clock, progress);
    meter.now().totalItems = digests.size();
    for (std::size_t first = 0; first < digests.size(); first += batchSize) {
        throwIfStopped(stop);
        if (m_context.fileSystem.space(m_context.files.layout().root()).freeBytes >= enoughFree)
            break;
        std::vector<Removal> removals;
        for (std::size_t i = first; i < std::min(digests.size(), first + batchSize); ++i) {
            const auto row =
                m_context.index.read([&](Connection& index) { return layerhold::trash::find(index, digests[i]); });
            if (row)
                removals.push_back({digests[i], row->bytes, std::string(reason), BlobState::Trashed});
            else
                report.items.push_back({digests[i], 0, CleanupOutcome::Skipped, "It is not in the trash."});
        }
        std::vector<Removal*> work;
        work.reserve(removals.size());
        for (Removal& removal : removals)
            work.push_back(&removal);
        if (!work.empty())
            BlobRemoval(m_context, work, {}).run();
        for (const Removal& removal : removals) {
            TrashItem item{removal.digest, removal.bytes, CleanupOutcome::Removed, "It is gone for good."};
            if (removal.trouble != Removal::Trouble::None) {
                item.outcome =
                    removal.trouble == Removal::Trouble::Changed ? CleanupOutcome::Skipped : CleanupOutcome::Failed;
                item.sentence = removal.skipped;
            } else {
                report.bytes += item.bytes;
                m_context.counters.add(CounterId::BlobsRemoved);
                m_context.counters.add(CounterId::BytesRemoved, item.bytes);
                m_context.meter.log().eviction(item.digest.toString(), item.bytes, removal.reason);
            }
            ++meter.now().doneItems;
            meter.now().doneBytes += item.bytes;
            report.items.push_back(std::move(item));
        }
        meter.tick();
    }
    takeOutHeld();
    m_isTrashInUse = m_context.index.read([](Connection& index) { return layerhold::trash::totals(index).count > 0; });
    meter.finish();
    return report;
}

void CleanupImpl::removeExpired(const std::stop_token& stop)
{
    std::set<Digest> tried;
    for (;;) {
        std::vector<Digest> expired;
        for (const TrashRow& row : m_context.index.read([this](Connection& index) {
                 return layerhold::trash::expired(index, m_context.clock.now(), pageSize);
             }))
            if (tried.insert(row.digest).second)
                expired.push_back(row.digest);
        if (expired.empty())
            return;
        empty(expired, "Its time in the trash was over.", UINT64_MAX, {}, stop);
    }
}

void CleanupImpl::takeOutHeld()
{
    std::vector<Digest> held;
    m_context.index.read([&](Connection& index) {
        for (const Digest& digest : blobs::trashed(index))
            if (!blobs::isReleased(index, digest))
                held.push_back(digest);
    });
    for (const Digest& digest : held) {
        try {
            m_guard.takeOutOfTrash(digest);
        } catch (const Error&) {
            m_context.strays.add(digest); // the housekeeper tries again; the others do not wait for it
        }
    }
}

void CleanupImpl::start()
{
    closeRunsThatWereCutOff();
    m_isTrashInUse = m_context.index.read([](Connection& index) { return layerhold::trash::totals(index).count > 0; });
    sweepPlanPages();
}

void CleanupImpl::onCommitted(const std::vector<CheckpointRecord>& records)
{
    using What = CheckpointRecord::What;
    for (const CheckpointRecord& record : records) {
        const bool isRelease = record.what == What::Release && record.holderKind != HolderKind::Operation;
        if (isRelease || record.what == What::EngineRemoved || record.what == What::LeaseEnded ||
            record.what == What::EntryRemoved)
            ++m_releases;
    }
    if (!m_isTrashInUse)
        return;
    for (const CheckpointRecord& record : records) {
        if (record.digest && (record.what == What::Claim || record.what == What::Pin))
            m_context.workers.submit(
                [this, digest = *record.digest](const std::stop_token&) { takeOutWithChildren(digest); });
    }
}

void CleanupImpl::takeOutWithChildren(const Digest& digest)
{
    std::vector<Digest> open{digest};
    std::set<Digest> seen{digest};
    while (!open.empty()) {
        const Digest next = open.back();
        open.pop_back();
        const auto [isTrashed, children] = m_context.index.read([&](Connection& index) {
            const auto row = blobs::find(index, next);
            return std::pair(row && row->state == BlobState::Trashed, edges::children(index, next));
        });
        if (isTrashed)
            m_guard.takeOutOfTrash(next);
        for (const Edge& edge : children)
            if (seen.insert(edge.child).second)
                open.push_back(edge.child);
    }
}

} // namespace layerhold
