// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "app/screenshot_tour.h"

#include <QCoreApplication>

#ifdef LAYERHOLD_HAS_FIXTURES

#include "gui/support/fake_client.h"
#include "gui/support/fixtures.h"
#include "widgets/page.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QPixmap>
#include <QThread>

#include <map>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

constexpr auto longestWait = 10s;
constexpr auto settling = 300ms;

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

/// Until all that was asked is answered (events are followed without end), and what follows from it is painted.
void settle(const test::FakeClient& client)
{
    QDeadlineTimer deadline(longestWait);
    QDeadlineTimer quiet(settling);
    while (!deadline.hasExpired() && !quiet.hasExpired()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(5);
        if (client.openCount() > client.openCount(QStringLiteral("followEvents")))
            quiet.setRemainingTime(settling);
    }
}

} // namespace

QString takeScreenshotTour(MainWindow& window, Theme& theme, const QString& folder, const QString& fixture)
{
    const auto store = storeOf(fixture);
    if (!store)
        return QStringLiteral("there is no fixture %1: tiny, shared, typical, tags, hostile").arg(fixture);
    if (!QDir().mkpath(folder))
        return QStringLiteral("%1 cannot be made").arg(folder);
    test::FakeClient client(store);
    window.showService({.name = fixture, .text = QStringLiteral("Fixture"), .client = &client});
    window.show();
    QString problem;
    for (const Page* page : window.pages()) {
        window.showPage(page->id());
        for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
            theme.apply(choice);
            settle(client);
            const QString file =
                QStringLiteral("%1/%2-%3.png")
                    .arg(folder, page->id(),
                         choice == ThemeChoice::Light ? QStringLiteral("light") : QStringLiteral("dark"));
            if (!window.grab().save(file))
                problem = QStringLiteral("%1 cannot be written").arg(file);
        }
    }
    window.showService({});
    return problem;
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
