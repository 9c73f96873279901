// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/entries.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace layerhold {

constexpr std::size_t longestEntryKey = 1024;

/// "scope:key", where bytes that are not printable ASCII, '%', and colons of the scope are %xx: how an entry is called
/// as the holder of claims, in events and in the checkpoint log.
std::string entryName(const std::string& scope, const std::string& key);
/// The inverse; nullopt for other text.
std::optional<std::pair<std::string, std::string>> parseEntryName(std::string_view name);

/// Table scopes. Checked like blobs. Paths are without the slash at the end that the columns have.
namespace scopes {

std::optional<Scope> find(Connection& index, const std::string& path);
/// The scope and all below, by path; "" is everything.
std::vector<Scope> tree(Connection& index, const std::string& path);
/// The scope and its parents that have a row, from the top.
std::vector<Scope> chain(Connection& index, const std::string& path);
/// Inserts, with the parents that are missing, or replaces everything but createdAt and bytes.
void put(Connection& index, const Scope& scope);
/// Error{Corrupted} at the first row that is damaged.
void forEach(Connection& index, const std::function<void(const Scope&)>& each);
/// Skips rows that are damaged.
void forEachReadable(Connection& index, const std::function<void(const Scope&)>& each);

} // namespace scopes

/// Tables entries and entry_blobs. Checked like blobs. What changes them keeps the claims of the entries and the bytes
/// of their scopes right.
namespace entries {

std::optional<Entry> find(Connection& index, const std::string& scope, const std::string& key);
/// Inserts or replaces, with the scope when it is missing. The use of a replaced one stays, if it is later.
void put(Connection& index, const Entry& entry);
/// What there was.
std::optional<Entry> erase(Connection& index, const std::string& scope, const std::string& key);
void recordAccess(Connection& index, const std::string& scope, const std::string& key, TimePoint at,
                  std::uint64_t times);

std::vector<Entry> list(Connection& index, const std::string& scope, const std::string& prefix,
                        const std::string& after, std::size_t limit);

struct Id
{
    std::string scope;
    std::string key;

    friend auto operator<=>(const Id&, const Id&) = default;
};

/// Of the scope and all below, after `after`, by scope and key.
std::vector<Id> tree(Connection& index, const std::string& scope, const Id& after, std::size_t limit);
/// As tree; the least recently used first.
std::vector<Id> leastRecentlyUsed(Connection& index, const std::string& scope, std::size_t limit);
/// As tree, in any order: those that are expired or invalidated.
std::vector<Id> voidOnes(Connection& index, const std::string& scope, TimePoint now, std::size_t limit);
/// As voidOnes: those that expired or were invalidated before `time`.
std::vector<Id> voidBefore(Connection& index, const std::string& scope, TimePoint time, std::size_t limit);
/// As tree: those that were put before `time`.
std::vector<Id> putBefore(Connection& index, const std::string& scope, TimePoint time, std::size_t limit);

/// Entries of the scope and all below.
std::uint64_t count(Connection& index, const std::string& scope);
EntryTotals totals(Connection& index, const std::string& scope);
/// Of all scopes, those that expired before `time`.
std::uint64_t countExpired(Connection& index, TimePoint time);

/// Error{Corrupted} at the first row that is damaged.
void forEach(Connection& index, const std::function<void(const Entry&)>& each);
/// Skips entries that are damaged in any row.
void forEachReadable(Connection& index, const std::function<void(const Entry&)>& each);

/// Drops claims of entries that there are not.
void dropClaimsOfNobody(Connection& index);

} // namespace entries
} // namespace layerhold
