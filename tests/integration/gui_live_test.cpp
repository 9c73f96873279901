// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// The app before a real daemon and a real containerd, driven by mouse and keys.
#include <QTest>

#include "integration/gui_live/live_steps.h"

#include <QFileInfo>
#include <QLibraryInfo>

#include <csignal>
#include <cstdlib>
#include <unistd.h>

using namespace layerhold::test;

namespace layerhold::gui::test {

namespace {

/// What a disk has beside blobs and trash moves by less: the log of the index, and folders.
constexpr qint64 besides = 4 << 20;

bool hasPlatform()
{
    return QFileInfo::exists(QLibraryInfo::path(QLibraryInfo::PluginsPath) + "/platforms/libqxcb.so");
}

} // namespace

class GuiLiveTest final : public QObject
{
    Q_OBJECT

public:
    static void initMain();

private slots:
    void initTestCase();
    void init();

    void cleanup() { m_live.end(); }

    void cleanupIsDoneAndUndoneWhilePullsGoOn();
    void removalForGoodFreesWhatItSays();
    void restartIsShownAndRecoveredFrom();

private:
    void showEveryPage();
    void loseService();
    void checkThatNothingCanBeDone();
    void recoverService();

    LiveSteps m_live;
};

void GuiLiveTest::initMain()
{
    // Without a platform that it knows Qt ends the program before a test could say why.
    if (!hasPlatform() || !qEnvironmentVariableIsSet("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
}

void GuiLiveTest::initTestCase()
{
    if (QGuiApplication::platformName() != QLatin1String("xcb"))
        QSKIP("This needs an X server and Qt's platform plugin xcb: run it by xvfb-run with QT_QPA_PLATFORM=xcb.");
    if (::geteuid() != 0)
        QSKIP("This runs containerd and mounts a disk: run it as root.");
}

void GuiLiveTest::init()
{
    STEP(m_live.begin());
    STEP(m_live.takeAllThatIsUnused());
    STEP(m_live.beginPulls());
    TRY_VERIFY(m_live.pulls() >= m_live.cache().loopReferences().size());
}

void GuiLiveTest::cleanupIsDoneAndUndoneWhilePullsGoOn()
{
    for (int round = 0; round < 2; ++round) {
        m_live.app().goTo(round == 0 ? "images" : "events");
        int pulls = m_live.pulls();
        STEP(m_live.preview());
        TRY_VERIFY(m_live.pulls() > pulls);
        STEP(m_live.goOnToRun());
        STEP(m_live.run());
        STEP(m_live.checkOutcome("trashed", "trash"));
        pulls = m_live.pulls();
        TRY_VERIFY(m_live.pulls() >= pulls + m_live.cache().loopReferences().size());
        STEP(m_live.endPulls());
        STEP(m_live.checkFigures());
        STEP(m_live.beginPulls());
        STEP(m_live.undo());
        TRY_VERIFY(m_live.pulls() >= m_live.cache().loopReferences().size());
    }
    STEP(m_live.endPulls());
    STEP(m_live.checkFigures());
}

void GuiLiveTest::removalForGoodFreesWhatItSays()
{
    STEP(m_live.preview());
    STEP(m_live.goOnToRun());
    QVERIFY(m_live.app().click("forGood"));
    const DiskUse before = beside([this] { return m_live.cache().countedByDu(); });
    STEP(m_live.run());
    STEP(m_live.checkOutcome("removed", std::nullopt));
    STEP(m_live.endPulls());
    const DiskUse after = beside([this] { return m_live.cache().countedByDu(); });
    // What was removed of the images of the loop can be back by now.
    const qint64 elsewhere = m_live.cache().loopBytes() + besides;
    const qint64 measured = m_live.app().tip("measured").toLongLong();
    QVERIFY2(std::abs(measured - m_live.cache().unusedBytes()) < elsewhere, qPrintable(m_live.app().tip("measured")));
    QVERIFY(std::abs(before.all - after.all - m_live.cache().unusedBytes()) < elsewhere);
    STEP(m_live.checkFigures());
}

void GuiLiveTest::showEveryPage()
{
    for (const Page* each : m_live.app().window().pages()) {
        m_live.app().goTo(each->id());
        TRY_COMPARE(m_live.app().stateKey(), QString("ready"));
    }
}

void GuiLiveTest::loseService()
{
    const Actions& actions = m_live.app().context().actions();
    // The app is not to stand still until the daemon has ended.
    QCOMPARE(::kill(static_cast<pid_t>(m_live.cache().daemon().process().pid()), SIGTERM), 0);
    TRY_VERIFY(!m_live.cache().daemon().process().running());
    TRY_VERIFY(m_live.app().connectionState() != Connection::State::Connected);
    for (const Page* each : m_live.app().window().pages()) {
        m_live.app().goTo(each->id());
        QCOMPARE(m_live.app().window().currentPage(), each);
        QCOMPARE(m_live.app().stateKey(), QString("stale"));
        QVERIFY(isKnown(std::get<state::Stale>(each->pane().state()).asOf));
        QVERIFY(each->pane().words().buttons.contains(StateButton::RetryNow));
        for (const char* id : {"cleanup.preview", "cleanup.undo"}) {
            QVERIFY2(!actions.action(id)->isEnabled(), id);
            QVERIFY2(!actions.reason(id).isEmpty(), id);
        }
    }
}

/// On the pages that change something, by their own buttons and by keys.
void GuiLiveTest::checkThatNothingCanBeDone()
{
    const QString why("There is no connection to a service.");
    m_live.app().goTo("trash");
    QVERIFY(!m_live.app().find<QWidget>("emptyTrash")->isEnabled());
    QCOMPARE(m_live.app().tip("emptyTrash"), why);
    m_live.app().goTo("cleanup");
    QVERIFY(!m_live.app().find<QWidget>("runButton")->isEnabled());
    QCOMPARE(m_live.app().tip("runButton"), why);
    m_live.app().press(QKeySequence("Ctrl+G"));
    QCOMPARE(m_live.page().step(), CleanupPage::Step::Run);
}

void GuiLiveTest::recoverService()
{
    QVERIFY(m_live.cache().daemon().start());
    TRY_COMPARE(m_live.app().connectionState(), Connection::State::Connected);
    STEP(showEveryPage());
    TRY_VERIFY(m_live.app().context().actions().action("cleanup.preview")->isEnabled());
}

void GuiLiveTest::restartIsShownAndRecoveredFrom()
{
    STEP(showEveryPage());
    STEP(m_live.preview());
    STEP(m_live.goOnToRun());
    STEP(m_live.endPulls());
    STEP(loseService());
    STEP(checkThatNothingCanBeDone());
    STEP(recoverService());

    // The plan that was looked at is still the one that is done.
    const Outcome reachable = beside([this] { return m_live.cache().containerd().waitForContentStore(); });
    QVERIFY2(reachable.ok(), reachable.text());
    STEP(m_live.beginPulls());
    m_live.app().goTo("cleanup");
    STEP(m_live.run());
    STEP(m_live.checkOutcome("trashed", "trash"));
    STEP(m_live.undo());
    STEP(m_live.endPulls());
    STEP(m_live.checkFigures());
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::GuiLiveTest)
#include "gui_live_test.moc"
