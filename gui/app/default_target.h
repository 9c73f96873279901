// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/target.h"

#include <QString>

namespace layerhold::gui {

/// Where a service or a cache is when nobody says. Nothing of it need exist.
struct UsualPlaces
{
    QString systemSocket;
    QString ownSocket; ///< of a service that the user runs; empty: there is no place for one
    QString root;      ///< of the cache: the system's for root, else the user's own
    QString ownRoot;   ///< the same, where it is the user's own; else empty

    static UsualPlaces ofThisUser();

    /// The API socket that is there without any setting: the system's, or, where there is none, the user's own.
    QString socket() const;

    /// The socket that was used last, else the usual one; and where no service listens, the cache of the usual
    /// directory when there is one. Nothing is ever made.
    Target target(const QString& lastSocket) const;

    /// The user's own cache, which is made when it is not there.
    Target ownCache() const;

    /// What names this target to a command of layerhold in a shell; empty: without, it goes there.
    QString commandFlags(const Target& target) const;
};

} // namespace layerhold::gui
