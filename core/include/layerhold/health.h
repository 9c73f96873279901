// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"
#include "layerhold/digest.h"
#include "layerhold/metrics.h"
#include "layerhold/types.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

struct Progress;

/// How much an integrity check reads.
enum class IntegrityDepth : std::uint8_t
{
    Quick, ///< hashes files that were touched since they were last hashed
    Full   ///< hashes every file
};

struct IntegrityProblem
{
    Digest digest;
    std::string reason;     ///< one sentence
    bool isClaimed = false; ///< somebody waits for the bytes
};

/// What an integrity check found. It only looks.
struct IntegrityReport
{
    TimePoint at;
    IntegrityDepth depth = IntegrityDepth::Quick;
    std::uint64_t totalEntries = 0;
    std::vector<IntegrityProblem> corruptedEntries; ///< could not be read: an I/O error, no judgement on the bytes
    std::vector<IntegrityProblem> missingFiles;
    std::vector<IntegrityProblem> invalidDigests;
    std::chrono::nanoseconds checkDuration{};

    bool isHealthy() const { return corruptedEntries.empty() && missingFiles.empty() && invalidDigests.empty(); }
};

struct RepairReport
{
    std::uint64_t dropped = 0;       ///< rows of missing files that nobody claims
    std::uint64_t markedMissing = 0; ///< rows of missing files that are claimed: the next fetch heals them
    std::uint64_t quarantined = 0;   ///< files whose bytes were wrong and were set aside
    std::uint64_t left = 0;          ///< rows whose files cannot be read now
    IntegrityReport after;           ///< what there is to say now
};

/// A blob as a cache entry.
struct EntryInfo
{
    std::string key; ///< the digest
    std::uint64_t size = 0;
    TimePoint createdAt;
    TimePoint accessedAt;
    std::optional<std::chrono::nanoseconds> ttl; ///< nullopt: it does not expire
    std::uint64_t accessCount = 0;
    std::string filePath;
    bool isExpired = false;
    std::string type; ///< manifest, blob, unknown
};

struct CacheStatistics
{
    std::uint64_t totalEntries = 0;   ///< blobs that are stored now
    std::uint64_t expiredEntries = 0; ///< entries of scopes past their time to live that were not dropped yet
    std::uint64_t totalSizeBytes = 0;
    std::uint64_t maxSizeBytes = 0; ///< 0: no limit
    double hitRate = 0;
    std::uint64_t totalEvictions = 0;
    std::uint64_t totalErrors = 0;
    std::optional<TimePoint> lastCompaction;
    double averageAccessCount = 0;
};

struct IndexStatistics
{
    std::uint64_t rows = 0; ///< of blobs, in every state
    std::uint64_t fileBytes = 0;
    std::uint64_t walBytes = 0;
    std::uint64_t freeBytes = 0; ///< in the file, given back by compact()
    std::uint64_t lastEvent = 0;
};

struct DirectoryInfo
{
    std::string path; ///< relative to the root; "." is the root itself, without what lies deeper
    std::uint64_t fileCount = 0;
    std::uint64_t totalSize = 0;
};

struct StorageInfo
{
    std::string path;
    std::uint64_t totalFiles = 0;
    std::uint64_t totalSize = 0;
    std::vector<DirectoryInfo> directories;
};

/// Everything that somebody who looks for a fault wants to see at once. No secrets: the core has none.
struct HealthReport
{
    TimePoint timestamp;
    std::map<std::string, std::string> config;
    MetricsSnapshot metrics;
    IndexStatistics indexStats;
    CacheStatistics cacheStats;
    std::vector<EntryInfo> topEntries; ///< at most 20, by access count
    IntegrityReport integrity;
    StorageInfo storageInfo;
};

/// One line of a diagnosis.
struct HealthCheck
{
    enum class Outcome : std::uint8_t
    {
        Ok,
        Warn,
        Fail
    };
    std::string name;
    Outcome outcome = Outcome::Ok;
    std::string finding; ///< one sentence
    std::string advice;  ///< what to do; empty when nothing
};

std::string_view toString(HealthCheck::Outcome outcome);

struct CompactReport
{
    std::uint64_t bytesBefore = 0; ///< of the index and its log
    std::uint64_t bytesAfter = 0;
    std::uint64_t bytesRegained = 0;
    TimePoint at;
};

/// Why a digest was fetched.
struct MissExplanation
{
    enum class Reason : std::uint8_t
    {
        NotMissed, ///< nobody asked for it in vain, as far as is remembered
        NeverSeen, ///< the cache did not know it
        Forgotten, ///< it was not there, and events of the time before are no longer kept
        Evicted,   ///< a cleanup had removed it
        Corrupted, ///< its bytes were wrong and had been set aside
        Vanished,  ///< its file was gone without our doing
        Hidden     ///< it is there, but the engine's sharing did not let it see it
    };

    Digest digest;
    Reason reason = Reason::NotMissed;
    std::string sentence = {};              ///< the answer, for people
    std::optional<TimePoint> missedAt = {}; ///< of the last miss
    std::string engine = {};                ///< that missed it
    std::uint64_t times = 0;                ///< misses that are remembered
    std::optional<TimePoint> lostAt = {};   ///< when it was evicted, set aside or found missing
    std::string cause = {};                 ///< Evicted: what the cleanup gave as the reason
    std::vector<Event> events = {};         ///< about the digest, ascending; the newest 50
};

std::string_view toString(MissExplanation::Reason reason);

/// Looks after the cache. Thread-safe. Looking changes nothing, access times included; `stop` cancels with Cancelled.
class Health
{
public:
    using OnProgress = std::function<void(const Progress&)>;

    virtual ~Health() = default;

    /// Everything, with a quick integrity check. Walks over all files.
    virtual HealthReport collect(std::stop_token stop) = 0;
    /// At most 20.
    virtual std::vector<EntryInfo> topEntries() = 0;
    /// NotFound when unknown.
    virtual EntryInfo entry(const Digest& digest) = 0;
    virtual StorageInfo storage(std::stop_token stop) = 0;

    virtual IntegrityReport checkIntegrity(IntegrityDepth depth, const OnProgress& progress, std::stop_token stop) = 0;
    /// Checks, drops or marks rows whose file is missing, sends wrong bytes to quarantine and checks again. Nothing
    /// happens to a healthy cache, nor to rows whose files cannot be read. Long work: Locked while other such work
    /// runs.
    virtual RepairReport repair(IntegrityDepth depth, const OnProgress& progress, std::stop_token stop) = 0;

    /// Gives unused space of the index back to the disk, in short steps between which others write.
    virtual CompactReport compact(std::stop_token stop) = 0;

    /// Checks of root, index, disk, quarantine, clock and scrubbing, in the order in which to look at them.
    virtual std::vector<HealthCheck> diagnose(std::stop_token stop) = 0;

    virtual MissExplanation explain(const Digest& digest) = 0;
};

} // namespace layerhold
