// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/entry_recovery.h"

#include "index/claims.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <tuple>

namespace layerhold {

namespace {

using nlohmann::json;
using What = CheckpointRecord::What;

/// JSON holds text; names are bytes.
std::string asText(const std::string& bytes)
{
    return entryName({}, bytes);
}

std::optional<std::string> asBytes(const std::string& text)
{
    const auto parsed = parseEntryName(text);
    return parsed ? std::optional(parsed->second) : std::nullopt;
}

std::optional<Entry> entryOf(const CheckpointRecord& record)
{
    const auto id = parseEntryName(record.holder);
    const json document = json::parse(record.text, nullptr, false);
    if (!id || !document.is_object())
        return std::nullopt;
    Entry entry;
    std::tie(entry.scope, entry.key) = *id;
    try {
        entry.metadata = document.at("metadata").get<std::string>();
        entry.createdAt = fromNanoseconds(document.at("created").get<std::int64_t>());
        entry.updatedAt = record.since;
        entry.usedAt = record.since;
        entry.ttl = std::chrono::nanoseconds(document.at("ttl").get<std::int64_t>());
        if (const auto at = document.at("invalidated").get<std::int64_t>(); at != 0)
            entry.invalidatedAt = fromNanoseconds(at);
        for (const json& blob : document.at("blobs")) {
            const auto name = asBytes(blob.at(0).get<std::string>());
            const auto digest = Digest::parse(blob.at(1).get<std::string>());
            if (!name || !digest)
                return std::nullopt;
            entry.blobs.push_back({*name, *digest, blob.at(2).get<std::uint64_t>()});
        }
    } catch (const json::exception&) {
        return std::nullopt; // of another version; the index has to do
    }
    return entry;
}

std::optional<Scope> scopeOf(const CheckpointRecord& record)
{
    const json document = json::parse(record.text, nullptr, false);
    const auto path = asBytes(record.holder);
    if (!path || !document.is_object())
        return std::nullopt;
    Scope scope;
    scope.path = *path;
    scope.createdAt = record.since;
    try {
        scope.settings.maxBytes = document.at("max_bytes").get<std::uint64_t>();
        if (!document.at("ttl").is_null())
            scope.settings.ttl = std::chrono::nanoseconds(document.at("ttl").get<std::int64_t>());
    } catch (const json::exception&) {
        return std::nullopt;
    }
    return scope;
}

/// What happened last to each: the put, or being made invalid after it.
bool isNewer(const Entry& entry, const std::optional<Entry>& other)
{
    const auto last = [](const Entry& one) { return std::max(one.updatedAt, one.invalidatedAt.value_or(TimePoint())); };
    return !other || last(entry) > last(*other);
}

} // namespace

CheckpointRecord recordOf(const Entry& entry)
{
    json blobs = json::array();
    for (const EntryBlob& blob : entry.blobs)
        blobs.push_back({asText(blob.name), blob.digest.toString(), blob.size});
    CheckpointRecord record;
    record.what = What::EntryPut;
    record.holderKind = HolderKind::Entry;
    record.holder = entryName(entry.scope, entry.key);
    record.since = entry.updatedAt;
    record.text = json{{"metadata", entry.metadata},
                       {"created", toNanoseconds(entry.createdAt)},
                       {"ttl", entry.ttl.count()},
                       {"invalidated", entry.invalidatedAt ? toNanoseconds(*entry.invalidatedAt) : 0},
                       {"blobs", std::move(blobs)}}
                      .dump();
    return record;
}

CheckpointRecord recordOf(const Scope& scope)
{
    CheckpointRecord record;
    record.what = What::EntryScope;
    record.holderKind = HolderKind::Entry;
    record.holder = asText(scope.path);
    record.since = scope.createdAt;
    record.text = json{{"ttl", scope.settings.ttl ? json(scope.settings.ttl->count()) : json()},
                       {"max_bytes", scope.settings.maxBytes}}
                      .dump();
    return record;
}

CheckpointRecord removalOf(const entries::Id& id)
{
    CheckpointRecord record;
    record.what = What::EntryRemoved;
    record.holderKind = HolderKind::Entry;
    record.holder = entryName(id.scope, id.key);
    return record;
}

bool isEntryRecord(const CheckpointRecord& record)
{
    return record.what == What::EntryScope || record.what == What::EntryPut || record.what == What::EntryRemoved;
}

bool replayEntryRecord(Connection& index, const CheckpointRecord& record)
{
    if (record.what == What::EntryScope) {
        if (const auto scope = scopeOf(record))
            scopes::put(index, *scope);
        return true;
    }
    if (record.what == What::EntryPut) {
        const auto entry = entryOf(record);
        if (entry && isNewer(*entry, entries::find(index, entry->scope, entry->key)))
            entries::put(index, *entry);
        return true;
    }
    if (record.what == What::EntryRemoved) {
        if (const auto id = parseEntryName(record.holder))
            entries::erase(index, id->first, id->second);
        return true;
    }
    return false;
}

void forEachEntryRecord(Connection& index, const std::function<void(const CheckpointRecord&)>& each)
{
    scopes::forEach(index, [&](const Scope& scope) { each(recordOf(scope)); });
    entries::forEach(index, [&](const Entry& entry) { each(recordOf(entry)); });
}

void copyEntries(Connection& old, const InBatch& put)
{
    scopes::forEachReadable(old,
                            [&](const Scope& scope) { put([&](Connection& index) { scopes::put(index, scope); }); });
    entries::forEachReadable(old, [&](const Entry& entry) {
        put([&](Connection& index) {
            if (isNewer(entry, entries::find(index, entry.scope, entry.key)))
                entries::put(index, entry);
            else // only the old index knows how it was used
                entries::recordAccess(index, entry.scope, entry.key, entry.usedAt, entry.uses);
        });
    });
}

void LostEntries::add(Connection& index, const CheckpointRecord& record)
{
    if (record.what == What::EntryRemoved) {
        m_records.erase(record.holder);
        return;
    }
    bool isLost = false;
    if (record.what == What::EntryPut) {
        const auto entry = entryOf(record);
        isLost = entry && isNewer(*entry, entries::find(index, entry->scope, entry->key));
    } else if (record.what == What::EntryScope) {
        const auto scope = scopeOf(record);
        isLost = scope && !scopes::find(index, scope->path);
    }
    if (isLost)
        m_records.insert_or_assign(record.holder, record);
}

void LostEntries::finish(const BlobFiles& files)
{
    std::erase_if(m_records, [&](const auto& named) {
        const auto entry = entryOf(named.second);
        return named.second.what == What::EntryPut &&
               !std::all_of(entry->blobs.begin(), entry->blobs.end(), [&](const EntryBlob& blob) {
                   return files.identity(blob.digest) || files.trashIdentity(blob.digest);
               });
    });
}

void LostEntries::restore(Change& change) const
{
    for (const auto& [name, record] : m_records)
        replayEntryRecord(change.index(), record);
    change.event("entries_restored", {}, {},
                 std::to_string(m_records.size()) +
                     " entries or scopes that the index had lost came from the checkpoint.");
}

void dropOperationClaims(CacheContext& context)
{
    const auto left =
        context.index.read([](Connection& index) { return claims::ofKind(index, HolderKind::Operation); });
    if (left.empty())
        return;
    context.index.write(Durability::Relaxed, [&](Change& change) {
        for (const ClaimRow& row : left) {
            claims::erase(change.index(), row.holderKind, row.holder, row.digest);
            CheckpointRecord record;
            record.what = What::Release;
            record.digest = row.digest;
            record.holderKind = row.holderKind;
            record.holder = row.holder;
            change.remember(std::move(record));
        }
    });
}

} // namespace layerhold
