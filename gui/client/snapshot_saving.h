// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/cache_client.h"

#include <QFuture>
#include <QString>

#include <cstdint>

namespace layerhold::gui {

/// What came of saving a snapshot.
struct SnapshotSaved
{
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0; ///< of the file
    bool hasAllClaims = false;
};

/// Asks `client` for all that the pages show and writes it to `file`, where nothing is to be seen until all of it is
/// there. What the service does not offer is left out, and told so by the snapshot; a connection that ends, and a disk
/// that refuses, end it. Cancelling the future does, too: then the file is as it was. `info`: hasAllClaims is found
/// out. Thread of use: the client's.
QFuture<SnapshotSaved> saveSnapshot(CacheClient& client, const SnapshotInfo& info, const QString& file,
                                    OnProgress onProgress);

} // namespace layerhold::gui
