// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_filter.h"
#include "models/entry_order.h"

#include <span>
#include <stop_token>

namespace layerhold::gui {

inline constexpr std::uint32_t notShown = std::numeric_limits<std::uint32_t>::max();

/// Which entries are shown, in which order, and where each of them stands.
struct EntryRows
{
    std::vector<EntryId> ids;        ///< by row
    std::vector<std::uint32_t> rows; ///< by id; notShown, or beyond the end, for what is not shown

    std::uint32_t rowOf(EntryId id) const { return id < rows.size() ? rows[id] : notShown; }

    void findRows(std::size_t idCount); ///< `rows` anew, from `ids`
};

/// What a worker is to do.
struct EntryViewJob
{
    EntryColumns columns;
    EntryFilter filter;
    EntryOrder order;
    Moment now;
    std::vector<EntryId> candidates; ///< of a refinement: what is shown now, in that order
    bool isRefinement = false;       ///< only candidates can match, and their order stays
};

EntryRows makeRows(const EntryViewJob& job, const std::stop_token& stop);

/// How rows change when some entries did.
struct EntryMerge
{
    std::vector<std::uint32_t> changedRows; ///< that stay where they are, ascending
    std::vector<std::uint32_t> goneRows;    ///< ascending; of those that leave, or stand elsewhere afterwards
    std::vector<EntryId> added;             ///< in their order; to be put where they belong

    bool movesNothing() const { return goneRows.empty() && added.empty(); }
};

/// `changed` is sorted, each once.
EntryMerge planMerge(const EntryRows& rows, const EntryColumns& columns, const EntryFilter& filter, EntryOrder order,
                     Moment now, std::span<const EntryId> changed);
std::vector<EntryId> merged(const EntryRows& rows, const EntryColumns& columns, EntryOrder order,
                            const EntryMerge& merge);

} // namespace layerhold::gui
