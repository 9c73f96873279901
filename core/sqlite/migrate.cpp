// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "layerhold/error.h"
#include "sqlite/database.h"

#include <algorithm>
#include <set>

namespace layerhold::sqlite {

namespace {

using Names = std::set<std::string, std::less<>>;

Names appliedNames(Database& database)
{
    Names names;
    {
        auto statement =
            database.prepare("SELECT 1 FROM sqlite_schema WHERE type='table' AND name='schema_migrations'");
        if (!statement.use().step())
            return names;
    }
    auto statement = database.prepare("SELECT name FROM schema_migrations");
    auto rows = statement.use();
    while (rows.step())
        names.emplace(rows.text(0));
    return names;
}

void apply(Database& database, const Migration& migration, std::int64_t nowNs)
{
    Transaction transaction(database, Database::Durability::Durable);
    database.execute("CREATE TABLE IF NOT EXISTS schema_migrations("
                     "name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT, WITHOUT ROWID");
    try {
        database.execute(std::string(migration.sql));
    } catch (Error& error) {
        error.addContext("migration " + std::string(migration.name));
        throw;
    }
    database.prepare("INSERT INTO schema_migrations(name, applied_at) VALUES(?, ?)").use(migration.name, nowNs).run();
    transaction.commit();
}

bool hasOtherTables(Database& database)
{
    auto statement =
        database.prepare("SELECT 1 FROM sqlite_schema WHERE type='table' AND name<>'schema_migrations' LIMIT 1");
    return statement.use().step();
}

[[noreturn]] void failDamaged(const std::string& what)
{
    throw Error(ErrorCode::Corrupted, "the list of schema changes in the index is damaged: " + what);
}

/// What is listed must be a beginning of what is known, or all of it and more.
void requirePlausible(Database& database, std::span<const Migration> migrations, const Names& applied)
{
    std::size_t listed = 0;
    for (const Migration& migration : migrations)
        listed += applied.contains(migration.name) ? 1 : 0;
    for (std::size_t i = 0; i < listed; ++i)
        if (!applied.contains(migrations[i].name))
            failDamaged(text::quoted(migrations[i].name) + " is not in it");
    if (applied.empty() && hasOtherTables(database))
        failDamaged("it is empty");
    for (const std::string& name : applied) {
        const bool known = std::any_of(migrations.begin(), migrations.end(),
                                       [&](const Migration& migration) { return migration.name == name; });
        if (known)
            continue;
        if (listed < migrations.size())
            failDamaged("nothing has the name " + text::quoted(name));
        throw Error(ErrorCode::Unsupported, "the index was made by a newer version: it has the schema change " +
                                                text::quoted(name) +
                                                ", which is unknown here; install that version again");
    }
}

} // namespace

bool isEmpty(Database& database)
{
    auto statement = database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1");
    return !statement.use().step();
}

void migrate(Database& database, std::span<const Migration> migrations, std::int64_t nowNs)
{
    const Names applied = appliedNames(database);
    requirePlausible(database, migrations, applied);
    for (const Migration& migration : migrations) {
        if (!applied.contains(migration.name))
            apply(database, migration, nowNs);
    }
}

} // namespace layerhold::sqlite
