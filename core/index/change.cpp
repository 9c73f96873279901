// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/change.h"

#include "index/events.h"

namespace layerhold {

void Change::event(std::string_view kind, std::string subject, std::string engine, std::string detail,
                   std::uint64_t bytes)
{
    m_lastEvent = events::append(
        m_index, Event{0, m_now, std::string(kind), std::move(subject), std::move(engine), std::move(detail), bytes});
}

} // namespace layerhold
