// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "app/default_target.h"

#include "models/plan_command.h"

#include <QFileInfo>
#include <QStandardPaths>

#include <unistd.h>

namespace layerhold::gui {

namespace {

Target socketTarget(const QString& socket)
{
    Target target;
    target.socket = socket;
    return target;
}

} // namespace

UsualPlaces UsualPlaces::ofThisUser()
{
    UsualPlaces places;
    places.systemSocket = QStringLiteral("/run/layerhold/api.sock");
    if (const QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation); !folder.isEmpty())
        places.ownSocket = folder + QStringLiteral("/layerhold/api.sock");
    if (geteuid() != 0)
        places.ownRoot =
            QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/layerhold");
    places.root = places.ownRoot.isEmpty() ? QStringLiteral("/var/lib/layerhold") : places.ownRoot;
    return places;
}

QString UsualPlaces::socket() const
{
    if (!QFileInfo::exists(systemSocket) && !ownSocket.isEmpty() && QFileInfo::exists(ownSocket))
        return ownSocket;
    return systemSocket;
}

Target UsualPlaces::target(const QString& lastSocket) const
{
    if (!lastSocket.isEmpty() && QFileInfo::exists(lastSocket))
        return socketTarget(lastSocket);
    if (QFileInfo::exists(socket()) || !QFileInfo::exists(root))
        return socketTarget(socket());
    Target target;
    target.root = root;
    return target;
}

Target UsualPlaces::ownCache() const
{
    Target target;
    target.root = ownRoot;
    target.absent = Target::Absent::Create;
    return target;
}

QString UsualPlaces::commandFlags(const Target& target) const
{
    // Commands take the cache of the usual directory, and ask the service that has it.
    const QString& usualSocket = ownRoot.isEmpty() ? systemSocket : ownSocket;
    if (target.isSocket())
        return target.socket == usualSocket ? QString() : QStringLiteral("--api-socket ") + shellWord(target.socket);
    return target.root == root ? QString() : QStringLiteral("--root ") + shellWord(target.root);
}

} // namespace layerhold::gui
