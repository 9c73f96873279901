// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"
#include "layerhold/digest.h"
#include "sqlite/database.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

namespace layerhold {

/// One connection to the index with its prepared statements. One thread at a time.
class Connection
{
public:
    Connection(const std::filesystem::path& path, const sqlite::OpenOptions& options);

    sqlite::Database& database() { return m_database; }

    /// The prepared form of `sql`, which must be a string literal: the text is the key and is not copied. A statement
    /// that is in use must not be asked for again before that use ends.
    sqlite::Statement& statement(std::string_view sql);

private:
    sqlite::Database m_database;
    std::unordered_map<std::string_view, sqlite::Statement> m_statements;
};

/// BEGIN … COMMIT around queries: all of them see the index as it was at the first. Ends with the object.
class Snapshot
{
public:
    explicit Snapshot(Connection& connection);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Connection& m_connection;
};

/// Digest::key() as a bindable blob. Must outlive the statement's use, so give it a name.
class Key
{
public:
    explicit Key(const Digest& digest)
        : m_bytes(digest.key())
    {}

    std::span<const std::byte> bytes() const { return std::as_bytes(std::span(m_bytes)); }

private:
    std::string m_bytes;
};

/// The digest in a column; Error{Corrupted} when the column holds none.
Digest digestColumn(const sqlite::Statement::Use& row, int column);

/// "This row is not what was written": Error{Corrupted} naming the table.
[[noreturn]] void failDamagedRow(std::string_view table, std::string_view what);

} // namespace layerhold
