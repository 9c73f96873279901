// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/look.h"
#include "gui/widgets/entries_rig.h"
#include "widgets/pages/cleanup/policy_step.h"
#include "widgets/pages/cleanup_page.h"
#include "widgets/pages/cleanup_pages.h"
#include "widgets/pages/entries/filter_line.h"
#include "widgets/standard_actions.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;
using namespace entries;

class EntriesPageTest final : public QObject
{
    Q_OBJECT

private slots:
    void rowsComeAsTheyAreTold();
    void tellsEachState_data();
    void tellsEachState();
    void stopKeepsWhatCame();
    void aWrongFilterIsToldAndTheLastRightOneHolds();
    void aFilterThatMatchesNothingOffersALooserOne();
    void whatListsDoNotTellIsSaid();
    void facetsCountAndToggle();
    void keepsToTheTimeRange();
    void selectionStays();
    void rowsStayWhileTheConnectionIsLost();
    void eventsPutRowsRight();
    void namesOfOthersAreFitToShow();
    void everythingThatTakesTheFocusHasAName();
};

void EntriesPageTest::rowsComeAsTheyAreTold()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.client.batchSize = 500;
    const QAbstractItemModelTester tester(&rig.page->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    std::vector<std::uint64_t> counts;
    std::optional<std::uint64_t> expected;
    connect(&rig.page->pane(), &StatePane::changed, this, [&] {
        if (const auto* loading = std::get_if<state::Loading>(&rig.page->pane().state())) {
            counts.push_back(loading->rows);
            expected = loading->expected;
        }
    });
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QCOMPARE(rows(rig), static_cast<int>(rig.client.store->blobs.size()));
    QVERIFY(counts.size() > 10);
    QVERIFY(std::ranges::is_sorted(counts));
    QVERIFY(counts.front() == 0 && counts.back() >= 7'500);
    QCOMPARE(expected, std::optional(rig.client.store->currentStatus().blobCount));
}

void EntriesPageTest::tellsEachState_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<StateForm>("form");
    const auto add = [](const char* key, StateForm form) { QTest::newRow(key) << QString::fromLatin1(key) << form; };
    add("ready", StateForm::None);
    add("never_connected", StateForm::Message);
    add("connecting", StateForm::Message);
    add("loading", StateForm::Strip);
    add("empty_store", StateForm::Message);
    add("nothing_matches", StateForm::Message);
    add("partial", StateForm::Strip);
    add("stale", StateForm::Strip);
    add("no_permission", StateForm::Message);
    add("wrong_version", StateForm::Message);
    add("failed", StateForm::Message);
    add("snapshot", StateForm::Strip);
}

void EntriesPageTest::tellsEachState()
{
    QFETCH(const QString, key);
    QFETCH(const StateForm, form);
    Rig rig(fixtures::shared(Rig::noon));
    const auto connectAndLoad = [&rig] {
        rig.connectService();
        return QTest::qWaitFor([&rig] { return isReady(rig); }, patience);
    };
    const auto failWith = [&rig](const char* code) {
        rig.client.fail(u"blobs"_s, CallError(QString::fromLatin1(code), u"It does not work today."_s));
        rig.connectService();
    };
    if (key == u"ready"_s || key == u"partial"_s || key == u"nothing_matches"_s || key == u"stale"_s)
        QVERIFY(connectAndLoad());
    if (key == u"connecting"_s)
        rig.window.showService(
            {.name = u"test"_s, .hindrance = state::Connecting{.step = u"Opening"_s, .since = Rig::noon}});
    else if (key == u"loading"_s) {
        rig.client.hold(u"blobs"_s);
        rig.connectService();
    } else if (key == u"empty_store"_s) {
        rig.client.store->blobs.clear();
        rig.connectService();
    } else if (key == u"nothing_matches"_s)
        rig.page->filterField()->setText(u"kind:index"_s);
    else if (key == u"partial"_s)
        rig.page->filterField()->setText(u"kept:lease"_s);
    else if (key == u"stale"_s)
        rig.loseService();
    else if (key == u"no_permission"_s)
        failWith("denied");
    else if (key == u"wrong_version"_s)
        failWith("unsupported");
    else if (key == u"failed"_s)
        failWith("internal");
    else if (key == u"snapshot"_s)
        rig.connectService(state::Snapshot{.source = u"ci-cache-01"_s, .takenAt = Rig::noon});

    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), key, patience);
    QCOMPARE(rig.page->pane().words().form, form);
    QCOMPARE(rig.page->view().isVisible(), form != StateForm::Message);
    if (form == StateForm::Message && key != u"connecting"_s && key != u"never_connected"_s) {
        // And out of it.
        rig.client.answer(u"blobs"_s);
        rig.client.store->blobs = fixtures::shared(Rig::noon)->blobs;
        rig.page->filterField()->clear();
        rig.page->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    }
}

void EntriesPageTest::stopKeepsWhatCame()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.client.batchSize = 200;
    bool isStopped = false;
    connect(&rig.page->pane(), &StatePane::changed, this, [&] {
        if (!std::exchange(isStopped, isStopped || rig.page->model().storedCount() >= 1000) && isStopped)
            QMetaObject::invokeMethod(
                rig.page, [&] { rig.page->stop(); }, Qt::QueuedConnection);
    });
    rig.connectService();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"partial"_s, patience);
    QVERIFY(rig.page->model().storedCount() >= 1000);
    QVERIFY(rig.page->model().storedCount() < rig.client.store->blobs.size());
    rig.page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
}

void EntriesPageTest::aWrongFilterIsToldAndTheLastRightOneHolds()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QLineEdit& field = *rig.page->filterField();
    field.setText(u"kind:layer"_s);
    QTRY_COMPARE_WITH_TIMEOUT(rows(rig), 7, patience);
    const QColor before = field.palette().color(QPalette::Base);
    field.setText(u"kind:layer sizee>5"_s);
    const auto* problem = rig.page->findChild<QLabel*>(u"filterProblem"_s);
    QVERIFY(problem->isVisible());
    const auto error = std::get<FilterError>(EntryFilter::parse(field.text()));
    QVERIFY2(problem->text().startsWith(u"Character %1: "_s.arg(error.column + 1)), qUtf8Printable(problem->text()));
    QVERIFY(problem->text().contains(error.text));
    QCOMPARE(error.column, 11);
    QVERIFY(field.palette().color(QPalette::Base) != before);
    QCOMPARE(field.palette().color(QPalette::Base), lookFor(rig.page->palette()).errorBack);
    QCOMPARE(field.accessibleDescription(), problem->text());
    QCOMPARE(rig.page->filterLine().filter().toString(), u"kind:layer"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QCOMPARE(rows(rig), 7);
    field.setText(u"kind:layer size>5B"_s);
    QVERIFY(!problem->isVisible());
    QCOMPARE(field.palette().color(QPalette::Base), before);
}

void EntriesPageTest::aFilterThatMatchesNothingOffersALooserOne()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    rig.page->filterField()->setText(u"kind:layer size>900B size<50B"_s);
    const auto facts = [&] { return std::get_if<state::NothingMatches>(&rig.page->pane().state()); };
    QTRY_VERIFY_WITH_TIMEOUT(facts() && facts()->looserCount > 0, patience);
    // One layer is larger, two are smaller.
    QCOMPARE(facts()->looserFilter, u"kind:layer size>900B"_s);
    QCOMPARE(facts()->looserCount, std::uint64_t(1));
    emit rig.page->pane().pressed(StateButton::LooserFilter);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QCOMPARE(rows(rig), 1);
    rig.page->filterField()->setText(u"kind:index"_s);
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"nothing_matches"_s, patience);
    emit rig.page->pane().pressed(StateButton::ClearFilter);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
}

void EntriesPageTest::whatListsDoNotTellIsSaid()
{
    Rig rig(fixtures::tiny(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    for (const char* told : {"kept:any", "kept:none", "kept:pin", "pinned", "kept:tag", "released", "tiny"}) {
        rig.page->filterField()->setText(QString::fromLatin1(told));
        QTRY_VERIFY2_WITH_TIMEOUT(isReady(rig), told, patience);
        QVERIFY2(rows(rig) > 0, told);
    }
    for (const char* untold : {"kept:engine", "users>1", "freed>1MiB", "repo:docker.io/library/*"}) {
        rig.page->filterField()->setText(QString::fromLatin1(untold));
        QTRY_VERIFY2_WITH_TIMEOUT(rig.stateKey() == u"partial"_s, untold, patience);
    }
}

void EntriesPageTest::facetsCountAndToggle()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    const auto count = [&](const auto& matches) {
        return static_cast<int>(std::ranges::count_if(rig.client.store->blobs, matches));
    };
    const int layers = count([](const BlobRecord& blob) { return blob.kind == "layer"; });
    const int configs = count([](const BlobRecord& blob) { return blob.kind == "config"; });
    const int released = count([](const BlobRecord& blob) { return blob.isReleased; });
    const Format& format = rig.context.format();
    const auto shown = [&](const char* label) { return facetLine(rig, QString::fromLatin1(label))->text(1); };
    const auto number = [&](int value) { return format.count(static_cast<std::uint64_t>(value)); };
    QCOMPARE(shown("Layer"), number(layers));
    QCOMPARE(shown("Config"), number(configs));
    QCOMPARE(shown("Not kept"), number(released));

    facetLine(rig, u"Layer"_s)->setCheckState(0, Qt::Checked);
    QTRY_COMPARE_WITH_TIMEOUT(rig.page->filterText(), u"kind:layer"_s, patience);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QCOMPARE(rows(rig), layers);
    QCOMPARE(shown("Config"), u"0 of %1"_s.arg(number(configs)));
    facetLine(rig, u"Config"_s)->setCheckState(0, Qt::Checked);
    QTRY_COMPARE_WITH_TIMEOUT(rig.page->filterText(), u"kind:layer,config"_s, patience);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QCOMPARE(rows(rig), layers + configs);
    QCOMPARE(facetLine(rig, u"Layer"_s)->checkState(0), Qt::Checked);
    facetLine(rig, u"1 to 10 MiB"_s)->setCheckState(0, Qt::Checked);
    QTRY_VERIFY_WITH_TIMEOUT(rig.page->filterText().contains(u"size>=1MiB size<10MiB"_s), patience);
    facetLine(rig, u"10 to 100 MiB"_s)->setCheckState(0, Qt::Checked);
    QTRY_COMPARE_WITH_TIMEOUT(rig.page->filterText(), u"kind:layer,config size>=10MiB size<100MiB"_s, patience);
    facetLine(rig, u"10 to 100 MiB"_s)->setCheckState(0, Qt::Unchecked);
    facetLine(rig, u"Layer"_s)->setCheckState(0, Qt::Unchecked);
    QTRY_COMPARE_WITH_TIMEOUT(rig.page->filterText(), u"kind:config"_s, patience);
    facetLine(rig, u"Config"_s)->setCheckState(0, Qt::Unchecked);
    QTRY_COMPARE_WITH_TIMEOUT(rig.page->filterText(), QString(), patience);
    // What is typed is ticked.
    rig.page->filterField()->setText(u"released"_s);
    QTRY_COMPARE_WITH_TIMEOUT(facetLine(rig, u"Not kept"_s)->checkState(0), Qt::Checked, patience);
}

void EntriesPageTest::keepsToTheTimeRange()
{
    using namespace std::chrono_literals;
    auto store = fixtures::shared(Rig::noon);
    for (BlobRecord& blob : store->blobs)
        blob.accessedAt = Rig::noon - 10h;
    store->blobs[0].accessedAt = Rig::noon - 90min;
    store->blobs[1].accessedAt = Rig::noon - 1h;
    Rig rig(store);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    const int all = rows(rig);
    rig.page->filterField()->setText(u"state:present"_s);
    const TimeRange range{Rig::noon - 2h, Rig::noon - 1h};
    rig.context.setTimeRange(range);
    QCOMPARE(rig.page->filterField()->text(),
             u"state:present used>=%1 used<%2"_s.arg(rig.context.format().iso(range.from),
                                                     rig.context.format().iso(range.to)));
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig) && rows(rig) == 1, patience);
    // Another range comes in its place, and goes.
    rig.context.setTimeRange(TimeRange{Rig::noon - 2h, Rig::noon - 30min});
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig) && rows(rig) == 2, patience);
    rig.context.setTimeRange(std::nullopt);
    QCOMPARE(rig.page->filterField()->text(), u"state:present"_s);

    // What the user made of it stays.
    rig.context.setTimeRange(range);
    rig.page->filterField()->setText(u"used>=2020-01-01"_s);
    rig.context.setTimeRange(std::nullopt);
    QCOMPARE(rig.page->filterField()->text(), u"used>=2020-01-01"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig) && rows(rig) == all, patience);

    // While nobody looks, nothing is filtered.
    rig.page->filterField()->clear();
    rig.page->deactivate();
    rig.context.setTimeRange(range);
    QCOMPARE(rig.page->filterField()->text(), QString());
    rig.page->activate();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig) && rows(rig) == 1, patience);
}

void EntriesPageTest::selectionStays()
{
    Rig rig(fixtures::typical(Rig::noon));
    const QAbstractItemModelTester tester(&rig.page->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    EntryTableView& view = rig.page->view();
    std::vector<std::string> chosen;
    const int all = rows(rig);
    for (const int row : {17, 400, 401, 402, 3000, all - 1})
        chosen.push_back(digestAt(rig, row).toStdString());
    QVERIFY(view.showEntry(QString::fromStdString(chosen[4])));
    select(rig, chosen);
    const std::set<QString> wanted = selected(rig);
    QCOMPARE(wanted.size(), chosen.size());
    const QString current = view.currentDigest();
    const int place = placeOfCurrent(rig);
    const auto isKept = [&] {
        return selected(rig) == wanted && view.currentDigest() == current && std::abs(placeOfCurrent(rig) - place) <= 1;
    };

    view.sortByColumn(static_cast<int>(EntryColumn::Size), Qt::DescendingOrder);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    // Where the rows end, the place cannot be the same.
    QCOMPARE(selected(rig), wanted);
    QCOMPARE(view.currentDigest(), current);
    QVERIFY(view.viewport()->rect().intersects(view.visualRect(view.currentIndex())));
    view.sortByColumn(static_cast<int>(EntryColumn::Digest), Qt::AscendingOrder);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QVERIFY(isKept());

    // A filter hides some of them; without it they are selected again.
    const QString kind = QString::fromStdString(rig.client.store->find(chosen[4])->kind);
    rig.page->filterField()->setText(u"kind:"_s + kind);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QVERIFY(rows(rig) < all);
    QCOMPARE(view.currentDigest(), current);
    rig.page->filterField()->setText(u"!kind:"_s + kind);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    rig.page->filterField()->clear();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QCOMPARE(selected(rig), wanted);
    QCOMPARE(view.currentDigest(), current);

    // New entries before and after the current one, and some that are gone.
    view.scrollTo(view.currentIndex(), QAbstractItemView::PositionAtCenter);
    const int middle = placeOfCurrent(rig);
    auto& blobs = rig.client.store->blobs;
    std::erase_if(blobs, [&](const BlobRecord& blob) {
        return blob.digest.ends_with("7") && std::ranges::find(chosen, blob.digest) == chosen.end();
    });
    for (int number = 0; number < 50; ++number) {
        BlobRecord blob = blobs[static_cast<std::size_t>(number)];
        blob.digest = fixtures::digestOf("new " + std::to_string(number));
        blobs.push_back(blob);
    }
    rig.client.store->sort();
    rig.page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QCOMPARE(selected(rig), wanted);
    QCOMPARE(view.currentDigest(), current);
    QVERIFY(std::abs(placeOfCurrent(rig) - middle) <= 1);

    rig.loseService();
    QCOMPARE(selected(rig), wanted);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QCOMPARE(selected(rig), wanted);
    QVERIFY(std::abs(placeOfCurrent(rig) - middle) <= 1);
}

void EntriesPageTest::rowsStayWhileTheConnectionIsLost()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    const int before = rows(rig);
    rig.page->view().setCurrentIndex(rig.page->model().index(2, 0));
    rig.loseService();
    QCOMPARE(rig.stateKey(), u"stale"_s);
    QCOMPARE(rows(rig), before);
    for (const char* action : {"entry.pin", "entry.planRemoval", "entry.whyKept"})
        QCOMPARE(rig.reason(action), u"The connection is lost."_s);
    QCOMPARE(rig.reason("entry.copyDigest"), QString());
    // Another cache is not mixed with it.
    rig.client.store->status.root = "/elsewhere";
    rig.client.store->blobs.resize(3);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QCOMPARE(rows(rig), 3);
    QCOMPARE(rig.client.mutatingCount(), 0);
}

void EntriesPageTest::eventsPutRowsRight()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    const std::string loose = fixtures::shared_figures::digest("loose");
    const std::string base = fixtures::shared_figures::digest("base");
    select(rig, {base});
    std::erase_if(rig.client.store->blobs, [&](const BlobRecord& blob) { return blob.digest == loose; });
    EventRecord event;
    event.kind = "blob_removed";
    event.subject = loose;
    std::set<QString> states;
    connect(&rig.page->pane(), &StatePane::changed, this, [&] { states.insert(rig.stateKey()); });
    rig.window.noteEvents(std::array{event});
    QTRY_COMPARE_WITH_TIMEOUT(rowOf(rig, loose), -1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QCOMPARE(selected(rig), std::set{QString::fromStdString(base)});
    // Nobody asked for it: nothing but the rows moves.
    QCOMPARE(states, std::set<QString>{u"ready"_s});
}

void EntriesPageTest::namesOfOthersAreFitToShow()
{
    Rig rig(fixtures::hostile(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    for (int row = 0; row < rows(rig); ++row) {
        for (int column = 0; column < entryColumnCount; ++column)
            QVERIFY(isFitToShow(rig.page->model().index(row, column).data().toString()));
        rig.page->view().setCurrentIndex(
            rig.page->model().index(row, static_cast<int>(row % 2 == 0 ? EntryColumn::Names : EntryColumn::State)));
        rig.trigger("entry.copyRow");
        QCOMPARE(clipboard().count(u'\n'), 2);
        // What a cell says can be asked for, whatever it is.
        if (rig.reason("entry.filterBy").isEmpty()) {
            rig.trigger("entry.filterBy");
            QCOMPARE(rig.page->filterLine().problem(), QString());
            QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
            QVERIFY(rig.page->model().rowCount() > 0);
            rig.page->filterField()->clear();
            QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
        }
    }
    for (const QTreeWidgetItem* item : rig.page->facets().findItems(u"*"_s, Qt::MatchWildcard | Qt::MatchRecursive))
        QVERIFY(isFitToShow(item->text(0)));
    rig.window.grab();
}

void EntriesPageTest::everythingThatTakesTheFocusHasAName()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QCOMPARE(namelessIn(*rig.page), QString());
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::EntriesPageTest)
#include "entries_page_test.moc"
