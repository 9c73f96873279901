// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/rebuild.h"

#include "cache/entry_recovery.h"
#include "cache/recognition.h"
#include "cache/tag_recovery.h"
#include "index/claims.h"
#include "index/edges.h"
#include "index/engines.h"
#include "index/events.h"
#include "index/holds.h"
#include "index/meta.h"
#include "index/metric_samples.h"
#include "index/metric_state.h"
#include "index/misses.h"
#include "index/plans.h"
#include "index/trash.h"

#include <algorithm>
#include <utility>

namespace layerhold {

namespace {

constexpr std::size_t batchSize = 1000;
constexpr std::size_t pageSize = 256;
constexpr std::size_t runsKept = 100;

/// Rows of one table after another; where the old file cannot be read on, the rest of that table is lost.
void untilUnreadable(const std::function<void()>& copyTable)
{
    try {
        copyTable();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Corrupted && error.code() != ErrorCode::Internal)
            throw;
    }
}

void release(Connection& draft, const CheckpointRecord& record)
{
    claims::erase(draft, record.holderKind, record.holder, *record.digest);
    if (record.holderKind == HolderKind::Engine)
        labels::eraseAll(draft, record.holder, *record.digest);
}

} // namespace

IndexRebuild::IndexRebuild(CacheContext& context, IngestTable& ingests)
    : m_context(context)
    , m_ingests(ingests)
    , m_layout(context.files.layout())
{}

IndexRebuild::~IndexRebuild() = default;

bool IndexRebuild::isWorthwhile(const CacheContext& context)
{
    const auto log = context.fileSystem.identity(context.files.layout().checkpoint());
    if (log && log->size > 0)
        return true;
    bool hasBlobs = false;
    context.files.forEach([&](const Digest&) { hasBlobs = true; });
    return hasBlobs;
}

void IndexRebuild::removeDraft()
{
    for (const char* suffix : {"", "-wal", "-journal"})
        m_context.fileSystem.remove(m_layout.newIndexDatabase() += suffix);
}

RebuildReport IndexRebuild::run(ProgressMeter& meter, std::stop_token stop)
{
    removeDraft();
    sqlite::OpenOptions options;
    options.vfs = m_context.index.options().vfs;
    m_draft = std::make_unique<Connection>(m_layout.newIndexDatabase(), options);
    Index::migrate(*m_draft, m_context.clock);
    hashFiles(meter, stop);

    m_context.index.gate().close("the index is being exchanged for a new one; try again in a moment");
    m_context.index.close();
    hashFiles(meter, stop); // what was written since; nearly everything is known already
    dropVanishedFiles();
    replayCheckpoint();
    copyOldIndex();
    addTrash();
    addOpenIngests();
    inBatch([](Connection& draft) { entries::dropClaimsOfNobody(draft); });
    inBatch([](Connection& draft) { tag_recovery::settleClaims(draft); });
    settleUnknownBlobs();
    addMissingBlobs();
    inBatch([this](Connection& draft) { events::skipTo(draft, m_eventsUpTo); });
    if (m_batch)
        m_batch->commit();
    m_batch.reset();
    closeDraft();
    changePlaces();
    return m_report;
}

void IndexRebuild::inBatch(const std::function<void(Connection&)>& change)
{
    if (!m_batch)
        m_batch = std::make_unique<sqlite::Transaction>(m_draft->database(), Durability::Relaxed);
    change(*m_draft);
    if (++m_inBatch < batchSize)
        return;
    m_inBatch = 0;
    m_batch->commit();
    m_batch.reset();
}

void IndexRebuild::hashFiles(ProgressMeter& meter, const std::stop_token& stop)
{
    std::vector<Digest> digests;
    m_context.files.forEach([&](const Digest& digest) { digests.push_back(digest); });
    meter.now().totalItems = digests.size();
    meter.now().doneItems = 0;
    for (const Digest& digest : digests) {
        throwIfStopped(stop);
        meter.now().current = digest.toString();
        hashFile(digest, meter, stop);
        ++meter.now().doneItems;
        meter.tick();
    }
}

void IndexRebuild::hashFile(const Digest& digest, ProgressMeter& meter, const std::stop_token& stop)
{
    const auto known = blobs::find(*m_draft, digest);
    if (known && m_context.files.identity(digest) == known->identity)
        return;
    BlobFiles::Verification verification;
    try {
        verification = m_context.files.verify(
            digest,
            [&](std::uint64_t bytes) {
                meter.now().doneBytes += bytes;
                meter.tick();
            },
            stop);
    } catch (const Error&) {
        // The file stays where it is, without a row: one that cannot be read now must not cost all the others.
        if (m_unreadable.insert(digest).second)
            ++m_report.damaged;
        return;
    }
    if (verification.finding == BlobFiles::Finding::Missing)
        return;
    if (verification.finding == BlobFiles::Finding::Damaged) {
        const auto busy = m_context.busy.lock(digest);
        const auto now = m_context.files.identity(digest);
        if (now && now != verification.identity && verification.identity.inode != 0)
            return; // replaced meanwhile: the second pass looks at the new file
        m_context.files.quarantine(digest, verification.reason, toNanoseconds(m_context.clock.now()));
        m_context.counters.add(CounterId::BlobsQuarantined);
        ++m_report.damaged;
        return;
    }
    BlobRow row{digest};
    row.size = verification.identity.size;
    row.identity = verification.identity;
    row.createdAt = m_context.clock.now();
    row.accessedAt = row.createdAt;
    row.verifiedAt = row.createdAt;
    inBatch([&](Connection& draft) { blobs::put(draft, row); });
    if (known)
        m_report.bytes -= known->size;
    else
        ++m_report.blobs;
    m_report.bytes += row.size;
}

/// What was removed or set aside since the first pass hashed it.
void IndexRebuild::dropVanishedFiles()
{
    std::optional<Digest> last;
    for (;;) {
        const auto rows = blobs::page(*m_draft, last, pageSize);
        for (const BlobRow& row : rows) {
            last = row.digest;
            if (m_context.files.identity(row.digest))
                continue;
            inBatch([&](Connection& draft) { blobs::erase(draft, row.digest); });
            --m_report.blobs;
            m_report.bytes -= row.size;
        }
        if (rows.size() < pageSize)
            return;
    }
}

void IndexRebuild::replayCheckpoint()
{
    using What = CheckpointRecord::What;
    CheckpointLog::replay(m_context.fileSystem, m_layout.checkpoint(), [this](const CheckpointRecord& record) {
        inBatch([&](Connection& draft) {
            if (replayEntryRecord(draft, record))
                return;
            tag_recovery::replay(draft, record);
            switch (record.what) {
            case What::Engine:
                engines::put(draft, {record.holder, record.text, record.sharing, record.since});
                return;
            case What::EngineRemoved:
                engines::erase(draft, record.holder);
                claims::eraseHolder(draft, HolderKind::Engine, record.holder);
                supplies::eraseEngine(draft, record.holder);
                labels::eraseEngine(draft, record.holder);
                return;
            case What::EventsUpTo:
                m_eventsUpTo = std::max(m_eventsUpTo, record.number);
                return;
            case What::Lease:
                leases::put(draft,
                            {record.holder, record.since, fromNanoseconds(static_cast<std::int64_t>(record.number))});
                return;
            case What::LeaseEnded:
                leases::erase(draft, record.holder);
                claims::eraseHolder(draft, HolderKind::Lease, record.holder);
                return;
            case What::Policy:
                if (record.text.empty())
                    policies::erase(draft, record.holder);
                else
                    policies::put(draft, record.holder, record.text);
                return;
            case What::Pin:
            case What::Unpin:
            case What::Trashed:
            case What::TakenOut:
            case What::Claim:
            case What::Release:
            case What::Supply:
            case What::Removed:
            case What::Label:
                break;
            case What::EntryScope:
            case What::EntryPut:
            case What::EntryRemoved:
            case What::Tag:
            case What::TagMove:
            case What::TagForgotten:
            case What::EngineLink:
                return;
            }
            if (!record.digest)
                return;
            if (record.what == What::Claim)
                claims::put(draft, {record.holderKind, record.holder, *record.digest, record.since, record.since});
            else if (record.what == What::Release)
                release(draft, record);
            else if (record.what == What::Label)
                labels::replay(draft, record);
            else if (record.what == What::Supply)
                supplies::put(draft, {record.holder, *record.digest, record.since});
            else if (record.what == What::Removed)
                supplies::eraseAll(draft, *record.digest);
            else if (record.what == What::Pin)
                pins::put(draft, {*record.digest, record.text, record.since});
            else if (record.what == What::Unpin)
                pins::erase(draft, *record.digest);
            if (record.what == What::Trashed)
                trash::put(draft, {*record.digest, record.holder, 0, record.since,
                                   fromNanoseconds(static_cast<std::int64_t>(record.number))});
            else if (record.what == What::TakenOut || record.what == What::Removed)
                trash::erase(draft, *record.digest);
        });
    });
    inBatch([this](Connection& draft) {
        auto use = draft.statement("SELECT count(*) FROM claims").use();
        use.step();
        m_report.claimsFromCheckpoint = static_cast<std::uint64_t>(use.integer(0));
    });
}

void IndexRebuild::copyOldIndex()
{
    if (!m_context.fileSystem.identity(m_layout.indexDatabase()))
        return;
    sqlite::OpenOptions options;
    options.vfs = m_context.index.options().vfs;
    try {
        Connection old(m_layout.indexDatabase(), options);
        copyRows(old);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Corrupted && error.code() != ErrorCode::Internal)
            throw; // nothing of it can be read otherwise
    }
}

void IndexRebuild::copyRows(Connection& old)
{
    const auto put = [this](const auto& change) { inBatch(change); };
    untilUnreadable([&] {
        for (const Engine& engine : engines::readable(old))
            put([&](Connection& draft) { engines::put(draft, engine); });
    });
    untilUnreadable([&] {
        blobs::forEachReadable(old, [&](const BlobRow& row) {
            put([&](Connection& draft) {
                auto present = blobs::find(draft, row.digest);
                if (!present) {
                    if (row.state == BlobState::Trashed && m_context.files.trashIdentity(row.digest))
                        blobs::put(draft, row);
                    if (row.state == BlobState::Trashed || !claims::any(old, row.digest))
                        return;
                    BlobRow lost = row;
                    if (lost.state != BlobState::Quarantined)
                        lost.state = BlobState::Missing;
                    blobs::put(draft, lost);
                    return;
                }
                blobs::erase(draft, row.digest); // put() would keep the statistics of the draft
                BlobRow merged = row;
                merged.state = BlobState::Present;
                merged.size = present->size;
                merged.identity = present->identity;
                merged.verifiedAt = present->verifiedAt;
                blobs::put(draft, merged);
            });
        });
    });
    tag_recovery::copy(old, put);
    untilUnreadable([&] {
        claims::forEachReadable(old, [&](const ClaimRow& row) {
            put([&](Connection& draft) {
                if (!claims::find(draft, row.holderKind, row.holder, row.digest))
                    ++m_report.claimsFromOldIndex;
                claims::put(draft, row);
            });
        });
    });
    untilUnreadable([&] {
        supplies::forEachReadable(
            old, [&](const SupplyRow& row) { put([&](Connection& draft) { supplies::put(draft, row); }); });
    });
    untilUnreadable([&] { copyEntries(old, put); });
    untilUnreadable([&] {
        edges::forEachReadable(old, [&](std::int64_t position, const Edge& edge) {
            put([&](Connection& draft) { edges::put(draft, position, edge); });
        });
    });
    untilUnreadable([&] {
        labels::forEach(old, [&](const labels::Row& row) {
            put([&](Connection& draft) { labels::set(draft, row.engine, row.digest, row.key, row.value); });
        });
    });
    copyCleanup(old);
    untilUnreadable([&] {
        for (const IngestRow& row : ingests::all(old))
            put([&](Connection& draft) { ingests::put(draft, row); });
    });
    untilUnreadable([&] {
        m_eventsUpTo = std::max(m_eventsUpTo, events::last(old));
        std::uint64_t last = 0;
        for (;;) {
            const auto page = events::page(old, last, pageSize);
            for (const Event& event : page)
                put([&](Connection& draft) { events::restore(draft, event); });
            if (page.empty())
                break;
            last = page.back().sequence;
            m_eventsUpTo = std::max(m_eventsUpTo, last);
        }
    });
    untilUnreadable([&] {
        for (const auto& [name, value] : meta::counters(old))
            put([&, counter = name, count = value](Connection& draft) { meta::setCounter(draft, counter, count); });
    });
    copyStatistics(old);
}

void IndexRebuild::copyStatistics(Connection& old)
{
    const auto put = [this](const auto& change) { inBatch(change); };
    untilUnreadable([&] {
        for (const auto& [name, value] : metric_state::all(old))
            put([&, key = name, text = value](Connection& draft) { metric_state::set(draft, key, text); });
        const auto totals = blob_totals::get(old);
        put([&](Connection& draft) { blob_totals::raisePeaks(draft, totals); });
    });
    untilUnreadable([&] {
        metric_samples::forEach(old, [&](std::chrono::seconds step, const MetricSample& sample) {
            put([&](Connection& draft) { metric_samples::put(draft, step, sample); });
        });
    });
    untilUnreadable([&] {
        misses::forEach(old, [&](const MissRow& row) { put([&](Connection& draft) { misses::put(draft, row); }); });
    });
}

/// Only what the old index still tells: the checkpoint has been replayed before.
void IndexRebuild::copyCleanup(Connection& old)
{
    const auto put = [this](const auto& change) { inBatch(change); };
    untilUnreadable([&] {
        pins::forEachReadable(old, [&](const PinRow& row) { put([&](Connection& draft) { pins::put(draft, row); }); });
    });
    untilUnreadable([&] {
        leases::forEachReadable(old,
                                [&](const LeaseRow& row) { put([&](Connection& draft) { leases::put(draft, row); }); });
    });
    untilUnreadable([&] {
        trash::forEachReadable(old,
                               [&](const TrashRow& row) { put([&](Connection& draft) { trash::put(draft, row); }); });
    });
    untilUnreadable([&] {
        if (const auto policy = policies::find(old, policies::cleanup))
            put([&](Connection& draft) { policies::put(draft, policies::cleanup, *policy); });
    });
    untilUnreadable([&] {
        for (const RunRow& run : runs::latest(old, runsKept)) {
            put([&](Connection& draft) { runs::put(draft, run); });
            for (const RunItemRow& item : runs::items(old, run.id, 0, SIZE_MAX))
                put([&](Connection& draft) { runs::putItem(draft, run.id, item); });
        }
    });
}

void IndexRebuild::addOpenIngests()
{
    for (const IngestRow& row : m_ingests.openRows()) {
        if (m_context.fileSystem.identity(m_layout.ingest(row.id))) // a commit has just published it otherwise
            inBatch([&](Connection& draft) { ingests::put(draft, row); });
    }
}

/// Blobs that the old index told nothing about: they have no origin yet.
void IndexRebuild::settleUnknownBlobs()
{
    const auto allEngines = engines::all(*m_draft);
    std::optional<Digest> last;
    for (;;) {
        const auto rows = blobs::page(*m_draft, last, pageSize);
        for (BlobRow row : rows) {
            last = row.digest;
            if (!row.origin.empty() || row.state == BlobState::Trashed)
                continue;
            row.origin = "adopted";
            const auto manifest = recogniseStored(m_context.files, row.digest, row.identity);
            inBatch([&](Connection& draft) {
                putRecognised(draft, row, manifest);
                if (claims::any(draft, row.digest) || supplies::any(draft, row.digest))
                    return;
                bool isAssumed = false;
                for (const Engine& engine : allEngines) {
                    if (engine.sharing == Sharing::Isolated)
                        continue;
                    isAssumed = true;
                    claims::put(draft, {HolderKind::Engine, engine.name, row.digest, row.createdAt, row.createdAt});
                }
                m_report.claimsAssumed += isAssumed ? 1 : 0;
            });
        }
        if (rows.size() < pageSize)
            return;
    }
}

/// A claim on bytes that are not there needs a row that says so: they are healed by the next ingest. Not that of a tag,
/// which may point at what was never here.
void IndexRebuild::addMissingBlobs()
{
    std::vector<Digest> missing;
    {
        auto use = m_draft
                       ->statement("SELECT DISTINCT digest FROM claims WHERE holder_kind <> 2 AND NOT EXISTS "
                                   "(SELECT 1 FROM blobs WHERE blobs.digest = claims.digest)")
                       .use();
        while (use.step())
            missing.push_back(digestColumn(use, 0));
    }
    for (const Digest& digest : missing) {
        BlobRow row{digest};
        row.state = BlobState::Missing;
        row.createdAt = m_context.clock.now();
        row.origin = "adopted";
        inBatch([&](Connection& draft) { blobs::put(draft, row); });
    }
}

/// All of the new index has to be in its file before that is renamed: its WAL stays behind. The close of the last
/// connection copies the WAL back as well, but tells nobody when it cannot.
void IndexRebuild::closeDraft()
{
    const bool isCopied = m_draft->database().checkpoint(sqlite::Database::Readers::Wait);
    m_draft.reset();
    if (!isCopied || m_context.fileSystem.identity(m_layout.newIndexDatabase() += "-wal"))
        throw Error(ErrorCode::Unavailable, "the write-ahead log of the new index could not be copied into it");
}

void IndexRebuild::changePlaces()
{
    FileSystem& fileSystem = m_context.fileSystem;
    const auto index = m_layout.indexDatabase();
    try {
        setAside();
        fileSystem.rename(m_layout.newIndexDatabase(), index);
    } catch (const Error&) {
        putBack();
        throw;
    }
    fileSystem.syncDirectory(m_layout.root());
}

/// A crash at any moment leaves an index under its name: the old one until the new one replaces it. Only its WAL has
/// to go before, since SQLite would take it for that of the new one.
void IndexRebuild::setAside()
{
    FileSystem& fileSystem = m_context.fileSystem;
    const auto index = m_layout.indexDatabase();
    const auto wal = Layout::Path(index) += "-wal";
    unsigned number = 0;
    const auto isTaken = [&](const Layout::Path& name) {
        return fileSystem.identity(name) || fileSystem.identity(Layout::Path(name) += "-wal");
    };
    while (isTaken(m_layout.damagedIndex(number)))
        ++number;
    const auto aside = m_layout.damagedIndex(number);
    if (!fileSystem.identity(index)) {
        try {
            fileSystem.remove(wal); // of an index that is gone
        } catch (const Error&) {
            fileSystem.rename(wal, Layout::Path(aside) += "-wal"); // it is no file
        }
        return;
    }
    m_report.setAside = aside.string();
    try {
        fileSystem.hardLink(index, aside);
    } catch (const Error&) {
        fileSystem.rename(index, aside); // it is no file, or the file system has no links
    }
    if (fileSystem.identity(wal))
        fileSystem.rename(wal, Layout::Path(aside) += "-wal");
}

/// What the next try is to find: where it fails as well, the old rows are lost to it, and the checkpoint has to do.
void IndexRebuild::putBack()
{
    if (m_report.setAside.empty())
        return;
    FileSystem& fileSystem = m_context.fileSystem;
    const auto index = m_layout.indexDatabase();
    try {
        if (fileSystem.identity(m_report.setAside + "-wal"))
            fileSystem.rename(m_report.setAside + "-wal", Layout::Path(index) += "-wal");
        if (fileSystem.identity(index))
            fileSystem.remove(m_report.setAside);
        else
            fileSystem.rename(m_report.setAside, index);
    } catch (const Error&) {
        return;
    }
}

} // namespace layerhold
