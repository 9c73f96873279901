// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_filter.h"
#include "widgets/page_state.h"

#include <optional>

namespace layerhold::gui {

/// What a filter asks for that the service does not tell of lists, so that entries may be missing; unset: nothing.
std::optional<state::Partial> unknownOf(const EntryFilter& filter);

} // namespace layerhold::gui
