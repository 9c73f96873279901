// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/content/engine_server.h"
#include "service/rpc/unix_listener.h"

#include <optional>
#include <string>

namespace layerhold::service {

/// The id of a group; nullopt for the empty name. InvalidArgument when there is no such group.
std::optional<gid_t> findGroup(const std::string& name);

/// How a socket of ours is made: for root and our own user, and for the members of `group` when there is one. The mode
/// keeps others out; the predicate does so again by the peer's identity, which no chmod changes.
ListenOptions socketFor(const std::string& path, std::optional<gid_t> group);
PeerPredicate peersOf(std::optional<gid_t> group);

/// Logs that anybody may use the socket file of a service manager, whose mode is not ours to choose.
void warnIfOpenToAll(const std::string& path, const Log& log);

} // namespace layerhold::service
