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
    void showsWhatHappenedBefore();
    void aPausedListKeepsItsPlaceWhenThePastComes();
    void aPastThatDoesNotComeIsSaid();
    void anotherCacheHasAnotherPast();
    void keepsToTheTimeRange();

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

    /// Of a service that has kept no events.
    static EventsPage& shown(CleanupWindow& w)
    {
        w.store().events.clear();
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
    // By what the list calls it, too.
    page.filterField()->setText(QStringLiteral("Tag moved library/x:4"));
    QCOMPARE(page.model().rowCount(), 1);
    page.filterField()->setText(QStringLiteral("stored"));
    QCOMPARE(page.model().rowCount(), 10);
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

void EventsPageTest::showsWhatHappenedBefore()
{
    CleanupWindow w(fixtures::tiny);
    w.store().events = events(1, 300);
    w.connectClient();
    EventsPage& page = *w.pages.events;
    // Nobody looks at it: nothing is asked.
    QCOMPARE(w.client.count("pastEvents"), 0);
    page.noteEvents(events(299, 5));
    w.show("events");
    QTRY_COMPARE(page.model().rowCount(), 303);
    for (int row = 0; row < 303; ++row)
        QCOMPARE(page.model().rowAt(row).first, static_cast<std::uint64_t>(row + 1));
    const QScrollBar* bar = page.view().verticalScrollBar();
    QTRY_COMPARE(bar->value(), bar->maximum());
    QVERIFY(!page.isPaused());
    page.refresh();
    w.show("trash");
    w.show("events");
    QCOMPARE(w.client.count("pastEvents"), 1);
}

void EventsPageTest::aPausedListKeepsItsPlaceWhenThePastComes()
{
    CleanupWindow w(fixtures::tiny);
    w.store().events = events(1, 300);
    w.client.hold("pastEvents");
    w.connectClient();
    w.show("events");
    EventsPage& page = *w.pages.events;
    page.noteEvents(events(301, 200));
    QTRY_COMPARE(page.model().rowCount(), 200);
    page.view().verticalScrollBar()->setValue(50);
    QVERIFY(page.isPaused());
    const auto top = [&page] { return page.model().rowAt(page.view().rowAt(0)).first; };
    QCOMPARE(top(), 351U);
    w.client.answer("pastEvents");
    QTRY_COMPARE(page.model().rowCount(), 500);
    QCOMPARE(top(), 351U);
    QVERIFY(page.isPaused());
}

void EventsPageTest::aPastThatDoesNotComeIsSaid()
{
    CleanupWindow w(fixtures::tiny);
    w.store().events = events(1, 30);
    w.client.fail("pastEvents", CallError("internal", "The disk is slow today."));
    w.connectClient();
    w.show("events");
    EventsPage& page = *w.pages.events;
    QTRY_COMPARE(page.pane().words().key, QStringLiteral("partial"));
    QVERIFY(page.pane().words().text.contains(QStringLiteral("The disk is slow today.")));
    page.noteEvents(events(31, 2));
    QTRY_COMPARE(page.model().rowCount(), 2);
    w.client.answer("pastEvents");
    page.refresh();
    QTRY_COMPARE(page.model().rowCount(), 32);
    QCOMPARE(page.pane().words().key, QStringLiteral("ready"));
}

void EventsPageTest::anotherCacheHasAnotherPast()
{
    CleanupWindow w(fixtures::tiny);
    w.store().events = events(1, 30);
    w.connectClient();
    w.show("events");
    EventsPage& page = *w.pages.events;
    QTRY_COMPARE(page.model().rowCount(), 30);
    w.window.showService({});
    w.store().events = events(1, 7);
    w.connectClient();
    QTRY_COMPARE(page.model().rowCount(), 7);
}

void EventsPageTest::keepsToTheTimeRange()
{
    using namespace std::chrono_literals;
    CleanupWindow w(fixtures::tiny);
    EventsPage& page = shown(w);
    const Moment start(std::chrono::hours(500'000));
    std::vector<EventRecord> made = events(1, 60);
    for (EventRecord& event : made)
        event.at = start + event.sequence * 1min;
    page.noteEvents(made);
    QTRY_COMPARE(page.model().rowCount(), 60);
    auto* chip = w.find<QPushButton>("eventsRange");
    QVERIFY(!chip->isVisible());

    // The end is not in it.
    const TimeRange range{start + 2min, start + 15min};
    w.context.setTimeRange(range);
    QCOMPARE(page.model().rowCount(), 13);
    QVERIFY(chip->isVisible());
    QVERIFY(chip->text().contains(w.context.format().span(range.from, range.to)));
    page.filterField()->setText(QStringLiteral("tag"));
    QCOMPARE(page.model().rowCount(), 7);
    // What comes in is asked as well.
    made = events(61, 2);
    made[0].at = start + 3min;
    made[1].at = start + 4min;
    page.noteEvents(made);
    QTRY_COMPARE(page.model().rowCount(), 8);

    // Esc takes one thing after the other.
    page.view().setFocus();
    w.context.actions().action(QStringLiteral("view.escape"))->trigger();
    QCOMPARE(page.model().rowCount(), 15);
    w.context.actions().action(QStringLiteral("view.escape"))->trigger();
    QCOMPARE(page.model().rowCount(), 62);
    QVERIFY(!w.context.timeRange());
    QVERIFY(!chip->isVisible());

    w.context.setTimeRange(range);
    chip->click();
    QVERIFY(!w.context.timeRange());
    QCOMPARE(page.model().rowCount(), 62);

    // Chosen while another page is in front.
    w.show("trash");
    w.context.setTimeRange(TimeRange{start - 2min, start - 1min});
    w.show("events");
    QCOMPARE(page.model().rowCount(), 0);
    QCOMPARE(page.pane().words().key, QStringLiteral("nothing_matches"));
    for (auto* button : page.pane().findChildren<QPushButton*>())
        if (button->property("stateButton").toInt() == static_cast<int>(StateButton::ClearFilter))
            button->click();
    QCOMPARE(page.model().rowCount(), 62);
    QCOMPARE(page.pane().words().key, QStringLiteral("ready"));
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::EventsPageTest)
#include "events_page_test.moc"
