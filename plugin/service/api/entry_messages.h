// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/entries.h"

#include <layerhold/v1/entries.pb.h>

/// Entries as messages of layerhold.v1.
namespace layerhold::service::messages {

v1::Entry from(const Entry& entry, TimePoint now);
v1::Scope from(const Scope& scope, const EntryTotals& totals);
v1::EntryTotals from(const EntryTotals& totals);

} // namespace layerhold::service::messages
