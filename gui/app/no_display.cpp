// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "app/no_display.h"

#include <QByteArray>
#include <QString>
#include <QtGlobal>

#include <cstdio>
#include <unistd.h>

namespace layerhold::gui {

namespace {

[[noreturn]] void endWithSentence()
{
    std::fputs("layerhold-gui: there is no display to open a window on: start it in a desktop session, or use the "
               "command line, layerhold.\n",
               stderr);
    std::fflush(stderr);
    // Nothing that is static is to be taken down while Qt is half made.
    _exit(1);
}

void onMessage(QtMsgType type, const QMessageLogContext& /*context*/, const QString& message)
{
    if (type == QtFatalMsg)
        endWithSentence();
    // What leads to it is in the sentence; anything else is for who looks for it.
    if (qEnvironmentVariableIsSet("QT_DEBUG_PLUGINS"))
        std::fprintf(stderr, "%s\n", qUtf8Printable(message));
}

} // namespace

NoDisplayGuard::NoDisplayGuard()
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM") && qEnvironmentVariableIsEmpty("DISPLAY") &&
        qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
        endWithSentence();
    qInstallMessageHandler(onMessage);
}

NoDisplayGuard::~NoDisplayGuard()
{
    qInstallMessageHandler(nullptr);
}

} // namespace layerhold::gui
