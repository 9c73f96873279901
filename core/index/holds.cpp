// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/holds.h"

#include "index/row_checksum.h"
#include "layerhold/error.h"
#include "layerhold/types.h"

namespace layerhold {

namespace {

/// Calls `each` for every row that `read` can read.
template <typename Read, typename Each>
void forEachWhole(sqlite::Statement::Use use, Read read, const Each& each)
{
    while (use.step()) {
        try {
            each(read(use));
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Corrupted)
                throw;
        }
    }
}

} // namespace

namespace pins {

namespace {

std::int64_t checksum(const PinRow& row)
{
    const Key key(row.digest);
    return RowChecksum().add(key.bytes()).add(row.note).add(toNanoseconds(row.since)).value();
}

/// Columns digest, note, since, checksum.
PinRow read(const sqlite::Statement::Use& use)
{
    PinRow row{digestColumn(use, 0), std::string(use.text(1)), fromNanoseconds(use.integer(2))};
    if (use.integer(3) != checksum(row))
        failDamagedRow("pins", row.digest.toString());
    return row;
}

} // namespace

std::optional<PinRow> find(Connection& index, const Digest& digest)
{
    const Key key(digest);
    auto use = index.statement("SELECT digest, note, since, checksum FROM pins WHERE digest = ?").use(key.bytes());
    if (!use.step())
        return std::nullopt;
    return read(use);
}

std::vector<PinRow> all(Connection& index)
{
    std::vector<PinRow> rows;
    auto use = index.statement("SELECT digest, note, since, checksum FROM pins ORDER BY digest").use();
    while (use.step())
        rows.push_back(read(use));
    return rows;
}

void put(Connection& index, const PinRow& row)
{
    const Key key(row.digest);
    index.statement("INSERT OR REPLACE INTO pins (digest, note, since, checksum) VALUES (?, ?, ?, ?)")
        .use(key.bytes(), row.note, toNanoseconds(row.since), checksum(row))
        .run();
}

bool erase(Connection& index, const Digest& digest)
{
    const Key key(digest);
    index.statement("DELETE FROM pins WHERE digest = ?").use(key.bytes()).run();
    return index.database().changes() > 0;
}

void forEachReadable(Connection& index, const std::function<void(const PinRow&)>& each)
{
    forEachWhole(index.statement("SELECT digest, note, since, checksum FROM pins").use(), read, each);
}

} // namespace pins

namespace leases {

namespace {

std::int64_t checksum(const LeaseRow& row)
{
    return RowChecksum().add(row.id).add(toNanoseconds(row.createdAt)).add(toNanoseconds(row.expiresAt)).value();
}

/// Columns id, created_at, expires_at, checksum.
LeaseRow read(const sqlite::Statement::Use& use)
{
    LeaseRow row{std::string(use.text(0)), fromNanoseconds(use.integer(1)), fromNanoseconds(use.integer(2))};
    if (use.integer(3) != checksum(row))
        failDamagedRow("leases", row.id);
    return row;
}

} // namespace

std::optional<LeaseRow> find(Connection& index, const std::string& id)
{
    auto use = index.statement("SELECT id, created_at, expires_at, checksum FROM leases WHERE id = ?").use(id);
    if (!use.step())
        return std::nullopt;
    return read(use);
}

std::vector<LeaseRow> all(Connection& index)
{
    std::vector<LeaseRow> rows;
    auto use = index.statement("SELECT id, created_at, expires_at, checksum FROM leases ORDER BY id").use();
    while (use.step())
        rows.push_back(read(use));
    return rows;
}

void put(Connection& index, const LeaseRow& row)
{
    index.statement("INSERT OR REPLACE INTO leases (id, created_at, expires_at, checksum) VALUES (?, ?, ?, ?)")
        .use(row.id, toNanoseconds(row.createdAt), toNanoseconds(row.expiresAt), checksum(row))
        .run();
}

bool erase(Connection& index, const std::string& id)
{
    index.statement("DELETE FROM leases WHERE id = ?").use(id).run();
    return index.database().changes() > 0;
}

std::vector<Digest> held(Connection& index, const std::string& id)
{
    std::vector<Digest> digests;
    auto use = index.statement("SELECT digest FROM claims WHERE holder_kind = ? AND holder = ? ORDER BY digest")
                   .use(static_cast<int>(HolderKind::Lease), id);
    while (use.step())
        digests.push_back(digestColumn(use, 0));
    return digests;
}

void forEachReadable(Connection& index, const std::function<void(const LeaseRow&)>& each)
{
    forEachWhole(index.statement("SELECT id, created_at, expires_at, checksum FROM leases").use(), read, each);
}

} // namespace leases
} // namespace layerhold
