// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/change.h"
#include "index/tags.h"
#include "layerhold/tags.h"

#include <string>

/// What happens to tags, as parts of a change that may hold more.
namespace layerhold::tag_changes {

/// Who moves a tag, and why.
struct Mover
{
    TagCause cause = TagCause::Manual;
    std::string by = {};
};

/// Makes, moves or validates the tag, with history, claim, checkpoint records and event.
TagRow put(Change& change, const TagOptions& options, const std::string& reference, const Digest& digest,
           const Mover& mover);
/// Nobody has validated it any more, until the next put. False when there is none.
bool invalidate(Change& change, const std::string& reference);
/// False when there was none.
bool remove(Change& change, const TagOptions& options, const std::string& reference, const Mover& mover);

} // namespace layerhold::tag_changes
