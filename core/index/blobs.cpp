// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/blobs.h"

#include "index/row_checksum.h"
#include "layerhold/error.h"

namespace layerhold::blobs {

namespace {

constexpr std::string_view findSql =
    "SELECT digest, size, media_type, kind, state, created_at, verified_at, inode, mtime, ctime, origin, checksum, "
    "accessed_at, access_count FROM blobs WHERE digest = ?";
constexpr std::string_view firstPageSql =
    "SELECT digest, size, media_type, kind, state, created_at, verified_at, inode, mtime, ctime, origin, checksum, "
    "accessed_at, access_count FROM blobs ORDER BY digest LIMIT ?";
constexpr std::string_view nextPageSql =
    "SELECT digest, size, media_type, kind, state, created_at, verified_at, inode, mtime, ctime, origin, checksum, "
    "accessed_at, access_count FROM blobs WHERE digest > ? ORDER BY digest LIMIT ?";
constexpr std::string_view unclaimedSql = "SELECT digest, size, accessed_at FROM blobs WHERE state = 1 "
                                          "AND NOT EXISTS (SELECT 1 FROM claims WHERE claims.digest = blobs.digest)";

/// The claims that the blob ?1 has itself or through an ancestor.
constexpr std::string_view heldSql = "WITH RECURSIVE up(digest) AS (SELECT ?1 UNION SELECT edges.parent FROM edges "
                                     "JOIN up ON edges.child = up.digest) "
                                     "SELECT 1 FROM up JOIN claims ON claims.digest = up.digest LIMIT 1";

std::int64_t checksum(const BlobRow& row)
{
    const Key key(row.digest);
    return RowChecksum()
        .add(key.bytes())
        .add(row.size)
        .add(row.mediaType)
        .add(static_cast<std::int64_t>(row.kind))
        .add(static_cast<std::int64_t>(row.state))
        .add(toNanoseconds(row.createdAt))
        .add(toNanoseconds(row.verifiedAt))
        .add(row.identity.inode)
        .add(row.identity.mtimeNs)
        .add(row.identity.ctimeNs)
        .add(row.origin)
        .value();
}

BlobRow read(const sqlite::Statement::Use& use)
{
    BlobRow row{digestColumn(use, 0)};
    row.size = static_cast<std::uint64_t>(use.integer(1));
    row.mediaType = use.text(2);
    row.kind = static_cast<BlobKind>(use.integer(3));
    row.state = static_cast<BlobState>(use.integer(4));
    row.createdAt = fromNanoseconds(use.integer(5));
    row.verifiedAt = fromNanoseconds(use.integer(6));
    row.identity = {static_cast<std::uint64_t>(use.integer(7)), row.size, use.integer(8), use.integer(9)};
    row.origin = use.text(10);
    row.accessedAt = fromNanoseconds(use.integer(12));
    row.accessCount = static_cast<std::uint64_t>(use.integer(13));
    if (use.integer(11) != checksum(row))
        failDamagedRow("blobs", row.digest.toString());
    return row;
}

} // namespace

std::optional<BlobRow> find(Connection& index, const Digest& digest)
{
    const Key key(digest);
    auto use = index.statement(findSql).use(key.bytes());
    if (!use.step())
        return std::nullopt;
    return read(use);
}

std::vector<BlobRow> page(Connection& index, const std::optional<Digest>& after, std::size_t limit)
{
    std::vector<BlobRow> rows;
    const auto take = [&rows](sqlite::Statement::Use use) {
        while (use.step())
            rows.push_back(read(use));
    };
    if (after) {
        const Key key(*after);
        take(index.statement(nextPageSql).use(key.bytes(), static_cast<std::uint64_t>(limit)));
    } else {
        take(index.statement(firstPageSql).use(static_cast<std::uint64_t>(limit)));
    }
    return rows;
}

void forEachReadable(Connection& index, const std::function<void(const BlobRow&)>& each)
{
    auto use = index.statement(firstPageSql).use(-1);
    while (use.step()) {
        std::optional<BlobRow> row;
        try {
            row = read(use);
        } catch (const Error&) {
            continue; // the row is damaged; the next one may be whole
        }
        each(*row);
    }
}

bool exists(Connection& index, const Digest& digest)
{
    const Key key(digest);
    return index.statement("SELECT 1 FROM blobs WHERE digest = ?").use(key.bytes()).step();
}

void put(Connection& index, const BlobRow& row)
{
    const Key key(row.digest);
    index
        .statement("INSERT INTO blobs (digest, size, media_type, kind, state, created_at, verified_at, inode, mtime, "
                   "ctime, origin, checksum, accessed_at, access_count) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
                   "ON CONFLICT (digest) DO UPDATE SET size = excluded.size, media_type = excluded.media_type, "
                   "kind = excluded.kind, state = excluded.state, created_at = excluded.created_at, "
                   "verified_at = excluded.verified_at, inode = excluded.inode, mtime = excluded.mtime, "
                   "ctime = excluded.ctime, origin = excluded.origin, checksum = excluded.checksum")
        .use(key.bytes(), row.size, row.mediaType, static_cast<int>(row.kind), static_cast<int>(row.state),
             toNanoseconds(row.createdAt), toNanoseconds(row.verifiedAt), row.identity.inode, row.identity.mtimeNs,
             row.identity.ctimeNs, row.origin, checksum(row), toNanoseconds(row.accessedAt), row.accessCount)
        .run();
}

void erase(Connection& index, const Digest& digest)
{
    const Key key(digest);
    index.statement("DELETE FROM blobs WHERE digest = ?").use(key.bytes()).run();
}

void recordAccess(Connection& index, const Digest& digest, TimePoint at, std::uint64_t times)
{
    const Key key(digest);
    index
        .statement("UPDATE blobs SET accessed_at = max(accessed_at, ?2), access_count = access_count + ?3 "
                   "WHERE digest = ?1")
        .use(key.bytes(), toNanoseconds(at), times)
        .run();
}

std::vector<Digest> deleting(Connection& index)
{
    std::vector<Digest> digests;
    auto use = index.statement("SELECT digest FROM blobs WHERE state = 4").use();
    while (use.step())
        digests.push_back(digestColumn(use, 0));
    return digests;
}

std::vector<Digest> trashed(Connection& index)
{
    std::vector<Digest> digests;
    auto use = index.statement("SELECT digest FROM blobs WHERE state = 5").use();
    while (use.step())
        digests.push_back(digestColumn(use, 0));
    return digests;
}

std::vector<Digest> lost(Connection& index)
{
    std::vector<Digest> digests;
    auto use = index.statement("SELECT digest FROM blobs WHERE state IN (2, 3)").use();
    while (use.step())
        digests.push_back(digestColumn(use, 0));
    return digests;
}

bool isReleased(Connection& index, const Digest& digest)
{
    const Key key(digest);
    return !index.statement(heldSql).use(key.bytes()).step();
}

void forEachUnclaimed(Connection& index,
                      const std::function<void(const Digest&, std::uint64_t size, TimePoint lastUsed)>& each)
{
    auto use = index.statement(unclaimedSql).use();
    while (use.step())
        each(digestColumn(use, 0), static_cast<std::uint64_t>(use.integer(1)), fromNanoseconds(use.integer(2)));
}

Totals totals(Connection& index)
{
    auto use = index.statement("SELECT count(*), coalesce(sum(size), 0) FROM blobs WHERE state = 1").use();
    use.step();
    return {static_cast<std::uint64_t>(use.integer(0)), static_cast<std::uint64_t>(use.integer(1))};
}

Totals releasedTotals(Connection& index)
{
    Totals totals;
    forEachUnclaimed(index, [&](const Digest& digest, std::uint64_t size, TimePoint) {
        if (!isReleased(index, digest))
            return;
        ++totals.count;
        totals.bytes += size;
    });
    return totals;
}

} // namespace layerhold::blobs
