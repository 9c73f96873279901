// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_columns.h"
#include "models/entry_filter.h"

namespace layerhold::gui {

/// A filter over one set of columns, which outlives it, at one moment. Remembers its verdicts about texts, so that a
/// row costs little. Thread of use: one.
class EntryMatcher
{
public:
    EntryMatcher(const EntryFilter& filter, const EntryColumns& columns, Moment now);
    ~EntryMatcher();

    bool matches(EntryId id);

private:
    class Term;

    std::vector<Term> m_terms;
};

} // namespace layerhold::gui
