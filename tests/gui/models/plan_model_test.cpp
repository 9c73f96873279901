// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/models/model_fixture.h"
#include "models/plan_model.h"
#include "models/translations.h"

#include <QAbstractItemModelTester>
#include <QPromise>
#include <QSignalSpy>

#include <numeric>

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::Fatal;
constexpr std::uint64_t GiB = std::uint64_t(1) << 30;

PlanItem item(const std::string& name, std::uint64_t bytes, const std::string& decision = "remove",
              const std::string& refetch = "yes")
{
    PlanItem result;
    result.what = "blob";
    result.name = name;
    result.kind = "layer";
    result.bytes = bytes;
    result.decision = decision;
    result.rule = "unused for 60 days";
    result.reason = decision == "remove" ? "remove_unused" : "keep_held";
    result.sentence = decision == "remove" ? "Nobody needs it." : "Kept: node:20 needs it.";
    result.freedBytes = decision == "remove" ? bytes : 0;
    result.refetch = refetch;
    return result;
}

PlanItem partial(const std::string& name, std::uint64_t bytes)
{
    PlanItem result = item(name, bytes);
    result.what = "partial";
    return result;
}

/// Answers by hand, in any order.
struct Service
{
    std::vector<QStringList> questions;
    std::vector<QPromise<std::uint64_t>> answers;

    PlanModel::FreedBy freedBy()
    {
        return [this](const QStringList& digests) {
            questions.push_back(digests);
            QPromise<std::uint64_t>& answer = answers.emplace_back();
            answer.start();
            return answer.future();
        };
    }

    void answer(std::size_t question, std::uint64_t bytes)
    {
        answers[question].addResult(bytes);
        answers[question].finish();
    }
};

class Refusal : public QException
{
public:
    const char* what() const noexcept override { return "the service is gone"; }

    void raise() const override { throw *this; }

    Refusal* clone() const override { return new Refusal(*this); }
};

} // namespace

class PlanModelTest : public QObject
{
    Q_OBJECT

private slots:
    void eachTabHasItsDecision();
    void onlyCopiesAreUntickedUntilSomebodyTicksThem();
    void untickingAsksAnewAndOldAnswersDoNotCount();
    void manyChangesAreOneQuestion();
    void nothingIsAskedBeforeAllHasCome();
    void anAnswerOnItsWayMayBeDropped();
    void tooManyAreNotAskedAbout();
    void manyTicksAreOneChange();
    void toolTipsAreNoMarkup();
    void partialsFreeTheirOwnBytes();
    void aFigureThatCannotBeCountedIsNotShown();
    void ticksStayWithTheirItems();
    void reasonsAreNeverBlank();
    void theSentenceTellsTheTotals();
    void manyItemsAreSortedAndFilteredInAWorker();

private:
    // For plurals.
    const Translations m_english{QLocale(QLocale::English)};
};

void PlanModelTest::eachTabHasItsDecision()
{
    PlanModel removed(PlanModel::Decision::Remove, format());
    PlanModel kept(PlanModel::Decision::Keep, format());
    const QAbstractItemModelTester removedTester(&removed, fatal);
    const QAbstractItemModelTester keptTester(&kept, fatal);
    const std::vector<PlanItem> batch{item("a", 1), item("b", 2, "keep"), item("c", 3)};
    removed.take(batch);
    kept.take(batch);
    QCOMPARE(column(removed, PlanModel::Entry), QStringLiteral("a|c"));
    QCOMPARE(column(kept, PlanModel::Entry), QStringLiteral("b"));
    QVERIFY(removed.index(0, 0).flags() & Qt::ItemIsUserCheckable);
    QVERIFY(!(kept.index(0, 0).flags() & Qt::ItemIsUserCheckable));
    QVERIFY(!kept.index(0, 0).data(Qt::CheckStateRole).isValid());
    QVERIFY(!kept.setData(kept.index(0, 0), Qt::Checked, Qt::CheckStateRole));
    QCOMPARE(column(kept, PlanModel::Freed), QStringLiteral("–"));
    QCOMPARE(column(kept, PlanModel::Reason), QStringLiteral("Kept: node:20 needs it."));
}

void PlanModelTest::onlyCopiesAreUntickedUntilSomebodyTicksThem()
{
    PlanModel model(PlanModel::Decision::Remove, format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.take({item("a", 10), item("only", 20, "remove", "only_copy"), item("c", 30)});
    QVERIFY(model.isTicked(0) && !model.isTicked(1) && model.isTicked(2));
    QCOMPARE(model.totals().items, 2U);
    QCOMPARE(model.totals().bytes, 40U);
    QCOMPARE(model.totals().onlyCopiesUnticked, 1U);
    QCOMPARE(model.untickedNames(), QStringList{QStringLiteral("only")});

    model.tickShown(Qt::Unchecked);
    QCOMPARE(model.totals().items, 0U);
    model.tickShown(Qt::Checked);
    QVERIFY(!model.isTicked(1));
    QCOMPARE(model.totals().items, 2U);

    QVERIFY(model.setData(model.index(1, 0), Qt::Checked, Qt::CheckStateRole));
    QVERIFY(model.isTicked(1));
    QCOMPARE(model.totals().onlyCopiesTicked, 1U);
    QCOMPARE(model.totals().onlyCopiesUnticked, 0U);
    QCOMPARE(model.totals().bytes, 60U);
    QCOMPARE(model.tickedOnlyCopies(), QStringList{QStringLiteral("only")});
    QVERIFY(model.untickedNames().isEmpty());
}

void PlanModelTest::untickingAsksAnewAndOldAnswersDoNotCount()
{
    Service service;
    PlanModel model(PlanModel::Decision::Remove, format());
    model.setFreedBy(service.freedBy(), 100);
    model.take({item("a", 10), item("b", 20)});
    model.complete();
    QTRY_COMPARE(service.questions.size(), 1U);
    QCOMPARE(service.questions[0], (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    QVERIFY(!model.totals().freed);

    model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole);
    QTRY_COMPARE(service.questions.size(), 2U);
    QCOMPARE(service.questions[1], QStringList{QStringLiteral("b")});
    QVERIFY(service.answers[0].isCanceled());
    service.answer(1, 15);
    QTRY_COMPARE(model.totals().freed, std::make_optional<std::uint64_t>(15));
    service.answer(0, 30);
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents();
    QCOMPARE(model.totals().freed, std::make_optional<std::uint64_t>(15));
}

void PlanModelTest::manyChangesAreOneQuestion()
{
    Service service;
    PlanModel model(PlanModel::Decision::Remove, format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.setFreedBy(service.freedBy(), 100);
    for (int i = 0; i < 10; ++i)
        model.take({item("x" + std::to_string(i), 10)});
    model.complete();
    model.tickShown(Qt::Unchecked);
    model.setData(model.index(3, 0), Qt::Checked, Qt::CheckStateRole);
    QTRY_COMPARE(service.questions.size(), 1U);
    QCOMPARE(service.questions[0], QStringList{QStringLiteral("x3")});
    model.clear();
    service.answer(0, 10);
    QCoreApplication::processEvents();
    QVERIFY(!model.totals().freed);
    QCOMPARE(model.totals().items, 0U);
}

void PlanModelTest::nothingIsAskedBeforeAllHasCome()
{
    Service service;
    PlanModel model(PlanModel::Decision::Remove, format());
    model.setFreedBy(service.freedBy(), 100);
    for (int i = 0; i < 3; ++i) {
        model.take({item("x" + std::to_string(i), 10)});
        QCoreApplication::processEvents();
    }
    QVERIFY(service.questions.empty());
    model.complete();
    QTRY_COMPARE(service.questions.size(), 1U);
    QCOMPARE(service.questions[0].size(), 3);
    // The next plan is another.
    model.clear();
    QVERIFY(service.answers[0].isCanceled());
    model.take({item("y", 10)});
    QCoreApplication::processEvents();
    QCOMPARE(service.questions.size(), 1U);
}

void PlanModelTest::anAnswerOnItsWayMayBeDropped()
{
    Service service;
    PlanModel model(PlanModel::Decision::Remove, format());
    model.setFreedBy(service.freedBy(), 100);
    model.take({item("a", 10)});
    model.complete();
    QTRY_COMPARE(service.questions.size(), 1U);
    service.answer(0, 10);
    model.complete();
    model.clear();
    model.take({item("b", 10)});
    model.complete();
    QTRY_COMPARE(service.questions.size(), 2U);
    service.answer(1, 20);
    QTRY_COMPARE(model.totals().freed, std::make_optional<std::uint64_t>(20));
    model.complete();
    model.clear();
    QVERIFY(!model.totals().freed);
}

void PlanModelTest::tooManyAreNotAskedAbout()
{
    Service service;
    PlanModel model(PlanModel::Decision::Remove, format());
    model.setFreedBy(service.freedBy(), 2);
    model.take({item("a", 10), item("b", 10), item("c", 10)});
    model.complete();
    QVERIFY(model.freedProblem().contains(QStringLiteral("not counted for so many")));
    QCoreApplication::processEvents();
    QVERIFY(service.questions.empty());
    model.setTicked({0}, Qt::Unchecked);
    QCOMPARE(model.freedProblem(), QString());
    QTRY_COMPARE(service.questions.size(), 1U);
}

void PlanModelTest::manyTicksAreOneChange()
{
    PlanModel model(PlanModel::Decision::Remove, format());
    const QAbstractItemModelTester tester(&model, fatal);
    std::vector<PlanItem> batch;
    for (int i = 0; i < 20; ++i)
        batch.push_back(item("x" + std::to_string(i), 10, "remove", i == 7 ? "only_copy" : "yes"));
    model.take(batch);
    QSignalSpy totals(&model, &PlanModel::totalsChanged);
    QSignalSpy cells(&model, &QAbstractItemModel::dataChanged);
    model.setTicked({3, 7, 12}, Qt::Unchecked);
    QCOMPARE(totals.count(), 1);
    QCOMPARE(cells.count(), 1);
    QCOMPARE(cells[0][0].toModelIndex().row(), 3);
    QCOMPARE(cells[0][1].toModelIndex().row(), 12);
    QCOMPARE(model.totals().untickedItems, 3U);
    QVERIFY(model.isTicked(4) && !model.isTicked(12));
    model.setTicked({3, 7, 12}, Qt::Checked);
    QCOMPARE(model.totals().items, 20U);
    QCOMPARE(model.totals().bytes, 200U);
    model.setTicked({}, Qt::Unchecked);
    QCOMPARE(totals.count(), 2);
}

void PlanModelTest::toolTipsAreNoMarkup()
{
    PlanModel model(PlanModel::Decision::Remove, format());
    PlanItem hostile = item("<b>name</b>", 10);
    hostile.kind = hostile.rule = hostile.refetch = hostile.sentence = "<b>text</b>";
    PlanItem aborted = partial("<img src=x>", 1);
    model.take({hostile, aborted});
    for (int row = 0; row < model.rowCount(); ++row)
        for (int column = 0; column < model.columnCount(); ++column) {
            const QString tip = model.index(row, column).data(Qt::ToolTipRole).toString();
            QVERIFY2(!tip.contains(QLatin1String("<b>")) && !tip.contains(QLatin1String("<img")), qPrintable(tip));
        }
    QCOMPARE(model.index(0, PlanModel::Rule).data().toString(), QStringLiteral("<b>text</b>"));
}

void PlanModelTest::partialsFreeTheirOwnBytes()
{
    Service service;
    PlanModel model(PlanModel::Decision::Remove, format());
    model.setFreedBy(service.freedBy(), 100);
    model.take({partial("p", 5), item("a", 10)});
    model.complete();
    QTRY_COMPARE(service.questions.size(), 1U);
    QCOMPARE(service.questions[0], QStringList{QStringLiteral("a")});
    service.answer(0, 8);
    QTRY_COMPARE(model.totals().freed, std::make_optional<std::uint64_t>(13));
    model.setData(model.index(1, 0), Qt::Unchecked, Qt::CheckStateRole);
    // There is nothing to ask about.
    QTRY_COMPARE(model.totals().freed, std::make_optional<std::uint64_t>(5));
    QCOMPARE(service.questions.size(), 1U);
    QCOMPARE(column(model, PlanModel::Kind), QStringLiteral("aborted download|Layer"));
}

void PlanModelTest::aFigureThatCannotBeCountedIsNotShown()
{
    Service service;
    PlanModel model(PlanModel::Decision::Remove, format());
    model.setFreedBy(service.freedBy(), 100);
    model.take({item("a", 10)});
    model.complete();
    QTRY_COMPARE(service.questions.size(), 1U);
    service.answers[0].setException(Refusal());
    service.answers[0].finish();
    QTRY_COMPARE(model.freedProblem(), QStringLiteral("the service is gone"));
    QVERIFY(!model.totals().freed);
    QCOMPARE(planSentence(model.totals(), 100, format()), QStringLiteral("Removes 1 entry"));
}

void PlanModelTest::ticksStayWithTheirItems()
{
    PlanModel model(PlanModel::Decision::Remove, format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.take({item("a", 10), item("b", 30), item("c", 20)});
    model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole);
    const QPersistentModelIndex place = model.index(0, PlanModel::Size);
    model.sort(PlanModel::Size, Qt::DescendingOrder);
    QCOMPARE(column(model, PlanModel::Entry), QStringLiteral("b|c|a"));
    QCOMPARE(place.row(), 2);
    QVERIFY(!model.isTicked(2) && model.isTicked(0));
    model.setFilter([](const PlanItem& each) { return each.bytes < 25; });
    QCOMPARE(column(model, PlanModel::Entry), QStringLiteral("c|a"));
    QVERIFY(!model.isTicked(1));
    model.take({item("d", 15), item("e", 99)});
    QCOMPARE(column(model, PlanModel::Entry), QStringLiteral("c|d|a"));
    model.setFilter({});
    model.sort(-1);
    QCOMPARE(column(model, PlanModel::Entry), QStringLiteral("a|b|c|d|e"));
    QCOMPARE(model.totals().items, 4U);
}

void PlanModelTest::reasonsAreNeverBlank()
{
    PlanModel model(PlanModel::Decision::Keep, format());
    PlanItem named = item("a", 1, "keep");
    named.sentence.clear();
    named.reason = "keep_by_moon";
    PlanItem bare = item("b", 1, "keep");
    bare.sentence.clear();
    bare.reason.clear();
    model.take({named, bare});
    QCOMPARE(column(model, PlanModel::Reason), QStringLiteral("kept: keep_by_moon|no reason given"));
}

void PlanModelTest::theSentenceTellsTheTotals()
{
    PlanModel::Totals totals;
    QCOMPARE(planSentence(totals, GiB, format()), QStringLiteral("Removes nothing"));
    totals.items = 1284;
    totals.freed = 18 * GiB;
    totals.onlyCopiesUnticked = 3;
    QCOMPARE(planSentence(totals, 61 * GiB, format()),
             QStringLiteral("Removes %1 entries, frees 18.0 GiB (stored falls 61.0 GiB → 43.0 GiB), "
                            "3 only copies not included")
                 .arg(format().count(1284)));
    totals = {};
    totals.items = 1;
    totals.onlyCopiesTicked = 1;
    QCOMPARE(planSentence(totals, GiB, format()), QStringLiteral("Removes 1 entry, 1 only copy included"));
}

void PlanModelTest::manyItemsAreSortedAndFilteredInAWorker()
{
    PlanModel model(PlanModel::Decision::Remove, format());
    const QAbstractItemModelTester tester(&model, fatal);
    std::vector<PlanItem> batch;
    for (std::uint64_t i = 0; i < 20'000; ++i)
        batch.push_back(item("x", i * 7919 % 20'000));
    model.take(batch);
    const QPersistentModelIndex place = model.index(1, PlanModel::Size);
    model.sort(PlanModel::Size);
    QVERIFY(model.isArranging());
    // Comes in while the worker sorts, and is sorted in after it.
    model.take({item("late", 3)});
    QTRY_VERIFY(!model.isArranging());
    QCOMPARE(model.rowCount(), 20'001);
    for (int row = 1; row < model.rowCount(); ++row)
        QVERIFY(model.recordAt(row - 1).bytes <= model.recordAt(row).bytes);
    QCOMPARE(model.recordAt(place.row()).bytes, 7919U);
    model.setFilter([](const PlanItem& each) { return each.bytes < 10; });
    model.sort(PlanModel::Size, Qt::DescendingOrder);
    QTRY_VERIFY(!model.isArranging());
    QCOMPARE(model.rowCount(), 11);
    QCOMPARE(model.recordAt(0).bytes, 9U);
    QVERIFY(!place.isValid());
    model.setFilter({});
    model.clear();
    QTRY_VERIFY(!model.isArranging());
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(PlanModelTest)
#include "plan_model_test.moc"
