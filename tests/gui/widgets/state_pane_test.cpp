// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/demo_page.h"
#include "widgets/state_widgets.h"

#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

namespace layerhold::gui::test {

using namespace std::chrono_literals;

/// What a page tells of its state, and what can be done about it.
class StatePaneTest final : public QObject
{
    Q_OBJECT

private slots:
    void tellsEachStateInItsOwnWords_data();
    void tellsEachStateInItsOwnWords();
    void noTwoStatesLookAlike();
    void theConnectionGoesFirst();
    void disconnectedBeforeAnythingCameIsAMessage();
    void countsDown();
    void saysSlowAfterThreeSeconds();
    void copiesTheCommand();
    void clearsTheFilter();
    void hostileTextsStayPlain();

private:
    static std::vector<PageState> all(Moment now)
    {
        return {state::Ready{},
                state::NeverConnected{.address = QStringLiteral("/run/x.sock"),
                                      .reason = QStringLiteral("Refused."),
                                      .ownCache = QStringLiteral("/home/ann/cache")},
                state::Connecting{.step = QStringLiteral("Connecting to /run/x.sock"), .since = now},
                state::Loading{.rows = 412'000, .expected = 1'000'000},
                state::EmptyStore{},
                state::NothingMatches{
                    .filter = QStringLiteral("kind:layer"), .looserFilter = QStringLiteral("kind"), .looserCount = 7},
                state::Partial{.missing = QStringLiteral("two engines"), .why = QStringLiteral("They do not answer.")},
                state::Stale{.asOf = now, .retryAt = now + 5s},
                state::NoPermission{.right = QStringLiteral("write to the socket"), .who = QStringLiteral("ann")},
                state::WrongVersion{.feature = QStringLiteral("plans"), .serverVersion = QStringLiteral("0.0.9")},
                state::Failed{.sentence = QStringLiteral("The index is damaged."), .details = QStringLiteral("row 7")},
                state::Snapshot{.source = QStringLiteral("ci-cache-01"), .takenAt = now}};
    }
};

void StatePaneTest::tellsEachStateInItsOwnWords_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("key");
    QTest::addColumn<StateForm>("form");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("buttons");
    int row = 0;
    const auto add = [&row](const char* key, StateForm form, const char* text, const QStringList& buttons) {
        QTest::newRow(key) << row++ << QString::fromLatin1(key) << form << QString::fromUtf8(text) << buttons;
    };
    add("ready", StateForm::None, "", {});
    add("never_connected", StateForm::Message, "No service answers at /run/x.sock. Refused.",
        {"Connections…", "Use a cache of my own", "Retry", "Help"});
    add("connecting", StateForm::Message, "Connecting to /run/x.sock", {"Cancel"});
    add("loading", StateForm::Strip, "Loading: 412 000 of about 1 000 000", {"Stop"});
    add("empty_store", StateForm::Message, "Pull once through it:", {"Copy command", "Help"});
    add("nothing_matches", StateForm::Message, "kind:layer", {"Clear filter", "Show kind (7)"});
    add("partial", StateForm::Strip, "Not everything is shown: two engines — They do not answer.", {"Retry"});
    add("stale", StateForm::Strip, "Next try in 5 s.", {"Try now", "Other connection…"});
    add("no_permission", StateForm::Message, "Missing right: write to the socket", {"Other connection…", "Retry"});
    add("wrong_version", StateForm::Message, "It is version 0.0.9.", {"Retry", "Other connection…"});
    add("failed", StateForm::Message, "The index is damaged.", {"Retry", "Details…", "Copy report"});
    add("snapshot", StateForm::Strip, "Snapshot of ci-cache-01", {});
}

void StatePaneTest::tellsEachStateInItsOwnWords()
{
    QFETCH(const int, index);
    QFETCH(const QString, key);
    QFETCH(const StateForm, form);
    QFETCH(const QString, text);
    QFETCH(const QStringList, buttons);
    Shell shell;
    shell.window.show();
    StatePane& pane = shell.demo().pane();
    pane.show(all(shell.now)[static_cast<std::size_t>(index)]);
    QCOMPARE(pane.words().key, key);

    const auto* strip = pane.findChild<StateStrip*>();
    const auto* message = pane.findChild<StateMessage*>();
    QCOMPARE(strip->isVisible(), form == StateForm::Strip);
    QCOMPARE(message->isVisible(), form == StateForm::Message);
    QCOMPARE(shell.demo().table().isVisible(), form != StateForm::Message);
    QStringList shown;
    for (const QPushButton* button : pane.findChildren<QPushButton*>())
        if (button->isVisible() && button->isEnabled())
            shown.append(button->text());
    QCOMPARE(shown, buttons);
    QString told;
    for (const QLabel* label : pane.findChildren<QLabel*>())
        if (label->isVisible())
            told += label->text() + QLatin1Char('\n');
    // Digits are grouped by a space that does not break.
    told.replace(QChar(0x202F), QLatin1Char(' '));
    QVERIFY2(told.contains(text), qUtf8Printable(told));
}

void StatePaneTest::noTwoStatesLookAlike()
{
    const Format format;
    QSet<QString> titles;
    QSet<QString> keys;
    for (const PageState& state : all(format.now())) {
        const StateWords words = wordsFor(state, format);
        QVERIFY2(!titles.contains(words.title), qUtf8Printable(words.title));
        QVERIFY(!keys.contains(words.key));
        titles.insert(words.title);
        keys.insert(words.key);
    }
    QCOMPARE(keys.size(), 12);
}

void StatePaneTest::theConnectionGoesFirst()
{
    Shell shell;
    StatePane& pane = shell.demo().pane();
    pane.show(state::Ready{});
    pane.setConnection(state::Stale{.asOf = shell.now});
    QCOMPARE(pane.words().key, QStringLiteral("stale"));
    pane.show(state::EmptyStore{});
    QCOMPARE(pane.words().key, QStringLiteral("stale"));
    pane.setConnection(std::nullopt);
    QCOMPARE(pane.words().key, QStringLiteral("empty_store"));
}

void StatePaneTest::disconnectedBeforeAnythingCameIsAMessage()
{
    Shell shell;
    shell.window.show();
    StatePane& pane = shell.demo().pane();
    pane.show(state::Loading{});
    pane.setConnection(state::Stale{});
    QCOMPARE(pane.words().form, StateForm::Message);
    QVERIFY(!shell.demo().table().isVisible());
    pane.show(state::Ready{});
    QCOMPARE(pane.words().form, StateForm::Strip);
    QVERIFY(shell.demo().table().isVisible());
}

void StatePaneTest::countsDown()
{
    Shell shell;
    shell.window.show();
    StatePane& pane = shell.demo().pane();
    pane.show(state::Ready{});
    pane.setConnection(state::Stale{.asOf = shell.now, .retryAt = shell.now + 5s});
    const auto* strip = pane.findChild<StateStrip*>();
    QVERIFY(strip->accessibleName().contains(QStringLiteral("Next try in 5 s")));
    shell.now += 3s;
    QTRY_VERIFY(strip->accessibleName().contains(QStringLiteral("Next try in 2 s")));
    shell.now += 3s;
    QTRY_VERIFY(strip->accessibleName().contains(QStringLiteral("Trying again")));
}

void StatePaneTest::saysSlowAfterThreeSeconds()
{
    Shell shell;
    shell.window.show();
    StatePane& pane = shell.demo().pane();
    pane.show(state::Connecting{.step = QStringLiteral("Asking for the version"), .since = shell.now});
    const auto* message = pane.findChild<StateMessage*>();
    QVERIFY(!message->accessibleName().contains(QStringLiteral("slower")));
    shell.now += 3s;
    QTRY_VERIFY(message->accessibleName().contains(QStringLiteral("slower than usual")));
}

void StatePaneTest::copiesTheCommand()
{
    Shell shell;
    shell.window.show();
    StatePane& pane = shell.demo().pane();
    pane.show(state::EmptyStore{.command = QStringLiteral("layerhold pull alpine")});
    QTest::mouseClick(pane.findChild<QPushButton*>(), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("layerhold pull alpine"));
}

void StatePaneTest::clearsTheFilter()
{
    Shell shell;
    shell.window.show();
    DemoPage& page = shell.demo();
    page.filterField()->setText(QStringLiteral("kind:layer size>1GiB"));
    page.pane().show(state::NothingMatches{
        .filter = page.filterText(), .looserFilter = QStringLiteral("kind:layer"), .looserCount = 3});
    const auto buttons = page.pane().findChildren<QPushButton*>();
    QCOMPARE(buttons.size(), 2);
    QTest::mouseClick(buttons[1], Qt::LeftButton);
    QCOMPARE(page.filterText(), QStringLiteral("kind:layer"));
    QTest::mouseClick(buttons[0], Qt::LeftButton);
    QCOMPARE(page.filterText(), QString());
}

void StatePaneTest::hostileTextsStayPlain()
{
    Shell shell;
    shell.window.show();
    StatePane& pane = shell.demo().pane();
    pane.show(state::Failed{.sentence = QStringLiteral("<b>bold</b>\n\u202Eevil")});
    for (const QLabel* label : pane.findChildren<QLabel*>())
        if (!label->text().isEmpty())
            QCOMPARE(label->textFormat(), Qt::PlainText);
    const auto* text = pane.findChild<QLabel*>(QStringLiteral("stateText"));
    QVERIFY(text->text().contains(QStringLiteral("<b>bold</b>")));
    QVERIFY(text->text().contains(QStringLiteral("[U+202E]")));
    QVERIFY(!text->text().contains(QLatin1Char('\n')));
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::StatePaneTest)
#include "state_pane_test.moc"
