// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cleanup_fixture.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <set>
#include <thread>

using namespace layerhold;
using namespace layerhold::test;

namespace {

std::set<std::string> namesOf(const std::vector<PlanItem>& items, PlanItem::Decision decision)
{
    std::set<std::string> names;
    for (const PlanItem& item : items)
        if (item.decision == decision)
            names.insert(item.name);
    return names;
}

} // namespace

class CleanupTest : public QObject
{
    Q_OBJECT

private slots:

    void aPlanChangesNothingAndTellsWhy()
    {
        CleanupFixture fixture;
        const Digest held = put(*fixture.store, "held");
        const Digest free = fixture.putReleased("free");
        const std::string manifest = manifestOf({"layer"});
        const Digest layer = fixture.putReleased("layer");
        fixture.putManifest(manifest);
        const auto before = fixture.cache->status();
        const Plan plan = fixture.cleanup().plan({takeAll(), "manual"}, {});
        QCOMPARE(plan.removeItems, std::uint64_t(1));
        QCOMPARE(plan.removeBytes, std::uint64_t(4));
        QCOMPARE(plan.keepItems, std::uint64_t(3));
        QCOMPARE(plan.storedBytes, before.blobBytes);
        QCOMPARE(fixture.cache->status().releasedCount, before.releasedCount);
        const auto items = fixture.cleanup().planItems(plan.id, 0, 100);
        QCOMPARE(items.size(), std::size_t(4));
        QCOMPARE(items[0].name, free.toString());
        QVERIFY(items[0].reason == PlanReason::RemoveUnused);
        QCOMPARE(items[0].rule, std::string("all"));
        QCOMPARE(items[0].freed, std::uint64_t(4));
        for (const PlanItem& item : items) {
            QVERIFY(!item.sentence.empty());
            if (item.name == held.toString())
                QVERIFY(item.reason == PlanReason::KeepHeld && item.sentence.find("engine a") != std::string::npos);
            if (item.name == layer.toString())
                QVERIFY(item.reason == PlanReason::KeepNeeded);
        }
        QCOMPARE(fixture.cleanup().planItems(plan.id, 3, 100).size(), std::size_t(1));
        QCOMPARE(fixture.cleanup().planItems(plan.id, 0, 2).size(), std::size_t(2));
        fixture.reopen(); // frozen in the index
        QCOMPARE(fixture.cleanup().findPlan(plan.id).removeBytes, std::uint64_t(4));
        QCOMPARE(fixture.cleanup().plans().size(), std::size_t(1));
        QVERIFY(errorOf([&] { fixture.cleanup().findPlan("unknown"); }) == ErrorCode::NotFound);
        QVERIFY(errorOf([&] { fixture.cleanup().planItems("unknown", 0, 1); }) == ErrorCode::NotFound);
    }

    void applyMovesToTheTrashAndUndoBringsBack()
    {
        CleanupFixture fixture;
        const Digest held = put(*fixture.store, "held");
        const Digest free = fixture.putReleased("free");
        const Plan plan = fixture.cleanup().plan({takeAll(), "manual"}, {});
        const CleanupRun run = fixture.cleanup().apply(plan.id, Disposal::Trash, {}, {});
        QCOMPARE(run.trashed, std::uint64_t(1));
        QCOMPARE(run.promisedBytes, std::uint64_t(4));
        QCOMPARE(run.reportedBytes, std::uint64_t(4));
        QCOMPARE(run.unlinkedBytes, std::uint64_t(0));
        QVERIFY(fixture.isInTrash(free) && !fixture.isInPlace(free) && fixture.isInPlace(held));
        QVERIFY(fixture.stateOf(free) == BlobState::Trashed);
        QCOMPARE(fixture.cleanup().trashTotals().bytes, std::uint64_t(4));
        QCOMPARE(fixture.cleanup().trash({}, 10).front().run, run.id);
        QCOMPARE(fixture.cache->status().blobCount, std::uint64_t(1));
        QCOMPARE(fixture.cleanup().findRun(run.id).plan, plan.id);
        QCOMPARE(fixture.cleanup().findPlan(plan.id).run, run.id);
        QVERIFY(fixture.cleanup().runItems(run.id, 0, 10).front().outcome == CleanupOutcome::Trashed);
        QVERIFY(errorOf([&] { fixture.cleanup().apply(plan.id, Disposal::Trash, {}, {}); }) ==
                ErrorCode::FailedPrecondition);

        fixture.reopen();
        const TrashReport report = fixture.cleanup().undo("", {}, {});
        QCOMPARE(report.items.size(), std::size_t(1));
        QVERIFY(report.items[0].outcome == CleanupOutcome::Restored);
        QVERIFY(!fixture.isInTrash(free) && fixture.isInPlace(free));
        QVERIFY(fixture.cache->blob(free)->released);
        QCOMPARE(readAll(fixture.cache->open(free)), std::string("free"));
        QCOMPARE(fixture.cleanup().trashTotals().count, std::uint64_t(0));
        QVERIFY(errorOf([&] { fixture.cleanup().undo(run.id, {}, {}); }) == ErrorCode::FailedPrecondition);
        QVERIFY(errorOf([&] { fixture.cleanup().undo("", {}, {}); }) == ErrorCode::NotFound);
        QVERIFY(errorOf([&] { fixture.cleanup().undo("unknown", {}, {}); }) == ErrorCode::NotFound);
    }

    void comingBackNeedsNoHashing()
    {
        CleanupFixture fixture;
        const Digest free = fixture.putReleased("free");
        fixture.trashAll();
        fixture.cleanup().undo("", {}, {});
        const auto verified = fixture.cache->blob(free)->verifiedAt;
        QVERIFY(fixture.store->info(free));
        QVERIFY(fixture.cache->blob(free)->verifiedAt == verified);
    }

    void onlyWhatWasListedAndIsUnchangedGoes()
    {
        CleanupFixture fixture;
        const Digest claimed = fixture.putReleased("claimed meanwhile");
        const Digest used = fixture.putReleased("used meanwhile");
        const Digest free = fixture.putReleased("free");
        const Plan plan = fixture.cleanup().plan({takeAll(), "manual"}, {});
        QCOMPARE(plan.removeItems, std::uint64_t(3));
        fixture.store->info(claimed);
        fixture.store->open(used);
        fixture.store->release(used);
        const Digest fresh = fixture.putReleased("new, and matching");
        const CleanupRun run = fixture.cleanup().apply(plan.id, Disposal::Trash, {}, {});
        QCOMPARE(run.trashed, std::uint64_t(1));
        QCOMPARE(run.skipped, std::uint64_t(2));
        QVERIFY(fixture.isInTrash(free));
        for (const Digest& digest : {claimed, used, fresh})
            QVERIFY(fixture.isInPlace(digest) && fixture.stateOf(digest) == BlobState::Present);
        for (const RunItem& item : fixture.cleanup().runItems(run.id, 0, 10)) {
            if (item.name == claimed.toString())
                QVERIFY(item.outcome == CleanupOutcome::Skipped && item.sentence.find("claimed") != std::string::npos);
            if (item.name == used.toString())
                QVERIFY(item.outcome == CleanupOutcome::Skipped && item.sentence.find("used") != std::string::npos);
        }
    }

    void referrersGoFirst()
    {
        CleanupFixture fixture;
        const std::string manifest = manifestOf({"layer 1", "layer 2"});
        fixture.putReleased("layer 1");
        fixture.putReleased("layer 2");
        fixture.store->release(fixture.putManifest(manifest)); // used last: by the clock alone it would go last
        const Plan plan = fixture.cleanup().plan({takeAll(), "manual"}, {});
        const auto items = fixture.cleanup().planItems(plan.id, 0, 10);
        QCOMPARE(plan.removeItems, std::uint64_t(3));
        QCOMPARE(items.front().name, digestOf(manifest).toString());
    }

    void removedForGoodIsGone()
    {
        CleanupFixture fixture;
        const Digest free = fixture.putReleased("free");
        const CleanupRun run = fixture.apply(takeAll(), Disposal::Remove);
        QCOMPARE(run.removed, std::uint64_t(1));
        QCOMPARE(run.unlinkedBytes, std::uint64_t(4));
        QVERIFY(!fixture.isInTrash(free) && !fixture.isInPlace(free));
        QVERIFY(!fixture.cache->blob(free));
        QVERIFY(!fixture.store->info(free));
    }

    void onlyTheTrashIsNotForGood()
    {
        CleanupFixture fixture;
        const Digest first = fixture.putReleased("first");
        QCOMPARE(fixture.apply(takeAll(), Disposal::OnlyTrash).trashed, std::uint64_t(1));
        QVERIFY(fixture.isInTrash(first));
        CleanupPolicy policy = fixture.cleanup().policy();
        policy.undoWindow = std::chrono::seconds::zero();
        const Digest second = fixture.putReleased("second");
        const Plan plan = fixture.cleanup().plan({takeAll(), "manual"}, {});
        fixture.cleanup().setPolicy(policy);
        QVERIFY(errorOf([&] { fixture.cleanup().apply(plan.id, Disposal::OnlyTrash, {}, {}); }) ==
                ErrorCode::FailedPrecondition);
        QVERIFY(fixture.isInPlace(second));
        // The plan was not spent on it.
        QCOMPARE(fixture.cleanup().apply(plan.id, Disposal::Trash, {}, {}).removed, std::uint64_t(1));
        QVERIFY(!fixture.isInPlace(second) && !fixture.isInTrash(second));
    }

    void partialsGoByRules()
    {
        CleanupFixture fixture;
        const std::string ref = "ns/1/layer-" + digestOf("never").toString();
        append(*fixture.store->ingest(ref, {}), "part");
        fixture.store->abort(ref);
        CleanupPolicy policy = takeAll();
        policy.rules[0].filters = {"kind==partial"};
        fixture.putReleased("free");
        const CleanupRun run = fixture.apply(policy, Disposal::Trash);
        QCOMPARE(run.removed, std::uint64_t(1));
        QCOMPARE(run.trashed, std::uint64_t(0));
        QCOMPARE(fixture.cache->status().partialCount, std::uint64_t(0));
    }

    void whatIsWantedComesBackInsteadOfADownload()
    {
        CleanupFixture fixture;
        const Digest asked = fixture.putReleased("asked for");
        const Digest written = fixture.putReleased("written again");
        const Digest opened = fixture.putReleased("opened");
        fixture.trashAll();
        QVERIFY(listed(*fixture.store).empty()); // hidden
        QVERIFY(fixture.store->info(asked));
        put(*fixture.store, "written again", "again");
        QCOMPARE(readAll(fixture.store->open(opened)), std::string("opened"));
        for (const Digest& digest : {asked, written, opened}) {
            QVERIFY(fixture.isInPlace(digest) && !fixture.isInTrash(digest));
            QVERIFY(fixture.stateOf(digest) == BlobState::Present);
        }
        QCOMPARE(fixture.cleanup().trashTotals().count, std::uint64_t(0));
        QVERIFY(fixture.hasEvent("blob_deduplicated"));
    }

    void aClaimBringsBackWhatItRefersTo()
    {
        CleanupFixture fixture;
        const std::string manifest = manifestOf({"layer"});
        const Digest layer = fixture.putReleased("layer");
        const Digest digest = fixture.putManifest(manifest);
        fixture.store->release(digest);
        QCOMPARE(fixture.trashAll().trashed, std::uint64_t(2));
        fixture.cleanup().pin(digest, "the lab");
        QTRY_VERIFY(fixture.isInPlace(layer) && fixture.stateOf(layer) == BlobState::Present);
        QVERIFY(fixture.isInPlace(digest));
        QCOMPARE(fixture.cleanup().plan({takeAll(), "manual"}, {}).removeItems, std::uint64_t(0));
        const auto why = fixture.cache->why(layer);
        QCOMPARE(why.size(), std::size_t(1));
        QVERIFY(why[0].claim.holderKind == HolderKind::Pin);
        QVERIFY(fixture.cleanup().unpin(digest));
        QVERIFY(!fixture.cleanup().unpin(digest));
        QVERIFY(fixture.cache->why(layer).empty());
    }

    void theTrashExpires()
    {
        CleanupFixture fixture;
        const Digest free = fixture.putReleased("free");
        fixture.trashAll();
        fixture.clock.advance(23h);
        fixture.cleanup().keepUp("periodic", {});
        QVERIFY(fixture.isInTrash(free));
        fixture.clock.advance(2h);
        fixture.cleanup().keepUp("periodic", {});
        QVERIFY(!fixture.isInTrash(free) && !fixture.isInPlace(free));
        QVERIFY(!fixture.cache->blob(free));
        QVERIFY(errorOf([&] { fixture.cleanup().undo("", {}, {}); }) == ErrorCode::NotFound);
    }

    void emptyingSparesNothingButWhatIsNamed()
    {
        CleanupFixture fixture;
        const Digest one = fixture.putReleased("one");
        const Digest two = fixture.putReleased("two");
        fixture.trashAll();
        QCOMPARE(fixture.cleanup().emptyTrash({one}, {}, {}).bytes, std::uint64_t(3));
        QVERIFY(!fixture.isInTrash(one) && fixture.isInTrash(two));
        QVERIFY(fixture.cleanup().restore({one}).items.front().outcome == CleanupOutcome::Failed);
        QVERIFY(fixture.cleanup().restore({two}).items.front().outcome == CleanupOutcome::Restored);
        QVERIFY(fixture.isInPlace(two));
        QVERIFY(fixture.cleanup().emptyTrash({}, {}, {}).items.empty());
    }

    void listsAndPrunesSelectTheSame()
    {
        CleanupFixture fixture;
        const std::string manifest = manifestOf({"layer one", "layer two", "shared"});
        for (const char* bytes : {"layer one", "layer two", "shared", "loose", "{}"})
            fixture.putReleased(bytes);
        put(*fixture.store, "held");
        fixture.store->release(fixture.putManifest(manifest));
        fixture.clock.advance(50h);
        fixture.putReleased("young");
        for (const char* filter : {"", "kind==layer", "kind!=layer", "kind!=manifest,kind!=index", "size==9",
                                   "size~=^[0-9]$", "mediatype~=tar", "state==present", "origin==\"engine a\"",
                                   "released==true", "released==false", "inuse==false", "inuse==true", "used.days==2",
                                   "used.days!=2", "created.hours~=^5", "engine==a", "digest~=^sha256:[0-7]"}) {
            CleanupPolicy policy = takeAll();
            policy.rules[0].filters = {filter};
            const Plan plan = fixture.cleanup().plan({policy, "prune"}, {});
            std::set<std::string> expected;
            for (const Blob& blob : fixture.cache->blobs({{filter}}, {}, 1000))
                if (blob.released)
                    expected.insert(blob.digest.toString());
            QVERIFY2(namesOf(fixture.cleanup().planItems(plan.id, 0, 1000), PlanItem::Decision::Remove) == expected,
                     filter);
        }
    }

    void usageAddsUp()
    {
        CleanupFixture fixture;
        const auto other = [&] {
            fixture.cache->addEngine("b", "/run/b.sock", Sharing::Open);
            return fixture.cache->contentStore("b");
        }();
        put(*fixture.store, "only a");
        put(*fixture.store, "both engines");
        put(*other, "both engines", "x");
        fixture.putReleased("nobody");
        const UsageReport report = fixture.cleanup().usage(UsageLevel::Holder);
        QCOMPARE(report.entities.size(), std::size_t(2));
        QCOMPARE(report.entities[0].name, std::string("engine a"));
        QCOMPARE(report.entities[0].referenced, std::uint64_t(18));
        QCOMPARE(report.entities[0].unique, std::uint64_t(6));
        QCOMPARE(report.entities[0].share, std::uint64_t(12));
        QCOMPARE(report.entities[1].share, std::uint64_t(6));
        QCOMPARE(report.reachedBytes, std::uint64_t(18));
        QCOMPARE(report.sharedBytes, std::uint64_t(12));
        QCOMPARE(report.releasedBytes, std::uint64_t(6));
        QCOMPARE(report.storedBytes, fixture.cache->status().blobBytes);
        std::uint64_t total = 0;
        for (std::size_t i = 0; i + 1 < report.onDisk.size(); ++i)
            total += report.onDisk[i].bytes;
        QCOMPARE(report.onDisk.back().name, std::string("total"));
        QCOMPARE(report.onDisk.back().bytes, total);
        QCOMPARE(fixture.cleanup().freed({digestOf("nobody")}), std::uint64_t(6));
        QVERIFY(errorOf([&] { fixture.cleanup().freed({digestOf("unknown")}); }) == ErrorCode::NotFound);
    }

    void heldAndReleasedThroughALife()
    {
        CleanupFixture fixture;
        const auto counts = [&] { // open writes and held blobs, and released ones
            const CacheStatus status = fixture.cache->status();
            return std::pair(status.ingestCount + status.blobCount - status.releasedCount, status.releasedCount);
        };
        using Counts = std::pair<std::uint64_t, std::uint64_t>;
        QVERIFY(counts() == Counts(0, 0));
        append(*fixture.store->ingest("write", {}), "layer");
        QVERIFY(counts() == Counts(1, 0));
        const Digest layer = fixture.store->ingest("write", {})->commitAndWait({5, digestOf("layer"), {}});
        QVERIFY(counts() == Counts(1, 0));
        fixture.store->release(layer);
        QVERIFY(counts() == Counts(0, 1));
        fixture.store->info(layer);
        QVERIFY(counts() == Counts(1, 0));
        const Digest manifest = fixture.putManifest(manifestOf({"layer"}));
        QVERIFY(counts() == Counts(2, 0));
        fixture.store->release(layer); // the manifest needs it
        QVERIFY(counts() == Counts(2, 0));
        fixture.store->release(manifest);
        QVERIFY(counts() == Counts(0, 2));
        QCOMPARE(fixture.apply(takeAll(), Disposal::Remove).removed, std::uint64_t(2));
        QVERIFY(counts() == Counts(0, 0));
    }

    void onlyOneCleanupAtATime()
    {
        CleanupFixture fixture;
        fixture.putReleased("free");
        const Plan plan = fixture.cleanup().plan({takeAll(), "manual"}, {});
        std::optional<ErrorCode> code;
        std::string read;
        const Digest held = put(*fixture.store, "held");
        fixture.cleanup().apply(plan.id, Disposal::Trash,
                                [&](const Progress&) {
                                    std::thread([&] {
                                        code = errorOf([&] { fixture.cleanup().emptyTrash({}, {}, {}); });
                                        read = readAll(fixture.store->open(held)); // reading goes on
                                    }).join();
                                },
                                {});
        QVERIFY(code == ErrorCode::Locked);
        QCOMPARE(read, std::string("held"));
    }

    void aCancelledRunIsRecorded()
    {
        CleanupFixture fixture;
        fixture.putReleased("free");
        const Plan plan = fixture.cleanup().plan({takeAll(), "manual"}, {});
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(fixture.cleanup().apply(plan.id, Disposal::Trash, {}, stop.get_token()), Cancelled);
        const CleanupRun run = fixture.cleanup().runs(1).front();
        QCOMPARE(run.trashed, std::uint64_t(0));
        QVERIFY(run.finishedAt != TimePoint{});
    }

    void oldPlansAreDropped()
    {
        CleanupFixture fixture;
        for (int i = 0; i < 15; ++i)
            fixture.cleanup().plan({takeAll(), "manual"}, {});
        QCOMPARE(fixture.cleanup().plans().size(), std::size_t(10));
    }

    void plansToLookAtDropNoOther()
    {
        CleanupFixture fixture;
        const Plan wanted = fixture.cleanup().plan({takeAll(), "manual"}, {});
        Plan look;
        for (int i = 0; i < 15; ++i)
            look = fixture.cleanup().plan({takeAll(), "manual", PlanUse::Look}, {});
        QVERIFY(look.use == PlanUse::Look);
        QCOMPARE(fixture.cleanup().plans().size(), std::size_t(3));
        QCOMPARE(fixture.cleanup().findPlan(wanted.id).id, wanted.id);
        QVERIFY(fixture.cleanup().findPlan(look.id).use == PlanUse::Look);
    }
};

QTEST_GUILESS_MAIN(CleanupTest)
#include "cleanup_test.moc"
