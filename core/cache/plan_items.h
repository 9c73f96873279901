// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/plans.h"
#include "layerhold/cleanup.h"

#include <string>
#include <utility>
#include <vector>

namespace layerhold {

/// What the row of a plan says besides its items: the plan itself, and the holders that its items name by number.
struct PlanBody
{
    Plan plan;
    std::vector<std::string> holders; ///< "engine main", from number 1
};

PlanRow toRow(const PlanBody& body);
/// Error{Corrupted} for a row that no version has written.
PlanBody planFromRow(const PlanRow& row);

/// An item for people, with the sentence that its numbers mean.
PlanItem planItem(const PackedItem& packed, const PlanBody& body);

RunRow toRow(const CleanupRun& run);
CleanupRun runFromRow(const RunRow& row);

} // namespace layerhold
