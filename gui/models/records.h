// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the service tells of a cache, as plain values: the models of the app and its pages know these, and nothing of
/// the transport. Digests are "algorithm:hex". Texts are as others wrote them: gui/models/plain_text.h makes them fit
/// to show. Names in fields that are texts with a closed set of values (kind, state, cause, decision, …) are those of
/// plugin/api/layerhold/v1/*.proto.
namespace layerhold::gui {

/// The epoch itself stands for "never" and "unknown".
using Moment = std::chrono::sys_time<std::chrono::milliseconds>;

struct EngineRecord
{
    std::string name;
    std::string socket;
    std::string sharing; ///< verified, open, isolated
    bool isServing = false;
    std::string problem;
    std::string linkAddress; ///< of its own API; empty: not linked
    bool isLinked = false;
    std::string linkProblem;
};

struct StatusRecord
{
    std::string root;
    std::int64_t pid = 0;
    bool isDaemon = false;
    std::uint64_t blobCount = 0;
    std::uint64_t blobBytes = 0;
    std::uint64_t releasedCount = 0;
    std::uint64_t releasedBytes = 0;
    std::uint64_t ingestCount = 0;
    std::uint64_t ingestBytes = 0;
    std::uint64_t partialBytes = 0;
    std::uint64_t quarantineCount = 0;
    std::uint64_t quarantineBytes = 0;
    std::uint64_t diskFree = 0;
    std::uint64_t diskTotal = 0;
    Moment openedAt;
    std::string notice;
    std::vector<EngineRecord> engines;
};

struct VersionRecord
{
    std::string version;
    std::string schema;
    std::int64_t pid = 0;
};

struct BlobRecord
{
    std::string digest;
    std::uint64_t size = 0;
    std::string mediaType;
    std::string kind;  ///< other, manifest, index, config, layer
    std::string state; ///< present, missing, quarantined, deleting
    Moment createdAt;
    Moment accessedAt;
    Moment verifiedAt;
    std::uint64_t accessCount = 0;
    std::string origin;
    bool isReleased = false;
    std::string refetch = {}; ///< yes, unknown, only_copy; empty: the service does not tell
};

struct ClaimRecord
{
    std::string holderKind;
    std::string holder;
    std::string digest;
    Moment since;
};

struct EdgeRecord
{
    std::string parent;
    std::string child;
    std::string role;
    std::string mediaType;
    std::string platform;
    std::uint64_t size = 0;
};

/// Why a blob is kept: a way from it up to what holds it.
struct ClaimPathRecord
{
    std::vector<std::string> path; ///< digests, the blob first
    ClaimRecord claim;
};

struct ImageNameRecord
{
    std::string source; ///< tag, engine, lease
    std::string name;
    std::string engine;
    std::string engineNamespace;
};

struct ImageRecord
{
    std::string digest;
    std::string kind;
    std::string state;
    std::string mediaType;
    std::vector<ImageNameRecord> names;
    std::vector<std::string> platforms;
    std::uint64_t layers = 0;
    std::uint64_t absentBlobs = 0;
    std::uint64_t referencedBytes = 0;
    std::uint64_t uniqueBytes = 0;
    std::uint64_t shareBytes = 0;
    std::string config;
    std::string subject;
    std::uint64_t referrers = 0;
    Moment createdAt;
    Moment accessedAt;
};

struct ImageTotals
{
    std::uint64_t images = 0;
    std::uint64_t imageBytes = 0;
    std::uint64_t sharedBytes = 0;
    std::uint64_t otherBytes = 0;
};

struct LayerRecord
{
    std::string digest;
    std::string mediaType;
    std::uint64_t size = 0;
    bool isPresent = false;
    std::uint64_t images = 0; ///< that have it
    std::string command;
};

struct ManifestRecord
{
    std::string digest;
    bool isPresent = false;
    std::string platform;
    std::string artifactType;
    std::string config;
    std::string created;
    std::vector<LayerRecord> layers; ///< the lowest first
};

struct ReferrerRecord
{
    std::string digest;
    std::string artifactType;
    std::uint64_t size = 0;
};

struct ImageDetails
{
    ImageRecord image;
    std::vector<ManifestRecord> manifests;
    std::vector<ReferrerRecord> referrers;
    std::vector<std::string> sources; ///< repositories that engines got it from
};

/// All about one blob.
struct BlobDetails
{
    BlobRecord blob;
    std::vector<EdgeRecord> children;
    std::vector<EdgeRecord> parents;
    std::vector<ClaimRecord> claims;
    std::optional<ImageDetails> image; ///< of a manifest or an index
};

struct TagRecord
{
    std::string reference;
    std::string digest;
    std::string cause; ///< of the last move: pull, push, engine, resolve, manual
    std::string by;
    Moment createdAt;
    Moment movedAt;
    Moment updatedAt; ///< when it was last validated
    Moment accessedAt;
    std::uint64_t accessCount = 0;
    bool isStale = false;
    bool isPresent = false; ///< the digest is stored
    bool claims = false;    ///< the tag keeps what it points at
};

struct TagMove
{
    Moment at;
    std::string from; ///< empty: the tag appeared
    std::string to;   ///< empty: the tag was removed
    std::string cause;
    std::string by;
};

struct TagHistory
{
    std::string reference;
    std::optional<TagRecord> tag;
    std::vector<TagMove> moves; ///< the newest first
};

struct EventRecord
{
    std::uint64_t sequence = 0;
    Moment at;
    std::string kind;
    std::string subject;
    std::string engine;
    std::string detail;
    std::uint64_t bytes = 0;
};

struct EntityUsage
{
    std::string name;
    std::uint64_t blobs = 0;
    std::uint64_t referencedBytes = 0;
    std::uint64_t uniqueBytes = 0;
    std::uint64_t shareBytes = 0;
};

struct DiskLine
{
    std::string name;
    std::string definition;
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;
};

struct UsageRecord
{
    Moment countedAt;
    std::uint64_t storedBlobs = 0;
    std::uint64_t storedBytes = 0;
    std::uint64_t reachedBytes = 0;
    std::uint64_t sharedBytes = 0;
    std::uint64_t releasedBlobs = 0;
    std::uint64_t releasedBytes = 0;
    std::vector<EntityUsage> entities;
    std::vector<DiskLine> onDisk; ///< the last is the total
    std::uint64_t diskFree = 0;
    std::uint64_t diskTotal = 0;
};

/// One value of the snapshot of metrics: not set when it never happened or is not known.
struct MetricRecord
{
    std::string name;
    std::string unit; ///< count, bytes, nanoseconds, ratio
    std::string kind; ///< counter, gauge
    std::string sentence;
    bool hasHistory = false;
    std::optional<double> value;
};

struct MetricsRecord
{
    Moment at;
    Moment since; ///< the counters count from here
    std::vector<MetricRecord> metrics;
};

struct HistoryPoint
{
    Moment at; ///< the beginning of the step
    std::optional<std::uint64_t> value;
};

struct HistoryRecord
{
    std::string series;
    std::string unit;
    std::string kind;
    std::chrono::seconds step{1};
    std::vector<HistoryPoint> points; ///< ascending; where nobody sampled there is none
};

/// What a registry said last of how many manifests one may still ask it for.
struct RateLimitRecord
{
    std::string registry;
    std::string identity; ///< whom the registry saw: "anonymous", or the first digits of a keyed hash
    std::uint64_t limit = 0;
    std::uint64_t remaining = 0;
    std::chrono::seconds window{0}; ///< 0: it does not say
    Moment saidAt;
};

/// Sizes, durations and limits as people write them: "20GiB", "60d", "20%"; empty: not set.
struct PolicyRule
{
    std::string name;
    std::vector<std::string> filters;
    std::string clock; ///< created, written, used
    std::string keepDuration;
    std::string reserved;
    std::string maxUsed;
    std::string minFree;
    std::string strategy;

    friend bool operator==(const PolicyRule&, const PolicyRule&) = default;
};

struct PolicyRecord
{
    std::string mode; ///< manual, automatic
    std::string undoWindow;
    std::string pressure;
    std::vector<PolicyRule> rules;

    friend bool operator==(const PolicyRecord&, const PolicyRecord&) = default;
};

struct PlanRecord
{
    std::string id;
    Moment madeAt;
    std::string cause;
    std::uint64_t items = 0;
    std::uint64_t removeItems = 0;
    std::uint64_t removeBytes = 0;
    std::uint64_t keepItems = 0;
    std::uint64_t keepBytes = 0;
    std::uint64_t onlyCopies = 0;
    std::uint64_t storedBytes = 0;
    std::string run; ///< which applied it
    PolicyRecord policy;
};

struct PlanItem
{
    std::string what; ///< blob, partial
    std::string name;
    std::string kind;
    std::uint64_t bytes = 0;
    Moment createdAt;
    Moment usedAt;
    std::string decision; ///< remove, keep
    std::string rule;
    std::string reason;
    std::string sentence;
    std::uint64_t freedBytes = 0;
    std::string refetch; ///< yes, unknown, only_copy
};

struct RunRecord
{
    std::string id;
    std::string plan;
    std::string cause;
    Moment startedAt;
    Moment finishedAt; ///< unknown: it runs, or was cut off
    std::uint64_t trashed = 0;
    std::uint64_t removed = 0;
    std::uint64_t skipped = 0;
    std::uint64_t failed = 0;
    std::uint64_t promisedBytes = 0;
    std::uint64_t reportedBytes = 0;
    std::uint64_t unlinkedBytes = 0;
    std::int64_t measuredBytes = 0; ///< by which the free space of the disk grew
};

struct RunItem
{
    std::string what;
    std::string name;
    std::uint64_t bytes = 0;
    std::string outcome; ///< trashed, removed, skipped, failed
    std::string sentence;
};

struct TrashRecord
{
    std::string digest;
    std::uint64_t bytes = 0;
    std::string kind;
    std::string run;
    Moment trashedAt;
    Moment expiresAt;
};

struct TrashItem
{
    std::string digest;
    std::uint64_t bytes = 0;
    std::string outcome; ///< restored, removed, skipped, failed
    std::string sentence;
};

struct TrashReport
{
    std::vector<TrashItem> items;
    std::uint64_t bytes = 0;
};

struct PinRecord
{
    std::string digest;
    std::string note;
    Moment since;
};

/// That somebody may read something, as a registry showed.
struct AccessProofRecord
{
    std::string identity; ///< "anonymous", or the first digits of a keyed hash: no secret
    std::string repository;
    std::string method; ///< manifest, blob, download, upload
    Moment checkedAt;
    Moment expiresAt;
    bool isGood = false; ///< not expired
};

/// What an engine gets of a blob, and why.
struct EngineViewRecord
{
    std::string engine;
    std::string sharing;
    bool canRead = false;
    std::string reason;
};

/// Who may have one blob.
struct AccessRecord
{
    std::string digest;
    bool isPublic = false; ///< a registry gave it to everybody, not long ago
    std::vector<AccessProofRecord> proofs;
    std::vector<EngineViewRecord> engines;
    std::vector<std::string> repositories; ///< that are known to have it
};

struct HealthCheckRecord
{
    std::string name;
    std::string outcome; ///< ok, warn, fail
    std::string finding;
    std::string advice;
};

struct JobProgress
{
    std::uint64_t doneItems = 0;
    std::uint64_t totalItems = 0; ///< 0: unknown
    std::uint64_t doneBytes = 0;
    std::uint64_t totalBytes = 0;
    std::string current;
};

} // namespace layerhold::gui
