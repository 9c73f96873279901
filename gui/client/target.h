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

    bool isSocket() const { return !socket.isEmpty(); }

    QString name() const { return isSocket() ? socket : root; }
};

} // namespace layerhold::gui
