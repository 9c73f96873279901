// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/single_instance.h"

#include <QDBusAbstractAdaptor>
#include <QStringList>
#include <QVariantList>

namespace layerhold::gui {

/// org.freedesktop.Application of the Desktop Entry Specification: methods and types are named by it.
class ApplicationInterface final : public QDBusAbstractAdaptor
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")

public:
    explicit ApplicationInterface(SingleInstance& instance);

public slots:
    void Activate(const QVariantMap& platformData);
    void Open(const QStringList& uris, const QVariantMap& platformData);
    /// SingleInstance::openAction() takes a Place, as text; the actions of the desktop file are named as their pages
    /// are.
    void ActivateAction(const QString& action, const QVariantList& parameter, const QVariantMap& platformData);

private:
    SingleInstance& m_instance;
};

} // namespace layerhold::gui
