// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "app/single_instance.h"

#include "app/application_interface.h"
#include "widgets/icons.h"

#include <QDBusConnectionInterface>
#include <QDBusMessage>

namespace layerhold::gui {

namespace {

constexpr int longestAnswer = 5'000; // ms

const QString tokenKey = QStringLiteral("activation-token");

} // namespace

SingleInstance::SingleInstance(QDBusConnection bus, QObject* parent)
    : QObject(parent)
    , m_bus(std::move(bus))
{
    new ApplicationInterface(*this);
}

SingleInstance::~SingleInstance()
{
    if (!m_isFirst)
        return;
    m_bus.unregisterService(busName());
    m_bus.unregisterObject(objectPath());
}

QString SingleInstance::busName()
{
    return applicationId();
}

QString SingleInstance::openAction()
{
    return QStringLiteral("open");
}

QString SingleInstance::objectPath()
{
    return QLatin1Char('/') + applicationId().replace(QLatin1Char('.'), QLatin1Char('/'));
}

SingleInstance::Role SingleInstance::claim(const Place& place)
{
    if (!m_bus.isConnected())
        return Role::Alone;
    // The object goes before the name: whoever sees the name may call at once.
    if (!m_bus.registerObject(objectPath(), this, QDBusConnection::ExportAdaptors))
        return Role::Alone;
    const auto reply = m_bus.interface()->registerService(busName(), QDBusConnectionInterface::DontQueueService,
                                                          QDBusConnectionInterface::DontAllowReplacement);
    m_isFirst = reply.isValid() && reply.value() == QDBusConnectionInterface::ServiceRegistered;
    if (m_isFirst)
        return Role::First;
    m_bus.unregisterObject(objectPath());
    return tellFirst(place);
}

SingleInstance::Role SingleInstance::tellFirst(const Place& place)
{
    const bool hasPage = !place.page.isEmpty();
    QDBusMessage call =
        QDBusMessage::createMethodCall(busName(), objectPath(), QStringLiteral("org.freedesktop.Application"),
                                       hasPage ? QStringLiteral("ActivateAction") : QStringLiteral("Activate"));
    if (hasPage)
        call << openAction() << QVariant(QVariantList{toText(place)});
    // What the desktop gave this process to come to the front with, it hands on.
    QVariantMap platformData;
    if (const QString token = qEnvironmentVariable("XDG_ACTIVATION_TOKEN"); !token.isEmpty())
        platformData.insert(tokenKey, token);
    call << platformData;
    const QDBusMessage answer = m_bus.call(call, QDBus::Block, longestAnswer);
    return answer.type() == QDBusMessage::ReplyMessage ? Role::Second : Role::Alone;
}

void SingleInstance::activate(const QVariantMap& platformData)
{
    emit activated(platformData.value(tokenKey).toString());
}

} // namespace layerhold::gui
