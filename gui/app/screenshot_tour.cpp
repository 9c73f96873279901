// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "app/screenshot_tour.h"

#include <QCoreApplication>

#ifdef LAYERHOLD_HAS_FIXTURES

#include "gui/support/fake_client.h"
#include "gui/support/fixtures.h"
#include "widgets/page.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QDeadlineTimer>
#include <QDir>
#include <QLineEdit>
#include <QPixmap>
#include <QTableView>
#include <QThread>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

constexpr auto longestWait = 10s;
constexpr auto settling = 200ms;
constexpr auto painting = 50ms;

std::shared_ptr<test::FakeStore> storeOf(const QString& fixture)
{
    using Make = std::shared_ptr<test::FakeStore> (*)(Moment);
    static const std::map<QString, Make> makers{{QStringLiteral("tiny"), test::fixtures::tiny},
                                                {QStringLiteral("shared"), test::fixtures::shared},
                                                {QStringLiteral("typical"), test::fixtures::typical},
                                                {QStringLiteral("tags"), test::fixtures::tags},
                                                {QStringLiteral("hostile"), test::fixtures::hostile}};
    const auto maker = makers.find(fixture);
    return maker == makers.end() ? nullptr : maker->second(Format::systemNow());
}

/// The window with one fixture, page by page.
class Tour
{
public:
    Tour(MainWindow& window, Theme& theme, QString folder, QString fixture)
        : m_window(window)
        , m_theme(theme)
        , m_folder(std::move(folder))
        , m_fixture(std::move(fixture))
    {
        m_window.show();
    }

    ~Tour() { m_window.showService({}); }

    void takePages();
    void takeCleanup();
    void takeStates();

    /// Empty: all went well.
    QString problem() const { return m_problems.join(QStringLiteral(", ")); }

private:
    void connectTo(std::optional<PageState> hindrance = std::nullopt);
    void begin();
    void chooseFirst(const Page& page);
    void press(const char* button);
    void settle();
    bool wait(const std::function<bool()>& until);
    void takeState(const QString& key, const std::function<void(const Page&)>& bring);
    void picture(const QString& name);

    void fail(const QString& problem) { m_problems.append(problem); }

    MainWindow& m_window;
    Theme& m_theme;
    QString m_folder;
    QString m_fixture;
    std::shared_ptr<test::FakeStore> m_store;
    std::unique_ptr<test::FakeClient> m_client;
    QStringList m_problems;
};

/// A service of its own, whose answers can be changed before it is shown.
void Tour::begin()
{
    m_window.showService({});
    m_store = storeOf(m_fixture);
    m_client = std::make_unique<test::FakeClient>(m_store);
}

void Tour::connectTo(std::optional<PageState> hindrance)
{
    m_window.showService({.name = m_fixture,
                          .text = QStringLiteral("Fixture"),
                          .client = hindrance ? nullptr : m_client.get(),
                          .hindrance = std::move(hindrance)});
}

bool Tour::wait(const std::function<bool()>& until)
{
    const QDeadlineTimer deadline(longestWait);
    while (!until() && !deadline.hasExpired()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(5);
    }
    return until();
}

/// Until all that was asked is answered (events are followed without end), and what follows from it is painted.
void Tour::settle()
{
    QDeadlineTimer quiet(settling);
    const auto isQuiet = [&] {
        if (m_client->openCount() > m_client->openCount(QStringLiteral("followEvents")))
            quiet.setRemainingTime(settling);
        return quiet.hasExpired();
    };
    if (!wait(isQuiet))
        fail(QStringLiteral("%1 is not answered").arg(m_fixture));
}

void Tour::picture(const QString& name)
{
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        m_theme.apply(choice);
        const QDeadlineTimer painted(painting);
        wait([&] { return painted.hasExpired(); });
        const QString kind = choice == ThemeChoice::Light ? QStringLiteral("light") : QStringLiteral("dark");
        const QString file = QStringLiteral("%1/%2-%3.png").arg(m_folder, name, kind);
        if (!m_window.grab().save(file))
            fail(QStringLiteral("%1 cannot be written").arg(file));
    }
}

/// So that the details of something are seen.
void Tour::chooseFirst(const Page& page)
{
    for (auto* view : page.findChildren<QAbstractItemView*>()) {
        if (!view->isVisible() || !view->model() || view->model()->rowCount() == 0)
            continue;
        view->setCurrentIndex(view->model()->index(0, 0));
        return;
    }
}

void Tour::takePages()
{
    static const QStringList withDetails{QStringLiteral("storage"), QStringLiteral("entries"), QStringLiteral("images"),
                                         QStringLiteral("tags")};
    begin();
    connectTo();
    for (const Page* page : m_window.pages()) {
        m_window.showPage(page->id());
        settle();
        if (withDetails.contains(page->id())) {
            chooseFirst(*page);
            settle();
        }
        picture(page->id());
    }
}

void Tour::press(const char* button)
{
    auto* found = m_window.findChild<QAbstractButton*>(QString::fromLatin1(button));
    if (!found || !wait([&] { return found->isEnabled(); })) {
        fail(QStringLiteral("%1 cannot be pressed").arg(QLatin1String(button)));
        return;
    }
    found->click();
    settle();
}

void Tour::takeCleanup()
{
    begin();
    connectTo();
    m_window.showPage(QStringLiteral("cleanup"), QStringLiteral("preview"));
    settle();
    picture(QStringLiteral("cleanup-plan"));
    if (!m_window.findChild<QAbstractButton*>(QStringLiteral("planContinue"))->isEnabled())
        return; // There is nothing to remove.
    press("planContinue");
    picture(QStringLiteral("cleanup-run"));
    press("runButton");
    picture(QStringLiteral("cleanup-result"));
}

void Tour::takeState(const QString& key, const std::function<void(const Page&)>& bring)
{
    begin();
    m_window.showPage(QStringLiteral("entries"));
    const Page& page = *m_window.currentPage();
    page.filterField()->clear();
    bring(page);
    if (!wait([&] { return page.pane().words().key == key; }))
        fail(QStringLiteral("entries are %1 instead of %2").arg(page.pane().words().key, key));
    picture(QStringLiteral("entries-") + key);
    page.filterField()->clear();
}

void Tour::takeStates()
{
    const Moment now = Format::systemNow();
    takeState(QStringLiteral("never_connected"), [](const Page& /*page*/) {});
    takeState(QStringLiteral("connecting"), [&](const Page& /*page*/) {
        connectTo(state::Connecting{.step = QStringLiteral("Asking for the version"), .since = now - 5s});
    });
    takeState(QStringLiteral("loading"), [&](const Page& page) {
        m_client->batchSize = std::max(1, static_cast<int>(m_store->blobs.size()) / 100);
        const auto* rows = page.findChild<QTableView*>()->model();
        const auto hold = [this] { m_client->hold(QStringLiteral("blobs")); };
        QObject::connect(rows, &QAbstractItemModel::rowsInserted, m_client.get(), hold);
        QObject::connect(rows, &QAbstractItemModel::layoutChanged, m_client.get(), hold);
        connectTo();
        wait([&] { return rows->rowCount() > 0; });
    });
    takeState(QStringLiteral("empty_store"), [&](const Page& /*page*/) {
        m_store->blobs.clear();
        connectTo();
        settle();
    });
    const auto filtered = [&](const char* filter) {
        return [this, filter](const Page& page) {
            connectTo();
            settle();
            page.filterField()->setText(QString::fromLatin1(filter));
        };
    };
    takeState(QStringLiteral("nothing_matches"), filtered("size>5TiB"));
    takeState(QStringLiteral("partial"), filtered("kept:engine"));
    takeState(QStringLiteral("stale"), [&](const Page& /*page*/) {
        connectTo();
        settle();
        connectTo(state::Stale{.asOf = now, .retryAt = now + 5s});
    });
    const auto failing = [&](const char* code) {
        return [this, code](const Page& /*page*/) {
            m_client->fail(QStringLiteral("blobs"),
                           CallError(QString::fromLatin1(code), QStringLiteral("It does not work today.")));
            connectTo();
        };
    };
    takeState(QStringLiteral("no_permission"), failing("denied"));
    takeState(QStringLiteral("wrong_version"), failing("unsupported"));
    takeState(QStringLiteral("failed"), failing("internal"));
    takeState(QStringLiteral("snapshot"), [&](const Page& /*page*/) {
        m_window.showService({.name = m_fixture,
                              .client = m_client.get(),
                              .hindrance = state::Snapshot{.source = QStringLiteral("ci-cache-01"), .takenAt = now}});
        settle();
    });
}

} // namespace

QString takeScreenshotTour(MainWindow& window, Theme& theme, const QString& folder, const QString& fixture)
{
    if (!storeOf(fixture))
        return QStringLiteral("there is no fixture %1: tiny, shared, typical, tags, hostile").arg(fixture);
    if (!QDir().mkpath(folder))
        return QStringLiteral("%1 cannot be made").arg(folder);
    Tour tour(window, theme, folder, fixture);
    tour.takePages();
    tour.takeStates();
    tour.takeCleanup();
    return tour.problem();
}

} // namespace layerhold::gui

#else

namespace layerhold::gui {

QString takeScreenshotTour(MainWindow& /*window*/, Theme& /*theme*/, const QString& /*folder*/,
                           const QString& /*fixture*/)
{
    return QStringLiteral("this build has no fixtures to show: only builds with tests do");
}

} // namespace layerhold::gui

#endif
