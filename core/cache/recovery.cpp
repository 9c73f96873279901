// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/recovery.h"

#include "cache/checkpoint_log.h"
#include "index/claims.h"
#include "index/engines.h"
#include "index/ingests.h"
#include "index/meta.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <unordered_set>
#include <utility>
#include <vector>

namespace layerhold {

namespace {

const std::string cleanKey = "clean_shutdown";
constexpr std::size_t batchSize = 1000;

/// True when the last owner ended in order; forgets it, durably.
bool takeCleanMark(Index& index)
{
    const bool isClean = wasShutDownCleanly(index);
    if (isClean)
        index.write(Durability::Durable, [](Change& change) { meta::erase(change.index(), cleanKey); });
    return isClean;
}

std::uint64_t finishRemovals(CacheContext& context)
{
    const auto digests = context.index.read([](Connection& rows) { return blobs::deleting(rows); });
    for (const Digest& digest : digests)
        context.files.remove(digest);
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
    for (const IngestRow& row : rows)
        known.insert(row.id);
    std::unordered_set<std::string> files;
    std::uint64_t swept = 0;
    for (const std::string& name : context.fileSystem.list(layout.ingestDirectory())) {
        if (!Layout::isIngestId(name))
            continue;
        files.insert(name);
        if (!known.contains(name) && context.fileSystem.remove(layout.ingest(name)))
            ++swept;
    }
    std::vector<std::string> lost;
    for (const IngestRow& row : rows)
        if (!files.contains(row.id))
            lost.push_back(row.id);
    if (!lost.empty())
        context.index.write(Durability::Relaxed, [&](Change& change) {
            for (const std::string& id : lost)
                ingests::erase(change.index(), id);
        });
    return swept + lost.size();
}

std::uint64_t adoptUnknownFiles(CacheContext& context, BlobGuard& guard)
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
        batch.push_back(digest);
        if (batch.size() == batchSize)
            look();
    });
    look();
    for (const Digest& digest : unknown)
        context.workers.submit([&guard, digest](const std::stop_token& stop) { guard.check(digest, stop); });
    return unknown.size();
}

/// What the checkpoint log knows of claims and supplies, and the index does not. Both are read side by side, so that
/// only the differences are in memory.
class LostClaims
{
public:
    explicit LostClaims(Index& index)
        : m_index(index)
    {}

    void add(const CheckpointRecord& record)
    {
        m_batch.push_back(record);
        if (m_batch.size() == batchSize)
            compare();
    }

    /// After the last record. Leaves what engines that exist now have lost, of blobs whose file is there: only
    /// those can be promised. A file without a row is adopted by the first lookup.
    void finish(const BlobFiles& files)
    {
        compare();
        std::set<std::string> known;
        for (const Engine& engine : m_index.read([](Connection& index) { return engines::all(index); }))
            known.insert(engine.name);
        const auto isVoid = [&](const auto& entry) {
            const auto& [digest, engine] = entry.first;
            return !known.contains(engine) || !files.identity(digest);
        };
        std::erase_if(m_claims, isVoid);
        std::erase_if(m_supplies, isVoid);
    }

    void restore(Change& change) const
    {
        for (const auto& [key, since] : m_claims)
            claims::put(change.index(), {HolderKind::Engine, key.second, key.first, since, since});
        for (const auto& [key, since] : m_supplies)
            supplies::put(change.index(), {key.second, key.first, since});
        if (!m_claims.empty())
            change.event("claims_restored", {}, {},
                         std::to_string(m_claims.size()) + " claims that the index had lost came from the checkpoint.");
    }

    bool isEmpty() const { return m_claims.empty() && m_supplies.empty(); }

    std::uint64_t claimCount() const { return m_claims.size(); }

private:
    using Since = std::map<std::pair<Digest, std::string>, TimePoint>; // digest, engine

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
        if (record.what == What::EngineRemoved) {
            const auto isOfEngine = [&](const auto& entry) { return entry.first.second == record.holder; };
            std::erase_if(m_claims, isOfEngine);
            std::erase_if(m_supplies, isOfEngine);
        }
        if (!record.digest || record.holderKind != HolderKind::Engine)
            return;
        const Digest& digest = *record.digest;
        const Since::key_type key(digest, record.holder);
        if (record.what == What::Release)
            m_claims.erase(key);
        else if (record.what == What::Removed)
            std::erase_if(m_supplies, [&](const auto& entry) { return entry.first.first == digest; });
        else if (record.what == What::Claim && !claims::exists(index, HolderKind::Engine, record.holder, digest))
            m_claims.insert_or_assign(key, record.since);
        else if (record.what == What::Supply && !supplies::exists(index, record.holder, digest))
            m_supplies.insert_or_assign(key, record.since);
    }

    Index& m_index;
    std::vector<CheckpointRecord> m_batch;
    Since m_claims;
    Since m_supplies;
};

/// A damaged WAL silently loses committed rows. The checkpoint log is written after each commit, so a claim that stands
/// in it and not in the index was lost that way.
std::uint64_t restoreClaims(CacheContext& context)
{
    LostClaims lost(context.index);
    CheckpointLog::replay(context.fileSystem, context.files.layout().checkpoint(),
                          [&](const CheckpointRecord& record) { lost.add(record); });
    lost.finish(context.files);
    if (!lost.isEmpty())
        context.index.write(Durability::Durable, [&](Change& change) { lost.restore(change); });
    return lost.claimCount();
}

} // namespace

RecoveryReport recover(CacheContext& context, BlobGuard& guard)
{
    RecoveryReport report;
    report.wasClean = takeCleanMark(context.index);
    report.removalsFinished = finishRemovals(context);
    report.ingestsSwept = sweepIngests(context);
    if (report.wasClean)
        return report;
    report.claimsRestored = restoreClaims(context);
    report.blobsToAdopt = adoptUnknownFiles(context, guard);
    return report;
}

bool wasShutDownCleanly(Index& index)
{
    return index.read([](Connection& rows) { return meta::get(rows, cleanKey).has_value(); });
}

void markCleanShutdown(Index& index)
{
    index.write(Durability::Durable, [](Change& change) { meta::set(change.index(), cleanKey, "1"); });
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
    add(claimsRestored, "claims came back from the checkpoint");
    return text.empty() ? text : "After an unclean end: " + text + '.';
}

} // namespace layerhold
