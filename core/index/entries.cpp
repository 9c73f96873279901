// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/entries.h"

#include "index/claims.h"
#include "index/row_checksum.h"
#include "index/scope_range.h"
#include "layerhold/error.h"

#include <algorithm>

namespace layerhold::entries {

namespace {

constexpr std::string_view allSql = "SELECT scope, key, metadata, created_at, updated_at, ttl, invalidated, checksum, "
                                    "used_at, uses FROM entries";

std::span<const std::byte> bytesOf(const std::string& key)
{
    return std::as_bytes(std::span(key));
}

std::string keyColumn(const sqlite::Statement::Use& use, int column)
{
    const auto bytes = use.blob(column);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::int64_t ttlColumn(const Entry& entry)
{
    return std::max<std::int64_t>(entry.ttl.count(), 0);
}

std::int64_t invalidatedColumn(const Entry& entry)
{
    return entry.invalidatedAt ? toNanoseconds(*entry.invalidatedAt) : 0;
}

std::int64_t checksum(const Entry& entry)
{
    return RowChecksum()
        .add(entry.scope)
        .add(bytesOf(entry.key))
        .add(entry.metadata)
        .add(toNanoseconds(entry.createdAt))
        .add(toNanoseconds(entry.updatedAt))
        .add(ttlColumn(entry))
        .add(invalidatedColumn(entry))
        .value();
}

std::int64_t checksum(const Id& entry, const EntryBlob& blob)
{
    const Key digest(blob.digest);
    return RowChecksum()
        .add(entry.scope)
        .add(bytesOf(entry.key))
        .add(blob.name)
        .add(digest.bytes())
        .add(blob.size)
        .value();
}

/// Columns scope, key, metadata, created_at, updated_at, ttl, invalidated, checksum, used_at, uses; without the blobs.
Entry read(const sqlite::Statement::Use& use)
{
    Entry entry;
    entry.scope = scopeOfColumn(use.text(0));
    entry.key = keyColumn(use, 1);
    entry.metadata = use.text(2);
    entry.createdAt = fromNanoseconds(use.integer(3));
    entry.updatedAt = fromNanoseconds(use.integer(4));
    entry.ttl = std::chrono::nanoseconds(use.integer(5));
    if (use.integer(6) != 0)
        entry.invalidatedAt = fromNanoseconds(use.integer(6));
    entry.usedAt = fromNanoseconds(use.integer(8));
    entry.uses = static_cast<std::uint64_t>(use.integer(9));
    if (use.integer(7) != checksum(entry))
        failDamagedRow("entries", entryName(entry.scope, entry.key));
    return entry;
}

void readBlobs(Connection& index, Entry& entry)
{
    auto use = index
                   .statement("SELECT name, digest, size, checksum FROM entry_blobs WHERE scope = ? AND key = ? "
                              "ORDER BY name")
                   .use(entry.scope + '/', bytesOf(entry.key));
    while (use.step()) {
        EntryBlob blob{std::string(use.text(0)), digestColumn(use, 1), static_cast<std::uint64_t>(use.integer(2))};
        if (use.integer(3) != checksum({entry.scope, entry.key}, blob))
            failDamagedRow("entry_blobs", entryName(entry.scope, entry.key));
        entry.blobs.push_back(std::move(blob));
    }
}

/// A blob counts once in each scope of the chain: called while the row of the blob is not in the table.
void addToScopes(Connection& index, const std::string& scope, const EntryBlob& blob, std::int64_t bytes)
{
    const Key digest(blob.digest);
    for (const std::string& path : chainOf(scope)) {
        const ScopeRange range(path);
        const bool isCounted =
            index.statement("SELECT 1 FROM entry_blobs WHERE digest = ? AND scope >= ? AND scope < ? LIMIT 1")
                .use(digest.bytes(), range.from, range.to)
                .step();
        if (!isCounted)
            index.statement("UPDATE scopes SET used_bytes = used_bytes + ? WHERE path = ?")
                .use(bytes, path + '/')
                .run();
    }
}

void eraseBlob(Connection& index, const Id& entry, const EntryBlob& blob)
{
    index.statement("DELETE FROM entry_blobs WHERE scope = ? AND key = ? AND name = ?")
        .use(entry.scope + '/', bytesOf(entry.key), blob.name)
        .run();
    addToScopes(index, entry.scope, blob, -static_cast<std::int64_t>(blob.size));
}

void insertBlob(Connection& index, const Id& entry, const EntryBlob& blob)
{
    addToScopes(index, entry.scope, blob, static_cast<std::int64_t>(blob.size));
    const Key digest(blob.digest);
    index
        .statement("INSERT OR REPLACE INTO entry_blobs (scope, key, name, digest, size, checksum) "
                   "VALUES (?, ?, ?, ?, ?, ?)")
        .use(entry.scope + '/', bytesOf(entry.key), blob.name, digest.bytes(), blob.size, checksum(entry, blob))
        .run();
}

std::vector<Id> ids(sqlite::Statement::Use use)
{
    std::vector<Id> result;
    while (use.step())
        result.push_back({scopeOfColumn(use.text(0)), keyColumn(use, 1)});
    return result;
}

/// No entry is in both halves.
std::vector<Id> voidOnes(Connection& index, const std::string& scope, TimePoint expiredBefore,
                         TimePoint invalidatedBefore, std::size_t limit)
{
    const ScopeRange range(scope);
    std::vector<Id> result =
        ids(index
                .statement("SELECT scope, key FROM entries INDEXED BY entries_by_expiry WHERE ttl > 0 "
                           "AND updated_at + ttl < ? AND scope >= ? AND scope < ? LIMIT ?")
                .use(toNanoseconds(expiredBefore), range.from, range.to, static_cast<std::uint64_t>(limit)));
    const auto invalidated =
        ids(index
                .statement("SELECT scope, key FROM entries INDEXED BY entries_invalidated WHERE invalidated > 0 "
                           "AND invalidated < ? AND scope >= ? AND scope < ? "
                           "AND NOT (ttl > 0 AND updated_at + ttl < ?) LIMIT ?")
                .use(toNanoseconds(invalidatedBefore), range.from, range.to, toNanoseconds(expiredBefore),
                     static_cast<std::uint64_t>(limit - result.size())));
    result.insert(result.end(), invalidated.begin(), invalidated.end());
    return result;
}

/// After all keys that begin with `prefix`, and before all others that follow.
std::string endOf(std::string prefix)
{
    while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xff)
        prefix.pop_back();
    if (prefix.empty())
        return std::string(longestEntryKey + 1, '\xff');
    prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
    return prefix;
}

} // namespace

std::optional<Entry> find(Connection& index, const std::string& scope, const std::string& key)
{
    std::optional<Entry> entry;
    {
        auto use = index
                       .statement("SELECT scope, key, metadata, created_at, updated_at, ttl, invalidated, checksum, "
                                  "used_at, uses FROM entries WHERE scope = ? AND key = ?")
                       .use(scope + '/', bytesOf(key));
        if (use.step())
            entry = read(use);
    }
    if (entry)
        readBlobs(index, *entry);
    return entry;
}

void put(Connection& index, const Entry& entry)
{
    if (!scopes::find(index, entry.scope)) {
        Scope scope;
        scope.path = entry.scope;
        scope.createdAt = entry.updatedAt;
        scopes::put(index, scope);
    }
    const Id id{entry.scope, entry.key};
    const std::string holder = entryName(entry.scope, entry.key);
    Entry stored = entry;
    if (const auto before = find(index, entry.scope, entry.key)) {
        stored.usedAt = std::max(stored.usedAt, before->usedAt);
        stored.uses = std::max(stored.uses, before->uses);
        for (const EntryBlob& blob : before->blobs)
            eraseBlob(index, id, blob);
        for (const EntryBlob& blob : before->blobs) {
            const bool isKept = std::any_of(entry.blobs.begin(), entry.blobs.end(),
                                            [&](const EntryBlob& other) { return other.digest == blob.digest; });
            if (!isKept)
                claims::erase(index, HolderKind::Entry, holder, blob.digest);
        }
    }
    index
        .statement("INSERT OR REPLACE INTO entries (scope, key, metadata, created_at, updated_at, ttl, invalidated, "
                   "checksum, used_at, uses) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .use(stored.scope + '/', bytesOf(stored.key), stored.metadata, toNanoseconds(stored.createdAt),
             toNanoseconds(stored.updatedAt), ttlColumn(stored), invalidatedColumn(stored), checksum(stored),
             toNanoseconds(stored.usedAt), stored.uses)
        .run();
    for (const EntryBlob& blob : stored.blobs) {
        insertBlob(index, id, blob);
        if (!claims::exists(index, HolderKind::Entry, holder, blob.digest))
            claims::put(index, {HolderKind::Entry, holder, blob.digest, stored.updatedAt, stored.updatedAt});
    }
}

std::optional<Entry> erase(Connection& index, const std::string& scope, const std::string& key)
{
    auto entry = find(index, scope, key);
    if (!entry)
        return entry;
    index.statement("DELETE FROM entries WHERE scope = ? AND key = ?").use(scope + '/', bytesOf(key)).run();
    for (const EntryBlob& blob : entry->blobs) {
        eraseBlob(index, {scope, key}, blob);
        claims::erase(index, HolderKind::Entry, entryName(scope, key), blob.digest);
    }
    return entry;
}

void recordAccess(Connection& index, const std::string& scope, const std::string& key, TimePoint at,
                  std::uint64_t times)
{
    index.statement("UPDATE entries SET used_at = max(used_at, ?), uses = uses + ? WHERE scope = ? AND key = ?")
        .use(toNanoseconds(at), times, scope + '/', bytesOf(key))
        .run();
}

std::vector<Entry> list(Connection& index, const std::string& scope, const std::string& prefix,
                        const std::string& after, std::size_t limit)
{
    std::vector<Entry> result;
    {
        auto use = index
                       .statement("SELECT scope, key, metadata, created_at, updated_at, ttl, invalidated, checksum, "
                                  "used_at, uses FROM entries WHERE scope = ? AND key >= ? AND key > ? AND key < ? "
                                  "ORDER BY key LIMIT ?")
                       .use(scope + '/', bytesOf(prefix), bytesOf(after), bytesOf(endOf(prefix)),
                            static_cast<std::uint64_t>(limit));
        while (use.step())
            result.push_back(read(use));
    }
    for (Entry& entry : result)
        readBlobs(index, entry);
    return result;
}

std::vector<Id> tree(Connection& index, const std::string& scope, const Id& after, std::size_t limit)
{
    const ScopeRange range(scope);
    return ids(index
                   .statement("SELECT scope, key FROM entries WHERE scope >= ? AND scope < ? AND (scope, key) > (?, ?) "
                              "ORDER BY scope, key LIMIT ?")
                   .use(range.from, range.to, after.scope.empty() ? std::string() : after.scope + '/',
                        bytesOf(after.key), static_cast<std::uint64_t>(limit)));
}

std::vector<Id> leastRecentlyUsed(Connection& index, const std::string& scope, std::size_t limit)
{
    const ScopeRange range(scope);
    return ids(index
                   .statement("SELECT scope, key FROM entries INDEXED BY entries_by_use WHERE scope >= ? AND scope < ? "
                              "ORDER BY used_at, scope, key LIMIT ?")
                   .use(range.from, range.to, static_cast<std::uint64_t>(limit)));
}

std::vector<Id> voidOnes(Connection& index, const std::string& scope, TimePoint now, std::size_t limit)
{
    return voidOnes(index, scope, now, TimePoint::max(), limit); // a clock may have been set back since
}

std::vector<Id> voidBefore(Connection& index, const std::string& scope, TimePoint time, std::size_t limit)
{
    return voidOnes(index, scope, time, time, limit);
}

std::vector<Id> putBefore(Connection& index, const std::string& scope, TimePoint time, std::size_t limit)
{
    const ScopeRange range(scope);
    return ids(
        index.statement("SELECT scope, key FROM entries WHERE scope >= ? AND scope < ? AND updated_at < ? LIMIT ?")
            .use(range.from, range.to, toNanoseconds(time), static_cast<std::uint64_t>(limit)));
}

std::uint64_t count(Connection& index, const std::string& scope)
{
    const ScopeRange range(scope);
    auto use = index.statement("SELECT count(*) FROM entries WHERE scope >= ? AND scope < ?").use(range.from, range.to);
    use.step();
    return static_cast<std::uint64_t>(use.integer(0));
}

EntryTotals totals(Connection& index, const std::string& scope)
{
    const ScopeRange range(scope);
    EntryTotals result;
    result.entries = count(index, scope);
    auto use = index
                   .statement("SELECT coalesce(sum(size), 0) FROM (SELECT DISTINCT digest, size FROM entry_blobs "
                              "WHERE scope >= ? AND scope < ?)")
                   .use(range.from, range.to);
    use.step();
    result.bytes = static_cast<std::uint64_t>(use.integer(0));
    return result;
}

std::uint64_t countExpired(Connection& index, TimePoint time)
{
    auto use = index
                   .statement("SELECT count(*) FROM entries INDEXED BY entries_by_expiry WHERE ttl > 0 "
                              "AND updated_at + ttl < ?")
                   .use(toNanoseconds(time));
    use.step();
    return static_cast<std::uint64_t>(use.integer(0));
}

void forEach(Connection& index, const std::function<void(const Entry&)>& each)
{
    auto use = index.statement(allSql).use();
    while (use.step()) {
        Entry entry = read(use);
        readBlobs(index, entry);
        each(entry);
    }
}

void forEachReadable(Connection& index, const std::function<void(const Entry&)>& each)
{
    auto use = index.statement(allSql).use();
    while (use.step()) {
        std::optional<Entry> entry;
        try {
            entry = read(use);
            readBlobs(index, *entry);
        } catch (const Error&) {
            continue; // a row is damaged; the next entry may be whole
        }
        each(*entry);
    }
}

void dropClaimsOfNobody(Connection& index)
{
    std::vector<std::pair<std::string, Digest>> nobodys;
    {
        auto use =
            index.statement("SELECT holder, digest FROM claims INDEXED BY claims_of_holder WHERE holder_kind = ?")
                .use(static_cast<int>(HolderKind::Entry));
        while (use.step())
            nobodys.emplace_back(std::string(use.text(0)), digestColumn(use, 1));
    }
    for (const auto& [holder, digest] : nobodys) {
        const auto id = parseEntryName(holder);
        const auto entry = id ? find(index, id->first, id->second) : std::nullopt;
        const auto names = [&wanted = digest](const EntryBlob& blob) { return blob.digest == wanted; };
        if (!entry || std::none_of(entry->blobs.begin(), entry->blobs.end(), names))
            claims::erase(index, HolderKind::Entry, holder, digest);
    }
}

} // namespace layerhold::entries
