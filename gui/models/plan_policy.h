// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QStringList>

#include <optional>

/// Policies of plans that are about certain things. A service applies a plan as a whole, by its id; whoever wants less
/// of it makes another plan, whose policy names what is left out.
namespace layerhold::gui {

/// More than so many things are not named one by one: each rule would be asked about each of them.
inline constexpr qsizetype mostNamedThings = 250;

/// The policy, with these blobs and aborted downloads left out of each of its rules. A rule with a limit may take
/// others in their place. nullopt: too many, or one has a name that a filter cannot say.
std::optional<PolicyRecord> policyWithout(const PolicyRecord& policy, const QStringList& names);

/// One rule that takes exactly these, as far as nobody needs them. nullopt as above.
std::optional<PolicyRecord> policyOfChosen(const PolicyRecord& policy, const QStringList& names);

} // namespace layerhold::gui
