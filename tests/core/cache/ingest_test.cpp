// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache_fixture.h"

#include <atomic>
#include <future>
#include <thread>

using namespace layerhold;
using namespace layerhold::test;

namespace {

std::string refOf(std::string_view bytes, const std::string& number = "1")
{
    return "default/" + number + "/layer-" + digestOf(bytes).toString();
}

} // namespace

class IngestTest : public QObject
{
    Q_OBJECT

private slots:

    void refIsExclusive()
    {
        CacheFixture fixture;
        const auto a = fixture.engine("a");
        const auto b = fixture.engine("b");
        auto first = a->ingest("ref", {});
        QVERIFY(errorOf([&] { a->ingest("ref", {}); }) == ErrorCode::Locked);
        QVERIFY(b->ingest("ref", {})); // refs are per engine
        first.reset();
        QVERIFY(a->ingest("ref", {}));
    }

    void refusesUnusableRefs()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        for (const std::string& ref : {std::string(), std::string(4097, 'x'), std::string("a\0b", 3)})
            QVERIFY(errorOf([&] { store->ingest(ref, {}); }) == ErrorCode::InvalidArgument);
        QVERIFY(store->ingest(std::string(4096, 'x'), {}));
        QVERIFY(store->ingest("/../../etc/passwd", {}));
    }

    void resumesInTheSameProcess()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        auto ingest = store->ingest("ref", {6, std::nullopt});
        append(*ingest, "abc");
        const IngestStatus before = ingest->status();
        ingest.reset();
        const auto between = store->status("ref");
        QVERIFY(between);
        QCOMPARE(between->offset, std::uint64_t(3));
        QCOMPARE(toNanoseconds(between->startedAt), toNanoseconds(before.startedAt));
        QCOMPARE(toNanoseconds(between->updatedAt), toNanoseconds(before.updatedAt));
        QCOMPARE(between->total, std::uint64_t(6));
        ingest = store->ingest("ref", {});
        QCOMPARE(ingest->offset(), std::uint64_t(3));
        QVERIFY(ingest->runningDigest() == digestOf("abc"));
        append(*ingest, "def");
        QVERIFY(ingest->commitAndWait({6, digestOf("abcdef"), {}}) == digestOf("abcdef"));
        QVERIFY(!store->status("ref"));
    }

    void resumesAfterARestart()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        auto ingest = store->ingest("ref", {});
        append(*ingest, "abc");
        const IngestStatus before = ingest->status();
        ingest.reset();
        store.reset();
        fixture.reopen();
        store = fixture.cache->contentStore("a");
        QCOMPARE(store->statuses().size(), std::size_t(1));
        ingest = store->ingest("ref", {});
        QCOMPARE(toNanoseconds(ingest->status().startedAt), toNanoseconds(before.startedAt));
        QCOMPARE(ingest->offset(), std::uint64_t(3));
        append(*ingest, "def");
        ingest->commitAndWait({6, digestOf("abcdef"), {}});
        QCOMPARE(readAll(store->open(digestOf("abcdef"))), std::string("abcdef"));
    }

    void bytesTouchedBetweenStreamsAreHashedAnew()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        auto ingest = store->ingest("ref", {});
        append(*ingest, "abc");
        QVERIFY(ingest->runningDigest() == digestOf("abc"));
        ingest.reset();
        for (const auto& entry : std::filesystem::directory_iterator(fixture.layout.ingestDirectory()))
            writeFile(entry.path(), "xyz");
        ingest = store->ingest("ref", {});
        QVERIFY(ingest->runningDigest() == digestOf("xyz"));
    }

    void otherTotalStartsOver()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        auto ingest = store->ingest("ref", {6, std::nullopt});
        append(*ingest, "abc");
        ingest.reset();
        QCOMPARE(store->ingest("ref", {})->offset(), std::uint64_t(3));
        QCOMPARE(store->ingest("ref", {6, std::nullopt})->offset(), std::uint64_t(3));
        QCOMPARE(store->ingest("ref", {7, std::nullopt})->offset(), std::uint64_t(0));
    }

    void truncateStartsOver()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const auto ingest = store->ingest("ref", {});
        append(*ingest, "wrong");
        ingest->truncate();
        QCOMPARE(ingest->offset(), std::uint64_t(0));
        QVERIFY(ingest->runningDigest() == digestOf(""));
        append(*ingest, "right");
        QVERIFY(ingest->commitAndWait({}) == digestOf("right"));
    }

    void bigWritesAreHashedAlong()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const auto ingest = store->ingest("ref", {});
        const std::string piece(1 << 20, 'p');
        std::string all;
        for (int i = 0; i < 6; ++i) {
            append(*ingest, piece);
            all += piece;
        }
        QVERIFY(ingest->runningDigest() == digestOf(all));
        QVERIFY(ingest->commitAndWait({all.size(), digestOf(all), {}}) == digestOf(all));
    }

    void commitMayDestroyTheIngest()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        std::unique_ptr<Ingest> ingest;
        const auto commit = [&](bool abortFirst) {
            ingest = store->ingest("ref", {});
            append(*ingest, "abc");
            if (abortFirst)
                store->abort("ref");
            std::promise<bool> succeeded;
            ingest->commit({3, std::nullopt, {}}, [&](std::exception_ptr failure, const Digest&) {
                ingest.reset();
                succeeded.set_value(!failure);
            });
            return succeeded.get_future().get();
        };
        QVERIFY(!commit(true));
        QVERIFY(commit(false));
    }

    void streamsAndAbortsOfOneRefInTurn()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        std::atomic<int> unexpected = 0;
        std::atomic<int> writing = 3;
        std::vector<std::thread> threads;
        for (int writer = 0; writer < 3; ++writer)
            threads.emplace_back([&, writer] {
                for (int i = 0; i < 60; ++i) {
                    const std::string bytes = std::to_string(writer) + ' ' + std::to_string(i);
                    const auto code = errorOf([&] {
                        const auto ingest = store->ingest(refOf("one"), {});
                        ingest->truncate();
                        append(*ingest, bytes);
                        if (i % 3 != 0)
                            ingest->commitAndWait({bytes.size(), digestOf(bytes), {}});
                    });
                    // Taken by another stream, or aborted.
                    if (code && code != ErrorCode::Locked && code != ErrorCode::FailedPrecondition)
                        ++unexpected;
                }
                --writing;
            });
        threads.emplace_back([&] {
            while (writing > 0) {
                store->abort(refOf("one"));
                store->status(refOf("one"));
                store->statuses();
            }
        });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(unexpected.load(), 0);
        store->abort(refOf("one"));
        QVERIFY(store->statuses().empty());
        QVERIFY(store->ingest(refOf("one"), {}));
    }

    void abortedBytesThatWereRemovedKeepNoDescriptor()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const std::filesystem::path ingests = fixture.layout.ingestDirectory();
        append(*store->ingest(refOf("abcdef"), {}), "abc");
        store->abort(refOf("abcdef"));
        QCOMPARE(openDescriptorsUnder(ingests), std::size_t(1));
        fixture.cache->cleanup().collect({CleanupOptions::Mode::Run, 0}, {}, {});
        QCOMPARE(openDescriptorsUnder(ingests), std::size_t(0));
    }

    void abortDropsARefWithoutADigest()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const auto ingest = store->ingest("ref", {});
        append(*ingest, "abc");
        store->abort("ref");
        store->abort("ref");
        store->abort("never seen");
        QVERIFY(errorOf([&] { append(*ingest, "d"); }) == ErrorCode::FailedPrecondition);
        QVERIFY(errorOf([&] { ingest->commitAndWait({}); }) == ErrorCode::FailedPrecondition);
        QVERIFY(store->statuses().empty());
        QVERIFY(std::filesystem::is_empty(fixture.layout.ingestDirectory()));
        QCOMPARE(store->ingest("ref", {})->offset(), std::uint64_t(0));
    }

    void discardKeepsNothing()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        auto ingest = store->ingest(refOf("abcdef"), {});
        append(*ingest, "abc");
        ingest->discard();
        QVERIFY(errorOf([&] { append(*ingest, "d"); }) == ErrorCode::FailedPrecondition);
        QVERIFY(errorOf([&] { ingest->discard(); }) == ErrorCode::FailedPrecondition);
        ingest.reset();
        QVERIFY(store->statuses().empty());
        QCOMPARE(fixture.cache->status().partialCount, std::uint64_t(0));
        QVERIFY(std::filesystem::is_empty(fixture.layout.ingestDirectory()));
        QCOMPARE(store->ingest(refOf("abcdef"), {})->offset(), std::uint64_t(0));
    }

    void abortedBytesOfAHeldBlobAreDropped()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        append(*store->ingest(refOf("abcdef", "2"), {}), "abc");
        put(*store, "abcdef", refOf("abcdef", "1"));
        store->abort(refOf("abcdef", "2"));
        QCOMPARE(fixture.cache->status().partialCount, std::uint64_t(0));
        QVERIFY(std::filesystem::is_empty(fixture.layout.ingestDirectory()));
    }

    void unusableRefsAreAbsent()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        for (const std::string& ref : {std::string(), std::string(1 << 20, 'x'), std::string("a\0b", 3)}) {
            QVERIFY(!store->status(ref));
            store->abort(ref);
        }
    }

    void abortedBytesAreOfferedToTheNextWriter_data()
    {
        QTest::addColumn<int>("mine");
        QTest::addColumn<int>("other");
        QTest::addColumn<bool>("isSameEngine");
        QTest::addColumn<bool>("offered");
        QTest::newRow("same engine, isolated") << int(Sharing::Isolated) << int(Sharing::Isolated) << true << true;
        QTest::newRow("both open") << int(Sharing::Open) << int(Sharing::Open) << false << true;
        QTest::newRow("reader not open") << int(Sharing::Open) << int(Sharing::Verified) << false << false;
        QTest::newRow("writer not open") << int(Sharing::Isolated) << int(Sharing::Open) << false << false;
    }

    void abortedBytesAreOfferedToTheNextWriter()
    {
        QFETCH(int, mine);
        QFETCH(int, other);
        QFETCH(bool, isSameEngine);
        QFETCH(bool, offered);
        CacheFixture fixture;
        const auto first = fixture.engine("first", static_cast<Sharing>(mine));
        const auto second = isSameEngine ? first : fixture.engine("second", static_cast<Sharing>(other));
        append(*first->ingest(refOf("abcdef"), {6, std::nullopt}), "abc");
        first->abort(refOf("abcdef"));
        QVERIFY(first->statuses().empty());
        QCOMPARE(fixture.cache->status().partialCount, std::uint64_t(1));
        const auto ingest = second->ingest(refOf("abcdef", "2"), {6, std::nullopt});
        QCOMPARE(ingest->offset(), std::uint64_t(offered ? 3 : 0));
        append(*ingest, offered ? "def" : "abcdef");
        QVERIFY(ingest->commitAndWait({6, digestOf("abcdef"), {}}) == digestOf("abcdef"));
        QCOMPARE(fixture.counter("bytes_resumed"), std::uint64_t(offered ? 3 : 0));
    }

    void partialsSurviveARestart()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        append(*store->ingest(refOf("abcdef"), {}), "abc");
        store->abort(refOf("abcdef"));
        store.reset();
        fixture.reopen();
        store = fixture.cache->contentStore("a");
        QCOMPARE(store->ingest(refOf("abcdef", "2"), {})->offset(), std::uint64_t(3));
    }

    void theLargerPartialIsKept()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        auto one = store->ingest(refOf("abcdef", "1"), {});
        auto two = store->ingest(refOf("abcdef", "2"), {});
        append(*one, "abcd");
        append(*two, "ab");
        store->abort(refOf("abcdef", "1"));
        store->abort(refOf("abcdef", "2"));
        QCOMPARE(fixture.cache->status().partialCount, std::uint64_t(1));
        QCOMPARE(store->ingest(refOf("abcdef", "3"), {})->offset(), std::uint64_t(4));
    }

    void partialOfAnotherTotalIsNotUsed()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        append(*store->ingest(refOf("abcdef"), {6, std::nullopt}), "abc");
        store->abort(refOf("abcdef"));
        QCOMPARE(store->ingest(refOf("abcdef", "2"), {7, std::nullopt})->offset(), std::uint64_t(0));
        QCOMPARE(store->ingest(refOf("abcdef", "3"), {2, std::nullopt})->offset(), std::uint64_t(0));
    }

    void aWrongPrefixIsDroppedAtOnce()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        append(*store->ingest(refOf("abcdef"), {}), "XXX");
        store->abort(refOf("abcdef"));
        const auto ingest = store->ingest(refOf("abcdef", "2"), {});
        append(*ingest, "def");
        QVERIFY(errorOf([&] { ingest->commitAndWait({6, digestOf("abcdef"), {}}); }) == ErrorCode::FailedPrecondition);
        QCOMPARE(ingest->offset(), std::uint64_t(0));
        append(*ingest, "abcdef");
        QVERIFY(ingest->commitAndWait({6, digestOf("abcdef"), {}}) == digestOf("abcdef"));
    }

    void statusesShowOnlyTheEnginesOwn()
    {
        CacheFixture fixture;
        const auto a = fixture.engine("a");
        const auto b = fixture.engine("b");
        const auto one = a->ingest("one", {});
        append(*a->ingest("two", {}), "left");
        QCOMPARE(a->statuses().size(), std::size_t(2));
        QVERIFY(b->statuses().empty());
        QVERIFY(!b->status("one"));
    }

    void leavingKeepsWhatTheClientSaidLast()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        auto ingest = store->ingest("ref", {});
        ingest->setTotal(42);
        ingest->setExpected(digestOf("x"));
        ingest.reset();
        QCOMPARE(store->status("ref")->total, std::uint64_t(42));
        QVERIFY(store->status("ref")->expected == digestOf("x"));
    }
};

QTEST_GUILESS_MAIN(IngestTest)
#include "ingest_test.moc"
