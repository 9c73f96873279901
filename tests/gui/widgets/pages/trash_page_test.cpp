// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/pages/cleanup_window.h"

namespace layerhold::gui::test {

namespace {

using namespace std::chrono_literals;

} // namespace

/// The trash: back, gone, or soon gone.
class TrashPageTest final : public QObject
{
    Q_OBJECT

private slots:
    void listsWithItsTimes();
    void restoresWhatIsSelected();
    void removesOnlyAfterASecondPress();
    void emptyingNamesEachEntry();
    void tellsOfPressure();
    void workCanBeStopped_data();
    void workCanBeStopped();
    void states();
    void anotherCacheHasAnotherTrash();
    void aPartOfTheListIsNotTheTrash();

private:
    static bool load(CleanupWindow& w)
    {
        w.connectClient();
        w.show("trash");
        return QTest::qWaitFor([&w] { return w.pages.trash->pane().words().key == QLatin1String("ready"); });
    }
};

void TrashPageTest::listsWithItsTimes()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(load(w));
    TrashPage& page = *w.pages.trash;
    QCOMPARE(page.model().recordCount(), w.store().trash.size());
    QCOMPARE(page.badge(), QString::number(w.store().trash.size()));
    QVERIFY(w.text("trashSummary").contains(QStringLiteral("The next one expires in")));
    QVERIFY(page.model().index(0, TrashModel::Expires).data().toString().startsWith(QStringLiteral("in ")));
    w.now += 200h;
    QCOMPARE(page.model().index(0, TrashModel::Expires).data().toString(), QStringLiteral("expired"));
    QCOMPARE(w.client.mutatingCount(), 0);
}

void TrashPageTest::restoresWhatIsSelected()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(load(w));
    QVERIFY(!w.find<QPushButton>("restoreTrash")->isEnabled());
    const std::size_t before = w.store().trash.size();
    const std::string digest = w.pages.trash->model().recordAt(2).digest;
    w.pages.trash->view().selectRow(2);
    w.press("restoreTrash");
    QTRY_COMPARE(w.store().trash.size(), before - 1);
    QVERIFY(w.store().find(digest));
    QTRY_COMPARE(w.pages.trash->model().recordCount(), before - 1);
    QCOMPARE(w.context.jobs().all().back()->state(), Job::State::Done);
}

void TrashPageTest::removesOnlyAfterASecondPress()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(load(w));
    const std::size_t before = w.store().trash.size();
    w.pages.trash->view().selectRow(0);
    w.press("removeNow");
    QVERIFY(w.text("confirmText").contains(QStringLiteral("cannot be undone")));
    QCOMPARE(w.pages.trash->focusWidget(), w.find<QPushButton>("confirmCancel"));
    w.press("confirmCancel");
    QCOMPARE(w.client.mutatingCount(), 0);
    w.press("removeNow");
    w.press("confirmRemove");
    QTRY_COMPARE(w.store().trash.size(), before - 1);
    QCOMPARE(w.client.count(QStringLiteral("emptyTrash")), 1);
}

void TrashPageTest::emptyingNamesEachEntry()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(load(w));
    // What comes in after the list was looked at is not in the question that was asked.
    w.press("emptyTrash");
    const std::size_t listed = w.store().trash.size();
    w.store().trash.push_back({fixtures::digestOf("later"), 5, "layer", "run9", w.now, w.now + 72h});
    w.press("confirmRemove");
    QTRY_COMPARE(w.store().trash.size(), std::size_t(1));
    QCOMPARE(w.client.calls().size() > 0, true);
    for (const FakeClient::Call& call : w.client.calls())
        if (call.name == QLatin1String("emptyTrash"))
            QCOMPARE(static_cast<std::size_t>(call.arguments.size()), listed);
}

void TrashPageTest::tellsOfPressure()
{
    CleanupWindow w(fixtures::typical);
    w.store().status.diskFree = 1ULL << 30U;
    QVERIFY(load(w));
    auto* strip = w.find<QLabel>("trashPressure");
    QTRY_VERIFY(strip->isVisible());
    QVERIFY(strip->text().contains(QStringLiteral("1.0 GiB of 512 GiB are free, less than 2.0 GiB")));
    w.store().status.diskFree = 100ULL << 30U;
    w.pages.trash->refresh();
    QTRY_VERIFY(!strip->isVisible());
}

void TrashPageTest::workCanBeStopped_data()
{
    QTest::addColumn<QString>("call");
    for (const char* call : {"undoRun", "emptyTrash", "restoreTrash"})
        QTest::newRow(call) << QString::fromLatin1(call);
}

void TrashPageTest::workCanBeStopped()
{
    QFETCH(const QString, call);
    CleanupWindow w(fixtures::typical);
    w.client.itemsPerStep = 1;
    QVERIFY(load(w));
    const std::size_t before = w.store().trash.size();
    QVERIFY(before > 8);
    w.pages.trash->view().selectAll();
    const bool tellsProgress = call != QLatin1String("restoreTrash");
    if (!tellsProgress)
        w.client.hold(call);
    if (call == QLatin1String("undoRun")) {
        // All of it by one run.
        for (TrashRecord& record : w.store().trash)
            record.run = w.store().trash.front().run;
        w.pages.trash->refresh();
        QTRY_COMPARE(w.client.openCount(), 0);
        w.context.actions().action(QStringLiteral("cleanup.undo"))->trigger();
    } else if (call == QLatin1String("emptyTrash")) {
        w.press("emptyTrash");
        w.press("confirmRemove");
    } else {
        w.press("restoreTrash");
    }
    QCOMPARE(w.client.openCount(call), 1);
    Job* job = w.context.jobs().running().front();
    // One thing is done in each turn of the loop, so that it is not over by then.
    while (tellsProgress && job->progress().doneItems < 3)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    job->cancel();
    QTRY_COMPARE(job->state(), Job::State::Stopped);
    const std::uint64_t done = job->progress().doneItems;
    QVERIFY2(job->outcome().startsWith(tellsProgress ? QStringLiteral("Stopped after %1 of ").arg(done)
                                                     : QStringLiteral("Stopped")),
             qUtf8Printable(job->outcome()));
    w.client.answer(call);
    QTRY_COMPARE(w.client.openCount(), 0);
    QCOMPARE(job->progress().doneItems, done);
    QCOMPARE(w.store().trash.size(), before - done);
    QTRY_COMPARE(w.pages.trash->model().recordCount(), before - done);
}

void TrashPageTest::states()
{
    CleanupWindow w(fixtures::tiny);
    w.client.fail(QStringLiteral("trash"), CallError(QStringLiteral("denied"), QStringLiteral("You may not.")));
    w.connectClient();
    w.show("trash");
    QTRY_COMPARE(w.pages.trash->pane().words().key, QStringLiteral("no_permission"));
    w.client.answer(QStringLiteral("trash"));
    w.pages.trash->refresh();
    QTRY_COMPARE(w.pages.trash->pane().words().key, QStringLiteral("ready"));
    w.window.showService(
        {.name = "here", .hindrance = state::Stale{.asOf = w.now}, .reason = "There is no connection."});
    QCOMPARE(w.pages.trash->pane().words().key, QStringLiteral("stale"));
    QCOMPARE(w.pages.trash->model().recordCount(), std::size_t(1));
    QVERIFY(!w.find<QPushButton>("emptyTrash")->isEnabled());
}

void TrashPageTest::anotherCacheHasAnotherTrash()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(load(w));
    TrashPage& page = *w.pages.trash;
    const std::size_t all = page.model().recordCount();
    QVERIFY(all > 0);
    // The same cache comes back: what is shown stays.
    w.loseClient();
    QCOMPARE(page.model().recordCount(), all);
    QVERIFY(!page.badge().isEmpty());
    page.view().selectRow(0);
    w.window.showService({.name = "there", .reason = "The connection is being made."});
    QCOMPARE(page.model().recordCount(), std::size_t(0));
    QVERIFY(page.badge().isEmpty());
    QCOMPARE(page.view().selectedCount(), 0);
    FakeClient other;
    w.window.showService({.name = "there", .text = "Connected", .client = &other});
    QTRY_COMPARE(page.pane().words().key, QStringLiteral("ready"));
    QVERIFY(!w.find<QPushButton>("emptyTrash")->isEnabled());
    QCOMPARE(other.mutatingCount(), 0);
    w.window.showService({});
}

void TrashPageTest::aPartOfTheListIsNotTheTrash()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(load(w));
    const QString run = w.cleanup().lastRun().run();
    const std::uint64_t items = w.cleanup().lastRun().items();
    QVERIFY(!run.isEmpty());
    w.client.batchSize = 1;
    w.pages.trash->refresh();
    w.pages.trash->stop();
    QTRY_COMPARE(w.pages.trash->pane().words().key, QStringLiteral("partial"));
    QCOMPARE(w.cleanup().lastRun().run(), run);
    QCOMPARE(w.cleanup().lastRun().items(), items);
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::TrashPageTest)
#include "trash_page_test.moc"
