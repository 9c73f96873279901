// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_columns.h"

#include <span>
#include <stop_token>

namespace layerhold::gui {

struct EntryTotals
{
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0;
};

/// One line of the sidebar of filters.
struct FacetLine
{
    QString label;
    QString condition; ///< of the filter language
    EntryTotals all;
    EntryTotals matching;
};

struct Facet
{
    QString title;
    std::vector<FacetLine> lines;
};

/// What there is, and how much of it the filter shows. An entry with several holders counts for each.
struct EntryFacets
{
    EntryTotals all;
    EntryTotals matching;
    std::vector<Facet>
        facets; ///< kind, state, why kept, idle for, size, re-fetchable; without lines that nothing is in
};

/// Takes a while: for workers. Stopped, it returns what it has.
EntryFacets countFacets(const EntryColumns& columns, std::span<const EntryId> matching, Moment now,
                        const std::stop_token& stop);

} // namespace layerhold::gui
