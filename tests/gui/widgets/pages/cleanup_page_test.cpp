// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/pages/cleanup_window.h"
#include "models/plan_diff.h"
#include "models/sentences.h"
#include "models/translations.h"

#include <QClipboard>
#include <QComboBox>
#include <QTabWidget>

#include <set>

namespace layerhold::gui::test {

namespace {

using namespace std::chrono_literals;
using fixtures::tinyDigest;

std::set<std::string> namesOf(const std::vector<PlanItem>& items, const char* decision)
{
    std::set<std::string> names;
    for (const PlanItem& item : items)
        if (item.decision == decision)
            names.insert(item.name);
    return names;
}

Qt::CheckState on = Qt::Checked;
Qt::CheckState off = Qt::Unchecked;

} // namespace

/// Cleanup: from the policy over the plan to the run and back.
class CleanupPageTest final : public QObject
{
    Q_OBJECT

private slots:
    void previewChangesNothing();
    void everyEntryHasItsReason();
    void runDoesOnlyWhatWasListed();
    void changesSinceThePlanAreToldBefore();
    void cancelIsWhatEnterPresses();
    void onlyCopiesAreLeftOutUntilTheirNumberIsTyped();
    void untickedEntriesStay();
    void tooManyUntickedAreRefused();
    void placesThatAreTakenAreShownFirst();
    void undoBringsTheFiguresBack();
    void undoEndsWithItsTime();
    void runCanBeStopped();
    void resultTellsThreeFigures();
    void goneAtOnceIsSaid();
    void changedIsTheDifferenceOfThePlans();
    void badPoliciesAreToldWhereTheyAreWritten();
    void savingIsTheOnlyChangeOfThePolicy();
    void choosingOnlyMakesADraft();
    void states_data();
    void states();
    void hostileTextsAreShownAsTexts();
    void everythingHasAName();
    void copiesItsCommand();

private:
    // For plurals.
    const Translations m_english{QLocale(QLocale::English)};
};

void CleanupPageTest::previewChangesNothing()
{
    CleanupWindow w(fixtures::typical);
    const StatusRecord before = w.store().currentStatus();
    QVERIFY(w.preview());
    QVERIFY(w.plan().removals().rowCount() > 100);
    QVERIFY(w.plan().kept().rowCount() > 1000);
    // Ticks, the other tabs and the step of the run ask questions only, too.
    w.plan().removals().tickShown(off);
    w.plan().removals().tickShown(on);
    QTRY_VERIFY(w.plan().removals().totals().freed);
    w.press("planContinue");
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Run);
    w.press("checkPlan");
    QTRY_VERIFY(w.text("runChanged").contains(QStringLiteral("Nothing that is listed has changed")));
    QCOMPARE(w.client.mutatingCount(), 0);
    QCOMPARE(w.store().currentStatus().blobBytes, before.blobBytes);
    // Whatever is only looked at leaves the plan where it is.
    QStringList uses;
    for (const FakeClient::Call& call : w.client.calls())
        if (call.name == QLatin1String("makePlan"))
            uses += call.arguments;
    // The plan, and the one without only copies.
    QCOMPARE(uses.count(QStringLiteral("apply")), 2);
    QCOMPARE(uses.back(), QStringLiteral("look"));
}

void CleanupPageTest::everyEntryHasItsReason()
{
    CleanupWindow w(fixtures::tiny);
    QVERIFY(w.preview());
    std::size_t shown = 0;
    for (const PlanModel* model : {&w.plan().removals(), &w.plan().kept()}) {
        for (int row = 0; row < model->rowCount(); ++row, ++shown) {
            const PlanItem& item = model->recordAt(row);
            QCOMPARE(model->index(row, PlanModel::Reason).data().toString(), QString::fromStdString(item.sentence));
            QVERIFY(item.sentence.ends_with('.'));
            QVERIFY(!wordingOf(CodeSet::Reason, item.reason).label.contains(QLatin1String(": ")));
            // What nothing leads to goes, or is in its grace, or is no bytes.
            const bool isHeld = !w.store().whyKept(item.name).empty();
            const bool isExplained = item.decision == "remove" || item.reason == "keep_recent" ||
                                     item.reason == "keep_expected" || item.reason == "keep_not_stored";
            QVERIFY2(isHeld != isExplained, item.name.c_str());
        }
    }
    QCOMPARE(shown, w.store().blobs.size());
}

void CleanupPageTest::runDoesOnlyWhatWasListed()
{
    CleanupWindow w(fixtures::shared);
    w.store().policy.rules = {{"loose", {"kind==layer"}, "used", "1h", "", "", "", "lru"}};
    const std::string loose = fixtures::shared_figures::digest("loose");
    BlobRecord second = *w.store().find(loose);
    second.digest = fixtures::digestOf("second");
    w.store().blobs.push_back(second);
    w.store().sort();
    w.store().settle();
    QVERIFY(w.preview());
    QVERIFY(w.rowOf(loose) >= 0);
    QVERIFY(w.rowOf(second.digest) >= 0);
    w.press("planContinue");
    QCOMPARE(w.cleanup().step(), CleanupPage::Step::Run);

    w.store().claims.push_back({"tag", "docker.io/x:1", loose, w.now});
    BlobRecord young = second;
    young.digest = fixtures::digestOf("came later");
    w.store().blobs.push_back(young);
    w.store().sort();
    QVERIFY(w.run());
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Result);
    QTRY_COMPARE(w.cleanup().result().model().recordCount(), std::size_t(2));
    const RunModel& done = w.cleanup().result().model();
    for (int row = 0; row < done.rowCount(); ++row) {
        const RunItem& item = done.recordAt(row);
        QCOMPARE(item.outcome, std::string(item.name == loose ? "skipped" : "trashed"));
        const QString why = done.index(row, RunModel::Why).data().toString();
        QCOMPARE(why.contains(QStringLiteral("held by tag docker.io/x:1")), item.name == loose);
    }
    QVERIFY(w.store().find(loose));
    QVERIFY(w.store().find(young.digest));
    QVERIFY(!w.store().find(second.digest));
    QVERIFY(done.summary().contains(QStringLiteral("1 skipped")));
}

void CleanupPageTest::changesSinceThePlanAreToldBefore()
{
    CleanupWindow w(fixtures::shared);
    w.store().policy.rules = {{"loose", {"kind==layer"}, "used", "1h", "", "", "", "lru"}};
    QVERIFY(w.preview());
    const std::string loose = fixtures::shared_figures::digest("loose");
    w.store().claims.push_back({"tag", "docker.io/x:1", loose, w.now});
    // An old plan is looked at again without being asked to.
    w.now += 5min;
    w.press("planContinue");
    QTRY_VERIFY(w.text("runChanged").contains(QStringLiteral("1 entry (500 B) changed since")));
    QVERIFY(w.find<QPushButton>("refreshPlan")->isVisible());
    QCOMPARE(w.client.mutatingCount(), 0);
}

void CleanupPageTest::cancelIsWhatEnterPresses()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(w.preview());
    w.plan().removals().tickShown(on);
    w.press("planContinue");
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Run);
    auto* cancel = w.find<QPushButton>("runCancel");
    auto* run = w.find<QPushButton>("runButton");
    QVERIFY(cancel->isDefault());
    QVERIFY(!run->isDefault());
    QCOMPARE(w.cleanup().focusWidget(), cancel);
    const PlanRecord& plan = w.cleanup().runStep().plan();
    QCOMPARE(run->text(),
             QStringLiteral("Move %1 entries (%2) to trash")
                 .arg(w.context.format().count(plan.removeItems), w.context.format().bytes(plan.removeBytes)));
    QTest::keyClick(cancel, Qt::Key_Space);
    QCOMPARE(w.cleanup().step(), CleanupPage::Step::Plan);
    QCOMPARE(w.client.mutatingCount(), 0);
}

void CleanupPageTest::onlyCopiesAreLeftOutUntilTheirNumberIsTyped()
{
    CleanupWindow w(fixtures::tiny);
    QVERIFY(w.preview());
    QCOMPARE(w.plan().removals().rowCount(), 1);
    QCOMPARE(w.plan().removals().totals().items, std::uint64_t(0));
    QVERIFY(w.text("planSentence").contains(QStringLiteral("1 only copy not included")));
    QVERIFY(!w.find<QPushButton>("planContinue")->isEnabled());

    w.tick(tinyDigest("unused"), on);
    w.press("planContinue");
    QCOMPARE(w.cleanup().step(), CleanupPage::Step::Run);
    auto* run = w.find<QPushButton>("runButton");
    QVERIFY(!run->isEnabled());
    QTest::keyClicks(w.find<QLineEdit>("onlyCount"), QStringLiteral("2"));
    QVERIFY(!run->isEnabled());
    w.find<QLineEdit>("onlyCount")->clear();
    QTest::keyClicks(w.find<QLineEdit>("onlyCount"), QStringLiteral("1"));
    QVERIFY(w.run());
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Result);
    QVERIFY(!w.store().find(tinyDigest("unused")));
}

void CleanupPageTest::untickedEntriesStay()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(w.preview());
    // Few only copies are among them, which are unticked by themselves.
    PlanModel& model = w.plan().removals();
    const std::string kept = [&] {
        for (int row = 0; row < model.rowCount(); ++row)
            if (model.isTicked(row))
                return model.recordAt(row).name;
        return std::string();
    }();
    w.tick(kept, off);
    const PlanModel::Totals totals = model.totals();
    const std::string firstPlan = w.plan().plan().id;
    w.press("planContinue");
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Run);
    const PlanRecord& plan = w.cleanup().runStep().plan();
    QVERIFY(plan.id != firstPlan);
    QCOMPARE(plan.removeItems, totals.items);
    QCOMPARE(plan.removeBytes, totals.bytes);
    QCOMPARE(plan.onlyCopies, std::uint64_t(0));
    QCOMPARE(w.client.mutatingCount(), 0);
    QVERIFY(w.run());
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Result);
    QVERIFY(w.store().find(kept));
    QCOMPARE(w.store().runs.front().trashed, totals.items);
}

void CleanupPageTest::tooManyUntickedAreRefused()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(w.preview());
    PlanModel& model = w.plan().removals();
    QVERIFY(model.rowCount() > 600);
    for (int row = 0; row < 300; ++row)
        model.setData(model.index(row, PlanModel::Entry), off, Qt::CheckStateRole);
    w.press("planContinue");
    QCOMPARE(w.cleanup().step(), CleanupPage::Step::Plan);
    QVERIFY(w.text("planNotice").contains(QStringLiteral("applies plans as a whole")));
}

void CleanupPageTest::placesThatAreTakenAreShownFirst()
{
    CleanupWindow w(fixtures::shared);
    w.store().policy.rules = {{"loose", {"kind==layer"}, "used", "1h", "", "", "", "lru"}};
    const BlobRecord loose = *w.store().find(fixtures::shared_figures::digest("loose"));
    for (const char* label : {"second", "third"}) {
        BlobRecord other = loose;
        other.digest = fixtures::digestOf(label);
        w.store().blobs.push_back(other);
    }
    w.store().sort();
    w.store().settle();
    QVERIFY(w.preview());
    w.tick(loose.digest, off);
    // What comes in between plan and plan is something that nobody has seen.
    BlobRecord unseen = loose;
    unseen.digest = fixtures::digestOf("fourth");
    w.store().blobs.push_back(unseen);
    w.store().sort();
    w.store().settle();
    w.press("planContinue");
    QTRY_VERIFY(w.plan().isComplete() && w.rowOf(unseen.digest) >= 0);
    QCOMPARE(w.cleanup().step(), CleanupPage::Step::Plan);
    QVERIFY(w.text("planNotice").contains(QStringLiteral("1 other")));
    QCOMPARE(w.rowOf(loose.digest), -1);
}

void CleanupPageTest::undoBringsTheFiguresBack()
{
    CleanupWindow w(fixtures::tiny);
    const StatusRecord before = w.store().currentStatus();
    QVERIFY(w.preview());
    w.tick(tinyDigest("unused"), on);
    w.press("planContinue");
    w.find<QLineEdit>("onlyCount")->setText(QStringLiteral("1"));
    w.now += 1s;
    w.store().now = w.now;
    QVERIFY(w.run());
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Result);
    QVERIFY(w.store().currentStatus().blobBytes < before.blobBytes);
    QTRY_VERIFY(w.find<QPushButton>("undoRun")->isEnabled());
    QVERIFY(w.find<QPushButton>("undoRun")->text().contains(QStringLiteral("left")));
    QAction* undo = w.context.actions().action(QStringLiteral("cleanup.undo"));
    QVERIFY(undo->shortcuts().contains(QKeySequence(Qt::CTRL | Qt::Key_Z)));
    QTRY_VERIFY(undo->isEnabled());
    undo->trigger();
    QTRY_COMPARE(w.client.openCount(), 0);
    const StatusRecord after = w.store().currentStatus();
    QCOMPARE(after.blobCount, before.blobCount);
    QCOMPARE(after.blobBytes, before.blobBytes);
    QCOMPARE(after.releasedBytes, before.releasedBytes);
    QTRY_VERIFY(!w.find<QPushButton>("undoRun")->isEnabled());
}

void CleanupPageTest::undoEndsWithItsTime()
{
    CleanupWindow w(fixtures::tiny);
    w.connectClient();
    w.show("cleanup");
    QTRY_COMPARE(w.cleanup().lastRun().run(), QStringLiteral("run1"));
    QAction* undo = w.context.actions().action(QStringLiteral("cleanup.undo"));
    QVERIFY(undo->isEnabled());
    w.now += 100h;
    w.context.actions().update();
    QVERIFY(!undo->isEnabled());
    QVERIFY(w.context.actions().reason(QStringLiteral("cleanup.undo")).contains(QStringLiteral("was over")));
}

void CleanupPageTest::runCanBeStopped()
{
    CleanupWindow w(fixtures::typical);
    w.client.itemsPerStep = 1;
    QVERIFY(w.preview());
    w.press("planContinue");
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Run);
    const std::uint64_t planned = w.cleanup().runStep().plan().removeItems;
    QVERIFY(w.run());
    QTRY_VERIFY(!w.context.jobs().running().empty());
    const Job* job = w.context.jobs().all().back();
    QTRY_VERIFY(job->progress().doneItems > 3);
    w.press("runCancel");
    QElapsedTimer clock;
    clock.start();
    QTRY_COMPARE(job->state(), Job::State::Stopped);
    qInfo("stopped within %lld ms", static_cast<long long>(clock.elapsed()));
    QVERIFY(job->outcome().startsWith(QStringLiteral("Stopped after")));
    const std::uint64_t done = job->progress().doneItems;
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Result);
    QVERIFY(w.text("runTitle").contains(QStringLiteral("stopped after")));
    QCOMPARE(w.text("measured"), unknownText());
    QTRY_COMPARE(w.cleanup().result().model().recordCount(),
                 std::size_t(w.store().runItems.at(w.store().runs.front().id).size()));
    QCOMPARE(job->progress().doneItems, done);
    QVERIFY(w.store().runs.front().trashed < planned);
}

void CleanupPageTest::resultTellsThreeFigures()
{
    CleanupWindow w(fixtures::tiny);
    constexpr std::uint64_t gib = 1ULL << 30U;
    RunRecord run;
    run.id = "r7";
    run.startedAt = run.finishedAt = w.now;
    run.promisedBytes = 6 * gib;
    run.reportedBytes = run.unlinkedBytes = 5 * gib;
    run.measuredBytes = 3 * static_cast<std::int64_t>(gib);
    w.cleanup().result().show(run, std::nullopt);
    QCOMPARE(w.text("predicted"), QStringLiteral("6.0 GiB"));
    QCOMPARE(w.text("reported"), QStringLiteral("5.0 GiB"));
    QCOMPARE(w.text("measured"), QStringLiteral("+3.0 GiB"));
    const QString why = w.text("runGap");
    QVERIFY(why.contains(QStringLiteral("1.0 GiB less than predicted")));
    QVERIFY(why.contains(QStringLiteral("2.0 GiB less than what was removed")));
    QVERIFY(why.contains(QStringLiteral("open")));
    run.promisedBytes = run.reportedBytes = run.unlinkedBytes = 3 * gib;
    QCOMPARE(gapText(run, w.context.format()), QString());
    run.unlinkedBytes = 0;
    run.measuredBytes = 0;
    QVERIFY(gapText(run, w.context.format()).contains(QStringLiteral("3.0 GiB are in the trash")));
}

void CleanupPageTest::goneAtOnceIsSaid()
{
    CleanupWindow w(fixtures::typical);
    w.store().policy.undoWindow = "0s";
    QVERIFY(w.preview());
    w.press("planContinue");
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Run);
    QTRY_VERIFY(w.find<QPushButton>("runButton")->text().endsWith(QStringLiteral("for good")));
    QVERIFY(w.text("runWhat").contains(QStringLiteral("cannot be undone")));
}

void CleanupPageTest::changedIsTheDifferenceOfThePlans()
{
    CleanupWindow w(fixtures::typical);
    w.connectClient();
    w.show("cleanup");
    QTRY_VERIFY(w.cleanup().policyStep().saved());
    auto* keep = w.find<QLineEdit>("ruleKeep");
    QCOMPARE(keep->text(), QStringLiteral("60d"));
    keep->setText(QStringLiteral("30d"));
    QVERIFY(w.cleanup().policyStep().isChanged());
    w.press("previewPlan");
    QTRY_VERIFY(w.plan().isComplete());
    QTRY_VERIFY(w.plan().changes().recordCount() > 0);
    const auto now = namesOf(*w.plan().items(), "remove");
    std::set<std::string> saved;
    for (const PlanItem& item : w.store().planItems.at(w.store().plans.front().id))
        if (item.decision == "remove")
            saved.insert(item.name);
    std::set<std::string> expected;
    std::ranges::set_symmetric_difference(now, saved, std::inserter(expected, expected.end()));
    std::set<std::string> told;
    PlanDiffModel& changes = w.plan().changes();
    for (int row = 0; row < changes.rowCount(); ++row) {
        told.insert(changes.recordAt(row).name);
        for (const int column : {PlanDiffModel::OldReason, PlanDiffModel::NewReason})
            QVERIFY(!changes.index(row, column).data().toString().isEmpty());
    }
    QCOMPARE(told, expected);
    QCOMPARE(w.client.mutatingCount(), 0);
}

void CleanupPageTest::badPoliciesAreToldWhereTheyAreWritten()
{
    CleanupWindow w(fixtures::tiny);
    w.connectClient();
    w.show("cleanup");
    QTRY_VERIFY(w.cleanup().policyStep().saved());
    w.client.fail(QStringLiteral("makePlan"),
                  CallError(QStringLiteral("invalid_argument"), QStringLiteral("'6x' is not a duration")));
    w.find<QLineEdit>("ruleKeep")->setText(QStringLiteral("6x"));
    w.press("previewPlan");
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Policy);
    QTRY_COMPARE(w.text("policyProblem"), QStringLiteral("'6x' is not a duration"));
}

void CleanupPageTest::savingIsTheOnlyChangeOfThePolicy()
{
    CleanupWindow w(fixtures::tiny);
    w.connectClient();
    w.show("cleanup");
    QTRY_VERIFY(w.cleanup().policyStep().saved());
    QVERIFY(!w.find<QPushButton>("savePolicy")->isEnabled());
    w.find<QLineEdit>("ruleKeep")->setText(QStringLiteral("10d"));
    QVERIFY(w.text("draftMeaning").contains(QStringLiteral("10d")));
    QVERIFY(w.text("savedMeaning").contains(QStringLiteral("60d")));
    w.press("savePolicy");
    QTRY_COMPARE(w.store().policy.rules.front().keepDuration, std::string("10d"));
    QTRY_VERIFY(!w.cleanup().policyStep().isChanged());
    QCOMPARE(w.client.mutatingCount(), 1);
    QCOMPARE(w.client.count(QStringLiteral("setPolicy")), 1);
}

void CleanupPageTest::choosingOnlyMakesADraft()
{
    CleanupWindow w(fixtures::tiny);
    w.connectClient();
    w.show("cleanup", QString::fromStdString(tinyDigest("recent")));
    QTRY_VERIFY(w.cleanup().policyStep().saved());
    QCOMPARE(w.cleanup().policyStep().chosen().size(), 1);
    QCOMPARE(w.client.count(QStringLiteral("makePlan")), 0);
    w.press("planChosen");
    QTRY_VERIFY(w.plan().isComplete());
    QCOMPARE(w.plan().removals().rowCount(), 1);
    QCOMPARE(w.plan().removals().recordAt(0).name, tinyDigest("recent"));
    QCOMPARE(w.client.mutatingCount(), 0);
}

void CleanupPageTest::states_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("key");
    QTest::newRow("policy denied") << "policy"
                                   << "denied"
                                   << "no_permission";
    QTest::newRow("policy unsupported") << "policy"
                                        << "unsupported"
                                        << "wrong_version";
    QTest::newRow("policy failed") << "policy"
                                   << "internal"
                                   << "failed";
    QTest::newRow("plan denied") << "makePlan"
                                 << "denied"
                                 << "no_permission";
    QTest::newRow("plan unsupported") << "makePlan"
                                      << "unsupported"
                                      << "wrong_version";
    QTest::newRow("plan failed") << "planItems"
                                 << "internal"
                                 << "failed";
}

void CleanupPageTest::states()
{
    QFETCH(QString, call);
    QFETCH(QString, code);
    QFETCH(QString, key);
    CleanupWindow w(fixtures::tiny);
    w.show("cleanup");
    w.cleanup().setConnectionState(state::NeverConnected{});
    QCOMPARE(w.cleanup().pane().words().key, QStringLiteral("never_connected"));
    w.client.hold(call);
    w.connectClient();
    if (call != QLatin1String("policy"))
        w.cleanup().preview();
    QCOMPARE(w.cleanup().pane().words().key, QStringLiteral("loading"));
    w.client.answer(call);
    w.client.fail(call, CallError(code, QStringLiteral("It is so.")));
    QTRY_COMPARE(w.cleanup().pane().words().key, key);
    w.client.answer(call);
    w.cleanup().refresh();
    QTRY_COMPARE(w.cleanup().pane().words().key, QStringLiteral("ready"));
    // What is there stays when the connection goes, and nothing can be done.
    w.window.showService(
        {.name = "here", .hindrance = state::Stale{.asOf = w.now}, .reason = "There is no connection."});
    QCOMPARE(w.cleanup().pane().words().key, QStringLiteral("stale"));
    QVERIFY(!w.find<QPushButton>("previewPlan")->isEnabled());
    QVERIFY(!w.find<QPushButton>("previewPlan")->toolTip().isEmpty());
}

void CleanupPageTest::hostileTextsAreShownAsTexts()
{
    CleanupWindow w(fixtures::hostile);
    w.store().policy.rules.push_back({"<b>all</b>\n\u202egpj", {}, "used", "1h", "", "", "", "lru"});
    QVERIFY(w.preview());
    for (const QAbstractItemModel* model : std::initializer_list<const QAbstractItemModel*>{
             &w.plan().removals(), &w.plan().kept(), &w.plan().problems()}) {
        for (int row = 0; row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                const QString cell = model->index(row, column).data().toString();
                QVERIFY(!cell.contains(QLatin1Char('\n')));
                QVERIFY(!cell.contains(QChar(0x202e)));
            }
        }
    }
    for (const QLabel* label : w.cleanup().findChildren<QLabel*>())
        if (label->text().contains(QLatin1String("<b>")))
            QCOMPARE(label->textFormat(), Qt::PlainText);
}

void CleanupPageTest::everythingHasAName()
{
    CleanupWindow w(fixtures::typical);
    QVERIFY(w.preview());
    w.press("planContinue");
    QTRY_COMPARE(w.cleanup().step(), CleanupPage::Step::Run);
    QCOMPARE(namelessIn(w.cleanup()), QString());
    QCOMPARE(namelessIn(*w.pages.trash), QString());
    QCOMPARE(namelessIn(*w.pages.events), QString());
}

void CleanupPageTest::copiesItsCommand()
{
    CleanupWindow w(fixtures::tiny);
    QVERIFY(w.preview());
    w.press("copyPlanCommand");
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("layerhold plan"));
    w.context.setServerFlags(QStringLiteral("--api-socket /run/other.sock"));
    w.press("copyPlanCommand");
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("layerhold plan --api-socket /run/other.sock"));
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::CleanupPageTest)
#include "cleanup_page_test.moc"
