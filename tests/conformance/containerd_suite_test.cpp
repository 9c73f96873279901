// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// containerd's own content test suite, ten times in a row on one root.
#include "support/engine/scene.h"

#include <QRegularExpression>
#include <QTest>

using namespace layerhold::test;

class ContainerdSuiteTest : public QObject
{
    Q_OBJECT

private slots:
    void allTwelveTestsPassTenTimes();
};

void ContainerdSuiteTest::allTwelveTestsPassTenTimes()
{
    static const QRegularExpression passed(QStringLiteral(R"re(^    --- PASS: TestContent/\w+ )re"),
                                           QRegularExpression::MultilineOption);
    Scene scene;
    Daemon& daemon = scene.addDaemon();
    QVERIFY(daemon.start());
    const QString socket = daemon.contentSocket();
    for (int round = 1; round <= 10; ++round) {
        // Every run writes the same blobs, which the run before has released: they are claimed anew.
        const Outcome suite = run(QStringLiteral(LAYERHOLD_CONTAINERD_SUITE),
                                  {"-test.v", "-test.count=1", "-test.timeout=120s", "-socket", socket}, seconds(150));
        QVERIFY2(suite.ok(), suite.text());
        auto matches = passed.globalMatch(QString::fromUtf8(suite.out));
        int count = 0;
        for (; matches.hasNext(); matches.next())
            ++count;
        QVERIFY2(count == 12, suite.text());
    }
}

QTEST_GUILESS_MAIN(ContainerdSuiteTest)
#include "containerd_suite_test.moc"
