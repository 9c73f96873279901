// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/blob_guard.h"
#include "cache/cache_context.h"
#include "cache/graph_cache.h"
#include "cache/ingest_table.h"
#include "cache/plan_items.h"
#include "layerhold/cleanup.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace layerhold {

/// What the cleanup needs of the cache it is part of.
struct CleanupHost
{
    std::function<std::unique_lock<std::mutex>()> beginLongWork; ///< Locked when other long work runs
    std::function<void()> flush;                                 ///< writes the statistics that are still in memory
    std::function<void(const std::stop_token&)> dropVoidEntries; ///< those that have been so for a while
};

class CleanupImpl final : public Cleanup
{
public:
    CleanupImpl(CacheContext& context, BlobGuard& guard, IngestTable& ingests, CleanupHost host);

    CleanupReport collect(const CleanupOptions& options, const OnProgress& progress, std::stop_token stop) override;

    CleanupPolicy policy() override;
    void setPolicy(const CleanupPolicy& policy) override;

    Plan plan(const PlanRequest& request, std::stop_token stop) override;
    std::vector<Plan> plans() override;
    Plan findPlan(const std::string& id) override;
    std::vector<PlanItem> planItems(const std::string& id, std::uint64_t from, std::size_t limit) override;

    CleanupRun apply(const std::string& plan, Disposal disposal, const OnProgress& progress,
                     std::stop_token stop) override;
    std::vector<CleanupRun> runs(std::size_t limit) override;
    CleanupRun findRun(const std::string& id) override;
    std::vector<RunItem> runItems(const std::string& id, std::uint64_t from, std::size_t limit) override;

    TrashTotals trashTotals() override;
    std::vector<TrashedBlob> trash(const std::optional<Digest>& after, std::size_t limit) override;
    TrashReport undo(const std::string& run, const OnProgress& progress, std::stop_token stop) override;
    TrashReport restore(const std::vector<Digest>& digests) override;
    TrashReport emptyTrash(const std::vector<Digest>& digests, const OnProgress& progress,
                           std::stop_token stop) override;

    Pin pin(const Digest& digest, const std::string& note) override;
    bool unpin(const Digest& digest) override;
    std::vector<Pin> pins() override;
    Lease putLease(const std::string& id, TimePoint expiresAt, const std::vector<Digest>& digests) override;
    bool endLease(const std::string& id) override;
    std::vector<Lease> leases() override;

    UsageReport usage(UsageLevel level) override;
    std::uint64_t freed(const std::vector<Digest>& selection) override;

    void keepUp(std::string_view cause, std::stop_token stop) override;

    /// Once the index is open.
    void start();

    // For the upkeep.
    bool isUnderPressure();
    std::optional<TimePoint> nextExpiry(); ///< of trash and leases

    void freshenFigures() { m_graphs.freshen(); }

    std::uint64_t releases() const { return m_releases.load(); }

    /// Told after each commit: what is claimed while it is in the trash comes back, with all it refers to.
    void onCommitted(const std::vector<CheckpointRecord>& records);

private:
    PlanBody requireBody(const std::string& id);
    void dropOldPlans();
    /// Drops the pages of plans that are gone, in the background.
    void sweepPlanPages();
    void setPlanBeingMade(const std::string& id);
    std::string planBeingMade();
    void closeRunsThatWereCutOff();
    Plan makePlan(const PlanRequest& request, const std::stop_token& stop);
    void writePlan(PlanBody& body, const std::stop_token& stop);
    CleanupRun applyPlan(const std::string& id, Disposal disposal, const OnProgress& progress,
                         const std::stop_token& stop);
    TrashReport bringBack(const std::vector<Digest>& digests, const OnProgress& progress, const std::stop_token& stop);
    /// Removes for good; holds the long work already. Stops early once the disk has `enoughFree` bytes. The reason is a
    /// sentence for the events.
    TrashReport empty(const std::vector<Digest>& digests, std::string_view reason, std::uint64_t enoughFree,
                      const OnProgress& progress, const std::stop_token& stop);
    void takeOutWithChildren(const Digest& digest);
    void endLeases();
    void removeExpired(const std::stop_token& stop);
    void takeOutHeld();
    void relievePressure(const CleanupPolicy& policy, const std::stop_token& stop);
    void addDiskLines(UsageReport& report, const BlobGraph& graph);

    CacheContext& m_context;
    BlobGuard& m_guard;
    IngestTable& m_ingests;
    CleanupHost m_host;
    std::atomic<bool> m_isTrashInUse{false};  ///< false: certainly empty
    std::atomic<std::uint64_t> m_releases{0}; ///< claims that ended since the start

    GraphCache m_graphs;

    std::mutex m_planMutex; ///< held during I/O: one plan is made at a time
    std::mutex m_beingMadeMutex;
    std::string m_planBeingMade; ///< its id; empty when none is
    std::atomic<bool> m_isSweeping{false};

    std::mutex m_usageMutex; ///< held during I/O: one caller counts, the others wait
    std::map<UsageLevel, UsageReport> m_usage;
    std::uint64_t m_usageOf = 0; ///< the number of the graph's reading
};

} // namespace layerhold
