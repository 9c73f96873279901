// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/fault_vfs.h"

#include "sqlite/database.h"
#include "support/expect_error.h"
#include "support/temp_root.h"

#include <QTest>

#include <memory>

using namespace layerhold;
using namespace layerhold::test;
using sqlite::Database;
using sqlite::Transaction;
using Durability = sqlite::Database::Durability;

namespace {

std::unique_ptr<Database> openDatabase(const TempRoot& root, const FaultVfs& vfs)
{
    return std::make_unique<Database>(root / "x.db", sqlite::OpenOptions{.vfs = vfs.name()});
}

void insert(Database& database, int value, Durability durability)
{
    Transaction transaction(database, durability);
    database.prepare("INSERT INTO t(a, filler) VALUES(?, zeroblob(500))").use(value).run();
    transaction.commit();
}

std::int64_t last(Database& database)
{
    auto statement = database.prepare("SELECT ifnull(max(a), -1) FROM t");
    auto row = statement.use();
    row.step();
    return row.integer(0);
}

/// A database whose WAL was restarted, so that frames go over old ones in place.
std::unique_ptr<Database> openWarm(const TempRoot& root, const FaultVfs& vfs)
{
    auto database = openDatabase(root, vfs);
    database->execute("CREATE TABLE t(a INTEGER PRIMARY KEY, filler BLOB)");
    for (int i = 0; i < 50; ++i)
        insert(*database, i, Durability::Durable);
    database->checkpoint();
    return database;
}

} // namespace

class FaultVfsTest : public QObject
{
    Q_OBJECT

private slots:

    void durableCommitsSurviveAPowerCut()
    {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const TempRoot root;
            FaultPlan plan;
            FaultVfs vfs("faulty", plan);
            auto database = openWarm(root, vfs);
            for (int i = 50; i < 70; ++i)
                insert(*database, i, Durability::Durable);
            plan.cutPower();
            database.reset();
            vfs.powerCut(seed == 0 ? Loss::All : Loss::Torn, seed);
            plan.clear();
            database = openDatabase(root, vfs);
            QCOMPARE(last(*database), 69);
            QVERIFY(!database->quickCheck());
        }
    }

    void relaxedCommitsDoNot()
    {
        const TempRoot root;
        FaultPlan plan;
        FaultVfs vfs("faulty", plan);
        auto database = openWarm(root, vfs);
        insert(*database, 50, Durability::Durable);
        insert(*database, 51, Durability::Relaxed);
        QCOMPARE(last(*database), 51);
        plan.cutPower();
        database.reset();
        vfs.powerCut(Loss::All);
        plan.clear();
        database = openDatabase(root, vfs);
        QCOMPARE(last(*database), 50);
    }

    void aKillLosesNothing()
    {
        const TempRoot root;
        FaultPlan plan;
        FaultVfs vfs("faulty", plan);
        auto database = openWarm(root, vfs);
        insert(*database, 50, Durability::Relaxed);
        plan.cutPower();
        database.reset();
        plan.clear();
        database = openDatabase(root, vfs);
        QCOMPARE(last(*database), 50);
    }

    void everyFaultIsAnErrorAndLeavesAWholeDatabase_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<int>("expected");
        QTest::newRow("I/O error") << int(FaultPlan::Fault::IoError) << int(ErrorCode::Internal);
        QTest::newRow("no space") << int(FaultPlan::Fault::NoSpace) << int(ErrorCode::Full);
        QTest::newRow("short write") << int(FaultPlan::Fault::ShortWrite) << int(ErrorCode::Internal);
    }

    void everyFaultIsAnErrorAndLeavesAWholeDatabase()
    {
        QFETCH(int, fault);
        QFETCH(int, expected);
        bool reachedTheEnd = false;
        bool sawExpected = false;
        for (std::uint64_t k = 1; !reachedTheEnd; ++k) {
            const TempRoot root;
            FaultPlan plan;
            FaultVfs vfs("faulty", plan);
            auto database = openWarm(root, vfs);
            plan.failAt(k, static_cast<FaultPlan::Fault>(fault));
            const auto code = errorOf([&] {
                for (int i = 50; i < 53; ++i)
                    insert(*database, i, Durability::Durable);
                database->checkpoint();
            });
            reachedTheEnd = plan.hits() == 0;
            QCOMPARE(code.has_value(), !reachedTheEnd);
            sawExpected = sawExpected || (code && int(*code) == expected);
            plan.clear();
            const std::int64_t present = last(*database);
            insert(*database, 60, Durability::Durable);
            database.reset();
            database = openDatabase(root, vfs);
            QVERIFY(!database->quickCheck());
            QVERIFY(present >= 49);
            QCOMPARE(last(*database), 60);
            QVERIFY(k < 200);
        }
        QVERIFY(sawExpected);
    }

    void powerMayFailAtEveryCall()
    {
        bool reachedTheEnd = false;
        for (std::uint64_t k = 1; !reachedTheEnd; ++k) {
            const TempRoot root;
            FaultPlan plan;
            FaultVfs vfs("faulty", plan);
            auto database = openWarm(root, vfs);
            plan.cutPowerAt(k);
            int acknowledged = 49;
            errorOf([&] {
                for (int i = 50; i < 55; ++i) {
                    insert(*database, i, i % 2 == 0 ? Durability::Relaxed : Durability::Durable);
                    if (i % 2 == 1)
                        acknowledged = i;
                }
                database->checkpoint();
            });
            reachedTheEnd = plan.hits() == 0;
            plan.cutPower();
            database.reset();
            vfs.powerCut(k % 3 == 0 ? Loss::All : Loss::Torn, k);
            plan.clear();
            database = openDatabase(root, vfs);
            QVERIFY(!database->quickCheck());
            QVERIFY(last(*database) >= acknowledged);
            QVERIFY(k < 200);
        }
    }

    void theDatabaseItselfMayVanishBeforeItsFirstSync()
    {
        const TempRoot root;
        FaultPlan plan;
        FaultVfs vfs("faulty", plan);
        plan.cutPower();
        errorOf([&] { openDatabase(root, vfs)->execute("CREATE TABLE t(a)"); });
        vfs.powerCut(Loss::All);
        QVERIFY(!std::filesystem::exists(root / "x.db"));
    }
};

QTEST_APPLESS_MAIN(FaultVfsTest)
#include "fault_vfs_test.moc"
