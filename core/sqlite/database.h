// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace layerhold::sqlite {

class Database;

/// A prepared statement. Bind by position from 1, step, read by column from 0; it resets when the Use goes out of
/// scope, so that no statement holds a read transaction open by accident. One thread at a time.
class Statement
{
public:
    Statement(Database& database, std::string_view sql);
    ~Statement();
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) = delete;

    /// One execution: binds on construction, resets and clears on destruction. It must end before its Statement and
    /// before the next use of it.
    class Use
    {
    public:
        ~Use();
        Use(const Use&) = delete;
        Use& operator=(const Use&) = delete;

        /// True when there is a row. Error{Full, Corrupted, Internal} as sqlite says.
        bool step();
        /// Steps to the end.
        void run();

        std::int64_t integer(int column) const;
        /// Valid until the next step or the end of the use.
        std::string_view text(int column) const;
        std::span<const std::byte> blob(int column) const;
        bool isNull(int column) const;

    private:
        friend class Statement;

        explicit Use(Statement& statement)
            : m_statement(statement)
        {}

        Statement& m_statement;
    };

    /// Binds all parameters; another number of values than the SQL has is Error{Internal}. Values are copied: they need
    /// not outlive the call.
    template <typename... Arguments>
    Use use(const Arguments&... arguments)
    {
        requireParameters(static_cast<int>(sizeof...(arguments)));
        int position = 0;
        (bind(++position, arguments), ...);
        return Use(*this);
    }

private:
    void check(int code, int position);
    void requireParameters(int count);
    void bind(int position, std::int64_t value);

    void bind(int position, std::uint64_t value) { bind(position, static_cast<std::int64_t>(value)); }

    void bind(int position, int value) { bind(position, static_cast<std::int64_t>(value)); }

    /// Text.
    void bind(int position, std::string_view value);

    void bind(int position, const std::string& value) { bind(position, std::string_view(value)); }

    void bind(int position, const char* value) { bind(position, std::string_view(value)); }

    /// Blob.
    void bind(int position, std::span<const std::byte> value);
    void bind(int position, std::nullptr_t);

    template <typename T>
    void bind(int position, const std::optional<T>& value)
    {
        value ? bind(position, *value) : bind(position, nullptr);
    }

    Database& m_database;
    sqlite3_stmt* m_statement = nullptr;
};

struct OpenOptions
{
    std::string vfs = "unix-excl";
    std::int64_t pageCacheBytes = 8 << 20;
    enum class Access
    {
        ReadWrite,
        ReadOnly
    } access = Access::ReadWrite;
};

/// One SQLite connection in WAL mode with foreign keys on and no mutex of its own: one thread at a time. The unix-excl
/// VFS keeps the WAL index on the heap: a full disk cannot kill the process by SIGBUS, and a second process cannot open
/// the file. A ReadOnly connection never writes and never checkpoints; of the ReadWrite ones there must be only one.
class Database
{
public:
    /// Creates the file when absent (ReadWrite). Error{Corrupted} when it is not a database or is damaged,
    /// Error{Locked} when another process has it.
    Database(const std::filesystem::path& path, const OpenOptions& options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Statements without parameters or results, separated by semicolons.
    void execute(const std::string& sql);

    Statement prepare(std::string_view sql) { return Statement(*this, sql); }

    enum class Durability
    {
        Relaxed, ///< survives a kill of the process, not necessarily a power cut
        Durable, ///< on disk when commit returns
    };

    /// What commits from now on promise; not inside a transaction. Transaction calls it.
    void setDurability(Durability durability);

    /// False also when a failure made SQLite end the transaction by itself.
    bool isInTransaction() const;
    /// Ends the transaction, if there is one.
    void rollBack() noexcept;
    std::int64_t lastInsertId() const;
    /// Rows changed by the last statement.
    std::int64_t changes() const;
    /// Rows changed since the connection was opened.
    std::int64_t totalChanges() const;
    enum class Readers
    {
        Pass, ///< what a reader is in the way of is left for another time
        Wait, ///< up to the busy timeout
    };

    enum class Log
    {
        Keep,     ///< its file keeps its size and is written over
        Truncate, ///< to nothing, when all was copied
    };
    /// Copies the WAL back into the file and restarts it, as far as readers allow. True when all of it was copied.
    bool checkpoint(Readers readers = Readers::Pass, Log log = Log::Keep);
    /// PRAGMA quick_check; the first complaint, or nullopt.
    std::optional<std::string> quickCheck();

    sqlite3* handle() const { return m_handle; }

    /// Throws the Error for the connection's present state; `what` says what was being done.
    [[noreturn]] void fail(int code, std::string_view what) const;

private:
    bool hasNoPages();
    void configure(const OpenOptions& options);

    sqlite3* m_handle = nullptr;
    std::string m_path;
    Durability m_durability = Durability::Durable;
};

/// BEGIN IMMEDIATE … COMMIT. Rolls back unless committed. Durability decides whether COMMIT waits for the disk.
class Transaction
{
public:
    Transaction(Database& database, Database::Durability durability);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Database& m_database;
    bool m_open = true;
};

/// SAVEPOINT inside a transaction; Error{Internal} when there is none. Rolls back to
/// it unless released.
class Savepoint
{
public:
    explicit Savepoint(Database& database);
    ~Savepoint();
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;
    void release();

private:
    Database& m_database;
    bool m_open = true;
};

struct Migration
{
    std::string_view name; ///< "0001_initial"; never renamed after a release
    std::string_view sql;
};

/// True when the database holds no table at all: it was made this moment, or all of it was lost.
bool isEmpty(Database& database);

/// Applies what schema_migrations(name, applied_at) does not list yet, each in its own transaction, in order.
/// Error{Corrupted} when the list cannot be one that was ever written. Error{Unsupported} when the table lists all and
/// a name that is unknown here (an index of a newer version): nothing is changed then.
void migrate(Database& database, std::span<const Migration> migrations, std::int64_t nowNs);

} // namespace layerhold::sqlite
