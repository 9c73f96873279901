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

class EntriesChoiceTest final : public QObject
{
    Q_OBJECT

private slots:
    void selectionTellsWhatItFrees();
    void columnsAreHiddenAndKept();
    void aCellFiltersAndIsCopied();
    void removalIsPlannedOnly();
    void opensByDigest();
    void keysLeadToTheFilterAndBack();
};

void EntriesChoiceTest::selectionTellsWhatItFrees()
{
    Rig rig(fixtures::shared(Rig::noon));
    QString told;
    connect(&rig.context, &AppContext::selectionShown, this, [&](const QString& text) { told = text; });
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    // Two that share a layer with each other only free it together.
    select(rig, {fixtures::shared_figures::digest("appA"), fixtures::shared_figures::digest("webA")});
    QTRY_COMPARE_WITH_TIMEOUT(told, u"2 selected: frees 750 B (refs 3.3 KiB)"_s, patience);
    const Format& format = rig.context.format();
    for (const auto& freed : fixtures::shared_figures::freed) {
        const QString selection =
            QString::fromLatin1(freed.selection.data(), static_cast<qsizetype>(freed.selection.size()));
        const QStringList names = selection.split(u' ', Qt::SkipEmptyParts);
        std::vector<std::string> digests;
        for (const QString& name : names)
            digests.push_back(fixtures::shared_figures::digest(name.toStdString()));
        select(rig, digests);
        if (names.isEmpty()) {
            QTRY_COMPARE_WITH_TIMEOUT(told, QString(), patience);
            continue;
        }
        const QString begin = u"%1 selected: frees %2 "_s.arg(names.size()).arg(format.bytes(freed.bytes));
        QTRY_VERIFY2_WITH_TIMEOUT(told.startsWith(begin), qUtf8Printable(selection + u" → "_s + told), patience);
    }
    rig.page->view().clearSelection();
    QTRY_COMPARE_WITH_TIMEOUT(told, QString(), patience);
    QCOMPARE(rig.client.mutatingCount(), 0);
}

void EntriesChoiceTest::columnsAreHiddenAndKept()
{
    Rig rig(fixtures::shared(Rig::noon));
    EntryTableView& view = rig.page->view();
    const auto number = [](EntryColumn column) { return static_cast<int>(column); };
    // Nothing tells these of whole lists.
    QVERIFY(view.isColumnHidden(number(EntryColumn::Users)));
    QVERIFY(view.isColumnHidden(number(EntryColumn::Freed)));
    QVERIFY(!view.isColumnHidden(number(EntryColumn::Names)));
    QVERIFY(view.isColumnHidden(number(EntryColumn::Origin)));
    emit view.horizontalHeader()->customContextMenuRequested({});
    auto* menu = view.findChild<QMenu*>(u"columnMenu"_s);
    QVERIFY(menu);
    QStringList offered;
    for (QAction* action : menu->actions()) {
        offered.append(action->text());
        if (action->text() == u"Origin"_s || action->text() == u"Names"_s)
            action->toggle();
    }
    menu->close();
    QVERIFY(!offered.contains(u"Users"_s) && !offered.contains(u"Freed if removed"_s));
    QCOMPARE(offered.size(), entryColumnCount - 2);
    view.setColumnWidth(number(EntryColumn::Size), 123);
    view.sortByColumn(number(EntryColumn::Size), Qt::DescendingOrder);
    QTRY_VERIFY_WITH_TIMEOUT(!rig.settings.tableState(u"entries"_s).isEmpty(), patience);

    Settings settings(rig.folder.filePath(u"gui.conf"_s));
    AppContext context(settings, {.locale = QLocale::c(), .zone = QTimeZone::utc(), .now = [] { return Rig::noon; }});
    addStandardActions(context.actions());
    EntryModel model(context.format());
    const EntryTableView again(context, model);
    QVERIFY(again.isColumnHidden(number(EntryColumn::Names)));
    QVERIFY(!again.isColumnHidden(number(EntryColumn::Origin)));
    QVERIFY(again.isColumnHidden(number(EntryColumn::Users)));
    QCOMPARE(again.columnWidth(number(EntryColumn::Size)), 123);
    QCOMPARE(model.order(), (EntryOrder{EntryColumn::Size, Qt::DescendingOrder}));
}

void EntriesChoiceTest::aCellFiltersAndIsCopied()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    for (const char* action : {"entry.filterBy", "entry.filterOut", "entry.copyValue", "entry.copyRow", "entry.open"})
        QCOMPARE(rig.reason(action), u"Nothing is chosen."_s);
    EntryTableView& view = rig.page->view();
    const std::string base = fixtures::shared_figures::digest("base");
    const auto cell = [&](EntryColumn column) {
        view.setCurrentIndex(rig.page->model().index(rowOf(rig, base), static_cast<int>(column)));
    };
    cell(EntryColumn::Kind);
    rig.trigger("entry.filterBy");
    QTRY_COMPARE_WITH_TIMEOUT(rows(rig), 7, patience);
    QCOMPARE(rig.page->filterText(), u"kind:layer"_s);
    cell(EntryColumn::Size);
    rig.trigger("entry.copyValue");
    QCOMPARE(clipboard(), u"1001"_s);
    rig.trigger("entry.filterOut");
    QTRY_COMPARE_WITH_TIMEOUT(rows(rig), 6, patience);
    rig.page->filterField()->clear();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    cell(EntryColumn::FirstSeen);
    QVERIFY(!rig.reason("entry.filterBy").isEmpty());
    view.clearSelection();
    cell(EntryColumn::Digest);
    rig.trigger("entry.copyDigest");
    QCOMPARE(clipboard(), QString::fromStdString(base));
    rig.trigger("entry.copyRow");
    QVERIFY2(clipboard().startsWith(u"Digest\tKind\t"_s), qUtf8Printable(clipboard()));
    QCOMPARE(clipboard().count(u'\n'), 2);
    QVERIFY(clipboard().contains(QString::fromStdString(base) + u"\tlayer\t"_s));
    rig.trigger("entry.copyJson");
    QVERIFY(clipboard().contains(u"\"size\": 1001"_s));
    view.setCurrentIndex(rig.page->model().index(rowOf(rig, fixtures::shared_figures::digest("webB")), 0));
    rig.trigger("entry.copyName");
    QCOMPARE(clipboard(), u"docker.io/library/web:2"_s);
    QCOMPARE(rig.reason("entry.history"), QString());
    QCOMPARE(rig.client.mutatingCount(), 0);
}

void EntriesChoiceTest::removalIsPlannedOnly()
{
    Rig rig(fixtures::shared(Rig::noon));
    const CleanupPages cleanup = addCleanupPages(rig.window, rig.context);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    select(rig, {fixtures::shared_figures::digest("loose"), fixtures::shared_figures::digest("appA")});
    const std::set<QString> wanted = selected(rig);
    rig.page->view().setFocus();
    QTest::keyClick(&rig.page->view(), Qt::Key_Delete, Qt::ShiftModifier);
    QCOMPARE(rig.window.currentPage(), rig.page);
    QVERIFY(cleanup.cleanup->policyStep().chosen().isEmpty());
    QTest::keyClick(&rig.page->view(), Qt::Key_Delete);
    QCOMPARE(rig.window.currentPage(), cleanup.cleanup);
    const QStringList& chosen = cleanup.cleanup->policyStep().chosen();
    QCOMPARE(std::set<QString>(chosen.begin(), chosen.end()), wanted);
    QTRY_COMPARE_WITH_TIMEOUT(rig.client.openCount(), 0, patience);
    QCOMPARE(rig.client.mutatingCount(), 0);
    QCOMPARE(rig.client.count(u"makePlan"_s), 0);

    rig.window.showPage(u"entries"_s);
    rig.client.store->blobs = fixtures::typical(Rig::noon)->blobs;
    rig.page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    rig.page->view().selectAll();
    QCOMPARE(rig.reason("entry.planRemoval"), u"At most 250 entries can be chosen one by one."_s);
}

void EntriesChoiceTest::opensByDigest()
{
    Rig rig(fixtures::shared(Rig::noon));
    const QString tool = QString::fromStdString(fixtures::shared_figures::digest("toolA"));
    // Before anything is there.
    rig.page->open(tool);
    rig.connectService();
    QTRY_COMPARE_WITH_TIMEOUT(rig.page->view().currentDigest(), tool, patience);
    QCOMPARE(rig.context.current().item(), (Item{Item::Kind::Blob, tool, u"entries"_s}));
    // Hidden by the filter.
    rig.page->filterField()->setText(u"kind:layer"_s);
    QTRY_COMPARE_WITH_TIMEOUT(rows(rig), 7, patience);
    const QString web = QString::fromStdString(fixtures::shared_figures::digest("webA"));
    rig.page->open(web);
    QTRY_COMPARE_WITH_TIMEOUT(rig.page->view().currentDigest(), web, patience);
    QCOMPARE(rig.page->filterText(), QString());
    // What is not there is told by the details of the current item.
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    const QString gone = QString::fromStdString(fixtures::digestOf("gone"));
    rig.page->open(gone);
    QCOMPARE(rig.context.current().item().id, gone);
    rig.page->open(u"kind:config"_s);
    QTRY_COMPARE_WITH_TIMEOUT(rows(rig), 4, patience);
}

void EntriesChoiceTest::keysLeadToTheFilterAndBack()
{
    Rig rig(fixtures::shared(Rig::noon));
    QVERIFY(QTest::qWaitForWindowActive(&rig.window));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    EntryTableView& view = rig.page->view();
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Slash);
    QVERIFY(rig.page->filterField()->hasFocus());
    QTest::keyClicks(rig.page->filterField(), u"wud"_s);
    // Letters are letters there.
    QCOMPARE(rig.page->filterText(), u"wud"_s);
    rig.page->filterField()->setText(u"kind:layer"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(rig), patience);
    QTest::keyClick(rig.page->filterField(), Qt::Key_Return);
    QVERIFY(view.hasFocus());
    view.selectRow(1);
    rig.trigger("view.escape");
    QCOMPARE(rig.page->filterText(), QString());
    QVERIFY(view.selectionModel()->hasSelection());
    rig.trigger("view.escape");
    QVERIFY(!view.selectionModel()->hasSelection());
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::EntriesChoiceTest)
#include "entries_choice_test.moc"
