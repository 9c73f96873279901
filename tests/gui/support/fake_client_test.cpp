// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/support/fake_client.h"
#include "gui/support/fixtures.h"

#include <algorithm>
#include <sstream>

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

const Moment now{std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + std::chrono::hours(10)};

const std::string unused = fixtures::tinyDigest("unused");

std::vector<std::string> digestsOf(const std::string& names)
{
    std::vector<std::string> digests;
    std::istringstream words(names);
    for (std::string name; words >> name;)
        digests.push_back(fixtures::shared_figures::digest(name));
    return digests;
}

/// The code of the error that a future ends with; empty when it does not fail.
template <class Result>
QString codeOf(QFuture<Result> future)
{
    try {
        future.waitForFinished();
    } catch (const CallError& error) {
        return error.code();
    }
    return {};
}

std::uint64_t sum(const std::vector<ImageRecord>& images, std::uint64_t ImageRecord::*figure)
{
    std::uint64_t total = 0;
    for (const ImageRecord& image : images)
        total += image.*figure;
    return total;
}

} // namespace

/// That what other tests stand on is as it says.
class FakeClientTest : public QObject
{
    Q_OBJECT

private slots:

    void answersFromTheEventLoopInBatches()
    {
        FakeClient client(fixtures::typical(now));
        client.batchSize = 3000;
        std::vector<std::size_t> batches;
        auto future = client.blobs({}, this, [&](std::vector<BlobRecord> batch) { batches.push_back(batch.size()); });
        QVERIFY(batches.empty());
        QVERIFY(!future.isFinished());
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(batches, (std::vector<std::size_t>{3000, 3000, 2000}));
        QCOMPARE(client.count("blobs"), 1);
        QCOMPARE(client.mutatingCount(), 0);
    }

    void tellsNothingMoreOnceCancelled()
    {
        FakeClient client(fixtures::typical(now));
        int batches = 0;
        QFuture<void> future = client.blobs({}, this, [&](std::vector<BlobRecord>) {
            ++batches;
            future.cancel();
        });
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(batches, 1);
        QCOMPARE(client.openCount(), 0);
    }

    void tellsNothingMoreOnceTheReceiverIsGone()
    {
        FakeClient client(fixtures::typical(now));
        auto receiver = std::make_unique<QObject>();
        int batches = 0;
        const QFuture<void> future = client.blobs({}, receiver.get(), [&](std::vector<BlobRecord>) {
            ++batches;
            receiver.reset();
        });
        QTRY_VERIFY(future.isCanceled() && future.isFinished());
        QCOMPARE(batches, 1);
    }

    void failsHoldsAndBreaksAsItIsTold()
    {
        FakeClient client(fixtures::tiny(now));
        client.fail("status", CallError("denied", "you may not"));
        const auto denied = client.status();
        QTRY_VERIFY(denied.isFinished());
        QCOMPARE(codeOf(denied), "denied");

        client.answer("status");
        client.hold("status");
        const auto held = client.status();
        const auto other = client.version();
        QTRY_VERIFY(other.isFinished());
        QVERIFY(!held.isFinished());
        auto given = client.status();
        given.cancel();
        QTRY_VERIFY(given.isFinished());
        client.answer("status");
        QTRY_VERIFY(held.isFinished());
        QCOMPARE(held.result().blobCount, 9U);

        const auto following = client.followEvents(
            0, this, [](std::vector<EventRecord>) {}, [](EventGap) {});
        client.breakConnection(CallError("unavailable", "the daemon is gone"));
        QTRY_VERIFY(following.isFinished());
        QCOMPARE(codeOf(following), "unavailable");
    }

    void followsEventsFromWhereItIsToldAndSaysWhatIsLost()
    {
        const auto store = fixtures::tiny(now);
        for (EventRecord& event : store->events)
            event.sequence += 100;
        FakeClient client(store);
        std::vector<std::uint64_t> seen;
        std::vector<std::uint64_t> lost;
        const auto onEvents = [&](std::vector<EventRecord> batch) {
            for (const EventRecord& event : batch)
                seen.push_back(event.sequence);
        };
        const auto onGap = [&](EventGap gap) { lost = {gap.firstMissing, gap.lastMissing}; };
        auto future = client.followEvents(50, this, onEvents, onGap);
        QTRY_COMPARE(seen.size(), 3U);
        QCOMPARE(lost, (std::vector<std::uint64_t>{51, 100}));
        client.publish({0, now, "blob_removed", "x", "", "", 1});
        QTRY_COMPARE(seen.back(), 104U);
        future.cancel();
        QTRY_COMPARE(client.openCount(), 0);

        auto onlyNew = client.followEvents(std::nullopt, this, onEvents, onGap);
        client.publish({0, now, "blob_removed", "y", "", "", 1});
        QTRY_COMPARE(seen.size(), 5U);
        QCOMPARE(seen.back(), 105U);
    }

    void removesByPlanAndBringsBack()
    {
        FakeClient client(fixtures::tiny(now));
        const auto plan = client.makePlan(std::nullopt, CacheClient::PlanUse::Apply);
        QTRY_VERIFY(plan.isFinished());
        QCOMPARE(plan.result().removeItems, 1U);
        QCOMPARE(client.mutatingCount(), 0);
        const std::size_t blobs = client.store->blobs.size();

        JobProgress last;
        const auto run = client.applyPlan(QString::fromStdString(plan.result().id), CacheClient::Removal::Trash, this,
                                          [&](JobProgress progress) { last = progress; });
        QTRY_VERIFY(run.isFinished());
        QCOMPARE(run.result().trashed, 1U);
        QCOMPARE(last.doneItems, 1U);
        QVERIFY(!client.store->find(unused));
        QCOMPARE(client.store->trash.back().digest, unused);
        QCOMPARE(client.mutatingCount(), 1);

        const auto again =
            client.applyPlan(QString::fromStdString(plan.result().id), CacheClient::Removal::Trash, this, {});
        QTRY_VERIFY(again.isFinished());
        QCOMPARE(codeOf(again), "failed_precondition");

        const auto undone = client.undoRun(QString::fromStdString(run.result().id), this, {});
        QTRY_VERIFY(undone.isFinished());
        QCOMPARE(undone.result().items.front().outcome, "restored");
        QVERIFY(client.store->find(unused));
        QCOMPARE(client.store->blobs.size(), blobs);
    }

    void skipsWhatChangedSinceThePlan()
    {
        FakeClient client(fixtures::tiny(now));
        const auto plan = client.makePlan(std::nullopt, CacheClient::PlanUse::Apply);
        QTRY_VERIFY(plan.isFinished());
        client.store->claims.push_back({"tag", "docker.io/library/new:1", unused, now});
        const auto run =
            client.applyPlan(QString::fromStdString(plan.result().id), CacheClient::Removal::ForGood, this, {});
        QTRY_VERIFY(run.isFinished());
        QCOMPARE(run.result().skipped, 1U);
        QCOMPARE(client.store->runItems[run.result().id].front().sentence,
                 "It is held by tag docker.io/library/new:1.");
        QVERIFY(client.store->find(unused));
    }

    void tinyHasEachStateAndReasonOnce()
    {
        const auto store = fixtures::tiny(now);
        QCOMPARE(store->blobs.size(), 12U);
        std::map<std::string, std::string> reasons;
        for (const PlanItem& item : store->planItems.at(store->plans.front().id))
            reasons[item.name] = item.reason;
        const std::pair<const char*, const char*> wanted[] = {{"index", "keep_held"},
                                                              {"manifest", "keep_needed"},
                                                              {"config", "keep_needed"},
                                                              {"layer", "keep_needed"},
                                                              {"pinned", "keep_held"},
                                                              {"leased", "keep_held"},
                                                              {"expected", "keep_expected"},
                                                              {"recent", "keep_recent"},
                                                              {"unused", "remove_unused"},
                                                              {"missing", "keep_not_stored"},
                                                              {"quarantined", "keep_not_stored"},
                                                              {"deleting", "keep_not_stored"}};
        for (const auto& [name, reason] : wanted)
            QCOMPARE(reasons[fixtures::tinyDigest(name)], reason);
        const FakeStore& known = *store;
        QCOMPARE(known.whyKept(fixtures::tinyDigest("layer")).front().path.size(), 3U);
    }

    void sharedIsAsCountedByHand()
    {
        using namespace fixtures::shared_figures;
        const auto store = fixtures::shared(now);
        QCOMPARE(store->usage.at("image").storedBytes, stored);
        QCOMPARE(store->usage.at("image").reachedBytes, reached);
        QCOMPARE(store->totals.sharedBytes, sharedByImages);
        QCOMPARE(store->images.size(), std::size(images));
        for (std::size_t i = 0; i < std::size(images); ++i) {
            const ImageRecord& image = store->images[i];
            QCOMPARE(image.digest, digest(images[i].name));
            QCOMPARE(image.referencedBytes, images[i].referenced);
            QCOMPARE(image.uniqueBytes, images[i].unique);
            QCOMPARE(image.shareBytes, images[i].share);
        }
        QCOMPARE(sum(store->images, &ImageRecord::shareBytes), reached);
        for (const Freed& each : freed)
            QCOMPARE(store->freedBy(digestsOf(std::string(each.selection))), each.bytes);
    }

    void tagsMovedAsOftenAsItSays()
    {
        const auto store = fixtures::tags(now);
        QCOMPARE(store->histories.size(), 40U);
        std::size_t moves = 0;
        for (const auto& [reference, history] : store->histories) {
            moves += history.moves.size();
            QVERIFY(std::ranges::is_sorted(history.moves, std::ranges::greater(), &TagMove::at));
            if (history.tag)
                QCOMPARE(history.tag->digest, history.moves.front().to);
        }
        QCOMPARE(moves, 600U);
    }

    void typicalIsTheSameEveryTime()
    {
        const auto one = fixtures::typical(now);
        const auto two = fixtures::typical(now);
        QCOMPARE(one->blobs.size(), 8000U);
        QCOMPARE(one->currentStatus().blobBytes, two->currentStatus().blobBytes);
        QVERIFY(std::ranges::equal(one->blobs, two->blobs, {}, &BlobRecord::digest, &BlobRecord::digest));
        const PlanRecord& plan = one->plans.front();
        QVERIFY(plan.removeItems > 100 && plan.keepItems > 1000);
        QVERIFY(plan.onlyCopies > 0);
        QCOMPARE(one->history("hits", std::chrono::seconds(3600), Moment()).points.size(), 2160U - 2);
    }

    void hostileTextsComeThrough()
    {
        FakeClient client(fixtures::hostile(now));
        std::size_t images = 0;
        const auto future = client.images({}, this, [&](std::vector<ImageRecord> batch) { images += batch.size(); });
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(images, 14U);
    }
};

QTEST_GUILESS_MAIN(FakeClientTest)
#include "fake_client_test.moc"
