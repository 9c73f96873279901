// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "models/plan_command.h"
#include "models/plan_export.h"
#include "models/plan_policy.h"
#include "models/plan_problems.h"
#include "models/space_limit.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace layerhold::gui::test {

/// What is made of plans and policies: narrower ones, commands, files, and what is odd about them.
class PlanPartsTest final : public QObject
{
    Q_OBJECT

private slots:
    void leavesOut();
    void takesOnlyTheChosen();
    void saysNoMoreThanItCan();
    void commands_data();
    void commands();
    void csvIsSafe();
    void jsonHasAll();
    void problems();
    void limits_data();
    void limits();

private:
    static constexpr int noService = 4; ///< what the program ends with when it has understood, but nobody answers

    /// Of what a user pastes into a shell.
    static int exitCodeOf(const QString& command)
    {
        QProcess shell;
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("PATH"), QStringLiteral(LAYERHOLD_TEST_PROGRAMS));
        shell.setProcessEnvironment(environment);
        shell.start(QStringLiteral("/bin/sh"),
                    {QStringLiteral("-c"), command + QStringLiteral(" --api-socket /nonexistent/api.sock")});
        return shell.waitForFinished() && shell.exitStatus() == QProcess::NormalExit ? shell.exitCode() : -1;
    }

    static PolicyRecord policy()
    {
        return {"manual",
                "24h",
                "",
                {{"a", {"kind==layer", "kind==other"}, "used", "60d", "", "", "", "lru"},
                 {"b", {}, "used", "90d", "", "", "", "lru"}}};
    }
};

void PlanPartsTest::leavesOut()
{
    const auto narrowed = policyWithout(policy(), {"sha256:aa", "sha256:bb"});
    QVERIFY(narrowed);
    const std::string others = "digest!=sha256:aa,digest!=sha256:bb";
    QCOMPARE(narrowed->rules[0].filters, (std::vector<std::string>{"kind==layer," + others, "kind==other," + others}));
    QCOMPARE(narrowed->rules[1].filters, std::vector<std::string>{others});
    QCOMPARE(narrowed->rules[1].keepDuration, std::string("90d"));
    QVERIFY(*policyWithout(policy(), {}) == policy());
}

void PlanPartsTest::takesOnlyTheChosen()
{
    const auto chosen = policyOfChosen(policy(), {"sha256:aa", "sha256:bb"});
    QVERIFY(chosen);
    QCOMPARE(chosen->rules.size(), std::size_t(1));
    QCOMPARE(chosen->rules[0].filters, (std::vector<std::string>{"digest==sha256:aa", "digest==sha256:bb"}));
    QVERIFY(chosen->rules[0].keepDuration.empty());
    // No rule without a filter would be everything.
    QVERIFY(!policyOfChosen(policy(), {}));
}

void PlanPartsTest::saysNoMoreThanItCan()
{
    QStringList many;
    for (qsizetype i = 0; i <= mostNamedThings; ++i)
        many += QStringLiteral("sha256:%1").arg(i);
    QVERIFY(!policyWithout(policy(), many));
    QVERIFY(!policyOfChosen(policy(), many));
    QVERIFY(!policyWithout(policy(), {"sha256:aa,kind==layer"}));
    QVERIFY(!policyWithout(policy(), {""}));
}

void PlanPartsTest::commands_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("keep");
    QTest::addColumn<int>("rules");
    QTest::addColumn<QString>("command");
    QTest::newRow("one rule") << "kind==layer"
                              << "60d" << 1
                              << "layerhold plan --filter kind==layer --clock used --keep-duration 60d --strategy lru";
    QTest::newRow("quoted") << "origin==it's; rm x"
                            << "" << 1
                            << "layerhold plan --filter 'origin==it'\\''s; rm x' --clock used --strategy lru";
    QTest::newRow("not said by flags") << "until==3"
                                       << "" << 1 << "layerhold plan p1";
    QTest::newRow("two rules") << "kind==layer"
                               << "" << 2 << "layerhold plan p1";
    QTest::newRow("everything") << ""
                                << "" << 1 << "layerhold plan p1";
}

void PlanPartsTest::commands()
{
    QFETCH(QString, filter);
    QFETCH(QString, keep);
    QFETCH(int, rules);
    PlanRecord plan;
    plan.id = "p1";
    PolicyRule rule;
    rule.name = "r";
    if (!filter.isEmpty())
        rule.filters = {filter.toStdString()};
    rule.clock = "used";
    rule.keepDuration = keep.toStdString();
    rule.strategy = "lru";
    plan.policy.rules.assign(static_cast<std::size_t>(rules), rule);
    QTEST(planCommand(plan, policy()), "command");
    QCOMPARE(planCommand(plan, plan.policy), QStringLiteral("layerhold plan"));
    for (const QString& command : {planCommand(plan, policy()), planCommand(plan, plan.policy)})
        QCOMPARE(exitCodeOf(command), noService);
}

void PlanPartsTest::csvIsSafe()
{
    PlanItem item;
    item.what = "blob";
    item.name = "sha256:aa";
    item.bytes = 12;
    item.decision = "remove";
    item.rule = "=cmd|' /c calc'!A1";
    item.sentence = "He said \"no\",\nthen left.";
    const QByteArray csv = planCsv(std::span(&item, 1), {});
    QVERIFY(csv.contains("\"'=cmd|"));
    QVERIFY(csv.contains("\"He said \"\"no\"\",\nthen left.\""));
    QVERIFY(csv.contains("\"yes\""));
    QVERIFY(planCsv(std::span(&item, 1), {QStringLiteral("sha256:aa")}).contains("\"no\""));
}

void PlanPartsTest::jsonHasAll()
{
    PlanRecord plan;
    plan.id = "p1";
    plan.storedBytes = UINT64_MAX;
    PlanItem item;
    item.name = "sha256:aa";
    item.decision = "remove";
    const QJsonObject json = QJsonDocument::fromJson(planJson(plan, std::span(&item, 1), {})).object();
    QCOMPARE(json["plan"].toObject()["id"].toString(), QStringLiteral("p1"));
    QCOMPARE(json["plan"].toObject()["storedBytes"].toString(), QString::number(UINT64_MAX));
    QCOMPARE(json["items"].toArray().size(), 1);
    QCOMPARE(json["items"].toArray()[0].toObject()["ticked"].toBool(), true);
}

void PlanPartsTest::problems()
{
    PlanRecord plan;
    plan.items = 4;
    plan.policy = policy();
    std::vector<PlanItem> items(3);
    items[0].what = items[1].what = items[2].what = "blob";
    items[0].decision = "remove";
    items[0].rule = "a";
    items[0].refetch = "only_copy";
    items[1].decision = "keep";
    items[1].reason = "keep_not_stored";
    items[1].sentence = "Its bytes are missing.";
    items[2].decision = "postpone\n";
    const auto found = problemsOf(plan, items);
    QCOMPARE(found.size(), std::size_t(5));
    QVERIFY(found[0].sentence.contains(QStringLiteral("not whole")));
    QVERIFY(found[1].sentence.contains(QStringLiteral("only copy")));
    QCOMPARE(found[2].sentence, QStringLiteral("Its bytes are missing."));
    QVERIFY(found[3].sentence.contains(QStringLiteral("postpone␊")));
    QCOMPARE(found[4].name, std::string("b"));
    PlanProblemsModel model{Format()};
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.append(found);
    model.sort(PlanProblemsModel::Problem, Qt::DescendingOrder);
    model.setFilter([](const PlanProblem& problem) { return !problem.name.empty(); });
    QVERIFY(model.rowCount() > 0 && model.rowCount() < 5);
    model.clear();
}

void PlanPartsTest::limits_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qlonglong>("bytes"); // -1: it is none
    QTest::newRow("nothing") << QByteArray() << 0LL;
    QTest::newRow("bytes") << QByteArray("123") << 123LL;
    QTest::newRow("GiB") << QByteArray("2GiB") << (2LL << 30);
    QTest::newRow("g") << QByteArray(" 2 g ") << (2LL << 30);
    QTest::newRow("share") << QByteArray("5%") << 50LL;
    QTest::newRow("capped") << QByteArray("50%<=100") << 100LL;
    QTest::newRow("below its cap") << QByteArray("5% <= 1K") << 50LL;
    QTest::newRow("too much") << QByteArray("101%") << -1LL;
    QTest::newRow("words") << QByteArray("much") << -1LL;
    QTest::newRow("overflow") << QByteArray("99999999999T") << -1LL;
}

void PlanPartsTest::limits()
{
    QFETCH(QByteArray, text);
    QFETCH(qlonglong, bytes);
    const auto found = limitBytes(text.toStdString(), 1000);
    QCOMPARE(found ? static_cast<qlonglong>(*found) : -1LL, bytes);
}

} // namespace layerhold::gui::test

QTEST_GUILESS_MAIN(layerhold::gui::test::PlanPartsTest)
#include "plan_parts_test.moc"
