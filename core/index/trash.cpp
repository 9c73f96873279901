// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/trash.h"

#include "index/row_checksum.h"
#include "layerhold/error.h"

namespace layerhold::trash {

namespace {

std::int64_t checksum(const TrashRow& row)
{
    const Key key(row.digest);
    return RowChecksum()
        .add(key.bytes())
        .add(row.run)
        .add(row.bytes)
        .add(toNanoseconds(row.trashedAt))
        .add(toNanoseconds(row.expiresAt))
        .value();
}

/// Columns digest, run, bytes, trashed_at, expires_at, checksum.
TrashRow read(const sqlite::Statement::Use& use)
{
    TrashRow row{digestColumn(use, 0), std::string(use.text(1)), static_cast<std::uint64_t>(use.integer(2)),
                 fromNanoseconds(use.integer(3)), fromNanoseconds(use.integer(4))};
    if (use.integer(5) != checksum(row))
        failDamagedRow("trash", row.digest.toString());
    return row;
}

std::vector<TrashRow> readAll(sqlite::Statement::Use use)
{
    std::vector<TrashRow> rows;
    while (use.step())
        rows.push_back(read(use));
    return rows;
}

} // namespace

std::optional<TrashRow> find(Connection& index, const Digest& digest)
{
    const Key key(digest);
    auto use = index
                   .statement("SELECT digest, run, bytes, trashed_at, expires_at, checksum FROM trash "
                              "WHERE digest = ?")
                   .use(key.bytes());
    if (!use.step())
        return std::nullopt;
    return read(use);
}

void put(Connection& index, const TrashRow& row)
{
    const Key key(row.digest);
    index
        .statement("INSERT OR REPLACE INTO trash (digest, run, bytes, trashed_at, expires_at, checksum) "
                   "VALUES (?, ?, ?, ?, ?, ?)")
        .use(key.bytes(), row.run, row.bytes, toNanoseconds(row.trashedAt), toNanoseconds(row.expiresAt), checksum(row))
        .run();
}

bool erase(Connection& index, const Digest& digest)
{
    const Key key(digest);
    index.statement("DELETE FROM trash WHERE digest = ?").use(key.bytes()).run();
    return index.database().changes() > 0;
}

void sweep(Connection& index)
{
    index
        .statement("DELETE FROM trash WHERE NOT EXISTS (SELECT 1 FROM blobs WHERE blobs.digest = trash.digest "
                   "AND blobs.state = 5)")
        .use()
        .run();
}

std::vector<TrashRow> page(Connection& index, const std::optional<Digest>& after, std::size_t limit)
{
    static constexpr std::byte none[1] = {std::byte{0}}; // below every digest key
    std::optional<Key> key;
    if (after)
        key.emplace(*after);
    return readAll(index
                       .statement("SELECT digest, run, bytes, trashed_at, expires_at, checksum FROM trash "
                                  "WHERE digest > ? ORDER BY digest LIMIT ?")
                       .use(key ? key->bytes() : std::span<const std::byte>(none), static_cast<std::uint64_t>(limit)));
}

std::vector<Digest> ofRun(Connection& index, const std::string& run)
{
    std::vector<Digest> digests;
    auto use = index.statement("SELECT digest FROM trash WHERE run = ? ORDER BY digest").use(run);
    while (use.step())
        digests.push_back(digestColumn(use, 0));
    return digests;
}

std::optional<std::string> latestRun(Connection& index)
{
    auto use = index.statement("SELECT run FROM trash WHERE run <> '' ORDER BY trashed_at DESC LIMIT 1").use();
    if (!use.step())
        return std::nullopt;
    return std::string(use.text(0));
}

std::vector<TrashRow> expired(Connection& index, TimePoint now, std::size_t limit)
{
    return readAll(index
                       .statement("SELECT digest, run, bytes, trashed_at, expires_at, checksum FROM trash "
                                  "WHERE expires_at <= ? ORDER BY expires_at, digest LIMIT ?")
                       .use(toNanoseconds(now), static_cast<std::uint64_t>(limit)));
}

void forEachReadable(Connection& index, const std::function<void(const TrashRow&)>& each)
{
    auto use = index.statement("SELECT digest, run, bytes, trashed_at, expires_at, checksum FROM trash").use();
    while (use.step()) {
        std::optional<TrashRow> row;
        try {
            row = read(use);
        } catch (const Error&) {
            continue; // the row is damaged; the next one may be whole
        }
        each(*row);
    }
}

Totals totals(Connection& index)
{
    auto use = index.statement("SELECT count(*), coalesce(sum(bytes), 0), min(expires_at) FROM trash").use();
    use.step();
    Totals totals{static_cast<std::uint64_t>(use.integer(0)), static_cast<std::uint64_t>(use.integer(1)), std::nullopt};
    if (!use.isNull(2))
        totals.nextExpiry = fromNanoseconds(use.integer(2));
    return totals;
}

} // namespace layerhold::trash
