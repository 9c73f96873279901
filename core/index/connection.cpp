// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/connection.h"

#include "layerhold/error.h"

namespace layerhold {

Connection::Connection(const std::filesystem::path& path, const sqlite::OpenOptions& options)
    : m_database(path, options)
{}

sqlite::Statement& Connection::statement(std::string_view sql)
{
    const auto found = m_statements.find(sql);
    if (found != m_statements.end())
        return found->second;
    return m_statements.emplace(sql, m_database.prepare(sql)).first->second;
}

Snapshot::Snapshot(Connection& connection)
    : m_connection(connection)
{
    connection.statement("BEGIN").use().run();
}

Snapshot::~Snapshot()
{
    sqlite::Database& database = m_connection.database();
    try {
        if (database.isInTransaction())
            m_connection.statement("COMMIT").use().run();
    } catch (const Error&) {
        database.rollBack();
    }
}

Digest digestColumn(const sqlite::Statement::Use& row, int column)
{
    const auto digest = Digest::fromKey(row.blob(column));
    if (!digest)
        throw Error(ErrorCode::Corrupted, "the index holds a malformed digest: it is damaged");
    return *digest;
}

void failDamagedRow(std::string_view table, std::string_view what)
{
    throw Error(ErrorCode::Corrupted, "the row of " + std::string(what) + " in table " + std::string(table) +
                                          " has a wrong checksum: the index is damaged");
}

} // namespace layerhold
