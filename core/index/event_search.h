// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/types.h"

#include <optional>
#include <string>
#include <vector>

namespace layerhold::events {

/// The newest events about one thing, ascending. Reads the whole ring.
std::vector<Event> newestAbout(Connection& index, const std::string& subject, std::size_t limit);
/// What took the bytes of a blob away until then, newest first; not what came back from the trash. May read the whole
/// ring.
std::vector<Event> newestLosses(Connection& index, const std::string& subject, TimePoint until, std::size_t limit);
/// The oldest event that is kept.
std::optional<Event> oldest(Connection& index);

} // namespace layerhold::events
