// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "app/command_line.h"

#include <algorithm>
#include <array>

namespace layerhold::gui {

namespace {

struct Option
{
    const char* name;
    const char* value; ///< nullptr: it has none
    const char* text;
    QString CommandLine::*field;
};

constexpr std::array options{
    Option{"--connect", "SOCKET", "Connect to the service with this API socket.", &CommandLine::socket},
    Option{"--root", "DIR", "Use the cache in this directory: through its service, or, without one, in this process.",
           &CommandLine::root},
    Option{"--snapshot", "FILE", "Open this snapshot of a cache, to read.", &CommandLine::snapshot},
    Option{"--open", "PAGE[:ENTITY]", "Show this page first, and on it an image, tag or digest.", &CommandLine::open},
    Option{"--screenshot-tour", "DIR", "Write a picture of every page, light and dark, to this directory, and quit.",
           &CommandLine::tour},
    Option{"--fixture", "NAME", "With --screenshot-tour: the made-up cache to show. Only builds with tests have these.",
           &CommandLine::fixture},
    Option{"--version", nullptr, "Print the version.", nullptr},
    Option{"--help", nullptr, "Print this.", nullptr},
};

constexpr qsizetype column = 28;

QString helpText()
{
    QString text =
        QStringLiteral("layerhold-gui [OPTION...]: see and clean up the cache of your container engines\n\n");
    for (const Option& option : options) {
        QString name = QString::fromLatin1(option.name);
        if (option.value)
            name += QLatin1Char(' ') + QLatin1String(option.value);
        text += QStringLiteral("  %1 %2\n").arg(name, -column).arg(QLatin1String(option.text));
    }
    return text + QStringLiteral(
                      "\nOptions of Qt, such as -style and -platform, are understood, too. More: man layerhold-gui\n");
}

CommandLine wrong(const QString& what)
{
    return {.task = CommandLine::Task::Wrong,
            .text = QStringLiteral("layerhold-gui: %1. Try layerhold-gui --help.\n").arg(what)};
}

} // namespace

Place parsePlace(const QString& text)
{
    // Digests and references have colons of their own.
    const qsizetype colon = text.indexOf(QLatin1Char(':'));
    if (colon < 0)
        return {.page = text};
    return {.page = text.left(colon), .entity = text.mid(colon + 1)};
}

QString toText(const Place& place)
{
    return place.entity.isEmpty() ? place.page : place.page + QLatin1Char(':') + place.entity;
}

CommandLine parseCommandLine(const QStringList& arguments)
{
    CommandLine parsed;
    for (qsizetype place = 1; place < arguments.size(); ++place) {
        const QString& argument = arguments[place];
        const qsizetype equals = argument.indexOf(QLatin1Char('='));
        const QString name = equals < 0 ? argument : argument.left(equals);
        if (name == QLatin1String("--help") || name == QLatin1String("-h"))
            return {.task = CommandLine::Task::Help, .text = helpText()};
        if (name == QLatin1String("--version"))
            return {.task = CommandLine::Task::Version,
                    .text = QStringLiteral("layerhold-gui %1\n").arg(QStringLiteral(LAYERHOLD_VERSION))};
        const Option* found = nullptr;
        for (const Option& option : options)
            if (name == QLatin1String(option.name))
                found = &option;
        if (!found)
            return wrong(QStringLiteral("there is no option %1").arg(argument));
        if (equals < 0 && place + 1 == arguments.size())
            return wrong(QStringLiteral("%1 needs %2").arg(name, QLatin1String(found->value)));
        parsed.*found->field = equals < 0 ? arguments[++place] : argument.mid(equals + 1);
        if ((parsed.*found->field).isEmpty())
            return wrong(QStringLiteral("%1 needs %2").arg(name, QLatin1String(found->value)));
    }
    const auto isGiven = [](const QString& value) { return !value.isEmpty(); };
    if (std::ranges::count_if(std::array{parsed.socket, parsed.root, parsed.snapshot}, isGiven) > 1)
        return wrong(QStringLiteral("--connect, --root and --snapshot exclude each other"));
    if (parsed.tour.isEmpty() != parsed.fixture.isEmpty())
        return wrong(QStringLiteral("--screenshot-tour and --fixture need each other"));
    return parsed;
}

} // namespace layerhold::gui
