// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache_fixture.h"

#include "index/blobs.h"
#include "index/claims.h"
#include "index/engines.h"
#include "index/ingests.h"
#include "sqlite/database.h"
#include "support/fault_file_system.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

using namespace layerhold;
using namespace layerhold::test;

namespace {

std::size_t damagedIndexes(const CacheFixture& fixture)
{
    std::size_t count = 0;
    while (std::filesystem::exists(fixture.layout.damagedIndex(static_cast<unsigned>(count))))
        ++count;
    return count;
}

} // namespace

class RecoveryTest : public QObject
{
    Q_OBJECT

private slots:

    void everythingSurvivesARestart()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a", Sharing::Verified);
        const Digest held = put(*store, "held");
        const Digest released = put(*store, "released");
        store->release(released);
        const auto before = *store->info(held);
        store.reset();
        fixture.reopen();
        store = fixture.cache->contentStore("a");
        QVERIFY(listed(*store) == std::vector{held});
        QCOMPARE(toNanoseconds(store->info(held)->createdAt), toNanoseconds(before.createdAt));
        QVERIFY(fixture.cache->blob(released)->released);
        QVERIFY(fixture.cache->status().notice.empty());
        QCOMPARE(fixture.counter("blobs_committed"), std::uint64_t(2));
    }

    void secondOpenerIsTold()
    {
        CacheFixture fixture;
        QVERIFY(errorOf([&] { fixture.open(); }) == ErrorCode::Locked);
        QVERIFY(Cache::owner(fixture.layout.root()).has_value());
        fixture.cache.reset();
        QVERIFY(!Cache::owner(fixture.layout.root()).has_value());
        QVERIFY(!Cache::owner(fixture.root / "nowhere").has_value());
    }

    void refusesARootThatOthersCanWrite()
    {
        CacheFixture fixture;
        fixture.cache.reset();
        std::filesystem::permissions(fixture.layout.root(), std::filesystem::perms::all);
        QVERIFY(errorOf([&] { fixture.open(); }) == ErrorCode::Denied);
    }

    void finishesARemoval()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        const Digest digest = put(*store, "going");
        store->release(digest);
        store.reset();
        fixture.cache.reset();
        tamper(fixture, [&](Connection& index) {
            auto row = blobs::find(index, digest);
            row->state = BlobState::Deleting;
            blobs::put(index, *row);
        });
        fixture.open();
        QVERIFY(!fixture.cache->blob(digest));
        QVERIFY(!std::filesystem::exists(fixture.layout.blob(digest)));
        QVERIFY(!fixture.cache->status().notice.empty());
    }

    void sweepsIngestsWithoutTheirOtherHalf()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        append(*store->ingest("kept", {}), "abc");
        append(*store->ingest("lost", {}), "abc");
        store.reset();
        fixture.cache.reset();
        const std::string stray(32, '0');
        writeFile(fixture.layout.ingest(stray), "stray");
        tamper(fixture, [&](Connection& index) {
            std::filesystem::remove(fixture.layout.ingest(ingests::findOpen(index, "a", "lost")->id));
        });
        fixture.open();
        store = fixture.cache->contentStore("a");
        QVERIFY(!std::filesystem::exists(fixture.layout.ingest(stray)));
        QCOMPARE(store->statuses().size(), std::size_t(1));
        QCOMPARE(store->statuses().front().ref, std::string("kept"));
    }

    void takesInFilesWithoutARowAfterACrash()
    {
        CacheFixture fixture;
        fixture.engine("a");
        fixture.cache.reset();
        const Digest digest = digestOf("published, not recorded");
        writeFile(fixture.layout.blob(digest), "published, not recorded");
        markUnclean(fixture);
        fixture.open();
        QVERIFY(eventually([&] { return fixture.cache->blob(digest).has_value(); }));
        QVERIFY(fixture.cache->blob(digest)->released);
    }

    void claimsThatAWalLostComeBack()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        const Digest digest = put(*store, "acknowledged");
        store.reset();
        fixture.cache.reset();
        tamper(fixture, [](Connection& index) {
            index.database().execute("DELETE FROM meta; DELETE FROM blobs; DELETE FROM claims; DELETE FROM supplies");
        });
        fixture.open();
        store = fixture.cache->contentStore("a");
        QVERIFY(store->info(digest));
        QVERIFY(listed(*store) == std::vector{digest});
    }

    void suppliesComeBackWithTheirClaims()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a", Sharing::Verified);
        const Digest held = put(*store, "held");
        const Digest supplied = put(*store, "supplied");
        store->release(supplied);
        store.reset();
        fixture.cache.reset();
        tamper(fixture, [](Connection& index) {
            index.database().execute("DELETE FROM meta; DELETE FROM claims; DELETE FROM supplies");
        });
        fixture.open();
        QVERIFY(fixture.cache->status().notice.find("1 claims came back") != std::string::npos);
        store = fixture.cache->contentStore("a");
        QVERIFY(listed(*store) == std::vector{held});
        QVERIFY(store->info(supplied));
    }

    void claimsOfEnginesThatAreGoneStayGone()
    {
        CacheFixture fixture;
        auto removed = fixture.engine("removed");
        const Digest formerly = put(*removed, "of its former life");
        removed.reset();
        fixture.cache->removeEngine("removed");
        fixture.engine("removed");
        fixture.engine("gone");
        fixture.cache->removeEngine("gone");
        fixture.cache.reset();
        tamper(fixture, [](Connection& index) { index.database().execute("DELETE FROM meta; DELETE FROM claims"); });
        fixture.open();
        QCOMPARE(fixture.cache->engines().size(), std::size_t(1));
        QVERIFY(listed(*fixture.cache->contentStore("removed")).empty());
        QVERIFY(fixture.cache->why(formerly).empty());
    }

    void enginesThatAWalLostComeBackWithTheirClaims()
    {
        CacheFixture fixture;
        auto store = fixture.engine("lost", Sharing::Verified);
        const Digest held = put(*store, "held");
        const Digest supplied = put(*store, "supplied");
        store->release(supplied);
        const auto before = fixture.cache->engines();
        store.reset();
        fixture.cache.reset();
        tamper(fixture, [](Connection& index) {
            index.database().execute("DELETE FROM meta; DELETE FROM claims; DELETE FROM supplies; DELETE FROM engines");
        });
        fixture.open();
        const auto engines = fixture.cache->engines();
        QCOMPARE(engines.size(), std::size_t(1));
        QCOMPARE(engines.front().socket, before.front().socket);
        QVERIFY(engines.front().sharing == Sharing::Verified);
        QCOMPARE(toNanoseconds(engines.front().addedAt), toNanoseconds(before.front().addedAt));
        store = fixture.cache->contentStore("lost");
        QVERIFY(listed(*store) == std::vector{held});
        QVERIFY(store->info(supplied));
    }

    void aLostEngineDoesNotTakeASocketAway()
    {
        CacheFixture fixture;
        fixture.engine("lost");
        fixture.engine("kept");
        fixture.cache.reset();
        tamper(fixture, [](Connection& index) {
            index.database().execute("DELETE FROM meta; DELETE FROM engines");
            engines::put(index, {"kept", "/run/lost.sock", Sharing::Open, {}});
        });
        fixture.open();
        QCOMPARE(fixture.cache->engines().size(), std::size_t(1));
    }

    void marksFilesThatVanishedWithACrash()
    {
        CacheFixture fixture;
        const Digest digest = put(*fixture.engine("a"), "lost by the disk");
        fixture.cache.reset();
        std::filesystem::remove(fixture.layout.blob(digest));
        markUnclean(fixture);
        fixture.open();
        QVERIFY(eventually([&] { return fixture.cache->blob(digest)->state == BlobState::Missing; }));
    }

    void refusesAnIndexOfANewerVersion()
    {
        CacheFixture fixture;
        fixture.cache.reset();
        tamper(fixture, [](Connection& index) {
            index.database().execute("INSERT INTO schema_migrations (name, applied_at) VALUES ('9999_future', 0)");
        });
        QVERIFY(errorOf([&] { fixture.open(); }) == ErrorCode::Unsupported);
        QCOMPARE(damagedIndexes(fixture), std::size_t(0));
    }

    void makesADamagedIndexAnew_data()
    {
        QTest::addColumn<QString>("damage");
        for (const char* damage : {"deleted", "emptied", "truncated", "zeroed", "not a database", "a directory",
                                   "WAL a directory", "engine row flipped"})
            QTest::newRow(damage) << damage;
    }

    void makesADamagedIndexAnew()
    {
        QFETCH(QString, damage);
        CacheFixture fixture;
        auto store = fixture.engine("a", Sharing::Verified);
        const Digest held = put(*store, "held");
        const Digest released = put(*store, "released");
        const auto since = store->info(held)->createdAt;
        const Labels labels{{"a", "1"}, {"b", "2"}};
        store->updateLabels(held, {LabelUpdate::Mode::ReplaceAll, {{"old", "0"}}, {}});
        store->updateLabels(held, {LabelUpdate::Mode::ReplaceAll, labels, {}});
        store->updateLabels(released, {LabelUpdate::Mode::ReplaceAll, {{"gone", "with its claim"}}, {}});
        store->release(released);
        const std::uint64_t lastEvent = fixture.cache->lastEvent();
        store.reset();
        fixture.cache.reset();
        const auto path = fixture.layout.indexDatabase();
        if (damage == "deleted")
            std::filesystem::remove(path);
        else if (damage == "emptied")
            std::filesystem::resize_file(path, 0);
        else if (damage == "a directory")
            std::filesystem::remove(path) && std::filesystem::create_directory(path);
        else if (damage == "WAL a directory")
            std::filesystem::create_directory(path.string() + "-wal");
        else if (damage == "truncated")
            std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
        else if (damage == "zeroed")
            writeFile(path, std::string(std::filesystem::file_size(path), '\0'));
        else if (damage == "not a database")
            writeFile(path, "something else entirely");
        else
            tamper(fixture, [](Connection& index) { index.database().execute("UPDATE engines SET sharing = 2"); });
        fixture.open();
        QVERIFY(eventually([&] {
            try {
                return fixture.cache->engines().size() == 1;
            } catch (const Error& error) {
                return error.code() != ErrorCode::Unavailable;
            }
        }));
        QVERIFY(fixture.cache->engines().front().sharing == Sharing::Verified);
        store = fixture.cache->contentStore("a");
        QVERIFY(listed(*store) == std::vector{held});
        QCOMPARE(toNanoseconds(store->info(held)->createdAt), toNanoseconds(since));
        QVERIFY(fixture.cache->blob(released)->released);
        QVERIFY(store->info(held)->labels == labels);
        QVERIFY(store->info(released)); // it supplied the bytes
        QVERIFY(store->info(released)->labels.empty());
        QVERIFY(fixture.cache->lastEvent() > lastEvent);
        QVERIFY(eventually([&] { return !fixture.cache->status().notice.empty(); }));
    }

    void damageFoundWhileServingIsRepaired()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        const Digest digest = put(*store, "served");
        store.reset();
        fixture.cache.reset();
        tamper(fixture, [](Connection& index) { index.database().execute("UPDATE blobs SET size = size + 1"); });
        fixture.open();
        store = fixture.cache->contentStore("a");
        QVERIFY(!store->tryInfo(digest));
        QVERIFY(errorOf([&] { store->info(digest); }) == ErrorCode::Unavailable);
        QVERIFY(eventually([&] {
            try {
                return store->info(digest).has_value();
            } catch (const Error&) {
                return false;
            }
        }));
        QCOMPARE(store->info(digest)->size, std::uint64_t(6));
        QCOMPARE(damagedIndexes(fixture), std::size_t(1));
    }

    void aRebuildThatFailsIsTriedAgainAndCommitsWait()
    {
        CacheFixture fixture;
        const Digest digest = put(*fixture.engine("a"), "served");
        fixture.cache.reset();
        tamper(fixture, [](Connection& index) { index.database().execute("UPDATE blobs SET size = size + 1"); });
        FaultPlan plan;
        FaultFileSystem disk(FileSystem::real(), plan);
        CacheOptions options;
        options.root = fixture.layout.root();
        options.fileSystem = &disk;
        fixture.cache = Cache::open(options);
        auto store = fixture.cache->contentStore("a");
        auto ingest = store->ingest("ref", {});
        append(*ingest, "patience");

        plan.failAt(1, FaultPlan::Fault::IoError, FaultPlan::Repeat::Sticky);
        const auto message = [&] {
            try {
                store->info(digest);
            } catch (const Error& error) {
                return error.code() == ErrorCode::Unavailable ? std::string(error.what()) : std::string();
            }
            return std::string();
        };
        QVERIFY(!message().empty());
        QVERIFY(eventually([&] { return message().find("could not be made anew") != std::string::npos; }));
        std::atomic<bool> isDone = false;
        std::exception_ptr failure;
        ingest->commit({8, digestOf("patience"), {}}, [&](std::exception_ptr failed, const Digest&) {
            failure = failed;
            isDone = true;
        });
        const auto failures = plan.hits();
        QVERIFY(eventually([&] { return plan.hits() > failures; })); // tried again
        QVERIFY(!isDone);
        plan.clear();
        QVERIFY(eventually([&] { return isDone.load(); }));
        QVERIFY(!failure);
        QVERIFY(store->info(digest));
        QVERIFY(store->info(digestOf("patience")));
        QVERIFY(eventually([&] { return !fixture.cache->status().notice.empty(); }));
        ingest.reset();
        store.reset();
        fixture.cache.reset();
    }

    void shutdownEndsAWaitForTheRebuild()
    {
        CacheFixture fixture;
        const Digest digest = put(*fixture.engine("a"), "served");
        fixture.cache.reset();
        tamper(fixture, [](Connection& index) { index.database().execute("UPDATE blobs SET size = size + 1"); });
        FaultPlan plan;
        FaultFileSystem disk(FileSystem::real(), plan);
        CacheOptions options;
        options.root = fixture.layout.root();
        options.fileSystem = &disk;
        fixture.cache = Cache::open(options);
        auto store = fixture.cache->contentStore("a");
        auto ingest = store->ingest("ref", {});
        append(*ingest, "in vain");
        plan.failAt(1, FaultPlan::Fault::IoError, FaultPlan::Repeat::Sticky);
        QVERIFY(errorOf([&] { store->info(digest); }) == ErrorCode::Unavailable);
        std::exception_ptr failure;
        ingest->commit({7, std::nullopt, {}}, [&](std::exception_ptr failed, const Digest&) {
            failure = failed;
            ingest.reset(); // its last chance before the cache is gone
        });
        store.reset();
        fixture.cache.reset();
        QVERIFY(failure);
        QVERIFY(errorOf([&] { std::rethrow_exception(failure); }) == ErrorCode::Unavailable);
        plan.clear();
        fixture.open();
        store = fixture.cache->contentStore("a");
        QVERIFY(eventually([&] { return !errorOf([&] { store->info(digest); }); })); // the damage is found once more
        QCOMPARE(store->statuses().size(), std::size_t(1));                          // the bytes stay
    }

    void unknownClaimsAreAssumed()
    {
        CacheFixture fixture;
        auto open = fixture.engine("open", Sharing::Open);
        const Digest digest = put(*open, "whose?");
        open.reset();
        fixture.cache.reset();
        std::filesystem::remove(fixture.layout.indexDatabase());
        std::filesystem::remove(fixture.layout.checkpoint());
        fixture.open();
        // The engines are unknown as well: nobody is there to claim it for.
        QVERIFY(fixture.cache->engines().empty());
        QVERIFY(fixture.cache->blob(digest)->released);

        const auto verified = fixture.engine("verified", Sharing::Verified);
        const auto isolated = fixture.engine("isolated", Sharing::Isolated);
        fixture.cache.reset();
        const Digest stray = digestOf("nobody knows me");
        writeFile(fixture.layout.blob(stray), "nobody knows me");
        std::filesystem::remove(fixture.layout.indexDatabase());
        fixture.open();
        QVERIFY(listed(*fixture.cache->contentStore("isolated")).empty());
        QVERIFY(!listed(*fixture.cache->contentStore("verified")).empty());
    }

    void rebuildOnDemandKeepsEverything()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const auto ingest = store->ingest("open write", {});
        append(*ingest, "abc");
        const Digest digest = put(*store, "kept");
        store->updateLabels(digest, {LabelUpdate::Mode::ReplaceAll, {{"k", "v"}}, {}});
        const BlobReader reader = store->open(digest);
        const auto events = fixture.cache->lastEvent();
        const RebuildReport report = fixture.cache->rebuild({}, {});
        QCOMPARE(report.blobs, std::uint64_t(1));
        QCOMPARE(report.claimsAssumed, std::uint64_t(0));
        QVERIFY(!report.setAside.empty());
        QCOMPARE(readAll(reader), std::string("kept"));
        QVERIFY((store->info(digest)->labels == Labels{{"k", "v"}}));
        QCOMPARE(fixture.cache->blob(digest)->origin, std::string("engine a"));
        QVERIFY(fixture.cache->lastEvent() > events);
        QCOMPARE(fixture.counter("blobs_committed"), std::uint64_t(1));
        append(*ingest, "def");
        QVERIFY(ingest->commitAndWait({6, digestOf("abcdef"), {}}) == digestOf("abcdef"));
    }

    void rebuildSetsDamagedBlobsAside()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "precious");
        fixture.damage(digest, "prec1ous");
        QCOMPARE(fixture.cache->rebuild({}, {}).damaged, std::uint64_t(1));
        QVERIFY(!store->info(digest));
        put(*store, "precious");
        QVERIFY(store->info(digest));
    }

    void servingGoesOnDuringARebuild()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        for (int i = 0; i < 50; ++i)
            put(*store, "blob " + std::to_string(i));
        std::atomic<bool> stop = false;
        std::atomic<int> wrong = 0;
        std::vector<Digest> acknowledged;
        std::thread writer([&] {
            for (int i = 0; !stop; ++i) {
                const std::string bytes = "during " + std::to_string(i);
                std::unique_ptr<Ingest> ingest;
                const auto code = errorOf([&] { ingest = store->ingest("during", {}); });
                if (code) { // for the moment of the exchange
                    wrong += code == ErrorCode::Unavailable ? 0 : 1;
                    continue;
                }
                append(*ingest, bytes);
                // A commit waits for the new index.
                if (errorOf([&] { acknowledged.push_back(ingest->commitAndWait({bytes.size(), {}, {}})); }))
                    ++wrong;
            }
        });
        for (int i = 0; i < 3; ++i)
            fixture.cache->rebuild({}, {});
        stop = true;
        writer.join();
        QCOMPARE(wrong.load(), 0);
        for (const Digest& digest : acknowledged)
            QVERIFY(store->info(digest));
    }
};

QTEST_GUILESS_MAIN(RecoveryTest)
#include "recovery_test.moc"
