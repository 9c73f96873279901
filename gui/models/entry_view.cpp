// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/entry_view.h"

#include "models/entry_matcher.h"

#include <algorithm>

namespace layerhold::gui {

namespace {

constexpr std::size_t rowsBetweenStops = 16384;

} // namespace

void EntryRows::findRows(std::size_t idCount)
{
    rows.assign(idCount, notShown);
    for (std::uint32_t row = 0; row < ids.size(); ++row)
        rows[ids[row]] = row;
}

EntryRows makeRows(const EntryViewJob& job, const std::stop_token& stop)
{
    EntryRows result;
    EntryMatcher matcher(job.filter, job.columns, job.now);
    const std::size_t count = job.isRefinement ? job.candidates.size() : job.columns.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (i % rowsBetweenStops == 0 && stop.stop_requested())
            return {};
        const EntryId id = job.isRefinement ? job.candidates[i] : static_cast<EntryId>(i);
        if (job.columns[id].isStored && matcher.matches(id))
            result.ids.push_back(id);
    }
    if (!job.isRefinement)
        sortEntries(job.columns, job.order, result.ids);
    result.findRows(job.columns.size());
    return result;
}

EntryMerge planMerge(const EntryRows& rows, const EntryColumns& columns, const EntryFilter& filter, EntryOrder order,
                     Moment now, std::span<const EntryId> changed)
{
    EntryMerge merge;
    EntryMatcher matcher(filter, columns, now);
    bool isOutOfOrder = false;
    for (const EntryId id : changed) {
        const std::uint32_t row = rows.rowOf(id);
        const bool isWanted = columns[id].isStored && matcher.matches(id);
        if (row == notShown) {
            if (isWanted)
                merge.added.push_back(id);
            continue;
        }
        if (!isWanted) {
            merge.goneRows.push_back(row);
            continue;
        }
        merge.changedRows.push_back(row);
        isOutOfOrder |= row > 0 && precedes(columns, order, id, rows.ids[row - 1]);
        isOutOfOrder |= row + 1 < rows.ids.size() && precedes(columns, order, rows.ids[row + 1], id);
    }
    std::sort(merge.goneRows.begin(), merge.goneRows.end());
    // Beside one that leaves the neighbour is another one afterwards.
    const auto isGone = [&merge](std::uint32_t row) {
        return std::binary_search(merge.goneRows.begin(), merge.goneRows.end(), row);
    };
    isOutOfOrder |= std::any_of(merge.changedRows.begin(), merge.changedRows.end(),
                                [&](std::uint32_t row) { return isGone(row - 1) || isGone(row + 1); });
    if (isOutOfOrder) {
        // Those that did not change are in order among themselves, whatever happened to the others.
        for (const std::uint32_t row : merge.changedRows)
            merge.added.push_back(rows.ids[row]);
        merge.goneRows.insert(merge.goneRows.end(), merge.changedRows.begin(), merge.changedRows.end());
        merge.changedRows.clear();
        std::sort(merge.goneRows.begin(), merge.goneRows.end());
    }
    std::sort(merge.changedRows.begin(), merge.changedRows.end());
    const auto isBefore = [&](EntryId left, EntryId right) { return precedes(columns, order, left, right); };
    if (!std::is_sorted(merge.added.begin(), merge.added.end(), isBefore))
        std::sort(merge.added.begin(), merge.added.end(), isBefore);
    return merge;
}

std::vector<EntryId> merged(const EntryRows& rows, const EntryColumns& columns, EntryOrder order,
                            const EntryMerge& merge)
{
    std::vector<EntryId> kept;
    kept.reserve(rows.ids.size());
    auto from = rows.ids.begin();
    for (const std::uint32_t gone : merge.goneRows) {
        const auto to = rows.ids.begin() + gone;
        kept.insert(kept.end(), from, to);
        from = to + 1;
    }
    kept.insert(kept.end(), from, rows.ids.end());

    std::vector<EntryId> result;
    result.reserve(kept.size() + merge.added.size());
    auto next = kept.begin();
    for (const EntryId id : merge.added) {
        const auto place = std::upper_bound(
            next, kept.end(), id, [&](EntryId one, EntryId other) { return precedes(columns, order, one, other); });
        result.insert(result.end(), next, place);
        result.push_back(id);
        next = place;
    }
    result.insert(result.end(), next, kept.end());
    return result;
}

} // namespace layerhold::gui
