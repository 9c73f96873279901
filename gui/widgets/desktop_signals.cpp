// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/desktop_signals.h"

#include "widgets/icons.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QVariantMap>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

constexpr auto longWork = 10s;

} // namespace

void notifyIfLong(const Job& job)
{
    if (job.finishedAt() - job.startedAt() < longWork)
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("/org/freedesktop/Notifications"),
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
    // Some servers take the text for markup.
    call << QStringLiteral("Layerhold") << 0U << applicationId() << job.title() << job.outcome().toHtmlEscaped()
         << QStringList() << QVariantMap{{QStringLiteral("desktop-entry"), applicationId()}} << -1;
    bus.send(call);
}

void showTaskbarProgress(std::optional<double> ratio)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage signal =
        QDBusMessage::createSignal(QStringLiteral("/io/layerhold/layerhold"),
                                   QStringLiteral("com.canonical.Unity.LauncherEntry"), QStringLiteral("Update"));
    signal << QStringLiteral("application://%1.desktop").arg(applicationId())
           << QVariantMap{{QStringLiteral("progress"), ratio.value_or(0)},
                          {QStringLiteral("progress-visible"), ratio.has_value()}};
    bus.send(signal);
}

} // namespace layerhold::gui
