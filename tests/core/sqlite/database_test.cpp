// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "sqlite/database.h"

#include "support/expect_error.h"
#include "support/files.h"
#include "support/temp_root.h"

#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

#include <type_traits>

using namespace layerhold;
using namespace layerhold::test;
using namespace layerhold::sqlite;
using Durability = Database::Durability;

static_assert(!std::is_copy_constructible_v<Database> && !std::is_move_constructible_v<Database>);
static_assert(!std::is_copy_constructible_v<Statement> && std::is_nothrow_move_constructible_v<Statement>);
static_assert(!std::is_copy_constructible_v<Statement::Use> && !std::is_move_constructible_v<Statement::Use>);
static_assert(!std::is_copy_constructible_v<Transaction> && !std::is_copy_constructible_v<Savepoint>);

namespace {

std::int64_t number(Database& database, const char* sql)
{
    auto statement = database.prepare(sql);
    auto row = statement.use();
    return row.step() ? row.integer(0) : -1;
}

const Migration first[] = {{"0001_initial", "CREATE TABLE a(x INTEGER) STRICT; CREATE TABLE b(x);"}};

} // namespace

class DatabaseTest : public QObject
{
    Q_OBJECT

private slots:

    void isSetUpAsPromised()
    {
        const TempRoot root;
        Database database(root / "x.db", {.pageCacheBytes = 1 << 20});
        QCOMPARE(number(database, "PRAGMA foreign_keys"), 1);
        QCOMPARE(number(database, "PRAGMA cache_size"), -1024);
        QCOMPARE(number(database, "PRAGMA trusted_schema"), 0);
        QCOMPARE(number(database, "PRAGMA temp_store"), 2);
        QCOMPARE(number(database, "PRAGMA busy_timeout"), 5000);
        auto mode = database.prepare("PRAGMA journal_mode");
        auto row = mode.use();
        QVERIFY(row.step());
        QVERIFY(row.text(0) == "wal");
        QVERIFY(!std::filesystem::exists(root / "x.db-shm"));
    }

    void bindsAndReadsEveryType()
    {
        const TempRoot root;
        Database database(root / "x.db", {});
        database.execute("CREATE TABLE t(i, u, s, c, v, b, e, n, o, p)");
        const std::string raw("\0\1\xff", 3);
        auto insertion = database.prepare("INSERT INTO t VALUES(?,?,?,?,?,?,?,?,?,?)");
        insertion
            .use(std::int64_t{-5}, std::uint64_t{1} << 40, std::string("text"), "chars", std::string_view(),
                 bytesOf(raw), std::span<const std::byte>(), nullptr, std::optional<std::string>(),
                 std::optional<std::int64_t>(7))
            .run();
        QCOMPARE(database.changes(), 1);
        QCOMPARE(database.lastInsertId(), 1);
        auto selection = database.prepare("SELECT *, typeof(v), typeof(e) FROM t");
        auto row = selection.use();
        QVERIFY(row.step());
        QCOMPARE(row.integer(0), -5);
        QCOMPARE(row.integer(1), std::int64_t{1} << 40);
        QVERIFY(row.text(2) == "text");
        QVERIFY(row.text(3) == "chars");
        QVERIFY(row.text(4).empty() && row.text(10) == "text");
        QCOMPARE(row.blob(5).size(), std::size_t{3});
        QVERIFY(std::equal(row.blob(5).begin(), row.blob(5).end(), bytesOf(raw).begin()));
        QVERIFY(row.blob(6).empty() && row.text(11) == "blob");
        QVERIFY(row.isNull(7) && row.isNull(8));
        QVERIFY(row.blob(7).empty() && row.text(7).empty());
        QCOMPARE(row.integer(9), 7);
        QVERIFY(!row.step());
    }

    void aUseResetsWhenItEnds()
    {
        const TempRoot root;
        Database database(root / "x.db", {});
        database.execute("CREATE TABLE t(a); INSERT INTO t VALUES(1),(2),(3)");
        auto select = database.prepare("SELECT a FROM t WHERE a >= ? ORDER BY a");
        {
            auto use = select.use(2);
            QVERIFY(use.step());
            // Not finished: a table that is being read cannot be dropped.
            QVERIFY(errorOf([&] { database.execute("DROP TABLE t"); }) == ErrorCode::Locked);
        }
        Statement moved = std::move(select);
        {
            auto use = moved.use(3);
            QVERIFY(use.step());
            QCOMPARE(use.integer(0), 3);
        }
        QVERIFY(errorOf([&] { moved.use(); }) == ErrorCode::Internal);
        QVERIFY(errorOf([&] { moved.use(1, 2); }) == ErrorCode::Internal);
        database.execute("DROP TABLE t");
    }

    void reportsBadSql()
    {
        const TempRoot root;
        Database database(root / "x.db", {});
        QVERIFY(errorOf([&] { database.prepare("SELEKT 1"); }) == ErrorCode::Corrupted);
        QVERIFY(errorOf([&] { database.prepare("  "); }) == ErrorCode::Internal);
        QVERIFY(errorOf([&] { database.execute("SELECT * FROM absent"); }) == ErrorCode::Internal);
        database.execute("CREATE TABLE p(a PRIMARY KEY); CREATE TABLE c(a REFERENCES p(a))");
        auto insert = database.prepare("INSERT INTO c VALUES(?)");
        QVERIFY(errorOf([&] { insert.use(1).run(); }) == ErrorCode::Internal);
        database.execute("INSERT INTO p VALUES(1)");
        insert.use(1).run();
    }

    void transactionsRollBackUnlessCommitted()
    {
        const TempRoot root;
        Database database(root / "x.db", {});
        database.execute("CREATE TABLE t(a)");
        {
            Transaction transaction(database, Durability::Durable);
            database.execute("INSERT INTO t VALUES(1)");
        }
        QCOMPARE(number(database, "SELECT count(*) FROM t"), 0);
        try {
            Transaction transaction(database, Durability::Relaxed);
            database.execute("INSERT INTO t VALUES(1)");
            database.execute("INSERT INTO absent VALUES(1)");
            transaction.commit();
        } catch (const Error&) {
            QCOMPARE(number(database, "SELECT count(*) FROM t"), 0);
        }
        {
            Transaction transaction(database, Durability::Relaxed);
            database.execute("INSERT INTO t VALUES(1)");
            transaction.commit();
        }
        QCOMPARE(number(database, "SELECT count(*) FROM t"), 1);
    }

    void savepointsFailAlone()
    {
        const TempRoot root;
        Database database(root / "x.db", {});
        database.execute("CREATE TABLE t(a)");
        Transaction transaction(database, Durability::Durable);
        {
            Savepoint savepoint(database);
            database.execute("INSERT INTO t VALUES(1)");
            savepoint.release();
        }
        {
            const Savepoint savepoint(database);
            database.execute("INSERT INTO t VALUES(2)");
        }
        {
            Savepoint savepoint(database);
            database.execute("INSERT INTO t VALUES(4)");
            savepoint.release();
        }
        transaction.commit();
        QCOMPARE(number(database, "SELECT sum(a) FROM t"), 5);
    }

    void aSavepointNeedsItsTransaction()
    {
        const TempRoot root;
        Database database(root / "x.db", {});
        Transaction transaction(database, Durability::Durable);
        database.execute("ROLLBACK"); // as SQLite does by itself when the disk is full
        QVERIFY(errorOf([&] { Savepoint savepoint(database); }) == ErrorCode::Internal);
    }

    void durabilitySwitchesTheSync()
    {
        const TempRoot root;
        Database database(root / "x.db", {});
        for (const Durability durability :
             {Durability::Relaxed, Durability::Relaxed, Durability::Durable, Durability::Relaxed}) {
            Transaction transaction(database, durability);
            QCOMPARE(number(database, "PRAGMA synchronous"), durability == Durability::Durable ? 2 : 1);
            transaction.commit();
        }
    }

    void readersShareAndNeverWrite()
    {
        const TempRoot root;
        const OpenOptions reading{.access = OpenOptions::Access::ReadOnly};
        QVERIFY(errorOf([&] { Database(root / "x.db", reading); }).has_value());
        QVERIFY(!std::filesystem::exists(root / "x.db"));
        Database writer(root / "x.db", {});
        writer.execute("CREATE TABLE t(a); INSERT INTO t VALUES(1)");
        Database reader(root / "x.db", reading);
        QCOMPARE(number(reader, "SELECT count(*) FROM t"), 1);
        QVERIFY(errorOf([&] { reader.execute("INSERT INTO t VALUES(2)"); }) == ErrorCode::Denied);
        {
            auto select = reader.prepare("SELECT a FROM t");
            auto use = select.use();
            QVERIFY(use.step());
            writer.execute("INSERT INTO t VALUES(2)");
            writer.checkpoint();
            QCOMPARE(number(reader, "SELECT count(*) FROM t"), 1);
        }
        QCOMPARE(number(reader, "SELECT count(*) FROM t"), 2);
    }

    void anotherProcessIsRefused()
    {
        const TempRoot root;
        Database database(root / "x.db", {});
        database.execute("CREATE TABLE t(a)");
        // A connection must not be carried over a fork, so the child becomes a fresh program: this one, see main.
        const std::string path = (root / "x.db").native();
        const std::string program = QCoreApplication::applicationFilePath().toStdString();
        const pid_t child = ::fork();
        if (child == 0) {
            ::execl(program.c_str(), program.c_str(), "--open-database", path.c_str(), nullptr);
            ::_exit(100);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), static_cast<int>(ErrorCode::Locked) + 1);
    }

    void migratesOnceAndInOrder()
    {
        const TempRoot root;
        Database database(root / "x.db", {});
        migrate(database, first, 1);
        migrate(database, first, 2);
        QCOMPARE(number(database, "SELECT applied_at FROM schema_migrations"), 1);
        const Migration both[] = {first[0],
                                  {"0002_more", "ALTER TABLE a ADD COLUMN y INTEGER; INSERT INTO a(x) VALUES(1);"}};
        migrate(database, both, 3);
        QCOMPARE(number(database, "SELECT count(*) FROM schema_migrations"), 2);
        QCOMPARE(number(database, "SELECT count(*) FROM a"), 1);
    }

    void aNewerSchemaIsLeftAlone()
    {
        const TempRoot root;
        Database database(root / "x.db", {});
        const Migration newer[] = {first[0], {"0009_later", "CREATE TABLE later(x);"}};
        migrate(database, newer, 1);
        QVERIFY(errorOf([&] { migrate(database, first, 2); }) == ErrorCode::Unsupported);
        QCOMPARE(number(database, "SELECT count(*) FROM schema_migrations"), 2);
    }

    void aDamagedListOfChangesIsNotTakenForANewerOne()
    {
        const TempRoot root;
        Database database(root / "x.db", {});
        const Migration known[] = {first[0], {"0002_more", "CREATE TABLE more(x);"}};
        migrate(database, known, 1);
        database.execute("UPDATE schema_migrations SET name='0009_xyzzy' WHERE name='0002_more'");
        QVERIFY(errorOf([&] { migrate(database, known, 2); }) == ErrorCode::Corrupted);
        database.execute("DELETE FROM schema_migrations");
        QVERIFY(errorOf([&] { migrate(database, known, 2); }) == ErrorCode::Corrupted);
    }

    void aFailingMigrationLeavesNothing()
    {
        const TempRoot root;
        Database database(root / "x.db", {});
        const Migration bad[] = {first[0], {"0002_bad", "CREATE TABLE half(x); INSERT INTO absent VALUES(1);"}};
        try {
            migrate(database, bad, 1);
            QFAIL("a bad migration passed");
        } catch (const Error& error) {
            QVERIFY(std::string_view(error.what()).starts_with("migration 0002_bad: "));
        }
        QCOMPARE(number(database, "SELECT count(*) FROM sqlite_schema WHERE name='half'"), 0);
        QCOMPARE(number(database, "SELECT count(*) FROM schema_migrations"), 1);
    }

    void damageIsCorrupted()
    {
        const TempRoot root;
        const auto path = root / "x.db";
        writeFile(path, "this is not a database, but it is long enough to be looked at; " + std::string(4096, 'x'));
        QVERIFY(errorOf([&] { Database(path, {}); }) == ErrorCode::Corrupted);
        std::filesystem::remove(path);
        {
            Database database(path, {});
            database.execute("CREATE TABLE t(a); CREATE INDEX i ON t(a)");
            auto insert = database.prepare("INSERT INTO t VALUES(?)");
            Transaction transaction(database, Durability::Relaxed);
            for (int i = 0; i < 5000; ++i)
                insert.use(i).run();
            transaction.commit();
            QVERIFY(!database.quickCheck());
        }
        std::string content = readFile(path);
        std::fill(content.begin() + 8192, content.end(), '\0'); // all but the schema and the root of the table
        writeFile(path, content);
        Database database(path, {});
        QVERIFY(database.quickCheck().has_value());
        QVERIFY(errorOf([&] { number(database, "SELECT sum(length(a)) FROM t NOT INDEXED"); }) == ErrorCode::Corrupted);
    }

    void closesItsDescriptors()
    {
        const TempRoot root;
        const std::size_t before = openDescriptors();
        {
            Database database(root / "x.db", {});
            database.execute("CREATE TABLE t(a)");
        }
        writeFile(root / "bad.db", std::string(5000, 'x'));
        errorOf([&] { Database(root / "bad.db", {}); });
        errorOf([&] { Database(root / "absent/x.db", {}); });
        QCOMPARE(openDescriptors(), before);
    }
};

int main(int argc, char** argv)
{
    // The second process of anotherProcessIsRefused.
    if (argc == 3 && std::string_view(argv[1]) == "--open-database") {
        const auto code = errorOf([&] { Database(argv[2], {}); });
        return code ? static_cast<int>(*code) + 1 : 0;
    }
    const QCoreApplication application(argc, argv);
    DatabaseTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "database_test.moc"
