// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/cache_impl.h"

#include "base/text.h"
#include "cache/cache_root.h"
#include "cache/open_operation.h"
#include "cache/rebuild.h"
#include "cache/recovery.h"
#include "cache/tag_changes.h"
#include "index/engine_links.h"
#include "index/engines.h"
#include "index/events.h"
#include "index/meta.h"
#include "index/proofs.h"

#include <algorithm>
#include <functional>

namespace layerhold {

namespace {

constexpr unsigned workers = 2;
constexpr std::chrono::seconds flushInterval(3);
constexpr std::chrono::seconds sampleInterval(1);
/// How long looking up and adding engines waits for a damaged index to be made anew.
constexpr std::chrono::seconds repairPatience(60);
constexpr std::uint64_t missesKept = 10'000;
constexpr std::chrono::milliseconds firstRepairPause(250);
constexpr std::chrono::milliseconds longestRepairPause(60'000);

bool isEngineName(const std::string& name)
{
    const auto isPlain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !name.empty() && name.size() <= 63 && isPlain(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return isPlain(c) || c == '_' || c == '.' || c == '-'; });
}

/// What could not be written is kept for the next time; a fault that lasts shows in every commit.
void quietly(const std::function<void()>& work)
{
    try {
        work();
    } catch (const std::exception&) {
        return;
    }
}

/// sockaddr_un has room for 107 bytes and the NUL.
constexpr std::size_t longestSocket = 107;

/// Whether a blob that an engine may not see is there at all is asked only here: no answer may take longer for it.
void writeMiss(Connection& index, MissRow miss)
{
    if (miss.reason == MissReason::Hidden && !blobs::find(index, miss.digest))
        miss.reason = MissReason::Absent;
    misses::put(index, miss);
}

} // namespace

std::unique_ptr<Cache> Cache::open(CacheOptions options)
{
    if (!options.fileSystem)
        options.fileSystem = &FileSystem::real();
    if (!options.clock)
        options.clock = &Clock::system();
    try {
        prepareRoot(*options.fileSystem, options.root);
        FileLock lock = takeOwnership(options.root, options.apiSocket);
        const Layout layout(options.root);
        BlobFiles(*options.fileSystem, layout).prepare();
        for (const DigestAlgorithm algorithm : allDigestAlgorithms)
            requireOwnDirectory(layout.blobsDirectory(algorithm));
        for (const auto& folder : {layout.blobsDirectory(), layout.ingestDirectory(), layout.quarantineDirectory()})
            requireOwnDirectory(folder);
        return std::make_unique<CacheImpl>(std::move(options), std::move(lock));
    } catch (Error& error) {
        error.addContext("cannot open the cache");
        throw;
    }
}

CacheImpl::CacheImpl(CacheOptions options, FileLock lock)
    : m_lock(std::move(lock))
    , m_options(std::move(options))
    , m_fileSystem(*m_options.fileSystem)
    , m_clock(*m_options.clock)
    , m_files(m_fileSystem, Layout(m_options.root))
    , m_checkpoint(m_fileSystem, Layout(m_options.root))
    , m_counters(m_clock)
    , m_meter(m_counters, m_clock, Logger(m_options.log))
    , m_peopleReads(m_counters, ReadMeter::Reader::People)
    , m_index({Layout(m_options.root).indexDatabase(), m_options.sqliteVfs, m_options.eventsKept, &m_clock,
               [this](std::uint64_t lastEvent, const std::vector<CheckpointRecord>& records) {
                   onCommitted(lastEvent, records);
               },
               [this](const std::string& what) { onDamage(what); }})
    , m_context{m_fileSystem, m_clock,   m_files,  m_index,     m_busy,  m_counters,
                m_accesses,   m_workers, m_strays, m_unchecked, m_meter, m_promises}
    , m_metrics(m_context)
    , m_guard(m_context)
    , m_ingests(m_context)
    , m_cleanup(m_context, m_guard, m_ingests,
                {[this] { return beginLongWork(); }, [this] { flush(); },
                 [this](const std::stop_token& stop) { m_entries.dropVoid(stop); }})
    , m_tags(m_context, m_options.tags)
    , m_access(m_context, m_options.access)
    , m_images(m_context, m_guard, m_tags)
    , m_workers(workers)
    , m_committer(m_context, m_guard, m_ingests)
    , m_engineMirror(m_context, m_tags, [this](const std::string& engine) { return requireStore(engine); })
    , m_entries(m_context, m_guard, m_ingests, m_committer)
    , m_layoutIndex(m_context)
    , m_openedAt(m_clock.now())
    , m_health(m_context, m_guard, m_metrics, m_longWork, m_options)
    , m_scrubber(m_context, m_guard, m_options.scrubRate)
{
    openIndex();
    try {
        load();
    } catch (const Error&) {
        const auto found = damage();
        if (!found)
            throw;
        rebuildAfterDamage(*found, m_options.stop); // it only shows when the rows are read
        load();
    }
    m_housekeeper = std::jthread([this](std::stop_token stop) { keepHouse(stop); });
    m_scrubber.start();
    if (m_options.upkeep == CacheOptions::Upkeep::Thread)
        m_upkeep.emplace(m_cleanup, m_context);
}

CacheImpl::~CacheImpl()
{
    if (m_upkeep)
        m_upkeep->stop();
    m_scrubber.stop();
    m_housekeeper.request_stop();
    m_housekeeper.join();
    m_workers.shutDown();
    m_committer.stop();
    try {
        m_metrics.close();
        flush();
        refreshLayoutIndex(LayoutIndex::Pace::Now);
        m_checkpoint.checkFile();
        if (m_checkpoint.isStale())
            m_checkpoint.compact(m_index);
        if (m_strays.all().empty() && m_unchecked.all().empty())
            markCleanShutdown(m_index, m_checkpoint.size());
        m_index.close();
    } catch (const std::exception&) {
        // Without the mark the next start looks at everything; nothing that was acknowledged is lost.
    }
}

void CacheImpl::recoverFromCrash()
{
    const RecoveryReport report = recover(m_context, m_guard, m_checkpoint.size());
    addNotice(report.sentence());
    m_events.publish(m_index.read([](Connection& index) { return events::last(index); }));
    const bool isNew = m_events.last() == 0;
    if (report.wasClean || isNew)
        return;
    m_checkpoint.markStale();
    quietly([this] { m_checkpoint.compact(m_index); }); // the housekeeper tries again
}

void CacheImpl::load()
{
    m_metrics.load();
    recoverFromCrash();
    m_engineMirror.watchLinked();
    m_cleanup.start();
    m_counters.restore(m_index.read([](Connection& index) { return meta::counters(index); })); // last: adds
}

void CacheImpl::openIndex()
{
    const Layout& layout = m_files.layout();
    std::optional<std::string> found;
    try {
        // Without a file, with an empty one or one whose WAL is gone SQLite makes a database that is empty, and sound.
        const bool isWorthwhile = IndexRebuild::isWorthwhile(m_context);
        if (isWorthwhile && !m_fileSystem.identity(layout.indexDatabase()))
            found = "the index is gone";
        else
            m_index.open(isWorthwhile ? Index::Empty::IsDamage : Index::Empty::IsNew);
        if (!found && !wasShutDownCleanly(m_index, m_checkpoint.size()))
            found = m_index.quickCheck();
    } catch (const Error& error) {
        // Damage that a query met is told to onDamage, and the query failed for the closed gate.
        found = error.code() == ErrorCode::Corrupted ? std::optional<std::string>(error.what()) : damage();
        if (!found)
            throw;
    }
    if (!found)
        return;
    onDamage(*found);
    m_index.gate().bar("the index is being made anew from the blob files; try again later");
    rebuildAfterDamage(*found, m_options.stop);
}

void CacheImpl::onCommitted(std::uint64_t lastEvent, const std::vector<CheckpointRecord>& records)
{
    if (!records.empty()) {
        m_checkpoint.append(records);
        m_cleanup.onCommitted(records);
    }
    if (lastEvent == 0)
        return;
    m_checkpoint.reserveEvents(lastEvent);
    m_events.publish(lastEvent);
}

void CacheImpl::addNotice(const std::string& sentence)
{
    if (sentence.empty())
        return;
    const std::lock_guard lock(m_mutex);
    m_notice += (m_notice.empty() ? "" : " ") + sentence;
}

void CacheImpl::keepHouse(const std::stop_token& stop)
{
    auto repairPause = firstRepairPause;
    auto nextFlush = std::chrono::steady_clock::now();
    quietly([this] { m_checkpoint.checkRecords(); });
    while (!stop.stop_requested()) {
        if (damage())
            repair(stop);
        const bool isRepairDue = damage().has_value();
        if (!isRepairDue && std::chrono::steady_clock::now() >= nextFlush) {
            flushAndCompact();
            nextFlush = std::chrono::steady_clock::now() + flushInterval;
        }
        std::unique_lock lock(m_housekeepingMutex);
        if (isRepairDue) {
            m_housekeepingWake.wait_for(lock, stop, repairPause, [] { return false; });
            repairPause = std::min(2 * repairPause, longestRepairPause);
        } else {
            m_housekeepingWake.wait_for(lock, stop, sampleInterval, [this] { return damage().has_value(); });
            repairPause = firstRepairPause;
            lock.unlock();
            m_metrics.sample();
        }
    }
}

void CacheImpl::flushAndCompact()
{
    quietly([this] { flush(); });
    refreshLayoutIndex(LayoutIndex::Pace::Spare);
    quietly([this] {
        m_checkpoint.checkFile();
        if (m_checkpoint.isCompactionDue())
            m_checkpoint.compact(m_index);
    });
}

void CacheImpl::refreshLayoutIndex(LayoutIndex::Pace pace)
{
    const std::lock_guard oneAtATime(m_flushMutex);
    try {
        m_layoutIndex.refresh(m_events.last(), pace);
    } catch (const Error& error) {
        m_meter.log().write(LogLevel::Warning, std::string("index.json is not up to date: ") + error.what());
    }
}

void CacheImpl::settleStrays()
{
    for (const Digest& digest : m_strays.all()) {
        m_strays.remove(digest); // first: it may become one again meanwhile
        try {
            m_guard.settle(digest);
        } catch (const std::exception&) {
            m_strays.add(digest); // what else is to be flushed does not wait for it
        }
    }
}

void CacheImpl::flush()
{
    const std::lock_guard oneAtATime(m_flushMutex); // who flushes counts on every use before being in the index
    settleStrays();
    m_tags.flush();
    m_entries.flush();
    const auto accesses = m_accesses.take();
    const auto counted = m_counters.unwritten();
    const auto& missed = m_meter.misses().beginWrite();
    if (accesses.empty() && counted.empty() && missed.empty() && !m_metrics.isWriteDue())
        return;
    const auto activity = counted.empty() ? MetricsImpl::Activity::None : MetricsImpl::Activity::Some;
    std::chrono::sys_seconds sampledUpTo;
    try {
        m_index.write(Durability::Relaxed, [&](Change& change) {
            for (const auto& [digest, access] : accesses)
                blobs::recordAccess(change.index(), digest, access.last, access.times);
            for (const auto& [name, total] : counted)
                meta::setCounter(change.index(), name, total);
            for (const auto& [digest, row] : missed)
                writeMiss(change.index(), row);
            if (!missed.empty())
                misses::prune(change.index(), missesKept);
            sampledUpTo = m_metrics.write(change, activity);
        });
        m_counters.markWritten(counted);
        m_metrics.written(sampledUpTo);
        m_meter.misses().endWrite();
    } catch (...) {
        m_accesses.giveBack(accesses);
        m_meter.misses().cancelWrite();
        throw;
    }
}

template <typename Function>
auto CacheImpl::afterRepair(const Function& function)
{
    const auto deadline = std::chrono::steady_clock::now() + repairPatience;
    for (int triesLeft = 5;;) {
        try {
            return function();
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Unavailable || --triesLeft == 0 || !m_index.gate().waitUntilOpen(deadline))
                throw;
        }
    }
}

Engine CacheImpl::addEngine(const std::string& name, const std::string& socket, std::optional<Sharing> sharing)
{
    if (!isEngineName(name))
        throw Error(
            ErrorCode::InvalidArgument,
            "the engine name " + text::quoted(name) +
                " is not usable; take up to 63 of a-z, 0-9, '_', '.' and '-', beginning with a letter or digit");
    if (socket.empty() || socket.front() != '/' || socket.size() > longestSocket ||
        socket.find('\0') != std::string::npos)
        throw Error(ErrorCode::InvalidArgument, "the socket " + text::quoted(socket) + " of engine " + name +
                                                    " is not usable; take an absolute path of at most 107 bytes");
    const std::lock_guard noStoreIsMade(m_storesMutex);
    Engine engine = afterRepair([&] { return recordEngine(name, socket, sharing); });
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_stores.find(name); found != m_stores.end())
        found->second->setSharing(engine.sharing);
    return engine;
}

Engine CacheImpl::recordEngine(const std::string& name, const std::string& socket, std::optional<Sharing> sharing)
{
    Engine engine;
    m_index.write(Durability::Durable, [&](Change& change) {
        const auto known = engines::find(change.index(), name);
        if (known && known->socket != socket)
            throw Error(ErrorCode::AlreadyExists, "the engine " + name + " exists already, with socket " +
                                                      text::quoted(known->socket) +
                                                      ", which cannot be changed; name that one, or another engine");
        engine = known.value_or(Engine{name, socket, sharing.value_or(Sharing::Verified), change.now()});
        if (known && sharing.value_or(known->sharing) == known->sharing)
            return;
        for (const Engine& other : engines::all(change.index()))
            if (other.socket == socket && other.name != name)
                throw Error(ErrorCode::InvalidArgument, "the socket " + text::quoted(socket) + " belongs to engine " +
                                                            other.name + " already; every engine needs its own");
        engine.sharing = sharing.value_or(engine.sharing);
        engines::put(change.index(), engine);
        CheckpointRecord record;
        record.what = CheckpointRecord::What::Engine;
        record.holder = name;
        record.sharing = engine.sharing;
        record.text = socket;
        record.since = engine.addedAt;
        change.remember(std::move(record));
        const std::string mode(toString(engine.sharing));
        if (known)
            change.event("engine_changed", name, name,
                         "Sharing: " + mode + ", before: " + std::string(toString(known->sharing)) + '.');
        else
            change.event("engine_added", name, name, "Sharing: " + mode + '.');
    });
    return engine;
}

void CacheImpl::removeEngine(const std::string& name)
{
    const std::lock_guard noStoreIsMade(m_storesMutex);
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_stores.find(name);
        if (found != m_stores.end() && found->second.use_count() > 1)
            throw Error(ErrorCode::FailedPrecondition,
                        "the engine " + name +
                            " is in use: its socket is served, or an import or export runs; end that first");
        if (found != m_stores.end())
            m_stores.erase(found);
    }
    if (m_ingests.isAnyOpen(name))
        throw Error(ErrorCode::FailedPrecondition, "the engine " + name + " has open writes; end them first");
    std::vector<IngestRow> writes;
    m_index.write(Durability::Durable, [&](Change& change) {
        Connection& index = change.index();
        if (!engines::find(index, name))
            throw Error(ErrorCode::NotFound, "there is no engine " + text::quoted(name));
        writes = ingests::ofEngine(index, name);
        for (const IngestRow& row : writes)
            ingests::erase(index, row.id);
        claims::eraseHolder(index, HolderKind::Engine, name);
        supplies::eraseEngine(index, name);
        grants::eraseEngine(index, name);
        labels::eraseEngine(index, name);
        engines::erase(index, name);
        engine_links::erase(index, name);
        for (const std::string& reference : tags::orphansOf(index, name))
            tag_changes::remove(change, m_tags.options(), reference, {TagCause::Engine, name});
        for (const Digest& digest : blobs::lost(index))
            if (blobs::isReleased(index, digest))
                forgetBlob(change, digest); // nobody waits for its bytes any more
        CheckpointRecord record;
        record.what = CheckpointRecord::What::EngineRemoved;
        record.holder = name;
        change.remember(std::move(record));
        change.event("engine_removed", name, name, "Its claims, labels and writes were dropped; the bytes stay.");
    });
    m_promises.unwatch(name);
    for (const IngestRow& row : writes)
        m_ingests.removeFile(row.id);
}

std::vector<Engine> CacheImpl::engines()
{
    return afterRepair([this] { return m_index.read([](Connection& index) { return engines::all(index); }); });
}

std::shared_ptr<EngineStore> CacheImpl::requireStore(const std::string& name)
{
    const std::lock_guard noEngineIsRemoved(m_storesMutex);
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_stores.find(name); found != m_stores.end())
            return found->second;
    }
    const auto engine =
        afterRepair([&] { return m_index.read([&](Connection& index) { return engines::find(index, name); }); });
    if (!engine)
        throw Error(ErrorCode::NotFound, "there is no engine " + text::quoted(name) + "; add it first");
    auto store =
        std::make_shared<EngineStore>(m_context, m_guard, m_ingests, m_committer, m_access.revocations(), *engine);
    const std::lock_guard lock(m_mutex);
    return m_stores.emplace(name, std::move(store)).first->second;
}

std::unique_ptr<Operation> CacheImpl::beginOperation(std::string_view name)
{
    return std::make_unique<OpenOperation>(OperationParts{m_context, m_guard, m_ingests, m_committer}, name);
}

std::shared_ptr<ContentStore> CacheImpl::contentStore(const std::string& engine)
{
    return requireStore(engine);
}

} // namespace layerhold
