// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/models/model_fixture.h"
#include "models/plan_diff.h"

#include <QAbstractItemModelTester>

#include <random>
#include <set>

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

PlanItem item(const std::string& name, const std::string& decision, const std::string& sentence,
              const std::string& what = "blob")
{
    PlanItem result;
    result.what = what;
    result.name = name;
    result.kind = "layer";
    result.bytes = 7;
    result.decision = decision;
    result.rule = "rule";
    result.reason = decision + "_reason";
    result.sentence = sentence;
    return result;
}

} // namespace

class PlanDiffTest : public QObject
{
    Q_OBJECT

private slots:
    void rowsAreThoseThatOnePlanRemoves();
    void rowsAreExactlyTheSetDifference();
    void aBlobAndAPartialOfOneNameAreTwo();
};

void PlanDiffTest::rowsAreThoseThatOnePlanRemoves()
{
    const std::vector<PlanItem> olds{item("same", "remove", "old"), item("kept", "keep", "held"),
                                     item("freed", "remove", "unused 60 days"), item("vanished", "remove", "unused")};
    const std::vector<PlanItem> news{item("more", "remove", "unused 30 days"), item("same", "remove", "other reason"),
                                     item("kept", "keep", "other reason"), item("freed", "keep", "used 40 days ago"),
                                     item("new and kept", "keep", "held")};
    PlanDiffModel model(format());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.append(diffPlans(olds, news));
    QCOMPARE(column(model, PlanDiffModel::Entry), QStringLiteral("more|freed|vanished"));
    QCOMPARE(column(model, PlanDiffModel::Change), QStringLiteral("now removed|no longer removed|no longer removed"));
    QCOMPARE(column(model, PlanDiffModel::OldReason), QStringLiteral("not in this plan|unused 60 days|unused"));
    QCOMPARE(column(model, PlanDiffModel::NewReason),
             QStringLiteral("unused 30 days|used 40 days ago|not in this plan"));
    model.sort(PlanDiffModel::Entry);
    QCOMPARE(column(model, PlanDiffModel::Entry), QStringLiteral("freed|more|vanished"));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void PlanDiffTest::rowsAreExactlyTheSetDifference()
{
    std::mt19937 engine(2);
    for (int round = 0; round < 300; ++round) {
        std::vector<PlanItem> plans[2];
        std::set<std::string> removed[2];
        for (int plan = 0; plan < 2; ++plan) {
            for (int i = 0; i < 30; ++i) {
                const auto dice = engine() % 5;
                if (dice == 0)
                    continue;
                const std::string name = std::to_string(i);
                plans[plan].push_back(item(name, dice < 3 ? "remove" : "keep", "because"));
                if (dice < 3)
                    removed[plan].insert(name);
            }
        }
        std::set<std::string> expected;
        std::set_symmetric_difference(removed[0].begin(), removed[0].end(), removed[1].begin(), removed[1].end(),
                                      std::inserter(expected, expected.end()));
        const std::vector<PlanChange> changes = diffPlans(plans[0], plans[1]);
        std::set<std::string> found;
        for (const PlanChange& change : changes) {
            found.insert(change.name);
            QCOMPARE(change.isRemovedNow(), removed[1].contains(change.name));
            QVERIFY(change.was || change.is);
        }
        QCOMPARE(changes.size(), expected.size());
        QCOMPARE(found, expected);
    }
}

void PlanDiffTest::aBlobAndAPartialOfOneNameAreTwo()
{
    const std::vector<PlanItem> olds{item("1", "keep", "held")};
    const std::vector<PlanItem> news{item("1", "keep", "held"), item("1", "remove", "aborted", "partial")};
    const std::vector<PlanChange> changes = diffPlans(olds, news);
    QCOMPARE(changes.size(), 1U);
    QCOMPARE(changes[0].what, std::string("partial"));
    QVERIFY(!changes[0].was);
    QVERIFY(diffPlans(news, news).empty());
    QVERIFY(diffPlans({}, {}).empty());
}

QTEST_GUILESS_MAIN(PlanDiffTest)
#include "plan_diff_test.moc"
