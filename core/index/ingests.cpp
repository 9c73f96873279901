// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/ingests.h"

namespace layerhold::ingests {

namespace {

/// Columns id, engine, ref, total, expected, started, updated, state, partial, taken_over.
IngestRow read(const sqlite::Statement::Use& use)
{
    IngestRow row;
    row.id = use.text(0);
    row.engine = use.text(1);
    row.ref = use.text(2);
    row.total = static_cast<std::uint64_t>(use.integer(3));
    if (!use.isNull(4))
        row.expected = digestColumn(use, 4);
    row.started = fromNanoseconds(use.integer(5));
    row.updated = fromNanoseconds(use.integer(6));
    row.state = static_cast<IngestRow::State>(use.integer(7));
    if (!use.isNull(8))
        row.partial = digestColumn(use, 8);
    row.takenOver = use.integer(9) != 0;
    return row;
}

std::vector<IngestRow> readAll(sqlite::Statement::Use use)
{
    std::vector<IngestRow> rows;
    while (use.step())
        rows.push_back(read(use));
    return rows;
}

} // namespace

std::optional<IngestRow> findOpen(Connection& index, const std::string& engine, const std::string& ref)
{
    auto use = index
                   .statement("SELECT id, engine, ref, total, expected, started, updated, state, partial, taken_over "
                              "FROM ingests WHERE engine = ? AND ref = ? AND state = 1")
                   .use(engine, ref);
    if (!use.step())
        return std::nullopt;
    return read(use);
}

std::optional<IngestRow> find(Connection& index, const std::string& id)
{
    auto use = index
                   .statement("SELECT id, engine, ref, total, expected, started, updated, state, partial, taken_over "
                              "FROM ingests WHERE id = ?")
                   .use(id);
    if (!use.step())
        return std::nullopt;
    return read(use);
}

std::vector<IngestRow> partials(Connection& index, const Digest& digest)
{
    const Key key(digest);
    return readAll(index
                       .statement("SELECT id, engine, ref, total, expected, started, updated, state, partial, "
                                  "taken_over FROM ingests WHERE partial = ? AND state = 2 ORDER BY engine")
                       .use(key.bytes()));
}

std::vector<IngestRow> ofEngine(Connection& index, const std::string& engine)
{
    return readAll(index
                       .statement("SELECT id, engine, ref, total, expected, started, updated, state, partial, "
                                  "taken_over FROM ingests WHERE engine = ? ORDER BY ref")
                       .use(engine));
}

std::vector<IngestRow> all(Connection& index)
{
    return readAll(index
                       .statement("SELECT id, engine, ref, total, expected, started, updated, state, partial, "
                                  "taken_over FROM ingests ORDER BY id")
                       .use());
}

void put(Connection& index, const IngestRow& row)
{
    std::optional<Key> expected;
    if (row.expected)
        expected.emplace(*row.expected);
    std::optional<Key> partial;
    if (row.partial)
        partial.emplace(*row.partial);
    using Blob = std::optional<std::span<const std::byte>>;
    index
        .statement("INSERT OR REPLACE INTO ingests (id, engine, ref, total, expected, started, updated, state, "
                   "partial, taken_over) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .use(row.id, row.engine, row.ref, row.total, expected ? Blob(expected->bytes()) : Blob(),
             toNanoseconds(row.started), toNanoseconds(row.updated), static_cast<int>(row.state),
             partial ? Blob(partial->bytes()) : Blob(), row.takenOver ? 1 : 0)
        .run();
}

void erase(Connection& index, const std::string& id)
{
    index.statement("DELETE FROM ingests WHERE id = ?").use(id).run();
}

} // namespace layerhold::ingests
