// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/look.h"
#include "gui/widgets/demo_page.h"
#include "gui/widgets/nameless.h"
#include "widgets/dialogs/about_dialog.h"
#include "widgets/dialogs/connections_dialog.h"
#include "widgets/dialogs/keys_dialog.h"
#include "widgets/dialogs/preferences_dialog.h"
#include "widgets/icons.h"
#include "widgets/navigation.h"
#include "widgets/notice_bar.h"

#include <QAbstractScrollArea>
#include <QDockWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QToolBar>
#include <QToolButton>

namespace layerhold::gui::test {

/// The frame around the pages.
class WindowTest final : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void everythingThatTakesTheFocusHasAName();
    void aboutNamesWhatItIsMadeOf();
    void fitsIntoSmallWindows_data();
    void fitsIntoSmallWindows();
    void navigationShrinksToIcons();
    void iconsFollowTheTheme();
    void pagesAskOnlyInFront();
    void escapeClearsThenCloses();
    void nextPaneGoesAround();
    void backAndForwardWalkTheItems();
    void noticesStayUntilClosed();
    void settingsThatCannotBeReadAreToldOfAtTheStart();
    void settingsThatCannotBeSavedAreToldOfAtOnce();
    void asksBeforeItStopsWork();
    void layoutComesBack();
    void figuresLeadToTheirPages();
    void titleTellsProgress();
};

void WindowTest::cleanup()
{
    QApplication::setPalette(QPalette());
}

void WindowTest::everythingThatTakesTheFocusHasAName()
{
    Shell shell(2);
    shell.window.show();
    shell.context.jobs().start(QStringLiteral("Remove 12 entries"), {});
    shell.window.showNotice(QStringLiteral("Something is to be known."));
    QCOMPARE(namelessIn(shell.window), QString());
    PreferencesDialog preferences(shell.context);
    AboutDialog about;
    KeysDialog keys(shell.context.actions());
    ConnectionsDialog connections(shell.settings, QStringLiteral("/run/x.sock"), {});
    for (QDialog* dialog : std::initializer_list<QDialog*>{&preferences, &about, &keys, &connections}) {
        dialog->show();
        QCOMPARE(namelessIn(*dialog), QString());
    }
}

void WindowTest::aboutNamesWhatItIsMadeOf()
{
    const AboutDialog about;
    const QString licences = about.findChild<QPlainTextEdit*>()->toPlainText();
    for (const QString& part :
         {QStringLiteral("Qt %1").arg(QLatin1String(qVersion())), QStringLiteral("LGPL-3.0-only"),
          QStringLiteral("its icons and its desktop files: Apache-2.0"), QStringLiteral("metadata: CC0-1.0"),
          QStringLiteral("gRPC: "), QStringLiteral("Protocol Buffers: "), QStringLiteral("SQLite: "),
          QStringLiteral("OpenSSL: "), QStringLiteral("libcurl: "), QStringLiteral("libarchive: ")})
        QVERIFY2(licences.contains(part), qUtf8Printable(part));
}

void WindowTest::fitsIntoSmallWindows_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("960×600") << QSize(960, 600);
    QTest::newRow("1280×720") << QSize(1280, 720);
}

void WindowTest::fitsIntoSmallWindows()
{
    QFETCH(const QSize, size);
    Shell shell(10);
    shell.window.resize(size);
    shell.window.show();
    shell.context.jobs().start(QStringLiteral("Remove 12 entries"), {});
    shell.window.showService({.name = QStringLiteral("a-service-with-a-rather-long-name.example.org")});
    QCoreApplication::processEvents();
    QCOMPARE(shell.window.size(), size);
    for (const QToolButton* button : shell.window.findChildren<QToolButton*>()) {
        if (button->objectName() == QLatin1String("qt_toolbar_ext_button")) {
            QVERIFY2(!button->isVisible(), "the tool bar does not fit");
            continue;
        }
        if (!button->isVisible() || button->objectName().startsWith(QLatin1String("qt_")))
            continue;
        const QRect place(button->mapTo(&shell.window, QPoint(0, 0)), button->size());
        QVERIFY2(shell.window.rect().contains(place), qUtf8Printable(button->objectName() + button->text()));
    }
    for (const QAbstractScrollArea* area : shell.window.findChildren<QAbstractScrollArea*>())
        if (area->isVisible() && !area->inherits("QTableView"))
            QVERIFY2(!area->horizontalScrollBar()->isVisible(), area->metaObject()->className());
}

void WindowTest::navigationShrinksToIcons()
{
    Shell shell(2);
    shell.demo(1).setBadge(QStringLiteral("3"));
    shell.window.show();
    const auto* navigation = shell.window.findChild<Navigation*>();
    shell.window.resize(1200, 700);
    QCOMPARE(navigation->form(), Navigation::Form::Names);
    QCOMPARE(navigation->item(1)->text(), QStringLiteral("Demo"));
    shell.window.resize(1000, 700);
    QCOMPARE(navigation->form(), Navigation::Form::Icons);
    QCOMPARE(navigation->item(1)->text(), QString());
    QCOMPARE(navigation->item(1)->toolTip(), QStringLiteral("Demo 3"));
    QCOMPARE(navigation->item(1)->data(Qt::AccessibleTextRole).toString(), QStringLiteral("Demo 3"));
}

void WindowTest::iconsFollowTheTheme()
{
    Shell shell;
    const QIcon shown = icon(QStringLiteral("entries"));
    const auto strongest = [&shown] {
        const QImage image = shown.pixmap(32, 32).toImage();
        QColor found;
        int alpha = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (const QColor color = image.pixelColor(x, y); color.alpha() > alpha) {
                    found = color;
                    alpha = color.alpha();
                }
        return found;
    };
    shell.window.show();
    for (const auto& [choice, look] : {std::pair{ThemeChoice::Light, &lightLook()},
                                       {ThemeChoice::Dark, &darkLook()},
                                       {ThemeChoice::Light, &lightLook()}}) {
        Preferences preferences = shell.settings.preferences();
        preferences.theme = choice;
        shell.context.setPreferences(preferences);
        QCoreApplication::processEvents();
        QVERIFY(contrast(strongest(), look->window) > 4.5);
        QCOMPARE(&lookFor(shell.window.palette()), look);
        const QImage window = shell.window.grab().toImage();
        QVERIFY(contrast(window.pixelColor(window.width() / 2, window.height() - 4), look->window) < 1.5);
    }
}

void WindowTest::pagesAskOnlyInFront()
{
    Shell shell(2);
    shell.window.show();
    QVERIFY(QTest::qWaitForWindowActive(&shell.window));
    FakeClient client;
    QCOMPARE(shell.demo(0).refreshed, 0);
    shell.window.showService({.name = QStringLiteral("fake"), .client = &client});
    QCOMPARE(shell.demo(0).refreshed, 1);
    QCOMPARE(shell.demo(1).refreshed, 0);
    shell.window.showPage(QStringLiteral("demo1"), QStringLiteral("sha256:1"));
    QCOMPARE(shell.demo(1).refreshed, 1);
    QCOMPARE(shell.demo(1).opened, QStringLiteral("sha256:1"));
    shell.window.showPage(QStringLiteral("demo0"));
    QCOMPARE(shell.demo(0).refreshed, 1);
    QTest::keyClick(&shell.window, Qt::Key_F5);
    QCOMPARE(shell.demo(0).refreshed, 2);
    QVERIFY(!shell.window.showPage(QStringLiteral("nowhere")));
    shell.window.showService({});
}

void WindowTest::escapeClearsThenCloses()
{
    Shell shell;
    shell.window.show();
    QVERIFY(QTest::qWaitForWindowActive(&shell.window));
    auto* details = shell.window.findChild<QDockWidget*>(QStringLiteral("detailsDock"));
    DemoPage& page = shell.demo();
    page.filterField()->setText(QStringLiteral("x"));
    page.table().setFocus();
    page.table().selectAll();
    QTest::keyClick(&page.table(), Qt::Key_Escape);
    QCOMPARE(page.filterText(), QString());
    QVERIFY(page.table().selectionModel()->hasSelection());
    QTest::keyClick(&page.table(), Qt::Key_Escape);
    QVERIFY(!page.table().selectionModel()->hasSelection());
    QVERIFY(details->isVisible());
    QTest::keyClick(&page.table(), Qt::Key_Escape);
    QVERIFY(!details->isVisible());
    QTest::keyClick(&page.table(), Qt::Key_F4);
    QVERIFY(details->isVisible());
}

void WindowTest::nextPaneGoesAround()
{
    Shell shell;
    shell.window.show();
    QVERIFY(QTest::qWaitForWindowActive(&shell.window));
    auto* navigation = shell.window.findChild<Navigation*>();
    navigation->setFocus();
    QTest::keyClick(&shell.window, Qt::Key_F6);
    QCOMPARE(QApplication::focusWidget(), shell.demo().filterField());
    QTest::keyClick(&shell.window, Qt::Key_F6);
    QCOMPARE(QApplication::focusWidget(), navigation);
}

void WindowTest::backAndForwardWalkTheItems()
{
    Shell shell(2);
    shell.window.show();
    QVERIFY(QTest::qWaitForWindowActive(&shell.window));
    CurrentItem& current = shell.context.current();
    current.set({.kind = Item::Kind::Tag, .id = QStringLiteral("alpine"), .page = QStringLiteral("demo0")});
    shell.window.showPage(QStringLiteral("demo1"));
    current.set({.kind = Item::Kind::Blob, .id = QStringLiteral("sha256:2"), .page = QStringLiteral("demo1")});
    QTest::keyClick(&shell.window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(shell.window.currentPage(), &shell.demo(0));
    QCOMPARE(shell.demo(0).opened, QStringLiteral("alpine"));
    QVERIFY(!current.canGoBack());
    QTest::keyClick(&shell.window, Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(shell.window.currentPage(), &shell.demo(1));
    QVERIFY(!current.canGoForward());
}

void WindowTest::noticesStayUntilClosed()
{
    Shell shell;
    shell.window.show();
    auto* notice = shell.window.findChild<QFrame*>(QStringLiteral("notice"));
    QVERIFY(!notice->isVisible());
    shell.window.showNotice(QStringLiteral("The settings cannot be read."));
    QVERIFY(notice->isVisible());
    QTest::mouseClick(notice->findChild<QToolButton*>(), Qt::LeftButton);
    QVERIFY(!notice->isVisible());
}

void WindowTest::settingsThatCannotBeReadAreToldOfAtTheStart()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("gui.conf")));
    QVERIFY(file.open(QFile::WriteOnly));
    QCOMPARE(file.write("garbage"), 7);
    file.close();
    Settings settings(file.fileName());
    AppContext context(settings, {});
    Theme theme(*qApp);
    MainWindow window(context, theme);
    window.restoreAndShow();
    const auto* notice = window.findChild<NoticeBar*>();
    QVERIFY(notice->isVisible());
    QVERIFY(notice->sentence().contains(QStringLiteral("cannot be read")));
}

void WindowTest::settingsThatCannotBeSavedAreToldOfAtOnce()
{
    Shell shell;
    shell.window.restoreAndShow();
    const auto* notice = shell.window.findChild<NoticeBar*>();
    QVERIFY(!notice->isVisible());
    QDir(shell.folder.path()).removeRecursively();
    QFile file(shell.folder.path());
    QVERIFY(file.open(QFile::WriteOnly)); // where the folder was
    shell.settings.setLastSocket(QStringLiteral("/run/x.sock"));
    QVERIFY(notice->isVisible());
    QVERIFY(notice->sentence().contains(QStringLiteral("cannot be saved")));
    QVERIFY(file.remove());
}

void WindowTest::asksBeforeItStopsWork()
{
    Shell shell;
    shell.window.show();
    Job* job = shell.context.jobs().start(QStringLiteral("Move 12 entries"), {});
    const auto answer = [&](const QString& text) {
        auto* question = shell.window.findChild<QMessageBox*>(QStringLiteral("leaveQuestion"));
        QVERIFY(question);
        QVERIFY(question->text().contains(job->title()));
        for (QAbstractButton* button : question->buttons())
            if (button->text() == text)
                return QTest::mouseClick(button, Qt::LeftButton);
        QFAIL("There is no such button.");
    };
    QVERIFY(!shell.window.close());
    answer(QStringLiteral("Cancel"));
    QVERIFY(shell.window.isVisible());
    QTRY_VERIFY(!shell.window.findChild<QMessageBox*>(QStringLiteral("leaveQuestion")));
    QVERIFY(!shell.window.close());
    answer(QStringLiteral("Stop and Close"));
    QVERIFY(!shell.window.isVisible());

    Shell idle;
    idle.window.show();
    idle.context.jobs().start(QStringLiteral("Done"), {})->finish(Job::State::Done, {});
    QVERIFY(idle.window.close());
}

void WindowTest::layoutComesBack()
{
    Shell shell(3);
    shell.window.restoreAndShow();
    shell.window.showPage(QStringLiteral("demo2"));
    shell.window.findChild<QDockWidget*>(QStringLiteral("detailsDock"))->hide();
    shell.window.close();
    QCOMPARE(shell.settings.layout().page, QStringLiteral("demo2"));

    AppContext context(shell.settings, {});
    MainWindow again(context, shell.theme);
    for (int number = 0; number < 3; ++number)
        again.addPage(new DemoPage(context, QStringLiteral("demo%1").arg(number)));
    again.restoreAndShow();
    QCOMPARE(again.currentPage()->id(), QStringLiteral("demo2"));
    auto* details = again.findChild<QDockWidget*>(QStringLiteral("detailsDock"));
    QVERIFY(!details->isVisible());
    context.actions().action(QStringLiteral("view.resetLayout"))->trigger();
    QVERIFY(details->isVisible());
}

void WindowTest::figuresLeadToTheirPages()
{
    Shell shell(2);
    shell.window.show();
    StatusFigures& figures = shell.window.figures();
    figures.set(QStringLiteral("trash"), {.text = QStringLiteral("3 in trash"), .page = QStringLiteral("demo1")});
    QTest::mouseClick(figures.button(QStringLiteral("trash")), Qt::LeftButton);
    QCOMPARE(shell.window.currentPage(), &shell.demo(1));
    shell.context.showSelection(QStringLiteral("2 selected"), QStringLiteral("What only these reach"));
    QVERIFY(figures.button(QStringLiteral("selection"))->isVisible());
    shell.window.showPage(QStringLiteral("demo0"));
    QVERIFY(!figures.button(QStringLiteral("selection"))->isVisible());
}

void WindowTest::titleTellsProgress()
{
    Shell shell;
    shell.window.show();
    shell.window.showService({.name = QStringLiteral("ci-cache-01")});
    Job* job = shell.context.jobs().start(QStringLiteral("Run"), {});
    job->report({.doneItems = 45, .totalItems = 100, .doneBytes = 0, .totalBytes = 0, .current = {}});
    QTRY_COMPARE(shell.window.windowTitle(), QStringLiteral("45 % — Demo — ci-cache-01 — Layerhold"));
    job->finish(Job::State::Done, {});
    QCOMPARE(shell.window.windowTitle(), QStringLiteral("Demo — ci-cache-01 — Layerhold"));
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::WindowTest)
#include "window_test.moc"
