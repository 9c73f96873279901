// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace layerhold {

/// Table policies: policies by name, as JSON. Checked like blobs.
namespace policies {

/// The name of the policy by which released bytes go.
inline constexpr const char* cleanup = "cleanup";

std::optional<std::string> find(Connection& index, const std::string& name);
void put(Connection& index, const std::string& name, const std::string& body);
void erase(Connection& index, const std::string& name);

} // namespace policies

struct PlanRow
{
    std::string id = {};
    TimePoint madeAt = {};
    std::string body = {};
    std::string run = {};
};

/// One item of a plan, as small as a million of them need it. The numbers mean what core/cache/plan_items.h says.
struct PackedItem
{
    std::uint8_t what = 0;
    std::uint8_t decision = 0;
    std::uint8_t reason = 0;
    std::uint8_t rule = 0; ///< number of the rule that decided, from 1; 0: none
    std::uint8_t kind = 0;
    std::uint8_t refetch = 0;
    std::uint32_t holder = 0; ///< number of the holder that keeps it, from 1; 0: none
    std::uint64_t bytes = 0;
    std::int64_t created = 0;
    std::int64_t used = 0;
    std::string name = {}; ///< digest key, or id of the partial
};

/// Tables plans and plan_pages. Checked like blobs.
namespace plans {

std::optional<PlanRow> find(Connection& index, const std::string& id);
/// Newest first.
std::vector<PlanRow> all(Connection& index);
void put(Connection& index, const PlanRow& row);
/// Its pages are left to sweep().
void erase(Connection& index, const std::string& id);

enum class Swept
{
    Some,
    Nothing
};
/// Drops some of the pages whose plan is gone or was never finished, so that no transaction gets long. `beingMade` has
/// pages and no plan yet; empty when none is made.
Swept sweep(Connection& index, const std::string& beingMade);

/// Packs and writes items in order; the first has position 0.
class PageWriter
{
public:
    explicit PageWriter(std::string plan)
        : m_plan(std::move(plan))
    {}

    /// Not when it is full.
    void add(const PackedItem& item);

    /// As many items are packed as one transaction should write.
    bool isFull() const;
    /// Writes what is packed, in the caller's transaction.
    void write(Connection& index) const;
    /// Once that is committed: makes room for the next ones.
    void clear();

private:
    std::string m_plan;
    std::uint64_t m_first = 0; ///< the position of the first that is packed
    std::uint64_t m_count = 0; ///< of those that are packed
    std::vector<std::string> m_pages;
};

/// At most `limit` items from position `from` on, without a gap: fewer when some of the plan is gone.
std::vector<PackedItem> items(Connection& index, const std::string& plan, std::uint64_t from, std::size_t limit);

} // namespace plans

struct RunRow
{
    std::string id = {};
    TimePoint started = {};
    std::string body = {};
};

struct RunItemRow
{
    std::uint64_t position = 0;
    std::uint8_t what = 0;
    std::string name = {};
    std::uint64_t bytes = 0;
    std::uint8_t outcome = 0;
    std::string sentence = {};
};

/// Tables runs and run_items.
namespace runs {

std::optional<RunRow> find(Connection& index, const std::string& id);
/// Newest first.
std::vector<RunRow> latest(Connection& index, std::size_t limit);
void put(Connection& index, const RunRow& row);
void putItem(Connection& index, const std::string& run, const RunItemRow& row);
std::vector<RunItemRow> items(Connection& index, const std::string& run, std::uint64_t from, std::size_t limit);
/// Drops all but the `kept` newest.
void prune(Connection& index, std::size_t kept);

} // namespace runs
} // namespace layerhold
