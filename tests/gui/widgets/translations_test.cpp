// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/support/fake_client.h"
#include "gui/support/fixtures.h"
#include "models/translations.h"
#include "widgets/main_window.h"
#include "widgets/pages/all_pages.h"
#include "widgets/pages/call_states.h"
#include "widgets/state_pane.h"

#include <QMenuBar>
#include <QTemporaryDir>

#include <set>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;

namespace {

const QLocale german(QLocale::German, QLocale::Germany);

QString bytesIn(const QLocale& locale, std::uint64_t bytes)
{
    const Translations translations(locale);
    return Format({.locale = locale}).exactBytes(bytes);
}

/// The window as the app makes it, in whatever language is installed.
struct App
{
    App() { addPages(window, context); }

    QTemporaryDir folder;
    Settings settings{folder.filePath(u"gui.conf"_s)};
    AppContext context{settings, {.locale = german}};
    Theme theme{*static_cast<QApplication*>(QCoreApplication::instance())};
    MainWindow window{context, theme};
};

} // namespace

class TranslationsTest final : public QObject
{
    Q_OBJECT

private slots:

    void speaksTheLanguageOfTheLocale()
    {
        const Translations translations(german);
        QCOMPARE(Format({.locale = german}).age(std::chrono::hours(72)), u"3 Tg."_s);
        // Of each way in which a text is looked up.
        const Format format({.locale = german});
        const StatePane pane(format);
        QCOMPARE(hindranceIn(nullptr, pane), u"Es gibt keine Verbindung zu einem Dienst."_s);
        QFile foreign(m_folder.filePath(u"foreign.conf"_s));
        QVERIFY(foreign.open(QIODevice::WriteOnly) && foreign.write("[nothing]\nof=ours\n") > 0);
        foreign.close();
        QVERIFY(Settings(foreign.fileName()).takeNotice().endsWith(u"sind nicht lesbar, deshalb gelten die üblichen."));
    }

    void countsByTheRulesOfTheLanguage_data()
    {
        QTest::addColumn<QLocale>("locale");
        QTest::addColumn<quint64>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("one, German") << german << quint64(1) << u"1 Byte"_s;
        QTest::newRow("two, German") << german << quint64(2) << u"2 Bytes"_s;
        QTest::newRow("one, English") << QLocale(QLocale::English) << quint64(1) << u"1 byte"_s;
        QTest::newRow("none, English") << QLocale(QLocale::English) << quint64(0) << u"0 bytes"_s;
        QTest::newRow("one, in no language") << QLocale::c() << quint64(1) << u"1 byte"_s;
        QTest::newRow("one, in a language that we do not speak")
            << QLocale(QLocale::Maori) << quint64(1) << u"1 byte"_s;
        QTest::newRow("2³² + 1 is not one")
            << german << quint64(0x100000001) << u"4\u202f294\u202f967\u202f297 Bytes"_s;
    }

    void countsByTheRulesOfTheLanguage()
    {
        QFETCH(const QLocale, locale);
        QFETCH(const quint64, bytes);
        QTEST(bytesIn(locale, bytes), "text");
    }

    void endsWithItsObject()
    {
        {
            const Translations translations(german);
            QCOMPARE(Format().relative({}), u"nie"_s);
        }
        QCOMPARE(Format().relative({}), u"never"_s);
    }

    void givesEachEntryOfAMenuAMnemonicOfItsOwn()
    {
        const Translations translations(german);
        const App app;
        QVERIFY(app.window.menuBar()->actions().size() > 5);
        QCOMPARE(twiceIn(app.window.menuBar()->actions()), QString());
        for (const QAction* menu : app.window.menuBar()->actions())
            QCOMPARE(twiceIn(menu->menu()->actions()), QString());
    }

private:
    /// The first text whose mnemonic another one has, too.
    static QString twiceIn(const QList<QAction*>& actions)
    {
        std::set<QString> seen;
        for (const QAction* action : actions) {
            const QString key = QKeySequence::mnemonic(action->text()).toString();
            if (!key.isEmpty() && !seen.insert(key).second)
                return action->text();
        }
        return {};
    }

    QTemporaryDir m_folder;
};

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::TranslationsTest)
#include "translations_test.moc"
