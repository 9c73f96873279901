// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Calls to the disk fail at random places of many workloads, each in several ways; nothing that was acknowledged is
// lost, nothing wrong is served. LAYERHOLD_POWER_POINTS chooses how many points to run, half of them with each sharing.

// Qt first: moc 6.4 cannot parse <compare> when it is the first standard header.
#include <QTemporaryDir>
#include <QTest>

#include "crash/power_loop.h"
#include "crash/wrong_build_checks.h"

#include <map>

namespace layerhold::test {

class PowerTest : public QObject
{
    Q_OBJECT

private slots:
    void promisesHold();
    void everyCallFails_data();
    void everyCallFails();
};

void PowerTest::promisesHold()
{
    for (const std::string& violation : checkTrust())
        QFAIL(violation.c_str());
}

void PowerTest::everyCallFails_data()
{
    QTest::addColumn<int>("sharing");
    for (const Sharing sharing : {Sharing::Open, Sharing::Verified})
        QTest::newRow(std::string(toString(sharing)).c_str()) << static_cast<int>(sharing);
}

void PowerTest::everyCallFails()
{
    QFETCH(int, sharing);
    const auto points = qEnvironmentVariable("LAYERHOLD_POWER_POINTS", "10000").toULongLong() / 2;
    const auto seed = qEnvironmentVariable("LAYERHOLD_POWER_SEED", "1").toULongLong();
    const PowerLoop loop(seed, static_cast<Sharing>(sharing));
    std::map<Mishap, std::uint64_t> ran;
    std::string problem;
    loop.runAll(points, [&](const PowerPoint& point, const PowerOutcome& outcome) {
        ++ran[point.mishap];
        if (outcome.violations.empty())
            return true;
        problem = toString(point.mishap) + " at call " + std::to_string(point.call) + ", seed " +
                  std::to_string(point.seed) + ":";
        for (const std::string& violation : outcome.violations)
            problem += "\n  " + violation;
        return false;
    });
    QVERIFY2(problem.empty(), problem.c_str());
    for (const auto& [mishap, count] : ran)
        qInfo("%6llu points: %s", static_cast<unsigned long long>(count), toString(mishap).c_str());
    QVERIFY2(ran.size() == std::size(allMishaps) || points < 5'000, "not every kind of mishap was reached");
}

} // namespace layerhold::test

QTEST_GUILESS_MAIN(layerhold::test::PowerTest)
#include "power_test.moc"
