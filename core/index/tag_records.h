// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/change.h"
#include "index/tags.h"

#include <optional>

namespace layerhold {

/// Tags as records of the checkpoint log, and back. nullopt for a record that is none or makes no sense.
CheckpointRecord recordOf(const TagRow& row);
CheckpointRecord recordOf(const TagMoveRow& row);
std::optional<TagRow> tagOf(const CheckpointRecord& record);
std::optional<TagMoveRow> tagMoveOf(const CheckpointRecord& record);

} // namespace layerhold
