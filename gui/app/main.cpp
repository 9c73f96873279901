// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "app/command_line.h"
#include "app/default_target.h"
#include "app/no_display.h"
#include "app/screenshot_tour.h"
#include "app/service_link.h"
#include "app/single_instance.h"
#include "client/remote_client.h"
#include "models/plain_text.h"
#include "models/translations.h"
#include "widgets/icons.h"
#include "widgets/main_window.h"
#include "widgets/pages/all_pages.h"

#include <QApplication>

#include <cstdio>
#include <memory>
#include <optional>

namespace layerhold::gui {

namespace {

constexpr int usageError = 2;

Target targetOf(const CommandLine& line, const UsualPlaces& places, const Settings& settings)
{
    if (line.socket.isEmpty() && line.root.isEmpty())
        return places.target(settings.lastSocket());
    Target target;
    target.socket = line.socket;
    target.root = line.root;
    return target;
}

void show(MainWindow& window, const Place& place)
{
    if (!place.page.isEmpty() && !window.showPage(place.page, place.entity))
        window.showNotice(
            QCoreApplication::translate("layerhold::gui::Main", "There is no page “%1”.").arg(plainText(place.page)));
}

/// Does for others what they would have started a window for.
void serve(const SingleInstance& instance, MainWindow& window, ServiceLink& link)
{
    QObject::connect(&instance, &SingleInstance::activated, &window, [&window](const QString& token) {
        if (!token.isEmpty())
            qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
        window.raiseToFront();
    });
    QObject::connect(&instance, &SingleInstance::placeWanted, &window,
                     [&window](const Place& place) { show(window, place); });
    QObject::connect(&instance, &SingleInstance::fileWanted, &link, &ServiceLink::openSnapshot);
}

int takeTour(QApplication& app, const CommandLine& line)
{
    // Shows what everybody would see, and leaves nothing behind.
    Settings settings({});
    AppContext context(settings, {.locale = QLocale::system()});
    Theme theme(app);
    MainWindow window(context, theme);
    addPages(window, context);
    const QString problem = takeScreenshotTour(window, theme, line.tour, line.fixture);
    if (!problem.isEmpty())
        std::fprintf(stderr, "layerhold-gui: %s.\n", qUtf8Printable(problem));
    return problem.isEmpty() ? 0 : 1;
}

int run(QApplication& app, const CommandLine& line)
{
    const Place place = parsePlace(line.open);
    SingleInstance instance(QDBusConnection::sessionBus());
    // A cache that is named may be another one than the first window shows.
    const bool isUsual = line.socket.isEmpty() && line.root.isEmpty() && line.snapshot.isEmpty();
    if (isUsual && instance.claim(place) == SingleInstance::Role::Second)
        return 0;
    Settings settings(Settings::defaultFile());
    AppContext context(settings, {.locale = QLocale::system()});
    Theme theme(app);
    MainWindow window(context, theme);
    addPages(window, context);
    const UsualPlaces places = UsualPlaces::ofThisUser();
    auto link = std::make_unique<ServiceLink>(window, context, RemoteClient::open, places);
    serve(instance, window, *link);
    window.restoreAndShow();
    show(window, place);
    if (line.snapshot.isEmpty())
        link->connectTo(QString(), targetOf(line, places, settings));
    else
        link->openSnapshot(line.snapshot);
    const int code = QApplication::exec();
    link.reset();
    RemoteClient::waitForAll();
    return code;
}

std::optional<int> answerWithoutDisplay(const CommandLine& line)
{
    switch (line.task) {
    case CommandLine::Task::Help:
    case CommandLine::Task::Version:
        std::fputs(qUtf8Printable(line.text), stdout);
        return 0;
    case CommandLine::Task::Wrong:
        std::fputs(qUtf8Printable(line.text), stderr);
        return usageError;
    case CommandLine::Task::Run:
        break;
    }
    return std::nullopt;
}

QStringList toList(int argc, char** argv)
{
    QStringList arguments;
    for (int place = 0; place < argc; ++place)
        arguments.append(QString::fromLocal8Bit(argv[place]));
    return arguments;
}

} // namespace

} // namespace layerhold::gui

int main(int argc, char** argv)
{
    using namespace layerhold::gui;
    // Asked first with all arguments, where Qt's own look wrong: only help and version end here.
    CommandLine line = parseCommandLine(toList(argc, argv));
    if (line.task == CommandLine::Task::Help || line.task == CommandLine::Task::Version)
        return *answerWithoutDisplay(line);
    QCoreApplication::setApplicationName(QStringLiteral("layerhold-gui"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LAYERHOLD_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Layerhold"));
    QGuiApplication::setDesktopFileName(applicationId());
    std::optional<QApplication> app;
    {
        const NoDisplayGuard guard;
        app.emplace(argc, argv);
    }
    const Translations translations(QLocale::system());
    // Qt has taken out what it understands.
    line = parseCommandLine(QCoreApplication::arguments());
    if (const auto code = answerWithoutDisplay(line))
        return *code;
    return line.tour.isEmpty() ? run(*app, line) : takeTour(*app, line);
}
