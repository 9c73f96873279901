// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/pages/cleanup_window.h"
#include "models/translations.h"

#include <numeric>

namespace layerhold::gui::test {

namespace {

Qt::CheckState on = Qt::Checked;
Qt::CheckState off = Qt::Unchecked;

} // namespace

/// Cleanup: whatever happens between plan and run, only what is ticked goes, and as it was said.
class CleanupRunTest final : public QObject
{
    Q_OBJECT

private slots:
    void whatIsUntickedLaterStays_data();
    void whatIsUntickedLaterStays();
    void ticksOutliveARefresh();
    void nothingIsRunByARefresh();
    void withoutATrashNothingIsMovedThere();
    void theTrashIsAskedForBefore();
    void aRunThatFailsSaysWhy();
    void aRunOfOthersIsNotCalledStopped();
    void aPlanThatBrokeOffSaysSo();
    void previewWaitsForTheService();
    void undoIsKnownOnEveryPage();
    void anotherCacheBeginsAnew();

private:
    // For plurals.
    const Translations m_english{QLocale(QLocale::English)};
};

void CleanupRunTest::whatIsUntickedLaterStays_data()
{
    QTest::addColumn<QByteArray>("back");
    QTest::newRow("cancel") << QByteArray("runCancel");
    QTest::newRow("the step of the plan") << QByteArray("step2");
}

void CleanupRunTest::whatIsUntickedLaterStays()
{
    QFETCH(QByteArray, back);
    CleanupWindow w(fixtures::typical);
    QVERIFY(w.preview());
    PlanModel& model = w.plan().removals();
    int row = 0;
    while (!model.isTicked(row))
        ++row;
    const std::string kept = model.recordAt(row).name;
    // All that can be is ticked: the plan goes on as it is.
    std::vector<int> rows(static_cast<std::size_t>(model.rowCount()));
    std::iota(rows.begin(), rows.end(), 0);
    model.setTicked(rows, on);
    w.press("planContinue");
    QCOMPARE(w.cleanup().step(), CleanupPage::Step::Run);
    w.press(back.constData());
    QCOMPARE(w.cleanup().step(), CleanupPage::Step::Plan);
    QCOMPARE(w.cleanup().runStep().plan().id, std::string());
    w.tick(kept, off);
    // There is no way around what is ticked.
    QVERIFY(!w.find<QPushButton>("step3")->isEnabled());
    w.press("step3");
    QCOMPARE(w.cleanup().step(), CleanupPage::Step::Plan);
    w.press("planContinue");
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Run);
    QCOMPARE(w.client.mutatingCount(), 0);
    w.find<QLineEdit>("onlyCount")->setText(QString::number(w.cleanup().runStep().plan().onlyCopies));
    QVERIFY(w.run());
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Result);
    QVERIFY(w.store().find(kept));
}

void CleanupRunTest::ticksOutliveARefresh()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(w.preview());
    w.plan().removals().setTicked({0, 1, 2, 3}, off);
    const QStringList unticked = w.plan().removals().untickedNames();
    const std::string plan = w.plan().plan().id;
    const int plans = w.client.count(QStringLiteral("makePlan"));
    w.cleanup().refresh();
    QTRY_COMPARE(w.client.openCount(), 0);
    const int asked = w.client.count(QStringLiteral("policy"));
    w.window.noteGap({});
    QTRY_COMPARE(w.client.count(QStringLiteral("policy")), asked + 1);
    w.loseClient();
    w.connectClient();
    QTRY_COMPARE(w.client.openCount(), 0);
    QCOMPARE(w.plan().plan().id, plan);
    QCOMPARE(w.plan().removals().untickedNames(), unticked);
    QCOMPARE(w.client.count(QStringLiteral("makePlan")), plans);
    QVERIFY(w.plan().removals().totals().freed);
    QCOMPARE(w.cleanup().step(), CleanupPage::Step::Plan);
}

void CleanupRunTest::nothingIsRunByARefresh()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(w.preview());
    PlanModel& model = w.plan().removals();
    int row = 0;
    while (!model.isTicked(row))
        ++row;
    w.tick(model.recordAt(row).name, off);
    w.client.hold(QStringLiteral("planItems"));
    w.press("planContinue");
    QTRY_COMPARE(w.client.openCount(QStringLiteral("planItems")), 1);
    w.loseClient();
    w.client.answer(QStringLiteral("planItems"));
    w.connectClient();
    QTRY_VERIFY(w.plan().isComplete());
    QTRY_COMPARE(w.client.openCount(), 0);
    QCOMPARE(w.cleanup().step(), CleanupPage::Step::Plan);
}

void CleanupRunTest::withoutATrashNothingIsMovedThere()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(w.preview());
    const std::size_t blobs = w.store().blobs.size();
    w.press("planContinue");
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Run);
    auto* run = w.find<QPushButton>("runButton");
    QTRY_VERIFY(run->isEnabled());
    QVERIFY(run->text().endsWith(QStringLiteral("to trash")));
    // Somebody changes the policy while the button is looked at.
    w.store().policy.undoWindow = "0s";
    run->click();
    QTRY_VERIFY(w.text("runProblem").contains(QStringLiteral("no time to undo")));
    QCOMPARE(w.store().blobs.size(), blobs);
    QCOMPARE(w.cleanup().step(), CleanupPage::Step::Run);
}

void CleanupRunTest::theTrashIsAskedForBefore()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(w.preview());
    w.client.hold(QStringLiteral("policy"));
    w.press("planContinue");
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Run);
    auto* run = w.find<QPushButton>("runButton");
    QVERIFY(!run->isEnabled());
    QVERIFY(run->toolTip().contains(QStringLiteral("trash")));
    w.store().policy.undoWindow = "0s";
    w.client.answer(QStringLiteral("policy"));
    QTRY_VERIFY(run->isEnabled());
    QVERIFY(run->text().endsWith(QStringLiteral("for good")));
    QCOMPARE(run->toolTip(), QStringLiteral("This cannot be undone."));
    run->click();
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Result);
    QCOMPARE(w.store().runs.front().trashed, std::uint64_t(0));
}

void CleanupRunTest::aRunThatFailsSaysWhy()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(w.preview());
    w.press("planContinue");
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Run);
    w.client.fail(QStringLiteral("applyPlan"),
                  CallError(QStringLiteral("internal"), QStringLiteral("The disk is gone.")));
    QVERIFY(w.run());
    QTRY_COMPARE(w.text("runProblem"), QStringLiteral("The disk is gone."));
    QCOMPARE(w.cleanup().step(), CleanupPage::Step::Run);
}

void CleanupRunTest::aRunOfOthersIsNotCalledStopped()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(w.preview());
    w.press("planContinue");
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Run);
    w.store().beginRun(w.cleanup().runStep().plan().id);
    QVERIFY(w.run());
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Result);
    QVERIFY(!w.text("runTitle").contains(QStringLiteral("stopped")));
    QVERIFY(w.find<QLabel>("resultProblem")->isVisible());
    QVERIFY(w.text("resultProblem").contains(QStringLiteral("applied already")));
}

void CleanupRunTest::aPlanThatBrokeOffSaysSo()
{
    CleanupWindow w(fixtures::typical);
    w.client.hold(QStringLiteral("planItems"));
    w.connectClient();
    w.show("cleanup", QStringLiteral("preview"));
    QTRY_COMPARE(w.client.openCount(QStringLiteral("planItems")), 1);
    w.press("step1");
    w.loseClient();
    w.client.answer(QStringLiteral("planItems"));
    w.connectClient();
    w.press("step2");
    QCOMPARE(w.cleanup().pane().words().key, QStringLiteral("partial"));
    QVERIFY(!w.find<QPushButton>("planContinue")->isEnabled());
    emit w.cleanup().pane().pressed(StateButton::RetryNow);
    QTRY_VERIFY(w.plan().isComplete());
    QCOMPARE(w.cleanup().pane().words().key, QStringLiteral("ready"));
}

void CleanupRunTest::previewWaitsForTheService()
{
    CleanupWindow w(fixtures::typical);
    w.show("cleanup", QStringLiteral("preview"));
    QCOMPARE(w.client.calls().size(), std::size_t(0));
    w.connectClient();
    QTRY_VERIFY(w.plan().isComplete());
    QCOMPARE(w.cleanup().step(), CleanupPage::Step::Plan);
    QTRY_COMPARE(w.client.openCount(), 0);
    w.cleanup().refresh();
    QCOMPARE(w.client.count(QStringLiteral("makePlan")), 1);
}

void CleanupRunTest::undoIsKnownOnEveryPage()
{
    CleanupWindow w(fixtures::tiny);
    w.show("events");
    w.client.hold(QStringLiteral("trash"));
    w.connectClient();
    QVERIFY(w.cleanup().lastRun().whyNot().contains(QStringLiteral("not known yet")));
    w.client.answer(QStringLiteral("trash"));
    QTRY_COMPARE(w.cleanup().lastRun().run(), QStringLiteral("run1"));
    QTRY_VERIFY(w.context.actions().action(QStringLiteral("cleanup.undo"))->isEnabled());
    w.client.fail(QStringLiteral("trash"), CallError(QStringLiteral("denied"), QStringLiteral("You may not.")));
    w.loseClient();
    w.connectClient();
    QTRY_VERIFY(w.cleanup().lastRun().whyNot().contains(QStringLiteral("not known: You may not.")));
}

void CleanupRunTest::anotherCacheBeginsAnew()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(w.preview());
    w.press("planContinue");
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Run);
    w.window.showService({.name = "there", .reason = "The connection is being made."});
    QCOMPARE(w.cleanup().step(), CleanupPage::Step::Policy);
    QCOMPARE(w.plan().removals().recordCount(), std::size_t(0));
    QCOMPARE(w.cleanup().runStep().plan().id, std::string());
    QVERIFY(!w.cleanup().policyStep().saved());
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::CleanupRunTest)
#include "cleanup_run_test.moc"
