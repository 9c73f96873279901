// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/cache_client.h"
#include "models/records.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace layerhold::gui::test {

/// The cache that a FakeClient tells of: plain records that a test sets and changes as it likes, and the few rules that
/// make a cleanup and its undo move them. Several clients, such as those before and after a reconnect, may share one.
struct FakeStore
{
    Moment now; ///< what runs, trash and pins are dated with
    VersionRecord version{"0.1.0", "17", 4711};
    StatusRecord status; ///< the counts of blobs are made anew from `blobs` when it is asked for
    std::vector<HealthCheckRecord> checks;

    std::vector<BlobRecord> blobs; ///< ascending by digest: call sort() after changing it
    std::vector<EdgeRecord> edges; ///< ascending by parent, too
    std::vector<ClaimRecord> claims;
    std::set<std::string> expected;  ///< digests that open writes are about to deliver
    std::vector<ImageRecord> images; ///< ascending by digest
    ImageTotals totals;
    std::map<std::string, ImageDetails> imageDetails; ///< by digest
    std::vector<TagRecord> tags;                      ///< ascending by reference
    std::map<std::string, TagHistory> histories;      ///< by reference
    std::map<std::string, UsageRecord> usage;         ///< by level: holder, image

    MetricsRecord metrics;
    std::map<std::pair<std::string, std::chrono::seconds>, HistoryRecord> series; ///< by name and step
    std::vector<RateLimitRecord> rateLimits;
    std::vector<EventRecord> events; ///< ascending; what is older than the first is lost

    PolicyRecord policy;
    std::vector<PlanRecord> plans; ///< the newest first
    std::map<std::string, std::vector<PlanItem>> planItems;
    std::vector<RunRecord> runs; ///< the newest first
    std::map<std::string, std::vector<RunItem>> runItems;
    std::vector<TrashRecord> trash;
    std::map<std::string, BlobRecord> trashedBlobs; ///< what comes back when trash is restored
    std::vector<PinRecord> pins;
    std::map<std::string, AccessRecord> access; ///< by digest: who may have it; of others nobody proved anything
    /// Blobs that somebody took since the plan, and why a run therefore leaves them: "It is held by tag x."
    std::map<std::string, std::string> changed;
    /// What the disk gained by the next runs where that is not what was removed.
    std::optional<std::int64_t> measuredBytes;

    void sort();
    /// Says anew which blobs are released: those that no claim reaches over edges and that no open write expects.
    void settle();
    const BlobRecord* find(const std::string& digest) const; ///< nullptr: none

    std::span<const EdgeRecord> childrenOf(const std::string& digest) const;
    /// Blobs that `start` reaches over edges, itself included; those that are not stored too.
    std::set<std::string> reachedFrom(const std::set<std::string>& start) const;

    // What the calls answer. Errors: CallError.
    StatusRecord currentStatus() const;
    BlobDetails inspect(const std::string& name) const;
    std::vector<ClaimPathRecord> whyKept(const std::string& digest) const;
    /// As `access` says; without: what each engine gets by its mode of sharing and its claims.
    AccessRecord explainAccess(const std::string& name) const;
    std::uint64_t freedBy(const std::vector<std::string>& digests) const;
    HistoryRecord history(const std::string& name, std::chrono::seconds step, Moment since) const;
    std::optional<EventGap> gapAfter(std::uint64_t sequence) const;

    /// Removes what is released and not used for as long as the first rule that matches says. Rules with
    /// limits and no such time, and filters of other fields than kind and digest, match nothing; strategies are not
    /// looked at.
    PlanRecord makePlan(const PolicyRecord& wanted);
    /// The policy leaves time to undo.
    bool hasTrash() const;

    RunRecord beginRun(const std::string& plan);
    std::vector<PlanItem> itemsToRemove(const std::string& plan) const;
    /// One item of a plan as the run does it.
    RunItem removeItem(const PlanItem& item, CacheClient::Removal removal, RunRecord& run);
    /// Puts down what the run did up to now.
    void recordRun(RunRecord& run, bool hasEnded);
    /// Digests; of all runs when `run` is empty.
    std::vector<std::string> trashedBy(const std::string& run) const;
    TrashItem restoreItem(const std::string& digest);
    TrashItem emptyItem(const std::string& digest);

    PinRecord pin(const std::string& digest, const std::string& note);
    void unpin(const std::string& digest);

    void append(EventRecord event); ///< with the next sequence number and, if it has none, the time `now`

private:
    std::uint64_t m_ids = 0;

    std::string nextId();

    struct Hold
    {
        std::string holder;
        bool isClaim = false; ///< and not only on what refers to it
    };

    using Holders = std::map<std::string, Hold>;
    Holders holders() const;
    PlanItem judge(const BlobRecord& blob, const PolicyRecord& wanted, const Holders& holders) const;
    std::string fullDigest(const std::string& name) const;
};

} // namespace layerhold::gui::test
