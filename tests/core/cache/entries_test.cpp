// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "entries_fixture.h"

#include "index/entries.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <thread>

using namespace layerhold;
using namespace layerhold::test;

using std::chrono::hours;
using std::chrono::nanoseconds;
using std::chrono::seconds;

class EntriesTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsPutIsGot();
    void bytesAreStoredOnceAndClaimed();
    void expiresStrictlyAfterItsTtl();
    void invalidatedUntilPutAgain();
    void damagedBytesAreNeverHandedOut();
    void putChecksDigestAndSize();
    void aFailedPutChangesNothing();
    void aStoredDigestIsNotReadAgain();
    void aPutReplacesOrKeepsOtherNames();
    void removeAndClear();
    void listsByPrefixInPages();
    void usesAreCountedByDeliveries();
    void badNames();
    void namesOfHoldersCanBeTakenApart();
    void cancelledCallsDoNothing();
    void cancelledMidway();
    void manyThreads();
};

void EntriesTest::whatIsPutIsGot()
{
    EntriesFixture fixture;
    PutOptions options;
    options.metadata = R"({"mode": 420})";
    const Entry put = fixture.entries().put("builds", "a/b", {source("out", "stdout"), source("", "stderr")}, options);
    QCOMPARE(put.scope, std::string("builds"));
    QCOMPARE(put.metadata, options.metadata);
    QVERIFY(put.createdAt == fixture.clock.now() && put.updatedAt == fixture.clock.now());
    QVERIFY((put.blobs == std::vector<EntryBlob>{{"stderr", digestOf(""), 0}, {"stdout", digestOf("out"), 3}}));
    QVERIFY(fixture.entries().find("builds", "a/b") == put);
    QCOMPARE(fixture.got("builds", "a/b", "stdout"), std::string("out"));
    QCOMPARE(fixture.got("builds", "a/b", "stderr"), std::string());
    QCOMPARE(fixture.got("builds", "a/b", "other"), std::string("(nothing)"));
    QCOMPARE(fixture.got("builds", "a"), std::string("(nothing)"));
    QCOMPARE(fixture.got("elsewhere", "a/b"), std::string("(nothing)"));
    QVERIFY(fixture.entries().has("builds", "a/b"));
    QVERIFY(!fixture.entries().has("builds", "a"));

    fixture.reopen();
    QVERIFY(fixture.entries().find("builds", "a/b")->blobs == put.blobs);
    QCOMPARE(fixture.got("builds", "a/b", "stdout"), std::string("out"));

    // 3 MiB in odd pieces, with buffers of bounded size.
    std::string large(3 << 20, 'x');
    for (std::size_t i = 0; i < large.size(); i += 7)
        large[i] = static_cast<char>(i);
    EntrySource streamed = source({});
    streamed.read = [inner = reading(large, 65'521)](std::span<std::byte> buffer) mutable {
        if (buffer.size() > 1U << 20U)
            throw std::logic_error("the buffer is too large");
        return inner(buffer);
    };
    fixture.entries().put("builds", "large", {streamed});
    QVERIFY(fixture.got("builds", "large") == large);
}

void EntriesTest::bytesAreStoredOnceAndClaimed()
{
    EntriesFixture fixture;
    fixture.cache->addEngine("main", "/run/main.sock", Sharing::Verified);
    put(*fixture.cache->contentStore("main"), "same bytes");
    fixture.put("s", "one", "same bytes");
    fixture.entries().put("s", "two", {source("same bytes", "a"), source("same bytes", "b")});
    QCOMPARE(fixture.cache->status().blobCount, std::uint64_t(1));
    QCOMPARE(fixture.holders("same bytes"), std::string("engine main, entry s:one, entry s:two"));

    fixture.put("s", "own", "own bytes");
    QCOMPARE(fixture.cache->blob(digestOf("own bytes"))->origin, std::string("entry"));
    // An engine does not get what only an entry has.
    QVERIFY(!fixture.cache->contentStore("main")->info(digestOf("own bytes")));

    // A cleanup leaves what entries claim, and takes it when they are gone.
    const CleanupOptions all{CleanupOptions::Mode::Run, 0};
    QVERIFY(fixture.cache->cleanup().collect(all, {}, {}).items.empty());
    QVERIFY(fixture.entries().remove("s", "own"));
    QVERIFY(fixture.isReleased("own bytes"));
    QCOMPARE(fixture.cache->cleanup().collect(all, {}, {}).items.size(), std::size_t(1));
    QCOMPARE(fixture.cache->status().blobCount, std::uint64_t(1));
}

void EntriesTest::expiresStrictlyAfterItsTtl()
{
    EntriesFixture fixture;
    fixture.put("s", "brief", "bytes", lasting(seconds(10)));
    fixture.put("s", "lasting", "other", lasting(nanoseconds(0)));
    fixture.put("s", "negative", "other", lasting(seconds(-1)));
    fixture.put("s", "eternal", "other", lasting(nanoseconds::max())); // its end is beyond 64 bits
    fixture.clock.pass(seconds(10));
    QCOMPARE(fixture.got("s", "brief"), std::string("bytes")); // and this does not extend it
    fixture.clock.pass(nanoseconds(1));
    QCOMPARE(fixture.got("s", "brief"), std::string("(expired)"));
    QVERIFY(!fixture.entries().has("s", "brief"));
    QVERIFY(fixture.entries().find("s", "brief"));
    fixture.clock.pass(hours(1'000'000));
    QCOMPARE(fixture.got("s", "lasting"), std::string("other"));
    QCOMPARE(fixture.got("s", "negative"), std::string("other"));
    QCOMPARE(fixture.got("s", "eternal"), std::string("other"));

    // Still claimed, until it is cleaned away.
    QCOMPARE(fixture.holders("bytes"), std::string("entry s:brief"));
    QCOMPARE(fixture.entries().clean("s").entries, std::uint64_t(1));
    QCOMPARE(fixture.got("s", "brief"), std::string("(nothing)"));
    QCOMPARE(fixture.keys("s"), std::string("eternal lasting negative"));
    QVERIFY(fixture.isReleased("bytes"));

    // A put begins anew.
    fixture.put("s", "again", "bytes", lasting(seconds(10)));
    fixture.clock.pass(seconds(8));
    const Entry second = fixture.put("s", "again", "more bytes", lasting(seconds(10)));
    QVERIFY(second.updatedAt - second.createdAt == seconds(8));
    fixture.clock.pass(seconds(8));
    QCOMPARE(fixture.got("s", "again"), std::string("more bytes"));
}

void EntriesTest::invalidatedUntilPutAgain()
{
    EntriesFixture fixture;
    QVERIFY(!fixture.entries().invalidate("s", "k"));
    fixture.put("s", "k", "bytes", lasting(seconds(5)));
    QVERIFY(fixture.entries().invalidate("s", "k"));
    QVERIFY(fixture.entries().invalidate("s", "k"));
    QCOMPARE(fixture.got("s", "k"), std::string("(invalidated)"));
    QVERIFY(!fixture.entries().has("s", "k"));
    fixture.clock.pass(seconds(10));
    QCOMPARE(fixture.got("s", "k"), std::string("(invalidated)"));
    fixture.reopen();
    QCOMPARE(fixture.got("s", "k"), std::string("(invalidated)"));
    fixture.put("s", "k", "bytes");
    QCOMPARE(fixture.got("s", "k"), std::string("bytes"));
    fixture.entries().invalidate("s", "k");
    QCOMPARE(fixture.entries().clean("").entries, std::uint64_t(1));
    QCOMPARE(fixture.got("s", "k"), std::string("(nothing)"));
}

void EntriesTest::damagedBytesAreNeverHandedOut()
{
    EntriesFixture fixture;
    const auto damage = [&](std::string_view bytes, std::string_view others) {
        std::filesystem::permissions(fixture.layout.blob(digestOf(bytes)), std::filesystem::perms::owner_all);
        writeFile(fixture.layout.blob(digestOf(bytes)), others);
    };
    fixture.put("s", "k", "right bytes");
    damage("right bytes", "wrong bytes");
    QCOMPARE(fixture.got("s", "k"), std::string("(corrupted)"));
    QCOMPARE(fixture.got("s", "k"), std::string("(corrupted)"));
    QVERIFY(!fixture.entries().has("s", "k"));
    fixture.put("s", "k", "right bytes");
    QCOMPARE(fixture.got("s", "k"), std::string("right bytes"));

    std::filesystem::remove(fixture.layout.blob(digestOf("right bytes")));
    QVERIFY(!fixture.entries().has("s", "k"));
    QCOMPARE(fixture.got("s", "k"), std::string("(corrupted)"));

    // A put that names the digest does not take damaged bytes for it.
    fixture.put("s", "other", "right bytes");
    damage("right bytes", "wrong bytes");
    EntrySource expected = source("right bytes");
    expected.expected = digestOf("right bytes");
    fixture.entries().put("s", "k", {expected});
    QCOMPARE(fixture.got("s", "k"), std::string("right bytes"));
    QCOMPARE(fixture.got("s", "other"), std::string("right bytes"));
}

void EntriesTest::putChecksDigestAndSize()
{
    EntriesFixture fixture;
    const auto code = [&](const std::string& bytes, std::optional<Digest> expected, std::optional<std::uint64_t> size) {
        EntrySource one = source(bytes);
        one.expected = expected;
        one.size = size;
        return errorOf([&] { fixture.entries().put("s", "k", {one}); });
    };
    QVERIFY(code("abc", digestOf("abd"), {}) == ErrorCode::FailedPrecondition);
    QVERIFY(code("abc", {}, 2) == ErrorCode::FailedPrecondition);
    QVERIFY(code("abc", {}, 4) == ErrorCode::FailedPrecondition);
    QCOMPARE(fixture.cache->status().blobCount - fixture.cache->status().releasedCount, std::uint64_t(0));
    QCOMPARE(fixture.cache->status().ingestCount, std::uint64_t(0));
    QVERIFY(!fixture.entries().find("s", "k"));
    QVERIFY(!code("abc", digestOf("abc"), 3));
    const Digest sha512 = Hasher::of(bytesOf("abc"), DigestAlgorithm::Sha512);
    QVERIFY(!code("abc", sha512, {}));
    QVERIFY(fixture.entries().find("s", "k")->blobs.front().digest == sha512);
    QVERIFY(code("", sha512, 4) == ErrorCode::FailedPrecondition); // it is stored, so this is known without reading
}

void EntriesTest::aFailedPutChangesNothing()
{
    EntriesFixture fixture;
    const Entry before = fixture.put("s", "k", "old");
    EntrySource failing = source({}, "second");
    failing.read = [count = 0](std::span<std::byte> buffer) mutable -> std::size_t {
        if (++count == 3)
            throw std::runtime_error("the source broke");
        return buffer.size();
    };
    bool isThrown = false;
    try {
        fixture.entries().put("s", "k", {source("new", "first"), failing});
    } catch (const std::runtime_error& error) {
        isThrown = std::string(error.what()) == "the source broke";
    }
    QVERIFY(isThrown);
    QVERIFY(fixture.entries().find("s", "k") == before);
    QVERIFY(fixture.isReleased("new")); // what came in stays as a released blob, like any other
    QCOMPARE(fixture.cache->status().ingestCount, std::uint64_t(0));
    QVERIFY(std::filesystem::is_empty(fixture.layout.ingestDirectory()));
    EntrySource greedy = source({});
    greedy.read = [](std::span<std::byte> buffer) { return buffer.size() + 1; };
    QVERIFY(errorOf([&] { fixture.entries().put("s", "k", {greedy}); }) == ErrorCode::InvalidArgument);
    QVERIFY(fixture.entries().find("s", "k") == before);
}

void EntriesTest::aStoredDigestIsNotReadAgain()
{
    EntriesFixture fixture;
    fixture.put("s", "k", "bytes");
    EntrySource unread;
    unread.expected = digestOf("bytes");
    unread.read = [](std::span<std::byte>) -> std::size_t { throw std::logic_error("it is read"); };
    fixture.entries().put("s", "other", {unread});
    QCOMPARE(fixture.got("s", "other"), std::string("bytes"));
    QCOMPARE(fixture.holders("bytes"), std::string("entry s:k, entry s:other"));
}

void EntriesTest::aPutReplacesOrKeepsOtherNames()
{
    EntriesFixture fixture;
    fixture.entries().put("s", "k", {source("one", "a"), source("two", "b")});
    PutOptions keep;
    keep.otherNames = PutOptions::OtherNames::Keep;
    fixture.entries().put("s", "k", {source("three", "a")}, keep);
    QCOMPARE(fixture.got("s", "k", "a") + ' ' + fixture.got("s", "k", "b"), std::string("three two"));
    QVERIFY(fixture.isReleased("one"));
    fixture.entries().put("s", "k", {source("four", "c")});
    QCOMPARE(fixture.got("s", "k", "a") + ' ' + fixture.got("s", "k", "c"), std::string("(nothing) four"));
    QVERIFY(fixture.isReleased("two") && fixture.isReleased("three") && !fixture.isReleased("four"));
    // The old bytes can be read on by who has them open.
    const auto reader = fixture.entries().get("s", "k", "c");
    fixture.entries().put("s", "k", {source("five", "c")});
    QCOMPARE(readAll(*reader), std::string("four"));

    // Names that add up to too many.
    std::vector<EntrySource> sources;
    for (int i = 0; i < 16; ++i)
        sources.push_back(source("x", "n" + std::to_string(i)));
    fixture.entries().put("s", "full", sources);
    QVERIFY(errorOf([&] { fixture.entries().put("s", "full", {source("x", "one more")}, keep); }) ==
            ErrorCode::InvalidArgument);
}

void EntriesTest::removeAndClear()
{
    EntriesFixture fixture;
    QVERIFY(!fixture.entries().remove("s", "k"));
    fixture.put("s", "k", "one");
    fixture.put("s/below", "k", "two");
    fixture.put("s-beside", "k", "three");
    QVERIFY(fixture.entries().remove("s", "k"));
    QVERIFY(!fixture.entries().remove("s", "k"));
    QCOMPARE(fixture.entries().size("s").entries, std::uint64_t(1));
    fixture.put("s", "k", "one");
    const EntryTotals cleared = fixture.entries().clear("s");
    QCOMPARE(cleared.entries, std::uint64_t(2));
    QCOMPARE(cleared.bytes, std::uint64_t(6));
    QCOMPARE(fixture.entries().size("s").entries, std::uint64_t(0));
    QCOMPARE(fixture.entries().size("s").bytes, std::uint64_t(0));
    QCOMPARE(fixture.got("s-beside", "k"), std::string("three"));
    QVERIFY(fixture.isReleased("one") && fixture.isReleased("two") && !fixture.isReleased("three"));
    QCOMPARE(fixture.entries().clear("").entries, std::uint64_t(1));
    QVERIFY(fixture.isCountedRight());

    // More than go in one transaction.
    for (int i = 0; i < 600; ++i)
        fixture.put("many", std::to_string(i), "the same");
    QCOMPARE(fixture.entries().clear("many").entries, std::uint64_t(600));
}

void EntriesTest::listsByPrefixInPages()
{
    EntriesFixture fixture;
    for (const char* key : {"b", "a/2", "a/1", "a", "ab", "\xff", "\xff\xff"})
        fixture.put("s", key, key);
    fixture.put("s/below", "a/3", "x");
    QCOMPARE(fixture.keys("s"), std::string("a a/1 a/2 ab b \xff \xff\xff"));
    QCOMPARE(fixture.keys("s", "a/"), std::string("a/1 a/2"));
    QCOMPARE(fixture.keys("s", "a"), std::string("a a/1 a/2 ab")); // a prefix of text, not of path parts
    QCOMPARE(fixture.keys("s", "\xff"), std::string("\xff \xff\xff"));
    QCOMPARE(fixture.keys("s", "c"), std::string());
    QCOMPARE(fixture.keys("nowhere"), std::string());
    QCOMPARE(fixture.entries().list("s", "a", "a/1", 2).front().key, std::string("a/2"));
    QCOMPARE(fixture.entries().list("s", "a", "a/1", 2).size(), std::size_t(2));
    QCOMPARE(fixture.entries().list("s", "a", "ab", 2).size(), std::size_t(0));
    QCOMPARE(fixture.entries().list("s", "", "", 0).size(), std::size_t(0));
    QCOMPARE(fixture.entries().list("s", "a/1", "", 5).front().blobs.front().digest.toString(),
             digestOf("a/1").toString());
}

void EntriesTest::usesAreCountedByDeliveries()
{
    EntriesFixture fixture;
    fixture.put("s", "k", "bytes");
    const TimePoint put = fixture.clock.now();
    fixture.clock.pass(seconds(5));
    fixture.entries().find("s", "k");
    fixture.entries().has("s", "k");
    fixture.entries().list("s", "", "", 10);
    fixture.cache->flush();
    QVERIFY(fixture.entries().find("s", "k")->usedAt == put);
    fixture.got("s", "k");
    fixture.got("s", "k");
    fixture.cache->flush();
    QVERIFY(fixture.entries().find("s", "k")->usedAt == fixture.clock.now());
    QCOMPARE(fixture.entries().find("s", "k")->uses, std::uint64_t(2));
    fixture.got("s", "k");
    fixture.reopen(); // a clean end flushes
    QCOMPARE(fixture.entries().find("s", "k")->uses, std::uint64_t(3));
    fixture.put("s", "k", "others");
    QCOMPARE(fixture.entries().find("s", "k")->uses, std::uint64_t(3));
}

void EntriesTest::badNames()
{
    EntriesFixture fixture;
    const auto putting = [&](const std::string& scope, const std::string& key, const std::string& name) {
        return errorOf([&] { fixture.entries().put(scope, key, {source("x", name)}); });
    };
    using namespace std::string_literals;
    for (const std::string& scope :
         {""s, "."s, ".."s, "a/"s, "/a"s, "a//b"s, "a/../b"s, "a\\b"s, "a\0b"s, std::string(1025, 'a')})
        QVERIFY2(putting(scope, "k", "data") == ErrorCode::InvalidArgument, scope.c_str());
    for (const std::string& key : {""s, "_x"s, "a..b"s, ".."s, "a\0"s, std::string(1025, 'a')})
        QVERIFY2(putting("s", key, "data") == ErrorCode::InvalidArgument, key.c_str());
    for (const std::string& name : {""s, "."s, ".."s, "a/b"s, "a\\b"s, "a\0"s, std::string(256, 'a')})
        QVERIFY2(putting("s", "k", name) == ErrorCode::InvalidArgument, name.c_str());
    for (const std::string& key : {"a"s, std::string(1024, 'a'), "/a//b"s, "\xff\x01 \n"s, "a.b"s, "a_"s}) {
        QVERIFY2(!putting("s", key, "data"), key.c_str());
        QCOMPARE(fixture.got("s", key), std::string("x"));
    }
    QVERIFY(!putting(std::string(512, 'a') + '/' + std::string(511, 'b'), "k", std::string(255, 'n')));
    QVERIFY(errorOf([&] { fixture.entries().put("s", "k", {}); }) == ErrorCode::InvalidArgument);
    QVERIFY(errorOf([&] { fixture.entries().put("s", "k", {EntrySource{}}); }) == ErrorCode::InvalidArgument);
    QVERIFY(errorOf([&] {
                fixture.entries().put("s", "k", {source("x"), source("y")});
            }) == ErrorCode::InvalidArgument);
    QVERIFY(errorOf([&] { fixture.entries().put("s", "k", std::vector(17, source("x"))); }) ==
            ErrorCode::InvalidArgument);
    for (const std::string& metadata : {"{"s, "nul"s, "\"\xff\""s, '"' + std::string(16 * 1024, 'x') + '"'}) {
        PutOptions options;
        options.metadata = metadata;
        QVERIFY(errorOf([&] { fixture.put("s", "k", "x", options); }) == ErrorCode::InvalidArgument);
    }
    QVERIFY(errorOf([&] { fixture.entries().setScope("", {}); }) == ErrorCode::InvalidArgument);
    QVERIFY(errorOf([&] { fixture.entries().clear("a/"); }) == ErrorCode::InvalidArgument);
    QVERIFY(errorOf([&] { fixture.entries().list("", "", "", 1); }) == ErrorCode::InvalidArgument);
}

void EntriesTest::namesOfHoldersCanBeTakenApart()
{
    using namespace std::string_literals;
    const std::pair<std::string, std::string> pairs[] = {{"a/b", "c:d%"},         {"a:b", "c"},   {"a", "b:c"},
                                                         {"\xc3\xa4", " \n\xff"}, {"a%3ab", "x"}, {"", ""}};
    std::set<std::string> names;
    for (const auto& [scope, key] : pairs) {
        const std::string name = entryName(scope, key);
        QVERIFY(std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c <= '~'; }));
        QVERIFY(names.insert(name).second);
        QVERIFY(parseEntryName(name) == std::pair(scope, key));
    }
    QCOMPARE(entryName("a:b", "c:d e"), std::string("a%3ab:c:d%20e"));
    for (const char* bad : {"", "abc", "a:%", "a:%2", "a:%xy", "%4:a"})
        QVERIFY2(!parseEntryName(bad), bad);
}

void EntriesTest::cancelledCallsDoNothing()
{
    EntriesFixture fixture;
    fixture.put("s", "k", "bytes");
    std::stop_source stopped;
    stopped.request_stop();
    const std::stop_token stop = stopped.get_token();
    Entries& entries = fixture.entries();
    const std::uint64_t events = fixture.cache->lastEvent();
    const std::function<void()> calls[] = {
        [&] { entries.setScope("new", {}, stop); },
        [&] { entries.scopes("", stop); },
        [&] { entries.put("s", "k", {source("other")}, {}, stop); },
        [&] { entries.find("s", "k", stop); },
        [&] { entries.has("s", "k", stop); },
        [&] { entries.get("s", "k", "data", stop); },
        [&] { entries.remove("s", "k", stop); },
        [&] { entries.invalidate("s", "k", stop); },
        [&] { entries.list("s", "", "", 1, stop); },
        [&] { entries.size("s", stop); },
        [&] { entries.clear("s", stop); },
        [&] { entries.clean("s", {}, stop); },
    };
    for (const auto& call : calls)
        QVERIFY_EXCEPTION_THROWN(call(), Cancelled);
    QCOMPARE(fixture.cache->lastEvent(), events);
    QCOMPARE(fixture.got("s", "k"), std::string("bytes"));
    QCOMPARE(entries.scopes("").size(), std::size_t(1));
}

void EntriesTest::cancelledMidway()
{
    EntriesFixture fixture;
    fixture.put("s", "k", "bytes");
    std::stop_source stop;
    EntrySource second = source({}, "second");
    second.read = [&](std::span<std::byte> buffer) {
        stop.request_stop();
        return buffer.size();
    };
    QVERIFY_EXCEPTION_THROWN(fixture.entries().put("s", "k", {source("first", "first"), second}, {}, stop.get_token()),
                             Cancelled);
    QCOMPARE(fixture.got("s", "k"), std::string("bytes"));
    QVERIFY(std::filesystem::is_empty(fixture.layout.ingestDirectory()));
    QVERIFY(fixture.isReleased("first"));
}

void EntriesTest::manyThreads()
{
    EntriesFixture fixture;
    fixture.entries().setScope("s", {std::nullopt, 100'000});
    constexpr int writers = 8;
    {
        std::vector<std::jthread> threads;
        for (int writer = 0; writer < writers; ++writer)
            threads.emplace_back([&, writer] {
                for (int i = 0; i < 20; ++i) {
                    const std::string bytes(2000, static_cast<char>('a' + (writer + i) % 5));
                    fixture.put("s", "shared", bytes);
                    fixture.put("s/" + std::to_string(writer), std::to_string(i % 4), bytes + std::to_string(i));
                    fixture.got("s", "shared");
                    fixture.entries().remove("s/" + std::to_string(writer), std::to_string((i + 1) % 4));
                }
            });
    }
    QVERIFY(fixture.got("s", "shared").size() == 2000);
    QVERIFY(fixture.isCountedRight());
    QVERIFY(fixture.entries().size("s").bytes <= 100'000);
    QVERIFY(std::filesystem::is_empty(fixture.layout.ingestDirectory()));
    // Nothing is claimed but what entries have.
    std::set<std::string> needed;
    for (const Scope& scope : fixture.entries().scopes(""))
        for (const Entry& entry : fixture.entries().list(scope.path, "", "", 1000))
            needed.insert(entry.blobs.front().digest.toString());
    for (const Blob& blob : fixture.cache->blobs({}, {}, 1000))
        QCOMPARE(!blob.released, needed.contains(blob.digest.toString()));
}

QTEST_GUILESS_MAIN(EntriesTest)
#include "entries_test.moc"
