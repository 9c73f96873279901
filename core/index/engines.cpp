// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/engines.h"

#include "index/row_checksum.h"
#include "layerhold/error.h"

namespace layerhold::engines {

namespace {

constexpr std::string_view allSql = "SELECT name, socket, sharing, added_at, checksum FROM engines ORDER BY name";

std::int64_t checksum(const Engine& engine)
{
    return RowChecksum()
        .add(engine.name)
        .add(engine.socket)
        .add(static_cast<std::int64_t>(engine.sharing))
        .add(toNanoseconds(engine.addedAt))
        .value();
}

Engine read(const sqlite::Statement::Use& use)
{
    Engine engine{std::string(use.text(0)), std::string(use.text(1)), static_cast<Sharing>(use.integer(2)),
                  fromNanoseconds(use.integer(3))};
    if (use.integer(4) != checksum(engine))
        failDamagedRow("engines", engine.name);
    return engine;
}

} // namespace

std::optional<Engine> find(Connection& index, const std::string& name)
{
    auto use =
        index.statement("SELECT name, socket, sharing, added_at, checksum FROM engines WHERE name = ?").use(name);
    if (!use.step())
        return std::nullopt;
    return read(use);
}

std::vector<Engine> all(Connection& index)
{
    std::vector<Engine> result;
    auto use = index.statement(allSql).use();
    while (use.step())
        result.push_back(read(use));
    return result;
}

std::vector<Engine> readable(Connection& index)
{
    std::vector<Engine> result;
    auto use = index.statement(allSql).use();
    while (use.step()) {
        try {
            result.push_back(read(use));
        } catch (const Error&) {
            continue; // the row is damaged; the next one may be whole
        }
    }
    return result;
}

void put(Connection& index, const Engine& engine)
{
    index.statement("INSERT OR REPLACE INTO engines (name, socket, sharing, added_at, checksum) VALUES (?, ?, ?, ?, ?)")
        .use(engine.name, engine.socket, static_cast<int>(engine.sharing), toNanoseconds(engine.addedAt),
             checksum(engine))
        .run();
}

void erase(Connection& index, const std::string& name)
{
    index.statement("DELETE FROM engines WHERE name = ?").use(name).run();
}

} // namespace layerhold::engines
