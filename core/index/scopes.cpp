// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/entries.h"

#include "index/row_checksum.h"
#include "index/scope_range.h"
#include "layerhold/error.h"

#include <algorithm>

namespace layerhold {

ScopeRange::ScopeRange(const std::string& path)
    : from(path.empty() ? std::string() : path + '/')
    , to(path.empty() ? std::string("\xff") : path + static_cast<char>('/' + 1))
{}

std::vector<std::string> chainOf(const std::string& path)
{
    std::vector<std::string> result;
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
        result.push_back(path.substr(0, slash));
    result.push_back(path);
    return result;
}

std::string scopeOfColumn(std::string_view column)
{
    return std::string(column.substr(0, column.empty() ? 0 : column.size() - 1));
}

namespace scopes {

namespace {

constexpr std::int64_t inherited = -1;

std::int64_t ttlColumn(const ScopeSettings& settings)
{
    return settings.ttl ? std::max<std::int64_t>(settings.ttl->count(), 0) : inherited;
}

std::int64_t checksum(const Scope& scope)
{
    return RowChecksum()
        .add(scope.path)
        .add(ttlColumn(scope.settings))
        .add(scope.settings.maxBytes)
        .add(toNanoseconds(scope.createdAt))
        .value();
}

/// Columns path, ttl, max_bytes, created_at, checksum, used_bytes.
Scope read(const sqlite::Statement::Use& use)
{
    Scope scope;
    scope.path = scopeOfColumn(use.text(0));
    if (use.integer(1) != inherited)
        scope.settings.ttl = std::chrono::nanoseconds(use.integer(1));
    scope.settings.maxBytes = static_cast<std::uint64_t>(use.integer(2));
    scope.createdAt = fromNanoseconds(use.integer(3));
    scope.bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(use.integer(5), 0));
    if (use.integer(4) != checksum(scope))
        failDamagedRow("scopes", scope.path);
    return scope;
}

/// Its entries may be there already: a damaged index can have lost the row alone.
void insertMissing(Connection& index, const Scope& scope)
{
    const ScopeRange range(scope.path);
    index
        .statement("INSERT INTO scopes (path, ttl, max_bytes, created_at, checksum, used_bytes) "
                   "SELECT ?1, ?2, ?3, ?4, ?5, (SELECT coalesce(sum(size), 0) FROM "
                   "(SELECT DISTINCT digest, size FROM entry_blobs WHERE scope >= ?6 AND scope < ?7)) "
                   "WHERE NOT EXISTS (SELECT 1 FROM scopes WHERE path = ?1)")
        .use(scope.path + '/', ttlColumn(scope.settings), scope.settings.maxBytes, toNanoseconds(scope.createdAt),
             checksum(scope), range.from, range.to)
        .run();
}

} // namespace

std::optional<Scope> find(Connection& index, const std::string& path)
{
    auto use =
        index.statement("SELECT path, ttl, max_bytes, created_at, checksum, used_bytes FROM scopes WHERE path = ?")
            .use(path + '/');
    if (!use.step())
        return std::nullopt;
    return read(use);
}

std::vector<Scope> tree(Connection& index, const std::string& path)
{
    std::vector<Scope> result;
    const ScopeRange range(path);
    auto use = index
                   .statement("SELECT path, ttl, max_bytes, created_at, checksum, used_bytes FROM scopes "
                              "WHERE path >= ? AND path < ? ORDER BY path")
                   .use(range.from, range.to);
    while (use.step())
        result.push_back(read(use));
    return result;
}

std::vector<Scope> chain(Connection& index, const std::string& path)
{
    std::vector<Scope> result;
    for (const std::string& one : chainOf(path))
        if (auto scope = find(index, one))
            result.push_back(std::move(*scope));
    return result;
}

void put(Connection& index, const Scope& scope)
{
    for (const std::string& path : chainOf(scope.path)) {
        Scope missing;
        missing.path = path;
        missing.createdAt = scope.createdAt;
        insertMissing(index, missing);
    }
    Scope stored = *find(index, scope.path);
    stored.settings = scope.settings;
    index.statement("UPDATE scopes SET ttl = ?, max_bytes = ?, checksum = ? WHERE path = ?")
        .use(ttlColumn(stored.settings), stored.settings.maxBytes, checksum(stored), stored.path + '/')
        .run();
}

void forEach(Connection& index, const std::function<void(const Scope&)>& each)
{
    auto use = index.statement("SELECT path, ttl, max_bytes, created_at, checksum, used_bytes FROM scopes").use();
    while (use.step())
        each(read(use));
}

void forEachReadable(Connection& index, const std::function<void(const Scope&)>& each)
{
    auto use = index.statement("SELECT path, ttl, max_bytes, created_at, checksum, used_bytes FROM scopes").use();
    while (use.step()) {
        std::optional<Scope> scope;
        try {
            scope = read(use);
        } catch (const Error&) {
            continue; // the row is damaged; the next one may be whole
        }
        each(*scope);
    }
}

} // namespace scopes
} // namespace layerhold
