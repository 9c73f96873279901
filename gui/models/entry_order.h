// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_columns.h"

#include <Qt>

namespace layerhold::gui {

enum class EntryColumn
{
    Digest,
    Kind,
    MediaType,
    Repositories,
    Names,
    Size,
    Freed,
    Users,
    FirstSeen,
    LastUsed,
    AccessCount,
    State,
    Kept,
    Origin,
    Refetch
};

inline constexpr int entryColumnCount = static_cast<int>(EntryColumn::Refetch) + 1;

/// Equal ones are in the ascending order of their digests, whatever the direction. What is not known is the least.
struct EntryOrder
{
    EntryColumn column = EntryColumn::Digest;
    Qt::SortOrder direction = Qt::AscendingOrder;

    friend bool operator==(const EntryOrder&, const EntryOrder&) = default;
};

/// Whether `left` is to stand before `right`.
bool precedes(const EntryColumns& columns, EntryOrder order, EntryId left, EntryId right);

/// Sorts as precedes() says, many at once.
void sortEntries(const EntryColumns& columns, EntryOrder order, std::vector<EntryId>& ids);

} // namespace layerhold::gui
