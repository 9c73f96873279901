// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QString>

/// What the app does, as commands of layerhold for a shell. Pure.
namespace layerhold::gui {

/// A word that a POSIX shell takes as it is.
QString shellWord(const QString& word);

/// "layerhold plan …": makes the same plan anew where the flags of that verb can say the policy (the saved one, or one
/// rule), else shows this one.
QString planCommand(const PlanRecord& plan, const PolicyRecord& savedPolicy);

} // namespace layerhold::gui
