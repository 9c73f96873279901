// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace layerhold::gui {

/// Which cache is meant.
struct Target
{
    enum class Absent
    {
        Fail,
        Create
    };
    QString socket; ///< the API socket of a daemon: this one and nothing else
    QString root;   ///< when there is no socket: the cache of this directory, through its daemon if it has one
    Absent absent = Absent::Fail; ///< what to do when there is no cache in `root`
    QString snapshot = {};        ///< when it is set: this file, and no cache

    bool isSocket() const { return !socket.isEmpty(); }

    bool isSnapshot() const { return !snapshot.isEmpty(); }

    QString name() const { return isSnapshot() ? snapshot : isSocket() ? socket : root; }
};

} // namespace layerhold::gui
