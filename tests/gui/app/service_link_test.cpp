// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "app/service_link.h"
#include "gui/support/fixtures.h"
#include "gui/widgets/demo_page.h"
#include "widgets/dialogs/connections_dialog.h"
#include "widgets/pages/events_page.h"

#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace layerhold::gui::test {

constexpr int deadline = 30'000; // ms

/// A window and what connects it, to a service that the test turns on and off.
struct LinkScene
{
    LinkScene()
    {
        shell.window.addPage(events);
        shell.window.show();
    }

    QFuture<std::shared_ptr<CacheClient>> open(const Target& target)
    {
        asked.push_back(target);
        QPromise<std::shared_ptr<CacheClient>> promise;
        promise.start();
        if (refusal) {
            promise.setException(*refusal);
        } else {
            client = std::make_shared<FakeClient>(store);
            promise.addResult(std::shared_ptr<CacheClient>(client));
        }
        promise.finish();
        return promise.future();
    }

    StateWords words() { return shell.demo().pane().words(); }

    Shell shell;
    EventsPage* events = new EventsPage(shell.context);
    std::shared_ptr<FakeStore> store = fixtures::tiny(shell.now);
    std::shared_ptr<FakeClient> client;
    std::optional<CallError> refusal;
    std::vector<Target> asked;
    UsualPlaces places{.systemSocket = shell.folder.filePath(QStringLiteral("none.sock")),
                       .ownSocket = {},
                       .root = shell.folder.filePath(QStringLiteral("cache")),
                       .ownRoot = shell.folder.filePath(QStringLiteral("cache"))};
    ServiceLink link{shell.window, shell.context, [this](const Target& target) { return open(target); }, places};
};

/// What the window shows of the connection.
class ServiceLinkTest final : public QObject
{
    Q_OBJECT

private slots:
    void offersACacheOfOnesOwn();
    void givesTheEventsToThePages();
    void forgetsTheEventsOfAnotherCache();
    void keepsWhatCameWhenTheServiceGoes();
    void saysWhenItDoesNotTryAgain();
    void figuresAreOfTheCacheThatIsShown();
    void socketsCanBeTried();
};

void ServiceLinkTest::offersACacheOfOnesOwn()
{
    LinkScene scene;
    scene.refusal = CallError(QStringLiteral("unavailable"), QStringLiteral("There is no such socket."));
    scene.link.connectTo({}, scene.places.target({}));
    QTRY_COMPARE_WITH_TIMEOUT(scene.words().key, QStringLiteral("never_connected"), deadline);
    QVERIFY(scene.words().text.contains(scene.places.ownRoot));
    QVERIFY(scene.words().command.contains(QStringLiteral("systemctl")));
    QCOMPARE(scene.words().buttons,
             (QList{StateButton::Connect, StateButton::OwnCache, StateButton::RetryNow, StateButton::Help}));
    QVERIFY(!QDir(scene.places.root).exists());
    for (const Target& target : scene.asked)
        QCOMPARE(target.absent, Target::Absent::Fail);

    scene.refusal.reset();
    for (auto* button : scene.shell.demo().pane().findChildren<QPushButton*>())
        if (button->property("stateButton").toInt() == static_cast<int>(StateButton::OwnCache))
            QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(scene.words().key, QStringLiteral("ready"), deadline);
    QCOMPARE(scene.asked.back().root, scene.places.ownRoot);
    QVERIFY(!scene.asked.back().isSocket());
    QCOMPARE(scene.asked.back().absent, Target::Absent::Create);
}

void ServiceLinkTest::givesTheEventsToThePages()
{
    LinkScene scene;
    scene.link.connectTo(QStringLiteral("here"), scene.places.target({}));
    QTRY_VERIFY_WITH_TIMEOUT(scene.client && scene.client->openCount(QStringLiteral("followEvents")) == 1, deadline);
    EventRecord event;
    event.kind = "blob_added";
    event.subject = "sha256:1";
    scene.client->publish(event);
    QTRY_COMPARE_WITH_TIMEOUT(scene.events->model().rowCount(), 1, deadline);
    QCOMPARE(QString::fromStdString(scene.events->model().rowAt(0).event.subject), QStringLiteral("sha256:1"));
    // Demo pages refresh with a new client only; a gap concerns all pages.
    const int refreshed = scene.shell.demo().refreshed;
    scene.shell.window.noteGap({.firstMissing = 5, .lastMissing = 7});
    QTRY_COMPARE_WITH_TIMEOUT(scene.events->model().rowCount(), 2, deadline);
    QCOMPARE(scene.events->model().rowAt(1).count, std::uint64_t(3));
    QTRY_COMPARE_WITH_TIMEOUT(scene.shell.demo().refreshed, refreshed + 1, deadline);
}

void ServiceLinkTest::forgetsTheEventsOfAnotherCache()
{
    LinkScene scene;
    scene.link.connectTo(QStringLiteral("here"), scene.places.target({}));
    QTRY_VERIFY_WITH_TIMEOUT(scene.client && scene.client->openCount(QStringLiteral("followEvents")) == 1, deadline);
    scene.client->publish(EventRecord());
    QTRY_COMPARE_WITH_TIMEOUT(scene.events->model().rowCount(), 1, deadline);
    scene.link.connectTo(QStringLiteral("there"), scene.places.ownCache());
    QCOMPARE(scene.events->model().rowCount(), 0);
}

void ServiceLinkTest::keepsWhatCameWhenTheServiceGoes()
{
    LinkScene scene;
    scene.link.connectTo(QStringLiteral("here"), scene.places.target({}));
    QTRY_VERIFY_WITH_TIMEOUT(scene.client && scene.client->openCount(QStringLiteral("followEvents")) == 1, deadline);
    scene.client->publish(EventRecord());
    QTRY_COMPARE_WITH_TIMEOUT(scene.events->model().rowCount(), 1, deadline);
    scene.refusal = CallError(QStringLiteral("unavailable"), QStringLiteral("It is restarting."));
    scene.client->breakConnection(*scene.refusal);
    QTRY_COMPARE_WITH_TIMEOUT(scene.words().key, QStringLiteral("stale"), deadline);
    QCOMPARE(scene.events->model().rowCount(), 1);
    QVERIFY(scene.words().text.contains(QStringLiteral("It is restarting.")));
    QCOMPARE(scene.words().buttons, (QList{StateButton::RetryNow, StateButton::OtherConnection}));
    QVERIFY(!scene.shell.context.actions().reason(QStringLiteral("view.refresh")).isEmpty());
    scene.refusal.reset();
    scene.shell.context.requestConnect();
    QTRY_COMPARE_WITH_TIMEOUT(scene.words().key, QStringLiteral("ready"), deadline);
    QCOMPARE(scene.events->model().rowCount(), 1);
    // It asks for what came after the last event that it has.
    const auto& calls = scene.client->calls();
    const auto follow = std::ranges::find(calls, QStringLiteral("followEvents"), &FakeClient::Call::name);
    QVERIFY(follow != calls.end());
    QCOMPARE(follow->arguments.value(0), QString::number(scene.events->model().rowAt(0).event.sequence));
    QVERIFY(scene.shell.context.actions().reason(QStringLiteral("view.refresh")).isEmpty());
}

void ServiceLinkTest::saysWhenItDoesNotTryAgain()
{
    LinkScene scene;
    scene.link.connectTo(QStringLiteral("here"), scene.places.target({}));
    QTRY_COMPARE_WITH_TIMEOUT(scene.words().key, QStringLiteral("ready"), deadline);
    scene.refusal = CallError(QStringLiteral("denied"), QStringLiteral("You may not write to the socket."));
    scene.client->breakConnection(*scene.refusal);
    QTRY_COMPARE_WITH_TIMEOUT(scene.link.connection()->state(), Connection::State::Failed, deadline);
    QCOMPARE(scene.words().key, QStringLiteral("stale"));
    QCOMPARE(scene.words().text, QStringLiteral("You may not write to the socket."));
}

void ServiceLinkTest::figuresAreOfTheCacheThatIsShown()
{
    LinkScene scene;
    scene.link.connectTo(QStringLiteral("here"), scene.places.target({}));
    const auto text = [&] { return scene.shell.window.figures().button(QStringLiteral("space"))->text(); };
    QTRY_VERIFY_WITH_TIMEOUT(scene.shell.window.figures().button(QStringLiteral("space")), deadline);
    QTRY_VERIFY_WITH_TIMEOUT(!text().isEmpty(), deadline);
    scene.refusal = CallError(QStringLiteral("not_found"), QStringLiteral("There is no such socket."));
    scene.link.connectTo(QStringLiteral("there"), scene.places.target({}));
    QCOMPARE(text(), QString());
}

void ServiceLinkTest::socketsCanBeTried()
{
    LinkScene scene;
    QFile socket(scene.places.systemSocket); // a file that is there and may be written to
    QVERIFY(socket.open(QFile::WriteOnly));
    ConnectionsDialog dialog(scene.shell.settings, scene.places.systemSocket,
                             [&](const Target& target) { return scene.open(target); });
    dialog.show();
    const auto press = [&] {
        for (auto* button : dialog.findChildren<QPushButton*>())
            if (button->text() == QLatin1String("Test"))
                QTest::mouseClick(button, Qt::LeftButton);
    };
    const auto* result = dialog.findChild<QLabel*>(QStringLiteral("testResult"));
    QVERIFY(result);
    press();
    QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(QStringLiteral("answers, process")), deadline);
    scene.refusal = CallError(QStringLiteral("unavailable"), QStringLiteral("Nobody listens."));
    press();
    QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(QStringLiteral("✗ Nobody listens.")), deadline);
    QCOMPARE(scene.asked.size(), std::size_t(2));
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::ServiceLinkTest)
#include "service_link_test.moc"
