// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// The benchmark runs to its end and its JSON has every figure. What the figures are is not asked.
#include "support/engine/process.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace layerhold::test;

class BenchSmokeTest : public QObject
{
    Q_OBJECT

private slots:
    void quickRunPrintsEveryFigure();
};

void BenchSmokeTest::quickRunPrintsEveryFigure()
{
    const Outcome bench =
        run(QStringLiteral(LAYERHOLD_BENCH), {"--quick", "--json", "-", "--build", LAYERHOLD_BUILD}, seconds(280));
    QVERIFY2(bench.ok(), bench.text());
    QJsonParseError error{};
    const QJsonObject document = QJsonDocument::fromJson(bench.out, &error).object();
    QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(error.errorString()));
    QVERIFY(!document.value("facts").toObject().value("layerhold").toString().isEmpty());
    const QJsonArray rows = document.value("rows").toArray();
    QVERIFY(rows.size() >= 30);
    for (const QJsonValue& row : rows) {
        const QString name = row.toObject().value("name").toString();
        const QJsonObject figures = row.toObject().value("figures").toObject();
        QVERIFY2(figures.contains("layerhold"), qPrintable(name));
        for (const QJsonValue& figure : figures)
            QVERIFY2(figure.isDouble() && figure.toDouble() >= 0, qPrintable(name));
    }
}

QTEST_GUILESS_MAIN(BenchSmokeTest)
#include "bench_smoke_test.moc"
