// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "integration/gui_live/live_steps.h"

#include "widgets/pages/cleanup/plan_step.h"
#include "widgets/pages/cleanup/run_result.h"
#include "widgets/pages/cleanup/run_step.h"
#include "widgets/pages/trash_page.h"

#include <QApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QToolButton>

#include <cstdlib>

using namespace layerhold::test;

namespace layerhold::gui::test {

namespace {

QSet<QString> setOf(const QStringList& list)
{
    return QSet<QString>(list.begin(), list.end());
}

} // namespace

void LiveSteps::begin()
{
    m_cache = std::make_unique<LiveCache>();
    QVERIFY2(m_cache->start(), m_cache->problem());
    m_app = std::make_unique<LiveWindow>(m_cache->daemon().apiSocket());
    QVERIFY(m_app->show());
    TRY_COMPARE(m_app->connectionState(), Connection::State::Connected);
}

void LiveSteps::end()
{
    // A pull that failed ends the loop, and whoever waits for the next one has not told of it.
    if (const auto failure = m_loop ? m_loop->failure() : std::nullopt; failure && QTest::currentTestFailed())
        qWarning("%s", failure->text().constData());
    m_loop.reset();
    m_app.reset();
    m_cache.reset();
}

void LiveSteps::beginPulls()
{
    m_loop = std::make_unique<PullLoop>(m_cache->containerd(), m_cache->loopReferences());
    TRY_VERIFY(m_loop->pulls() > 0);
}

void LiveSteps::endPulls()
{
    beside([this] { m_loop->stop(); });
    const auto failure = m_loop->failure();
    QVERIFY2(!failure, failure ? failure->text().constData() : "");
}

void LiveSteps::takeAllThatIsUnused()
{
    m_app->goTo("cleanup");
    TRY_COMPARE(m_app->stateKey(), QString("ready"));
    auto* rules = m_app->find<QListWidget>("policyRules");
    QVERIFY(rules);
    const auto unused = rules->findItems("unused", Qt::MatchContains);
    QCOMPARE(unused.size(), 1);
    QVERIFY(m_app->click(rules->viewport(), rules->visualItemRect(unused.front()).center()));
    auto* keep = m_app->find<QLineEdit>("ruleKeep");
    QCOMPARE(keep->text(), QString("60d"));
    QVERIFY(m_app->click(keep, keep->rect().center()));
    m_app->press(QKeySequence::SelectAll);
    m_app->press(Qt::Key_Delete);
    QCOMPARE(keep->text(), QString());
    QVERIFY(m_app->click("savePolicy"));
    TRY_VERIFY(!m_app->find<QWidget>("savePolicy")->isEnabled());
    QCOMPARE(m_app->text("policyProblem"), QString());
}

QSet<QString> LiveSteps::toRemove()
{
    const PlanModel& removals = page().planStep().removals();
    QSet<QString> names;
    for (int row = 0; row < removals.rowCount(); ++row)
        names.insert(QString::fromStdString(removals.recordAt(row).name));
    return names;
}

void LiveSteps::preview()
{
    m_app->press(QKeySequence("Ctrl+G"));
    TRY_COMPARE(m_app->window().currentPage()->id(), QString("cleanup"));
    PlanStep& plan = page().planStep();
    TRY_VERIFY(page().step() == CleanupPage::Step::Plan && plan.isComplete() && plan.removals().totals().freed);
    QVERIFY(toRemove().contains(setOf(m_cache->unused())));
    QVERIFY(!toRemove().intersects(setOf(m_cache->held())));
}

void LiveSteps::goOnToRun()
{
    QVERIFY(m_app->click("planContinue"));
    TRY_COMPARE(page().step(), CleanupPage::Step::Run);
    QCOMPARE(page().runStep().plan().id, page().planStep().plan().id);
    QCOMPARE(QApplication::focusWidget()->objectName(), QString("runCancel"));
}

void LiveSteps::run()
{
    const std::uint64_t promised = page().runStep().plan().removeBytes;
    const auto items = static_cast<std::size_t>(page().runStep().plan().removeItems);
    QVERIFY(m_app->click("runButton"));
    TRY_COMPARE(page().step(), CleanupPage::Step::Result);
    TRY_COMPARE(page().result().model().recordCount(), items);
    QCOMPARE(m_app->tip("predicted"), m_app->context().format().exactBytes(promised));
}

void LiveSteps::checkOutcome(const char* outcome, std::optional<QString> folder)
{
    const RunModel& model = page().result().model();
    QSet<QString> done;
    std::uint64_t bytes = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const RunItem& item = model.recordAt(row);
        if (item.outcome == outcome) {
            done.insert(QString::fromStdString(item.name));
            bytes += item.bytes;
        } else {
            // Somebody pulls it again.
            QVERIFY2(item.outcome == "skipped", item.sentence.c_str());
        }
    }
    const QSet<QString> unused = setOf(m_cache->unused());
    QVERIFY(done.contains(unused));
    QCOMPARE(m_app->tip("reported"), m_app->context().format().exactBytes(bytes));
    QVERIFY(bytes >= static_cast<std::uint64_t>(m_cache->unusedBytes()));
    QVERIFY(bytes <= static_cast<std::uint64_t>(m_cache->unusedBytes() + m_cache->loopBytes()));

    const QSet<QString> inPlace = setOf(m_cache->filesIn("blobs"));
    QVERIFY(!inPlace.intersects(unused));
    QVERIFY(inPlace.contains(setOf(m_cache->held())));
    if (folder)
        QVERIFY(setOf(m_cache->filesIn(*folder)).contains(unused));
}

void LiveSteps::undo()
{
    TRY_VERIFY(m_app->context().actions().action("cleanup.undo")->isEnabled());
    const std::size_t jobs = m_app->context().jobs().all().size();
    m_app->press(QKeySequence("Ctrl+Z"));
    TRY_COMPARE(m_app->context().jobs().all().size(), jobs + 1);
    const Job* job = m_app->context().jobs().all().back();
    TRY_VERIFY(!job->isRunning());
    QVERIFY2(job->state() == Job::State::Done, qPrintable(job->outcome()));
    const QSet<QString> unused = setOf(m_cache->unused());
    QVERIFY(setOf(m_cache->filesIn("blobs")).contains(unused));
    QVERIFY(!setOf(m_cache->filesIn("trash")).intersects(unused));
}

void LiveSteps::checkFigures()
{
    const auto agree = [this] {
        const DiskUse counted = m_cache->countedByDu();
        const DiskUse told = m_cache->toldByDf();
        const bool isSame =
            counted.blobs == told.blobs && counted.trash == told.trash && std::abs(counted.all - told.all) < 256 << 10;
        if (!isSame)
            qInfo("du: blobs %lld, trash %lld, all %lld; df: blobs %lld, trash %lld, all %lld", counted.blobs,
                  counted.trash, counted.all, told.blobs, told.trash, told.all);
        return isSame;
    };
    // What df says may be some seconds old.
    TRY_VERIFY(beside(agree));

    m_app->goTo("trash");
    TRY_COMPARE(m_app->stateKey(), QString("ready"));
    const TrashModel& trash = m_app->cleanupPages().trash->model();
    const auto shown = [&trash] {
        QSet<QString> digests;
        for (int row = 0; row < trash.rowCount(); ++row)
            digests.insert(QString::fromStdString(trash.recordAt(row).digest));
        return digests;
    };
    TRY_COMPARE(shown(), setOf(m_cache->filesIn("trash")));
    const QString stored =
        m_app->context().format().bytes(m_cache->json({"df"})["stored_bytes"].toVariant().toULongLong());
    TRY_VERIFY(m_app->window().figures().button("space")->text().startsWith(stored));
}

} // namespace layerhold::gui::test
