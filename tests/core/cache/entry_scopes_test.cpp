// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Scopes of entries: what they count, and how their budgets are kept.
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "entries_fixture.h"

#include "index/connection.h"

#include <map>
#include <random>
#include <stdexcept>

using namespace layerhold;
using namespace layerhold::test;

namespace {

using std::chrono::hours;
using std::chrono::nanoseconds;
using std::chrono::seconds;

ScopeSettings budget(std::uint64_t bytes)
{
    return {std::nullopt, bytes};
}

} // namespace

class EntryScopesTest : public QObject
{
    Q_OBJECT

private slots:
    void scopesAreApartAndCountedOnce();
    void ttlComesFromTheNearestScope();
    void tooLargeIsRefusedFirst();
    void leastRecentlyUsedGoesForTheBudget();
    void expiredGoBeforeUsed();
    void budgetOfAParent();
    void cleanByAgeAndSize();
    void cleansMoreThanOneBatch();
    void aLostRowOfAScopeCountsWhatIsThere();
    void randomWorkIsCountedRight();
};

void EntryScopesTest::scopesAreApartAndCountedOnce()
{
    EntriesFixture fixture;
    fixture.put("a", "k", "12345");
    fixture.put("a/b", "k", "12345");
    fixture.put("a/b", "other", "123");
    fixture.put("a/c", "k", "12345");
    fixture.put("a.b", "k", "12345");
    QCOMPARE(fixture.got("a/b", "k"), std::string("12345"));
    QVERIFY(!fixture.entries().has("a", "other")); // a parent does not answer for its children
    QCOMPARE(fixture.entries().size("a/b").bytes, std::uint64_t(8));
    QCOMPARE(fixture.entries().size("a").bytes, std::uint64_t(8)); // the five bytes count once
    QCOMPARE(fixture.entries().size("a").entries, std::uint64_t(4));
    QCOMPARE(fixture.entries().size("").entries, std::uint64_t(5));
    QCOMPARE(fixture.entries().size("").bytes, std::uint64_t(8));
    std::string paths;
    for (const Scope& scope : fixture.entries().scopes("a"))
        paths += scope.path + ':' + std::to_string(scope.bytes) + ' ';
    QCOMPARE(paths, std::string("a:8 a/b:8 a/c:5 "));
    QCOMPARE(fixture.entries().scopes("").size(), std::size_t(4));
    fixture.entries().remove("a", "k");
    QCOMPARE(fixture.entries().size("a").bytes, std::uint64_t(8));
    fixture.entries().clear("a/b");
    QCOMPARE(fixture.entries().size("a").bytes, std::uint64_t(5));
    QVERIFY(fixture.isCountedRight());

    const Scope made = fixture.entries().setScope("new/below", {seconds(3), 7});
    QVERIFY((made.settings == ScopeSettings{seconds(3), 7}));
    QCOMPARE(fixture.entries().scopes("new").size(), std::size_t(2));
    fixture.reopen();
    QVERIFY((fixture.entries().scopes("new/below").front().settings == ScopeSettings{seconds(3), 7}));
}

void EntryScopesTest::ttlComesFromTheNearestScope()
{
    EntriesFixture fixture;
    fixture.entries().setScope("a", {seconds(100), 0});
    fixture.entries().setScope("a/b", {std::nullopt, 0});
    fixture.entries().setScope("a/never", {seconds(0), 0});
    QVERIFY(fixture.put("a/b/c", "k", "x").ttl == seconds(100));
    QVERIFY(fixture.put("a/never/c", "k", "x").ttl == seconds(0));
    QVERIFY(fixture.put("other", "k", "x").ttl == seconds(0));
    QVERIFY(fixture.put("a/b/c", "own", "x", lasting(seconds(5))).ttl == seconds(5));
    fixture.entries().setScope("a", {seconds(1), 0}); // from the next put on
    QVERIFY(fixture.entries().find("a/b/c", "k")->ttl == seconds(100));
    QVERIFY(fixture.put("a/b/c", "k", "x").ttl == seconds(1));
}

void EntryScopesTest::tooLargeIsRefusedFirst()
{
    EntriesFixture fixture;
    fixture.entries().setScope("s", budget(10));
    fixture.put("s", "a", "aaaa");
    fixture.put("s", "b", "bbbb");
    std::size_t read = 0;
    EntrySource endless = source({});
    endless.read = [&read](std::span<std::byte> buffer) { // a source that does not say how much it has
        read += buffer.size();
        return buffer.size();
    };
    QVERIFY(errorOf([&] { fixture.entries().put("s", "k", {endless}); }) == ErrorCode::Full);
    QVERIFY(read <= 2U << 20U);
    EntrySource unread = source("x");
    unread.size = 11;
    unread.read = [](std::span<std::byte>) -> std::size_t { throw std::logic_error("it is read"); };
    QVERIFY(errorOf([&] { fixture.entries().put("s", "k", {unread}); }) == ErrorCode::Full);
    QVERIFY(errorOf([&] {
                fixture.entries().put("s", "k", {source("123456", "a"), source("78901", "b")});
            }) == ErrorCode::Full);
    QVERIFY(errorOf([&] { fixture.entries().put("s/below/it", "k", {source("12345678901")}); }) == ErrorCode::Full);
    QCOMPARE(fixture.keys("s"), std::string("a b"));
    QVERIFY(std::filesystem::is_empty(fixture.layout.ingestDirectory()));

    // The same bytes under two names count once; exactly the budget fits, and all others go.
    fixture.entries().put("s", "k", {source("1234567890", "a"), source("1234567890", "b")});
    QCOMPARE(fixture.keys("s"), std::string("k"));
    // Kept names count.
    PutOptions keep;
    keep.otherNames = PutOptions::OtherNames::Keep;
    QVERIFY(errorOf([&] { fixture.entries().put("s", "k", {source("1", "c")}, keep); }) == ErrorCode::Full);
    QCOMPARE(fixture.got("s", "k", "a"), std::string("1234567890"));
}

void EntryScopesTest::leastRecentlyUsedGoesForTheBudget()
{
    EntriesFixture fixture;
    fixture.entries().setScope("s", budget(10));
    for (const char* key : {"a", "b", "c"}) {
        fixture.put("s", key, std::string(3, *key));
        fixture.clock.pass(seconds(1));
    }
    fixture.put("beside", "x", "1234567890");
    fixture.got("s", "a"); // now b is the oldest
    fixture.clock.pass(seconds(1));
    fixture.put("s", "d", "ddd");
    QCOMPARE(fixture.keys("s"), std::string("a c d"));
    QVERIFY(fixture.isReleased("bbb"));
    fixture.clock.pass(seconds(1));
    fixture.put("s", "c", "CCC"); // a put is a use, and replaces what it counted
    fixture.put("s", "e", "eeee");
    QCOMPARE(fixture.keys("s"), std::string("c d e"));
    QCOMPARE(fixture.got("beside", "x"), std::string("1234567890"));

    // All at one time: never the one that is put.
    for (const char* key : {"0", "z", "m"}) {
        fixture.put("s", key, std::string(9, *key));
        QCOMPARE(fixture.keys("s"), std::string(key));
    }
    QVERIFY(fixture.isCountedRight());
    std::size_t evicted = 0;
    for (const Event& event : fixture.cache->eventsAfter(0, 1000).events)
        if (event.kind == "entry_evicted") {
            ++evicted;
            QVERIFY(event.bytes >= 3 && !event.detail.empty());
        }
    QCOMPARE(evicted, std::size_t(7));

    // Not more than is needed, and what is shared frees nothing.
    fixture.entries().setScope("t", budget(10));
    fixture.put("t", "1", "same.");
    fixture.put("t", "2", "same.");
    fixture.clock.pass(seconds(1));
    fixture.put("t", "3", "123");
    fixture.clock.pass(seconds(1));
    fixture.put("t", "4", "1234");
    QCOMPARE(fixture.keys("t"), std::string("3 4"));
}

void EntryScopesTest::expiredGoBeforeUsed()
{
    EntriesFixture fixture;
    fixture.entries().setScope("s", budget(10));
    fixture.put("s", "old", "old");
    fixture.clock.pass(seconds(1));
    fixture.put("s", "brief", "bri", lasting(seconds(1)));
    fixture.put("s", "void", "voi");
    fixture.entries().invalidate("s", "void");
    fixture.clock.pass(seconds(2));
    fixture.put("s", "new", "1234567");
    QCOMPARE(fixture.keys("s"), std::string("new old"));
}

void EntryScopesTest::budgetOfAParent()
{
    EntriesFixture fixture;
    fixture.entries().setScope("p", budget(10));
    fixture.entries().setScope("p/child", budget(30)); // does not help: the parent's counts as well
    fixture.put("p/child", "a", "aaaaa");
    fixture.clock.pass(seconds(1));
    fixture.put("p/other", "b", "bbbb");
    fixture.clock.pass(seconds(1));
    fixture.put("p", "c", "ccc");
    QCOMPARE(fixture.keys("p/child"), std::string());
    QCOMPARE(fixture.keys("p/other"), std::string("b"));
    // A scope's own budget leaves the others alone.
    fixture.entries().setScope("p/other", budget(4));
    fixture.clock.pass(seconds(1));
    fixture.put("p/other", "d", "ddd");
    QCOMPARE(fixture.keys("p/other"), std::string("d"));
    QCOMPARE(fixture.keys("p"), std::string("c"));
    QVERIFY(fixture.isCountedRight());
}

void EntryScopesTest::cleanByAgeAndSize()
{
    EntriesFixture fixture;
    for (const char* key : {"a", "b", "c", "d"}) {
        fixture.put(std::string("s/") + key, key, std::string(4, *key));
        fixture.clock.pass(hours(1));
    }
    fixture.got("s/a", "a"); // reading does not make it younger
    CleanOptions options;
    options.maxAge = hours(3) + std::chrono::minutes(30);
    QCOMPARE(fixture.entries().clean("s", options).entries, std::uint64_t(1));
    QCOMPARE(fixture.keys("s/a"), std::string());
    QCOMPARE(fixture.entries().clean("s", {}).entries, std::uint64_t(0)); // nothing said, nothing void
    fixture.got("s/b", "b");                                              // but the last that is chosen by size
    options = {};
    options.maxBytes = 7;
    const EntryTotals cleaned = fixture.entries().clean("s", options);
    QCOMPARE(cleaned.entries, std::uint64_t(2));
    QCOMPARE(cleaned.bytes, std::uint64_t(8));
    QCOMPARE(fixture.keys("s/b"), std::string("b"));
    QVERIFY(errorOf([&] { fixture.entries().clean("", options); }) == ErrorCode::InvalidArgument);
    // A fresh entry below survives the cleaning of its parent.
    fixture.put("s/x", "fresh", "fresh");
    options = {};
    options.maxAge = hours(24);
    QCOMPARE(fixture.entries().clean("s", options).entries, std::uint64_t(0));
}

void EntryScopesTest::cleansMoreThanOneBatch()
{
    EntriesFixture fixture;
    for (int i = 0; i < 300; ++i) { // 256 go in one transaction
        fixture.put("s", std::to_string(i), std::to_string(1000 + i), i < 10 ? lasting(seconds(1)) : PutOptions());
        fixture.clock.pass(seconds(1));
    }
    fixture.entries().invalidate("s", "5"); // void twice over, and counted once
    fixture.entries().invalidate("s", "20");
    CleanOptions options;
    options.maxBytes = 4 * 3;
    const EntryTotals cleaned = fixture.entries().clean("s", options);
    QCOMPARE(cleaned.entries, std::uint64_t(297));
    QCOMPARE(cleaned.bytes, std::uint64_t(4 * 297));
    QCOMPARE(fixture.keys("s"), std::string("297 298 299"));
    QVERIFY(fixture.isCountedRight());
}

void EntryScopesTest::aLostRowOfAScopeCountsWhatIsThere()
{
    EntriesFixture fixture;
    fixture.put("a/b", "k", "12345");
    fixture.put("a", "k", "12345");
    const auto tamper = [&](const std::string& sql) {
        fixture.cache.reset();
        Connection(fixture.layout.indexDatabase(), {}).database().execute(sql);
        fixture.open();
    };
    tamper("DELETE FROM scopes");
    fixture.put("a/b", "other", "123");
    QCOMPARE(fixture.entries().scopes("a").size(), std::size_t(2));
    QCOMPARE(fixture.entries().scopes("a").front().bytes, std::uint64_t(8));
    QVERIFY(fixture.isCountedRight());
    tamper("UPDATE scopes SET used_bytes = -7"); // never a huge number
    QCOMPARE(fixture.entries().scopes("a").front().bytes, std::uint64_t(0));
}

void EntryScopesTest::randomWorkIsCountedRight()
{
    EntriesFixture fixture;
    std::mt19937 random(11);
    const std::vector<std::string> scopes = {"a", "a/b", "a/b/c", "a/d", "e"};
    std::map<std::pair<std::string, std::string>, std::string> model;
    for (int step = 0; step < 1500; ++step) {
        const std::string scope = scopes[random() % scopes.size()];
        const std::string key = std::to_string(random() % 12);
        const std::string bytes(random() % 40, static_cast<char>('a' + random() % 3));
        switch (random() % 8) {
        case 0:
            QCOMPARE(fixture.entries().remove(scope, key), model.erase({scope, key}) > 0);
            break;
        case 1:
            if (step % 10 == 0) {
                fixture.entries().clear(scope);
                std::erase_if(model, [&](const auto& item) {
                    return item.first.first == scope || item.first.first.starts_with(scope + '/');
                });
                break;
            }
            [[fallthrough]];
        default:
            fixture.put(scope, key, bytes);
            model[{scope, key}] = bytes;
        }
        fixture.clock.pass(nanoseconds(1));
    }
    for (const std::string& scope : scopes) {
        std::map<std::string, std::uint64_t> distinct;
        std::uint64_t count = 0;
        for (const auto& [id, bytes] : model)
            if (id.first == scope || id.first.starts_with(scope + '/')) {
                distinct[bytes] = bytes.size();
                ++count;
            }
        std::uint64_t sum = 0;
        for (const auto& [bytes, size] : distinct)
            sum += size;
        QCOMPARE(fixture.entries().size(scope).entries, count);
        QCOMPARE(fixture.entries().size(scope).bytes, sum);
    }
    QVERIFY(fixture.isCountedRight());
    for (const auto& [id, bytes] : model)
        QCOMPARE(fixture.got(id.first, id.second), bytes);
}

QTEST_GUILESS_MAIN(EntryScopesTest)
#include "entry_scopes_test.moc"
