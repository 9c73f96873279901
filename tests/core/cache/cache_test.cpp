// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache_fixture.h"

#include <algorithm>
#include <thread>

using namespace layerhold;
using namespace layerhold::test;

namespace {

constexpr CleanupOptions removeAll{CleanupOptions::Mode::Run, 0};

std::string descriptor(std::string_view bytes, const std::string& mediaType)
{
    return R"({"mediaType":")" + mediaType + R"(","digest":")" + digestOf(bytes).toString() + R"(","size":)" +
           std::to_string(bytes.size()) + '}';
}

std::string manifestOf(std::string_view config, std::string_view layer)
{
    return R"({"schemaVersion":2,"config":)" + descriptor(config, "application/vnd.oci.image.config.v1+json") +
           R"(,"layers":[)" + descriptor(layer, "application/vnd.oci.image.layer.v1.tar+gzip") + "]}";
}

} // namespace

class CacheTest : public QObject
{
    Q_OBJECT

private slots:

    void engines()
    {
        CacheFixture fixture;
        Cache& cache = *fixture.cache;
        cache.addEngine("a", "/run/a.sock", Sharing::Open);
        cache.addEngine("a", "/run/a.sock", Sharing::Open);
        QVERIFY(cache.addEngine("a", "/run/a.sock", std::nullopt).sharing == Sharing::Open);
        QVERIFY(errorOf([&] { cache.addEngine("a", "/run/b.sock", Sharing::Open); }) == ErrorCode::AlreadyExists);
        QCOMPARE(fixture.eventKinds(), std::vector<std::string>{"engine_added"});
        for (const char* name : {"", "A", "-a", "a/b", "\xc3\xa4"})
            QVERIFY(errorOf([&] { cache.addEngine(name, "/run/x.sock", Sharing::Open); }) ==
                    ErrorCode::InvalidArgument);
        for (const std::string& socket : {std::string(), std::string("relative"), "/" + std::string(107, 'x')})
            QVERIFY(errorOf([&] { cache.addEngine("b", socket, Sharing::Open); }) == ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { cache.addEngine("b", "/run/a.sock", Sharing::Open); }) == ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { cache.contentStore("b"); }) == ErrorCode::NotFound);
        QCOMPARE(cache.contentStore("a"), cache.contentStore("a"));
        QCOMPARE(cache.engines().size(), std::size_t(1));
    }

    void sharingChangesAtOnceAndForGood()
    {
        CacheFixture fixture;
        const auto other = fixture.engine("other");
        const Digest foreign = put(*other, "of another engine");
        const Digest foreignToo = put(*other, "another one of it");
        auto store = fixture.engine("a", Sharing::Isolated);
        const Digest own = put(*store, "its own");
        QVERIFY(!store->info(foreign));

        fixture.cache->addEngine("a", "/run/a.sock", Sharing::Open);
        QVERIFY2(store->info(foreign).has_value(), "the store that is in use shows it");
        fixture.cache->addEngine("a", "/run/a.sock", Sharing::Isolated);
        QVERIFY2(store->info(foreign).has_value(), "what it was given, and holds, stays");
        QVERIFY(!store->info(foreignToo));
        QVERIFY(store->info(own).has_value());
        QCOMPARE(fixture.cache->contentStore("a"), store);
        const auto kinds = fixture.eventKinds();
        QCOMPARE(std::count(kinds.begin(), kinds.end(), "engine_changed"), 2);

        store.reset();
        const auto sharingOfA = [&] {
            for (const Engine& engine : fixture.cache->engines())
                if (engine.name == "a")
                    return engine.sharing;
            return Sharing::Verified;
        };
        fixture.cache->addEngine("a", "/run/a.sock", Sharing::Open);
        fixture.reopen();
        QVERIFY(sharingOfA() == Sharing::Open);
        fixture.cache->rebuild({}, {});
        QVERIFY(sharingOfA() == Sharing::Open);
        fixture.cache.reset();
        std::filesystem::remove(fixture.layout.indexDatabase());
        fixture.open(); // from the checkpoint alone
        QVERIFY(sharingOfA() == Sharing::Open);
        QVERIFY(fixture.cache->contentStore("a")->info(foreignToo).has_value());
    }

    void removingAnEngineReleasesItsBlobs()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        const Digest digest = put(*store, "left behind");
        append(*store->ingest("open", {}), "abc");
        QVERIFY(errorOf([&] { fixture.cache->removeEngine("a"); }) == ErrorCode::FailedPrecondition);
        store.reset();
        fixture.cache->removeEngine("a");
        QVERIFY(errorOf([&] { fixture.cache->removeEngine("a"); }) == ErrorCode::NotFound);
        QVERIFY(fixture.cache->blob(digest)->released);
        QCOMPARE(fixture.cache->status().ingestCount, std::uint64_t(0));
        QVERIFY(std::filesystem::is_empty(fixture.layout.ingestDirectory()));
    }

    void removingAnEngineForgetsBlobsThatAreLost()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        const Digest digest = put(*store, "lost");
        std::filesystem::remove(fixture.layout.blob(digest));
        QVERIFY(!store->info(digest));
        QVERIFY(fixture.cache->blob(digest)->state == BlobState::Missing);
        store.reset();
        fixture.cache->removeEngine("a");
        QVERIFY(!fixture.cache->blob(digest));
    }

    void manifestsKeepWhatTheyName()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const std::string config = R"({"os":"linux"})";
        const std::string layer = "layer bytes";
        const std::string manifest = manifestOf(config, layer);
        const Digest layerDigest = put(*store, layer);
        put(*store, config);
        const Digest manifestDigest = put(*store, manifest, "k8s.io/7/manifest-" + digestOf(manifest).toString());
        const std::string index = R"({"schemaVersion":2,"manifests":[)" +
                                  descriptor(manifest, "application/vnd.oci.image.manifest.v1+json") + "]}";
        const Digest indexDigest = put(*store, index, "k8s.io/8/index-" + digestOf(index).toString());

        QVERIFY(fixture.cache->blob(manifestDigest)->kind == BlobKind::Manifest);
        QVERIFY(fixture.cache->blob(indexDigest)->kind == BlobKind::Index);
        QCOMPARE(fixture.cache->children(manifestDigest).size(), std::size_t(2));
        QVERIFY(fixture.cache->parents(manifestDigest).front().parent == indexDigest);

        store->release(layerDigest);
        store->release(manifestDigest);
        const auto why = fixture.cache->why(layerDigest);
        QCOMPARE(why.size(), std::size_t(1));
        QVERIFY((why.front().path == std::vector{layerDigest, manifestDigest, indexDigest}));
        QCOMPARE(why.front().claim.holder, std::string("a"));
        QVERIFY(!fixture.cache->blob(layerDigest)->released);
        QVERIFY(fixture.cache->cleanup().collect(removeAll, {}, {}).items.empty());

        store->release(indexDigest);
        store->release(digestOf(config));
        QVERIFY(fixture.cache->why(layerDigest).empty());
        QCOMPARE(fixture.cache->cleanup().collect(removeAll, {}, {}).items.size(), std::size_t(4));
        QVERIFY(errorOf([&] { fixture.cache->why(layerDigest); }) == ErrorCode::NotFound);
        QVERIFY(fixture.cache->children(manifestDigest).empty());
    }

    void anUnrecognisedManifestIsStoredAllTheSame()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const std::string bytes = R"({"schemaVersion":2,"schemaVersion":2})";
        const Digest digest = put(*store, bytes, "ns/1/manifest-" + digestOf(bytes).toString());
        QVERIFY(fixture.cache->blob(digest)->kind == BlobKind::Other);
        QCOMPARE(readAll(store->open(digest)), bytes);
    }

    void cleanupRemovesTheLeastRecentlyUsedFirst()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const std::string kilo(1000, 'k');
        const Digest first = put(*store, "1" + kilo);
        const Digest second = put(*store, "2" + kilo);
        const Digest third = put(*store, "3" + kilo);
        const Digest held = put(*store, "4" + kilo);
        store->open(first); // used last
        for (const Digest& digest : {first, second, third})
            store->release(digest);
        append(*store->ingest("ns/1/layer-" + digestOf("never").toString(), {}), "partial");
        store->abort("ns/1/layer-" + digestOf("never").toString());

        const CleanupOptions dry{CleanupOptions::Mode::DryRun, 1500};
        const CleanupOptions run{CleanupOptions::Mode::Run, 1500};
        const auto plan = fixture.cache->cleanup().collect(dry, {}, {});
        QCOMPARE(fixture.cache->status().releasedCount, std::uint64_t(3));
        const auto done = fixture.cache->cleanup().collect(run, {}, {});
        QCOMPARE(plan.items.size(), std::size_t(2));
        QCOMPARE(done.items.size(), plan.items.size());
        for (std::size_t i = 0; i < plan.items.size(); ++i) {
            QCOMPARE(done.items[i].name, plan.items[i].name);
            QVERIFY(done.items[i].skipped.empty());
        }
        QCOMPARE(done.items[0].name, second.toString());
        QCOMPARE(done.items[1].name, third.toString());
        QCOMPARE(done.bytes, plan.bytes);
        QCOMPARE(done.keptReleasedBytes, plan.keptReleasedBytes);
        QVERIFY(!std::filesystem::exists(fixture.layout.blob(second)));
        QVERIFY(std::filesystem::exists(fixture.layout.blob(held)));
        QVERIFY(store->info(first));

        const auto rest = fixture.cache->cleanup().collect(removeAll, {}, {});
        QCOMPARE(rest.items.size(), std::size_t(1));
        QVERIFY(rest.items.front().what == CleanupItem::What::Partial);
        QCOMPARE(fixture.cache->status().partialCount, std::uint64_t(0));
        QVERIFY(store->info(held));
    }

    void cleanupCanBeCancelled()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "x");
        store->release(digest);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(fixture.cache->cleanup().collect(removeAll, {}, stop.get_token()), Cancelled);
        QVERIFY(fixture.cache->blob(digest));
        QCOMPARE(fixture.cache->cleanup().collect(removeAll, {}, {}).items.size(), std::size_t(1));
    }

    void longWorkRunsOneAtATime()
    {
        CacheFixture fixture;
        put(*fixture.engine("a"), "x");
        std::optional<ErrorCode> code;
        fixture.cache->verify({},
                              [&](const Progress&) {
                                  std::thread([&] {
                                      code = errorOf([&] { fixture.cache->cleanup().collect(removeAll, {}, {}); });
                                  }).join();
                              },
                              {});
        QVERIFY(code == ErrorCode::Locked);
    }

    void verifyFindsDamage()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest good = put(*store, "good");
        const Digest bad = put(*store, "bad");
        const Digest gone = put(*store, "gone");
        fixture.damage(bad, "b4d");
        std::filesystem::remove(fixture.layout.blob(gone));
        const VerifyReport report = fixture.cache->verify({}, {}, {});
        QCOMPARE(report.checked, std::uint64_t(3));
        QCOMPARE(report.damaged.size(), std::size_t(2));
        for (const DamagedBlob& damaged : report.damaged) {
            QVERIFY(damaged.digest != good);
            QVERIFY(!damaged.reason.empty());
            QCOMPARE(damaged.claims.size(), std::size_t(1));
        }
        QVERIFY(fixture.cache->verify({good}, {}, {}).damaged.empty());
        QVERIFY(errorOf([&] { fixture.cache->verify({digestOf("unknown")}, {}, {}); }) == ErrorCode::NotFound);
    }

    void blobsPageAndFilter()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        for (int i = 0; i < 300; ++i)
            put(*store, "blob " + std::to_string(i));
        store->release(digestOf("blob 7"));
        std::vector<Digest> seen;
        std::optional<Digest> last;
        for (;;) {
            const auto page = fixture.cache->blobs({}, last, 70);
            for (const Blob& blob : page)
                seen.push_back(blob.digest);
            if (page.size() < 70)
                break;
            last = page.back().digest;
        }
        QCOMPARE(seen.size(), std::size_t(300));
        QVERIFY(std::is_sorted(seen.begin(), seen.end()));
        QCOMPARE(fixture.cache->blobs({{"released==true"}}, {}, 1000).size(), std::size_t(1));
        QCOMPARE(fixture.cache->blobs({{"engine==a"}}, {}, 1000).size(), std::size_t(299));
        QCOMPARE(fixture.cache->blobs({{"engine==b"}}, {}, 1000).size(), std::size_t(0));
        QCOMPARE(fixture.cache->blobs({{"size==6", "digest==" + digestOf("blob 7").toString()}}, {}, 1000).size(),
                 std::size_t(10));
    }

    void eventsHaveNoHolesButGaps()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        put(*store, "x");
        const auto page = fixture.cache->eventsAfter(0, 100);
        QVERIFY(!page.gap);
        QCOMPARE(page.events.front().sequence, std::uint64_t(1));
        QCOMPARE(page.events.front().kind, std::string("engine_added"));
        QCOMPARE(page.events.back().sequence, fixture.cache->lastEvent());
        QVERIFY(fixture.cache->eventsAfter(fixture.cache->lastEvent(), 100).events.empty());
    }

    void droppedEventsAreToldAsAGap()
    {
        CacheFixture fixture;
        fixture.cache.reset();
        fixture.eventsKept = 10;
        fixture.open();
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "x");
        while (fixture.cache->lastEvent() < 2100) {
            store->release(digest);
            store->info(digest);
        }
        const auto page = fixture.cache->eventsAfter(5, 10'000);
        QVERIFY(page.gap);
        QCOMPARE(page.gap->firstMissing, std::uint64_t(6));
        QCOMPARE(page.events.front().sequence, page.gap->lastMissing + 1);
        QVERIFY(page.events.size() < 1100);
    }

    void waitingForEvents()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const auto last = fixture.cache->lastEvent();
        const auto past = std::chrono::steady_clock::now();
        QVERIFY(!fixture.cache->waitForEvent(last, past, {}));
        std::stop_source stop;
        std::thread stopper([&] { stop.request_stop(); });
        QVERIFY(!fixture.cache->waitForEvent(last, past + std::chrono::hours(1), stop.get_token()));
        stopper.join();
        std::thread writer([&] { put(*store, "x"); });
        QVERIFY(fixture.cache->waitForEvent(last, past + std::chrono::hours(1), {}));
        writer.join();
    }

    void importsAndExports()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a", Sharing::Isolated);
        const auto source = fixture.root / "old";
        std::filesystem::create_directories(source / "sha256");
        for (const char* bytes : {"one", "two"})
            writeFile(source / "sha256" / digestOf(bytes).hex(), bytes);
        writeFile(source / "sha256" / digestOf("three").hex(), "not three");
        writeFile(source / "sha256" / "README", "not a blob");
        put(*store, "two");
        store->release(digestOf("two"));

        const auto imported = fixture.cache->importBlobs("a", source, {}, {});
        QCOMPARE(imported.imported, std::uint64_t(1));
        QCOMPARE(imported.alreadyPresent, std::uint64_t(1));
        QCOMPARE(imported.bytes, std::uint64_t(3));
        QCOMPARE(imported.skipped.size(), std::size_t(2));
        QCOMPARE(imported.failed, std::uint64_t(1));
        QVERIFY(imported.skipped.back().find(digestOf("three").hex()) != std::string::npos);
        QCOMPARE(listed(*store).size(), std::size_t(2));
        QCOMPARE(readAll(store->open(digestOf("one"))), std::string("one"));
        QCOMPARE(readFile(source / "sha256" / digestOf("three").hex()), std::string("not three"));

        const auto target = fixture.root / "new";
        const auto exported = fixture.cache->exportBlobs("a", target, {}, {});
        QCOMPARE(exported.imported, std::uint64_t(2));
        QCOMPARE(readFile(target / "sha256" / digestOf("two").hex()), std::string("two"));
        QCOMPARE(fixture.cache->exportBlobs("a", target, {}, {}).alreadyPresent, std::uint64_t(2));
        QVERIFY(store->info(digestOf("one")));
        QVERIFY(errorOf([&] { fixture.cache->importBlobs("b", source, {}, {}); }) == ErrorCode::NotFound);
    }

    void importKeepsTheCreationTime()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        const Digest digest = put(*store, "one");
        const auto since = store->info(digest)->createdAt;
        const auto source = fixture.root / "old";
        std::filesystem::create_directories(source / "sha256");
        writeFile(source / "sha256" / digest.hex(), "one");
        fixture.cache->importBlobs("a", source, {}, {});
        QCOMPARE(toNanoseconds(store->info(digest)->createdAt), toNanoseconds(since));
        store.reset();
        fixture.cache.reset();
        std::filesystem::remove(fixture.layout.indexDatabase());
        fixture.open(); // made anew from the checkpoint
        QCOMPARE(toNanoseconds(fixture.cache->contentStore("a")->info(digest)->createdAt), toNanoseconds(since));
    }

    void importReplacesDamagedBytes()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "one");
        fixture.damage(digest, "0ne");
        const auto source = fixture.root / "old";
        std::filesystem::create_directories(source / "sha256");
        writeFile(source / "sha256" / digest.hex(), "one");
        QCOMPARE(fixture.cache->importBlobs("a", source, {}, {}).imported, std::uint64_t(1));
        QCOMPARE(readAll(store->open(digest)), std::string("one"));
    }

    void anImportOfANameAloneGivesNothing()
    {
        CacheFixture fixture;
        const auto owner = fixture.engine("owner", Sharing::Isolated);
        const Digest secret = put(*owner, "secret");
        const auto thief = fixture.engine("thief", Sharing::Isolated);
        const auto source = fixture.root / "old";
        std::filesystem::create_directories(source / "sha256");
        writeFile(source / "sha256" / secret.hex(), "not it");
        const auto report = fixture.cache->importBlobs("thief", source, {}, {});
        QCOMPARE(report.skipped.size(), std::size_t(1));
        QCOMPARE(report.alreadyPresent, std::uint64_t(0));
        QVERIFY(!thief->info(secret));
        writeFile(source / "sha256" / secret.hex(), "secret");
        QCOMPARE(fixture.cache->importBlobs("thief", source, {}, {}).alreadyPresent, std::uint64_t(1));
        QVERIFY(thief->info(secret));
    }

    void importCopiesWhatOthersCanWrite()
    {
        CacheFixture fixture;
        fixture.engine("a");
        const auto source = fixture.root / "old";
        std::filesystem::create_directories(source / "sha256");
        const Digest digest = digestOf("shared");
        const auto path = source / "sha256" / digest.hex();
        writeFile(path, "shared");
        std::filesystem::permissions(path, std::filesystem::perms::others_write, std::filesystem::perm_options::add);
        QCOMPARE(fixture.cache->importBlobs("a", source, {}, {}).imported, std::uint64_t(1));
        QVERIFY(!std::filesystem::equivalent(path, fixture.layout.blob(digest)));
        QCOMPARE(std::filesystem::hard_link_count(path), std::uintmax_t(1));
    }

    void anEngineIsNotRemovedDuringItsImport()
    {
        CacheFixture fixture;
        fixture.cache->addEngine("a", "/run/a.sock", Sharing::Open);
        const auto source = fixture.root / "old";
        std::filesystem::create_directories(source / "sha256");
        writeFile(source / "sha256" / digestOf("one").hex(), "one");
        std::optional<ErrorCode> code;
        fixture.cache->importBlobs(
            "a", source, [&](const Progress&) { code = errorOf([&] { fixture.cache->removeEngine("a"); }); }, {});
        QVERIFY(code == ErrorCode::FailedPrecondition);
        fixture.cache->removeEngine("a");
        QVERIFY(fixture.cache->why(digestOf("one")).empty());
    }

    void manifestsAreRecognisedHoweverTheyCome_data()
    {
        QTest::addColumn<QString>("way");
        for (const char* way : {"adopted", "imported", "committed a second time", "held already"})
            QTest::newRow(way) << way;
    }

    void manifestsAreRecognisedHoweverTheyCome()
    {
        QFETCH(QString, way);
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const std::string layer = "layer bytes";
        const std::string manifest = manifestOf("{}", layer);
        const Digest digest = digestOf(manifest);
        const std::string ref = "k8s.io/7/manifest-" + digest.toString();
        put(*store, layer, "ref"); // says nothing of its kind
        if (way == "adopted") {
            writeFile(fixture.layout.blob(digest), manifest);
            QVERIFY(store->info(digest));
        } else if (way == "imported") {
            std::filesystem::create_directories(fixture.root / "old/sha256");
            writeFile(fixture.root / "old/sha256" / digest.hex(), manifest);
            fixture.cache->importBlobs("a", fixture.root / "old", {}, {});
        } else if (way == "committed a second time") {
            put(*store, manifest, "any ref");
            put(*fixture.engine("b"), manifest, ref);
        } else {
            put(*store, manifest, "any ref");
            QVERIFY(errorOf([&] { put(*store, manifest, ref); }) == ErrorCode::AlreadyExists);
        }
        QVERIFY(fixture.cache->blob(digest)->kind == BlobKind::Manifest);
        QVERIFY(!fixture.cache->blob(digest)->mediaType.empty());
        QCOMPARE(fixture.cache->children(digest).size(), std::size_t(2));
        QVERIFY(fixture.cache->blob(digestOf(layer))->kind == BlobKind::Layer);
        store->release(digestOf(layer));
        QVERIFY(!fixture.cache->blob(digestOf(layer))->released);
    }

    void verifyGoesOnWhenABlobGoes()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        std::vector<Digest> digests{put(*store, "one"), put(*store, "two")};
        std::sort(digests.begin(), digests.end());
        std::filesystem::remove(fixture.layout.blob(digests.back()));
        QVERIFY(!store->info(digests.back())); // it waits for its bytes
        const auto release = [&](const Progress&) { store->release(digests.back()); };
        const VerifyReport report = fixture.cache->verify({}, release, {});
        QCOMPARE(report.checked, std::uint64_t(1));
        QVERIFY(report.damaged.empty());
    }

    void cleanupTrustsNoDamagedRow_data()
    {
        QTest::addColumn<QString>("sql");
        const QString other = "x'01" + QString(64, '0') + "'";
        QTest::newRow("claim") << "UPDATE claims SET digest = " + other;
        QTest::newRow("edge") << "UPDATE edges SET child = " + other;
    }

    void cleanupTrustsNoDamagedRow()
    {
        QFETCH(QString, sql);
        CacheFixture fixture;
        auto store = fixture.engine("a");
        const std::string layer = "layer bytes";
        const std::string manifest = manifestOf("{}", layer);
        put(*store, layer);
        put(*store, manifest, "k8s.io/7/manifest-" + digestOf(manifest).toString());
        store->release(digestOf(layer));
        store.reset();
        fixture.cache.reset();
        tamper(fixture, [&](Connection& index) { index.database().execute(sql.toStdString()); });
        fixture.open();
        QVERIFY(errorOf([&] { fixture.cache->cleanup().collect(removeAll, {}, {}); }) == ErrorCode::Unavailable);
        QVERIFY(std::filesystem::exists(fixture.layout.blob(digestOf(layer))));
        QVERIFY(std::filesystem::exists(fixture.layout.blob(digestOf(manifest))));
    }

    void readsAreCountedInBatches()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "x");
        for (int i = 0; i < 5; ++i)
            store->open(digest);
        fixture.cache->flush();
        QCOMPARE(fixture.cache->blob(digest)->accessCount, std::uint64_t(5));
        QCOMPARE(fixture.counter("blobs_opened"), std::uint64_t(5));
        QCOMPARE(readAll(fixture.cache->open(digest)), std::string("x"));
        QVERIFY(errorOf([&] { fixture.cache->open(digestOf("unknown")); }) == ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(CacheTest)
#include "cache_test.moc"
