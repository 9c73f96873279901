// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "layerhold/error.h"
#include "sqlite/database.h"

#include <sqlite3.h>

#include <utility>

namespace layerhold::sqlite {

Statement::Statement(Database& database, std::string_view sql)
    : m_database(database)
{
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &m_statement, &rest);
    // Our statements are right: one that does not fit the schema any more has met a damaged one.
    if (code != SQLITE_OK)
        database.fail(code == SQLITE_ERROR ? SQLITE_CORRUPT : code, "cannot prepare " + text::quoted(sql));
    if (m_statement == nullptr)
        throw Error(ErrorCode::Internal, text::quoted(sql) + " holds no SQL statement");
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

Statement::Statement(Statement&& other) noexcept
    : m_database(other.m_database)
    , m_statement(std::exchange(other.m_statement, nullptr))
{}

void Statement::check(int code, int position)
{
    if (code != SQLITE_OK)
        m_database.fail(code, "cannot bind parameter " + std::to_string(position) + " of " +
                                  text::quoted(sqlite3_sql(m_statement)));
}

void Statement::requireParameters(int count)
{
    if (count != sqlite3_bind_parameter_count(m_statement))
        throw Error(ErrorCode::Internal,
                    std::to_string(count) + " values for the parameters of " + text::quoted(sqlite3_sql(m_statement)));
}

void Statement::bind(int position, std::int64_t value)
{
    check(sqlite3_bind_int64(m_statement, position, value), position);
}

void Statement::bind(int position, std::string_view value)
{
    // SQLite takes a null pointer for NULL, and an empty view may have one.
    const char* data = value.empty() ? "" : value.data();
    check(sqlite3_bind_text64(m_statement, position, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8), position);
}

void Statement::bind(int position, std::span<const std::byte> value)
{
    const void* data = value.empty() ? static_cast<const void*>("") : value.data();
    check(sqlite3_bind_blob64(m_statement, position, data, value.size(), SQLITE_TRANSIENT), position);
}

void Statement::bind(int position, std::nullptr_t)
{
    check(sqlite3_bind_null(m_statement, position), position);
}

Statement::Use::~Use()
{
    // The result of a reset repeats the failure of the last step, which was thrown then.
    sqlite3_reset(m_statement.m_statement);
    sqlite3_clear_bindings(m_statement.m_statement);
}

bool Statement::Use::step()
{
    const int code = sqlite3_step(m_statement.m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        m_statement.m_database.fail(code, "cannot run " + text::quoted(sqlite3_sql(m_statement.m_statement)));
    return false;
}

void Statement::Use::run()
{
    while (step()) {
    }
}

std::int64_t Statement::Use::integer(int column) const
{
    return sqlite3_column_int64(m_statement.m_statement, column);
}

std::string_view Statement::Use::text(int column) const
{
    // The length is asked for after the text, which may convert it.
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.m_statement, column));
    const int size = sqlite3_column_bytes(m_statement.m_statement, column);
    return data == nullptr ? std::string_view() : std::string_view(data, static_cast<std::size_t>(size));
}

std::span<const std::byte> Statement::Use::blob(int column) const
{
    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(m_statement.m_statement, column));
    const int size = sqlite3_column_bytes(m_statement.m_statement, column);
    return {data, data == nullptr ? 0 : static_cast<std::size_t>(size)};
}

bool Statement::Use::isNull(int column) const
{
    return sqlite3_column_type(m_statement.m_statement, column) == SQLITE_NULL;
}

} // namespace layerhold::sqlite
