// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "client/connection.h"
#include "gui/support/fake_client.h"
#include "gui/support/fixtures.h"

#include <QSignalSpy>

#include <algorithm>

using namespace layerhold::gui;
using namespace layerhold::gui::test;
using namespace std::chrono_literals;

using State = Connection::State;
using Step = Connection::Step;

namespace {

const Moment now{std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + 10h};

/// A service with a clock, which makes a client for each attempt and remembers what the connection told.
struct Scene
{
    explicit Scene(Target target = {"/run/layerhold/api.sock", {}, Target::Absent::Fail})
        : connection(
              std::move(target), [this](const Target&) { return open(); }, [this] { return time; })
    {
        QObject::connect(&connection, &Connection::eventsArrived, &connection, [this](const auto& events) {
            for (const EventRecord& event : events)
                sequences.push_back(event.sequence);
        });
        QObject::connect(&connection, &Connection::eventsLost, &connection,
                         [this](EventGap gap) { gaps.emplace_back(gap.firstMissing, gap.lastMissing); });
        QObject::connect(&connection, &Connection::connected, &connection, [this](CacheClient*) { ++connects; });
        QObject::connect(&connection, &Connection::statusChanged, &connection,
                         [this](const StatusRecord&) { ++statuses; });
    }

    QFuture<std::shared_ptr<CacheClient>> open()
    {
        ++attempts;
        QPromise<std::shared_ptr<CacheClient>> promise;
        promise.start();
        if (isSilent) {
            unanswered.push_back(std::move(promise));
            return unanswered.back().future();
        }
        auto future = promise.future();
        if (refusal) {
            promise.setException(*refusal);
        } else {
            latest = std::make_shared<FakeClient>(store);
            for (const QString& call : held)
                latest->hold(call);
            promise.addResult(std::shared_ptr<CacheClient>(latest));
        }
        promise.finish();
        return future;
    }

    void pass(Connection::Milliseconds by)
    {
        time += by;
        connection.tick();
    }

    bool waitFor(State state) const
    {
        return QTest::qWaitFor([&] { return connection.state() == state; });
    }

    /// Connected, with the stream of events open.
    bool connect()
    {
        connection.open();
        return waitFor(State::Connected);
    }

    std::shared_ptr<FakeStore> store = fixtures::tiny(now);
    std::shared_ptr<FakeClient> latest;
    std::optional<CallError> refusal;
    bool isSilent = false;
    QStringList held;
    std::vector<QPromise<std::shared_ptr<CacheClient>>> unanswered;
    int attempts = 0;
    int connects = 0;
    int statuses = 0;
    std::vector<std::uint64_t> sequences;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> gaps;
    Connection::Milliseconds time{1'000'000};
    Connection connection;
};

const CallError gone("unavailable", "the daemon is gone");

} // namespace

class ConnectionTest : public QObject
{
    Q_OBJECT

private slots:

    void followsAnewWhenAnotherCacheTookItsPlace()
    {
        Scene scene;
        QVERIFY(scene.connect());
        QTRY_VERIFY(scene.latest->openCount("followEvents") == 1);
        scene.latest->publish(EventRecord());
        QTRY_COMPARE(scene.sequences.size(), std::size_t(1));
        scene.latest->breakConnection(gone);
        QVERIFY(scene.waitFor(State::Disconnected));
        // Restored from a backup: it has not come to that number yet.
        scene.store = fixtures::tiny(now);
        scene.store->events.clear();
        scene.pass(1s);
        QVERIFY(scene.waitFor(State::Connected));
        QTRY_COMPARE(scene.gaps.size(), std::size_t(1));
        QCOMPARE(scene.gaps.front(), (std::pair<std::uint64_t, std::uint64_t>(0, 0)));
        QTRY_COMPARE(scene.latest->openCount("followEvents"), 1);
        QCOMPARE(scene.connection.state(), State::Connected);
        QCOMPARE(scene.attempts, 2);
    }

    void letsGoAndLetsWorkEnd()
    {
        Scene scene;
        QVERIFY(scene.connect());
        scene.latest->hold("plans");
        const auto plans = scene.latest->plans();
        QTRY_COMPARE(scene.latest->openCount("plans"), 1);
        const std::weak_ptr<FakeClient> client = std::exchange(scene.latest, nullptr);
        scene.connection.letGo();
        QCOMPARE(scene.connection.state(), State::NeverConnected);
        scene.pass(1min);
        QVERIFY(scene.connection.isBusy());
        client.lock()->answer("plans");
        QTRY_VERIFY(plans.isFinished());
        QVERIFY(!plans.isCanceled());
        scene.pass(1s);
        QVERIFY(!scene.connection.isBusy());
        QVERIFY(client.expired());
        QCOMPARE(scene.attempts, 1);
    }

    void goesThroughTheStepsToConnected()
    {
        Scene scene;
        QCOMPARE(scene.connection.state(), State::NeverConnected);
        std::vector<Step> steps;
        connect(&scene.connection, &Connection::stateChanged, &scene.connection, [&] {
            if (scene.connection.state() == State::Connecting)
                steps.push_back(scene.connection.step());
        });
        QVERIFY(scene.connect());
        QCOMPARE(steps, (std::vector{Step::Opening, Step::Version, Step::Status}));
        QCOMPARE(scene.connects, 1);
        QTRY_COMPARE(scene.statuses, 1);
        QCOMPARE(scene.connection.version().version, "0.1.0");
        QCOMPARE(scene.connection.client(), scene.latest.get());
        QCOMPARE(scene.latest->mutatingCount(), 0);
    }

    void asksForTheStatusEveryTwoSeconds()
    {
        Scene scene;
        QVERIFY(scene.connect());
        QTRY_COMPARE(scene.statuses, 1);
        scene.pass(1'999ms);
        QCOMPARE(scene.latest->count("status"), 1);
        scene.pass(1ms);
        QCOMPARE(scene.latest->count("status"), 2);
        scene.time += 12ms;
        QTRY_COMPARE(scene.statuses, 2);
        QCOMPARE(scene.connection.roundTrip(), 12ms);
    }

    void saysWhenItIsSlowAndGivesUp()
    {
        Scene scene;
        scene.isSilent = true;
        scene.connection.open();
        scene.pass(2'999ms);
        QVERIFY(!scene.connection.isSlow());
        QSignalSpy changes(&scene.connection, &Connection::stateChanged);
        scene.pass(1ms);
        QVERIFY(scene.connection.isSlow());
        QCOMPARE(changes.count(), 1);
        QCOMPARE(scene.connection.elapsed(), 3'000ms);
        scene.pass(11'999ms);
        QCOMPARE(scene.connection.state(), State::Connecting);
        scene.pass(1ms);
        QCOMPARE(scene.connection.state(), State::Disconnected);
        QCOMPARE(scene.connection.reason()->code(), "unavailable");
        QVERIFY(scene.connection.reason()->message().contains("/run/layerhold/api.sock"));
        QVERIFY(scene.unanswered.front().isCanceled());
    }

    void givesUpOnAServiceThatTakesCallsAndSaysNothing()
    {
        Scene scene;
        scene.held = QStringList{"version"};
        scene.connection.open();
        QTRY_COMPARE(scene.connection.step(), Step::Version);
        scene.pass(15s);
        QCOMPARE(scene.connection.state(), State::Disconnected);
    }

    void waitsForACacheThatIsOpenedHere()
    {
        Scene scene({{}, "/home/someone/cache", Target::Absent::Fail});
        scene.isSilent = true;
        scene.connection.open();
        scene.pass(60s);
        QCOMPARE(scene.connection.state(), State::Connecting);
        QVERIFY(scene.connection.isSlow());
        scene.connection.cancel();
        QCOMPARE(scene.connection.state(), State::NeverConnected);
        QVERIFY(scene.unanswered.front().isCanceled());
    }

    void canBeCancelled()
    {
        Scene scene;
        scene.isSilent = true;
        scene.connection.open();
        scene.connection.cancel();
        QCOMPARE(scene.connection.state(), State::NeverConnected);
        QVERIFY(scene.unanswered.front().isCanceled());
        scene.pass(60s);
        QCOMPARE(scene.attempts, 1);
    }

    void triesAgainLaterAndLater()
    {
        Scene scene;
        scene.refusal = gone;
        scene.connection.open();
        int attempts = 1;
        for (const auto wait : {1s, 2s, 5s, 10s, 30s, 30s}) {
            QVERIFY(scene.waitFor(State::Disconnected));
            QCOMPARE(scene.attempts, attempts);
            QCOMPARE(*scene.connection.retryIn(), Connection::Milliseconds(wait));
            scene.pass(wait - 1ms);
            QCOMPARE(scene.attempts, attempts);
            scene.pass(1ms);
            QCOMPARE(scene.attempts, ++attempts);
        }
        scene.refusal.reset();
        QVERIFY(scene.waitFor(State::Disconnected));
        scene.connection.retryNow();
        QVERIFY(scene.waitFor(State::Connected));
        // What worked begins with short waits again.
        scene.latest->breakConnection(gone);
        QVERIFY(scene.waitFor(State::Disconnected));
        QCOMPARE(*scene.connection.retryIn(), 1'000ms);
    }

    void doesNotTryAgainWhatCannotHelp_data()
    {
        QTest::addColumn<QString>("code");
        for (const char* code : {"denied", "unsupported", "not_found", "invalid_argument", "corrupted"})
            QTest::newRow(code) << code;
    }

    void doesNotTryAgainWhatCannotHelp()
    {
        QFETCH(QString, code);
        Scene scene;
        scene.refusal = CallError(code, "no, because");
        scene.connection.open();
        QVERIFY(scene.waitFor(State::Failed));
        QCOMPARE(scene.connection.reason()->message(), "no, because");
        QVERIFY(!scene.connection.retryIn());
        scene.pass(100s);
        QCOMPARE(scene.attempts, 1);
        scene.refusal.reset();
        scene.connection.retryNow();
        QVERIFY(scene.waitFor(State::Connected));
    }

    void losesAServiceThatStopsToAnswer()
    {
        Scene scene;
        QVERIFY(scene.connect());
        QTRY_COMPARE(scene.statuses, 1);
        scene.latest->hold("status");
        scene.pass(2s);
        scene.pass(4'999ms);
        QCOMPARE(scene.connection.state(), State::Connected);
        scene.pass(1ms);
        QCOMPARE(scene.connection.state(), State::Disconnected);
        QVERIFY(!scene.connection.client());
    }

    void goesOnAfterTheLastEvent()
    {
        Scene scene;
        QVERIFY(scene.connect());
        QCOMPARE(scene.latest->calls().back().name, "followEvents");
        QCOMPARE(scene.latest->calls().back().arguments, QStringList(QString()));
        scene.latest->publish({0, now, "blob_committed", "a", "", "", 1});
        QTRY_COMPARE(scene.sequences, (std::vector<std::uint64_t>{4}));
        const auto first = scene.latest;
        first->breakConnection(gone);
        QVERIFY(scene.waitFor(State::Disconnected));
        scene.store->append({0, now, "blob_committed", "b", "", "", 1});
        scene.pass(1s);
        QVERIFY(scene.waitFor(State::Connected));
        QVERIFY(scene.latest != first);
        QTRY_COMPARE(scene.sequences, (std::vector<std::uint64_t>{4, 5}));
        QVERIFY(scene.gaps.empty());
        const auto& calls = scene.latest->calls();
        const auto follow = std::ranges::find(calls, QString("followEvents"), &FakeClient::Call::name);
        QCOMPARE(follow->arguments, QStringList("4"));
    }

    void tellsOnceThatEventsAreLost()
    {
        Scene scene;
        QVERIFY(scene.connect());
        scene.latest->publish({0, now, "blob_committed", "a", "", "", 1});
        QTRY_COMPARE(scene.sequences.size(), 1U);
        scene.latest->breakConnection(gone);
        QVERIFY(scene.waitFor(State::Disconnected));
        // The ring of the service is shorter than the break.
        scene.store->events = {{90, now, "blob_removed", "b", "", "", 1}};
        scene.pass(1s);
        QTRY_COMPARE(scene.sequences, (std::vector<std::uint64_t>{4, 90}));
        QCOMPARE(scene.gaps, (std::vector<std::pair<std::uint64_t, std::uint64_t>>{{5, 89}}));
        QCOMPARE(*scene.connection.lastSequence(), 90U);
    }

    void takesABreakWithoutANumberForALoss()
    {
        Scene scene;
        QVERIFY(scene.connect());
        scene.latest->breakConnection(gone);
        QVERIFY(scene.waitFor(State::Disconnected));
        scene.pass(1s);
        QVERIFY(scene.waitFor(State::Connected));
        QCOMPARE(scene.gaps, (std::vector<std::pair<std::uint64_t, std::uint64_t>>{{0, 0}}));
        QCOMPARE(scene.connects, 2);
    }

    void letsWorkThatRunsComeToItsEnd()
    {
        Scene scene;
        QVERIFY(scene.connect());
        scene.latest->hold("usage");
        const auto work = scene.latest->usage("holder");
        scene.latest->fail("status", gone);
        const std::weak_ptr<FakeClient> client = scene.latest;
        scene.pass(2s);
        QVERIFY(scene.waitFor(State::Disconnected));
        FakeClient* old = std::exchange(scene.latest, nullptr).get();
        scene.pass(1ms);
        QVERIFY(!client.expired());
        old->answer("usage");
        QTRY_VERIFY(work.isFinished());
        QVERIFY(!work.isCanceled());
        QTRY_VERIFY_WITH_TIMEOUT((scene.connection.tick(), client.expired()), 5'000);
    }

    void mayBeCutOffByWhoIsTold()
    {
        Scene scene;
        auto* connection = new Connection(
            scene.connection.target(), [&](const Target&) { return scene.open(); }, [&] { return scene.time; });
        bool isDeleted = false;
        QObject::connect(connection, &Connection::connected, this, [&] {
            connection->deleteLater();
            isDeleted = true;
        });
        connection->open();
        QTRY_VERIFY(isDeleted);
    }
};

QTEST_GUILESS_MAIN(ConnectionTest)
#include "connection_test.moc"
