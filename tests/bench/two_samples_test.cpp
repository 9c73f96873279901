// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "two_samples.h"

#include <random>

using namespace layerhold::bench;

class TwoSamplesTest : public QObject
{
    Q_OBJECT

private slots:

    /// U is 11 of 80, its deviation with the equal values 11.23.
    void knowsTheTestOfTheBooks()
    {
        const Comparison result = compare({19, 22, 16, 29, 24, 16, 20, 22, 17, 18}, {20, 30, 28, 24, 27, 32, 23, 26});
        QCOMPARE(result.medianOfFirst, 20.0);
        QCOMPARE(result.medianOfSecond, 27.0);
        QVERIFY(std::abs(result.superiority - 11.0 / 80) < 1e-9);
        QVERIFY(std::abs(result.pValue - 0.009821) < 1e-6);
    }

    void seesADifferenceAndNoneWhereNoneIs()
    {
        std::mt19937 random(7);
        std::exponential_distribution<double> time(1);
        std::vector<double> samples[3];
        for (int i = 0; i < 20'000; ++i) {
            samples[0].push_back(time(random));
            samples[1].push_back(time(random));
            samples[2].push_back(time(random) + 0.05);
        }
        const Comparison same = compare(samples[0], samples[1]);
        QVERIFY(same.pValue > 0.01 && same.superiorityFrom < 0.5 && same.superiorityTo > 0.5);
        QVERIFY(same.superiorityTo - same.superiorityFrom < 0.02);
        const Comparison later = compare(samples[2], samples[0]);
        QVERIFY(later.pValue < 1e-6 && later.superiorityFrom > 0.5);
    }

    void equalValuesAreNoDifference()
    {
        const Comparison result = compare({1, 1, 1}, {1, 1, 1});
        QCOMPARE(result.superiority, 0.5);
        QCOMPARE(result.pValue, 1.0);
    }
};

QTEST_GUILESS_MAIN(TwoSamplesTest)
#include "two_samples_test.moc"
