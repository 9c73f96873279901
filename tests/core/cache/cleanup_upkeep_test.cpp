// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache/cleanup_impl.h"
#include "cache/upkeep.h"
#include "cleanup_fixture.h"
#include "entries_fixture.h"
#include "index/connection.h"

#include <filesystem>

using namespace layerhold;
using namespace layerhold::test;

namespace {

/// Everything takes a second, as with very many blobs.
class SlowClock final : public Clock
{
public:
    TimePoint now() const override { return Clock::system().now(); }

    std::chrono::steady_clock::time_point steadyNow() const override
    {
        return std::chrono::steady_clock::time_point(std::chrono::seconds(++m_seconds));
    }

    void advance(std::chrono::seconds time) { m_seconds += time.count(); }

private:
    mutable std::atomic<std::int64_t> m_seconds{0};
};

} // namespace

/// What the cache does by itself, and what it keeps for that.
class CleanupUpkeepTest : public QObject
{
    Q_OBJECT

private slots:

    void pressureEmptiesTheTrashThenRemoves()
    {
        CleanupFixture fixture;
        const Digest held = put(*fixture.store, "held");
        const Digest trashed = fixture.putReleased("trashed");
        fixture.trashAll();
        const Digest free = fixture.putReleased("free");
        CleanupPolicy policy = takeAll();
        policy.rules.clear(); // pressure needs no rule, and no automatic mode
        fixture.cleanup().setPolicy(policy);
        fixture.cleanup().keepUp("periodic", {});
        QVERIFY(fixture.isInTrash(trashed) && fixture.isInPlace(free));
        policy.pressure = SpaceLimit::parse("100%"); // no disk has that
        fixture.cleanup().setPolicy(policy);
        fixture.cleanup().keepUp("pressure", {});
        QVERIFY(!fixture.isInTrash(trashed) && !fixture.isInPlace(trashed));
        QVERIFY(!fixture.isInPlace(free) && !fixture.isInTrash(free));
        QVERIFY(fixture.isInPlace(held));
        QCOMPARE(fixture.cleanup().runs(10).front().cause, std::string("pressure"));
    }

    void dearFiguresAreThoseOfAMomentAgo()
    {
        SlowClock clock;
        CacheFixture fixture;
        fixture.clock = &clock;
        fixture.reopen();
        const auto store = fixture.engine("a");
        auto& cleanup = dynamic_cast<CleanupImpl&>(fixture.cache->cleanup());
        const auto counted = [&] { return cleanup.usage(UsageLevel::Holder).storedBlobs; };
        put(*store, "one");
        const UsageReport first = cleanup.usage(UsageLevel::Holder);
        QCOMPARE(first.storedBlobs, std::uint64_t(1));
        put(*store, "two");
        QCOMPARE(counted(), std::uint64_t(1));
        QVERIFY(cleanup.usage(UsageLevel::Image).countedAt == first.countedAt);
        clock.advance(std::chrono::seconds(61));
        QCOMPARE(counted(), std::uint64_t(2));

        put(*store, "three");
        QCOMPARE(cleanup.plan({}, {}).items, std::uint64_t(3)); // a plan is never old, and leaves what it has read
        QCOMPARE(counted(), std::uint64_t(3));

        put(*store, "four");
        clock.advance(std::chrono::seconds(31)); // not yet too old
        cleanup.freshenFigures();
        QCOMPARE(counted(), std::uint64_t(4));
        fixture.cache.reset();
    }

    void figuresThatNobodyAsksForGiveTheirMemoryBack()
    {
        const TempRoot root;
        SlowClock clock;
        Index::Options options;
        options.path = root / "index.db";
        options.clock = &clock;
        Index index(std::move(options));
        index.open(Index::Empty::IsNew);
        GraphCache graphs(index, clock);
        const std::weak_ptr<const BlobGraph> kept = graphs.recent().graph;
        clock.advance(std::chrono::minutes(59));
        graphs.freshen();
        QVERIFY(!kept.expired());
        clock.advance(std::chrono::minutes(2));
        graphs.freshen();
        QVERIFY(kept.expired());

        const std::weak_ptr<const BlobGraph> ofPlan = graphs.exact().graph; // nobody asked for hours
        graphs.freshen();
        QVERIFY(!ofPlan.expired());
        QVERIFY(graphs.recent().graph == ofPlan.lock());
    }

    void aPlanWhoseListIsNotWholeIsNotApplied()
    {
        CleanupFixture fixture;
        const Digest free = fixture.putReleased("free");
        const Plan plan = fixture.cleanup().plan({takeAll(), "manual"}, {});
        QCOMPARE(plan.removeItems, std::uint64_t(1));
        fixture.close();
        {
            Connection connection(fixture.layout.indexDatabase(), {});
            connection.database().execute("DELETE FROM plan_pages");
        }
        fixture.open();
        QVERIFY(errorOf([&] { fixture.cleanup().apply(plan.id, Disposal::Trash, {}, {}); }) ==
                ErrorCode::FailedPrecondition);
        QVERIFY(fixture.isInPlace(free) && !fixture.isInTrash(free));
        QVERIFY(errorOf([&] { fixture.cleanup().apply("gone", Disposal::Trash, {}, {}); }) == ErrorCode::NotFound);
    }

    void pagesOfDroppedPlansGo()
    {
        CleanupFixture fixture;
        put(*fixture.store, "one");
        for (int i = 0; i < 15; ++i)
            fixture.cleanup().plan({}, {});
        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY_EXCEPTION_THROWN(fixture.cleanup().plan({}, stopped.get_token()), Cancelled);
        QCOMPARE(fixture.cleanup().plans().size(), std::size_t(10));
        const auto isSwept = [&] {
            fixture.close();
            bool isDone = false;
            {
                Connection connection(fixture.layout.indexDatabase(), {});
                auto pages = connection.statement("SELECT count(DISTINCT plan) FROM plan_pages").use();
                isDone = pages.step() && pages.integer(0) == 10;
            }
            fixture.open(); // sweeps what the end of the one before left
            return isDone;
        };
        QVERIFY(eventually(isSwept));
        QCOMPARE(fixture.cleanup().plans().size(), std::size_t(10));
    }

    void automaticPoliciesApplyThemselves()
    {
        CleanupFixture fixture;
        const Digest free = fixture.putReleased("free");
        CleanupPolicy policy = takeAll();
        fixture.cleanup().setPolicy(policy);
        fixture.cleanup().keepUp("work", {});
        QVERIFY(fixture.isInPlace(free));
        policy.mode = CleanupPolicy::Mode::Automatic;
        fixture.cleanup().setPolicy(policy);
        fixture.cleanup().keepUp("work", {});
        QVERIFY(fixture.isInTrash(free));
        QCOMPARE(fixture.cleanup().runs(10).front().cause, std::string("work"));
    }

    void leasesHoldUntilTheyExpire()
    {
        CleanupFixture fixture;
        const Digest digest = fixture.putReleased("leased");
        const TimePoint end = fixture.clock.now() + 2h;
        QCOMPARE(fixture.cleanup().putLease("build", end, {digest}).digests.size(), std::size_t(1));
        QVERIFY(!fixture.cache->blob(digest)->released);
        QCOMPARE(fixture.cleanup().leases().size(), std::size_t(1));
        fixture.clock.advance(1h);
        fixture.cleanup().putLease("build", end + 1h, {});
        fixture.clock.advance(90min);
        fixture.cleanup().keepUp("periodic", {});
        QCOMPARE(fixture.cleanup().leases().size(), std::size_t(1));
        fixture.clock.advance(1h);
        fixture.cleanup().keepUp("periodic", {});
        QVERIFY(fixture.cleanup().leases().empty());
        QVERIFY(fixture.cache->blob(digest)->released);
        QVERIFY(fixture.hasEvent("lease_expired"));

        fixture.cleanup().putLease("other", fixture.clock.now() + 1h, {digest});
        QVERIFY(fixture.cleanup().endLease("other"));
        QVERIFY(!fixture.cleanup().endLease("other"));
        QVERIFY(fixture.cache->blob(digest)->released);
        for (const std::string& id : {std::string(), std::string(201, 'x'), std::string("a\0b", 3)})
            QVERIFY(errorOf([&] { fixture.cleanup().putLease(id, fixture.clock.now() + 1h, {}); }) ==
                    ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { fixture.cleanup().putLease("late", fixture.clock.now() - 1h, {}); }) ==
                ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { fixture.cleanup().putLease("x", fixture.clock.now() + 1h, {digestOf("unknown")}); }) ==
                ErrorCode::NotFound);
        QVERIFY(errorOf([&] { fixture.cleanup().pin(digestOf("unknown"), ""); }) == ErrorCode::NotFound);
    }

    void voidEntriesGoAfterAWhile()
    {
        CleanupFixture fixture;
        Entries& entries = fixture.cache->entries();
        entries.put("s", "brief", {source("brief")}, lasting(10s));
        entries.put("s", "invalid", {source("invalid")});
        entries.put("s", "good", {source("good")}, lasting(24h));
        entries.invalidate("s", "invalid");
        fixture.clock.advance(30min);
        fixture.cleanup().keepUp("periodic", {});
        QVERIFY(errorOf([&] { entries.get("s", "brief"); }) == ErrorCode::Expired);
        QVERIFY(errorOf([&] { entries.get("s", "invalid"); }) == ErrorCode::Invalidated);
        fixture.clock.advance(31min);
        fixture.cleanup().keepUp("periodic", {});
        QVERIFY(!entries.find("s", "brief") && !entries.find("s", "invalid"));
        QVERIFY(entries.has("s", "good"));
        QVERIFY(fixture.cache->blob(digestOf("brief"))->released);
        QVERIFY(fixture.hasEvent("entry_expired"));
    }

    void everythingSurvivesALostIndex()
    {
        CleanupFixture fixture;
        const Digest pinned = fixture.putReleased("pinned");
        const Digest leased = fixture.putReleased("leased");
        fixture.cleanup().pin(pinned, "the note");
        fixture.cleanup().putLease("build", fixture.clock.now() + 2h, {leased});
        CleanupPolicy policy = takeAll();
        policy.undoWindow = 3h;
        fixture.cleanup().setPolicy(policy);
        const Digest trashed = fixture.putReleased("trashed");
        const Digest back = fixture.putReleased("back");
        const CleanupRun run = fixture.trashAll();
        QCOMPARE(run.trashed, std::uint64_t(2));
        fixture.cleanup().restore({back});
        const auto expires = fixture.cleanup().trash({}, 10).front().expiresAt;
        for (const bool isCompacted : {false, true}) {
            fixture.close();
            if (isCompacted)
                fixture.reopen();
            fixture.close();
            std::filesystem::remove(fixture.layout.indexDatabase());
            fixture.open();
            QVERIFY(fixture.cleanup().policy() == policy);
            QCOMPARE(fixture.cleanup().pins().size(), std::size_t(1));
            QCOMPARE(fixture.cleanup().pins().front().note, std::string("the note"));
            QVERIFY(fixture.cache->why(pinned).front().claim.holderKind == HolderKind::Pin);
            QCOMPARE(fixture.cleanup().leases().front().digests.size(), std::size_t(1));
            const auto trash = fixture.cleanup().trash({}, 10);
            QCOMPARE(trash.size(), std::size_t(1));
            QVERIFY(trash[0].digest == trashed && trash[0].expiresAt == expires && trash[0].run == run.id);
            QVERIFY(fixture.isInTrash(trashed) && fixture.stateOf(trashed) == BlobState::Trashed);
            QVERIFY(fixture.stateOf(back) == BlobState::Present);
        }
        QVERIFY(fixture.cleanup().restore({trashed}).items.front().outcome == CleanupOutcome::Restored);
        QCOMPARE(readAll(fixture.store->open(trashed)), std::string("trashed"));
    }

    void whatTheIndexLostComesFromTheCheckpoint()
    {
        CleanupFixture fixture;
        const Digest pinned = fixture.putReleased("pinned");
        const Digest leased = fixture.putReleased("leased");
        const Digest unpinned = fixture.putReleased("unpinned");
        fixture.cleanup().pin(pinned, "the note");
        fixture.cleanup().pin(unpinned, "");
        fixture.cleanup().unpin(unpinned);
        fixture.cleanup().putLease("build", fixture.clock.now() + 2h, {leased});
        fixture.cleanup().putLease("ended", fixture.clock.now() + 2h, {unpinned});
        fixture.cleanup().endLease("ended");
        fixture.cleanup().setPolicy(takeAll());
        fixture.close();
        {
            Connection index(fixture.layout.indexDatabase(), {});
            for (const char* table : {"pins", "leases", "policies", "claims"})
                index.database().execute(std::string("DELETE FROM ") + table);
        }
        fixture.open();
        QVERIFY(fixture.cleanup().policy() == takeAll());
        QCOMPARE(fixture.cleanup().pins().size(), std::size_t(1));
        QCOMPARE(fixture.cleanup().pins().front().note, std::string("the note"));
        QCOMPARE(fixture.cleanup().leases().size(), std::size_t(1));
        QVERIFY(fixture.cleanup().leases().front().digests == std::vector{leased});
        fixture.trashAll();
        QVERIFY(fixture.stateOf(pinned) == BlobState::Present && fixture.stateOf(leased) == BlobState::Present);
        QVERIFY(fixture.stateOf(unpinned) == BlobState::Trashed);
    }

    void policiesAreKept()
    {
        CleanupFixture fixture;
        QVERIFY(fixture.cleanup().policy() == CleanupPolicy::standard());
        fixture.cleanup().setPolicy(takeAll());
        fixture.reopen();
        QVERIFY(fixture.cleanup().policy() == takeAll());
        CleanupPolicy bad = takeAll();
        bad.rules[0].filters = {"=="};
        QVERIFY(errorOf([&] { fixture.cleanup().setPolicy(bad); }) == ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { fixture.cleanup().plan({bad, "manual"}, {}); }) == ErrorCode::InvalidArgument);
        fixture.cleanup().setPolicy(CleanupPolicy::standard());
        QVERIFY(fixture.cleanup().policy() == CleanupPolicy::standard());
    }

    void upkeepComesInItsTime()
    {
        using Signs = UpkeepSchedule::Signs;
        const UpkeepSchedule::Time start{};
        UpkeepSchedule schedule(start);
        QVERIFY(!schedule.due(start, {}));
        QCOMPARE(schedule.due(start + 1s, {}).value_or(""), std::string_view("start"));
        schedule.done(start + 1s, {});
        Signs work;
        work.releases = 5;
        Signs tight;
        tight.disk = Signs::Disk::Tight;
        Signs expiry;
        expiry.expiry = Signs::Expiry::Due;
        for (const Signs& signs : {work, tight, expiry})
            QVERIFY(!schedule.due(start + 60s, signs)); // never twice within a minute
        QCOMPARE(schedule.due(start + 61s, work).value_or(""), std::string_view("work"));
        QCOMPARE(schedule.due(start + 61s, tight).value_or(""), std::string_view("pressure"));
        QCOMPARE(schedule.due(start + 61s, expiry).value_or(""), std::string_view("expiry"));
        QVERIFY(!schedule.due(start + 61s, {}));
        QVERIFY(!schedule.due(start + 30min, {}));
        QCOMPARE(schedule.due(start + 30min + 1s, {}).value_or(""), std::string_view("periodic"));
        schedule.done(start + 61s, work);
        QVERIFY(!schedule.due(start + 200s, work)); // nothing was released since
    }
};

QTEST_GUILESS_MAIN(CleanupUpkeepTest)
#include "cleanup_upkeep_test.moc"
