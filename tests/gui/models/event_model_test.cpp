// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/models/model_fixture.h"
#include "models/event_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::Fatal;

std::vector<EventRecord> events(std::uint64_t first, std::uint64_t count)
{
    std::vector<EventRecord> result;
    for (std::uint64_t i = first; i < first + count; ++i)
        result.push_back(
            {i, at(static_cast<std::int64_t>(i)), i % 2 == 0 ? "hit" : "miss", digest("ab"), "main", {}, i});
    return result;
}

/// Every event that came is either in a row or counted by one, from `first` to `last`.
void checkNothingIsLost(const EventModel& model, std::uint64_t first, std::uint64_t last)
{
    std::uint64_t next = first;
    for (int row = 0; row < model.rowCount(); ++row) {
        const EventRow& each = model.rowAt(row);
        QCOMPARE(each.first, next);
        QCOMPARE(each.count, each.last - each.first + 1);
        next = each.last + 1;
    }
    QCOMPARE(next, last + 1);
}

} // namespace

class EventModelTest : public QObject
{
    Q_OBJECT

private slots:
    void eventsComeInBatches();
    void theRingKeepsTheLast();
    void pausingKeepsRowsAndPlace();
    void whatOverflowsWhilePausedIsARow();
    void aGapIsARow();
    void kindsAreTold();
    void filtersLeaveRowsOfMissingOnes();
    void clearingForgetsAll();
    void whatHappenedBeforeComesFirst();
    void thePastFillsTheRingOnly();
    void aMinuteOfManyEvents();
};

void EventModelTest::eventsComeInBatches()
{
    EventModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    for (std::uint64_t i = 0; i < 500; ++i)
        model.append(events(i, 1));
    QCOMPARE(model.rowCount(), 0);
    QTRY_COMPARE(model.rowCount(), 500);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(model.index(0, EventModel::Kind).data().toString(), QStringLiteral("hit"));
    QCOMPARE(model.index(3, EventModel::Subject).data().toString(), QStringLiteral("ab0000000000"));
    QCOMPARE(model.index(3, EventModel::Subject).data(CopyRole).toString(), QString::fromStdString(digest("ab")));
    QCOMPARE(model.index(3, EventModel::At).data().toString(), QStringLiteral("00:00:03"));
    EventRecord before = events(500, 1).front();
    before.at = at(-1);
    model.append({before});
    model.follow();
    QCOMPARE(model.index(500, EventModel::At).data().toString(), QStringLiteral("2025-12-31 23:59:59"));
}

void EventModelTest::theRingKeepsTheLast()
{
    EventModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    for (std::uint64_t i = 0; i < 6; ++i) {
        model.append(events(i * 10'000, 10'000));
        model.follow();
    }
    QCOMPARE(model.rowCount(), 50'000);
    QCOMPARE(model.forgottenCount(), 10'000U);
    checkNothingIsLost(model, 10'000, 59'999);
}

void EventModelTest::pausingKeepsRowsAndPlace()
{
    EventModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.append(events(0, 49'990));
    model.pause();
    QVERIFY(model.isPaused());
    // What came before the pause is there.
    QCOMPARE(model.rowCount(), 49'990);
    const QPersistentModelIndex place = model.index(123, 0);
    QSignalSpy counts(&model, &EventModel::countsChanged);
    model.append(events(49'990, 312));
    QVERIFY(counts.wait());
    QCOMPARE(model.rowCount(), 49'990);
    QCOMPARE(model.waitingCount(), 312U);
    QCOMPARE(place.row(), 123);
    model.follow();
    QCOMPARE(model.rowCount(), 50'000);
    QCOMPARE(model.waitingCount(), 0U);
    QVERIFY(!place.isValid());
    checkNothingIsLost(model, 302, 50'301);
}

void EventModelTest::whatOverflowsWhilePausedIsARow()
{
    EventModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.append(events(0, 100));
    model.pause();
    for (std::uint64_t i = 0; i < 7; ++i)
        model.append(events(100 + i * 10'000, 10'000));
    QCOMPARE(model.rowCount(), 100);
    QCOMPARE(model.waitingCount(), 70'000U);
    model.follow();
    QCOMPARE(model.rowCount(), 50'000);
    QCOMPARE(model.rowAt(0).kind, EventRow::Kind::Overflow);
    QCOMPARE(model.rowAt(0).count, 20'001U);
    QVERIFY(model.index(0, EventModel::Detail).data().toString().contains(format().count(20'001)));
    checkNothingIsLost(model, 100, 70'099);
}

void EventModelTest::aGapIsARow()
{
    EventModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.append(events(0, 5));
    model.appendGap(5, 9);
    model.append(events(10, 5));
    QTRY_COMPARE(model.rowCount(), 11);
    QCOMPARE(model.rowAt(5).kind, EventRow::Kind::Gap);
    QCOMPARE(model.index(5, EventModel::Detail).data().toString(),
             QStringLiteral("5 events are missing: the service no longer had them"));
    checkNothingIsLost(model, 0, 14);
}

void EventModelTest::kindsAreTold()
{
    EventModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    std::vector<EventRecord> both = events(0, 2);
    both[0].kind = "blob_trashed";
    both[1].kind = "<b>of tomorrow</b>";
    model.append(both);
    model.follow();
    const QModelIndex known = model.index(0, EventModel::Kind);
    QCOMPARE(known.data().toString(), QStringLiteral("Moved to trash"));
    QCOMPARE(known.data(CopyRole).toString(), QStringLiteral("blob_trashed"));
    QVERIFY(known.data(Qt::ToolTipRole).toString().contains(QLatin1String("A cleanup moved content to the trash.")));
    const QModelIndex unknown = model.index(1, EventModel::Kind);
    QCOMPARE(unknown.data().toString(), QString::fromStdString(both[1].kind));
    QVERIFY(!unknown.data(Qt::ToolTipRole).toString().contains(QLatin1String("<b>")));
}

void EventModelTest::filtersLeaveRowsOfMissingOnes()
{
    EventModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.append(events(0, 40'000));
    model.appendGap(40'000, 40'001);
    model.follow();
    model.setFilter([](const EventRecord& event) { return event.kind == "miss"; });
    QCOMPARE(model.rowCount(), 20'001);
    model.append(events(40'002, 20'000));
    model.follow();
    QCOMPARE(model.rowCount(), 25'001);
    QCOMPARE(model.rowAt(0).event.sequence, 10'001U);
    model.setFilter({});
    QCOMPARE(model.rowCount(), 50'000);
}

void EventModelTest::clearingForgetsAll()
{
    EventModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.append(events(0, 10));
    model.follow();
    model.append(events(10, 10));
    model.clear();
    QSignalSpy counts(&model, &EventModel::countsChanged);
    QVERIFY(counts.wait());
    QCOMPARE(model.rowCount(), 0);
}

void EventModelTest::whatHappenedBeforeComesFirst()
{
    EventModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.setFilter([](const EventRecord& event) { return event.kind == "miss"; });
    model.append(events(100, 10));
    model.pause();
    const QPersistentModelIndex first = model.index(0, 0);
    model.append(events(110, 2));
    // It reaches into what is here already.
    model.prepend(events(0, 105));
    QCOMPARE(model.rowCount(), 55);
    QCOMPARE(first.row(), 50);
    QCOMPARE(model.waitingCount(), 2U);
    model.setFilter({});
    model.follow();
    checkNothingIsLost(model, 0, 111);
    model.clear();
    // While everything that came still waits.
    model.append(events(20, 5));
    model.prepend(events(0, 25));
    model.follow();
    checkNothingIsLost(model, 0, 24);
}

void EventModelTest::thePastFillsTheRingOnly()
{
    EventModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.append(events(60'000, 10));
    model.follow();
    model.prepend(events(0, 60'000));
    QCOMPARE(model.rowCount(), 50'000);
    QCOMPARE(model.forgottenCount(), 10'010U);
    checkNothingIsLost(model, 10'010, 60'009);
    model.append(events(60'010, 90));
    model.follow();
    QCOMPARE(model.rowCount(), 50'000);
    checkNothingIsLost(model, 10'100, 60'099);
    model.clear();
    model.prepend({});
    QCOMPARE(model.rowCount(), 0);
}

void EventModelTest::aMinuteOfManyEvents()
{
    EventModel model(format());
    std::uint64_t next = 0;
    // 5,000 events a second for a minute are 600 batches of 500.
    for (int batch = 0; batch < 600; ++batch) {
        for (int i = 0; i < 10; ++i, next += 50)
            model.append(events(next, 50));
        model.follow();
    }
    QCOMPARE(model.rowCount(), 50'000);
    QCOMPARE(model.forgottenCount(), 250'000U);
    checkNothingIsLost(model, 250'000, 299'999);
}

QTEST_GUILESS_MAIN(EventModelTest)
#include "event_model_test.moc"
