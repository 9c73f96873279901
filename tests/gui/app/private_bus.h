// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QProcess>
#include <QStandardPaths>
#include <QString>

namespace layerhold::gui::test {

/// A session bus that nobody else is on, and that ends with this object. To be started before anything asks for the
/// session bus.
class PrivateBus final
{
public:
    ~PrivateBus()
    {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }

    /// Why there is none; empty: the session bus of this process is this one.
    QString start()
    {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
        if (program.isEmpty())
            return QStringLiteral("dbus-daemon is not installed: nothing here is tested");
        m_daemon.start(program, {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--nopidfile"),
                                 QStringLiteral("--print-address")});
        while (m_daemon.waitForReadyRead(deadline))
            if (m_daemon.canReadLine()) {
                qputenv("DBUS_SESSION_BUS_ADDRESS", m_daemon.readLine().trimmed());
                return QDBusConnection::sessionBus().isConnected() ? QString()
                                                                   : QStringLiteral("the private bus does not answer");
            }
        return QStringLiteral("dbus-daemon does not start");
    }

    /// One more connection, as another program would have.
    static QDBusConnection connectAs(const char* name)
    {
        return QDBusConnection::connectToBus(QDBusConnection::SessionBus, QString::fromLatin1(name));
    }

private:
    static constexpr int deadline = 30'000; // ms
    QProcess m_daemon;
};

} // namespace layerhold::gui::test
