// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/entries/entry_states.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace layerhold::gui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::EntriesPage)
};

/// Codes of kept: that are known of every entry.
constexpr std::array knownHolders{QLatin1String("any"), QLatin1String("none"), QLatin1String("pin"),
                                  QLatin1String("tag")};

bool asksForUnknownHolder(const FilterTerm& term)
{
    return term.key == FilterKey::Kept && std::ranges::any_of(term.values, [](const FilterValue& value) {
               return std::ranges::find(knownHolders, value.text) == knownHolders.end();
           });
}

} // namespace

std::optional<state::Partial> unknownOf(const EntryFilter& filter)
{
    for (const FilterTerm& term : filter.terms) {
        if (asksForUnknownHolder(term))
            return state::Partial{.missing = Texts::tr("who keeps each entry"),
                                  .why = Texts::tr("Of lists the service tells pins and tags only; kept:any and "
                                                   "kept:none find all.")};
        if (term.key == FilterKey::Freed || term.key == FilterKey::Users)
            return state::Partial{.missing = Texts::tr("users and freed bytes"),
                                  .why = Texts::tr("The service tells these of single entries only: the details of an "
                                                   "entry have them.")};
        if (term.key == FilterKey::Repo)
            return state::Partial{.missing = Texts::tr("the layers and configurations of these repositories"),
                                  .why = Texts::tr("Of lists the service tells the names of images only.")};
    }
    return std::nullopt;
}

} // namespace layerhold::gui
