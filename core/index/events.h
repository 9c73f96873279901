// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/types.h"

#include <vector>

namespace layerhold::events {

/// Table events: a ring with sequence numbers that never repeat. Returns the sequence number.
std::uint64_t append(Connection& index, const Event& event);
/// As append, with the event's own sequence number.
void restore(Connection& index, const Event& event);
/// Events after `sequence`. A page ends before a hole, so that the next one can begin with the gap.
EventPage after(Connection& index, std::uint64_t sequence, std::size_t limit);
std::vector<Event> page(Connection& index, std::uint64_t after, std::size_t limit);
/// The highest number ever given out.
std::uint64_t last(Connection& index);
/// The next event gets a number above `sequence`.
void skipTo(Connection& index, std::uint64_t sequence);
/// Drops everything up to and including `sequence`.
void prune(Connection& index, std::uint64_t sequence);

} // namespace layerhold::events
