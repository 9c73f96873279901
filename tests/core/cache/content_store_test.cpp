// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache_fixture.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

using namespace layerhold;
using namespace layerhold::test;

class ContentStoreTest : public QObject
{
    Q_OBJECT

private slots:

    void commitsAndReads()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "hello");
        const auto info = store->info(digest);
        QVERIFY(info);
        QCOMPARE(info->size, std::uint64_t(5));
        QVERIFY(store->tryInfo(digest));
        QCOMPARE(readAll(store->open(digest)), std::string("hello"));
        QVERIFY(store->tryOpen(digest));
        QVERIFY(listed(*store) == std::vector{digest});
        QVERIFY(store->statuses().empty());
        QCOMPARE(readFile(fixture.layout.blob(digest)), std::string("hello"));
        const auto blob = fixture.cache->blob(digest);
        QVERIFY(blob && !blob->released);
        QCOMPARE(blob->origin, std::string("engine a"));
    }

    void emptyBlob()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "");
        QCOMPARE(readAll(store->open(digest)), std::string());
        QVERIFY(errorOf([&] { put(*store, ""); }) == ErrorCode::AlreadyExists);
    }

    void whatAnEngineSeesOfOthers_data()
    {
        QTest::addColumn<int>("sharing");
        QTest::addColumn<bool>("supplied");
        QTest::addColumn<bool>("visible");
        QTest::newRow("open, never supplied") << int(Sharing::Open) << false << true;
        QTest::newRow("open, supplied") << int(Sharing::Open) << true << true;
        QTest::newRow("verified, never supplied") << int(Sharing::Verified) << false << false;
        QTest::newRow("verified, supplied") << int(Sharing::Verified) << true << true;
        QTest::newRow("isolated, never supplied") << int(Sharing::Isolated) << false << false;
        QTest::newRow("isolated, supplied") << int(Sharing::Isolated) << true << true;
    }

    void whatAnEngineSeesOfOthers()
    {
        QFETCH(int, sharing);
        QFETCH(bool, supplied);
        QFETCH(bool, visible);
        CacheFixture fixture;
        const auto other = fixture.engine("other");
        const auto store = fixture.engine("mine", static_cast<Sharing>(sharing));
        const Digest byInfo = put(*other, "found by info");
        const Digest byRead = put(*other, "found by read");
        if (supplied) {
            for (const char* bytes : {"found by info", "found by read"}) {
                put(*store, bytes);
                store->release(digestOf(bytes));
            }
        }
        QVERIFY(listed(*store).empty());
        QVERIFY(!store->tryInfo(byInfo));
        QCOMPARE(store->info(byInfo).has_value(), visible);
        QVERIFY(errorOf([&] { store->open(byRead); }) == (visible ? std::nullopt : std::optional(ErrorCode::NotFound)));
        QCOMPARE(listed(*store).size(), std::size_t(visible ? 2 : 0));
        QCOMPARE(fixture.counter("blobs_not_downloaded"), std::uint64_t(visible ? 2 : 0));
        // Hidden looks like absent, and looking leaves no trace.
        QVERIFY(!store->info(digestOf("never stored")));
        QCOMPARE(listed(*other).size(), std::size_t(2));
    }

    void deleteIsReleaseOfOneEngine()
    {
        CacheFixture fixture;
        const auto a = fixture.engine("a");
        const auto b = fixture.engine("b");
        const Digest digest = put(*a, "shared");
        QVERIFY(b->info(digest));
        a->release(digest);
        a->release(digest);
        a->release(digestOf("absent"));
        QVERIFY(listed(*a).empty());
        QVERIFY(listed(*b) == std::vector{digest});
        QVERIFY(!fixture.cache->blob(digest)->released);
        QVERIFY(!a->tryOpen(digest));
        b->release(digest);
        QVERIFY(fixture.cache->blob(digest)->released);
        QVERIFY(a->info(digest)); // and back again, without a download
        QVERIFY(!fixture.cache->blob(digest)->released);
    }

    void secondCommitIsDeduplicated()
    {
        CacheFixture fixture;
        const auto a = fixture.engine("a", Sharing::Isolated);
        const auto b = fixture.engine("b", Sharing::Isolated);
        put(*a, "same bytes");
        put(*b, "same bytes");
        QCOMPARE(fixture.cache->status().blobCount, std::uint64_t(1));
        QCOMPARE(fixture.counter("blobs_deduplicated"), std::uint64_t(1));
        QVERIFY(errorOf([&] { put(*a, "same bytes"); }) == ErrorCode::AlreadyExists);
        IngestOptions options;
        options.expected = digestOf("same bytes");
        QVERIFY(errorOf([&] { a->ingest("ref", options); }) == ErrorCode::AlreadyExists);
        QVERIFY(a->statuses().empty());
    }

    void mismatchKeepsTheIngest()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const auto ingest = store->ingest("ref", {});
        append(*ingest, "abc");
        try {
            ingest->commitAndWait({4, std::nullopt, {}});
            QFAIL("a commit of a wrong size succeeded");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::FailedPrecondition);
            QVERIFY(std::string(error.what()).find("3") != std::string::npos);
            QVERIFY(std::string(error.what()).find("4") != std::string::npos);
        }
        QVERIFY(errorOf([&] { ingest->commitAndWait({3, digestOf("xyz"), {}}); }) == ErrorCode::FailedPrecondition);
        QCOMPARE(ingest->offset(), std::uint64_t(3));
        QVERIFY(ingest->commitAndWait({3, digestOf("abc"), {}}) == digestOf("abc"));
        QVERIFY(errorOf([&] { append(*ingest, "x"); }) == ErrorCode::FailedPrecondition);
    }

    void commitsUnderTheExpectedAlgorithm_data()
    {
        QTest::addColumn<int>("algorithm");
        QTest::newRow("sha384") << int(DigestAlgorithm::Sha384);
        QTest::newRow("sha512") << int(DigestAlgorithm::Sha512);
    }

    void commitsUnderTheExpectedAlgorithm()
    {
        QFETCH(int, algorithm);
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const auto ingest = store->ingest("ref", {});
        append(*ingest, "bytes");
        const Digest digest = Hasher::of(bytesOf("bytes"), static_cast<DigestAlgorithm>(algorithm));
        QVERIFY(ingest->commitAndWait({0, digest, {}}) == digest);
        QCOMPARE(readAll(store->open(digest)), std::string("bytes"));
        QVERIFY(!store->info(digestOf("bytes")));
    }

    void labels()
    {
        CacheFixture fixture;
        const auto a = fixture.engine("a");
        const auto b = fixture.engine("b");
        const auto ingest = a->ingest("ref", {});
        append(*ingest, "x");
        const Digest digest = ingest->commitAndWait({0, std::nullopt, {{"k", "v"}, {"empty", ""}}});
        QVERIFY((a->info(digest)->labels == Labels{{"k", "v"}, {"empty", ""}}));
        QVERIFY(b->info(digest)->labels.empty());
        const auto before = *a->info(digest);
        const auto after = a->updateLabels(digest, {LabelUpdate::Mode::SetKeys, {{"n", "1"}}, {"n", "k"}});
        QVERIFY((after.labels == Labels{{"n", "1"}, {"empty", ""}}));
        QCOMPARE(toNanoseconds(after.createdAt), toNanoseconds(before.createdAt));
        QVERIFY(after.updatedAt > before.updatedAt);
        a->updateLabels(digest, {LabelUpdate::Mode::ReplaceAll, {{"z", ""}}, {}});
        QVERIFY((a->list({}, 10).front().labels == Labels{{"z", ""}}));
        a->release(digest);
        QVERIFY(errorOf([&] { a->updateLabels(digest, {}); }) == ErrorCode::NotFound);
        QVERIFY(a->info(digest)->labels.empty());
    }

    void aSourceMakesItRefetchable()
    {
        CacheFixture fixture;
        const auto a = fixture.engine("a");
        auto b = fixture.engine("b");
        const auto commit = [](ContentStore& store, const std::string& bytes, const Labels& labels) {
            const auto ingest = store.ingest(bytes, {});
            append(*ingest, bytes);
            return ingest->commitAndWait({0, std::nullopt, labels});
        };
        const Labels source{{"containerd.io/distribution.source.docker.io", "library/app"}};
        const Digest known = commit(*a, "known", source);
        const Digest unknown = commit(*a, "unknown", {{"containerd.io/distribution.sources", "x"}, {"k", "v"}});
        commit(*b, "known", {});
        QVERIFY(fixture.cache->blob(known)->refetch == Refetch::Yes);
        QVERIFY(fixture.cache->blob(unknown)->refetch == Refetch::Unknown);
        for (const Blob& blob : fixture.cache->blobs({}, {}, 10, {}))
            QCOMPARE(blob.refetch == Refetch::Yes, blob.digest == known);
        // Whichever engine says so.
        a->release(known);
        QVERIFY(fixture.cache->blob(known)->refetch == Refetch::Unknown);
        b->updateLabels(known, {LabelUpdate::Mode::ReplaceAll, source, {}});
        QVERIFY(fixture.cache->blob(known)->refetch == Refetch::Yes);
        b.reset();
        fixture.cache->removeEngine("b");
        QVERIFY(fixture.cache->blob(known)->refetch == Refetch::Unknown);
    }

    void listPagesByDigest()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        std::vector<Digest> all;
        for (int i = 0; i < 25; ++i)
            all.push_back(put(*store, "blob " + std::to_string(i)));
        std::sort(all.begin(), all.end());
        std::vector<Digest> seen;
        std::optional<Digest> last;
        for (;;) {
            const auto page = store->list(last, 10);
            for (const ContentInfo& info : page)
                seen.push_back(info.digest);
            if (page.size() < 10)
                break;
            last = page.back().digest;
            store->release(*last); // deletes between pages do not disturb
        }
        QVERIFY(seen == all);
    }

    void listTellsEachBlobsOwnLabels()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const auto other = fixture.engine("b");
        std::map<Digest, Labels> expected;
        for (int i = 0; i < 9; ++i) {
            const Digest digest = put(*store, "blob " + std::to_string(i));
            put(*other, "blob " + std::to_string(i));
            other->updateLabels(digest, {LabelUpdate::Mode::ReplaceAll, {{"of", "b"}}, {}});
            if (i % 3 != 0)
                expected[digest] = {{"number", std::to_string(i)}, {"kind", "x"}};
            store->updateLabels(digest, {LabelUpdate::Mode::ReplaceAll, expected[digest], {}});
        }
        std::optional<Digest> last;
        for (std::size_t seen = 0; seen < 9; seen += 4)
            for (const ContentInfo& info : store->list(last, 4)) {
                QVERIFY(info.labels == expected.at(info.digest));
                expected.erase(info.digest);
                last = info.digest;
            }
        QVERIFY(expected.empty());
    }

    void damagedBytesAreNotServedAndHeal()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "precious");
        const auto since = store->info(digest)->createdAt;
        fixture.damage(digest, "prec1ous");
        QVERIFY(!store->tryInfo(digest));
        QVERIFY(errorOf([&] { store->open(digest); }) == ErrorCode::DataLoss);
        QVERIFY(!store->info(digest));
        QVERIFY(listed(*store) == std::vector{digest}); // the claim stays
        QVERIFY(fixture.cache->blob(digest)->state == BlobState::Quarantined);
        QCOMPARE(fixture.cache->status().quarantineCount, std::uint64_t(1));
        put(*store, "precious");
        QCOMPARE(readAll(store->open(digest)), std::string("precious"));
        QCOMPARE(toNanoseconds(store->info(digest)->createdAt), toNanoseconds(since));
        const auto kinds = fixture.eventKinds();
        QVERIFY(std::count(kinds.begin(), kinds.end(), "blob_quarantined") == 1);
        QVERIFY(std::count(kinds.begin(), kinds.end(), "blob_healed") == 1);
    }

    void commitReplacesBytesThatWentBadUnseen()
    {
        CacheFixture fixture;
        const auto a = fixture.engine("a");
        const auto b = fixture.engine("b");
        const Digest digest = put(*a, "precious");
        fixture.damage(digest, "prec1ous");
        put(*b, "precious");
        QCOMPARE(readAll(a->open(digest)), std::string("precious"));
    }

    void touchedButWholeFileIsTrustedAgain()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "same");
        fixture.damage(digest, "same");
        QVERIFY(store->info(digest));
        QVERIFY(store->tryInfo(digest)); // the new identity is recorded
    }

    void vanishedFileIsMissing()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest held = put(*store, "held");
        const Digest released = put(*store, "released");
        store->release(released);
        std::filesystem::remove(fixture.layout.blob(held));
        std::filesystem::remove(fixture.layout.blob(released));
        QVERIFY(!store->info(held));
        QVERIFY(errorOf([&] { store->open(held); }) == ErrorCode::NotFound);
        QVERIFY(fixture.cache->blob(held)->state == BlobState::Missing);
        QVERIFY(!store->info(released));
        QVERIFY(!fixture.cache->blob(released)); // nobody waits for it
        put(*store, "held");
        QVERIFY(store->info(held));
    }

    void fileWithoutARowIsAdoptedWhenWhole()
    {
        CacheFixture fixture;
        const auto open = fixture.engine("open");
        const auto isolated = fixture.engine("isolated", Sharing::Isolated);
        const Digest good = digestOf("good");
        const Digest bad = digestOf("bad");
        writeFile(fixture.layout.blob(good), "good");
        writeFile(fixture.layout.blob(bad), "not what the name says");
        QVERIFY(!isolated->info(good));
        QVERIFY(open->info(good));
        QCOMPARE(fixture.cache->blob(good)->origin, std::string("adopted"));
        QVERIFY(!open->info(bad));
        QVERIFY(!std::filesystem::exists(fixture.layout.blob(bad)));
    }

    void readerOutlivesRemoval()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "still there");
        const BlobReader reader = store->open(digest);
        store->release(digest);
        fixture.cache->cleanup().collect({CleanupOptions::Mode::Run, 0}, {}, {});
        QVERIFY(!store->info(digest));
        QCOMPARE(readAll(reader), std::string("still there"));
    }

    void manyCommitsOfOneDigestStoreItOnce()
    {
        CacheFixture fixture;
        const auto a = fixture.engine("a");
        const auto b = fixture.engine("b");
        const std::string bytes(100'000, 'x');
        std::atomic<int> succeeded = 0;
        std::atomic<int> existed = 0;
        std::atomic<int> other = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 32; ++i)
            threads.emplace_back([&, i] {
                ContentStore& store = i % 2 == 0 ? *a : *b;
                const auto code = errorOf([&] { put(store, bytes, "ref " + std::to_string(i)); });
                ++(!code ? succeeded : *code == ErrorCode::AlreadyExists ? existed : other);
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(succeeded.load(), 2); // one for each engine
        QCOMPARE(existed.load(), 30);
        QCOMPARE(other.load(), 0);
        QCOMPARE(fixture.cache->status().blobCount, std::uint64_t(1));
        QCOMPARE(fixture.cache->status().ingestCount, std::uint64_t(0));
    }

    void manyCommitsOfManyDigests()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        std::vector<std::thread> threads;
        for (int i = 0; i < 16; ++i)
            threads.emplace_back([&, i] {
                for (int j = 0; j < 8; ++j)
                    put(*store, "blob " + std::to_string(i) + '/' + std::to_string(j));
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(listed(*store).size(), std::size_t(128));
        QVERIFY(fixture.cache->verify({}, {}, {}).damaged.empty());
    }

    void positiveInfoSurvivesACleanupAtTheSameTime()
    {
        CacheFixture fixture;
        const auto a = fixture.engine("a");
        const auto b = fixture.engine("b");
        for (int round = 0; round < 20; ++round) {
            const std::string bytes = "round " + std::to_string(round);
            const Digest digest = put(*a, bytes);
            bool promised = false;
            std::thread releaser([&] { a->release(digest); });
            std::thread cleaner([&] { fixture.cache->cleanup().collect({CleanupOptions::Mode::Run, 0}, {}, {}); });
            std::thread asker([&] { promised = b->info(digest).has_value(); });
            releaser.join();
            cleaner.join();
            asker.join();
            if (promised)
                QCOMPARE(readAll(b->open(digest)), bytes);
            b->release(digest);
        }
    }
};

QTEST_GUILESS_MAIN(ContentStoreTest)
#include "content_store_test.moc"
