// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "image_documents.h"
#include "manual_clock.h"

#include "cache/promises.h"
#include "index/engine_links.h"
#include "index/index.h"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <cstddef>
#include <iterator>
#include <set>
#include <stop_token>
#include <thread>

using namespace layerhold;
using namespace layerhold::test;

namespace {

using namespace std::chrono_literals;

constexpr const char* name = "docker.io/library/app:1";

EngineImage image(const Digest& digest, const std::string& imageName = name, const std::string& space = "default")
{
    return {space, imageName, digest, fromNanoseconds(1), fromNanoseconds(2)};
}

EngineListing listing(std::vector<EngineImage> images)
{
    EngineListing result;
    result.startedAt = Clock::system().now();
    result.images = std::move(images);
    return result;
}

struct MirrorFixture : CacheFixture
{
    explicit MirrorFixture(const Clock* time = nullptr)
    {
        if (time) {
            clock = time;
            reopen();
        }
        for (const char* engineName : {"a", "b"}) {
            engine(engineName);
            cache->engineMirror().setAddress(engineName, "/run/containerd.sock");
        }
    }

    EngineMirror& mirror() const { return cache->engineMirror(); }

    std::optional<Digest> tagged() const
    {
        const auto tag = cache->tags().find(name);
        return tag ? std::optional(tag->digest) : std::nullopt;
    }
};

/// The real time; asks for a stop when it was asked often enough.
class StoppingClock final : public Clock
{
public:
    explicit StoppingClock(std::stop_source& stop)
        : m_stop(stop)
    {}

    void stopAfter(int calls) { m_left = calls; }

    TimePoint now() const override
    {
        if (--m_left == 0)
            m_stop.request_stop();
        return Clock::system().now();
    }

    std::chrono::steady_clock::time_point steadyNow() const override { return Clock::system().steadyNow(); }

private:
    std::stop_source& m_stop;
    mutable std::atomic<int> m_left{0};
};

template <typename Call>
bool isCancelled(const Call& call)
{
    try {
        call();
    } catch (const Cancelled&) {
        return true;
    }
    return false;
}

const Digest one = digestOf("one");
const Digest two = digestOf("two");

} // namespace

class EngineMirrorTest : public QObject
{
    Q_OBJECT

private slots:

    void addresses()
    {
        CacheFixture fixture;
        EngineMirror& mirror = fixture.cache->engineMirror();
        QVERIFY(errorOf([&] { mirror.setAddress("a", "/run/c.sock"); }) == ErrorCode::NotFound);
        fixture.engine("a");
        for (const std::string& bad : {std::string("relative"), '/' + std::string(107, 'x'), std::string("/a\0b", 4)})
            QVERIFY(errorOf([&] { mirror.setAddress("a", bad); }) == ErrorCode::InvalidArgument);
        QVERIFY(mirror.links().empty());
        QVERIFY(errorOf([&] { mirror.reconcile("a", listing({})); }) == ErrorCode::NotFound);
        mirror.setAddress("a", "/run/c.sock");
        QCOMPARE(mirror.links().size(), std::size_t(1));
        QVERIFY(mirror.links().front().seenAt == TimePoint{});
        mirror.reconcile("a", listing({}));
        QVERIFY(mirror.links().front().seenAt != TimePoint{});
        fixture.reopen();
        QCOMPARE(fixture.cache->engineMirror().links().front().address, std::string("/run/c.sock"));
        fixture.cache.reset();
        std::filesystem::remove(fixture.layout.indexDatabase());
        fixture.open(); // made anew from the checkpoint
        QCOMPARE(fixture.cache->engineMirror().links().front().address, std::string("/run/c.sock"));
        fixture.cache.reset();
        {
            Connection index(fixture.layout.indexDatabase(), {});
            engine_links::erase(index, "a");
        }
        fixture.open(); // the row went with a damaged WAL
        QCOMPARE(fixture.cache->engineMirror().links().front().address, std::string("/run/c.sock"));
        fixture.cache->engineMirror().setAddress("a", "");
        QVERIFY(fixture.cache->engineMirror().links().empty());
        fixture.reopen();
        QVERIFY(fixture.cache->engineMirror().links().empty());
    }

    void aMovingImageMovesTheTag()
    {
        MirrorFixture fixture;
        fixture.mirror().imageChanged("a", image(one));
        fixture.mirror().imageChanged("a", image(two));
        fixture.mirror().imageChanged("a", image(two)); // pulled again
        fixture.mirror().imageRemoved("a", "default", name);
        const auto history = fixture.cache->tags().history(name);
        QCOMPARE(history.size(), std::size_t(3));
        QVERIFY(!history[0].to && history[1].to == two && history[2].to == one);
        for (const TagMove& move : history) {
            QVERIFY(move.cause == TagCause::Engine);
            QCOMPARE(move.by, std::string("a"));
        }
        QVERIFY(!fixture.tagged());
    }

    void listingsMoveOnlyWhatChanged()
    {
        MirrorFixture fixture;
        fixture.mirror().reconcile("a", listing({image(one)}));
        fixture.mirror().reconcile("b", listing({image(two)}));
        QVERIFY(fixture.tagged() == two);
        for (int i = 0; i < 3; ++i) {
            fixture.mirror().reconcile("a", listing({image(one)}));
            fixture.mirror().reconcile("b", listing({image(two)}));
        }
        QCOMPARE(fixture.cache->tags().history(name).size(), std::size_t(2));
        fixture.mirror().reconcile("b", listing({})); // the other engine still has one
        QVERIFY(fixture.tagged() == one);
        fixture.mirror().reconcile("a", listing({}));
        QVERIFY(!fixture.tagged());
        QCOMPARE(fixture.cache->tags().history(name).size(), std::size_t(4));
    }

    void whatSomebodyWantsKeptStays()
    {
        MirrorFixture fixture;
        fixture.mirror().imageChanged("a", image(one));
        fixture.cache->tags().put(name, one, TagCause::Manual, "me");
        fixture.mirror().imageRemoved("a", "default", name);
        QVERIFY(fixture.tagged() == one);
        fixture.cache->tags().put("other", two, TagCause::Resolve, "");
        fixture.mirror().imageRemoved("a", "default", "docker.io/library/other:latest");
        QVERIFY(fixture.cache->tags().find("other"));
    }

    void mirroredTagsOfALostMirrorGo()
    {
        MirrorFixture fixture;
        fixture.mirror().imageChanged("a", image(one));
        fixture.mirror().setAddress("a", "");
        QVERIFY(fixture.tagged() == one); // marked as of then
        fixture.mirror().setAddress("a", "/run/c.sock");
        fixture.mirror().reconcile("a", listing({}));
        QVERIFY(!fixture.tagged());
    }

    void namesThatAreNoTags()
    {
        MirrorFixture fixture;
        for (const std::string& odd : {std::string("nginx"), one.toString(), "docker.io/library/x@" + one.toString(),
                                       std::string("import-2026-01-01@sha256"), std::string("\xff\x1b[31m")})
            fixture.mirror().imageChanged("a", image(one, odd));
        fixture.mirror().imageChanged("a", image(one, std::string(5000, 'x')));
        fixture.mirror().imageChanged("a", image(one, ""));
        QVERIFY(fixture.cache->tags().list({}, {}, 10).empty());
        QVERIFY(fixture.cache->images().resolve("nginx") == one);
        QVERIFY(!fixture.cache->images().resolve(std::string(5000, 'x')));
    }

    void imagesShowWhoNamesThem()
    {
        MirrorFixture fixture;
        const auto store = fixture.cache->contentStore("a");
        put(*store, "{}");
        const Digest digest = putDocument(*store, manifestOf("{}", {}));
        EngineListing told = listing({image(digest), image(digest, "sha256:id", "k8s.io")});
        told.leases.push_back({"default", "lease-1", digest});
        told.sources.push_back({digest, "docker.io/library/app"});
        fixture.mirror().reconcile("a", told);
        const auto images = fixture.cache->images().list({}, {}, 10).images;
        QCOMPARE(images.size(), std::size_t(1));
        const std::vector<ImageName> expected{{ImageName::Source::Tag, name},
                                              {ImageName::Source::Engine, name, "a", "default"},
                                              {ImageName::Source::Engine, "sha256:id", "a", "k8s.io"},
                                              {ImageName::Source::Lease, "lease-1", "a", "default"}};
        QVERIFY(images.front().names == expected);
        QVERIFY(fixture.cache->images().inspect(digest)->sources == std::vector<std::string>{"docker.io/library/app"});
        QCOMPARE(fixture.cache->images().list({{"engine==a"}}, {}, 10).images.size(), std::size_t(1));
        QCOMPARE(fixture.cache->images().list({{"engine==b"}}, {}, 10).images.size(), std::size_t(0));
        fixture.mirror().reconcile("a", listing({}));
        QVERIFY(fixture.cache->images().list({}, {}, 10).images.front().names.empty());
    }

    void unknownClaimsAreReleased()
    {
        MirrorFixture fixture;
        const auto store = fixture.cache->contentStore("a");
        const Digest known = put(*store, "known");
        const Digest forgotten = put(*store, "forgotten");
        const Digest writing = put(*store, "writing");
        const auto other = fixture.cache->contentStore("b");
        other->info(forgotten);
        const auto ingest = store->ingest("ns/1/layer-" + writing.toString(), {});
        fixture.cache->engineMirror().setAddress("a", ""); // from here on nothing was promised
        fixture.cache->engineMirror().setAddress("a", "/run/c.sock");
        EngineListing told = listing({});
        told.content = {known};
        QCOMPARE(fixture.mirror().releaseUnknown("a", told, 1h), std::uint64_t(0)); // too young
        EngineListing foreign = told;
        foreign.content = {digestOf("of another containerd")};
        QCOMPARE(fixture.mirror().releaseUnknown("a", foreign, 0s), std::uint64_t(0));
        foreign.content.insert(known); // containerds have blobs in common
        QCOMPARE(fixture.mirror().releaseUnknown("a", foreign, 0s), std::uint64_t(0));
        QCOMPARE(fixture.mirror().releaseUnknown("a", told, 0s), std::uint64_t(1));
        QVERIFY((listed(*store) == std::vector{std::min(known, writing), std::max(known, writing)}));
        QVERIFY(!fixture.cache->blob(forgotten)->released); // the other engine has it
        const auto kinds = fixture.eventKinds();
        QCOMPARE(kinds.back(), std::string("claim_released"));
        QCOMPARE(fixture.mirror().releaseUnknown("a", told, 0s), std::uint64_t(0));
    }

    void releasingStopsBetweenBatches()
    {
        std::stop_source stop;
        StoppingClock clock(stop);
        MirrorFixture fixture(&clock);
        const auto store = fixture.cache->contentStore("a");
        EngineListing told;
        for (int i = 0; i < 140; ++i) {
            const Digest digest = put(*store, std::to_string(i));
            if (i % 2 == 0)
                told.content.insert(digest);
        }
        fixture.mirror().setAddress("a", "");
        fixture.mirror().setAddress("a", "/run/c.sock");
        told.startedAt = clock.now();
        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY(isCancelled([&] { fixture.mirror().releaseUnknown("a", told, 0s, stopped.get_token()); }));
        QCOMPARE(fixture.counter("claims_released"), std::uint64_t(0));
        clock.stopAfter(10); // amid the first batch
        QVERIFY(isCancelled([&] { fixture.mirror().releaseUnknown("a", told, 0s, stop.get_token()); }));
        const auto released = fixture.counter("claims_released");
        QVERIFY2(released > 0 && released < 70, std::to_string(released).c_str());
        QCOMPARE(listed(*store).size(), 140 - released);
        QCOMPARE(fixture.mirror().releaseUnknown("a", told, 0s), 70 - released);
        QCOMPARE(listed(*store).size(), std::size_t(70));
    }

    void addressesChangeOneAtATime()
    {
        MirrorFixture fixture;
        const auto store = fixture.cache->contentStore("a");
        EngineListing told;
        told.content = {put(*store, "known")};
        constexpr int threadCount = 8; // in one group commit they come back in any order
        for (int i = 0; i < 12; ++i) {
            const Digest forgotten = put(*store, "forgotten");
            {
                std::barrier together(threadCount);
                std::vector<std::jthread> threads;
                for (int number = 0; number < threadCount; ++number)
                    threads.emplace_back([&, number] {
                        together.arrive_and_wait();
                        fixture.mirror().setAddress("a", number % 2 == 0 ? "" : "/run/c.sock");
                    });
            }
            told.startedAt = Clock::system().now();
            // What is not promised while there is a link can be released, whoever came last.
            const bool isLinked = fixture.mirror().links().size() == 2;
            QCOMPARE(fixture.mirror().releaseUnknown("a", told, 0s), std::uint64_t(isLinked ? 1 : 0));
            store->release(forgotten);
        }
    }

    void aListingThatLacksMostIsDoubted()
    {
        MirrorFixture fixture;
        const auto store = fixture.cache->contentStore("a");
        std::set<Digest> held;
        for (int i = 0; i < 18; ++i)
            held.insert(put(*store, std::to_string(i)));
        fixture.cache->engineMirror().setAddress("a", "");
        fixture.cache->engineMirror().setAddress("a", "/run/other.sock");
        EngineListing told = listing({});
        told.content = {*held.begin()};
        for (int i = 0; i < 2; ++i)
            QCOMPARE(fixture.mirror().releaseUnknown("a", told, 0s), std::uint64_t(0));
        QCOMPARE(listed(*store).size(), std::size_t(18));
        const auto kinds = fixture.eventKinds();
        QCOMPARE(std::count(kinds.begin(), kinds.end(), "engine_doubted"), std::ptrdiff_t(1));
        told.content.insert(*std::next(held.begin())); // 16 are few enough
        QCOMPARE(fixture.mirror().releaseUnknown("a", told, 0s), std::uint64_t(16));
        QCOMPARE(listed(*store).size(), std::size_t(2));
    }

    void aClockThatWasSetBackReleasesNothing()
    {
        ManualClock clock;
        MirrorFixture fixture(&clock);
        const auto store = fixture.cache->contentStore("a");
        put(*store, "forgotten");
        EngineListing told;
        told.content = {put(*store, "known")};
        clock.advance(1h);
        told.startedAt = clock.now();
        clock.advance(-1h);
        fixture.cache->engineMirror().setAddress("a", "");
        fixture.cache->engineMirror().setAddress("a", "/run/c.sock");
        QCOMPARE(fixture.mirror().releaseUnknown("a", told, 0s), std::uint64_t(0));
        clock.advance(1h);
        QCOMPARE(fixture.mirror().releaseUnknown("a", told, 0s), std::uint64_t(1));
    }

    void whatWasPromisedSinceIsKept()
    {
        MirrorFixture fixture;
        const auto store = fixture.cache->contentStore("a");
        const Digest digest = put(*store, "adopted");
        const Digest known = put(*store, "known");
        fixture.cache->engineMirror().setAddress("a", "");
        fixture.cache->engineMirror().setAddress("a", "/run/c.sock");
        EngineListing told = listing({});
        told.content = {known};
        QVERIFY(store->tryInfo(digest)); // the engine adopts it and lists it only later
        QCOMPARE(fixture.mirror().releaseUnknown("a", told, 0s), std::uint64_t(0));
        EngineListing later = listing({});
        later.content = {known};
        QCOMPARE(fixture.mirror().releaseUnknown("a", later, 0s), std::uint64_t(1));
        QVERIFY(errorOf([&] { fixture.mirror().releaseUnknown("c", later, 0s); }) == ErrorCode::NotFound);
    }

    void afterAStartNothingIsKnownOfPromises()
    {
        MirrorFixture fixture;
        put(*fixture.cache->contentStore("a"), "x");
        const Digest known = put(*fixture.cache->contentStore("a"), "known");
        EngineListing told = listing({});
        told.content = {known};
        fixture.reopen();
        QCOMPARE(fixture.mirror().releaseUnknown("a", told, 0s), std::uint64_t(0));
        told.startedAt = Clock::system().now();
        QCOMPARE(fixture.mirror().releaseUnknown("a", told, 0s), std::uint64_t(1));
    }

    void promisesKnowWhoReleases()
    {
        Promises promises;
        QVERIFY(promises.mayBeMadeSince("a", one, fromNanoseconds(5)));
        promises.watch("a", fromNanoseconds(3));
        QVERIFY(promises.mayBeMadeSince("a", one, fromNanoseconds(2)));
        QVERIFY(!promises.mayBeMadeSince("a", one, fromNanoseconds(5)));
        QVERIFY(promises.make("a", one, fromNanoseconds(5)) == Promises::Now::Stands);
        QVERIFY(promises.mayBeMadeSince("a", one, fromNanoseconds(5)));
        QVERIFY(!promises.mayBeMadeSince("a", two, fromNanoseconds(5)));
        promises.beginRelease("a", one);
        QVERIFY(promises.make("a", one, fromNanoseconds(6)) == Promises::Now::BeingLost);
        QVERIFY(promises.make("b", one, fromNanoseconds(6)) == Promises::Now::Stands);
        promises.endRelease("a", one);
        QVERIFY(promises.make("a", one, fromNanoseconds(7)) == Promises::Now::Stands);
        promises.forgetBefore("a", fromNanoseconds(8));
        QVERIFY(!promises.mayBeMadeSince("a", one, fromNanoseconds(7)));
    }

    void tooManyPromisesAreForgottenTogether()
    {
        Promises promises(2);
        promises.watch("a", fromNanoseconds(1));
        promises.watch("b", fromNanoseconds(1));
        promises.make("a", one, fromNanoseconds(5));
        promises.make("a", two, fromNanoseconds(4));
        promises.make("a", two, fromNanoseconds(6)); // known already
        QVERIFY(!promises.mayBeMadeSince("a", digestOf("three"), fromNanoseconds(3)));
        promises.make("a", digestOf("three"), fromNanoseconds(7));
        QVERIFY(promises.mayBeMadeSince("a", two, fromNanoseconds(6)));
        QVERIFY(!promises.mayBeMadeSince("a", two, fromNanoseconds(7)));
        QVERIFY(promises.mayBeMadeSince("a", digestOf("three"), fromNanoseconds(7)));
        QVERIFY(!promises.mayBeMadeSince("b", one, fromNanoseconds(2))); // nothing of it was forgotten
    }

    void relistingKeepsLeasesAndSources()
    {
        const TempRoot root;
        Connection index(root.path() / "index.db", {});
        Index::migrate(index, Clock::system());
        const auto leases = [&] {
            std::vector<std::string> names;
            engine_leases::forEach(index, [&](const EngineLeaseRow& row) { names.push_back(row.engine + row.lease); });
            std::sort(names.begin(), names.end());
            return names;
        };
        engine_leases::replace(index, "b", {{"b", "s", "1", one}});
        engine_leases::replace(index, "a", {{"a", "s", "1", one}, {"a", "s", "2", one}});
        engine_leases::replace(index, "a", {{"a", "s", "2", one}, {"a", "s", "3", one}, {"a", "s", "3", one}});
        QVERIFY((leases() == std::vector<std::string>{"a2", "a3", "b1"}));
        engine_sources::replace(index, "b", {{"b", one, "r/b"}});
        engine_sources::replace(index, "a", {{"a", one, "r/1"}, {"a", one, "r/2"}});
        engine_sources::replace(index, "a", {{"a", one, "r/2"}, {"a", one, "r/3"}, {"a", two, "r/3"}});
        QVERIFY((engine_sources::of(index, one) == std::vector<std::string>{"r/2", "r/3", "r/b"}));
        const auto changes = [&] {
            auto use = index.statement("SELECT total_changes()").use();
            use.step();
            return use.integer(0);
        };
        const auto before = changes();
        engine_leases::replace(index, "a", {{"a", "s", "3", one}, {"a", "s", "2", one}});
        engine_sources::replace(index, "a", {{"a", one, "r/2"}, {"a", one, "r/3"}, {"a", two, "r/3"}});
        QCOMPARE(changes(), before);
    }

    void removingAnEngineForgetsWhatItTold()
    {
        MirrorFixture fixture;
        fixture.mirror().reconcile("a", listing({image(one, "nginx"), image(one)}));
        QVERIFY(fixture.tagged() == one);
        fixture.cache->removeEngine("a");
        QVERIFY(!fixture.tagged());
        QVERIFY(!fixture.cache->tags().history(name).front().to);
        QCOMPARE(fixture.mirror().links().size(), std::size_t(1));
        QVERIFY(!fixture.cache->images().resolve("nginx"));
        QVERIFY(errorOf([&] { fixture.mirror().imageChanged("a", image(one)); }) == ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(EngineMirrorTest)
#include "engine_mirror_test.moc"
