// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/page_rig.h"
#include "models/plain_text.h"
#include "models/table_roles.h"
#include "widgets/pages/access/access_question.h"
#include "widgets/pages/access_page.h"
#include "widgets/pages/record_view.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Rig = PageRig<AccessPage>;

constexpr int patience = 20'000;

void fill(Rig& rig)
{
    rig.connectService();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"ready"_s, patience);
    QTRY_COMPARE_WITH_TIMEOUT(rig.client.openCount(), 0, patience);
}

QString cell(const RecordView& view, int row, int column)
{
    return view.model()->index(row, column).data().toString();
}

QString allTexts(const QWidget& top)
{
    QString texts;
    for (const QLabel* label : top.findChildren<QLabel*>())
        texts += label->text() + u'\n';
    for (const RecordView* view : top.findChildren<RecordView*>())
        for (int row = 0; row < view->model()->rowCount(); ++row)
            for (int column = 0; column < view->model()->columnCount(); ++column)
                for (const int role : {int(Qt::DisplayRole), int(CopyRole), int(Qt::ToolTipRole)})
                    texts += view->model()->index(row, column).data(role).toString() + u'\n';
    return texts;
}

} // namespace

class AccessPageTest final : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhoOneIsAsFarAsItIsKnown();
    void enginesAreShownAsTheyShare();
    void unpinsWhatIsSelected();
    void aRefusedUnpinIsNotTriedAgain();
    void whatStaysPinnedIsTold();
    void pinsThatAreNotToldAreUnknown();
    void whatIsWantedAtTheStartIsAsked();
    void whoCanSeeIsAsked();
    void whoCanSeeWithoutAnAnswer_data();
    void whoCanSeeWithoutAnAnswer();
    void tellsWhatHinders_data();
    void tellsWhatHinders();
    void nothingIsTriedWhileTheConnectionIsLost();
    void modelsAreSound();
    void namesOfOthersAreFitToShow();
    void everythingThatTakesTheFocusHasAName();
};

void AccessPageTest::tellsWhoOneIsAsFarAsItIsKnown()
{
    Rig rig(fixtures::typical(Rig::noon));
    fill(rig);
    QVERIFY(rig.page->identityText().contains(u"uid %1"_s.arg(::geteuid())));
    QVERIFY(rig.page->identityText().contains(u"daemon (process 4711)"_s));
    QVERIFY(rig.page->identityText().contains(u"does not tell"_s));
    rig.client.store->status.isDaemon = false;
    rig.page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(rig.page->identityText().contains(u"No daemon runs"_s), patience);
}

void AccessPageTest::enginesAreShownAsTheyShare()
{
    Rig rig(fixtures::shared(Rig::noon));
    auto& engines = rig.client.store->status.engines;
    engines = {{"main", "/run/main.sock", "verified", true, "", "/run/containerd.sock", true, ""},
               {"lab", "/run/lab.sock", "open", true, "", "", false, ""},
               {"guest", "/run/guest.sock", "isolated", false, "address in use", "/run/g.sock", false, "refused"}};
    fill(rig);
    const RecordView& view = rig.page->engines();
    QCOMPARE(view.model()->rowCount(), 3);
    QCOMPARE(cell(view, 0, 2), u"Serving"_s);
    QCOMPARE(cell(view, 0, 3), u"Linked to /run/containerd.sock"_s);
    QCOMPARE(cell(view, 1, 3), u"Not linked"_s);
    QCOMPARE(cell(view, 2, 2), u"Not serving: address in use"_s);
    QCOMPARE(cell(view, 2, 3), u"Not connected to /run/g.sock: refused"_s);
    std::set<QString> modes;
    for (int row = 0; row < 3; ++row)
        modes.insert(cell(view, row, 1));
    QCOMPARE(modes.size(), 3U);
}

void AccessPageTest::unpinsWhatIsSelected()
{
    Rig rig(fixtures::typical(Rig::noon));
    fill(rig);
    RecordView& pins = rig.page->pins();
    const int before = pins.model()->rowCount();
    QVERIFY(before > 1);
    QCOMPARE(before, static_cast<int>(rig.client.store->pins.size()));
    QVERIFY(!rig.page->unpinButton().isEnabled());
    QCOMPARE(rig.page->unpinButton().toolTip(), literalToolTip(u"No pin is selected."_s));
    pins.setFocus();
    QTRY_VERIFY(pins.hasFocus());
    pins.setCurrentIndex(pins.model()->index(0, 0));
    const QString digest = pins.currentId();
    QCOMPARE(rig.context.current().item().id, digest);
    QVERIFY(rig.page->unpinButton().isEnabled());
    rig.trigger("entry.copyDigest");
    QCOMPARE(QGuiApplication::clipboard()->text(), digest);
    rig.page->unpinButton().click();
    QTRY_COMPARE_WITH_TIMEOUT(pins.model()->rowCount(), before - 1, patience);
    QCOMPARE(rig.client.mutatingCount(), 1);
    QCOMPARE(rig.client.count(u"unpin"_s), 1);
    for (int row = 0; row < pins.model()->rowCount(); ++row)
        QVERIFY(pins.model()->index(row, 0).data(IdRole).toString() != digest);
}

void AccessPageTest::aRefusedUnpinIsNotTriedAgain()
{
    Rig rig(fixtures::typical(Rig::noon));
    fill(rig);
    rig.client.fail(u"unpin"_s, CallError(u"denied"_s, u"<b>You</b> may only read."_s));
    rig.page->pins().setCurrentIndex(rig.page->pins().model()->index(0, 0));
    rig.page->unpinButton().click();
    QTRY_VERIFY_WITH_TIMEOUT(!rig.page->unpinButton().isEnabled(), patience);
    QCOMPARE(rig.page->unpinButton().toolTip(), literalToolTip(u"<b>You</b> may only read."_s));
    QCOMPARE(rig.reason("entry.unpin"), u"<b>You</b> may only read."_s);
    const int calls = rig.client.count(u"unpin"_s);
    rig.page->unpinButton().click();
    rig.trigger("entry.unpin");
    QCOMPARE(rig.client.count(u"unpin"_s), calls);
}

void AccessPageTest::whatStaysPinnedIsTold()
{
    Rig rig(fixtures::typical(Rig::noon));
    fill(rig);
    rig.page->pins().selectAll();
    const QStringList digests = rig.page->pins().selectedIds();
    QVERIFY(digests.size() > 1);
    // Somebody else has unpinned the first; what the others bring does not take that back.
    rig.client.store->unpin(digests.front().toStdString());
    rig.page->unpinButton().click();
    QTRY_COMPARE_WITH_TIMEOUT(rig.page->pins().model()->rowCount(), 0, patience);
    QTRY_COMPARE_WITH_TIMEOUT(rig.client.openCount(), 0, patience);
    QVERIFY(allTexts(*rig.page).contains(shortDigest(digests.front()) + u" stays pinned"_s));
    rig.page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!allTexts(*rig.page).contains(u"stays pinned"_s), patience);
}

void AccessPageTest::whatIsWantedAtTheStartIsAsked()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.window.showPage(u"access"_s, QString::fromStdString(fixtures::shared_figures::digest("base")));
    QCOMPARE(rig.client.count(u"explainAccess"_s), 0);
    fill(rig);
    QTRY_VERIFY_WITH_TIMEOUT(rig.page->question().views().isVisible(), patience);
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.client.openCount(), 0, patience);
    QCOMPARE(rig.client.count(u"explainAccess"_s), 1);
}

void AccessPageTest::pinsThatAreNotToldAreUnknown()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.client.fail(u"pins"_s, CallError(u"internal"_s, u"No pins today."_s));
    fill(rig);
    QCOMPARE(rig.page->pins().model()->rowCount(), 0);
    QVERIFY(allTexts(*rig.page).contains(u"What is pinned is not known: No pins today."_s));
}

void AccessPageTest::whoCanSeeIsAsked()
{
    Rig rig(fixtures::shared(Rig::noon));
    const std::string digest = fixtures::shared_figures::digest("base");
    rig.client.store->access[digest] = {
        digest,
        true,
        {{"anonymous", "docker.io/library/app", "manifest", Rig::noon - 2h, Rig::noon + 22h, true},
         {"3f2a91c0", "example.org/team/tool", "blob", Rig::noon - 48h, Rig::noon - 24h, false}},
        {{"main", "verified", true, "everybody may read it"}, {"guest", "isolated", false, "it has only its own"}},
        {"docker.io/library/app"}};
    fill(rig);
    AccessQuestion& question = rig.page->question();
    QVERIFY(!question.button().isEnabled());
    QVERIFY(!question.views().isVisible());
    question.field().setFocus();
    QTRY_VERIFY(question.field().hasFocus());
    QTest::keyClicks(&question.field(), QString::fromStdString(digest).left(20));
    QTest::keyClick(&question.field(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(question.views().isVisible(), patience);
    QCOMPARE(question.views().model()->rowCount(), 2);
    QCOMPARE(cell(question.views(), 0, 2), u"Yes"_s);
    QCOMPARE(cell(question.views(), 1, 2), u"No"_s);
    QCOMPARE(cell(question.views(), 1, 3), u"it has only its own"_s);
    QCOMPARE(question.proofs().model()->rowCount(), 2);
    QVERIFY(cell(question.proofs(), 1, 4).contains(u"not valid now"_s));
    QVERIFY(question.answerText().contains(u"1 of 2 engines can read it."_s));
    QVERIFY(question.answerText().contains(u"Everybody may read it"_s));
    QVERIFY(question.answerText().contains(QString::fromStdString(digest)));
    QCOMPARE(rig.client.mutatingCount(), 0);
    // What nobody proved anything of.
    rig.page->open(QString::fromStdString(fixtures::shared_figures::digest("loose")));
    QTRY_VERIFY_WITH_TIMEOUT(question.answerText().contains(u"not known that everybody"_s), patience);
    QVERIFY(!question.proofs().isVisible());
    QVERIFY(allTexts(question).contains(u"No registry proved"_s));
}

void AccessPageTest::whoCanSeeWithoutAnAnswer_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing of that name") << QString() << u"there is no"_s;
    QTest::newRow("an older service") << u"unsupported"_s << u"too old"_s;
    QTest::newRow("anything else") << u"internal"_s << u"Not today.[U+202E]"_s;
}

void AccessPageTest::whoCanSeeWithoutAnAnswer()
{
    QFETCH(const QString, code);
    QFETCH(const QString, text);
    Rig rig(fixtures::shared(Rig::noon));
    fill(rig);
    if (!code.isEmpty())
        rig.client.fail(u"explainAccess"_s, CallError(code, u"Not today.\u202e"_s));
    rig.page->open(u"docker.io/library/none:1"_s);
    const AccessQuestion& question = rig.page->question();
    QTRY_VERIFY2_WITH_TIMEOUT(question.answerText().contains(text), qPrintable(question.answerText()), patience);
    QVERIFY(!question.views().isVisible());
}

void AccessPageTest::tellsWhatHinders_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("key");
    QTest::newRow("denied") << "denied"
                            << "no_permission";
    QTest::newRow("an older service") << "unsupported"
                                      << "wrong_version";
    QTest::newRow("anything else") << "internal"
                                   << "failed";
}

void AccessPageTest::tellsWhatHinders()
{
    QFETCH(const QString, code);
    QFETCH(const QString, key);
    Rig rig(fixtures::shared(Rig::noon));
    rig.client.hold(u"status"_s);
    rig.connectService();
    QCOMPARE(rig.stateKey(), u"loading"_s);
    emit rig.page->pane().pressed(StateButton::Stop);
    QCOMPARE(rig.stateKey(), u"failed"_s);
    rig.client.answer(u"status"_s);
    rig.client.fail(u"status"_s, CallError(code, u"It does not work today."_s));
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), key, patience);
    rig.client.answer(u"status"_s);
    emit rig.page->pane().pressed(StateButton::RetryNow);
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"ready"_s, patience);
    rig.client.fail(u"status"_s, CallError(code, u"It does not work today."_s));
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"partial"_s, patience);
}

void AccessPageTest::nothingIsTriedWhileTheConnectionIsLost()
{
    Rig rig(fixtures::typical(Rig::noon));
    fill(rig);
    rig.page->pins().setCurrentIndex(rig.page->pins().model()->index(0, 0));
    rig.page->question().field().setText(u"docker.io/library/alpine"_s);
    rig.loseService();
    QCOMPARE(rig.stateKey(), u"stale"_s);
    QVERIFY(rig.page->pins().model()->rowCount() > 0);
    for (const QPushButton* button : {&rig.page->unpinButton(), &rig.page->question().button()}) {
        QVERIFY(!button->isEnabled());
        QVERIFY(!button->toolTip().isEmpty());
    }
    rig.trigger("entry.unpin");
    rig.page->open(u"docker.io/library/alpine"_s);
    QCOMPARE(rig.client.mutatingCount(), 0);
    QCOMPARE(rig.client.count(u"explainAccess"_s), 0);
}

void AccessPageTest::modelsAreSound()
{
    Rig rig(fixtures::typical(Rig::noon));
    std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
    for (const RecordView* view : rig.page->findChildren<RecordView*>())
        testers.push_back(std::make_unique<QAbstractItemModelTester>(
            view->model(), QAbstractItemModelTester::FailureReportingMode::Fatal));
    QCOMPARE(testers.size(), 4U);
    fill(rig);
    rig.page->pins().sortByColumn(1, Qt::DescendingOrder);
    rig.page->refresh();
    rig.page->open(QString::fromStdString(rig.client.store->images.front().digest));
    QTRY_COMPARE_WITH_TIMEOUT(rig.client.openCount(), 0, patience);
    QTRY_VERIFY_WITH_TIMEOUT(rig.page->question().views().model()->rowCount() > 0, patience);
}

void AccessPageTest::namesOfOthersAreFitToShow()
{
    Rig rig(fixtures::hostile(Rig::noon));
    fill(rig);
    QVERIFY(rig.page->engines().model()->rowCount() > 3);
    for (const RecordView* view : {&rig.page->engines(), &rig.page->pins()})
        for (int row = 0; row < view->model()->rowCount(); ++row)
            for (int column = 0; column < view->model()->columnCount(); ++column)
                QVERIFY(isFitToShow(cell(*view, row, column)));
    for (const QLabel* label : rig.page->findChildren<QLabel*>()) {
        if (label->objectName().isEmpty() || label->objectName().startsWith(u"qt_"))
            continue;
        QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->objectName()));
    }
}

void AccessPageTest::everythingThatTakesTheFocusHasAName()
{
    Rig rig(fixtures::typical(Rig::noon));
    fill(rig);
    rig.page->open(QString::fromStdString(rig.client.store->images.front().digest));
    QTRY_VERIFY_WITH_TIMEOUT(rig.page->question().views().isVisible(), patience);
    QCOMPARE(namelessIn(*rig.page), QString());
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::AccessPageTest)
#include "access_page_test.moc"
