// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/tags.h"

#include "index/row_checksum.h"
#include "layerhold/error.h"

namespace layerhold {

namespace {

/// Digest::key() as a bindable blob, or NULL.
class OptionalKey
{
public:
    explicit OptionalKey(const std::optional<Digest>& digest)
        : m_bytes(digest ? digest->key() : std::string())
    {}

    std::optional<std::span<const std::byte>> bytes() const
    {
        if (m_bytes.empty())
            return std::nullopt;
        return std::as_bytes(std::span(m_bytes));
    }

    /// For checksums: NULL counts as no bytes.
    std::span<const std::byte> bytesOrNone() const { return std::as_bytes(std::span(m_bytes)); }

private:
    std::string m_bytes;
};

std::optional<Digest> optionalDigest(const sqlite::Statement::Use& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(digestColumn(row, column));
}

/// Calls `each` for the rows that `read` takes for whole.
template <typename Read, typename Each>
void forEachWhole(sqlite::Statement::Use use, Read read, const Each& each)
{
    while (use.step()) {
        std::optional<decltype(read(use))> row;
        try {
            row = read(use);
        } catch (const Error&) {
            continue; // the row is damaged; the next one may be whole
        }
        each(*row);
    }
}

} // namespace

namespace tags {

namespace {

constexpr std::string_view findSql =
    "SELECT reference, digest, cause, moved_by, created_at, moved_at, updated_at, is_claim, checksum, accessed_at, "
    "access_count, EXISTS (SELECT 1 FROM blobs WHERE blobs.digest = tags.digest AND blobs.state = 1) FROM tags "
    "WHERE reference = ?";
constexpr std::string_view pageSql =
    "SELECT reference, digest, cause, moved_by, created_at, moved_at, updated_at, is_claim, checksum, accessed_at, "
    "access_count, EXISTS (SELECT 1 FROM blobs WHERE blobs.digest = tags.digest AND blobs.state = 1) FROM tags "
    "WHERE reference > ? AND digest IS NOT NULL ORDER BY reference LIMIT ?";
constexpr std::string_view allSql =
    "SELECT reference, digest, cause, moved_by, created_at, moved_at, updated_at, is_claim, checksum, accessed_at, "
    "access_count, 0 FROM tags ORDER BY reference";

std::int64_t checksum(const TagRow& row)
{
    const OptionalKey key(row.digest);
    return RowChecksum()
        .add(row.reference)
        .add(key.bytesOrNone())
        .add(static_cast<std::int64_t>(row.cause))
        .add(row.by)
        .add(toNanoseconds(row.createdAt))
        .add(toNanoseconds(row.movedAt))
        .add(toNanoseconds(row.updatedAt))
        .add(static_cast<std::int64_t>(row.isClaim))
        .value();
}

TagRow read(const sqlite::Statement::Use& use)
{
    TagRow row{std::string(use.text(0)), optionalDigest(use, 1)};
    row.cause = static_cast<TagCause>(use.integer(2));
    row.by = use.text(3);
    row.createdAt = fromNanoseconds(use.integer(4));
    row.movedAt = fromNanoseconds(use.integer(5));
    row.updatedAt = fromNanoseconds(use.integer(6));
    row.isClaim = use.integer(7) != 0;
    row.accessedAt = fromNanoseconds(use.integer(9));
    row.accessCount = static_cast<std::uint64_t>(use.integer(10));
    row.isPresent = use.integer(11) != 0;
    if (use.integer(8) != checksum(row))
        failDamagedRow("tags", row.reference);
    return row;
}

} // namespace

std::optional<TagRow> find(Connection& index, const std::string& reference)
{
    auto use = index.statement(findSql).use(reference);
    if (!use.step())
        return std::nullopt;
    return read(use);
}

std::vector<TagRow> page(Connection& index, const std::string& after, std::size_t limit)
{
    std::vector<TagRow> rows;
    auto use = index.statement(pageSql).use(after, static_cast<std::uint64_t>(limit));
    while (use.step())
        rows.push_back(read(use));
    return rows;
}

void put(Connection& index, const TagRow& row)
{
    const OptionalKey key(row.digest);
    index
        .statement("INSERT INTO tags (reference, digest, cause, moved_by, created_at, moved_at, updated_at, is_claim, "
                   "checksum, accessed_at, access_count) VALUES (?,?,?,?,?,?,?,?,?,?,?) "
                   "ON CONFLICT (reference) DO UPDATE SET digest = excluded.digest, cause = excluded.cause, "
                   "moved_by = excluded.moved_by, created_at = excluded.created_at, moved_at = excluded.moved_at, "
                   "updated_at = excluded.updated_at, is_claim = excluded.is_claim, checksum = excluded.checksum")
        .use(row.reference, key.bytes(), static_cast<int>(row.cause), row.by, toNanoseconds(row.createdAt),
             toNanoseconds(row.movedAt), toNanoseconds(row.updatedAt), row.isClaim ? 1 : 0, checksum(row),
             toNanoseconds(row.accessedAt), row.accessCount)
        .run();
}

void erase(Connection& index, const std::string& reference)
{
    index.statement("DELETE FROM tag_moves WHERE reference = ?").use(reference).run();
    index.statement("DELETE FROM tags WHERE reference = ?").use(reference).run();
}

void recordAccess(Connection& index, const std::string& reference, TimePoint at, std::uint64_t times)
{
    index
        .statement("UPDATE tags SET accessed_at = max(accessed_at, ?2), access_count = access_count + ?3 "
                   "WHERE reference = ?1")
        .use(reference, toNanoseconds(at), times)
        .run();
}

std::vector<std::string> removedBefore(Connection& index, std::size_t kept)
{
    std::vector<std::string> references;
    auto use = index
                   .statement("SELECT reference FROM tags INDEXED BY tags_removed WHERE digest IS NULL "
                              "ORDER BY updated_at DESC LIMIT -1 OFFSET ?")
                   .use(static_cast<std::uint64_t>(kept));
    while (use.step())
        references.emplace_back(use.text(0));
    return references;
}

std::vector<std::string> orphansOf(Connection& index, const std::string& engine)
{
    std::vector<std::string> references;
    auto use = index
                   .statement("SELECT reference FROM tags WHERE digest IS NOT NULL AND cause = 3 AND is_claim = 0 "
                              "AND moved_by = ? AND NOT EXISTS (SELECT 1 FROM engine_images "
                              "WHERE engine_images.name = tags.reference) ORDER BY reference")
                   .use(engine);
    while (use.step())
        references.emplace_back(use.text(0));
    return references;
}

void forEach(Connection& index, const std::function<void(const TagRow&)>& each)
{
    auto use = index.statement(allSql).use();
    while (use.step())
        each(read(use));
}

void forEachReadable(Connection& index, const std::function<void(const TagRow&)>& each)
{
    forEachWhole(index.statement(allSql).use(), read, each);
}

} // namespace tags

namespace tag_moves {

namespace {

constexpr std::string_view allSql =
    "SELECT reference, number, at, from_digest, to_digest, cause, moved_by, checksum FROM tag_moves";

std::int64_t checksum(const TagMoveRow& row)
{
    const OptionalKey from(row.move.from);
    const OptionalKey to(row.move.to);
    return RowChecksum()
        .add(row.reference)
        .add(row.number)
        .add(toNanoseconds(row.move.at))
        .add(from.bytesOrNone())
        .add(to.bytesOrNone())
        .add(static_cast<std::int64_t>(row.move.cause))
        .add(row.move.by)
        .value();
}

/// Columns reference, number, at, from_digest, to_digest, cause, moved_by, checksum.
TagMoveRow read(const sqlite::Statement::Use& use)
{
    TagMoveRow row{std::string(use.text(0)), use.integer(1)};
    row.move = {fromNanoseconds(use.integer(2)), optionalDigest(use, 3), optionalDigest(use, 4),
                static_cast<TagCause>(use.integer(5)), std::string(use.text(6))};
    if (use.integer(7) != checksum(row))
        failDamagedRow("tag_moves", row.reference);
    return row;
}

} // namespace

TagMoveRow append(Connection& index, const std::string& reference, const TagMove& move)
{
    TagMoveRow row{reference, 1, move};
    {
        auto use = index.statement("SELECT coalesce(max(number), 0) FROM tag_moves WHERE reference = ?").use(reference);
        use.step();
        row.number = use.integer(0) + 1;
    }
    put(index, row);
    return row;
}

void put(Connection& index, const TagMoveRow& row)
{
    const OptionalKey from(row.move.from);
    const OptionalKey to(row.move.to);
    index
        .statement("INSERT OR REPLACE INTO tag_moves (reference, number, at, from_digest, to_digest, cause, moved_by, "
                   "checksum) VALUES (?,?,?,?,?,?,?,?)")
        .use(row.reference, row.number, toNanoseconds(row.move.at), from.bytes(), to.bytes(),
             static_cast<int>(row.move.cause), row.move.by, checksum(row))
        .run();
}

std::vector<TagMove> newest(Connection& index, const std::string& reference, std::int64_t limit)
{
    std::vector<TagMove> moves;
    auto use = index
                   .statement("SELECT reference, number, at, from_digest, to_digest, cause, moved_by, checksum "
                              "FROM tag_moves WHERE reference = ? ORDER BY number DESC LIMIT ?")
                   .use(reference, limit);
    while (use.step())
        moves.push_back(read(use).move);
    return moves;
}

void keepNewest(Connection& index, const std::string& reference, std::int64_t kept)
{
    index
        .statement("DELETE FROM tag_moves WHERE reference = ?1 AND number <= "
                   "(SELECT max(number) FROM tag_moves WHERE reference = ?1) - ?2")
        .use(reference, kept)
        .run();
}

void forEach(Connection& index, const std::function<void(const TagMoveRow&)>& each)
{
    auto use = index.statement(allSql).use();
    while (use.step())
        each(read(use));
}

void forEachReadable(Connection& index, const std::function<void(const TagMoveRow&)>& each)
{
    forEachWhole(index.statement(allSql).use(), read, each);
}

} // namespace tag_moves
} // namespace layerhold
