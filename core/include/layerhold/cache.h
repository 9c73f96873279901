// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/access.h"
#include "layerhold/cleanup.h"
#include "layerhold/clock.h"
#include "layerhold/content_store.h"
#include "layerhold/engine_mirror.h"
#include "layerhold/entries.h"
#include "layerhold/health.h"
#include "layerhold/images.h"
#include "layerhold/metrics.h"
#include "layerhold/operation.h"
#include "layerhold/progress.h"
#include "layerhold/tags.h"
#include "layerhold/types.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

class FileSystem;
class LogSink;

struct CacheOptions
{
    std::filesystem::path root; ///< created with mode 0700 when absent
    std::string apiSocket;      ///< written into owner.lock for the second opener to read; may be empty
    std::uint64_t eventsKept = 100'000;
    TagOptions tags;                     ///< InvalidArgument on opening when they are not usable
    AccessOptions access;                ///< likewise
    FileSystem* fileSystem = nullptr;    ///< nullptr: the real one. Must outlive the cache.
    const Clock* clock = nullptr;        ///< nullptr: Clock::system(). Must outlive the cache.
    std::string sqliteVfs = "unix-excl"; ///< tests put their fault-injecting VFS here
    const LogSink* log = nullptr;        ///< nullptr: silent. Must outlive the cache.
    std::uint64_t scrubRate = 0;         ///< bytes per second that are hashed again in the background; 0: none

    enum class Upkeep
    {
        None,  ///< Cleanup::keepUp is the owner's to call
        Thread ///< a thread of the cache calls it
    };
    Upkeep upkeep = Upkeep::None;
    std::stop_token stop = {}; ///< ends an opening that has to make the index anew first: Cancelled
};

/// Who holds <root>/owner.lock.
struct Owner
{
    std::int64_t pid = 0;
    std::string apiSocket;
};

struct CacheStatus
{
    std::filesystem::path root;
    std::uint64_t blobCount = 0;
    std::uint64_t blobBytes = 0;
    std::uint64_t releasedCount = 0;
    std::uint64_t releasedBytes = 0;
    std::uint64_t ingestCount = 0; ///< open or resumable writes
    std::uint64_t ingestBytes = 0;
    std::uint64_t partialCount = 0; ///< bytes of aborted writes kept for a retry
    std::uint64_t partialBytes = 0;
    std::uint64_t quarantineCount = 0;
    std::uint64_t quarantineBytes = 0;
    std::uint64_t diskFree = 0;
    std::uint64_t diskTotal = 0;
    TimePoint openedAt;
    std::string notice; ///< what start-up had to repair; empty when nothing
};

/// Named monotonic counters since the root was made. Registered in one table (core/cache/counters.h) with a sentence
/// each.
struct Counter
{
    std::string name;
    std::string sentence;
    std::uint64_t value = 0;
};

struct BlobFilter
{
    std::vector<std::string>
        filters; ///< containerd's filter grammar over digest, size, kind, mediatype, state, origin, released, inuse,
                 ///< engine, created.days, created.hours, used.days, used.hours; OR-ed
};

struct DamagedBlob
{
    Digest digest;
    std::string reason;
    std::vector<Claim> claims; ///< who is left without it
};

struct VerifyReport
{
    std::uint64_t checked = 0;
    std::uint64_t checkedBytes = 0;
    std::vector<DamagedBlob> damaged;
};

struct RebuildReport
{
    std::uint64_t blobs = 0;
    std::uint64_t bytes = 0;
    std::uint64_t claimsFromCheckpoint = 0;
    std::uint64_t claimsFromOldIndex = 0;
    std::uint64_t claimsAssumed = 0; ///< blobs claimed for every open and verified engine because nothing was known
    std::uint64_t damaged = 0;
    std::string setAside; ///< where the old index was put
};

struct ImportReport
{
    std::uint64_t imported = 0;
    std::uint64_t alreadyPresent = 0;
    std::uint64_t bytes = 0;
    std::uint64_t linkedBytes = 0;    ///< of these, by reflink or hard link
    std::vector<std::string> skipped; ///< path and reason
    std::uint64_t failed = 0;         ///< so many of these, the last ones, are blobs; the first have no digest as name
};

/// The cache of one root directory. Opening takes <root>/owner.lock and finishes what a crash cut off; when the index
/// is damaged it is set aside and rebuilt from the files. Destruction flushes and releases everything; ContentStore,
/// Ingest and BlobReader objects must not outlive it.
///
/// Thread-safe. Everything here may block, except where said. `stop` cancels: Cancelled is thrown; what was done until
/// then stays done, and nothing of it is half-done.
class Cache
{
public:
    /// Locked when another process owns the root (the message names its pid and API socket); Denied for a root that is
    /// read-only or writable by others; Unsupported for an index of a newer schema or a network file system.
    static std::unique_ptr<Cache> open(CacheOptions options);
    /// nullopt when nobody owns the root now.
    static std::optional<Owner> owner(const std::filesystem::path& root);
    virtual ~Cache() = default;

    // Engines.
    /// Adds an engine, or changes the sharing of a known one, at once for its ContentStore too: what it holds stays,
    /// and lookups from then on go by the new mode. Without `sharing` a known engine keeps its own, a new one gets
    /// Verified. The same again is no error. AlreadyExists for a known name with another socket. InvalidArgument for a
    /// bad name or socket.
    virtual Engine addEngine(const std::string& name, const std::string& socket, std::optional<Sharing> sharing) = 0;
    /// Drops the engine with its claims, labels and ingests; NotFound when unknown. Its ContentStore must be gone
    /// before.
    virtual void removeEngine(const std::string& name) = 0;
    virtual std::vector<Engine> engines() = 0;
    /// The cache as this engine sees it; NotFound when unknown. One shared object per engine.
    virtual std::shared_ptr<ContentStore> contentStore(const std::string& engine) = 0;

    /// `name` says what it is for, to people: "pull of docker.io/library/nginx:1.25".
    virtual std::unique_ptr<Operation> beginOperation(std::string_view name) = 0;

    // Areas. They live as long as the cache.
    virtual Tags& tags() = 0;
    virtual Images& images() = 0;
    virtual EngineMirror& engineMirror() = 0;
    /// Who may read what; what a proof covers engines in verified mode get.
    virtual CacheAccess& access() = 0;

    // Looking.
    virtual CacheStatus status() = 0;
    virtual std::vector<Counter> counters() = 0;
    /// By ascending digest key after `after`, at most `limit` that match (fewer only at the end).
    virtual std::vector<Blob> blobs(const BlobFilter& filter, const std::optional<Digest>& after, std::size_t limit,
                                    std::stop_token stop = {}) = 0;
    virtual std::optional<Blob> blob(const Digest& digest) = 0;
    /// Edges from and to the blob.
    virtual std::vector<Edge> children(const Digest& digest) = 0;
    virtual std::vector<Edge> parents(const Digest& digest) = 0;
    /// Every claim that keeps the blob, each with a shortest path; empty for a released one. NotFound when unknown.
    virtual std::vector<ClaimPath> why(const Digest& digest) = 0;
    /// Reads a blob for people and tools (not for an engine); claims nothing.
    virtual BlobReader open(const Digest& digest) = 0;

    // Events.
    /// Events after `sequence`, at most `limit`; empty when there is none yet.
    virtual EventPage eventsAfter(std::uint64_t sequence, std::size_t limit) = 0;
    virtual std::uint64_t lastEvent() = 0;
    /// Waits until there is an event after `sequence`, the deadline passes, or `stop` is asked for. True when there is
    /// one.
    virtual bool waitForEvent(std::uint64_t sequence, std::chrono::steady_clock::time_point deadline,
                              std::stop_token stop) = 0;

    /// Bytes under keys of the user's choice. Lives as long as the cache.
    virtual Entries& entries() = 0;

    // Long work. At most one of verify, a cleanup, rebuild, import and export runs at a time: Locked otherwise.
    virtual VerifyReport verify(const std::vector<Digest>& only, const OnProgress& progress, std::stop_token stop) = 0;
    /// Makes the index anew from the files, the checkpoint and what is readable of the old index, while serving goes
    /// on.
    virtual RebuildReport rebuild(const OnProgress& progress, std::stop_token stop) = 0;
    /// Brings the blobs of an OCI-layout-like `blobs` directory (<directory>/<alg>/<hex>) in, claimed for `engine`: by
    /// reflink, else hard link (of files that only this user may write to), else copy; each is hashed. The source is
    /// not changed.
    virtual ImportReport importBlobs(const std::string& engine, const std::filesystem::path& directory,
                                     const OnProgress& progress, std::stop_token stop) = 0;
    /// The inverse: every blob that `engine` holds appears in <directory>/<alg>/<hex> (existing files stay as they
    /// are).
    virtual ImportReport exportBlobs(const std::string& engine, const std::filesystem::path& directory,
                                     const OnProgress& progress, std::stop_token stop) = 0;

    /// What is counted, now and over time.
    virtual Metrics& metrics() = 0;
    /// Whether everything is as it should be, and what to do when not.
    virtual Health& health() = 0;
    /// Policy, plans, trash, pins and leases. Lives as long as the cache.
    virtual Cleanup& cleanup() = 0;

    /// Writes access statistics and counters that are still in memory. Also happens every few seconds by itself.
    virtual void flush() = 0;
};

} // namespace layerhold
