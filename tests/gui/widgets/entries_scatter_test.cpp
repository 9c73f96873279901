// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/charts/lasso.h"
#include "gui/widgets/entries_rig.h"
#include "widgets/details/details_panel.h"
#include "widgets/pages/entries/entry_scatter_pane.h"
#include "widgets/pages/entry_pages.h"

#include <QAccessible>
#include <QLineEdit>
#include <QPushButton>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;
using namespace entries;

namespace {

using Form = EntriesPage::Form;

EntryScatterView& points(const Rig& rig)
{
    return rig.page->scatter().view();
}

/// As many points as rows, in their places.
bool isDrawn(const Rig& rig)
{
    return !points(rig).isBehind() && points(rig).itemCount() == rows(rig);
}

QPointF placeOf(const Rig& rig, const std::string& digest)
{
    return points(rig).placeOf(points(rig).itemOf(*rig.page->model().find(digest)));
}

std::string shared(const char* name)
{
    return fixtures::shared_figures::digest(name);
}

std::set<QString> texts(const std::vector<std::string>& digests)
{
    std::set<QString> all;
    for (const std::string& digest : digests)
        all.insert(QString::fromStdString(digest));
    return all;
}

/// What the points say is selected.
std::set<QString> ringed(const Rig& rig)
{
    std::set<QString> digests;
    for (int item = 0; item < points(rig).itemCount(); ++item)
        if (points(rig).isItemSelected(item))
            digests.insert(rig.page->model().columns().digest(points(rig).entryOf(item)));
    return digests;
}

void openScatter(Rig& rig)
{
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    rig.page->setForm(Form::Scatter);
    QTRY_VERIFY_WITH_TIMEOUT(isDrawn(rig), patience);
}

} // namespace

class EntriesScatterTest final : public QObject
{
    Q_OBJECT

private slots:
    void aLassoSelectsTheRows();
    void keysReachEveryPointAndSelect();
    void theSelectionStaysAcrossFormsAndFilters();
    void theCurrentEntryIsTheSameInBothForms();
    void onlyWhatTheFilterLetsThroughIsDrawn();
    void assistiveTechnologySeesThePoints();
    void aLassoOverManySelectsTheLargest();
    void clocksOfOthersAreDrawn();
};

void EntriesScatterTest::aLassoSelectsTheRows()
{
    Rig rig(fixtures::shared(Rig::noon));
    openScatter(rig);
    const std::vector<std::string> wanted{shared("base"), shared("mid"), shared("loose")};
    QPolygonF places;
    for (const std::string& digest : wanted)
        places.append(placeOf(rig, digest));
    drawLasso(points(rig), around(places));
    QCOMPARE(selected(rig), texts(wanted));
    QCOMPARE(ringed(rig), texts(wanted));
    drawLasso(points(rig), around({placeOf(rig, shared("webTop"))}), Qt::ShiftModifier);
    QVERIFY(selected(rig).contains(QString::fromStdString(shared("webTop"))));
    QVERIFY(selected(rig).contains(QString::fromStdString(shared("base"))));
    // A click selects only one, and what is beside all points none.
    clickAt(points(rig), placeOf(rig, shared("mid")));
    QCOMPARE(selected(rig), texts({shared("mid")}));
    QCOMPARE(rig.context.current().item().id, QString::fromStdString(shared("mid")));
    clickAt(points(rig), placeOf(rig, shared("loose")), Qt::ControlModifier);
    QCOMPARE(selected(rig), texts({shared("mid"), shared("loose")}));
    clickAt(points(rig), {points(rig).width() - 3.0, 60});
    QVERIFY(!rig.page->view().selectionModel()->hasSelection());
    QCOMPARE(rig.client.mutatingCount(), 0);
}

void EntriesScatterTest::keysReachEveryPointAndSelect()
{
    Rig rig(fixtures::shared(Rig::noon));
    const DetailsPanel* details = addDetails(rig.window, rig.context);
    openScatter(rig);
    EntryScatterView& view = points(rig);
    view.setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(view.hasFocus(), patience);
    std::set<QString> reached;
    for (int step = 0; step < view.itemCount(); ++step) {
        QTest::keyClick(&view, Qt::Key_Right);
        reached.insert(rig.page->view().currentDigest());
        QCOMPARE(rig.context.current().item().id, rig.page->view().currentDigest());
    }
    QCOMPARE(static_cast<int>(reached.size()), rows(rig));
    QVERIFY(!rig.page->view().selectionModel()->hasSelection());
    QTest::keyClick(&view, Qt::Key_Home);
    QTest::keyClick(&view, Qt::Key_Space);
    QCOMPARE(selected(rig), texts({shared("base")}));
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Space);
    QCOMPARE(selected(rig), texts({shared("base"), shared("mid")}));
    QTest::keyClick(&view, Qt::Key_Left);
    QTest::keyClick(&view, Qt::Key_Space);
    QCOMPARE(selected(rig), texts({shared("mid")}));
    rig.page->filterField()->setText(u"kind:layer"_s);
    QTRY_VERIFY_WITH_TIMEOUT(rows(rig) == 7 && isDrawn(rig), patience);
    // The filter goes first, then the selection.
    QTest::keyClick(&view, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig) && isDrawn(rig), patience);
    QCOMPARE(rig.page->filterText(), QString());
    QCOMPARE(selected(rig), texts({shared("mid")}));
    QTest::keyClick(&view, Qt::Key_Escape);
    QVERIFY(!rig.page->view().selectionModel()->hasSelection());
    QTest::keyClick(&view, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(details->state(), DetailsPanel::State::Ready, patience);
}

void EntriesScatterTest::theSelectionStaysAcrossFormsAndFilters()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    const std::vector<std::string> wanted{shared("base"), shared("appA"), shared("toolTop")};
    select(rig, wanted);
    rig.page->view().setFocus();
    QTest::keyClick(&rig.page->view(), Qt::Key_T);
    QCOMPARE(rig.page->form(), Form::Scatter);
    QVERIFY(points(rig).hasFocus());
    QTRY_VERIFY_WITH_TIMEOUT(isDrawn(rig), patience);
    QCOMPARE(ringed(rig), texts(wanted));
    rig.page->filterField()->setText(u"kind:layer"_s);
    QTRY_VERIFY_WITH_TIMEOUT(rows(rig) == 7 && isDrawn(rig), patience);
    QCOMPARE(ringed(rig), texts({shared("base"), shared("toolTop")}));
    rig.page->filterField()->clear();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig) && isDrawn(rig), patience);
    QTRY_COMPARE_WITH_TIMEOUT(ringed(rig), texts(wanted), patience);
    points(rig).setFocus();
    QTest::keyClick(&points(rig), Qt::Key_T);
    QCOMPARE(rig.page->form(), Form::Table);
    QVERIFY(rig.page->view().hasFocus());
    QCOMPARE(selected(rig), texts(wanted));
    // The button says the other form.
    auto* button = rig.page->findChild<QPushButton*>(u"entriesForm"_s);
    QVERIFY(button);
    QCOMPARE(button->text(), u"Scatter"_s);
    button->click();
    QCOMPARE(button->text(), u"Table"_s);
    QCOMPARE(ringed(rig), texts(wanted));
}

void EntriesScatterTest::theCurrentEntryIsTheSameInBothForms()
{
    Rig rig(fixtures::shared(Rig::noon));
    openScatter(rig);
    rig.page->open(QString::fromStdString(shared("webNew")));
    QTRY_VERIFY_WITH_TIMEOUT(points(rig).currentItem() != PaintedWidget::noItem, patience);
    QCOMPARE(points(rig).entryOf(points(rig).currentItem()), *rig.page->model().find(shared("webNew")));
    points(rig).setCurrentItem(0);
    QCOMPARE(rig.page->view().currentDigest(), QString::fromStdString(shared("base")));
    rig.page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig) && isDrawn(rig), patience);
    QCOMPARE(points(rig).currentItem(), 0);
    QCOMPARE(rig.reason("entry.whyKept"), QString());
    rig.trigger("entry.copyDigest");
    QCOMPARE(clipboard(), QString::fromStdString(shared("base")));
}

void EntriesScatterTest::onlyWhatTheFilterLetsThroughIsDrawn()
{
    Rig rig(fixtures::typical(Rig::noon));
    openScatter(rig);
    rig.page->filterField()->setText(u"kind:config size>1KiB"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig) && isDrawn(rig), patience);
    QVERIFY(rows(rig) > 0);
    for (int item = 0; item < points(rig).itemCount(); ++item)
        QVERIFY(rig.page->model().indexOf(points(rig).entryOf(item)).isValid());
    rig.page->filterField()->setText(u"refetch:only_copy"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(rig) && isDrawn(rig), patience);
    QVERIFY(rows(rig) > 0);
    for (int row = 0; row < rows(rig); ++row)
        QCOMPARE(rig.page->model().index(row, static_cast<int>(EntryColumn::Refetch)).data().toString(),
                 u"Only copy"_s);
}

void EntriesScatterTest::assistiveTechnologySeesThePoints()
{
    Rig rig(fixtures::shared(Rig::noon));
    openScatter(rig);
    QCOMPARE(namelessIn(*rig.page), QString());
    QAccessibleInterface* root = QAccessible::queryAccessibleInterface(&points(rig));
    QCOMPARE(root->childCount(), rows(rig));
    for (int item = 0; item < root->childCount(); ++item) {
        QVERIFY(!root->child(item)->text(QAccessible::Name).isEmpty());
        QVERIFY(root->child(item)->text(QAccessible::Value).contains(u"last used"_s));
        QVERIFY(points(rig).rect().contains(points(rig).itemRect(item).center()));
    }
    points(rig).setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(points(rig).hasFocus(), patience);
    QTest::keyClick(&points(rig), Qt::Key_Down);
    QVERIFY(root->focusChild() && root->focusChild()->state().focused);
}

void EntriesScatterTest::aLassoOverManySelectsTheLargest()
{
    Rig rig(fixtures::typical(Rig::noon));
    std::vector<BlobRecord>& blobs = rig.client.store->blobs;
    for (int i = 0; blobs.size() < 12'000; ++i) {
        BlobRecord more = blobs[0];
        more.digest = fixtures::digestOf("more" + std::to_string(i));
        more.size = 1;
        blobs.push_back(more);
    }
    rig.client.store->sort();
    rig.client.store->status.blobCount = blobs.size();
    openScatter(rig);
    EntryScatterView& view = points(rig);
    drawLasso(view, around({QPointF(6, 6), QPointF(view.width() - 6, view.height() - 6)}));
    QCOMPARE(rig.page->view().selectedCount(), std::uint64_t(EntryScatterPane::mostSelected));
    QVERIFY(rig.page->scatter().note().contains(rig.context.format().count(12'000)));
    QVERIFY(view.isItemSelected(0) && !view.isItemSelected(view.itemCount() - 1));
    drawLasso(view, around({view.placeOf(0)}));
    QCOMPARE(rig.page->scatter().note(), QString());
}

void EntriesScatterTest::clocksOfOthersAreDrawn()
{
    Rig rig(fixtures::hostile(Rig::noon));
    openScatter(rig);
    for (int item = 0; item < points(rig).itemCount(); ++item) {
        QVERIFY(points(rig).rect().contains(points(rig).placeOf(item).toPoint()));
        QVERIFY(isFitToShow(points(rig).itemName(item)) && isFitToShow(points(rig).itemValue(item)));
        for (const QString& line : points(rig).itemToolTip(item).split(u'\n'))
            QVERIFY(isFitToShow(line));
    }
    const QString never =
        points(rig).itemValue(points(rig).itemOf(*rig.page->model().find(fixtures::digestOf("hostile/timeless"))));
    QVERIFY2(never.contains(u"never used"_s), qPrintable(never));
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::EntriesScatterTest)
#include "entries_scatter_test.moc"
