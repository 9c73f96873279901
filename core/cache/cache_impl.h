// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file_lock.h"
#include "cache/access_store.h"
#include "cache/blob_guard.h"
#include "cache/cache_context.h"
#include "cache/checkpoint_log.h"
#include "cache/cleanup_impl.h"
#include "cache/committer.h"
#include "cache/engine_mirror_store.h"
#include "cache/engine_store.h"
#include "cache/entry_store.h"
#include "cache/event_hub.h"
#include "cache/health.h"
#include "cache/image_store.h"
#include "cache/ingest_table.h"
#include "cache/layout_index.h"
#include "cache/metrics.h"
#include "cache/progress_meter.h"
#include "cache/scrubber.h"
#include "cache/tag_store.h"
#include "cache/upkeep.h"
#include "layerhold/cache.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace layerhold {

/// Composes the parts. Members stand in the order in which they need each other; they end in the reverse order.
class CacheImpl final : public Cache
{
public:
    explicit CacheImpl(CacheOptions options, FileLock lock);
    ~CacheImpl() override;

    Engine addEngine(const std::string& name, const std::string& socket, std::optional<Sharing> sharing) override;
    void removeEngine(const std::string& name) override;
    std::vector<Engine> engines() override;
    std::shared_ptr<ContentStore> contentStore(const std::string& engine) override;
    std::unique_ptr<Operation> beginOperation(std::string_view name) override;

    Tags& tags() override { return m_tags; }

    Images& images() override { return m_images; }

    EngineMirror& engineMirror() override { return m_engineMirror; }

    CacheAccess& access() override { return m_access; }

    CacheStatus status() override;
    std::vector<Counter> counters() override;
    std::vector<Blob> blobs(const BlobFilter& filter, const std::optional<Digest>& after, std::size_t limit,
                            std::stop_token stop) override;
    std::optional<Blob> blob(const Digest& digest) override;
    std::vector<Edge> children(const Digest& digest) override;
    std::vector<Edge> parents(const Digest& digest) override;
    std::vector<ClaimPath> why(const Digest& digest) override;
    BlobReader open(const Digest& digest) override;

    EventPage eventsAfter(std::uint64_t sequence, std::size_t limit) override;
    std::uint64_t lastEvent() override;
    bool waitForEvent(std::uint64_t sequence, std::chrono::steady_clock::time_point deadline,
                      std::stop_token stop) override;

    VerifyReport verify(const std::vector<Digest>& only, const OnProgress& progress, std::stop_token stop) override;
    RebuildReport rebuild(const OnProgress& progress, std::stop_token stop) override;
    ImportReport importBlobs(const std::string& engine, const std::filesystem::path& directory,
                             const OnProgress& progress, std::stop_token stop) override;
    ImportReport exportBlobs(const std::string& engine, const std::filesystem::path& directory,
                             const OnProgress& progress, std::stop_token stop) override;

    Entries& entries() override { return m_entries; }

    Metrics& metrics() override { return m_metrics; }

    Health& health() override { return m_health; }

    Cleanup& cleanup() override { return m_cleanup; }

    void flush() override;

private:
    void openIndex();
    void settleStrays();
    /// Runs `function`, and again when damage to the index stopped it and was repaired meanwhile: engines are to be
    /// served whatever the index went through.
    template <typename Function>
    auto afterRepair(const Function& function);
    Engine recordEngine(const std::string& name, const std::string& socket, std::optional<Sharing> sharing);
    void recoverFromCrash();
    /// What is kept in memory, from the index; again after that was made anew.
    void load();
    RebuildReport rebuildIndex(ProgressMeter& meter, std::stop_token stop);
    void reopenAfterFailedRebuild(const std::string& why);
    void rebuildAfterDamage(const std::string& what, std::stop_token stop);
    void onDamage(const std::string& what);
    std::optional<std::string> damage() const;
    /// One try to make a damaged index anew. Throws nothing: after a failure the gate stays closed and tells it.
    void repair(const std::stop_token& stop);
    void openGate();
    /// Locked when other long work runs.
    std::unique_lock<std::mutex> beginLongWork();
    void onCommitted(std::uint64_t lastEvent, const std::vector<CheckpointRecord>& records);
    /// What the housekeeper does: flushes and compacts every few seconds, and repairs the index when it is damaged.
    void keepHouse(const std::stop_token& stop);
    void flushAndCompact();
    /// What other tools read of the tags: a failure is told in the log, and stops nothing.
    void refreshLayoutIndex(LayoutIndex::Pace pace);
    void addNotice(const std::string& sentence);
    std::shared_ptr<EngineStore> requireStore(const std::string& engine);

    void importOne(const std::string& engine, const Digest& digest, const std::filesystem::path& source,
                   ImportReport& report, ProgressMeter& meter, const std::stop_token& stop);
    /// Returns the identity of the file in its place.
    FileIdentity publishDraft(const std::filesystem::path& draft, const Digest& digest, const FileIdentity& hashed);
    static void recordImport(Change& change, const std::string& engine, const Digest& digest,
                             const std::optional<FileIdentity>& published, const std::optional<Manifest>& manifest,
                             const std::filesystem::path& source);
    void exportOne(const Digest& digest, const std::filesystem::path& directory, ImportReport& report,
                   ProgressMeter& meter, const std::stop_token& stop);

    struct Totals
    {
        std::uint64_t version = 0;
        std::uint64_t blobCount = 0;
        std::uint64_t blobBytes = 0;
        std::uint64_t releasedCount = 0;
        std::uint64_t releasedBytes = 0;
    };

    Totals totals();

    FileLock m_lock;
    CacheOptions m_options;
    FileSystem& m_fileSystem;
    const Clock& m_clock;
    BlobFiles m_files;
    CheckpointLog m_checkpoint;
    EventHub m_events;
    BusyDigests m_busy;
    Counters m_counters;
    OperationMeter m_meter;
    ReadMeter m_peopleReads;
    AccessRecorder m_accesses;
    Index m_index;
    Strays m_strays;
    Strays m_unchecked;
    Promises m_promises;
    CacheContext m_context;
    MetricsImpl m_metrics;
    BlobGuard m_guard;
    IngestTable m_ingests;
    CleanupImpl m_cleanup;
    TagStore m_tags;
    AccessStore m_access;
    ImageStore m_images;
    WorkerPool m_workers;
    Committer m_committer;
    EngineMirrorStore m_engineMirror;
    EntryStore m_entries;
    LayoutIndex m_layoutIndex; ///< used under m_flushMutex
    TimePoint m_openedAt;

    std::mutex m_longWork;
    HealthImpl m_health;
    std::mutex m_flushMutex;  ///< held during writes
    std::mutex m_totalsMutex; ///< held during queries
    /// Keeps an engine from being changed or removed while its store is made; held during I/O.
    std::mutex m_storesMutex;
    mutable std::mutex m_mutex; ///< guards what follows; never held during I/O
    std::map<std::string, std::shared_ptr<EngineStore>> m_stores;
    std::string m_notice;
    std::optional<Totals> m_totals;
    std::optional<std::string> m_damage; ///< of the index, found and not repaired yet

    std::mutex m_housekeepingMutex;
    std::condition_variable_any m_housekeepingWake;
    std::jthread m_housekeeper;
    Scrubber m_scrubber;
    std::optional<Upkeep> m_upkeep;
};

} // namespace layerhold
