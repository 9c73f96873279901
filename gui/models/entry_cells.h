// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_order.h"
#include "models/format.h"

namespace layerhold::gui {

/// What people read of one entry, fit for one line. What is not known is "–".
QString entryText(const EntryColumns& columns, const Format& format, EntryId id, EntryColumn column);
/// The same with exact bytes, ISO times, all names and the meaning of codes; may have several lines.
QString entryToolTip(const EntryColumns& columns, const Format& format, EntryId id, EntryColumn column);
/// The same for other programs: whole digests, plain numbers, ISO times; empty when it is not known. One line, whole.
QString entryValue(const EntryColumns& columns, const Format& format, EntryId id, EntryColumn column);
/// The condition of the filter language that this entry meets with its value of the column; empty when there is none.
QString entryCondition(const EntryColumns& columns, EntryId id, EntryColumn column);

QString entryColumnTitle(EntryColumn column);
QString entryColumnToolTip(EntryColumn column);
bool isNumberColumn(EntryColumn column); ///< to be aligned to the right

} // namespace layerhold::gui
