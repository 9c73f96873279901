// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/page_rig.h"
#include "models/table_roles.h"
#include "widgets/pages/compare_view.h"
#include "widgets/pages/tag_history_pane.h"
#include "widgets/pages/tags_page.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTreeView>

#include <set>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;

namespace {

using Rig = PageRig<TagsPage>;
using Form = TagHistoryPane::Form;

const QString latest = u"docker.io/library/app00:latest"_s;

int rows(const Rig& rig)
{
    return rig.page->view().model()->rowCount();
}

bool isReady(const Rig& rig)
{
    return rig.stateKey() == QLatin1String("ready");
}

TagTimelineView& timeline(const Rig& rig)
{
    return rig.page->history().timeline();
}

/// All tags are there, and the moves of the one that is asked for.
void openTag(Rig& rig, const QString& reference)
{
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    rig.page->open(reference);
    QTRY_VERIFY(timeline(rig).itemCount() > 0 && timeline(rig).laneOf(0).reference == reference.toStdString());
}

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

/// The digests of A and B. The images are of one platform each, which need not be the same.
QStringList sidesOf(const CompareView& view)
{
    QString a;
    QString b;
    for (const PlatformComparison& platform : view.comparison().platforms) {
        a += text(platform.digestA);
        b += text(platform.digestB);
    }
    return {a, b};
}

/// The tag moves back to what it was before.
void addMove(Rig& rig)
{
    std::vector<TagMove>& moves = rig.client.store->histories.at(latest.toStdString()).moves;
    moves.insert(moves.begin(), {Rig::noon, moves[0].to, moves[1].to, "push", "ci"});
}

} // namespace

class TagsPageTest final : public QObject
{
    Q_OBJECT

private slots:
    void rowsComeAsTheyAreTold();
    void tellsWhatHinders();
    void aFilterThatMatchesNothingOffersALooserOne();
    void rowsStayWhileTheConnectionIsLost();
    void lanesAreThoseOfTheSelectedTags();
    void arrowsStepThroughTheMoves();
    void listAndTimelineTellTheSame();
    void everyMoveOfEveryTagIsAnEntry();
    void unknownTimesAreToldAsUnknown();
    void whatIsChosenStaysWhenAMoveComes();
    void twoMarkedBlocksAreCompared();
    void aMoveOfTheListIsCompared();
    void zoomKeepsItsRangeWhenAMoveComes();
    void copies();
    void otherPagesAreAsked();
    void namesOfOthersAreFitToShow();
    void everythingThatTakesTheFocusHasAName();
};

void TagsPageTest::rowsComeAsTheyAreTold()
{
    Rig rig(fixtures::tags(Rig::noon));
    rig.client.batchSize = 10;
    QAbstractItemModelTester tester(rig.page->view().model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    std::vector<int> counts;
    connect(&rig.page->pane(), &StatePane::changed, this, [&] {
        if (rig.stateKey() == QLatin1String("loading"))
            counts.push_back(rows(rig));
    });
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    QCOMPARE(rows(rig), static_cast<int>(rig.client.store->tags.size()));
    QVERIFY(counts.size() > 2);
    QVERIFY(counts[1] > 0 && counts[1] < rows(rig));
}

void TagsPageTest::tellsWhatHinders()
{
    Rig rig(fixtures::tags(Rig::noon));
    QCOMPARE(rig.stateKey(), u"never_connected"_s);
    rig.client.hold(u"tags"_s);
    rig.connectService();
    QCOMPARE(rig.stateKey(), u"loading"_s);
    rig.client.answer(u"tags"_s);
    rig.client.fail(u"tags"_s, CallError(u"internal"_s, u"It does not work today."_s));
    rig.page->refresh();
    QTRY_COMPARE(rig.stateKey(), u"failed"_s);
    QVERIFY(rig.page->pane().words().text.contains(u"It does not work today."_s));
    rig.client.answer(u"tags"_s);
    emit rig.page->pane().pressed(StateButton::RetryNow);
    QTRY_COMPARE(rig.stateKey(), u"ready"_s);
    rig.client.store->tags.clear();
    rig.page->refresh();
    QTRY_COMPARE(rig.stateKey(), u"empty_store"_s);
    // There can be images without tags.
    QCOMPARE(rig.page->pane().words().title, u"No tags yet"_s);
}

void TagsPageTest::aFilterThatMatchesNothingOffersALooserOne()
{
    Rig rig(fixtures::tags(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    rig.page->filterField()->setText(u"app03:lates!"_s);
    QCOMPARE(rig.stateKey(), u"nothing_matches"_s);
    QCOMPARE(std::get<state::NothingMatches>(rig.page->pane().state()).looserFilter, u"app03:lates"_s);
    emit rig.page->pane().pressed(StateButton::LooserFilter);
    QCOMPARE(rows(rig), 1);
    emit rig.page->pane().pressed(StateButton::ClearFilter);
    QCOMPARE(rows(rig), static_cast<int>(rig.client.store->tags.size()));
}

void TagsPageTest::rowsStayWhileTheConnectionIsLost()
{
    Rig rig(fixtures::tags(Rig::noon));
    openTag(rig, latest);
    const int items = timeline(rig).itemCount();
    rig.loseService();
    QCOMPARE(rig.stateKey(), u"stale"_s);
    QCOMPARE(rows(rig), static_cast<int>(rig.client.store->tags.size()));
    QCOMPARE(timeline(rig).itemCount(), items);
    QVERIFY(!rig.context.actions().action(u"entry.compare"_s)->isEnabled());
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    QCOMPARE(rig.page->view().currentIndex().siblingAtColumn(0).data(IdRole).toString(), latest);
    QTRY_COMPARE(timeline(rig).itemCount(), items);
}

void TagsPageTest::lanesAreThoseOfTheSelectedTags()
{
    Rig rig(fixtures::tags(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    QTreeView& view = rig.page->view();
    const auto lanes = [&] {
        std::set<std::string> references;
        for (int item = 0; item < timeline(rig).itemCount(); ++item)
            references.insert(timeline(rig).laneOf(item).reference);
        return static_cast<int>(references.size());
    };
    // Nothing is selected: all, as they fit.
    QTRY_COMPARE(lanes(), rows(rig));
    view.selectionModel()->select(view.model()->index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    view.selectionModel()->select(view.model()->index(4, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QTRY_COMPARE(lanes(), 2);
    view.clearSelection();
    QTRY_COMPARE(lanes(), rows(rig));
    // Each history was asked for once.
    QCOMPARE(rig.client.count(u"tagHistory"_s), rows(rig));
}

void TagsPageTest::arrowsStepThroughTheMoves()
{
    Rig rig(fixtures::tags(Rig::noon));
    openTag(rig, latest);
    const TagHistory& history = rig.client.store->histories.at(latest.toStdString());
    TagTimelineView& view = timeline(rig);
    view.setFocus();
    view.setCurrentItem(0);
    std::vector<std::string> seen{view.blockOf(view.currentItem()).digest};
    for (int last = -1; last != view.currentItem();) {
        last = view.currentItem();
        QTest::keyClick(&view, Qt::Key_Right);
        if (view.currentItem() != last)
            seen.push_back(view.blockOf(view.currentItem()).digest);
    }
    // Once what it was after each move, and what that was is told.
    QCOMPARE(seen.size(), static_cast<std::size_t>(view.itemCount()));
    QCOMPARE(seen.back(), history.moves.front().to);
    QVERIFY(rig.page->history().sentence().contains(shortDigest(history.moves.front().to)));
    QVERIFY(rig.page->history().sentence().contains(u"now"_s));
    QTest::keyClick(&view, Qt::Key_Left);
    QCOMPARE(view.blockOf(view.currentItem()).digest, history.moves[1].to);
    QVERIFY(rig.page->history().sentence().contains(shortDigest(history.moves[1].from)));
    QCOMPARE(rig.context.current().item().id, QString::fromStdString(history.moves[1].to));
}

void TagsPageTest::listAndTimelineTellTheSame()
{
    Rig rig(fixtures::tags(Rig::noon));
    openTag(rig, latest);
    TagHistoryPane& pane = rig.page->history();
    pane.timeline().setFocus();
    QTest::keyClick(&pane.timeline(), Qt::Key_L);
    QCOMPARE(pane.form(), Form::List);
    QVERIFY(pane.list().hasFocus());
    std::size_t moves = 0;
    for (int row = 0; row < pane.list().model()->rowCount(); ++row)
        if (pane.list().model()->index(row, TagEntryModel::Kind).data().toString() != u"checked, unchanged"_s)
            ++moves;
    QCOMPARE(moves, rig.client.store->histories.at(latest.toStdString()).moves.size());
    pane.list().setCurrentIndex(pane.list().model()->index(1, 0));
    QVERIFY(pane.sentence().contains(latest));
    QTest::keyClick(&pane.list(), Qt::Key_L);
    QCOMPARE(pane.form(), Form::Timeline);
    // Not in a text field.
    rig.page->filterField()->setFocus();
    QTest::keyClick(rig.page->filterField(), Qt::Key_L);
    QCOMPARE(pane.form(), Form::Timeline);
    QCOMPARE(rig.page->filterText(), u"l"_s);
}

void TagsPageTest::everyMoveOfEveryTagIsAnEntry()
{
    std::size_t entries = 0;
    int unknown = 0;
    DigestColours colours;
    const auto store = fixtures::tags(Rig::noon);
    for (const auto& [reference, history] : store->histories) {
        const TagLane lane = tagLane(history, colours);
        auto move = history.moves.begin();
        for (const TagEntry& entry : lane.entries) {
            if (entry.kind == TagEntry::Kind::Checked)
                continue;
            QVERIFY(move != history.moves.end());
            QCOMPARE(entry.at, move->at);
            QCOMPARE(entry.from, move->from);
            QCOMPARE(entry.to, move->to);
            QCOMPARE(entry.kind == TagEntry::Kind::Deleted, move->to.empty());
            QCOMPARE(entry.kind == TagEntry::Kind::Appeared || entry.kind == TagEntry::Kind::Reappeared,
                     move->from.empty());
            ++move;
            ++entries;
        }
        QVERIFY(move == history.moves.end());
        unknown += static_cast<int>(std::ranges::count(lane.blocks, TagBlock::Kind::Unknown, &TagBlock::kind));
    }
    QCOMPARE(entries, std::size_t(600));
    QVERIFY(unknown > 0);
}

void TagsPageTest::unknownTimesAreToldAsUnknown()
{
    Rig rig(fixtures::tags(Rig::noon));
    openTag(rig, u"docker.io/library/app00:1.2"_s);
    TagTimelineView& view = timeline(rig);
    int unknown = 0;
    for (int item = 0; item < view.itemCount(); ++item) {
        if (view.blockOf(item).kind != TagBlock::Kind::Unknown)
            continue;
        ++unknown;
        view.setCurrentItem(item);
        QVERIFY(rig.page->history().sentence().contains(u"not known"_s));
    }
    QVERIFY(unknown > 0);
}

void TagsPageTest::whatIsChosenStaysWhenAMoveComes()
{
    Rig rig(fixtures::tags(Rig::noon));
    openTag(rig, latest);
    TagTimelineView& view = timeline(rig);
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Space);
    const TagBlock chosen = view.blockOf(view.currentItem());
    addMove(rig);
    const int items = view.itemCount();
    EventRecord event;
    event.kind = "tag_moved";
    event.subject = latest.toStdString();
    rig.window.noteEvents(std::span(&event, 1));
    QTRY_COMPARE(view.itemCount(), items + 1);
    QVERIFY(view.currentItem() != PaintedWidget::noItem);
    QCOMPARE(view.blockOf(view.currentItem()).digest, chosen.digest);
    QCOMPARE(view.blockOf(view.currentItem()).from, chosen.from);
    QCOMPARE(view.markedItems(), std::vector<int>{view.currentItem()});
}

void TagsPageTest::twoMarkedBlocksAreCompared()
{
    Rig rig(fixtures::tags(Rig::noon));
    openTag(rig, latest);
    TagTimelineView& view = timeline(rig);
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Space);
    const std::string first = view.blockOf(view.currentItem()).digest;
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Space);
    const std::string second = view.blockOf(view.currentItem()).digest;
    QVERIFY(rig.page->history().sentence().contains(u"Two blocks are marked"_s));
    QTest::keyClick(&view, Qt::Key_D, Qt::ControlModifier);
    auto* compared = rig.window.findChild<CompareView*>();
    QVERIFY(compared);
    QTRY_VERIFY(compared->comparison().isKnownA && compared->comparison().isKnownB);
    QCOMPARE(sidesOf(*compared), (QStringList{text(first), text(second)}));
}

void TagsPageTest::aMoveOfTheListIsCompared()
{
    Rig rig(fixtures::tags(Rig::noon));
    openTag(rig, latest);
    TagHistoryPane& pane = rig.page->history();
    pane.setForm(Form::List);
    QTreeView& list = pane.list();
    for (int row = 0; row < list.model()->rowCount(); ++row)
        if (list.model()->index(row, TagEntryModel::Kind).data().toString() == u"moved"_s)
            list.setCurrentIndex(list.model()->index(row, 0));
    QVERIFY(list.currentIndex().isValid());
    list.setFocus();
    QTest::keyClick(&list, Qt::Key_D, Qt::ControlModifier);
    auto* compared = rig.window.findChild<CompareView*>();
    QVERIFY(compared);
    QTRY_VERIFY(compared->comparison().isKnownA && compared->comparison().isKnownB);
    const QModelIndex entry = list.currentIndex();
    QCOMPARE(sidesOf(*compared), (QStringList{entry.siblingAtColumn(TagEntryModel::From).data(CopyRole).toString(),
                                              entry.siblingAtColumn(TagEntryModel::To).data(CopyRole).toString()}));
}

void TagsPageTest::zoomKeepsItsRangeWhenAMoveComes()
{
    Rig rig(fixtures::tags(Rig::noon));
    openTag(rig, latest);
    TimeAxis& axis = rig.page->history().axis();
    timeline(rig).setFocus();
    QTest::keyClick(&timeline(rig), Qt::Key_Plus);
    const TimeRange seen = axis.range();
    QVERIFY(seen.length() < axis.bounds().length());
    addMove(rig);
    const int items = timeline(rig).itemCount();
    rig.page->refresh();
    QTRY_COMPARE(timeline(rig).itemCount(), items + 1);
    QVERIFY(axis.range() == seen);
    QTest::keyClick(&timeline(rig), Qt::Key_0);
    QVERIFY(axis.range() == axis.bounds());
}

void TagsPageTest::copies()
{
    Rig rig(fixtures::tags(Rig::noon));
    openTag(rig, latest);
    const TagHistory& history = rig.client.store->histories.at(latest.toStdString());
    rig.page->view().setFocus();
    rig.trigger("entry.copyPull");
    QCOMPARE(QGuiApplication::clipboard()->text(), u"layerhold pull "_s + latest);
    rig.trigger("entry.copyDigest");
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(history.moves[0].to));
    // What it was before is to be had by its digest alone.
    TagTimelineView& view = timeline(rig);
    view.setFocus();
    view.setCurrentItem(view.itemCount() - 2);
    rig.trigger("entry.copyPull");
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"layerhold pull docker.io/library/app00@"_s + QString::fromStdString(history.moves[1].to));
}

void TagsPageTest::otherPagesAreAsked()
{
    Rig rig(fixtures::tags(Rig::noon));
    openTag(rig, latest);
    const QString digest = QString::fromStdString(rig.client.store->histories.at(latest.toStdString()).moves[0].to);
    QSignalSpy why(&rig.context, &AppContext::detailsRequested);
    QSignalSpy plan(&rig.context, &AppContext::planRemovalRequested);
    QSignalSpy pages(&rig.context, &AppContext::pageRequested);
    rig.page->view().setFocus();
    QTest::keyClick(&rig.page->view(), Qt::Key_W);
    QCOMPARE(why.size(), 1);
    QCOMPARE(why[0][0].toString(), digest);
    QTest::keyClick(&rig.page->view(), Qt::Key_Delete);
    QCOMPARE(plan[0][0].toStringList(), QStringList{digest});
    QTest::keyClick(&rig.page->view(), Qt::Key_Return);
    QCOMPARE(pages.last(), (QVariantList{u"images"_s, digest}));
    QCOMPARE(rig.client.mutatingCount(), 0);
}

void TagsPageTest::namesOfOthersAreFitToShow()
{
    Rig rig(fixtures::hostile(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    QTRY_COMPARE(rig.client.openCount(), 0);
    QTreeView& view = rig.page->view();
    for (int row = 0; row < rows(rig); ++row) {
        for (int column = 0; column < view.model()->columnCount(); ++column)
            QVERIFY(isFitToShow(view.model()->index(row, column).data().toString()));
        view.setCurrentIndex(view.model()->index(row, 0));
        if (rig.reason("entry.copyPull").isEmpty()) {
            rig.trigger("entry.copyPull");
            QVERIFY(isFitToShow(QGuiApplication::clipboard()->text()));
        }
    }
    for (const QLabel* label : rig.page->findChildren<QLabel*>())
        QVERIFY2(isFitToShow(label->text().remove(u'\n')), qUtf8Printable(label->objectName()));
    for (int item = 0; item < timeline(rig).itemCount(); ++item)
        QVERIFY(isFitToShow(timeline(rig).itemName(item) + timeline(rig).itemValue(item)));
    rig.window.grab();
}

void TagsPageTest::everythingThatTakesTheFocusHasAName()
{
    Rig rig(fixtures::tags(Rig::noon));
    openTag(rig, latest);
    QCOMPARE(namelessIn(*rig.page), QString());
    rig.page->history().setForm(Form::List);
    QCOMPARE(namelessIn(*rig.page), QString());
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::TagsPageTest)
#include "tags_page_test.moc"
