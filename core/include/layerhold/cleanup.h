// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cleanup_policy.h"
#include "layerhold/clock.h"
#include "layerhold/digest.h"
#include "layerhold/progress.h"
#include "layerhold/types.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// One thing a collection removes.
struct CleanupItem
{
    enum class What
    {
        Blob,
        Partial
    };
    What what = What::Blob;
    std::string name; ///< digest, or the id of the partial ingest
    std::uint64_t bytes = 0;
    TimePoint lastUsed;
    std::string reason;  ///< one sentence
    std::string skipped; ///< after a run: why it was not removed; empty when it was
};

struct CleanupOptions
{
    enum class Mode
    {
        DryRun,
        Run
    };
    Mode mode = Mode::DryRun;
    std::uint64_t keepBytes = 0; ///< released bytes that may stay; the least recently used go first
};

struct CleanupReport
{
    std::vector<CleanupItem> items; ///< in order of removal
    std::uint64_t bytes = 0;        ///< sum of the removed (dry run: to be removed) items
    std::uint64_t keptReleasedBytes = 0;
};

/// Why a plan removes or keeps a thing. The names of toString() are stable.
enum class PlanReason : std::uint8_t
{
    RemoveUnused,    ///< a rule takes everything that is old enough
    RemoveOverLimit, ///< a rule takes it to get down to its limit
    KeepHeld,        ///< somebody claims it
    KeepNeeded,      ///< somebody claims what refers to it
    KeepExpected,    ///< an open write is about to deliver it
    KeepRecent,      ///< younger than the last rule that matched keeps things
    KeepWithinLimit, ///< the limit of the last rule that matched is met without it
    KeepByStrategy,  ///< the strategy of the last rule that matched does not take it
    KeepNoRule,      ///< no rule matches it
    KeepNotStored,   ///< its bytes are missing or in quarantine
};
std::string_view toString(PlanReason reason);

struct PlanItem
{
    enum class Decision
    {
        Remove,
        Keep
    };
    CleanupItem::What what = CleanupItem::What::Blob;
    std::string name; ///< digest, or the id of the partial ingest
    BlobKind kind = BlobKind::Other;
    std::uint64_t bytes = 0;
    TimePoint createdAt;
    TimePoint usedAt;
    Decision decision = Decision::Keep;
    std::string rule; ///< that decided; empty when none did
    PlanReason reason = PlanReason::KeepNoRule;
    std::string sentence;    ///< the reason for people
    std::uint64_t freed = 0; ///< bytes that its removal gives back; 0 when kept
    Refetch refetch = Refetch::Unknown;
};

/// What a plan is made for.
enum class PlanUse
{
    Apply,
    Look ///< to be read now: it drops no plan that was made to be applied, and is the first to be dropped
};

/// A frozen list of what a cleanup would remove and keep. Its items stand under its id, those to remove first, in order
/// of removal.
struct Plan
{
    std::string id;
    TimePoint madeAt;
    std::string cause; ///< "manual", "prune", "start", "work", "periodic", "pressure"
    PlanUse use = PlanUse::Apply;
    CleanupPolicy policy; ///< by which it was made
    std::uint64_t items = 0;
    std::uint64_t removeItems = 0;
    std::uint64_t removeBytes = 0; ///< Freed(all of them)
    std::uint64_t keepItems = 0;
    std::uint64_t keepBytes = 0;
    std::uint64_t onlyCopies = 0; ///< to be removed that are the only copy
    std::uint64_t storedBytes = 0;
    std::string run; ///< which applied it; empty when none did
};

struct PlanRequest
{
    std::optional<CleanupPolicy> policy; ///< nullopt: the one that holds
    std::string cause = "manual";
    PlanUse use = PlanUse::Apply;
};

enum class CleanupOutcome : std::uint8_t
{
    Trashed,  ///< can be brought back until the undo window ends
    Removed,  ///< gone
    Skipped,  ///< changed since the plan, or somebody works on it; the sentence says what
    Failed,   ///< the sentence says why
    Restored, ///< brought back by an undo, or because it was wanted
};
std::string_view toString(CleanupOutcome outcome);

struct RunItem
{
    CleanupItem::What what = CleanupItem::What::Blob;
    std::string name;
    std::uint64_t bytes = 0;
    CleanupOutcome outcome = CleanupOutcome::Skipped;
    std::string sentence;
};

/// What a cleanup did.
struct CleanupRun
{
    std::string id;
    std::string plan; ///< empty for one that emptied the trash
    std::string cause;
    TimePoint startedAt;
    TimePoint finishedAt; ///< the epoch while it runs, or when it was cut off
    std::uint64_t trashed = 0;
    std::uint64_t removed = 0;
    std::uint64_t skipped = 0;
    std::uint64_t failed = 0;
    std::uint64_t promisedBytes = 0; ///< by the plan
    std::uint64_t reportedBytes = 0; ///< of the items that were trashed or removed
    std::uint64_t unlinkedBytes = 0; ///< of these, of files that were removed: only those can come back to the disk
    std::int64_t measuredBytes = 0;  ///< by which the free space of the disk grew; others write there as well
};

/// Moves blobs to the trash, or removes them for good.
enum class Disposal : std::uint8_t
{
    Trash, ///< for good where the policy leaves no time to undo
    Remove,
    OnlyTrash ///< as Trash, but not for good
};

struct TrashedBlob
{
    Digest digest;
    std::uint64_t bytes = 0;
    BlobKind kind = BlobKind::Other;
    std::string run;
    TimePoint trashedAt;
    TimePoint expiresAt;
};

struct TrashTotals
{
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;
    std::optional<TimePoint> nextExpiry;
};

/// What became of a blob that was to be brought back or removed from the trash.
struct TrashItem
{
    Digest digest;
    std::uint64_t bytes = 0;
    CleanupOutcome outcome = CleanupOutcome::Failed;
    std::string sentence;
};

struct TrashReport
{
    std::vector<TrashItem> items;
    std::uint64_t bytes = 0; ///< of those that were restored or removed
};

/// A digest that somebody keeps on purpose.
struct Pin
{
    Digest digest;
    std::string note;
    TimePoint since;
};

/// Holds blobs until it expires or is ended.
struct Lease
{
    std::string id; ///< 1 to 200 bytes without NUL
    TimePoint createdAt;
    TimePoint expiresAt;
    std::vector<Digest> digests;
};

/// Who counts as one entity when bytes are attributed.
enum class UsageLevel : std::uint8_t
{
    Holder, ///< each engine, tag, pin, lease, …
    Image   ///< each manifest or index that no other refers to
};

/// The bytes of one entity. reachable: by claims and edges.
struct EntityUsage
{
    std::string name;
    std::uint64_t blobs = 0;      ///< reachable from it
    std::uint64_t referenced = 0; ///< bytes reachable from it: "size if it were alone"; sums exceed the disk
    std::uint64_t unique = 0;     ///< of these, reachable from no other entity
    std::uint64_t share = 0;      ///< each blob's bytes divided by the entities that reach it; adds up
};

/// One line of what lies on the disk.
struct DiskLine
{
    std::string name;       ///< stable: blobs, trash, partials, ingests, quarantine, index, checkpoint, total
    std::string definition; ///< one sentence
    std::uint64_t count = 0;
    std::uint64_t bytes = 0; ///< allocated: rounded up to blocks of 4 KiB
};

struct UsageReport
{
    TimePoint countedAt;
    std::uint64_t storedBlobs = 0;
    std::uint64_t storedBytes = 0;
    std::uint64_t reachedBytes = 0;  ///< reachable from any entity: the sum of share
    std::uint64_t sharedBytes = 0;   ///< reachable from two or more: reached minus the sum of unique
    std::uint64_t releasedBlobs = 0; ///< held by nobody
    std::uint64_t releasedBytes = 0;
    std::vector<EntityUsage> entities; ///< by name in byte order
    std::vector<DiskLine> onDisk;      ///< the last is the total
    std::uint64_t diskFree = 0;
    std::uint64_t diskTotal = 0;
};

/// How a cache is kept small: policy, plans, runs, trash, pins and leases, and how bytes are counted.
///
/// Thread-safe; everything may block. At most one collection, run, emptying or other long work is under way at a time:
/// Locked otherwise. Reading the cache is never blocked. `stop` cancels between two batches: Cancelled is thrown and
/// what was done so far stays done.
class Cleanup
{
public:
    virtual ~Cleanup() = default;

    /// Removes released blobs and aborted downloads for good, the longest unused first, until `keepBytes` of them are
    /// left. Knows no policy and no trash.
    virtual CleanupReport collect(const CleanupOptions& options, const OnProgress& progress, std::stop_token stop) = 0;

    virtual CleanupPolicy policy() = 0;
    /// InvalidArgument as requireValid.
    virtual void setPolicy(const CleanupPolicy& policy) = 0;

    /// Changes nothing but the list of plans, of which the newest few are kept.
    virtual Plan plan(const PlanRequest& request, std::stop_token stop) = 0;
    /// Newest first.
    virtual std::vector<Plan> plans() = 0;
    /// NotFound when unknown.
    virtual Plan findPlan(const std::string& id) = 0;
    /// Items from position `from` on, at most `limit`.
    virtual std::vector<PlanItem> planItems(const std::string& id, std::uint64_t from, std::size_t limit) = 0;

    /// Removes what the plan lists and has not changed since, and nothing else. NotFound for an unknown plan,
    /// FailedPrecondition for one that was applied already, and for OnlyTrash where there is no trash.
    virtual CleanupRun apply(const std::string& plan, Disposal disposal, const OnProgress& progress,
                             std::stop_token stop) = 0;
    /// Newest first.
    virtual std::vector<CleanupRun> runs(std::size_t limit) = 0;
    virtual CleanupRun findRun(const std::string& id) = 0;
    virtual std::vector<RunItem> runItems(const std::string& id, std::uint64_t from, std::size_t limit) = 0;

    virtual TrashTotals trashTotals() = 0;
    /// By ascending digest after `after`.
    virtual std::vector<TrashedBlob> trash(const std::optional<Digest>& after, std::size_t limit) = 0;
    /// Brings back what a run moved to the trash and is still there; "" is the newest run that has any. NotFound when
    /// the run is unknown or there is none; FailedPrecondition when nothing of it is in the trash.
    virtual TrashReport undo(const std::string& run, const OnProgress& progress, std::stop_token stop) = 0;
    virtual TrashReport restore(const std::vector<Digest>& digests) = 0;
    /// Removes trashed blobs for good: these, or all when none are named. What is claimed again comes back instead.
    virtual TrashReport emptyTrash(const std::vector<Digest>& digests, const OnProgress& progress,
                                   std::stop_token stop) = 0;

    /// Keeps a blob whatever the policy says; pinning again changes the note. NotFound when there is no such blob.
    virtual Pin pin(const Digest& digest, const std::string& note) = 0;
    /// False when it was not pinned.
    virtual bool unpin(const Digest& digest) = 0;
    virtual std::vector<Pin> pins() = 0;

    /// Makes the lease, or moves its end; adds the digests to those it holds. InvalidArgument for a bad id or an end in
    /// the past, NotFound for an unknown blob.
    virtual Lease putLease(const std::string& id, TimePoint expiresAt, const std::vector<Digest>& digests) = 0;
    /// False when there was none.
    virtual bool endLease(const std::string& id) = 0;
    virtual std::vector<Lease> leases() = 0;

    /// May be a few seconds old where the cache is large: see countedAt.
    virtual UsageReport usage(UsageLevel level) = 0;
    /// Freed(S): the bytes of the blobs that only these reach, through edges; not the sum of their unique bytes.
    /// NotFound for an unknown blob.
    virtual std::uint64_t freed(const std::vector<Digest>& selection) = 0;

    /// What the cache does by itself from time to time: ends leases, removes expired trash, relieves pressure, and
    /// applies the policy when it is automatic. Public for those who run a cache without its thread.
    virtual void keepUp(std::string_view cause, std::stop_token stop) = 0;
};

} // namespace layerhold
