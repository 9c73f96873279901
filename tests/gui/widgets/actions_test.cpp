// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/demo_page.h"
#include "widgets/command_palette.h"
#include "widgets/standard_actions.h"

#include <QMenu>
#include <QMenuBar>

namespace layerhold::gui::test {

/// What can be done, by which key, and where keys do nothing.
class ActionsTest final : public QObject
{
    Q_OBJECT

private slots:
    void noTwoActionsShareAKey();
    void everyActionIsInAMenuAndInThePalette();
    void everyActionHasAnIconOfOurs();
    void singleLettersWorkInViewsOnly();
    void shiftDelIsReserved();
    void delOnlyPlans();
    void disabledActionsSayWhy();
    void theFrontPageIsAskedFirst();
    void bindingsEndWithTheirOwner();
    void keysCanBeSwapped();
};

void ActionsTest::noTwoActionsShareAKey()
{
    Shell shell(10);
    QMap<QKeySequence, QString> owner;
    for (const ActionSpec& spec : shell.context.actions().all()) {
        for (const QKeySequence& key : shell.context.actions().action(spec.id)->shortcuts()) {
            QVERIFY2(!owner.contains(key), qUtf8Printable(spec.id + QStringLiteral(" and ") + owner.value(key)));
            owner.insert(key, spec.id);
        }
    }
    QVERIFY(owner.size() > 30);
    QCOMPARE(owner.value(QKeySequence(Qt::CTRL | Qt::Key_1)), QStringLiteral("go.demo0"));
    QCOMPARE(owner.value(QKeySequence(Qt::CTRL | Qt::Key_0)), QStringLiteral("go.demo9"));
}

void ActionsTest::everyActionIsInAMenuAndInThePalette()
{
    Shell shell(3);
    QSet<QAction*> inMenus;
    for (const QAction* menu : shell.window.menuBar()->actions())
        for (QAction* action : menu->menu()->actions())
            inMenus.insert(action);
    PaletteModel palette(shell.context);
    palette.find(QString());
    QSet<QString> found;
    for (int row = 0; row < palette.rowCount(); ++row)
        found.insert(palette.index(row).data().toString());
    for (const ActionSpec& spec : shell.context.actions().all()) {
        QVERIFY2(inMenus.contains(shell.context.actions().action(spec.id)), qUtf8Printable(spec.id));
        QVERIFY2(found.contains(plainActionText(spec.text)), qUtf8Printable(spec.id));
    }
}

void ActionsTest::everyActionHasAnIconOfOurs()
{
    Shell shell;
    for (const ActionSpec& spec : shell.context.actions().all())
        QVERIFY2(!shell.context.actions().action(spec.id)->icon().isNull(), qUtf8Printable(spec.id));
}

void ActionsTest::singleLettersWorkInViewsOnly()
{
    Shell shell;
    shell.window.show();
    QVERIFY(QTest::qWaitForWindowActive(&shell.window));
    shell.context.actions().setServiceReason({});
    DemoPage& page = shell.demo();
    page.filterField()->setFocus();
    QTest::keyClicks(page.filterField(), QStringLiteral("wut/0-+"));
    QTest::keyClick(page.filterField(), Qt::Key_Space);
    QCOMPARE(page.filterText(), QStringLiteral("wut/0-+ "));
    QCOMPARE(page.done, QStringList());

    page.table().setFocus();
    for (const Qt::Key key : {Qt::Key_W, Qt::Key_U, Qt::Key_T, Qt::Key_L, Qt::Key_Space})
        QTest::keyClick(&page.table(), key);
    QCOMPARE(page.done, (QStringList{"entry.whyKept", "entry.usedBy", "view.form", "view.form", "view.toggle"}));
    QTest::keyClick(&page.table(), Qt::Key_Slash);
    QCOMPARE(QApplication::focusWidget(), page.filterField());
}

void ActionsTest::shiftDelIsReserved()
{
    Shell shell;
    shell.window.show();
    QVERIFY(QTest::qWaitForWindowActive(&shell.window));
    Actions& actions = shell.context.actions();
    const QKeySequence reserved(Qt::SHIFT | Qt::Key_Delete);
    QVERIFY(!actions.setKeys(QStringLiteral("entry.planRemoval"), {reserved}).isEmpty());
    for (const ActionSpec& spec : actions.all())
        QVERIFY2(!actions.action(spec.id)->shortcuts().contains(reserved), qUtf8Printable(spec.id));
    shell.demo().table().setFocus();
    QTest::keyClick(&shell.demo().table(), Qt::Key_Delete, Qt::ShiftModifier);
    QCOMPARE(shell.demo().done, QStringList());
}

void ActionsTest::delOnlyPlans()
{
    Shell shell;
    shell.window.show();
    QVERIFY(QTest::qWaitForWindowActive(&shell.window));
    FakeClient client;
    shell.window.showService({.name = QStringLiteral("fake"), .client = &client});
    shell.demo().table().setFocus();
    const auto asked = client.calls().size();
    QTest::keyClick(&shell.demo().table(), Qt::Key_Delete, Qt::ShiftModifier);
    QTest::keyClick(&shell.demo().table(), Qt::Key_Delete);
    QCOMPARE(shell.demo().done, QStringList{"entry.planRemoval"});
    QCOMPARE(client.calls().size(), asked);
    shell.window.showService({});
}

void ActionsTest::disabledActionsSayWhy()
{
    Shell shell;
    Actions& actions = shell.context.actions();
    shell.window.showService({.reason = QStringLiteral("Disconnected since 10:42.")});
    const QAction* planned = actions.action(QStringLiteral("entry.planRemoval"));
    QVERIFY(!planned->isEnabled());
    QVERIFY(planned->toolTip().contains(QStringLiteral("Disconnected since 10:42.")));
    for (const ActionSpec& spec : actions.all())
        QCOMPARE(actions.action(spec.id)->isEnabled(), actions.reason(spec.id).isEmpty());
    FakeClient client;
    shell.window.showService({.name = QStringLiteral("fake"), .client = &client});
    QVERIFY(planned->isEnabled());
    shell.window.showService({});
}

void ActionsTest::theFrontPageIsAskedFirst()
{
    Shell shell(2);
    Actions& actions = shell.context.actions();
    FakeClient client;
    shell.window.showService({.name = QStringLiteral("fake"), .client = &client});
    actions.action(QStringLiteral("entry.whyKept"))->trigger();
    shell.window.showPage(QStringLiteral("demo1"));
    actions.action(QStringLiteral("entry.whyKept"))->trigger();
    QCOMPARE(shell.demo(0).done.size(), 1);
    QCOMPARE(shell.demo(1).done.size(), 1);
    shell.window.showService({});
}

void ActionsTest::bindingsEndWithTheirOwner()
{
    Actions actions;
    actions.add({.id = QStringLiteral("a.b"), .text = QStringLiteral("&Do"), .keys = {QKeySequence(Qt::Key_F2)}});
    QVERIFY(!actions.action(QStringLiteral("a.b"))->isEnabled());
    int done = 0;
    {
        QObject owner;
        actions.setFront(&owner, nullptr);
        actions.bind(QStringLiteral("a.b"), &owner, [&done] { ++done; });
        actions.action(QStringLiteral("a.b"))->trigger();
        QCOMPARE(done, 1);
    }
    QVERIFY(!actions.action(QStringLiteral("a.b"))->isEnabled());
    actions.action(QStringLiteral("a.b"))->trigger();
    QCOMPARE(done, 1);
}

void ActionsTest::keysCanBeSwapped()
{
    Shell shell;
    Actions& actions = shell.context.actions();
    QVERIFY(actions.setKeys(QStringLiteral("entry.whyKept"), {QKeySequence(Qt::Key_U)})
                .contains(QStringLiteral("Used by")));
    Preferences preferences = shell.settings.preferences();
    preferences.keys = {{QStringLiteral("entry.whyKept"), {QStringLiteral("U")}},
                        {QStringLiteral("entry.usedBy"), {QStringLiteral("W")}}};
    shell.context.setPreferences(preferences);
    QCOMPARE(actions.action(QStringLiteral("entry.whyKept"))->shortcut(), QKeySequence(Qt::Key_U));
    QCOMPARE(actions.action(QStringLiteral("entry.usedBy"))->shortcut(), QKeySequence(Qt::Key_W));
    preferences.keys.clear();
    shell.context.setPreferences(preferences);
    QCOMPARE(actions.action(QStringLiteral("entry.whyKept"))->shortcut(), QKeySequence(Qt::Key_W));
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::ActionsTest)
#include "actions_test.moc"
