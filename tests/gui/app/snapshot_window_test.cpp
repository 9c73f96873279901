// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "app/service_link.h"
#include "client/snapshot_file.h"
#include "gui/support/fake_client.h"
#include "gui/support/fixtures.h"
#include "widgets/pages/all_pages.h"
#include "widgets/pages/events_page.h"
#include "widgets/pages/metrics_page.h"
#include "widgets/state_widgets.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>

namespace layerhold::gui::test {

constexpr int deadline = 60'000; // ms
const Moment noon{std::chrono::hours(500'004)};

/// The app, with a service that the test scripts.
struct App
{
    explicit App(Moment now, std::shared_ptr<FakeStore> data = {})
        : clock(now)
        , store(std::move(data))
    {
        addPages(window, context);
        window.show();
        window.findChild<MetricsPage*>()->setForm(MetricsPage::Form::Table);
    }

    QFuture<std::shared_ptr<CacheClient>> open(const Target& /*target*/)
    {
        QPromise<std::shared_ptr<CacheClient>> promise;
        promise.start();
        if (store) {
            service = std::make_shared<FakeClient>(store);
            promise.addResult(std::shared_ptr<CacheClient>(service));
        } else {
            promise.setException(CallError(QStringLiteral("unavailable"), QStringLiteral("There is none.")));
        }
        promise.finish();
        return promise.future();
    }

    void connectService()
    {
        Target target;
        target.socket = QStringLiteral("/run/layerhold/api.sock");
        link.connectTo({}, target);
    }

    Page& page(const QString& id)
    {
        window.showPage(id);
        return *window.currentPage();
    }

    QString reason(const char* action)
    {
        context.actions().update();
        return context.actions().reason(QString::fromLatin1(action));
    }

    QString notice() const { return window.findChild<QWidget*>(QStringLiteral("notice"))->accessibleName(); }

    QString save(const QString& name = QStringLiteral("cache.lhsnap"))
    {
        QString file = folder.filePath(name);
        emit window.snapshotSaveRequested(file);
        return file;
    }

    const Job* lastJob() { return context.jobs().all().empty() ? nullptr : context.jobs().all().back(); }

    bool isSaved() { return lastJob() && lastJob()->state() == Job::State::Done; }

    QTemporaryDir folder;
    Moment clock;
    std::shared_ptr<FakeStore> store;
    std::shared_ptr<FakeClient> service;
    Settings settings{folder.filePath(QStringLiteral("gui.conf"))};
    AppContext context{settings, {.locale = QLocale::c(), .zone = QTimeZone::utc(), .now = [this] { return clock; }}};
    Theme theme{*static_cast<QApplication*>(QCoreApplication::instance())};
    MainWindow window{context, theme};
    ServiceLink link{window, context, [this](const Target& target) { return open(target); }, UsualPlaces()};
};

namespace {

void addRows(QStringList& told, const QAbstractItemModel& model, const QModelIndex& parent = {})
{
    const int rows = model.rowCount(parent);
    told.append(QString::number(rows));
    // Of large tables a part, as they are looked at again and again.
    for (int row = 0; row < rows; row += std::max(1, rows / 100)) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(parent); ++column)
            cells.append(model.index(row, column, parent).data().toString());
        told.append(cells.join(QStringLiteral(" | ")));
        addRows(told, model, model.index(row, 0, parent));
    }
}

/// Everything that a page says, but for its state, and but for whom one talks to.
QStringList toldBy(const Page& page)
{
    QStringList told;
    for (const auto* view : page.findChildren<QAbstractItemView*>())
        if (view->model() && view->objectName() != QLatin1String("qt_scrollarea_viewport"))
            addRows(told, *view->model());
    static const QSet<QString> others{QStringLiteral("identity"), QStringLiteral("rights")};
    for (const auto* label : page.findChildren<QLabel*>()) {
        const bool isState = qobject_cast<const StateStrip*>(label->parentWidget()) != nullptr;
        if (!isState && label->isVisibleTo(&page) && !others.contains(label->objectName()))
            told.append(label->text());
    }
    return told;
}

/// Where the second says something else than the first; empty: nowhere.
QString differenceOf(const Page& was, const Page& is)
{
    const QStringList first = toldBy(was);
    const QStringList second = toldBy(is);
    for (qsizetype i = 0; i < std::max(first.size(), second.size()); ++i)
        if (first.value(i) != second.value(i) || i >= first.size() || i >= second.size())
            return QStringLiteral("%1, %2: “%3” and then “%4”")
                .arg(was.id())
                .arg(i)
                .arg(first.value(i), second.value(i));
    return {};
}

} // namespace

/// What a snapshot shows in the window.
class SnapshotWindowTest final : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatTheServiceShowed_data();
    void showsWhatTheServiceShowed();
    void tellsOfWhatItIs();
    void showsTheEventsOfThen();
    void disablesWhatChangesTheCache();
    void aFilterThatMatchesNothingIsTold();
    void aBadFileLeavesTheConnection();
    void aBadFileAtTheStartIsTold();
    void comesBackToTheService();
    void savingIsAJob();
    void aSnapshotIsNotSavedAgain();
    void holdsNothingOfTheConnection();
};

void SnapshotWindowTest::showsWhatTheServiceShowed_data()
{
    QTest::addColumn<std::shared_ptr<FakeStore>>("store");
    QTest::newRow("tiny") << fixtures::tiny(noon);
    QTest::newRow("tags") << fixtures::tags(noon);
    QTest::newRow("typical") << fixtures::typical(noon);
    QTest::newRow("hostile") << fixtures::hostile(noon);
}

void SnapshotWindowTest::showsWhatTheServiceShowed()
{
    QFETCH(const std::shared_ptr<FakeStore>, store);
    App before(noon, store);
    before.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(before.service && before.link.connection()->client(), deadline);
    const QString file = before.save();
    QTRY_VERIFY_WITH_TIMEOUT(before.isSaved(), deadline);
    // Elsewhere, and later: what was three days ago is so still.
    App after(noon + std::chrono::days(40));
    after.link.openSnapshot(file);
    QTRY_VERIFY_WITH_TIMEOUT(after.link.connection()->client(), deadline);
    for (const Page* each : before.window.pages()) {
        if (each->id() == QLatin1String("events"))
            continue;
        Page& was = before.page(each->id());
        Page& is = after.page(each->id());
        QTRY_VERIFY_WITH_TIMEOUT(
            before.service->openCount() == before.service->openCount(QStringLiteral("followEvents")), deadline);
        QTRY_COMPARE_WITH_TIMEOUT(differenceOf(was, is), QString(), deadline);
        QCOMPARE(is.badge(), was.badge());
        QVERIFY(is.pane().connection().has_value());
    }
    // Nothing is the same as nothing, too.
    const QString digest = shortDigest(store->blobs.front().digest);
    QVERIFY(toldBy(after.page(QStringLiteral("entries"))).join(QLatin1Char(' ')).contains(digest));
    QCOMPARE(before.service->mutatingCount(), 0);
}

void SnapshotWindowTest::tellsOfWhatItIs()
{
    App app(noon, fixtures::tiny(noon));
    app.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(app.link.connection()->client(), deadline);
    const QString file = app.save(QStringLiteral("ticket 7.lhsnap"));
    QTRY_VERIFY_WITH_TIMEOUT(app.isSaved(), deadline);
    emit app.window.snapshotOpenRequested(file);
    QTRY_COMPARE_WITH_TIMEOUT(app.window.currentPage()->pane().words().key, QStringLiteral("snapshot"), deadline);
    const StateWords words = app.page(QStringLiteral("access")).pane().words();
    QCOMPARE(words.title,
             QStringLiteral("Snapshot of %1, %2").arg(QSysInfo::machineHostName(), app.context.format().date(noon)));
    QVERIFY(app.window.windowTitle().contains(QStringLiteral("ticket 7.lhsnap")));
    QTRY_VERIFY_WITH_TIMEOUT(app.window.currentPage()
                                 ->findChild<QLabel*>(QStringLiteral("identity"))
                                 ->text()
                                 .startsWith(QStringLiteral("This is a snapshot of the cache")),
                             deadline);
    QCOMPARE(app.settings.lastSocket(), QStringLiteral("/run/layerhold/api.sock"));
}

void SnapshotWindowTest::showsTheEventsOfThen()
{
    const auto store = fixtures::typical(noon);
    App app(noon, store);
    app.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(app.link.connection()->client(), deadline);
    const QString file = app.save();
    QTRY_VERIFY_WITH_TIMEOUT(app.isSaved(), deadline);
    const auto& model = app.window.findChild<EventsPage*>()->model();
    app.window.showPage(QStringLiteral("events"));
    for (int time = 0; time < 2; ++time) {
        app.link.openSnapshot(file);
        QTRY_VERIFY_WITH_TIMEOUT(app.link.connection()->client() && app.link.connection()->client()->snapshot(),
                                 deadline);
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), static_cast<int>(store->events.size()), deadline);
    }
}

void SnapshotWindowTest::disablesWhatChangesTheCache()
{
    App app(noon, fixtures::tiny(noon));
    app.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(app.link.connection()->client(), deadline);
    const QString file = app.save();
    QTRY_VERIFY_WITH_TIMEOUT(app.isSaved(), deadline);
    app.link.openSnapshot(file);
    Page& entries = app.page(QStringLiteral("entries"));
    QTRY_COMPARE_WITH_TIMEOUT(entries.pane().words().key, QStringLiteral("snapshot"), deadline);
    auto* table = entries.findChild<QTableView*>();
    QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, deadline);
    table->selectRow(0);
    table->setCurrentIndex(table->model()->index(0, 0));
    const QString readOnly = QStringLiteral("This is a snapshot: it is only to read.");
    for (const char* action : {"entry.pin", "entry.planRemoval", "cleanup.preview"})
        QCOMPARE(app.reason(action), readOnly);
    for (const char* action : {"view.refresh", "entry.whyKept", "entry.usedBy", "entry.copyDigest"})
        QTRY_COMPARE_WITH_TIMEOUT(app.reason(action), QString(), deadline);
    app.page(QStringLiteral("cleanup"));
    for (const char* action : {"cleanup.preview", "cleanup.undo"})
        QCOMPARE(app.reason(action), readOnly);
    for (const char* button : {"restoreTrash", "removeNow", "emptyTrash"})
        QVERIFY2(!app.page(QStringLiteral("trash")).findChild<QPushButton*>(QString::fromLatin1(button))->isEnabled(),
                 button);
    // By whatever way a plan is asked for, it is refused with a sentence.
    app.window.showPage(QStringLiteral("cleanup"), QStringLiteral("preview"));
    QTRY_COMPARE_WITH_TIMEOUT(app.window.currentPage()->pane().words().text,
                              QStringLiteral("This is a snapshot: only a service can make a plan."), deadline);
}

void SnapshotWindowTest::aFilterThatMatchesNothingIsTold()
{
    App app(noon, fixtures::tiny(noon));
    app.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(app.link.connection()->client(), deadline);
    const QString file = app.save();
    QTRY_VERIFY_WITH_TIMEOUT(app.isSaved(), deadline);
    app.link.openSnapshot(file);
    Page& entries = app.page(QStringLiteral("entries"));
    QTRY_COMPARE_WITH_TIMEOUT(entries.pane().words().key, QStringLiteral("snapshot"), deadline);
    entries.filterField()->setText(QStringLiteral("size>900TiB"));
    QTRY_COMPARE_WITH_TIMEOUT(entries.pane().words().key, QStringLiteral("nothing_matches"), deadline);
    QVERIFY(entries.pane().findChild<StateStrip*>()->isVisible());
    QVERIFY(entries.pane().findChild<StateMessage*>()->isVisible());
    QTest::mouseClick(entries.pane().findChild<StateMessage*>()->findChild<QPushButton*>(), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(entries.pane().words().key, QStringLiteral("snapshot"), deadline);
}

void SnapshotWindowTest::aBadFileLeavesTheConnection()
{
    App app(noon, fixtures::tiny(noon));
    app.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(app.link.connection()->client(), deadline);
    const CacheClient* client = app.link.connection()->client();
    app.link.openSnapshot(app.settings.lastSocket());
    QTRY_VERIFY_WITH_TIMEOUT(app.notice().contains(QStringLiteral("api.sock cannot be opened")), deadline);
    QCOMPARE(app.link.connection()->client(), client);
    QCOMPARE(app.context.format().now(), noon);
}

void SnapshotWindowTest::aBadFileAtTheStartIsTold()
{
    App app(noon);
    const QString file = app.folder.filePath(QStringLiteral("letter.lhsnap"));
    QFile letter(file);
    QVERIFY(letter.open(QIODevice::WriteOnly) && letter.write("Dear all,\n") > 0);
    letter.close();
    app.link.openSnapshot(file);
    const StatePane& pane = app.window.currentPage()->pane();
    QTRY_COMPARE_WITH_TIMEOUT(pane.words().key, QStringLiteral("failed"), deadline);
    QCOMPARE(pane.words().text, QStringLiteral("letter.lhsnap is not a snapshot of Layerhold."));
    app.link.openSnapshot(file + u'x');
    QTRY_VERIFY_WITH_TIMEOUT(pane.words().text.startsWith(QStringLiteral("letter.lhsnapx cannot be opened")), deadline);
}

void SnapshotWindowTest::comesBackToTheService()
{
    App app(noon, fixtures::tiny(noon));
    app.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(app.link.connection()->client(), deadline);
    const QString file = app.save();
    QTRY_VERIFY_WITH_TIMEOUT(app.isSaved(), deadline);
    app.clock += std::chrono::hours(5);
    app.link.openSnapshot(file);
    QTRY_VERIFY_WITH_TIMEOUT(app.link.connection()->client() && app.link.connection()->client()->snapshot(), deadline);
    QCOMPARE(app.context.format().now(), noon);
    app.connectService();
    QTRY_COMPARE_WITH_TIMEOUT(app.window.currentPage()->pane().words().key, QStringLiteral("ready"), deadline);
    QCOMPARE(app.context.format().now(), noon + std::chrono::hours(5));
    QCOMPARE(app.reason("cleanup.preview"), QString());
    QCOMPARE(app.reason("file.saveSnapshot"), QString());
}

void SnapshotWindowTest::savingIsAJob()
{
    App app(noon, fixtures::tiny(noon));
    QVERIFY(!app.reason("file.saveSnapshot").isEmpty());
    QCOMPARE(app.reason("file.openSnapshot"), QString());
    app.save();
    QVERIFY(!app.lastJob());
    app.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(app.link.connection()->client(), deadline);
    app.service->hold(QStringLiteral("blobs"));
    const QString file = app.save();
    QVERIFY(app.lastJob()->isRunning());
    QCOMPARE(app.lastJob()->title(), QStringLiteral("Save snapshot cache.lhsnap"));
    QTRY_VERIFY_WITH_TIMEOUT(app.service->openCount(QStringLiteral("blobs")) > 0, deadline);
    app.context.jobs().all().back()->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(app.lastJob()->state(), Job::State::Stopped, deadline);
    QVERIFY(!QFile::exists(file));
    QCOMPARE(app.notice(), QString());

    app.service->answer(QStringLiteral("blobs"));
    app.save();
    QTRY_VERIFY_WITH_TIMEOUT(app.isSaved(), deadline);
    QVERIFY2(app.lastJob()->outcome().startsWith(QStringLiteral("12 entries are in ")),
             qUtf8Printable(app.lastJob()->outcome()));
    app.save(QStringLiteral("no/such/folder.lhsnap"));
    QTRY_COMPARE_WITH_TIMEOUT(app.lastJob()->state(), Job::State::Failed, deadline);
    QVERIFY2(app.notice().startsWith(QStringLiteral("The snapshot was not saved: ")), qUtf8Printable(app.notice()));
}

void SnapshotWindowTest::aSnapshotIsNotSavedAgain()
{
    App app(noon, fixtures::tiny(noon));
    app.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(app.link.connection()->client(), deadline);
    const QString file = app.save();
    QTRY_VERIFY_WITH_TIMEOUT(app.isSaved(), deadline);
    app.link.openSnapshot(file);
    QTRY_VERIFY_WITH_TIMEOUT(app.link.connection()->client() && app.link.connection()->client()->snapshot(), deadline);
    QCOMPARE(app.reason("file.saveSnapshot"), QStringLiteral("This is a snapshot already: copy its file."));
    QVERIFY(!QFile::exists(app.save(QStringLiteral("other.lhsnap"))));
}

void SnapshotWindowTest::holdsNothingOfTheConnection()
{
    const QByteArray token = "hunter2-c0ffee";
    App app(noon, fixtures::tiny(noon));
    app.settings.setConnections(
        {{QStringLiteral("with ") + QString::fromLatin1(token), QStringLiteral("/run/x.sock")}});
    Target target;
    target.socket = QStringLiteral("/run/") + QString::fromLatin1(token);
    app.link.connectTo(QString::fromLatin1(token), target);
    QTRY_VERIFY_WITH_TIMEOUT(app.link.connection()->client(), deadline);
    const QString file = app.save();
    QTRY_VERIFY_WITH_TIMEOUT(app.isSaved(), deadline);
    const SnapshotContents contents = readSnapshot(file);
    RecordEncoder all;
    all.put(contents.info);
    all.put(contents.version);
    all.put(contents.status);
    all.put(contents.gaps);
    QVERIFY(!all.bytes().contains(token));
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::SnapshotWindowTest)
#include "snapshot_window_test.moc"
