// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache_fixture.h"

#include "cache/cache_root.h"
#include "cache/checkpoint_log.h"
#include "index/claims.h"
#include "index/index.h"
#include "support/fault_file_system.h"
#include "support/fault_vfs.h"
#include "support/settled_cache.h"
#include "support/volatile_file_system.h"

using namespace layerhold;
using namespace layerhold::test;

/// Calls to the disk that fail, and power cuts, where only the answer to the next start or lookup shows them.
class FaultsTest : public QObject
{
    Q_OBJECT

private slots:

    void whatCouldNotBeTakenInIsNotForgotten()
    {
        CacheFixture fixture;
        fixture.engine("a");
        fixture.cache.reset();
        FaultPlan plan;
        FaultFileSystem disk(FileSystem::real(), plan);
        CacheOptions options;
        options.root = fixture.layout.root();
        options.fileSystem = &disk;
        Cache::open(options).reset();
        const auto callsToOpen = plan.calls();
        const Digest digest = digestOf("published, not recorded");
        writeFile(fixture.layout.blob(digest), "published, not recorded");
        markUnclean(fixture);
        plan.failAt(callsToOpen + 1, FaultPlan::Fault::IoError, FaultPlan::Repeat::Sticky);
        Cache::open(options).reset();
        QVERIFY(plan.hits() > 0);
        fixture.open();
        QVERIFY(eventually([&] { return fixture.cache->blob(digest).has_value(); }));
    }

    void aRemovalSurvivesAPowerCut()
    {
        CacheFixture fixture;
        fixture.cache.reset();
        VolatileFileSystem disk(fixture.layout.root());
        CacheOptions options;
        options.root = fixture.layout.root();
        options.fileSystem = &disk;
        fixture.cache = Cache::open(options);
        auto store = fixture.engine("a");
        const Digest digest = put(*store, "removed");
        store->release(digest);
        QCOMPARE(fixture.cache->cleanup().collect({CleanupOptions::Mode::Run, 0}, {}, {}).items.size(), std::size_t(1));
        store.reset();
        fixture.cache.reset();
        disk.powerCut(Loss::All);
        QVERIFY(!std::filesystem::exists(fixture.layout.blob(digest)));
    }

    void aNewRootSurvivesAPowerCut()
    {
        const TempRoot directory;
        VolatileFileSystem disk(directory.path());
        prepareRoot(disk, directory / "var/cache");
        disk.powerCut(Loss::All);
        QVERIFY(std::filesystem::is_directory(directory / "var/cache"));
    }

    void refusesFoldersThatOthersCanWrite()
    {
        CacheFixture fixture;
        fixture.cache.reset();
        for (const auto& folder : {fixture.layout.blobsDirectory(DigestAlgorithm::Sha256),
                                   fixture.layout.ingestDirectory(), fixture.layout.quarantineDirectory()}) {
            std::filesystem::permissions(folder, std::filesystem::perms::all);
            QVERIFY(errorOf([&] { fixture.open(); }) == ErrorCode::Denied);
            std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
        }
        fixture.open();
    }

    void refusesNetworkFileSystems()
    {
        QVERIFY(isNetworkFileSystem(0x6969));
        QVERIFY(!isNetworkFileSystem(0xEF53)); // ext4
    }

    void anOpeningThatRebuildsCanBeStopped()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a", Sharing::Verified);
        const Digest held = put(*store, "held");
        store.reset();
        fixture.cache.reset();
        std::filesystem::remove(fixture.layout.indexDatabase());
        std::stop_source source;
        source.request_stop();
        CacheOptions options;
        options.root = fixture.layout.root();
        options.stop = source.get_token();
        QVERIFY_EXCEPTION_THROWN(Cache::open(options), Cancelled);
        fixture.open();
        QVERIFY(fixture.cache->contentStore("a")->info(held));
    }

    void aFreshIndexThatLostItsWalIsMadeAnew()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a", Sharing::Verified);
        const Digest held = put(*store, "held");
        // As kill -9 leaves it: every row is in the WAL only.
        const Layout killed(fixture.root / "killed");
        std::filesystem::copy(fixture.layout.root(), killed.root(), std::filesystem::copy_options::recursive);
        std::filesystem::remove(killed.indexDatabase().string() + "-wal");
        CacheOptions options;
        options.root = killed.root();
        const auto cache = Cache::open(options);
        QVERIFY(listed(*cache->contentStore("a")) == std::vector{held});
        QVERIFY(!cache->status().notice.empty());
    }

    void aRebuildThatFailsAnywhereLosesNothing_data()
    {
        QTest::addColumn<int>("fault");
        QTest::newRow("I/O error") << 0;
        QTest::newRow("no space from then on") << 1;
        QTest::newRow("the process ends") << 2;
    }

    void aRebuildThatFailsAnywhereLosesNothing()
    {
        QFETCH(int, fault);
        CacheFixture fixture;
        auto store = fixture.engine("a", Sharing::Verified);
        const Digest held = put(*store, "held");
        store->updateLabels(held, {LabelUpdate::Mode::ReplaceAll, {{"k", "v"}}, {}});
        const Digest supplied = put(*store, "supplied");
        store->release(supplied);
        store.reset();
        fixture.cache.reset();
        for (std::uint64_t call = 1;; ++call) {
            const TempRoot directory;
            CacheOptions options;
            options.root = directory / "cache";
            std::filesystem::copy(fixture.layout.root(), options.root, std::filesystem::copy_options::recursive);
            FaultPlan plan;
            FaultFileSystem disk(FileSystem::real(), plan);
            FaultVfs vfs("rebuild", plan);
            CacheOptions failing = options;
            failing.fileSystem = &disk;
            failing.sqliteVfs = vfs.name();
            auto cache = Cache::open(failing);
            if (fault == 0)
                plan.failAt(call, FaultPlan::Fault::IoError);
            else if (fault == 1)
                plan.failAt(call, FaultPlan::Fault::NoSpace, FaultPlan::Repeat::Sticky);
            else
                plan.cutPowerAt(call);
            errorOf([&] { cache->rebuild({}, {}); });
            const bool wasReached = plan.hits() > 0;
            cache.reset();
            plan.clear();
            cache = Cache::open(options);
            store = cache->contentStore("a");
            const auto info = store->info(held);
            const std::string where = "call " + std::to_string(call);
            QVERIFY2(listed(*store) == std::vector{held}, where.c_str());
            QVERIFY2(info && (info->labels == Labels{{"k", "v"}}), where.c_str());
            QVERIFY2(store->info(supplied), where.c_str());
            store.reset();
            if (!wasReached)
                return;
        }
    }

    void theCheckpointMissesNothingAfterAFailedCompaction()
    {
        for (std::uint64_t call = 1;; ++call) {
            const TempRoot root;
            const Layout layout(root.path());
            FaultPlan plan;
            FaultFileSystem disk(FileSystem::real(), plan);
            CheckpointLog log(disk, layout);
            Index index({layout.indexDatabase(), "unix-excl", 100, &Clock::system(),
                         [&](std::uint64_t, const std::vector<CheckpointRecord>& records) { log.append(records); },
                         [](const std::string&) {}});
            index.open(Index::Empty::IsNew);
            plan.failAt(call, FaultPlan::Fault::IoError);
            const bool hasFailed = errorOf([&] { log.compact(index); }).has_value();
            plan.clear();
            const Digest digest = digestOf("claimed after it");
            index.write(Index::Durability::Durable, [&](Change& change) {
                claims::put(change.index(), {HolderKind::Engine, "a", digest, {}, {}});
                CheckpointRecord record;
                record.what = CheckpointRecord::What::Claim;
                record.digest = digest;
                record.holder = "a";
                change.remember(std::move(record));
            });
            if (log.isCompactionDue())
                log.compact(index);
            bool isRemembered = false;
            CheckpointLog::replay(disk, layout.checkpoint(), [&](const CheckpointRecord& record) {
                isRemembered = isRemembered || record.digest == digest;
            });
            QVERIFY2(isRemembered, std::to_string(call).c_str());
            if (!hasFailed)
                return;
        }
    }

    void aDamagedCheckpointIsWrittenAnew_data()
    {
        QTest::addColumn<bool>("isRunning");
        QTest::addColumn<QString>("damage");
        for (const bool isRunning : {false, true})
            for (const char* damage : {"deleted", "truncated"})
                QTest::addRow("%s, %s", damage, isRunning ? "running" : "stopped") << isRunning << damage;
        QTest::newRow("flipped, stopped") << false << "flipped";
    }

    void aDamagedCheckpointIsWrittenAnew()
    {
        QFETCH(bool, isRunning);
        QFETCH(QString, damage);
        CacheFixture fixture;
        auto store = fixture.engine("a", Sharing::Verified);
        const Digest held = put(*store, "held");
        const auto path = fixture.layout.checkpoint();
        const auto size = std::filesystem::file_size(path);
        store.reset();
        if (!isRunning)
            fixture.cache.reset();
        if (damage == "deleted") {
            std::filesystem::remove(path);
        } else if (damage == "truncated") {
            std::filesystem::resize_file(path, 0);
        } else {
            std::string bytes = readFile(path);
            bytes[size / 2] = static_cast<char>(bytes[size / 2] ^ 1);
            writeFile(path, bytes);
        }
        if (!isRunning)
            fixture.open();
        fixture.cache.reset(); // at the latest
        std::filesystem::remove(fixture.layout.indexDatabase());
        fixture.open();
        store = fixture.cache->contentStore("a");
        QVERIFY(listed(*store) == std::vector{held});
    }

    void aCompactionDoesNotForgetWhatItCannotRead()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a", Sharing::Verified);
        const Digest held = put(*store, "held");
        store.reset();
        fixture.cache.reset();
        tamper(fixture, [](Connection& index) {
            index.database().execute("DELETE FROM meta; UPDATE supplies SET since = since + 1; "
                                     "UPDATE claims SET since = since + 1");
        });
        fixture.open(); // unclean: the checkpoint is compacted
        QVERIFY(eventually([&] {
            try {
                store = fixture.cache->contentStore("a");
                return listed(*store) == std::vector{held} && !fixture.cache->status().notice.empty();
            } catch (const Error& error) {
                return error.code() != ErrorCode::Unavailable;
            }
        }));
        store->release(held);
        QVERIFY(store->info(held)); // it supplied the bytes
    }

    void aFailedFlushIsNotTriedAgain()
    {
        CacheFixture fixture;
        fixture.cache.reset();
        FaultPlan plan;
        VolatileFileSystem disk(fixture.layout.root());
        FaultFileSystem files(disk, plan);
        CacheOptions options;
        options.root = fixture.layout.root();
        options.fileSystem = &files;
        fixture.cache = openSettled(options);
        auto store = fixture.engine("a");
        const Digest digest = digestOf("put there by hand");
        {
            const UniqueFd fd = disk.open(fixture.layout.blob(digest), FileSystem::OpenMode::CreateNew);
            test::write(disk, fd.get(), 0, "put there by hand");
        }
        plan.failAt(1, FaultPlan::Fault::IoError);
        QVERIFY(errorOf([&] { store->info(digest); }).has_value());
        QCOMPARE(plan.hits(), std::uint64_t(1));
        QVERIFY(store->info(digest)); // a promise
        store.reset();
        fixture.cache.reset();
        disk.powerCut(Loss::All);
        fixture.open();
        QCOMPARE(readAll(fixture.cache->contentStore("a")->open(digest)), std::string("put there by hand"));
    }
};

QTEST_GUILESS_MAIN(FaultsTest)
#include "faults_test.moc"
