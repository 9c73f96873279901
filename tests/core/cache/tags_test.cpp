// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache_fixture.h"

#include "index/claims.h"
#include "index/tags.h"

#include <atomic>
#include <thread>

using namespace layerhold;
using namespace layerhold::test;

namespace {

using namespace std::chrono_literals;

/// Stands still until it is moved.
class StillClock final : public Clock
{
public:
    TimePoint now() const override { return fromNanoseconds(m_now.load()); }

    std::chrono::steady_clock::time_point steadyNow() const override
    {
        return std::chrono::steady_clock::time_point(std::chrono::nanoseconds(m_now.load()));
    }

    void advance(std::chrono::nanoseconds time) { m_now += time.count(); }

private:
    std::atomic<std::int64_t> m_now{1'700'000'000'000'000'000};
};

Digest digestNumber(int number)
{
    return digestOf("digest " + std::to_string(number));
}

struct TagsFixture
{
    explicit TagsFixture(TagOptions tagOptions = {})
        : options(tagOptions)
        , layout(root.path() / "cache")
    {
        open();
    }

    void open()
    {
        CacheOptions cacheOptions;
        cacheOptions.root = layout.root();
        cacheOptions.clock = &clock;
        cacheOptions.tags = options;
        cache = Cache::open(cacheOptions);
    }

    void reopen()
    {
        cache.reset();
        open();
    }

    Tags& tags() const { return cache->tags(); }

    std::vector<Claim> claimsOf(const Digest& digest) const
    {
        std::vector<Claim> claims;
        for (const ClaimPath& path : cache->why(digest))
            claims.push_back(path.claim);
        return claims;
    }

    TagOptions options;
    StillClock clock;
    TempRoot root;
    Layout layout;
    std::unique_ptr<Cache> cache;
};

/// Everything about a tag that must outlive the index.
void compareTags(const Tag& a, const Tag& b)
{
    QCOMPARE(a.reference, b.reference);
    QVERIFY(a.digest == b.digest);
    QVERIFY(a.cause == b.cause);
    QCOMPARE(a.by, b.by);
    QVERIFY(a.createdAt == b.createdAt);
    QVERIFY(a.movedAt == b.movedAt);
    QVERIFY(a.updatedAt == b.updatedAt);
    QCOMPARE(a.isClaim, b.isClaim);
}

} // namespace

class TagsTest : public QObject
{
    Q_OBJECT

private slots:

    void firstPutMakesTheTag()
    {
        TagsFixture fixture;
        const Tag tag = fixture.tags().put("nginx", digestNumber(1), TagCause::Pull, "me");
        QCOMPARE(tag.reference, std::string("docker.io/library/nginx:latest"));
        QVERIFY(tag.digest == digestNumber(1));
        QVERIFY(tag.createdAt == fixture.clock.now() && tag.updatedAt == tag.createdAt);
        QCOMPARE(tag.accessCount, std::uint64_t(0));
        QVERIFY(!tag.isPresent && tag.isClaim && !tag.isStale);
        const auto history = fixture.tags().history("nginx");
        QCOMPARE(history.size(), std::size_t(1));
        QVERIFY(!history.front().from && history.front().to == digestNumber(1));
    }

    void theSameDigestAgainOnlyValidates()
    {
        TagsFixture fixture;
        const Tag first = fixture.tags().put("nginx", digestNumber(1), TagCause::Pull, "me");
        fixture.clock.advance(1h);
        const Tag again = fixture.tags().put("docker.io/nginx:latest", digestNumber(1), TagCause::Resolve, "you");
        QVERIFY(again.updatedAt == fixture.clock.now());
        QVERIFY(again.createdAt == first.createdAt && again.movedAt == first.movedAt);
        QVERIFY(again.cause == TagCause::Pull);
        QCOMPARE(again.by, std::string("me"));
        QCOMPARE(fixture.tags().history("nginx").size(), std::size_t(1));
    }

    void movesGoToTheHistoryAndTheOldestIsDropped()
    {
        TagsFixture fixture;
        for (int i = 0; i < 15; ++i) {
            fixture.clock.advance(1s);
            fixture.tags().put("app:1", digestNumber(i), i % 2 == 0 ? TagCause::Pull : TagCause::Resolve,
                               "by " + std::to_string(i));
        }
        const auto history = fixture.tags().history("app:1");
        QCOMPARE(history.size(), std::size_t(10));
        for (int i = 0; i < 10; ++i) {
            const TagMove& move = history[static_cast<std::size_t>(i)];
            const int number = 14 - i;
            QVERIFY(move.to == digestNumber(number) && move.from == digestNumber(number - 1));
            QVERIFY(move.at == fixture.clock.now() - std::chrono::seconds(i));
            QVERIFY(move.cause == (number % 2 == 0 ? TagCause::Pull : TagCause::Resolve));
            QCOMPARE(move.by, "by " + std::to_string(number));
        }
    }

    void withoutHistoryNothingIsWritten()
    {
        TagsFixture fixture({.history = 0});
        for (int i = 0; i < 3; ++i)
            fixture.tags().put("app:1", digestNumber(i), TagCause::Pull, "");
        QVERIFY(fixture.tags().history("app:1").empty());
        QVERIFY(fixture.tags().find("app:1")->digest == digestNumber(2));
        fixture.cache.reset();
        Connection index(fixture.layout.indexDatabase(), {});
        QVERIFY(tag_moves::newest(index, "docker.io/library/app:1", 100).empty());
    }

    void aSmallerLimitHoldsAtOnce()
    {
        TagsFixture fixture;
        for (int i = 0; i < 5; ++i)
            fixture.tags().put("app:1", digestNumber(i), TagCause::Pull, "");
        fixture.cache.reset();
        fixture.options.history = 2;
        fixture.open();
        QCOMPARE(fixture.tags().history("app:1").size(), std::size_t(2));
    }

    void refusesOptionsThatMakeNoSense()
    {
        for (const TagOptions& options :
             {TagOptions{.history = -1}, TagOptions{.history = 10'001}, TagOptions{.ttl = -1s},
              TagOptions{.ttl = TagOptions::longestTtl + 1s}, TagOptions{.history = INT64_MIN}})
            QVERIFY(errorOf([&] { TagsFixture fixture(options); }) == ErrorCode::InvalidArgument);
    }

    void refusesBadInput()
    {
        TagsFixture fixture;
        Tags& tags = fixture.tags();
        for (const char* reference : {"", "A/b", "x:", "x@sha256:1", "a b"}) {
            QVERIFY(errorOf([&] { tags.put(reference, digestNumber(1), TagCause::Pull, ""); }) ==
                    ErrorCode::InvalidArgument);
            QVERIFY(errorOf([&] { tags.get(reference); }) == ErrorCode::InvalidArgument);
            QVERIFY(errorOf([&] { tags.has(reference); }) == ErrorCode::InvalidArgument);
            QVERIFY(errorOf([&] { tags.remove(reference, TagCause::Manual, ""); }) == ErrorCode::InvalidArgument);
            QVERIFY(errorOf([&] { tags.history(reference); }) == ErrorCode::InvalidArgument);
        }
        QVERIFY(errorOf([&] { tags.put("x", digestNumber(1), TagCause::Pull, std::string(257, 'b')); }) ==
                ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { tags.put("x@" + digestNumber(1).toString(), digestNumber(2), TagCause::Pull, ""); }) ==
                ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { tags.list({{"=="}}, {}, 10); }) == ErrorCode::InvalidArgument);
        QVERIFY(tags.list({}, {}, 10).empty());
        tags.put("x@" + digestNumber(1).toString(), digestNumber(1), TagCause::Pull, "");
        QCOMPARE(tags.list({}, {}, 10).size(), std::size_t(1));
    }

    void getCountsAndFindDoesNot()
    {
        TagsFixture fixture;
        fixture.tags().put("x", digestNumber(1), TagCause::Pull, "");
        QVERIFY(!fixture.tags().get("y"));
        fixture.clock.advance(1s);
        for (int i = 0; i < 3; ++i)
            QVERIFY(fixture.tags().get("x"));
        const auto used = fixture.clock.now();
        fixture.clock.advance(1s);
        for (int i = 0; i < 5; ++i)
            QVERIFY(fixture.tags().find("x") && fixture.tags().has("x") && !fixture.tags().list({}, {}, 1).empty());
        fixture.reopen();
        QCOMPARE(fixture.tags().find("x")->accessCount, std::uint64_t(3));
        QVERIFY(fixture.tags().find("x")->accessedAt == used);
    }

    void expiryCountsFromTheLastValidationAndDropsNothing()
    {
        TagsFixture fixture({.ttl = 60s});
        Tags& tags = fixture.tags();
        tags.put("x", digestNumber(1), TagCause::Pull, "");
        fixture.clock.advance(50s);
        tags.put("x", digestNumber(1), TagCause::Resolve, "");
        fixture.clock.advance(60s); // exactly at the end it is still fresh
        QVERIFY(tags.has("x") && !tags.get("x")->isStale);
        fixture.clock.advance(1ns);
        QVERIFY(!tags.has("x"));
        QVERIFY(tags.get("x")->isStale && tags.get("x")->digest == digestNumber(1));
        QCOMPARE(tags.history("x").size(), std::size_t(1));
        QCOMPARE(tags.list({{"stale==true"}}, {}, 10).size(), std::size_t(1));
        tags.put("x", digestNumber(1), TagCause::Resolve, "");
        QVERIFY(tags.has("x"));
    }

    void withoutTtlNothingGetsStale()
    {
        TagsFixture fixture({.ttl = 0s});
        fixture.tags().put("x", digestNumber(1), TagCause::Pull, "");
        fixture.clock.advance(std::chrono::hours(24 * 1000));
        QVERIFY(fixture.tags().has("x"));
    }

    void whatIsInvalidatedIsStaleUntilTheNextPut()
    {
        TagsFixture fixture({.ttl = 0s});
        QVERIFY(!fixture.tags().invalidate("x"));
        const Tag before = fixture.tags().put("x", digestNumber(1), TagCause::Pull, "me");
        for (int i = 0; i < 2; ++i) {
            QVERIFY(fixture.tags().invalidate("docker.io/library/x"));
            QVERIFY(!fixture.tags().has("x"));
            const auto tag = fixture.tags().find("x");
            QVERIFY(tag->isStale && tag->updatedAt == TimePoint());
            QVERIFY(tag->digest == before.digest && tag->isClaim && tag->movedAt == before.movedAt);
            QCOMPARE(fixture.tags().history("x").size(), std::size_t(1));
            fixture.reopen();
        }
        fixture.tags().put("x", digestNumber(1), TagCause::Resolve, "");
        QVERIFY(fixture.tags().has("x"));
        QCOMPARE(fixture.tags().history("x").size(), std::size_t(1));
        fixture.tags().remove("x", TagCause::Manual, "");
        QVERIFY(!fixture.tags().invalidate("x"));
        QVERIFY(errorOf([&] { fixture.tags().invalidate("a b"); }) == ErrorCode::InvalidArgument);
    }

    void aLostInvalidationComesBack_data()
    {
        QTest::addColumn<bool>("isValidatedSince");
        QTest::newRow("the last word") << false;
        QTest::newRow("validated since") << true;
    }

    void aLostInvalidationComesBack()
    {
        QFETCH(bool, isValidatedSince);
        TagsFixture fixture;
        fixture.tags().put("x", digestNumber(1), TagCause::Pull, "");
        const auto validated = fixture.clock.now();
        fixture.clock.advance(1s);
        fixture.tags().invalidate("x");
        if (isValidatedSince)
            fixture.tags().put("x", digestNumber(1), TagCause::Pull, "");
        fixture.cache.reset();
        {
            Connection index(fixture.layout.indexDatabase(), {});
            index.database().execute("DELETE FROM meta");
            auto row = tags::find(index, "docker.io/library/x:latest");
            row->updatedAt = isValidatedSince ? fixture.clock.now() : validated;
            tags::put(index, *row);
        }
        fixture.open();
        QCOMPARE(fixture.tags().has("x"), isValidatedSince);
    }

    void removingKeepsTheHistory()
    {
        TagsFixture fixture;
        Tags& tags = fixture.tags();
        QVERIFY(!tags.remove("x", TagCause::Manual, ""));
        tags.put("x", digestNumber(1), TagCause::Pull, "");
        fixture.clock.advance(1s);
        QVERIFY(tags.remove("x", TagCause::Manual, "me"));
        QVERIFY(!tags.remove("x", TagCause::Manual, "me"));
        QVERIFY(!tags.get("x") && !tags.has("x") && tags.list({}, {}, 10).empty());
        auto history = tags.history("x");
        QCOMPARE(history.size(), std::size_t(2));
        QVERIFY(!history.front().to && history.front().from == digestNumber(1));
        QCOMPARE(history.front().by, std::string("me"));
        fixture.clock.advance(1s);
        const Tag back = tags.put("x", digestNumber(1), TagCause::Pull, "");
        QVERIFY(back.createdAt == fixture.clock.now());
        QCOMPARE(tags.history("x").size(), std::size_t(3));
        QVERIFY(tags.history("never").empty());
    }

    void claimsWhatSomebodyWantsKept()
    {
        TagsFixture fixture;
        fixture.cache->addEngine("a", "/run/a.sock", Sharing::Open);
        const auto store = fixture.cache->contentStore("a");
        const Digest one = put(*store, "one");
        const Digest two = put(*store, "two");
        store->release(one);
        store->release(two);
        Tags& tags = fixture.tags();
        for (const TagCause cause : {TagCause::Engine, TagCause::Resolve}) {
            QVERIFY(!tags.put("mirror", one, cause, "a").isClaim);
            QVERIFY(fixture.cache->blob(one)->released);
        }
        for (const TagCause cause : {TagCause::Pull, TagCause::Push, TagCause::Manual}) {
            QVERIFY(tags.put("kept", one, cause, "").isClaim);
            const auto claims = fixture.claimsOf(one);
            QCOMPARE(claims.size(), std::size_t(1));
            QVERIFY(claims.front().holderKind == HolderKind::Tag);
            QCOMPARE(claims.front().holder, std::string("docker.io/library/kept:latest"));
            tags.remove("kept", TagCause::Manual, "");
            QVERIFY(fixture.cache->blob(one)->released);
        }
        tags.put("mirror", one, TagCause::Manual, ""); // the same digest, but now it is wanted
        QVERIFY(!fixture.cache->blob(one)->released);
        QVERIFY(tags.put("mirror", two, TagCause::Engine, "a").isClaim); // and follows the tag
        QVERIFY(fixture.cache->blob(one)->released);
        QVERIFY(!fixture.cache->blob(two)->released);
        QVERIFY(tags.find("mirror")->isPresent);
    }

    void aTagMayWaitForItsBytes()
    {
        TagsFixture fixture;
        fixture.cache->addEngine("a", "/run/a.sock", Sharing::Open);
        const auto store = fixture.cache->contentStore("a");
        const Digest digest = digestOf("to come");
        QVERIFY(!fixture.tags().put("x", digest, TagCause::Manual, "").isPresent);
        QVERIFY(!fixture.cache->blob(digest));
        put(*store, "to come");
        store->release(digest);
        QVERIFY(fixture.tags().find("x")->isPresent);
        QVERIFY(!fixture.cache->blob(digest)->released);
    }

    void listsByReferenceWithFilters()
    {
        TagsFixture fixture;
        Tags& tags = fixture.tags();
        for (int i = 0; i < 300; ++i)
            tags.put("r.io/app:" + std::to_string(1000 + i), digestNumber(i), TagCause::Resolve, "");
        tags.put("quay.io/x", digestNumber(7), TagCause::Manual, "me");
        std::vector<std::string> seen;
        std::string last;
        for (;;) {
            const auto page = tags.list({}, last, 70);
            for (const Tag& tag : page)
                seen.push_back(tag.reference);
            if (page.size() < 70)
                break;
            last = page.back().reference;
        }
        QCOMPARE(seen.size(), std::size_t(301));
        QVERIFY(std::is_sorted(seen.begin(), seen.end()));
        const auto count = [&](const char* filter) { return tags.list({{filter}}, {}, 1000).size(); };
        QCOMPARE(count("registry==quay.io"), std::size_t(1));
        QCOMPARE(count("repository==r.io/app"), std::size_t(300));
        QCOMPARE(count("tag~=^10"), std::size_t(100));
        QCOMPARE(count("cause==manual"), std::size_t(1));
        QCOMPARE(count("by==me"), std::size_t(1));
        QCOMPARE(count("present==true"), std::size_t(0));
        QCOMPARE(tags.list({{"digest==" + digestNumber(7).toString()}}, {}, 1000).size(), std::size_t(2));
    }

    void movesAreEvents()
    {
        TagsFixture fixture;
        fixture.tags().put("x", digestNumber(1), TagCause::Engine, "a");
        fixture.tags().put("x", digestNumber(1), TagCause::Engine, "a");
        fixture.tags().put("x", digestNumber(2), TagCause::Manual, "me");
        fixture.tags().remove("x", TagCause::Manual, "me");
        const auto events = fixture.cache->eventsAfter(0, 100).events;
        QCOMPARE(events.size(), std::size_t(3));
        QCOMPARE(events[0].kind, std::string("tag_moved"));
        QCOMPARE(events[0].engine, std::string("a"));
        QCOMPARE(events[1].subject, std::string("docker.io/library/x:latest"));
        QVERIFY(events[1].detail.find(digestNumber(1).toString()) != std::string::npos);
        QVERIFY(events[1].detail.find("(manual, me)") != std::string::npos);
        QCOMPARE(events[2].kind, std::string("tag_removed"));
    }

    void survivesRestartAndTheLossOfTheIndex_data()
    {
        QTest::addColumn<int>("loss");
        QTest::newRow("restart") << 0;
        QTest::newRow("index rebuilt") << 1;
        QTest::newRow("index gone") << 2;
        QTest::newRow("index gone, log compacted") << 3;
        QTest::newRow("index and log gone: from the old index") << 4;
        QTest::newRow("rows lost with the WAL") << 5;
    }

    void survivesRestartAndTheLossOfTheIndex()
    {
        QFETCH(int, loss);
        TagsFixture fixture;
        fixture.cache->addEngine("a", "/run/a.sock", Sharing::Open);
        auto store = fixture.cache->contentStore("a");
        const Digest kept = put(*store, "kept");
        store->release(kept);
        store.reset();
        for (int i = 0; i < 3; ++i) {
            fixture.clock.advance(1s);
            fixture.tags().put("moved:1", digestNumber(i), TagCause::Engine, "a with spaces");
        }
        fixture.tags().put("kept", kept, TagCause::Manual, "");
        fixture.tags().put("absent", digestNumber(9), TagCause::Pull, "");
        fixture.tags().put("invalidated", digestNumber(8), TagCause::Pull, "");
        fixture.tags().invalidate("invalidated");
        fixture.tags().put("removed", digestNumber(1), TagCause::Pull, "");
        fixture.tags().remove("removed", TagCause::Manual, "me");
        const auto before = fixture.tags().list({}, {}, 100);
        const auto moves = fixture.tags().history("moved:1");
        const auto removedMoves = fixture.tags().history("removed");
        if (loss == 1)
            fixture.cache->rebuild({}, {});
        fixture.cache.reset();
        if (loss == 2 || loss == 3)
            std::filesystem::remove(fixture.layout.indexDatabase());
        if (loss == 3) {
            fixture.open(); // made anew, and the log with it
            fixture.cache.reset();
            std::filesystem::remove(fixture.layout.indexDatabase());
        }
        if (loss == 4)
            std::filesystem::remove(fixture.layout.checkpoint());
        if (loss == 5) {
            Connection index(fixture.layout.indexDatabase(), {});
            index.database().execute("DELETE FROM meta");
            tags::erase(index, "docker.io/library/kept:latest");
            tags::erase(index, "docker.io/library/moved:1");
            claims::erase(index, HolderKind::Tag, "docker.io/library/kept:latest", kept);
        }
        fixture.open();
        if (loss == 4)
            fixture.cache->rebuild({}, {});
        const auto after = fixture.tags().list({}, {}, 100);
        QCOMPARE(after.size(), before.size());
        for (std::size_t i = 0; i < after.size(); ++i)
            compareTags(after[i], before[i]);
        QVERIFY(fixture.tags().history("moved:1") == moves);
        QVERIFY(fixture.tags().history("removed") == removedMoves);
        QVERIFY(!fixture.cache->blob(kept)->released);
        QVERIFY(!fixture.cache->blob(digestNumber(9))); // a name makes no blob
        QCOMPARE(fixture.cache->status().notice.find("2 tags came back") != std::string::npos, loss == 5);
    }

    void anOlderLogMovesNothingBack_data()
    {
        QTest::addColumn<bool>("isRebuilt");
        QTest::addColumn<bool>("isInvalidated");
        QTest::newRow("start after a kill") << false << false;
        QTest::newRow("index made anew") << true << false;
        QTest::newRow("start after a kill, invalidated") << false << true;
        QTest::newRow("index made anew, invalidated") << true << true;
    }

    /// A kill between the commit and the record of it leaves a log that tells of the move before.
    void anOlderLogMovesNothingBack()
    {
        QFETCH(bool, isRebuilt);
        QFETCH(bool, isInvalidated);
        TagsFixture fixture;
        fixture.tags().put("x", digestNumber(1), TagCause::Manual, "");
        fixture.cache.reset();
        const auto saved = fixture.root.path() / "checkpoint of before";
        std::filesystem::copy_file(fixture.layout.checkpoint(), saved);
        fixture.open();
        fixture.clock.advance(1s);
        fixture.tags().put("x", digestNumber(2), TagCause::Manual, "");
        if (isInvalidated)
            fixture.tags().invalidate("x");
        fixture.cache.reset();
        std::filesystem::copy_file(saved, fixture.layout.checkpoint(),
                                   std::filesystem::copy_options::overwrite_existing);
        fixture.open();
        if (isRebuilt)
            fixture.cache->rebuild({}, {});
        QVERIFY(fixture.tags().find("x")->digest == digestNumber(2));
        QCOMPARE(fixture.tags().has("x"), !isInvalidated);
        QCOMPARE(fixture.tags().history("x").size(), std::size_t(2));
        fixture.cache.reset();
        Connection index(fixture.layout.indexDatabase(), {});
        QVERIFY(claims::exists(index, HolderKind::Tag, "docker.io/library/x:latest", digestNumber(2)));
        QCOMPARE(claims::ofKind(index, HolderKind::Tag).size(), std::size_t(1));
    }

    void aLostClaimComesBack()
    {
        TagsFixture fixture;
        fixture.tags().put("x", digestNumber(1), TagCause::Manual, "");
        fixture.cache.reset();
        {
            Connection index(fixture.layout.indexDatabase(), {});
            claims::erase(index, HolderKind::Tag, "docker.io/library/x:latest", digestNumber(1));
        }
        fixture.reopen();
        fixture.cache.reset();
        Connection index(fixture.layout.indexDatabase(), {});
        QVERIFY(claims::exists(index, HolderKind::Tag, "docker.io/library/x:latest", digestNumber(1)));
    }

    void historiesOfLongRemovedTagsAreForgotten()
    {
        TagsFixture fixture;
        fixture.cache.reset();
        {
            Connection index(fixture.layout.indexDatabase(), {});
            sqlite::Transaction transaction(index.database(), sqlite::Database::Durability::Relaxed);
            for (int i = 0; i < 10'000; ++i) {
                TagRow row{"r.io/old:" + std::to_string(i)};
                row.updatedAt = fromNanoseconds(i + 1);
                tags::put(index, row);
                tag_moves::append(index, row.reference, {row.updatedAt, digestNumber(1), {}, TagCause::Manual, ""});
            }
            transaction.commit();
        }
        fixture.open();
        QCOMPARE(fixture.tags().history("r.io/old:0").size(), std::size_t(1));
        fixture.tags().put("x", digestNumber(1), TagCause::Manual, "");
        fixture.tags().remove("x", TagCause::Manual, "");
        QVERIFY(fixture.tags().history("r.io/old:0").empty());
        QCOMPARE(fixture.tags().history("r.io/old:1").size(), std::size_t(1));
        QCOMPARE(fixture.tags().history("x").size(), std::size_t(2));
    }

    void manyThreadsMoveOneTag()
    {
        TagsFixture fixture;
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&fixture, i] {
                for (int j = 0; j < 20; ++j) {
                    fixture.tags().put("x", digestNumber(i), TagCause::Pull, "");
                    fixture.tags().get("x");
                }
            });
        for (std::thread& thread : threads)
            thread.join();
        const auto history = fixture.tags().history("x");
        for (std::size_t i = 0; i + 1 < history.size(); ++i)
            QVERIFY(history[i].from == history[i + 1].to && history[i].from != history[i].to);
        QVERIFY(history.front().to == fixture.tags().find("x")->digest);
    }
};

QTEST_GUILESS_MAIN(TagsTest)
#include "tags_test.moc"
