// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/error.h"
#include "sqlite/database.h"

#include <sqlite3.h>

namespace layerhold::sqlite {

Transaction::Transaction(Database& database, Database::Durability durability)
    : m_database(database)
{
    database.setDurability(durability);
    database.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction()
{
    if (m_open)
        m_database.rollBack();
}

void Transaction::commit()
{
    m_database.execute("COMMIT");
    m_open = false;
}

Savepoint::Savepoint(Database& database)
    : m_database(database)
{
    // Outside, SAVEPOINT would begin a transaction of its own, and RELEASE commit it.
    if (!database.isInTransaction())
        throw Error(ErrorCode::Internal, "the transaction was rolled back by a failure before");
    database.execute("SAVEPOINT inner_change");
}

Savepoint::~Savepoint()
{
    if (m_open && m_database.isInTransaction())
        sqlite3_exec(m_database.handle(), "ROLLBACK TO inner_change; RELEASE inner_change", nullptr, nullptr, nullptr);
}

void Savepoint::release()
{
    m_database.execute("RELEASE inner_change");
    m_open = false;
}

} // namespace layerhold::sqlite
