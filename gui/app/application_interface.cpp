// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "app/application_interface.h"

#include <QUrl>

namespace layerhold::gui {

ApplicationInterface::ApplicationInterface(SingleInstance& instance)
    : QDBusAbstractAdaptor(&instance)
    , m_instance(instance)
{}

void ApplicationInterface::Activate(const QVariantMap& platformData)
{
    m_instance.activate(platformData);
}

void ApplicationInterface::Open(const QStringList& uris, const QVariantMap& platformData)
{
    m_instance.activate(platformData);
    // There is one window, and it shows one cache.
    if (!uris.isEmpty())
        emit m_instance.fileWanted(QUrl(uris.first()).toLocalFile());
}

void ApplicationInterface::ActivateAction(const QString& action, const QVariantList& parameter,
                                          const QVariantMap& platformData)
{
    m_instance.activate(platformData);
    const bool namesPlace = action == SingleInstance::openAction();
    const Place place = parsePlace(namesPlace ? parameter.value(0).toString() : action.toLower());
    if (!place.page.isEmpty())
        emit m_instance.placeWanted(place);
}

} // namespace layerhold::gui
