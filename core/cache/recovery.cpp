// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/recovery.h"

#include "cache/checkpoint_log.h"
#include "cache/entry_recovery.h"
#include "cache/tag_recovery.h"
#include "index/claims.h"
#include "index/engines.h"
#include "index/events.h"
#include "index/holds.h"
#include "index/ingests.h"
#include "index/meta.h"
#include "index/plans.h"
#include "index/trash.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

namespace layerhold {

namespace {

const std::string cleanKey = "clean_shutdown";
constexpr std::size_t batchSize = 1000;
/// A checkpoint log of so many bytes is compared with the index at every start: that takes a tenth of a second.
constexpr std::uint64_t quicklyCompared = std::uint64_t{8} << 20;

/// The size of the checkpoint log at a clean end.
std::optional<std::string> cleanMark(Index& index)
{
    return index.read([](Connection& rows) { return meta::get(rows, cleanKey); });
}

/// True when the last owner ended in order; forgets it, durably.
bool takeCleanMark(Index& index, std::uint64_t checkpointSize)
{
    const auto mark = cleanMark(index);
    if (mark) // also one that does not fit
        index.write(Durability::Durable, [](Change& change) { meta::erase(change.index(), cleanKey); });
    return mark == std::to_string(checkpointSize);
}

std::uint64_t finishRemovals(CacheContext& context)
{
    const auto digests = context.index.read([](Connection& rows) { return blobs::deleting(rows); });
    std::set<DigestAlgorithm> folders;
    for (const Digest& digest : digests) {
        context.files.remove(digest);
        context.files.removeTrashed(digest); // where it may have begun
        folders.insert(digest.algorithm());
    }
    for (const DigestAlgorithm folder : folders)
        context.files.syncDirectory(folder);
    if (!digests.empty())
        context.files.syncTrash();
    if (!digests.empty())
        context.index.write(Durability::Durable, [&](Change& change) {
            for (const Digest& digest : digests) {
                forgetBlob(change, digest);
                change.event("blob_removed", digest.toString(), {}, "A removal that was cut off was finished.");
            }
        });
    return digests.size();
}

std::uint64_t sweepIngests(CacheContext& context)
{
    const auto rows = context.index.read([](Connection& index) { return ingests::all(index); });
    const Layout& layout = context.files.layout();
    std::unordered_set<std::string> known;
    std::vector<std::string> lost; // of puts of entries, which nobody goes on with, and those whose file is gone
    for (const IngestRow& row : rows) {
        if ((row.engine.empty() || row.engine.starts_with(ingests::placePrefix)) &&
            context.fileSystem.remove(layout.ingest(row.id)))
            lost.push_back(row.id);
        else
            known.insert(row.id);
    }
    std::unordered_set<std::string> files;
    std::uint64_t swept = 0;
    for (const std::string& name : context.fileSystem.list(layout.ingestDirectory())) {
        if (!Layout::isIngestId(name))
            continue;
        files.insert(name);
        if (!known.contains(name) && context.fileSystem.remove(layout.ingest(name)))
            ++swept;
    }
    for (const std::string& id : known)
        if (!files.contains(id))
            lost.push_back(id);
    if (!lost.empty())
        context.index.write(Durability::Relaxed, [&](Change& change) {
            for (const std::string& id : lost)
                ingests::erase(change.index(), id);
        });
    return swept + lost.size();
}

/// What a worker did not get to leaves the shutdown unclean, so that the next start finds it again.
void checkInBackground(CacheContext& context, BlobGuard& guard, const Digest& digest)
{
    context.unchecked.add(digest);
    context.workers.submit([&context, &guard, digest](const std::stop_token& stop) {
        try {
            guard.check(digest, stop);
        } catch (const Error&) {
            context.strays.add(digest); // the housekeeper tries again
        }
        context.unchecked.remove(digest);
    });
}

std::uint64_t markLostFiles(CacheContext& context, BlobGuard& guard, const std::unordered_set<Digest>& files)
{
    std::uint64_t lost = 0;
    std::optional<Digest> last;
    for (;;) {
        const auto rows = context.index.read([&](Connection& index) { return blobs::page(index, last, batchSize); });
        for (const BlobRow& row : rows) {
            last = row.digest;
            if (row.state != BlobState::Present || files.contains(row.digest))
                continue;
            checkInBackground(context, guard, row.digest);
            ++lost;
        }
        if (rows.size() < batchSize)
            return lost;
    }
}

std::uint64_t adoptUnknownFiles(CacheContext& context, BlobGuard& guard, std::unordered_set<Digest>& files)
{
    std::vector<Digest> unknown;
    std::vector<Digest> batch;
    const auto look = [&] {
        context.index.read([&](Connection& index) {
            std::copy_if(batch.begin(), batch.end(), std::back_inserter(unknown),
                         [&](const Digest& digest) { return !blobs::exists(index, digest); });
        });
        batch.clear();
    };
    context.files.forEach([&](const Digest& digest) {
        files.insert(digest);
        batch.push_back(digest);
        if (batch.size() == batchSize)
            look();
    });
    look();
    for (const Digest& digest : unknown)
        checkInBackground(context, guard, digest);
    return unknown.size();
}

/// What the checkpoint log knows of engines, leases, claims, supplies and the policy, and the index does not. Both are
/// read side by side, so that only the differences are in memory.
class LostRows
{
public:
    explicit LostRows(Index& index)
        : m_index(index)
    {}

    void add(const CheckpointRecord& record)
    {
        m_batch.push_back(record);
        if (m_batch.size() == batchSize)
            compare();
    }

    /// After the last record. Leaves the engines and leases that are lost, and what holders have lost of blobs whose
    /// file is there: only those can be promised. A file without a row is adopted by the first lookup.
    void finish(const BlobFiles& files)
    {
        compare();
        std::set<std::string> known;
        std::set<std::string> sockets;
        for (const Engine& engine : m_index.read([](Connection& index) { return engines::all(index); })) {
            known.insert(engine.name);
            sockets.insert(engine.socket);
        }
        std::erase_if(m_engines, [&](const auto& entry) {
            return known.contains(entry.first) || !sockets.insert(entry.second.socket).second;
        });
        for (const auto& [name, engine] : m_engines)
            known.insert(name);
        const auto hasHolder = [&](HolderKind kind, const std::string& holder) {
            if (kind == HolderKind::Lease)
                return m_leases.contains(holder); // while that is all that the log knows
            return kind == HolderKind::Pin || known.contains(holder);
        };
        const auto isVoid = [&](const auto& entry) {
            const auto& [digest, kind, holder] = entry.first;
            return !hasHolder(kind, holder) || !(files.identity(digest) || files.trashIdentity(digest));
        };
        std::erase_if(m_claims, isVoid);
        std::erase_if(m_supplies, isVoid);
        m_index.read([&](Connection& index) {
            std::erase_if(m_leases, [&](const auto& lease) { return leases::find(index, lease.first).has_value(); });
            if (policies::find(index, policies::cleanup))
                m_policy.clear();
        });
    }

    void restore(Change& change) const
    {
        events::skipTo(change.index(), m_eventsUpTo); // numbers were lost as well, and none may come twice
        for (const auto& [name, engine] : m_engines) {
            engines::put(change.index(), engine);
            change.event("engine_restored", name, name,
                         "The index had lost the engine; it came back from the checkpoint.");
        }
        for (const auto& [id, lease] : m_leases)
            leases::put(change.index(), lease);
        if (!m_policy.empty())
            policies::put(change.index(), policies::cleanup, m_policy);
        for (const auto& [key, since] : m_claims) {
            const auto& [digest, kind, holder] = key;
            claims::put(change.index(), {kind, holder, digest, since, since});
            if (kind != HolderKind::Pin || pins::find(change.index(), digest))
                continue;
            const auto note = m_notes.find(digest);
            pins::put(change.index(), {digest, note == m_notes.end() ? std::string() : note->second, since});
        }
        for (const auto& [key, since] : m_supplies)
            supplies::put(change.index(), {std::get<2>(key), std::get<0>(key), since});
        if (!m_claims.empty())
            change.event("claims_restored", {}, {},
                         std::to_string(m_claims.size()) + " claims that the index had lost came from the checkpoint.");
    }

    bool isEmpty() const
    {
        return m_engines.empty() && m_leases.empty() && m_policy.empty() && m_claims.empty() && m_supplies.empty();
    }

    std::uint64_t engineCount() const { return m_engines.size(); }

    std::uint64_t claimCount() const { return m_claims.size(); }

private:
    using Since = std::map<std::tuple<Digest, HolderKind, std::string>, TimePoint>;

    void compare()
    {
        m_index.read([this](Connection& index) {
            for (const CheckpointRecord& record : m_batch)
                apply(index, record);
        });
        m_batch.clear();
    }

    void apply(Connection& index, const CheckpointRecord& record)
    {
        using What = CheckpointRecord::What;
        if (record.what == What::EventsUpTo)
            m_eventsUpTo = std::max(m_eventsUpTo, record.number);
        if (record.what == What::Engine)
            m_engines.insert_or_assign(record.holder, Engine{record.holder, record.text, record.sharing, record.since});
        if (record.what == What::EngineRemoved) {
            m_engines.erase(record.holder);
            const auto isOfEngine = [&](const auto& entry) {
                return std::get<1>(entry.first) == HolderKind::Engine && std::get<2>(entry.first) == record.holder;
            };
            std::erase_if(m_claims, isOfEngine);
            std::erase_if(m_supplies, isOfEngine);
        }
        if (record.what == What::Lease)
            m_leases.insert_or_assign(
                record.holder,
                LeaseRow{record.holder, record.since, fromNanoseconds(static_cast<std::int64_t>(record.number))});
        if (record.what == What::LeaseEnded) {
            m_leases.erase(record.holder);
            std::erase_if(m_claims, [&](const auto& entry) {
                return std::get<1>(entry.first) == HolderKind::Lease && std::get<2>(entry.first) == record.holder;
            });
        }
        if (record.what == What::Policy)
            m_policy = record.text;
        const bool isKnownKind = record.holderKind == HolderKind::Engine || record.holderKind == HolderKind::Pin ||
                                 record.holderKind == HolderKind::Lease;
        if (record.what == What::Pin && record.digest)
            m_notes.insert_or_assign(*record.digest, record.text);
        if (!record.digest || !isKnownKind)
            return;
        const Digest& digest = *record.digest;
        const Since::key_type key(digest, record.holderKind, record.holder);
        if (record.what == What::Release)
            m_claims.erase(key);
        else if (record.what == What::Removed)
            std::erase_if(m_supplies, [&](const auto& entry) { return std::get<0>(entry.first) == digest; });
        else if (record.what == What::Claim && !claims::exists(index, record.holderKind, record.holder, digest))
            m_claims.insert_or_assign(key, record.since);
        else if (record.what == What::Supply && !supplies::exists(index, record.holder, digest))
            m_supplies.insert_or_assign(key, record.since);
    }

    Index& m_index;
    std::vector<CheckpointRecord> m_batch;
    std::uint64_t m_eventsUpTo = 0;
    std::map<std::string, Engine> m_engines; // until finish(): all that the log knows
    Since m_claims;
    Since m_supplies;
    std::map<std::string, LeaseRow> m_leases; // until finish(): all that the log knows
    std::map<Digest, std::string> m_notes;    // of pins
    std::string m_policy;                     // empty: the standard one
};

/// A damaged WAL silently loses committed rows. The checkpoint log is written after each commit, so what stands in it
/// and not in the index was lost that way.
void restoreLostRows(CacheContext& context, RecoveryReport& report)
{
    LostRows lost(context.index);
    LostEntries lostEntries;
    tag_recovery::Lost lostTags;
    CheckpointLog::replay(context.fileSystem, context.files.layout().checkpoint(), [&](const CheckpointRecord& record) {
        lost.add(record);
        if (isEntryRecord(record))
            context.index.read([&](Connection& index) { lostEntries.add(index, record); });
        if (tag_recovery::isRecord(record))
            context.index.read([&](Connection& index) { lostTags.add(index, record); });
    });
    lost.finish(context.files);
    lostEntries.finish(context.files);
    if (!lost.isEmpty())
        context.index.write(Durability::Durable, [&](Change& change) { lost.restore(change); });
    if (!lostEntries.isEmpty())
        context.index.write(Durability::Durable, [&](Change& change) { lostEntries.restore(change); });
    context.index.read([&](Connection& index) { lostTags.finish(index); });
    if (!lostTags.isEmpty())
        context.index.write(Durability::Durable, [&](Change& change) { lostTags.restore(change); });
    report.enginesRestored = lost.engineCount();
    report.claimsRestored = lost.claimCount();
    report.tagsRestored = lostTags.tagCount();
}

/// Makes the rows and the files of the trash agree. A move that was cut off is taken back, and so is one of a blob that
/// somebody claims again.
std::uint64_t settleTrash(CacheContext& context, BlobGuard& guard)
{
    std::uint64_t settled = 0;
    for (const Digest& digest : context.index.read([](Connection& rows) { return blobs::trashed(rows); })) {
        const bool isKnown = context.index.read(
            [&](Connection& rows) { return trash::find(rows, digest).has_value() && blobs::isReleased(rows, digest); });
        if (isKnown && context.files.trashIdentity(digest)) {
            context.files.remove(digest); // where a power cut has left both names
            continue;
        }
        guard.takeOutOfTrash(digest);
        ++settled;
    }
    std::vector<Digest> files;
    context.files.forEachTrashed([&](const Digest& digest) { files.push_back(digest); });
    for (const Digest& digest : files) {
        const auto row = context.index.read([&](Connection& rows) { return blobs::find(rows, digest); });
        if (row && row->state == BlobState::Trashed)
            continue;
        ++settled;
        // Without its mark the blob was not to go; without a row it was to go for good, unless somebody claims it: then
        // the row is lost, and the file is hashed and adopted.
        const bool isHeld =
            !row && context.index.read([&](Connection& rows) { return !blobs::isReleased(rows, digest); });
        if ((row || isHeld) && !context.files.identity(digest))
            context.files.takeOutOfTrash(digest, row ? row->identity : FileIdentity{});
        else
            context.files.removeTrashed(digest);
    }
    context.index.write(Durability::Relaxed, [](Change& change) { trash::sweep(change.index()); });
    return settled;
}

} // namespace

RecoveryReport recover(CacheContext& context, BlobGuard& guard, std::uint64_t checkpointSize)
{
    RecoveryReport report;
    report.wasClean = takeCleanMark(context.index, checkpointSize);
    report.removalsFinished = finishRemovals(context);
    report.ingestsSwept = sweepIngests(context);
    dropOperationClaims(context);
    // A byte that flipped in the key of a row makes the row vanish, and SQLite sees nothing wrong.
    if (!report.wasClean || checkpointSize <= quicklyCompared)
        restoreLostRows(context, report);
    if (!report.wasClean || report.claimsRestored > 0 || report.tagsRestored > 0)
        report.trashSettled = settleTrash(context, guard);
    if (report.wasClean)
        return report;
    std::unordered_set<Digest> files;
    report.blobsToAdopt = adoptUnknownFiles(context, guard, files);
    report.blobsWithoutFile = markLostFiles(context, guard, files);
    return report;
}

bool wasShutDownCleanly(Index& index, std::uint64_t checkpointSize)
{
    return cleanMark(index) == std::to_string(checkpointSize);
}

void markCleanShutdown(Index& index, std::uint64_t checkpointSize)
{
    index.write(Durability::Durable,
                [&](Change& change) { meta::set(change.index(), cleanKey, std::to_string(checkpointSize)); });
}

std::string RecoveryReport::sentence() const
{
    std::string text;
    const auto add = [&text](std::uint64_t count, std::string_view what) {
        if (count > 0)
            text += (text.empty() ? "" : ", ") + std::to_string(count) + ' ' + std::string(what);
    };
    add(removalsFinished, "removals were finished");
    add(ingestsSwept, "leftovers of writes were swept");
    add(blobsToAdopt, "blob files without a row are being taken in");
    add(blobsWithoutFile, "blobs had lost their file");
    add(enginesRestored, "engines came back from the checkpoint");
    add(claimsRestored, "claims came back from the checkpoint");
    add(trashSettled, "moves to or from the trash were settled");
    add(tagsRestored, "tags came back from the checkpoint");
    return text.empty() ? text : "After an unclean end: " + text + '.';
}

} // namespace layerhold
