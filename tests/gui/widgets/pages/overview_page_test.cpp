// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/page_rig.h"
#include "widgets/pages/elided_label.h"
#include "widgets/pages/metrics/range_box.h"
#include "widgets/pages/overview/attention_card.h"
#include "widgets/pages/overview/space_card.h"
#include "widgets/pages/overview/wrapped_label.h"
#include "widgets/pages/overview_page.h"

#include <QAbstractScrollArea>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>

namespace layerhold::gui::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Rig = PageRig<OverviewPage>;

/// Everything that was asked is answered.
bool isSettled(const Rig& rig)
{
    return rig.client.count(u"diagnose"_s) > 0 && !rig.page->isAsking();
}

QString value(const Rig& rig, const char* card, const QString& name)
{
    return rig.page->card(QString::fromLatin1(card))->figures()->valueOf(name);
}

QString note(const Rig& rig, const char* card)
{
    return rig.page->card(QString::fromLatin1(card))->note();
}

SpaceBar& bar(const Rig& rig)
{
    return *static_cast<SpaceCard*>(rig.page->card(u"space"_s))->bar();
}

QStringList partsOf(const SpaceBar& bar)
{
    QStringList parts;
    for (int item = 0; item < bar.itemCount(); ++item)
        parts += bar.itemName(item);
    return parts;
}

std::shared_ptr<FakeStore> emptyStore()
{
    auto store = fixtures::tiny(Rig::noon);
    store->blobs.clear();
    store->edges.clear();
    store->claims.clear();
    store->trash.clear();
    store->status.ingestCount = 0;
    return store;
}

} // namespace

/// What the overview tells, and what it does not.
class OverviewPageTest final : public QObject
{
    Q_OBJECT

private slots:
    void figuresAreThoseOfTheCache();
    void whatCanGoComesFromAPlan();
    void nothingIsChangedByLooking();
    void whatIsNotReportedIsSaid();
    void aPartThatFailsLeavesTheOthers();
    void tellsWhatHinders_data();
    void tellsWhatHinders();
    void figuresStayWhileTheConnectionIsLost();
    void anotherServiceTellsAnew();
    void anEmptyCacheSaysWhatToDo();
    void cardsLeadToTheirPages_data();
    void cardsLeadToTheirPages();
    void attentionLeadsToWhereItIsSeenTo();
    void theRangeIsThatOfTheFigures();
    void removalsAreCountedSoon();
    void everythingThatTakesTheFocusHasAName_data();
    void everythingThatTakesTheFocusHasAName();
    void fitsIntoSmallWindows_data();
    void fitsIntoSmallWindows();
    void textsOfOthersAreFitToShow();
};

void OverviewPageTest::figuresAreThoseOfTheCache()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig), 20000);
    QCOMPARE(rig.stateKey(), u"ready"_s);
    const Format& format = rig.context.format();
    const StatusRecord status = rig.client.store->currentStatus();
    QCOMPARE(value(rig, "space", u"Stored"_s), format.bytes(status.blobBytes));
    QCOMPARE(value(rig, "space", u"Free on the disk"_s), format.bytes(status.diskFree));

    const auto figures = spaceFigures({.status = {.answer = status},
                                       .policy = {.answer = rig.client.store->policy},
                                       .plans = {.answer = rig.client.store->plans},
                                       .trash = {.answer = TrashTotals{}}});
    QVERIFY(figures);
    QCOMPARE(figures->inUse + figures->kept + figures->canGo + figures->released + figures->trash + figures->other +
                 figures->free,
             status.diskTotal);
    QCOMPARE(figures->inUse, status.blobBytes - status.releasedBytes);
    QCOMPARE(figures->highMark, std::optional(status.diskTotal - 2 * 1024 * 1024 * 1024ULL));

    std::uint64_t trashed = 0;
    for (const TrashRecord& record : rig.client.store->trash)
        trashed += record.bytes;
    const QStringList parts = partsOf(bar(rig));
    const int trash = static_cast<int>(parts.indexOf(u"Trash"_s));
    QVERIFY(trash >= 0);
    QVERIFY(bar(rig).itemValue(trash).startsWith(format.bytes(trashed)));

    const auto ofDay = [&rig](const char* series) {
        const auto gain = gainOf(rig.client.store->history(series, 60s, Rig::noon - 24h));
        return rig.context.format().bytes(static_cast<std::uint64_t>(gain->amount));
    };
    QCOMPARE(value(rig, "worth", u"Served from the cache"_s), ofDay("bytes_served"));
    QCOMPARE(value(rig, "worth", u"Fetched from elsewhere"_s), ofDay("bytes_downloaded"));
    QCOMPARE(value(rig, "worth", u"Saved: not fetched again"_s), ofDay("bytes_not_downloaded"));
    QVERIFY(note(rig, "worth").contains(u"Counting since 2027-01-13 10:00"_s));
    QCOMPARE(value(rig, "speed", u"Lookup or open"_s), u"400 µs 2.1 ms 9.7 ms"_s);
    QCOMPARE(value(rig, "upstreams", u"Left at docker.io"_s), u"7 of 100 manifests"_s);
}

void OverviewPageTest::whatCanGoComesFromAPlan()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig), 20000);
    QVERIFY(partsOf(bar(rig)).contains(u"Can go"_s));
    QVERIFY(!partsOf(bar(rig)).contains(u"Held by nobody"_s));
    rig.client.store->plans.clear();
    rig.page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(partsOf(bar(rig)).contains(u"Held by nobody"_s), 20000);
    QVERIFY(!partsOf(bar(rig)).contains(u"Can go"_s));
    QVERIFY(!partsOf(bar(rig)).contains(u"Kept by policy"_s));
    QVERIFY(note(rig, "space").contains(u"a preview of the cleanup"_s));
}

void OverviewPageTest::nothingIsChangedByLooking()
{
    Rig rig(fixtures::tiny(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig), 20000);
    QCOMPARE(rig.client.mutatingCount(), 0);
    // The service keeps few plans: none is pushed out by one of ours.
    QCOMPARE(rig.client.count(u"makePlan"_s), 0);
}

void OverviewPageTest::whatIsNotReportedIsSaid()
{
    auto store = fixtures::tiny(Rig::noon);
    store->metrics.metrics.clear();
    store->rateLimits.clear();
    Rig rig(store);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig), 20000);
    for (const QString& name : {u"Served from the cache"_s, u"Fetched from elsewhere"_s})
        QCOMPARE(value(rig, "worth", name), u"not reported by this service"_s);
    QCOMPARE(value(rig, "worth", u"Hit rate by requests"_s), u"–"_s);
    QVERIFY(rig.page->card(u"speed"_s)->figures()->figures().empty());
    QCOMPARE(note(rig, "speed"), u"Not reported by this service."_s);
    QVERIFY(note(rig, "upstreams").contains(u"No registry has told a pull limit"_s));
}

void OverviewPageTest::aPartThatFailsLeavesTheOthers()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.client.fail(u"metrics"_s, CallError(u"unsupported"_s, u"no such call"_s));
    rig.client.fail(u"trash"_s, CallError(u"denied"_s, u"You may not\nlist it."_s));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig), 20000);
    QCOMPARE(rig.stateKey(), u"partial"_s);
    QVERIFY(!value(rig, "space", u"Stored"_s).isEmpty());
    QCOMPARE(note(rig, "worth"), u"not reported by this service."_s);
    QVERIFY(rig.page->card(u"worth"_s)->figures()->figures().empty());
    QVERIFY(note(rig, "space").contains(u"You may not␊list it."_s));
    QVERIFY(note(rig, "attention").contains(u"Not known: Trash: "_s));
    QVERIFY(!note(rig, "attention").contains(u"Nothing needs attention"_s));
    rig.client.answer(u"metrics"_s);
    rig.client.answer(u"trash"_s);
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"ready"_s, 20000);
}

void OverviewPageTest::tellsWhatHinders_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("key");
    QTest::newRow("denied") << u"denied"_s << u"no_permission"_s;
    QTest::newRow("an older service") << u"unsupported"_s << u"wrong_version"_s;
    QTest::newRow("anything else") << u"internal"_s << u"failed"_s;
}

void OverviewPageTest::tellsWhatHinders()
{
    QFETCH(const QString, code);
    QFETCH(const QString, key);
    Rig rig(fixtures::tiny(Rig::noon));
    QCOMPARE(rig.stateKey(), u"never_connected"_s);
    rig.client.hold(u"status"_s);
    rig.connectService();
    QCOMPARE(rig.stateKey(), u"loading"_s);
    rig.page->stop();
    QCOMPARE(rig.stateKey(), u"partial"_s);
    rig.client.answer(u"status"_s);
    rig.client.fail(u"status"_s, CallError(code, u"It does not work today."_s));
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), key, 20000);
    rig.client.answer(u"status"_s);
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"ready"_s, 20000);
    // What is there stays to be seen when the next question fails.
    rig.client.fail(u"status"_s, CallError(code, u"It does not work today."_s));
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"partial"_s, 20000);
    QCOMPARE(rig.page->pane().words().form, StateForm::Strip);
    rig.client.answer(u"status"_s);
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"ready"_s, 20000);
    rig.connectService(state::Connecting{.step = u"Opening"_s, .since = Rig::noon});
    QCOMPARE(rig.stateKey(), u"connecting"_s);
}

void OverviewPageTest::figuresStayWhileTheConnectionIsLost()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig), 20000);
    const QString served = value(rig, "worth", u"Served from the cache"_s);
    rig.loseService();
    QCOMPARE(rig.stateKey(), u"stale"_s);
    QCOMPARE(rig.page->pane().words().form, StateForm::Strip);
    QCOMPARE(value(rig, "worth", u"Served from the cache"_s), served);
}

void OverviewPageTest::anotherServiceTellsAnew()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig), 20000);
    FakeClient other(fixtures::tiny(Rig::noon));
    other.hold(u"metrics"_s);
    rig.window.showService({.name = u"other"_s, .text = u"Connected"_s, .client = &other});
    QVERIFY(rig.page->card(u"worth"_s)->figures()->figures().empty());
    QCOMPARE(note(rig, "worth"), u"Being asked…"_s);
    rig.window.showService({});
}

void OverviewPageTest::anEmptyCacheSaysWhatToDo()
{
    Rig rig(emptyStore());
    rig.connectService();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"empty_store"_s, 20000);
    QVERIFY(rig.page->isFirstRun());
    QStringList commands;
    for (const QLineEdit* line : rig.page->findChildren<QLineEdit*>())
        if (line->isVisible())
            commands += line->text();
    QCOMPARE(commands, (QStringList{u"sudo layerhold engine add main --containerd-config /etc/containerd/config.toml"_s,
                                    u"sudo systemctl restart containerd"_s,
                                    u"layerhold pull docker.io/library/alpine:latest"_s, u"layerhold status"_s}));
    for (QPushButton* button : rig.page->findChildren<QPushButton*>()) {
        if (button->accessibleName() != u"Copy layerhold status"_s)
            continue;
        button->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"layerhold status"_s);
    }
    QVERIFY(rig.page->findChild<WrappedLabel*>(u"firstRunEngines"_s)
                ->text()
                .contains(u"The engine “containerd” is served"_s));
    rig.client.store->status.engines.clear();
    rig.page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(
        rig.page->findChild<WrappedLabel*>(u"firstRunEngines"_s)->text().contains(u"Let containerd keep its images"_s),
        20000);
    rig.client.store->status.ingestCount = 1;
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"ready"_s, 20000);
}

void OverviewPageTest::cardsLeadToTheirPages_data()
{
    QTest::addColumn<QString>("card");
    QTest::addColumn<QString>("page");
    QTest::newRow("space") << u"space"_s << u"storage"_s;
    QTest::newRow("worth") << u"worth"_s << u"metrics"_s;
    QTest::newRow("speed") << u"speed"_s << u"metrics"_s;
    QTest::newRow("upstreams") << u"upstreams"_s << u"events"_s;
    QTest::newRow("attention") << u"attention"_s << u"events"_s;
}

void OverviewPageTest::cardsLeadToTheirPages()
{
    QFETCH(const QString, card);
    QFETCH(const QString, page);
    Rig rig(fixtures::tiny(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig), 20000);
    const QSignalSpy asked(&rig.context, &AppContext::pageRequested);
    QPushButton* title = rig.page->card(card)->titleButton();
    QVERIFY(title->focusPolicy() & Qt::TabFocus);
    title->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().at(0).toString(), page);
}

void OverviewPageTest::attentionLeadsToWhereItIsSeenTo()
{
    auto store = fixtures::typical(Rig::noon);
    store->trash.front().expiresAt = Rig::noon + 2h;
    store->plans.clear();
    Rig rig(store);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig), 20000);
    const auto& items = static_cast<AttentionCard*>(rig.page->card(u"attention"_s))->items();
    QCOMPARE(items.size(), std::size_t(1));
    const QSignalSpy asked(&rig.context, &AppContext::pageRequested);
    auto* open = rig.page->findChild<QToolButton*>(u"attention.0"_s);
    QVERIFY(open && open->isVisible());
    QVERIFY(open->accessibleName().contains(u"the first expire in 2 h"_s));
    open->click();
    QCOMPARE(asked.first().at(0).toString(), u"trash"_s);
    rig.client.store->trash.clear();
    rig.page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!open->isVisible(), 20000);
    QTRY_COMPARE_WITH_TIMEOUT(note(rig, "attention"), u"Nothing needs attention."_s, 20000);
}

void OverviewPageTest::theRangeIsThatOfTheFigures()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig), 20000);
    rig.page->rangeBox().setRange(MetricRange::All);
    QTRY_COMPARE_WITH_TIMEOUT(value(rig, "worth", u"Served from the cache"_s),
                              rig.context.format().bytes(410'000'000'000), 20000);
    QCOMPARE(note(rig, "worth"), u"Counting since 2027-01-13 10:00."_s);
    QCOMPARE(value(rig, "worth", u"Hit rate by requests"_s), rig.context.format().percent(1'824.0 / 1'940));
    QCOMPARE(value(rig, "upstreams", u"Blobs fetched"_s), rig.context.format().count(11'300));
    const int asked = rig.client.count(u"diagnose"_s);
    rig.page->rangeBox().setRange(MetricRange::Week);
    QTRY_VERIFY_WITH_TIMEOUT(note(rig, "worth").startsWith(u"In the last 7 days."_s), 20000);
    // Those cost the service something.
    QCOMPARE(rig.client.count(u"diagnose"_s), asked);
}

void OverviewPageTest::removalsAreCountedSoon()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig), 20000);
    const int before = rig.client.count(u"trash"_s);
    EventRecord event;
    event.kind = "blob_trashed";
    rig.window.noteEvents(std::vector{event, event, event});
    QTRY_COMPARE_WITH_TIMEOUT(rig.client.count(u"trash"_s), before + 1, 20000);
    QCOMPARE(rig.client.count(u"diagnose"_s), 1);
}

void OverviewPageTest::everythingThatTakesTheFocusHasAName_data()
{
    QTest::addColumn<bool>("isEmpty");
    QTest::newRow("cards") << false;
    QTest::newRow("first run") << true;
}

void OverviewPageTest::everythingThatTakesTheFocusHasAName()
{
    QFETCH(const bool, isEmpty);
    Rig rig(isEmpty ? emptyStore() : fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig), 20000);
    QCOMPARE(rig.page->isFirstRun(), isEmpty);
    QCOMPARE(namelessIn(*rig.page), QString());
}

void OverviewPageTest::fitsIntoSmallWindows_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("isEmpty");
    for (const QSize size : {QSize(960, 600), QSize(1280, 720)}) {
        QTest::addRow("%d, cards", size.width()) << size << false;
        QTest::addRow("%d, first run", size.width()) << size << true;
    }
}

void OverviewPageTest::fitsIntoSmallWindows()
{
    QFETCH(const QSize, size);
    QFETCH(const bool, isEmpty);
    Rig rig(isEmpty ? emptyStore() : fixtures::typical(Rig::noon));
    rig.window.resize(size);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig), 20000);
    QTRY_COMPARE(rig.window.size(), size);
    // Nothing is wider than what is seen of it.
    for (const QAbstractScrollArea* area : rig.page->findChildren<QAbstractScrollArea*>()) {
        if (!area->isVisible())
            continue;
        QTRY_COMPARE(area->horizontalScrollBar()->maximum(), 0);
        for (const QWidget* widget : area->findChildren<QWidget*>())
            if (widget->isVisible() && widget->focusPolicy() != Qt::NoFocus)
                QVERIFY2(widget->mapTo(area->viewport(), QPoint(widget->width(), 0)).x() <= area->viewport()->width(),
                         qPrintable(widget->objectName()));
    }
}

void OverviewPageTest::textsOfOthersAreFitToShow()
{
    Rig rig(fixtures::hostile(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig), 20000);
    const auto& items = static_cast<AttentionCard*>(rig.page->card(u"attention"_s))->items();
    QVERIFY(items.size() > 8);
    for (const AttentionItem& item : items)
        QVERIFY(isFitToShow(item.text) && isFitToShow(item.advice));
    for (const QLabel* label : rig.page->findChildren<QLabel*>()) {
        QVERIFY2(isFitToShow(QString(label->text()).remove(u'\n')), qPrintable(label->text()));
        QVERIFY(label->textFormat() != Qt::RichText);
    }
    bool isLongOneRead = false;
    for (const ElidedLabel* label : rig.page->findChildren<ElidedLabel*>()) {
        QVERIFY2(isFitToShow(label->text()), qPrintable(label->text()));
        // What does not fit into its line is read out all the same.
        isLongOneRead |= label->accessibleName() == u"Left at <b>bold</b> & <img src='file:etc'>"_s;
    }
    QVERIFY(isLongOneRead);
    for (const QAbstractScrollArea* area : rig.page->findChildren<QAbstractScrollArea*>())
        QCOMPARE(area->horizontalScrollBar()->maximum(), 0);
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::OverviewPageTest)
#include "overview_page_test.moc"
