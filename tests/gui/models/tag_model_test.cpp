// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/models/model_fixture.h"
#include "models/tag_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::Fatal;

} // namespace

class TagModelTest : public QObject
{
    Q_OBJECT

private slots:
    void tagsShowTheirState();
    void tagsAreSortedByWhatTheyAre();
    void entriesAreATable();
};

void TagModelTest::tagsShowTheirState()
{
    TagModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    TagRecord first;
    first.reference = "docker.io/library/node:20";
    first.digest = digest("aa");
    first.cause = "pull";
    first.by = "me\u202e";
    first.movedAt = at(5);
    first.isPresent = true;
    first.claims = true;
    TagRecord second;
    second.reference = "docker.io/library/app:1";
    second.isStale = true;
    model.append({first, second});
    const auto row = [&](int which) {
        QStringList cells;
        for (int each = 0; each < model.columnCount(); ++each)
            cells += model.index(which, each).data().toString();
        return cells.join(QLatin1Char('|'));
    };
    QCOMPARE(row(0), QStringLiteral("docker.io/library/node:20|aa0000000000|2026-01-01T00:00:05Z|Pull|me[U+202E]|fresh|"
                                    "stored|keeps it"));
    QCOMPARE(row(1), QStringLiteral("docker.io/library/app:1||never|||stale|not stored|only names it"));
    QCOMPARE(model.index(0, 0).data(IdRole).toString(), QStringLiteral("docker.io/library/node:20"));
    QCOMPARE(model.index(0, TagModel::By).data(CopyRole).toString(), QString::fromStdString(first.by));
    QCOMPARE(model.index(0, TagModel::Cause).data(CopyRole).toString(), QStringLiteral("pull"));
    QVERIFY(
        model.index(0, TagModel::Cause).data(Qt::ToolTipRole).toString().contains(QLatin1String("A pull brought it.")));
}

void TagModelTest::tagsAreSortedByWhatTheyAre()
{
    TagModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    std::vector<TagRecord> tags(3);
    for (int i = 0; i < 3; ++i) {
        tags[static_cast<std::size_t>(i)].reference = std::string(1, static_cast<char>('c' - i));
        tags[static_cast<std::size_t>(i)].movedAt = at(i == 1 ? 100'000 : i);
    }
    model.append(tags);
    model.sort(TagModel::Reference);
    QCOMPARE(column(model, TagModel::Reference), QStringLiteral("a|b|c"));
    model.sort(TagModel::Moved, Qt::DescendingOrder);
    QCOMPARE(column(model, TagModel::Reference), QStringLiteral("b|a|c"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.refreshTimes();
    QCOMPARE(changed.count(), 1);
    for (int each = 0; each < model.columnCount(); ++each) {
        model.sort(each);
        QVERIFY(!model.headerData(each, Qt::Horizontal).toString().isEmpty());
    }
}

void TagModelTest::entriesAreATable()
{
    TagEntryModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.append({{TagEntry::Kind::Moved, "node:20", at(9), digest("aa"), digest("bb"), "pull", "me", 1},
                  {TagEntry::Kind::Checked, "node:20", at(8), digest("aa"), digest("aa"), {}, {}, 4},
                  {TagEntry::Kind::Appeared, "node:20", at(1), {}, digest("aa"), "pull", {}, 1}});
    QCOMPARE(column(model, TagEntryModel::Kind), QStringLiteral("moved|checked, unchanged (4 times)|appeared"));
    QCOMPARE(column(model, TagEntryModel::From), QStringLiteral("aa0000000000|aa0000000000|"));
    QCOMPARE(column(model, TagEntryModel::Cause), QStringLiteral("Pull||Pull"));
    QCOMPARE(model.index(0, TagEntryModel::Cause).data(CopyRole).toString(), QStringLiteral("pull"));
    model.sort(TagEntryModel::At);
    QCOMPARE(column(model, TagEntryModel::Kind), QStringLiteral("appeared|checked, unchanged (4 times)|moved"));
    for (int each = 0; each < model.columnCount(); ++each)
        model.sort(each);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TagModelTest)
#include "tag_model_test.moc"
