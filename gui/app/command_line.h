// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace layerhold::gui {

/// A page of the window, and what is to be shown on it.
struct Place
{
    QString page = {};   ///< empty: the one that is there
    QString entity = {}; ///< an image, a tag or a digest; may be empty
};

/// PAGE[:ENTITY]
Place parsePlace(const QString& text);
QString toText(const Place& place);

/// What the app is started with.
struct CommandLine
{
    enum class Task
    {
        Run,
        Help,
        Version,
        Wrong ///< `text` says what
    };
    Task task = Task::Run;
    QString text = {};     ///< of Help, Version and Wrong, with its line end
    QString socket = {};   ///< --connect
    QString root = {};     ///< --root
    QString snapshot = {}; ///< --snapshot: a file
    QString open = {};     ///< --open: a Place
    QString tour = {};     ///< --screenshot-tour: where the pictures go
    QString fixture = {};  ///< --fixture
};

/// Needs neither an application nor a display.
CommandLine parseCommandLine(const QStringList& arguments);

} // namespace layerhold::gui
