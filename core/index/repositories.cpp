// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/repositories.h"

#include "index/row_checksum.h"

#include <string_view>

namespace layerhold {

namespace repositories {

namespace {

std::int64_t checksum(std::int64_t id, std::string_view name)
{
    return RowChecksum().add(id).add(name).value();
}

} // namespace

std::optional<std::int64_t> find(Connection& index, const std::string& name)
{
    auto use = index.statement("SELECT id, checksum FROM repositories WHERE name = ?").use(name);
    if (!use.step())
        return std::nullopt;
    const std::int64_t id = use.integer(0);
    if (use.integer(1) != checksum(id, name))
        failDamagedRow("repositories", name);
    return id;
}

std::int64_t require(Connection& index, const std::string& name)
{
    if (const auto id = find(index, name))
        return *id;
    index.statement("INSERT INTO repositories (name, checksum) VALUES (?, 0)").use(name).run();
    const std::int64_t id = index.database().lastInsertId();
    index.statement("UPDATE repositories SET checksum = ? WHERE id = ?").use(checksum(id, name), id).run();
    return id;
}

void eraseUnused(Connection& index)
{
    index
        .statement("DELETE FROM repositories WHERE "
                   "NOT EXISTS (SELECT 1 FROM repository_blobs WHERE repository_blobs.repository = repositories.id) "
                   "AND NOT EXISTS (SELECT 1 FROM proofs WHERE proofs.repository = repositories.id)")
        .use()
        .run();
}

} // namespace repositories

namespace repository_blobs {

namespace {

std::int64_t checksum(const RepositoryBlobRow& row)
{
    const Key key(row.digest);
    return RowChecksum()
        .add(row.repository)
        .add(key.bytes())
        .add(row.mediaType)
        .add(toNanoseconds(row.addedAt))
        .value();
}

RepositoryBlobRow read(const sqlite::Statement::Use& use)
{
    RepositoryBlobRow row{use.integer(0), digestColumn(use, 1)};
    row.mediaType = use.text(2);
    row.addedAt = fromNanoseconds(use.integer(3));
    if (use.integer(4) != checksum(row))
        failDamagedRow("repository_blobs", row.digest.toString());
    return row;
}

} // namespace

std::optional<RepositoryBlobRow> find(Connection& index, std::int64_t repository, const Digest& digest)
{
    const Key key(digest);
    auto use = index
                   .statement("SELECT repository, digest, media_type, added_at, checksum FROM repository_blobs "
                              "WHERE repository = ? AND digest = ?")
                   .use(repository, key.bytes());
    if (!use.step())
        return std::nullopt;
    return read(use);
}

void put(Connection& index, const RepositoryBlobRow& row)
{
    const Key key(row.digest);
    index
        .statement("INSERT OR REPLACE INTO repository_blobs (repository, digest, media_type, added_at, checksum) "
                   "VALUES (?, ?, ?, ?, ?)")
        .use(row.repository, key.bytes(), row.mediaType, toNanoseconds(row.addedAt), checksum(row))
        .run();
}

bool erase(Connection& index, std::int64_t repository, const Digest& digest)
{
    const Key key(digest);
    index.statement("DELETE FROM repository_blobs WHERE repository = ? AND digest = ?")
        .use(repository, key.bytes())
        .run();
    return index.database().changes() > 0;
}

void eraseRepository(Connection& index, std::int64_t repository)
{
    index.statement("DELETE FROM repository_blobs WHERE repository = ?").use(repository).run();
}

void eraseAll(Connection& index, const Digest& digest)
{
    const Key key(digest);
    index.statement("DELETE FROM repository_blobs WHERE digest = ?").use(key.bytes()).run();
}

std::vector<std::string> repositoriesOf(Connection& index, const Digest& digest, std::size_t limit)
{
    const Key key(digest);
    std::vector<std::string> names;
    auto use = index
                   .statement("SELECT repositories.name, repositories.id, repositories.checksum FROM repository_blobs "
                              "JOIN repositories ON repositories.id = repository_blobs.repository "
                              "WHERE repository_blobs.digest = ? ORDER BY repositories.name LIMIT ?")
                   .use(key.bytes(), static_cast<std::uint64_t>(limit));
    while (use.step()) {
        names.emplace_back(use.text(0));
        if (use.integer(2) != repositories::checksum(use.integer(1), names.back()))
            failDamagedRow("repositories", names.back());
    }
    return names;
}

std::vector<Digest> ofRepository(Connection& index, std::int64_t repository)
{
    std::vector<Digest> digests;
    auto use = index.statement("SELECT digest FROM repository_blobs WHERE repository = ?").use(repository);
    while (use.step())
        digests.push_back(digestColumn(use, 0));
    return digests;
}

void prune(Connection& index, std::size_t kept, std::size_t most)
{
    index
        .statement("DELETE FROM repository_blobs WHERE (repository, digest) IN (SELECT repository, digest "
                   "FROM repository_blobs ORDER BY added_at DESC LIMIT ?2 OFFSET ?1)")
        .use(static_cast<std::uint64_t>(kept), static_cast<std::uint64_t>(most))
        .run();
}

} // namespace repository_blobs
} // namespace layerhold
