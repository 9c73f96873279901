// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <layerhold/v1/entries.pb.h>

#include <CLI/CLI.hpp>

#include <chrono>
#include <string>

namespace layerhold::cli {

class Context;

/// The verbs below `layerhold entry`.
void addEntryPut(CLI::App& entry, Context& context);
void addEntryGet(CLI::App& entry, Context& context);
void addEntryLs(CLI::App& entry, Context& context);
void addEntryRemovals(CLI::App& entry, Context& context);
void addEntryScope(CLI::App& entry, Context& context);

/// --scope, "default" unless stated.
void addScopeFlag(CLI::App& verb, std::string& scope);

/// "90s", "15m", "48h", "60d", "2w", sums such as "1h30m", and "never", which is 0. InvalidArgument for anything else
/// and for more than 100 years.
std::chrono::nanoseconds parseTtl(std::string_view text);
/// The inverse in one unit: "90m", "never".
std::string formatTtl(std::chrono::nanoseconds ttl);

/// "2 entries, 1.5 KiB"
std::string describe(const v1::EntryTotals& totals);

} // namespace layerhold::cli
