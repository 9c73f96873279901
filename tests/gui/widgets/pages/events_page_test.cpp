// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/pages/cleanup_window.h"

#include <QScrollBar>
#include <QSignalSpy>

namespace layerhold::gui::test {

/// The live feed.
class EventsPageTest final : public QObject
{
    Q_OBJECT

private slots:
    void followsTheTail();
    void scrollingUpPauses();
    void pausedListsStayAndTellWhatWaits();
    void gapsAreRows();
    void filters();
    void enterOpensTheEntry();

private:
    static std::vector<EventRecord> events(std::uint64_t first, std::uint64_t count)
    {
        std::vector<EventRecord> made;
        for (std::uint64_t i = first; i < first + count; ++i)
            made.push_back({i, Moment(std::chrono::hours(500'000)), i % 2 ? "blob_committed" : "tag_moved",
                            i % 2 ? fixtures::digestOf(std::to_string(i)) : "docker.io/library/x:" + std::to_string(i),
                            "containerd", "", i});
        return made;
    }

    static EventsPage& shown(CleanupWindow& w)
    {
        w.connectClient();
        w.show("events");
        return *w.pages.events;
    }
};

void EventsPageTest::followsTheTail()
{
    CleanupWindow w(fixtures::tiny);
    EventsPage& page = shown(w);
    page.noteEvents(events(1, 500));
    QTRY_COMPARE(page.model().rowCount(), 500);
    const QScrollBar* bar = page.view().verticalScrollBar();
    QTRY_COMPARE(bar->value(), bar->maximum());
    page.noteEvents(events(501, 100));
    QTRY_COMPARE(page.model().rowCount(), 600);
    QTRY_COMPARE(bar->value(), bar->maximum());
    QVERIFY(!page.isPaused());
}

void EventsPageTest::scrollingUpPauses()
{
    CleanupWindow w(fixtures::tiny);
    EventsPage& page = shown(w);
    page.noteEvents(events(1, 500));
    QTRY_COMPARE(page.model().rowCount(), 500);
    page.view().verticalScrollBar()->setValue(10);
    QVERIFY(page.isPaused());
    page.noteEvents(events(501, 312));
    auto* more = w.find<QPushButton>("newEvents");
    QTRY_COMPARE(more->text(), QStringLiteral("▼ 312 new"));
    QVERIFY(more->isVisible());
    QCOMPARE(page.view().verticalScrollBar()->value(), 10);
    more->click();
    QCOMPARE(page.model().rowCount(), 812);
    QVERIFY(!page.isPaused());
    QVERIFY(!more->isVisible());
}

void EventsPageTest::pausedListsStayAndTellWhatWaits()
{
    CleanupWindow w(fixtures::tiny);
    EventsPage& page = shown(w);
    page.noteEvents(events(1, 50));
    QTRY_COMPARE(page.model().rowCount(), 50);
    page.view().setFocus();
    QTest::keyClick(&page.view(), Qt::Key_Space);
    QVERIFY(page.isPaused());
    // More than the list can hold waits: that some are not there is a row.
    page.noteEvents(events(51, EventModel::capacity));
    page.noteEvents(events(51 + EventModel::capacity, 100));
    QCOMPARE(page.model().rowCount(), 50);
    w.press("pauseEvents");
    QCOMPARE(page.model().rowCount(), static_cast<int>(EventModel::capacity));
    QCOMPARE(page.model().rowAt(0).kind, EventRow::Kind::Overflow);
    QVERIFY(page.model().index(0, EventModel::Detail).data().toString().contains(QStringLiteral("not shown")));
}

void EventsPageTest::gapsAreRows()
{
    CleanupWindow w(fixtures::tiny);
    EventsPage& page = shown(w);
    page.noteEvents(events(1, 3));
    page.noteGap({4, 9});
    page.noteEvents(events(10, 1));
    QTRY_COMPARE(page.model().rowCount(), 5);
    QCOMPARE(page.model().rowAt(3).kind, EventRow::Kind::Gap);
    QVERIFY(page.model().index(3, EventModel::Detail).data().toString().startsWith(QStringLiteral("6 events")));
}

void EventsPageTest::filters()
{
    CleanupWindow w(fixtures::tiny);
    EventsPage& page = shown(w);
    page.noteEvents(events(1, 20));
    QTRY_COMPARE(page.model().rowCount(), 20);
    page.filterField()->setText(QStringLiteral("TAG library/x:4"));
    QCOMPARE(page.model().rowCount(), 1);
    page.filterField()->setText(QStringLiteral("nothing has this"));
    QCOMPARE(page.pane().words().key, QStringLiteral("nothing_matches"));
    page.filterField()->clear();
    QCOMPARE(page.model().rowCount(), 20);
    QCOMPARE(page.pane().words().key, QStringLiteral("ready"));
}

void EventsPageTest::enterOpensTheEntry()
{
    CleanupWindow w(fixtures::tiny);
    EventsPage& page = shown(w);
    page.noteEvents(events(1, 2));
    QTRY_COMPARE(page.model().rowCount(), 2);
    QSignalSpy asked(&page, &EventsPage::entryRequested);
    QSignalSpy pages(&w.context, &AppContext::pageRequested);
    page.view().setFocus();
    page.view().selectRow(0);
    QTest::keyClick(&page.view(), Qt::Key_Return);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.front().front().toString().toStdString(), fixtures::digestOf("1"));
    QCOMPARE(pages.front().front().toString(), QStringLiteral("entries"));
    page.view().selectRow(1);
    QTest::keyClick(&page.view(), Qt::Key_Return);
    QCOMPARE(pages.back().front().toString(), QStringLiteral("tags"));
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::EventsPageTest)
#include "events_page_test.moc"
