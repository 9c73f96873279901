// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/cache_impl.h"

#include "cache/progress_meter.h"
#include "index/claims.h"
#include "index/edges.h"
#include "policy/cleanup.h"

#include <algorithm>
#include <optional>
#include <set>

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
    const auto partials = context.index.readAtLength([&](Connection& index) {
        // A claim or an edge that is damaged keeps nothing: nothing is to be removed for want of it.
        claims::forEach(index, [](const ClaimRow&) {});
        edges::requireWhole(index);
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

/// Removes the blobs of one batch: mark → unlink → drop the rows. Fills in `skipped` where it did not.
class BlobRemoval
{
public:
    BlobRemoval(CacheContext& context, const std::vector<CleanupItem*>& items)
        : m_context(context)
    {
        for (CleanupItem* item : items) {
            const Digest digest = Digest::require(item->name);
            auto busy = context.busy.tryLock(digest);
            if (!busy)
                item->skipped = "It is being written or checked right now.";
            else
                m_work.push_back({item, digest, std::move(*busy)});
        }
    }

    void run()
    {
        mark();
        try {
            unlink();
            dropRows();
        } catch (...) {
            for (const Work& work : m_work)
                m_context.strays.add(work.digest);
            throw;
        }
    }

private:
    struct Work
    {
        CleanupItem* item;
        Digest digest;
        BusyDigests::Lock busy;
    };

    void mark()
    {
        m_context.index.write(Durability::Durable, [this](Change& change) {
            for (const Work& work : m_work) {
                auto row = blobs::find(change.index(), work.digest);
                work.item->skipped.clear();
                if (!row || row->state != BlobState::Present)
                    work.item->skipped = "It is gone already.";
                else if (!blobs::isReleased(change.index(), work.digest))
                    work.item->skipped = "It was claimed meanwhile.";
                if (!work.item->skipped.empty())
                    continue;
                row->state = BlobState::Deleting;
                blobs::put(change.index(), *row);
            }
        });
    }

    void unlink()
    {
        for (const Work& work : m_work) {
            if (!work.item->skipped.empty())
                continue;
            try {
                m_context.files.remove(work.digest);
            } catch (const Error& error) {
                work.item->skipped = error.what();
                m_notUnlinked.push_back(work.digest);
            }
        }
        // A name that came back after its row is gone would belong to nobody.
        std::set<DigestAlgorithm> folders;
        for (const Work& work : m_work)
            if (work.item->skipped.empty())
                folders.insert(work.digest.algorithm());
        for (const DigestAlgorithm folder : folders)
            m_context.files.syncDirectory(folder);
    }

    void dropRows()
    {
        m_context.index.write(Durability::Relaxed, [this](Change& change) {
            for (const Work& work : m_work) {
                if (!work.item->skipped.empty())
                    continue;
                forgetBlob(change, work.digest);
                change.event("blob_removed", work.digest.toString(), {}, work.item->reason, work.item->bytes);
            }
            for (const Digest& digest : m_notUnlinked) {
                auto row = blobs::find(change.index(), digest);
                if (!row)
                    continue;
                row->state = BlobState::Present;
                blobs::put(change.index(), *row);
            }
        });
    }

    CacheContext& m_context;
    std::vector<Work> m_work;
    std::vector<Digest> m_notUnlinked;
};

void removePartial(CacheContext& context, IngestTable& ingestTable, CleanupItem& item)
{
    bool isGone = false;
    context.index.write(Durability::Relaxed, [&](Change& change) {
        const auto row = ingests::find(change.index(), item.name);
        isGone = !row || row->state != IngestRow::State::Partial;
        if (isGone)
            return;
        ingests::erase(change.index(), item.name);
        change.event("partial_removed", row->ref, row->engine, item.reason, item.bytes);
    });
    if (isGone)
        item.skipped = "A new write took its bytes over.";
    else
        ingestTable.removeFile(item.name);
}

} // namespace

CleanupReport CacheImpl::cleanup(const CleanupOptions& options, const OnProgress& progress, std::stop_token stop)
{
    const auto alone = beginLongWork();
    flush(); // the last uses that are still in memory
    auto all = candidates(m_context);
    CleanupReport report;
    for (const CleanupCandidate& candidate : all)
        report.keptReleasedBytes += candidate.bytes;
    ProgressMeter meter(m_clock, progress);
    for (const CleanupCandidate& candidate : pickForCleanup(std::move(all), options.keepBytes)) {
        report.items.push_back(toItem(candidate));
        meter.now().totalBytes += candidate.bytes;
    }
    meter.now().totalItems = report.items.size();

    const auto count = [&](const CleanupItem& item) {
        ++meter.now().doneItems;
        meter.now().doneBytes += item.bytes;
        if (!item.skipped.empty())
            return;
        report.bytes += item.bytes;
        report.keptReleasedBytes -= item.bytes;
        if (options.mode == CleanupOptions::Mode::DryRun)
            return;
        m_counters.add(CounterId::BytesRemoved, item.bytes);
        if (item.what == CleanupItem::What::Blob)
            m_counters.add(CounterId::BlobsRemoved);
    };
    for (std::size_t first = 0; first < report.items.size(); first += batchSize) {
        throwIfStopped(stop);
        const std::span batch =
            std::span(report.items).subspan(first, std::min(batchSize, report.items.size() - first));
        if (options.mode == CleanupOptions::Mode::Run) {
            std::vector<CleanupItem*> blobItems;
            for (CleanupItem& item : batch) {
                if (item.what == CleanupItem::What::Blob)
                    blobItems.push_back(&item);
                else
                    removePartial(m_context, m_ingests, item);
            }
            if (!blobItems.empty())
                BlobRemoval(m_context, blobItems).run();
        }
        for (const CleanupItem& item : batch)
            count(item);
        meter.now().current = batch.back().name;
        meter.tick();
    }
    meter.finish();
    return report;
}

} // namespace layerhold
