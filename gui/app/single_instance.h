// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command_line.h"

#include <QDBusConnection>
#include <QObject>
#include <QString>
#include <QVariantMap>

namespace layerhold::gui {

/// One window for each session bus: the first process has the app's name there, by org.freedesktop.Application, and a
/// later one tells it what it was started for.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    enum class Role
    {
        First,  ///< others tell us
        Second, ///< the first one was told, and shows itself
        Alone   ///< there is no bus, or nobody answers on it
    };

    explicit SingleInstance(QDBusConnection bus, QObject* parent = nullptr);
    ~SingleInstance() override;

    /// `place`: what this process was to show. Waits for the first one's answer, a few seconds at most.
    Role claim(const Place& place);

    /// The action that takes a Place, as text.
    static QString openAction();
    /// The name and the object of the app on the bus.
    static QString busName();
    static QString objectPath();

signals:
    /// Somebody wants to see the window. `token`: what lets it come to the front, where that takes one; may be empty.
    void activated(const QString& token);
    /// Afterwards: and in it this place.
    void placeWanted(const layerhold::gui::Place& place);
    /// Afterwards: and in it this file.
    void fileWanted(const QString& file);

private:
    friend class ApplicationInterface;

    void activate(const QVariantMap& platformData);
    Role tellFirst(const Place& place);

    QDBusConnection m_bus;
    bool m_isFirst = false;
};

} // namespace layerhold::gui
