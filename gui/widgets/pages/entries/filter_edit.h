// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/time_axis.h"
#include "models/entry_filter.h"

#include <optional>

/// Changes to a filter that a click stands for. Conditions are texts of the filter language (FacetLine::condition,
/// EntryModel::ConditionRole); what is none, or empty, changes nothing.
namespace layerhold::gui {

/// Whether the filter asks for this condition, alone or among others that it lets through as well.
bool hasCondition(const EntryFilter& filter, const QString& condition);

/// On when it was off, and the other way round. Codes of one key add up (kind:layer,config), of the classes of a number
/// one holds at a time, and "released" takes the place of who keeps it.
EntryFilter withConditionToggled(const EntryFilter& filter, const QString& condition);

/// The condition for entries whose last use lies in this time.
QString usedWithin(const TimeRange& range);

/// Only what meets the condition, in place of what the filter said of the same thing.
EntryFilter filteredBy(const EntryFilter& filter, const QString& condition);
/// Nothing that meets it.
EntryFilter filteredOut(const EntryFilter& filter, const QString& condition);

} // namespace layerhold::gui
