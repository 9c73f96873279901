// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "sqlite/database.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <sqlite3.h>

#include <cerrno>
#include <utility>

namespace layerhold::sqlite {

namespace {

// Another process keeps its lock as long as it lives, so waiting for it is pointless; what ends soon is the recovery of
// a WAL by another connection of this process.
constexpr int openTimeoutMs = 500;
constexpr int busyTimeoutMs = 5000;

bool isFull(int errnoValue)
{
    return errnoValue == ENOSPC || errnoValue == EDQUOT || errnoValue == EFBIG;
}

bool isDenied(int errnoValue)
{
    return errnoValue == EACCES || errnoValue == EPERM || errnoValue == EROFS;
}

/// Something else than a file has the name of the database or of its WAL.
bool isNoFile(int errnoValue)
{
    return errnoValue == EISDIR || errnoValue == ELOOP || errnoValue == ENXIO;
}

/// The file holds less than it should, or a part of it that the disk cannot give back any more.
bool isLostRead(int code)
{
    return code == SQLITE_IOERR_READ || code == SQLITE_IOERR_SHORT_READ || code == SQLITE_IOERR_CORRUPTFS;
}

ErrorCode classify(int code, int errnoValue)
{
    if (isLostRead(code) || ((code & 0xff) == SQLITE_CANTOPEN && isNoFile(errnoValue)))
        return ErrorCode::Corrupted;
    switch (code & 0xff) {
    case SQLITE_FULL:
        return ErrorCode::Full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::Corrupted;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::Locked;
    case SQLITE_READONLY:
        return ErrorCode::Denied;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        if (isFull(errnoValue))
            return ErrorCode::Full;
        return isDenied(errnoValue) ? ErrorCode::Denied : ErrorCode::Internal;
    default:
        return ErrorCode::Internal;
    }
}

std::string_view advice(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Full:
        return "; free some space on that file system";
    case ErrorCode::Corrupted:
        return "; the file is damaged and has to be set aside";
    case ErrorCode::Locked:
        return "; another process uses it";
    case ErrorCode::Denied:
        return "; check the owner and the permissions";
    default:
        return {};
    }
}

int openFlags(OpenOptions::Access access)
{
    // A reader is opened for writing too, and kept from it by query_only: SQLite cannot take part in a WAL through a
    // descriptor that is read-only.
    const int create = access == OpenOptions::Access::ReadWrite ? SQLITE_OPEN_CREATE : 0;
    return SQLITE_OPEN_READWRITE | create | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
}

} // namespace

Database::Database(const std::filesystem::path& path, const OpenOptions& options)
    : m_path(path.native())
{
    const int code = sqlite3_open_v2(m_path.c_str(), &m_handle, openFlags(options.access), options.vfs.c_str());
    try {
        if (code != SQLITE_OK)
            fail(code, "cannot open the database");
        configure(options);
    } catch (...) {
        sqlite3_close_v2(m_handle);
        throw;
    }
}

Database::~Database()
{
    sqlite3_close_v2(m_handle);
}

bool Database::hasNoPages()
{
    Statement statement(*this, "PRAGMA page_count");
    auto count = statement.use();
    return count.step() && count.integer(0) == 0;
}

void Database::configure(const OpenOptions& options)
{
    const bool writer = options.access == OpenOptions::Access::ReadWrite;
    sqlite3_busy_timeout(m_handle, openTimeoutMs);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, writer ? 0 : 1, nullptr);
    if (writer && hasNoPages())
        execute("PRAGMA auto_vacuum=INCREMENTAL"); // what has content cannot change to it, and would be written to
    execute("PRAGMA temp_store=MEMORY");
    execute("PRAGMA cell_size_check=ON");
    execute("PRAGMA cache_size=-" + std::to_string(options.pageCacheBytes / 1024));
    // Of locking_mode the VFS takes care: it keeps other processes out and lets connections of this one share.
    {
        Statement statement(*this, "PRAGMA journal_mode=WAL");
        auto mode = statement.use();
        if (!mode.step() || mode.text(0) != "wal")
            throw Error(ErrorCode::Unsupported, "the database " + text::quotedPath(m_path) +
                                                    " cannot use a write-ahead log; put it on a local file system");
    }
    execute("PRAGMA synchronous=FULL");
    if (!writer) {
        execute("PRAGMA wal_autocheckpoint=0");
        execute("PRAGMA query_only=ON");
    }
    sqlite3_busy_timeout(m_handle, busyTimeoutMs);
}

void Database::execute(const std::string& sql)
{
    const int code = sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        fail(code, "cannot execute " + text::quoted(sql));
}

void Database::setDurability(Durability durability)
{
    if (durability == m_durability)
        return;
    execute(durability == Durability::Durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
    m_durability = durability;
}

bool Database::isInTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

void Database::rollBack() noexcept
{
    if (isInTransaction())
        sqlite3_exec(m_handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

std::int64_t Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

std::int64_t Database::totalChanges() const
{
    return sqlite3_total_changes64(m_handle);
}

std::int64_t Database::changes() const
{
    return sqlite3_changes64(m_handle);
}

bool Database::checkpoint(Readers readers, Log log)
{
    if (readers == Readers::Pass)
        sqlite3_busy_timeout(m_handle, 0);
    int inLog = 0;
    int copied = 0;
    const int code = sqlite3_wal_checkpoint_v2(
        m_handle, nullptr, log == Log::Truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_RESTART, &inLog,
        &copied);
    sqlite3_busy_timeout(m_handle, busyTimeoutMs);
    if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY && (code & 0xff) != SQLITE_LOCKED)
        fail(code, "cannot copy the write-ahead log back");
    return inLog == copied;
}

std::optional<std::string> Database::quickCheck()
{
    try {
        Statement statement(*this, "PRAGMA quick_check(1)");
        auto check = statement.use();
        if (!check.step())
            return "the check gave no answer";
        const std::string answer(check.text(0));
        return answer == "ok" ? std::nullopt : std::optional(answer);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Corrupted)
            throw;
        return error.what();
    }
}

void Database::fail(int code, std::string_view what) const
{
    const int cause = m_handle == nullptr ? 0 : sqlite3_system_errno(m_handle);
    const ErrorCode errorCode = classify(code, cause);
    std::string message = "database " + text::quotedPath(m_path) + ": ";
    message += what;
    message += ": ";
    message += m_handle == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(m_handle);
    message += " (" + std::to_string(code) + ')';
    message += advice(errorCode);
    throw Error(errorCode, std::move(message));
}

} // namespace layerhold::sqlite
