// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace layerhold::test {

/// A TCP port of 127.0.0.1 that was free a moment ago.
int freePort();

/// Whether somebody accepts on the address right now.
bool acceptsOnPort(int port);
bool acceptsOnSocket(const QString& path);

/// A connected descriptor, or -1. The caller closes it.
int connectToPort(int port);
int connectToSocket(const QString& path);

} // namespace layerhold::test
