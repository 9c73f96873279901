// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/models/model_fixture.h"
#include "models/plan_diff.h"
#include "models/run_model.h"
#include "models/trash_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTimer>

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::Fatal;

} // namespace

class CleanupTablesTest : public QObject
{
    Q_OBJECT

private slots:
    void runsTellEveryOutcome();
    void trashExpiresByTheClock();
    void trashThatNeverExpiresSaysSo();
    void toolTipsAreNoMarkup();
    void rowsThatComeWithoutAPauseAreSortedIn();
};

void CleanupTablesTest::runsTellEveryOutcome()
{
    RunModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    QCOMPARE(model.summary(), QStringLiteral("0 failed"));
    model.take({{"blob", digest("a"), 2048, "trashed", "Nobody needs it."},
                {"blob", digest("b"), 1024, "skipped", "It is needed by node:20 now."}});
    model.take({{"blob", digest("c"), 4096, "trashed", {}},
                {"blob", digest("d"), 1, "failed", "The disk\nrefused."},
                {"partial", "7", 1024, "removed", {}},
                {"blob", digest("e"), 1, "teleported", {}}});
    QCOMPARE(model.summary(),
             QStringLiteral("2 moved to trash (6.0 KiB), 1 removed (1.0 KiB), 1 skipped, 1 with another outcome, "
                            "1 failed"));
    QCOMPARE(column(model, RunModel::Outcome),
             QStringLiteral("moved to trash|skipped|moved to trash|failed|removed|teleported"));
    QVERIFY(!column(model, RunModel::Why).contains(QLatin1Char('\n')));
    model.showOnly(RunModel::Failed);
    QCOMPARE(column(model, RunModel::Entry), QStringLiteral("d00000000000"));
    QCOMPARE(model.tally(RunModel::Trashed).items, 2U);
    model.showOnly(std::nullopt);
    model.sort(RunModel::Size, Qt::DescendingOrder);
    QCOMPARE(model.index(0, RunModel::Size).data().toString(), QStringLiteral("4.0 KiB"));
    model.clear();
    QCOMPARE(model.summary(), QStringLiteral("0 failed"));
}

void CleanupTablesTest::trashExpiresByTheClock()
{
    Moment now = at(0);
    Format::Options options;
    options.zone = QTimeZone::utc();
    options.now = [&now] { return now; };
    TrashModel model{Format(options)};
    const QAbstractItemModelTester tester(&model, fatal);
    model.take({{digest("a"), 10, "layer", "run-1", at(-60), at(3600)},
                {digest("b"), 20, "layer", "run-1", at(-60), at(7200)}});
    QCOMPARE(model.totalBytes(), 30U);
    QCOMPARE(column(model, TrashModel::Expires), QStringLiteral("in 1 h|in 2 h"));
    QCOMPARE(model.nextExpiry(), at(3600));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    now = at(3600);
    model.refreshTimes();
    QVERIFY(changed.count() > 0);
    QVERIFY(model.isExpired(0) && !model.isExpired(1));
    QCOMPARE(column(model, TrashModel::Expires), QStringLiteral("expired|in 1 h"));
    QCOMPARE(model.nextExpiry(), at(7200));
    now = at(9000);
    QVERIFY(!isKnown(model.nextExpiry()));
    model.sort(TrashModel::Expires, Qt::DescendingOrder);
    QCOMPARE(column(model, TrashModel::Entry), QStringLiteral("b00000000000|a00000000000"));
    model.clear();
    QCOMPARE(model.totalBytes(), 0U);
}

void CleanupTablesTest::trashThatNeverExpiresSaysSo()
{
    TrashModel model(format());
    model.take({{digest("a"), 10, "layer", "run-1", at(-60), {}}});
    QVERIFY(!model.isExpired(0));
    QCOMPARE(column(model, TrashModel::Expires), unknownText());
    QVERIFY(!isKnown(model.nextExpiry()));
}

void CleanupTablesTest::toolTipsAreNoMarkup()
{
    const std::string hostile = "<b>text</b>";
    RunModel run(format());
    run.take({{"blob", hostile, 1, hostile, hostile}});
    TrashModel trash(format());
    trash.take({{hostile, 10, hostile, hostile, at(-60), at(3600)}});
    PlanDiffModel changes(format());
    changes.append(
        {{hostile, hostile, hostile, 1, std::nullopt, PlanChange::Verdict{"remove", hostile, hostile, hostile}}});
    for (const QAbstractItemModel* model : std::initializer_list<const QAbstractItemModel*>{&run, &trash, &changes})
        for (int column = 0; column < model->columnCount(); ++column) {
            const QString tip = model->index(0, column).data(Qt::ToolTipRole).toString();
            QVERIFY2(!tip.contains(QLatin1String("<b>")), qPrintable(tip));
        }
}

void CleanupTablesTest::rowsThatComeWithoutAPauseAreSortedIn()
{
    TrashModel model(format());
    std::vector<TrashRecord> many;
    for (std::uint64_t number = 0; number < 2 * TrashModel::mostAtOnce; ++number)
        many.push_back({digest(std::to_string(number)), number, "layer", "run-1", at(-60), at(3600)});
    model.take(many);
    model.sort(TrashModel::Size, Qt::DescendingOrder);
    QVERIFY(model.isArranging());
    QSignalSpy arranged(&model, &QAbstractItemModel::layoutChanged);
    QTimer load;
    connect(&load, &QTimer::timeout, this, [&] {
        model.take({{digest("f"), 0, "layer", "run-1", at(-60), at(3600)}});
    });
    load.start(0);
    QTRY_VERIFY(arranged.count() > 0);
    QCOMPARE(model.recordAt(0).bytes, many.back().bytes);
    load.stop();
    QTRY_VERIFY(!model.isArranging());
    QCOMPARE(model.recordAt(model.rowCount() - 1).bytes, 0U);
}

QTEST_GUILESS_MAIN(CleanupTablesTest)
#include "cleanup_tables_test.moc"
