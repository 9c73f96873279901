// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/engine_links.h"

#include "index/row_checksum.h"
#include "layerhold/error.h"

#include <set>

namespace layerhold {

namespace engine_links {

namespace {

std::int64_t checksum(const EngineLinkRow& row)
{
    return RowChecksum().add(row.engine).add(row.address).add(toNanoseconds(row.seenAt)).value();
}

/// Columns engine, address, seen_at, checksum.
EngineLinkRow read(const sqlite::Statement::Use& use)
{
    EngineLinkRow row{std::string(use.text(0)), std::string(use.text(1)), fromNanoseconds(use.integer(2))};
    if (use.integer(3) != checksum(row))
        failDamagedRow("engine_links", row.engine);
    return row;
}

} // namespace

std::optional<EngineLinkRow> find(Connection& index, const std::string& engine)
{
    auto use =
        index.statement("SELECT engine, address, seen_at, checksum FROM engine_links WHERE engine = ?").use(engine);
    if (!use.step())
        return std::nullopt;
    return read(use);
}

std::vector<EngineLinkRow> all(Connection& index)
{
    std::vector<EngineLinkRow> rows;
    auto use = index.statement("SELECT engine, address, seen_at, checksum FROM engine_links ORDER BY engine").use();
    while (use.step())
        rows.push_back(read(use));
    return rows;
}

std::vector<EngineLinkRow> readable(Connection& index)
{
    std::vector<EngineLinkRow> rows;
    auto use = index.statement("SELECT engine, address, seen_at, checksum FROM engine_links ORDER BY engine").use();
    while (use.step()) {
        try {
            rows.push_back(read(use));
        } catch (const Error&) {
            continue; // the row is damaged; the next one may be whole
        }
    }
    return rows;
}

void put(Connection& index, const EngineLinkRow& row)
{
    index.statement("INSERT OR REPLACE INTO engine_links (engine, address, seen_at, checksum) VALUES (?, ?, ?, ?)")
        .use(row.engine, row.address, toNanoseconds(row.seenAt), checksum(row))
        .run();
}

void erase(Connection& index, const std::string& engine)
{
    index.statement("DELETE FROM engine_links WHERE engine = ?").use(engine).run();
    index.statement("DELETE FROM engine_images WHERE engine = ?").use(engine).run();
    index.statement("DELETE FROM engine_leases WHERE engine = ?").use(engine).run();
    index.statement("DELETE FROM engine_sources WHERE engine = ?").use(engine).run();
}

} // namespace engine_links

CheckpointRecord recordOf(const EngineLinkRow& row)
{
    CheckpointRecord record;
    record.what = CheckpointRecord::What::EngineLink;
    record.holder = row.engine;
    record.text = row.address;
    return record;
}

namespace engine_images {

namespace {

/// Columns engine, namespace, name, digest, created_at, updated_at.
EngineImageRow read(const sqlite::Statement::Use& use)
{
    return {std::string(use.text(0)), std::string(use.text(1)),        std::string(use.text(2)),
            digestColumn(use, 3),     fromNanoseconds(use.integer(4)), fromNanoseconds(use.integer(5))};
}

} // namespace

std::vector<EngineImageRow> ofEngine(Connection& index, const std::string& engine)
{
    std::vector<EngineImageRow> rows;
    auto use = index
                   .statement("SELECT engine, namespace, name, digest, created_at, updated_at FROM engine_images "
                              "WHERE engine = ? ORDER BY namespace, name")
                   .use(engine);
    while (use.step())
        rows.push_back(read(use));
    return rows;
}

std::optional<EngineImageRow> latestOfName(Connection& index, const std::string& name)
{
    auto use = index
                   .statement("SELECT engine, namespace, name, digest, created_at, updated_at FROM engine_images "
                              "WHERE name = ? ORDER BY updated_at DESC, engine, namespace LIMIT 1")
                   .use(name);
    if (!use.step())
        return std::nullopt;
    return read(use);
}

void put(Connection& index, const EngineImageRow& row)
{
    const Key key(row.digest);
    index
        .statement("INSERT OR REPLACE INTO engine_images (engine, namespace, name, digest, created_at, updated_at) "
                   "VALUES (?, ?, ?, ?, ?, ?)")
        .use(row.engine, row.space, row.name, key.bytes(), toNanoseconds(row.createdAt), toNanoseconds(row.updatedAt))
        .run();
}

void erase(Connection& index, const std::string& engine, const std::string& space, const std::string& name)
{
    index.statement("DELETE FROM engine_images WHERE engine = ? AND namespace = ? AND name = ?")
        .use(engine, space, name)
        .run();
}

void forEach(Connection& index, const std::function<void(const EngineImageRow&)>& each)
{
    auto use =
        index.statement("SELECT engine, namespace, name, digest, created_at, updated_at FROM engine_images").use();
    while (use.step())
        each(read(use));
}

} // namespace engine_images

namespace engine_leases {

namespace {

/// Columns engine, namespace, lease, digest.
EngineLeaseRow read(const sqlite::Statement::Use& use)
{
    return {std::string(use.text(0)), std::string(use.text(1)), std::string(use.text(2)), digestColumn(use, 3)};
}

} // namespace

void replace(Connection& index, const std::string& engine, const std::vector<EngineLeaseRow>& rows)
{
    std::set<EngineLeaseRow> added(rows.begin(), rows.end());
    std::vector<EngineLeaseRow> gone;
    {
        auto use =
            index.statement("SELECT engine, namespace, lease, digest FROM engine_leases WHERE engine = ?").use(engine);
        while (use.step()) {
            EngineLeaseRow row = read(use);
            if (added.erase(row) == 0)
                gone.push_back(std::move(row));
        }
    }
    for (const EngineLeaseRow& row : gone) {
        const Key key(row.digest);
        index.statement("DELETE FROM engine_leases WHERE engine = ? AND namespace = ? AND lease = ? AND digest = ?")
            .use(engine, row.space, row.lease, key.bytes())
            .run();
    }
    for (const EngineLeaseRow& row : added) {
        const Key key(row.digest);
        index.statement("INSERT INTO engine_leases (engine, namespace, lease, digest) VALUES (?, ?, ?, ?)")
            .use(engine, row.space, row.lease, key.bytes())
            .run();
    }
}

void forEach(Connection& index, const std::function<void(const EngineLeaseRow&)>& each)
{
    auto use = index.statement("SELECT engine, namespace, lease, digest FROM engine_leases").use();
    while (use.step())
        each(read(use));
}

} // namespace engine_leases

namespace engine_sources {

void replace(Connection& index, const std::string& engine, const std::vector<EngineSourceRow>& rows)
{
    std::set<EngineSourceRow> added(rows.begin(), rows.end());
    std::vector<EngineSourceRow> gone;
    {
        auto use = index.statement("SELECT digest, repository FROM engine_sources WHERE engine = ?").use(engine);
        while (use.step()) {
            EngineSourceRow row{engine, digestColumn(use, 0), std::string(use.text(1))};
            if (added.erase(row) == 0)
                gone.push_back(std::move(row));
        }
    }
    for (const EngineSourceRow& row : gone) {
        const Key key(row.digest);
        index.statement("DELETE FROM engine_sources WHERE engine = ? AND digest = ? AND repository = ?")
            .use(engine, key.bytes(), row.repository)
            .run();
    }
    for (const EngineSourceRow& row : added) {
        const Key key(row.digest);
        index.statement("INSERT INTO engine_sources (engine, digest, repository) VALUES (?, ?, ?)")
            .use(engine, key.bytes(), row.repository)
            .run();
    }
}

std::vector<std::string> of(Connection& index, const Digest& digest)
{
    std::vector<std::string> repositories;
    const Key key(digest);
    auto use = index.statement("SELECT DISTINCT repository FROM engine_sources WHERE digest = ? ORDER BY repository")
                   .use(key.bytes());
    while (use.step())
        repositories.emplace_back(use.text(0));
    return repositories;
}

} // namespace engine_sources
} // namespace layerhold
