// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <string_view>
#include <vector>

namespace layerhold::gui {

/// The closed sets of names that the API uses.
enum class CodeSet
{
    Kind,         ///< of a blob or an image
    State,        ///< of a blob or an image
    HolderKind,   ///< who keeps a blob
    TagCause,     ///< of a move of a tag
    CleanupCause, ///< of a plan or a run
    Decision,     ///< of a plan about one item
    Reason,       ///< of that decision
    Refetch,      ///< whether the bytes could be had again
    Outcome,      ///< of a run or the trash for one item
    EventKind,
    Sharing,       ///< of an engine
    HealthOutcome, ///< of a check
    NameSource,    ///< of an image's name
    EdgeRole,      ///< what a child is to its parent
    PolicyMode,
    AgeClock ///< from when a rule counts
};

struct Wording
{
    QString label;    ///< a word or two, for cells and facets
    QString sentence; ///< what it means, for tool tips
};

/// What a code is called and means. A code that this version does not know is shown, never left out: of what keeps a
/// blob (HolderKind, Reason) as "kept: <code>", of the other sets as it is. An empty code is "–".
Wording wordingOf(CodeSet set, std::string_view code);

/// Those that this version knows, in the order in which people expect them.
std::vector<std::string_view> codesOf(CodeSet set);

} // namespace layerhold::gui
