// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// Applying plans, and what runs did.

#include "base/text.h"
#include "cache/blob_removal.h"
#include "cache/cleanup_impl.h"
#include "cache/progress_meter.h"

#include <algorithm>
#include <utility>

namespace layerhold {

namespace {

/// Removals that share the two transactions. Between batches a run can be cancelled.
constexpr std::size_t batchSize = 64;
constexpr std::size_t runsKept = 100;

void tally(CleanupRun& run, const RunItemRow& row)
{
    switch (static_cast<CleanupOutcome>(row.outcome)) {
    case CleanupOutcome::Trashed:
        ++run.trashed;
        break;
    case CleanupOutcome::Removed:
        ++run.removed;
        run.unlinkedBytes += row.bytes;
        break;
    case CleanupOutcome::Skipped:
        ++run.skipped;
        return;
    case CleanupOutcome::Failed:
    case CleanupOutcome::Restored:
        ++run.failed;
        return;
    }
    run.reportedBytes += row.bytes;
}

/// Applies the items of one plan, batch by batch.
class PlanRun
{
public:
    PlanRun(CacheContext& context, IngestTable& ingestTable, CleanupRun& run, Destination destination)
        : m_context(context)
        , m_ingests(ingestTable)
        , m_run(run)
        , m_destination(std::move(destination))
    {}

    void apply(const std::vector<PlanItem>& items)
    {
        std::vector<Removal> removals;
        removals.reserve(items.size()); // pointers into it are handed out
        std::vector<Removal*> work;
        std::vector<RunItemRow> rows;
        for (const PlanItem& item : items) {
            RunItemRow row;
            row.position = m_position++;
            row.what = static_cast<std::uint8_t>(item.what);
            row.name = item.name;
            row.bytes = item.bytes;
            rows.push_back(std::move(row));
            if (item.what == CleanupItem::What::Blob) {
                removals.push_back(
                    {Digest::require(item.name), item.bytes, item.sentence, BlobState::Present, item.usedAt});
                work.push_back(&removals.back());
            } else {
                removePartial(item, rows.back());
            }
        }
        const auto record = [&](Change& change) { recordBatch(change, rows, removals); };
        if (work.empty())
            m_context.index.write(Durability::Relaxed, record);
        else
            BlobRemoval(m_context, work, m_destination, record).run();
        for (const RunItemRow& row : rows)
            count(row);
    }

private:
    void removePartial(const PlanItem& item, RunItemRow& row)
    {
        const bool isRemoved = m_ingests.removePartial(item.name, item.sentence, item.bytes, item.usedAt);
        row.outcome = static_cast<std::uint8_t>(isRemoved ? CleanupOutcome::Removed : CleanupOutcome::Skipped);
        row.sentence = isRemoved ? item.sentence : "A new write took its bytes over.";
    }

    void recordBatch(Change& change, std::vector<RunItemRow>& rows, const std::vector<Removal>& removals) const
    {
        auto removal = removals.begin();
        for (RunItemRow& row : rows) {
            if (row.what == static_cast<std::uint8_t>(CleanupItem::What::Blob)) {
                row.outcome = static_cast<std::uint8_t>(outcomeOf(*removal));
                row.sentence = removal->skipped.empty() ? removal->reason : removal->skipped;
                ++removal;
            }
            runs::putItem(change.index(), m_run.id, row);
        }
    }

    CleanupOutcome outcomeOf(const Removal& removal) const
    {
        if (removal.trouble == Removal::Trouble::Changed)
            return CleanupOutcome::Skipped;
        if (removal.trouble == Removal::Trouble::Failure)
            return CleanupOutcome::Failed;
        return m_destination.disposal == Disposal::Trash ? CleanupOutcome::Trashed : CleanupOutcome::Removed;
    }

    void count(const RunItemRow& row)
    {
        tally(m_run, row);
        const auto outcome = static_cast<CleanupOutcome>(row.outcome);
        if (outcome == CleanupOutcome::Trashed)
            m_context.counters.add(CounterId::BlobsTrashed);
        if (outcome != CleanupOutcome::Removed)
            return;
        m_context.counters.add(CounterId::BytesRemoved, row.bytes);
        if (row.what == static_cast<std::uint8_t>(CleanupItem::What::Blob))
            m_context.counters.add(CounterId::BlobsRemoved);
        m_context.meter.log().eviction(row.name, row.bytes, row.sentence);
    }

    CacheContext& m_context;
    IngestTable& m_ingests;
    CleanupRun& m_run;
    Destination m_destination;
    std::uint64_t m_position = 0;
};

std::int64_t freeBytes(CacheContext& context)
{
    return static_cast<std::int64_t>(context.fileSystem.space(context.files.layout().root()).freeBytes);
}

} // namespace

CleanupRun CleanupImpl::apply(const std::string& plan, Disposal disposal, const OnProgress& progress,
                              std::stop_token stop)
{
    const auto alone = m_host.beginLongWork();
    requireWholeClaims(m_context);
    return applyPlan(plan, disposal, progress, stop);
}

CleanupRun CleanupImpl::applyPlan(const std::string& id, Disposal disposal, const OnProgress& progress,
                                  const std::stop_token& stop)
{
    m_host.flush(); // the last uses that are still in memory
    PlanBody body = requireBody(id);
    if (!body.plan.run.empty())
        throw Error(ErrorCode::FailedPrecondition,
                    "the plan " + id + " was applied already, by run " + body.plan.run + "; make a new one");
    const auto undoWindow = policy().undoWindow;
    const bool hasTrash = undoWindow > std::chrono::seconds::zero();
    if (disposal == Disposal::OnlyTrash && !hasTrash)
        throw Error(ErrorCode::FailedPrecondition,
                    "the policy leaves no time to undo, so nothing goes to the trash; nothing was removed");
    CleanupRun run;
    run.id = newIngestId().substr(0, 12);
    run.plan = id;
    run.cause = body.plan.cause;
    run.startedAt = m_context.clock.now();
    run.promisedBytes = body.plan.removeBytes;
    const bool isForGood = disposal == Disposal::Remove || !hasTrash;
    const Destination destination{isForGood ? Disposal::Remove : Disposal::Trash, run.id, run.startedAt + undoWindow};
    body.plan.run = run.id;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        if (!plans::find(change.index(), id))
            throw Error(ErrorCode::NotFound, "the plan " + text::quoted(id) + " was just dropped; make it anew");
        plans::put(change.index(), toRow(body));
        runs::put(change.index(), toRow(run));
        runs::prune(change.index(), runsKept);
    });
    m_isTrashInUse = m_isTrashInUse || destination.disposal == Disposal::Trash;
    ProgressMeter meter(m_context.clock, progress);
    meter.now().totalItems = body.plan.removeItems;
    meter.now().totalBytes = body.plan.removeBytes;
    const std::int64_t freeBefore = freeBytes(m_context);
    const auto finish = [&] {
        run.finishedAt = m_context.clock.now();
        run.measuredBytes = freeBytes(m_context) - freeBefore;
        m_context.index.write(Durability::Durable, [&](Change& change) {
            runs::put(change.index(), toRow(run));
            change.event("cleanup_finished", run.id, {},
                         "Plan " + id + ": " + std::to_string(run.trashed) + " to the trash, " +
                             std::to_string(run.removed) + " removed, " + std::to_string(run.skipped) + " skipped, " +
                             std::to_string(run.failed) + " failed.",
                         run.reportedBytes);
        });
    };
    try {
        PlanRun work(m_context, m_ingests, run, destination);
        for (std::uint64_t from = 0; from < body.plan.removeItems; from += batchSize) {
            throwIfStopped(stop);
            const auto wanted = std::min<std::uint64_t>(batchSize, body.plan.removeItems - from);
            const auto items = planItems(id, from, wanted);
            if (items.size() < wanted)
                throw Error(ErrorCode::FailedPrecondition,
                            "the list of plan " + id +
                                " is no longer complete, the rest of it is left alone; make it anew");
            work.apply(items);
            for (const PlanItem& item : items) {
                ++meter.now().doneItems;
                meter.now().doneBytes += item.bytes;
            }
            meter.now().current = items.back().name;
            meter.tick();
        }
    } catch (...) {
        finish();
        throw;
    }
    finish();
    meter.finish();
    return run;
}

void CleanupImpl::closeRunsThatWereCutOff()
{
    for (CleanupRun& run : runs(runsKept)) {
        if (run.finishedAt != TimePoint{})
            continue;
        run.finishedAt = m_context.clock.now();
        m_context.index.write(Durability::Relaxed, [&](Change& change) {
            for (const RunItemRow& row : layerhold::runs::items(change.index(), run.id, 0, SIZE_MAX))
                tally(run, row);
            layerhold::runs::put(change.index(), toRow(run));
            change.event("cleanup_cut_off", run.id, {}, "The process ended while it was applied.", run.reportedBytes);
        });
    }
}

std::vector<CleanupRun> CleanupImpl::runs(std::size_t limit)
{
    std::vector<CleanupRun> result;
    for (const RunRow& row : m_context.index.read([&](Connection& index) { return runs::latest(index, limit); }))
        result.push_back(runFromRow(row));
    return result;
}

CleanupRun CleanupImpl::findRun(const std::string& id)
{
    const auto row = m_context.index.read([&](Connection& index) { return runs::find(index, id); });
    if (!row)
        throw Error(ErrorCode::NotFound, "there is no run " + text::quoted(id) + "; only the newest are kept");
    return runFromRow(*row);
}

std::vector<RunItem> CleanupImpl::runItems(const std::string& id, std::uint64_t from, std::size_t limit)
{
    findRun(id);
    std::vector<RunItem> items;
    for (const RunItemRow& row :
         m_context.index.read([&](Connection& index) { return runs::items(index, id, from, limit); }))
        items.push_back({static_cast<CleanupItem::What>(row.what), row.name, row.bytes,
                         static_cast<CleanupOutcome>(row.outcome), row.sentence});
    return items;
}

} // namespace layerhold
