// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "layerhold/error.h"
#include "plugin/api/fake_access.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace layerhold::testing {

/// Remembers addresses and nothing else.
class FakeMirror final : public EngineMirror
{
public:
    std::vector<EngineLink> known;

    std::vector<EngineLink> links() override { return known; }

    void setAddress(const std::string& engine, const std::string& address) override
    {
        std::erase_if(known, [&](const EngineLink& link) { return link.engine == engine; });
        if (!address.empty())
            known.push_back({engine, address, {}});
    }

    void reconcile(const std::string&, const EngineListing&) override {}

    void imageChanged(const std::string&, const EngineImage&) override {}

    void imageRemoved(const std::string&, const std::string&, const std::string&) override {}

    std::vector<std::string> sourcesOf(const Digest&) override { return {}; }

    std::uint64_t releaseUnknown(const std::string&, const EngineListing&, std::chrono::seconds,
                                 std::stop_token) override
    {
        return 0;
    }
};

/// A cache of plain lists: what the service says is then known exactly, and long work takes as long as the test wants.
class FakeCache final : public Cache
{
public:
    std::vector<Blob> stored; ///< ascending by digest
    std::vector<Edge> edges;
    std::vector<ClaimPath> paths;
    std::vector<Engine> knownEngines;
    std::vector<CleanupItem> items;
    EventGap lost; ///< lastMissing 0: none
    enum class Work
    {
        Finish,
        TellMuch, ///< more progress than a client that does not read has room for
        WaitForStop
    };
    Work work = Work::Finish;
    BlobFilter lastFilter;
    CleanupOptions lastCleanup;

    void addEvent(Event event)
    {
        const std::lock_guard lock(m_mutex);
        event.sequence = std::max(m_last, lost.lastMissing) + 1;
        m_last = event.sequence;
        m_events.push_back(std::move(event));
        m_wake.notify_all();
    }

    Engine addEngine(const std::string& name, const std::string& socket, std::optional<Sharing> sharing) override
    {
        Engine engine;
        engine.name = name;
        engine.socket = socket;
        engine.sharing = sharing.value_or(Sharing::Verified);
        knownEngines.push_back(engine);
        return engine;
    }

    void removeEngine(const std::string& name) override
    {
        if (std::erase_if(knownEngines, [&](const Engine& e) { return e.name == name; }) == 0)
            throw Error(ErrorCode::NotFound, "no engine " + name);
    }

    std::vector<Engine> engines() override { return knownEngines; }

    std::shared_ptr<ContentStore> contentStore(const std::string& engine) override
    {
        throw Error(ErrorCode::NotFound, "no engine " + engine);
    }

    std::unique_ptr<Operation> beginOperation(std::string_view) override
    {
        throw Error(ErrorCode::Unsupported, "no operations");
    }

    Tags& tags() override { throw Error(ErrorCode::Unsupported, "no tags"); }

    CacheAccess& access() override { return records; }

    Images& images() override { throw Error(ErrorCode::Unsupported, "no images"); }

    EngineMirror& engineMirror() override { return mirror; }

    FakeMirror mirror;
    FakeAccess records;

    CacheStatus status() override
    {
        CacheStatus status;
        status.root = "/cache";
        status.blobCount = stored.size();
        return status;
    }

    std::vector<Counter> counters() override { return {{"commits", "Blobs committed.", 7}}; }

    std::vector<Blob> blobs(const BlobFilter& filter, const std::optional<Digest>& after, std::size_t limit,
                            std::stop_token stop) override
    {
        if (stop.stop_requested())
            throw Cancelled();
        lastFilter = filter;
        std::vector<Blob> page;
        for (const Blob& blob : stored) {
            if ((!after || *after < blob.digest) && page.size() < limit)
                page.push_back(blob);
        }
        return page;
    }

    std::optional<Blob> blob(const Digest& digest) override
    {
        const auto found =
            std::find_if(stored.begin(), stored.end(), [&](const Blob& b) { return b.digest == digest; });
        return found == stored.end() ? std::nullopt : std::optional(*found);
    }

    std::vector<Edge> children(const Digest& digest) override { return edgesWhere(&Edge::parent, digest); }

    std::vector<Edge> parents(const Digest& digest) override { return edgesWhere(&Edge::child, digest); }

    std::vector<ClaimPath> why(const Digest& digest) override
    {
        std::vector<ClaimPath> found;
        std::copy_if(paths.begin(), paths.end(), std::back_inserter(found),
                     [&](const ClaimPath& path) { return path.path.front() == digest; });
        return found;
    }

    BlobReader open(const Digest& digest) override { throw Error(ErrorCode::NotFound, digest.toString()); }

    Entries& entries() override { throw Error(ErrorCode::Unsupported, "this cache has no entries"); }

    EventPage eventsAfter(std::uint64_t sequence, std::size_t limit) override
    {
        const std::lock_guard lock(m_mutex);
        EventPage page;
        if (sequence < lost.lastMissing)
            page.gap = EventGap{std::max(sequence + 1, lost.firstMissing), lost.lastMissing};
        for (const Event& event : m_events) {
            if (event.sequence > sequence && page.events.size() < limit)
                page.events.push_back(event);
        }
        return page;
    }

    std::uint64_t lastEvent() override
    {
        const std::lock_guard lock(m_mutex);
        return m_last;
    }

    bool waitForEvent(std::uint64_t sequence, std::chrono::steady_clock::time_point deadline,
                      std::stop_token stop) override
    {
        std::unique_lock lock(m_mutex);
        return m_wake.wait_until(lock, stop, deadline, [&] { return m_last > sequence; });
    }

    VerifyReport verify(const std::vector<Digest>& only, const OnProgress& progress, std::stop_token stop) override
    {
        doWork(progress, stop);
        VerifyReport report;
        report.checked = only.empty() ? stored.size() : only.size();
        return report;
    }

    Cleanup& cleanup() override { return m_cleanup; }

    RebuildReport rebuild(const OnProgress& progress, std::stop_token stop) override
    {
        doWork(progress, stop);
        RebuildReport report;
        report.blobs = stored.size();
        return report;
    }

    ImportReport importBlobs(const std::string&, const std::filesystem::path& directory, const OnProgress& progress,
                             std::stop_token stop) override
    {
        doWork(progress, stop);
        ImportReport report;
        report.imported = 2;
        report.skipped = {directory.string() + "/odd: not a digest"};
        report.failed = 1;
        return report;
    }

    ImportReport exportBlobs(const std::string& engine, const std::filesystem::path&, const OnProgress& progress,
                             std::stop_token stop) override
    {
        doWork(progress, stop);
        throw Error(ErrorCode::NotFound, "no engine " + engine);
    }

    Metrics& metrics() override { throw Error(ErrorCode::Unsupported, "no metrics"); }

    Health& health() override { throw Error(ErrorCode::Unsupported, "no health"); }

    void flush() override {}

    /// Long work that came to its end.
    int finished() const
    {
        const std::lock_guard lock(m_mutex);
        return m_finished;
    }

    /// True when long work was asked to stop.
    bool sawStop() const
    {
        const std::lock_guard lock(m_mutex);
        return m_sawStop;
    }

private:
    /// Collecting only.
    class FakeCleanup final : public Cleanup
    {
    public:
        explicit FakeCleanup(FakeCache& cache)
            : m_cache(cache)
        {}

        CleanupReport collect(const CleanupOptions& options, const OnProgress& progress, std::stop_token stop) override
        {
            m_cache.lastCleanup = options;
            m_cache.doWork(progress, stop);
            CleanupReport report;
            report.items = m_cache.items;
            for (const CleanupItem& item : m_cache.items)
                report.bytes += item.skipped.empty() ? item.bytes : 0;
            return report;
        }

        CleanupPolicy policy() override { fail(); }

        void setPolicy(const CleanupPolicy&) override { fail(); }

        Plan plan(const PlanRequest&, std::stop_token) override { fail(); }

        std::vector<Plan> plans() override { fail(); }

        Plan findPlan(const std::string&) override { fail(); }

        std::vector<PlanItem> planItems(const std::string&, std::uint64_t, std::size_t) override { fail(); }

        CleanupRun apply(const std::string&, Disposal, const OnProgress&, std::stop_token) override { fail(); }

        std::vector<CleanupRun> runs(std::size_t) override { fail(); }

        CleanupRun findRun(const std::string&) override { fail(); }

        std::vector<RunItem> runItems(const std::string&, std::uint64_t, std::size_t) override { fail(); }

        TrashTotals trashTotals() override { fail(); }

        std::vector<TrashedBlob> trash(const std::optional<Digest>&, std::size_t) override { fail(); }

        TrashReport undo(const std::string&, const OnProgress&, std::stop_token) override { fail(); }

        TrashReport restore(const std::vector<Digest>&) override { fail(); }

        TrashReport emptyTrash(const std::vector<Digest>&, const OnProgress&, std::stop_token) override { fail(); }

        Pin pin(const Digest&, const std::string&) override { fail(); }

        bool unpin(const Digest&) override { fail(); }

        std::vector<Pin> pins() override { fail(); }

        Lease putLease(const std::string&, TimePoint, const std::vector<Digest>&) override { fail(); }

        bool endLease(const std::string&) override { fail(); }

        std::vector<Lease> leases() override { fail(); }

        UsageReport usage(UsageLevel) override { fail(); }

        std::uint64_t freed(const std::vector<Digest>&) override { fail(); }

        void keepUp(std::string_view, std::stop_token) override { fail(); }

    private:
        [[noreturn]] static void fail() { throw Error(ErrorCode::Unsupported, "the fake cache knows no policy"); }

        FakeCache& m_cache;
    };

    std::vector<Edge> edgesWhere(Digest Edge::*end, const Digest& digest) const
    {
        std::vector<Edge> found;
        std::copy_if(edges.begin(), edges.end(), std::back_inserter(found),
                     [&](const Edge& edge) { return edge.*end == digest; });
        return found;
    }

    void doWork(const OnProgress& progress, std::stop_token stop)
    {
        const std::uint64_t steps = work == Work::TellMuch ? 1000 : 1;
        for (std::uint64_t i = 1; i <= steps; ++i)
            progress({.doneItems = i, .totalItems = 2 * steps, .doneBytes = 10, .totalBytes = 20, .current = "x"});
        if (work != Work::WaitForStop) {
            const std::lock_guard lock(m_mutex);
            ++m_finished;
            return;
        }
        std::unique_lock lock(m_mutex);
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        m_wake.wait_until(lock, stop, deadline, [] { return false; });
        m_sawStop = stop.stop_requested();
        throw Cancelled();
    }

    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::vector<Event> m_events;
    std::uint64_t m_last = 0;
    bool m_sawStop = false;
    int m_finished = 0;
    FakeCleanup m_cleanup{*this};
};

} // namespace layerhold::testing
