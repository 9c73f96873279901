// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/app/whole_app.h"
#include "widgets/command_palette.h"
#include "widgets/details/details_panel.h"
#include "widgets/details/ways_view.h"
#include "widgets/pages/cleanup/plan_step.h"
#include "widgets/pages/cleanup/policy_step.h"
#include "widgets/pages/cleanup_page.h"
#include "widgets/pages/entries_page.h"
#include "widgets/pages/images_page.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QFile>
#include <QLineEdit>
#include <QLoggingCategory>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QShortcut>
#include <QTreeView>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;
using fixtures::shared_figures::digest;

namespace {

const CallError gone(u"unavailable"_s, u"The service is restarting."_s);

/// What was logged while it lives, debugging included; that of Qt itself, which tells all that is shown, is not ours.
class LogOfAll
{
public:
    LogOfAll()
    {
        text.clear();
        QLoggingCategory::setFilterRules(u"*.debug=true\nqt.*=false"_s);
        m_before = qInstallMessageHandler(
            [](QtMsgType, const QMessageLogContext&, const QString& message) { text += message + u'\n'; });
    }

    ~LogOfAll()
    {
        qInstallMessageHandler(m_before);
        QLoggingCategory::setFilterRules({});
    }

    LogOfAll(const LogOfAll&) = delete;
    LogOfAll& operator=(const LogOfAll&) = delete;

    static inline QString text;

private:
    QtMessageHandler m_before;
};

/// Views that the keys of entries work in.
QList<QAbstractItemView*> entryViewsOf(const WholeApp& app)
{
    QList<QAbstractItemView*> views;
    for (auto* view : app.page().findChildren<QAbstractItemView*>())
        if (view->isVisible() && view->actions().contains(app.context.actions().action(u"entry.planRemoval"_s)))
            views.append(view);
    return views;
}

/// How a page gets into what it can be in.
struct PageFacts
{
    const char* id;
    const char* call; ///< what it is nothing without; nullptr: all comes by itself
    const char* part; ///< what it is not whole without
    enum class Ending
    {
        Fails,
        IsStopped
    } ending; ///< how the part does not come
    bool hasFilter;
    bool canBeEmpty; ///< and says so by its pane
};

constexpr PageFacts pageFacts[] = {
    {"overview", "status", "policy", PageFacts::Ending::Fails, false, true},
    {"storage", "blobs", "blobs", PageFacts::Ending::Fails, false, true},
    {"entries", "blobs", "blobs", PageFacts::Ending::Fails, true, true},
    {"images", "images", "images", PageFacts::Ending::Fails, true, true},
    {"tags", "tags", "tags", PageFacts::Ending::Fails, true, true},
    {"metrics", "metrics", "history", PageFacts::Ending::Fails, false, true},
    {"cleanup", "policy", "planItems", PageFacts::Ending::IsStopped, false, false},
    {"trash", "trash", "trash", PageFacts::Ending::IsStopped, false, false},
    {"events", nullptr, nullptr, PageFacts::Ending::Fails, true, false},
    {"access", "status", "status", PageFacts::Ending::Fails, false, false},
};

/// What is to be seen of a state, in the one pane that is.
QString wrongWith(const WholeApp& app, const QString& key)
{
    const StateWords words = app.page().pane().words();
    if (words.key != key)
        return u"it is "_s + words.key;
    int panes = 0;
    for (const StatePane* pane : app.window.findChildren<StatePane*>())
        panes += pane->isVisible() ? 1 : 0;
    if (panes != 1)
        return u"%1 panes"_s.arg(panes);
    for (const auto& [name, form] : {std::pair("stateStrip", StateForm::Strip), {"stateMessage", StateForm::Message}})
        if (app.page().findChild<QWidget*>(QString::fromLatin1(name))->isVisible() != (words.form == form))
            return QString::fromLatin1(name);
    QList<int> shown;
    for (const QPushButton* button : app.page().pane().findChildren<QPushButton*>())
        if (const QVariant which = button->property("stateButton"); which.isValid() && button->isVisible()) {
            if (!button->isEnabled())
                return button->text();
            shown.append(which.toInt());
        }
    QList<int> wanted;
    for (const StateButton button : words.buttons)
        wanted.append(static_cast<int>(button));
    return shown == wanted ? QString() : u"buttons"_s;
}

#define VERIFY_STATE(key) QTRY_COMPARE_WITH_TIMEOUT(wrongWith(app, key), QString(), WholeApp::patience)

QStringList idsOf(const std::vector<Page*>& pages)
{
    QStringList ids;
    for (const Page* page : pages)
        ids.append(page->id());
    return ids;
}

} // namespace

/// All pages in one window, before a service that does what a test tells it.
class WholeAppTest final : public QObject
{
    Q_OBJECT

private slots:
    void everyPageTellsEveryState_data();
    void everyPageTellsEveryState();
    void keysAloneLeadFromConnectingToUndo();
    void aLoadThatIsCutOffGoesOn();
    void noOtherKeysThanThoseOfActions();
    void lettersAreLettersInEveryField();
    void delOnlyPlansOnEveryPage();
    void entitiesAreFoundByTwoWords();
    void secretsAreNowhere();
    void opensAndClosesAgainAndAgain();
    void quitsInTheMiddleOfALoad();
};

void WholeAppTest::everyPageTellsEveryState_data()
{
    QTest::addColumn<int>("place");
    int place = 0;
    for (const PageFacts& facts : pageFacts)
        QTest::newRow(facts.id) << place++;
}

void WholeAppTest::everyPageTellsEveryState()
{
    QFETCH(const int, place);
    const PageFacts& facts = pageFacts[place];
    // Only the large one has kept all metrics.
    WholeApp app(facts.id == u"metrics"_s ? fixtures::typical : fixtures::shared);
    FakeClient client(app.store);
    const auto showService = [&](CacheClient* service, std::optional<PageState> hindrance) {
        app.window.showService({.name = u"here"_s, .client = service, .hindrance = std::move(hindrance)});
    };
    const auto end = qScopeGuard([&] { showService(nullptr, {}); });
    const auto fail = [&client](const char* call, const char* code) {
        client.answer(QString::fromLatin1(call));
        client.fail(QString::fromLatin1(call), CallError(QString::fromLatin1(code), u"It does not work today."_s));
    };
    app.show(facts.id);
    // What the connection is in, before anything came.
    for (const PageState& state : std::vector<PageState>{
             state::NeverConnected{.address = u"/run/x.sock"_s}, state::Connecting{.step = u"Opening /run/x.sock"_s},
             state::NoPermission{.right = u"to connect"_s}, state::WrongVersion{.feature = u"plans"_s},
             state::Failed{.sentence = u"The index is damaged."_s}}) {
        showService(nullptr, state);
        VERIFY_STATE(wordsFor(state, app.context.format()).key);
    }
    if (facts.call) {
        client.hold(QString::fromLatin1(facts.call));
        showService(&client, {});
        VERIFY_STATE(u"loading"_s);
        for (const auto& [code, key] : {std::pair("denied", u"no_permission"_s),
                                        {"unsupported", u"wrong_version"_s},
                                        {"internal", u"failed"_s}}) {
            fail(facts.call, code);
            app.page().refresh();
            VERIFY_STATE(key);
        }
        client.answer(QString::fromLatin1(facts.call));
    }
    showService(&client, {});
    app.page().refresh();
    VERIFY_STATE(u"ready"_s);
    if (facts.hasFilter) {
        app.page().filterField()->setText(u"zzz"_s);
        VERIFY_STATE(u"nothing_matches"_s);
        emit app.page().pane().pressed(StateButton::ClearFilter);
        VERIFY_STATE(u"ready"_s);
    }
    if (facts.part) {
        if (app.page().id() == u"cleanup"_s) {
            app.page().open(u"preview"_s);
            VERIFY_STATE(u"ready"_s);
        }
        if (facts.ending == PageFacts::Ending::Fails)
            fail(facts.part, "internal");
        else
            client.hold(QString::fromLatin1(facts.part));
        // A plan that is there is left as it is by a refresh.
        if (app.page().id() == u"cleanup"_s)
            app.page().open(u"preview"_s);
        else
            app.page().refresh();
        if (facts.ending == PageFacts::Ending::IsStopped) {
            QTRY_VERIFY(client.openCount(QString::fromLatin1(facts.part)) > 0);
            app.page().stop();
        }
        VERIFY_STATE(u"partial"_s);
        client.answer(QString::fromLatin1(facts.part));
        app.page().refresh();
        VERIFY_STATE(u"ready"_s);
    }
    // What came stays to be seen.
    showService(nullptr, state::Stale{.asOf = WholeApp::noon, .retryAt = WholeApp::noon + std::chrono::seconds(4)});
    VERIFY_STATE(u"stale"_s);
    QCOMPARE(app.page().pane().words().form, StateForm::Strip);
    showService(&client, state::Snapshot{.source = u"ci-cache-01"_s, .takenAt = WholeApp::noon});
    VERIFY_STATE(u"snapshot"_s);
    if (facts.canBeEmpty) {
        *app.store = FakeStore();
        app.store->now = WholeApp::noon;
        showService(&client, {});
        app.page().refresh();
        VERIFY_STATE(u"empty_store"_s);
    }
}

void WholeAppTest::keysAloneLeadFromConnectingToUndo()
{
    WholeApp app(fixtures::shared);
    // An image that nothing keeps any more.
    const std::string tool = digest("toolA");
    std::erase_if(app.store->claims, [&](const ClaimRecord& claim) { return claim.digest == tool; });
    std::erase_if(app.store->tags, [&](const TagRecord& tag) { return tag.digest == tool; });
    std::ranges::find(app.store->images, tool, &ImageRecord::digest)->names.clear();
    app.store->settle();
    const StatusRecord before = app.store->currentStatus();

    app.refusal = gone;
    app.link.connectTo({}, app.places.target({}));
    QTRY_COMPARE_WITH_TIMEOUT(app.stateKey(), u"never_connected"_s, WholeApp::patience);
    press(Qt::Key_O, Qt::ControlModifier);
    QTRY_COMPARE(QApplication::activeWindow(), static_cast<QWidget*>(openDialog()));
    app.refusal.reset();
    press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(app.stateKey(), u"ready"_s, WholeApp::patience);
    // As window managers do once a dialog has closed.
    app.window.activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), static_cast<QWidget*>(&app.window));

    press(Qt::Key_4, Qt::ControlModifier);
    const auto* images = qobject_cast<const ImagesPage*>(&app.page());
    QVERIFY(images);
    QTRY_COMPARE_WITH_TIMEOUT(app.stateKey(), u"ready"_s, WholeApp::patience);
    press(Qt::Key_F, Qt::ControlModifier);
    type(QString::fromStdString(tool).mid(7, 12));
    QTRY_COMPARE(images->view().model()->rowCount(), 1);
    press(Qt::Key_Tab);
    QVERIFY(images->view().hasFocus());
    press(Qt::Key_Down);
    QCOMPARE(app.context.current().item().id, QString::fromStdString(tool));

    press(Qt::Key_W);
    const auto* details = app.window.findChild<DetailsPanel*>();
    QCOMPARE(details->tab(), DetailsTab::WhyKept);
    QTRY_VERIFY_WITH_TIMEOUT(details->ways().summary().contains(u"Nobody needs it"_s), WholeApp::patience);

    press(Qt::Key_Delete);
    auto* cleanup = qobject_cast<CleanupPage*>(&app.page());
    QVERIFY(cleanup);
    QCOMPARE(cleanup->policyStep().chosen(), QStringList{QString::fromStdString(tool)});
    QTRY_COMPARE_WITH_TIMEOUT(app.stateKey(), u"ready"_s, WholeApp::patience);
    QVERIFY(tabTo("planChosen"));
    press(Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(cleanup->planStep().isComplete(), WholeApp::patience);
    QCOMPARE(cleanup->planStep().removals().rowCount(), 1);
    QCOMPARE(app.client->mutatingCount(), 0);
    QVERIFY(tabTo("planContinue"));
    press(Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(cleanup->step(), CleanupPage::Step::Run, WholeApp::patience);
    QVERIFY(tabTo("runButton"));
    press(Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(cleanup->step(), CleanupPage::Step::Result, WholeApp::patience);
    QVERIFY(!app.store->find(tool));

    QTRY_VERIFY(app.context.actions().reason(u"cleanup.undo"_s).isEmpty());
    press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(app.store->find(tool), WholeApp::patience);
    QVERIFY(app.settle());
    const StatusRecord after = app.store->currentStatus();
    QCOMPARE(after.blobCount, before.blobCount);
    QCOMPARE(after.blobBytes, before.blobBytes);
    QCOMPARE(after.releasedBytes, before.releasedBytes);
}

void WholeAppTest::aLoadThatIsCutOffGoesOn()
{
    WholeApp app(fixtures::typical);
    app.batchSize = 100;
    app.mostListed = 2'000;
    QVERIFY(app.connect());
    app.show("entries");
    auto& entries = dynamic_cast<EntriesPage&>(app.page());
    const auto loaded = [&entries] { return static_cast<std::size_t>(entries.model().storedCount()); };
    QTRY_VERIFY_WITH_TIMEOUT(loaded() > 1000, WholeApp::patience);
    app.refusal = gone;
    app.client->breakConnection(gone);
    QTRY_COMPARE_WITH_TIMEOUT(app.stateKey(), u"stale"_s, WholeApp::patience);
    const std::size_t kept = loaded();
    QVERIFY(kept > 1000 && kept < app.store->blobs.size());
    QTRY_VERIFY_WITH_TIMEOUT(entries.model().rowCount() > 0, WholeApp::patience);
    const auto& stale = std::get<state::Stale>(entries.pane().state());
    QCOMPARE(stale.asOf, WholeApp::noon);
    QVERIFY(stale.retryAt > WholeApp::noon);
    QVERIFY(entries.pane().words().text.contains(u"Next try in"_s));
    QCOMPARE(app.context.actions().reason(u"cleanup.preview"_s), u"Disconnected since 12:00:00."_s);

    const std::uint64_t last = app.link.connection()->lastSequence().value_or(0);
    app.store->append({});
    app.mostListed = std::numeric_limits<std::size_t>::max();
    app.refusal.reset();
    app.context.requestConnect();
    QTRY_COMPARE_WITH_TIMEOUT(app.stateKey(), u"ready"_s, WholeApp::patience);
    QCOMPARE(loaded(), app.store->blobs.size());
    const auto& calls = app.client->calls();
    const auto follow = std::ranges::find(calls, u"followEvents"_s, &FakeClient::Call::name);
    QVERIFY(follow != calls.end());
    QCOMPARE(follow->arguments, last > 0 ? QStringList(QString::number(last)) : QStringList(QString()));
    QVERIFY(app.settle());
    // A gap, told as often as it likes, is one list more.
    const int lists = app.client->count(u"blobs"_s);
    app.window.noteGap({.firstMissing = 5, .lastMissing = 7});
    app.window.noteGap({.firstMissing = 8, .lastMissing = 9});
    QTRY_COMPARE_WITH_TIMEOUT(app.client->count(u"blobs"_s), lists + 1, WholeApp::patience);
    QVERIFY(app.settle());
    QCOMPARE(app.client->count(u"blobs"_s), lists + 1);
}

void WholeAppTest::noOtherKeysThanThoseOfActions()
{
    WholeApp app(fixtures::shared);
    QCOMPARE(idsOf(app.window.pages()), (QStringList{"overview", "storage", "entries", "images", "tags", "metrics",
                                                     "cleanup", "trash", "events", "access"}));
    QVERIFY(app.window.findChildren<QShortcut*>().isEmpty());
    QSet<const QAction*> known;
    QMap<QKeySequence, QString> owner;
    for (const ActionSpec& spec : app.context.actions().all()) {
        const QAction* action = app.context.actions().action(spec.id);
        known.insert(action);
        for (const QKeySequence& key : action->shortcuts()) {
            QVERIFY2(!owner.contains(key), qUtf8Printable(spec.id + u" and "_s + owner.value(key)));
            owner.insert(key, spec.id);
        }
    }
    QSet<const QAction*> inMenus;
    for (const QAction* menu : app.window.menuBar()->actions())
        for (const QAction* action : menu->menu()->actions())
            inMenus.insert(action);
    QVERIFY(inMenus.contains(known));
    for (const QAction* action : app.window.findChildren<QAction*>())
        QVERIFY2(known.contains(action) || action->shortcuts().isEmpty(), qUtf8Printable(action->text()));
    // Esc, Backspace, + and the like are keys of one action in all views.
    for (const QWidget* widget : app.window.findChildren<QWidget*>())
        for (const QAction* action : widget->actions())
            QVERIFY2(known.contains(action) || action->shortcuts().isEmpty(), qUtf8Printable(action->text()));
}

void WholeAppTest::lettersAreLettersInEveryField()
{
    WholeApp app(fixtures::shared);
    QVERIFY(app.connect());
    const QString letters = u"wutl/0-+ "_s;
    int fields = 0;
    for (const Page* page : app.window.pages()) {
        app.window.showPage(page->id());
        QVERIFY(app.settle());
        for (auto* field : page->findChildren<QLineEdit*>()) {
            if (!field->isVisible() || field->isReadOnly() || !field->isEnabled() || field->validator())
                continue;
            field->clear();
            field->setFocus();
            type(letters);
            QCOMPARE(field->text(), letters);
            QCOMPARE(app.window.currentPage(), page);
            field->clear();
            ++fields;
        }
    }
    QVERIFY(fields >= 5);
    QCOMPARE(app.client->mutatingCount(), 0);
}

void WholeAppTest::delOnlyPlansOnEveryPage()
{
    WholeApp app(fixtures::typical);
    QVERIFY(app.connect());
    int views = 0;
    for (const Page* page : app.window.pages()) {
        app.window.showPage(page->id());
        QVERIFY(app.settle());
        for (QAbstractItemView* view : entryViewsOf(app)) {
            app.window.showPage(page->id());
            view->setFocus();
            view->setCurrentIndex(view->model()->index(0, 0));
            if (!view->currentIndex().isValid())
                continue;
            QVERIFY(app.settle());
            const auto asked = app.client->calls().size();
            press(Qt::Key_Delete, Qt::ShiftModifier);
            QCOMPARE(app.window.currentPage(), page);
            QCOMPARE(app.client->calls().size(), asked);
            press(Qt::Key_Delete);
            QVERIFY(app.window.currentPage() == page || app.page().id() == u"cleanup"_s);
            QVERIFY(app.settle());
            ++views;
        }
    }
    QVERIFY(views >= 5);
    QCOMPARE(app.client->mutatingCount(), 0);
}

void WholeAppTest::entitiesAreFoundByTwoWords()
{
    WholeApp app(fixtures::shared);
    // As many names as a cache of a million entries has.
    constexpr int count = 50'000;
    const auto nameOf = [](int number) {
        return u"docker.io/team%1/app-%2:v3"_s.arg(number % 500).arg(number).toStdString();
    };
    const ImageRecord sample = app.store->images.front();
    app.store->images.clear();
    for (int number = 0; number < count; ++number) {
        ImageRecord image = sample;
        image.digest = "sha256:" + u"%1"_s.arg(number, 64, 16, QLatin1Char('0')).toStdString();
        image.names = {{"tag", nameOf(number), "", ""}};
        app.store->images.push_back(std::move(image));
    }
    app.batchSize = 5000;
    QVERIFY(app.connect());
    app.show("images");
    QVERIFY(app.settle());
    PaletteModel palette(app.context);
    qint64 longest = 0;
    for (int place = 0; place < 20; ++place) {
        const int number = place * (count / 20) + 17;
        QElapsedTimer time;
        time.start();
        palette.find(u"app-%1: team%2/"_s.arg(number).arg(number % 500));
        longest = std::max(longest, time.elapsed());
        QVERIFY(palette.rowCount() > 0);
        QCOMPARE(palette.index(0).data().toString(), QString::fromStdString(nameOf(number)));
        QVERIFY(palette.run(0, app.context));
        QCOMPARE(app.context.current().item().id, QString::fromStdString(app.store->images.at(number).digest));
    }
    qInfo("the palette finds one of %d names within %lld ms", count, static_cast<long long>(longest));
}

void WholeAppTest::secretsAreNowhere()
{
    const QString secret = u"hunter2-4711"_s;
    const LogOfAll log;
    QStringList texts;
    WholeApp app(fixtures::typical);
    const auto look = [&] {
        for (const QWidget* top : QApplication::topLevelWidgets())
            texts.append(top->windowTitle());
    };
    // What a careless service might say of a request that failed.
    const CallError careless(u"internal"_s,
                             u"GET https://ann:%1@registry.example.org/v2/?access_token=%1: Authorization: "
                             "Bearer %1, password=%1"_s.arg(secret));
    app.refusal = careless;
    app.link.connectTo(u"here"_s, app.places.target({}));
    QTRY_COMPARE_WITH_TIMEOUT(app.stateKey(), u"never_connected"_s, WholeApp::patience);
    look();
    app.refusal.reset();
    QVERIFY(app.connect());
    for (const char* call : {"status", "blobs", "images", "tags", "metrics", "policy", "trash", "history"})
        app.client->fail(QString::fromLatin1(call), careless);
    for (const Page* page : app.window.pages()) {
        app.window.showPage(page->id());
        QVERIFY(app.settle());
        look();
        emit page->pane().pressed(StateButton::CopyReport);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"layerhold-gui"_s));
        texts.append(QGuiApplication::clipboard()->text());
        emit page->pane().pressed(StateButton::Details);
        QDialog* details = openDialog();
        QVERIFY(details);
        texts.append(details->findChild<QPlainTextEdit*>()->toPlainText());
        details->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    app.window.close();
    QFile settings(app.folder.filePath(u"gui.conf"_s));
    QVERIFY(settings.open(QFile::ReadOnly));
    texts.append(QString::fromUtf8(settings.readAll()));
    texts.append(LogOfAll::text);
    const QStringList lines = texts.join(u'\n').split(u'\n');
    QVERIFY(!lines.filter(u"registry.example.org"_s).isEmpty());
    QCOMPARE(lines.filter(secret).join(u'\n'), QString());
}

void WholeAppTest::opensAndClosesAgainAndAgain()
{
    constexpr int times = 20;
    const auto open = [](int dialogs) {
        WholeApp app(fixtures::tiny);
        QVERIFY(app.connect());
        app.show("images");
        QVERIFY(app.settle());
        app.page().findChild<QTreeView*>()->setCurrentIndex(app.page().findChild<QTreeView*>()->model()->index(0, 0));
        for (int round = 0; round < dialogs; ++round) {
            for (const char* action : {"file.connections", "tools.preferences", "help.shortcuts", "help.about",
                                       "go.palette", "entry.pin", "entry.compare"}) {
                app.trigger(action);
                QVERIFY2(openDialog(), action);
                openDialog()->close();
            }
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        // The palette is kept.
        QCOMPARE(app.window.findChildren<QDialog*>().size(), 1);
    };
    open(times);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    const auto widgets = QApplication::allWidgets().size();
    for (int round = 1; round < times; ++round)
        open(1);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(QApplication::allWidgets().size(), widgets);
}

void WholeAppTest::quitsInTheMiddleOfALoad()
{
    for (const char* page : {"storage", "entries", "images", "tags", "metrics", "cleanup", "trash"}) {
        auto app = std::make_unique<WholeApp>(fixtures::typical);
        app->batchSize = 10;
        QVERIFY(app->connect());
        app->show(page);
        QCOMPARE(app->stateKey(), u"loading"_s);
        QElapsedTimer time;
        time.start();
        app->window.close();
        app.reset();
        qInfo("%s: gone after %lld ms", page, static_cast<long long>(time.elapsed()));
    }
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::WholeAppTest)
#include "whole_app_test.moc"
