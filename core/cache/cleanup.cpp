// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "policy/cleanup.h"

#include "cache/blob_removal.h"
#include "cache/cleanup_impl.h"
#include "cache/progress_meter.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace layerhold {

namespace {

/// Removals that share the two transactions. Between batches a cleanup can be cancelled.
constexpr std::size_t batchSize = 64;

Digest digestOf(const CleanupCandidate& candidate)
{
    return *Digest::fromKey(std::as_bytes(std::span(candidate.name)));
}

std::vector<CleanupCandidate> candidates(CacheContext& context)
{
    std::vector<CleanupCandidate> result;
    requireWholeClaims(context);
    const auto partials = context.index.readAtLength([&](Connection& index) {
        blobs::forEachUnclaimed(index, [&](const Digest& digest, std::uint64_t size, TimePoint lastUsed) {
            if (blobs::isReleased(index, digest))
                result.push_back({digest.key(), size, lastUsed, false});
        });
        return ingests::all(index);
    });
    for (const IngestRow& row : partials) {
        if (row.state != IngestRow::State::Partial)
            continue;
        const auto identity = context.fileSystem.identity(context.files.layout().ingest(row.id));
        if (identity)
            result.push_back({row.id, identity->size, row.updated, true});
    }
    return result;
}

CleanupItem toItem(const CleanupCandidate& candidate)
{
    CleanupItem item;
    item.what = candidate.isPartial ? CleanupItem::What::Partial : CleanupItem::What::Blob;
    item.name = candidate.isPartial ? candidate.name : digestOf(candidate).toString();
    item.bytes = candidate.bytes;
    item.lastUsed = candidate.lastUsed;
    item.reason = candidate.isPartial ? "The write was aborted; its bytes were kept for a retry."
                                      : "No engine needs the blob, nor anything that refers to it.";
    return item;
}

/// Removes one batch for good. Fills in `skipped` where it did not.
void removeBatch(CacheContext& context, IngestTable& ingestTable, std::span<CleanupItem> items)
{
    std::vector<std::pair<CleanupItem*, Removal>> removals;
    for (CleanupItem& item : items) {
        if (item.what == CleanupItem::What::Blob)
            removals.emplace_back(&item, Removal{Digest::require(item.name), item.bytes, item.reason});
        else if (!ingestTable.removePartial(item.name, item.reason, item.bytes))
            item.skipped = "A new write took its bytes over.";
    }
    std::vector<Removal*> work;
    work.reserve(removals.size());
    for (auto& [item, removal] : removals)
        work.push_back(&removal);
    if (!work.empty())
        BlobRemoval(context, work, {}).run();
    for (const auto& [item, removal] : removals)
        item->skipped = removal.skipped;
}

} // namespace

CleanupImpl::CleanupImpl(CacheContext& context, BlobGuard& guard, IngestTable& ingests, CleanupHost host)
    : m_context(context)
    , m_guard(guard)
    , m_ingests(ingests)
    , m_host(std::move(host))
    , m_graphs(context.index, context.clock)
{}

CleanupReport CleanupImpl::collect(const CleanupOptions& options, const OnProgress& progress, std::stop_token stop)
{
    const auto alone = m_host.beginLongWork();
    const auto start = m_context.meter.start();
    m_host.flush(); // the last uses that are still in memory
    auto all = candidates(m_context);
    CleanupReport report;
    for (const CleanupCandidate& candidate : all)
        report.keptReleasedBytes += candidate.bytes;
    ProgressMeter meter(m_context.clock, progress);
    for (const CleanupCandidate& candidate : pickForCleanup(std::move(all), options.keepBytes)) {
        report.items.push_back(toItem(candidate));
        meter.now().totalBytes += candidate.bytes;
    }
    meter.now().totalItems = report.items.size();

    std::uint64_t removed = 0;
    const auto count = [&](const CleanupItem& item) {
        ++meter.now().doneItems;
        meter.now().doneBytes += item.bytes;
        if (!item.skipped.empty())
            return;
        report.bytes += item.bytes;
        report.keptReleasedBytes -= item.bytes;
        if (options.mode == CleanupOptions::Mode::DryRun)
            return;
        m_context.counters.add(CounterId::BytesRemoved, item.bytes);
        if (item.what == CleanupItem::What::Blob)
            m_context.counters.add(CounterId::BlobsRemoved);
        m_context.meter.log().eviction(item.name, item.bytes, item.reason);
        ++removed;
    };
    for (std::size_t first = 0; first < report.items.size(); first += batchSize) {
        throwIfStopped(stop);
        const std::span batch =
            std::span(report.items).subspan(first, std::min(batchSize, report.items.size() - first));
        if (options.mode == CleanupOptions::Mode::Run)
            removeBatch(m_context, m_ingests, batch);
        for (const CleanupItem& item : batch)
            count(item);
        meter.now().current = batch.back().name;
        meter.tick();
    }
    meter.finish();
    if (options.mode == CleanupOptions::Mode::Run)
        m_context.meter.log().cleanup("cleanup_expired", removed, report.bytes, m_context.clock.steadyNow() - start);
    return report;
}

} // namespace layerhold
