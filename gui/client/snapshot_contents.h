// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/cache_client.h"
#include "client/record_fields.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace layerhold::gui {

/// A question that the service had no answer to: the snapshot answers it with the same error.
struct SnapshotGap
{
    std::string question; ///< as the call is named: "rateLimits"
    std::string code;
    std::string message;
};

struct SnapshotUsage
{
    std::string level;
    UsageRecord usage;
};

/// What was asked of a cache at one time: all that the pages show of it.
struct SnapshotContents
{
    SnapshotInfo info;
    std::optional<VersionRecord> version;
    std::optional<StatusRecord> status;
    std::vector<HealthCheckRecord> checks;
    std::optional<PolicyRecord> policy;
    std::optional<MetricsRecord> metrics;
    std::vector<HistoryRecord> histories; ///< each series in each step
    std::vector<RateLimitRecord> rateLimits;
    std::vector<PlanRecord> plans; ///< the newest first, as runs
    std::vector<RunRecord> runs;
    std::vector<PinRecord> pins;
    std::vector<TrashRecord> trash;
    std::vector<SnapshotUsage> usage;
    std::vector<EventRecord> events;
    std::vector<BlobRecord> blobs; ///< ascending by digest
    std::vector<EdgeRecord> edges; ///< those of one parent together, in its order
    std::vector<ClaimRecord> claims;
    std::vector<ImageRecord> images;
    std::optional<ImageTotals> imageTotals;
    std::vector<ImageDetails> imageDetails;
    std::vector<TagRecord> tags;
    std::vector<TagHistory> tagHistories;
    std::vector<SnapshotGap> gaps;
};

/// Answers what a service works out for each question, from what a snapshot has. Immutable: any thread. Errors:
/// CallError, as those of CacheClient.
class SnapshotAnswers
{
public:
    explicit SnapshotAnswers(SnapshotContents contents);

    const SnapshotContents& contents() const { return m_contents; }

    /// Throws what the service said, if it had no answer to this question.
    void checkAnswered(const char* question) const;

    BlobDetails inspect(const std::string& name) const;
    std::vector<ClaimPathRecord> whyKept(const std::string& digest) const;
    std::uint64_t freedBy(const std::vector<std::string>& digests) const;
    UsageRecord usage(const std::string& level) const;
    TagHistory tagHistory(const std::string& reference) const;
    HistoryRecord history(const std::string& series, std::chrono::seconds step, Moment since) const;

private:
    using Number = std::uint32_t; ///< of a blob, an edge, …
    static constexpr Number none = 0xFFFFFFFF;

    Number find(const std::string& digest) const; ///< none: it is not stored
    Number require(const std::string& digest) const;
    const std::string& digestOf(const std::string& name) const;
    void checkClaims() const;
    template <class OnEdge>
    void eachParent(const std::string& child, OnEdge onEdge) const;
    std::span<const EdgeRecord> childrenOf(const std::string& parent) const;
    std::span<const ClaimRecord> claimsOn(const std::string& digest) const;
    std::vector<bool> reachedFrom(std::vector<bool> start) const;

    SnapshotContents m_contents;
    std::vector<Number> m_edgesByChild;
    std::vector<std::pair<Number, Number>> m_links; ///< edges between blobs that are stored, by parent
};

template <Is<SnapshotInfo> R>
auto fieldsOf(R& r)
{
    return std::tie(r.source, r.takenAt, r.hasAllClaims);
}

template <Is<SnapshotGap> R>
auto fieldsOf(R& r)
{
    return std::tie(r.question, r.code, r.message);
}

template <Is<SnapshotUsage> R>
auto fieldsOf(R& r)
{
    return std::tie(r.level, r.usage);
}

} // namespace layerhold::gui
