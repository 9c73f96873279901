// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/metric_state.h"

namespace layerhold {

namespace metric_state {

std::map<std::string, std::string> all(Connection& index)
{
    std::map<std::string, std::string> result;
    auto use = index.statement("SELECT name, value FROM metric_state").use();
    while (use.step())
        result.emplace(use.text(0), use.text(1));
    return result;
}

void set(Connection& index, const std::string& name, const std::string& value)
{
    index.statement("INSERT OR REPLACE INTO metric_state (name, value) VALUES (?, ?)").use(name, value).run();
}

void erase(Connection& index, const std::string& name)
{
    index.statement("DELETE FROM metric_state WHERE name = ?").use(name).run();
}

} // namespace metric_state

namespace blob_totals {

Totals get(Connection& index)
{
    auto use = index.statement("SELECT count, bytes, peak_count, peak_bytes FROM blob_totals").use();
    if (!use.step())
        return {};
    return {static_cast<std::uint64_t>(use.integer(0)), static_cast<std::uint64_t>(use.integer(1)),
            static_cast<std::uint64_t>(use.integer(2)), static_cast<std::uint64_t>(use.integer(3))};
}

void recount(Connection& index)
{
    index
        .statement("INSERT OR REPLACE INTO blob_totals (id, count, bytes, peak_count, peak_bytes) SELECT 1, count(*), "
                   "coalesce(sum(size), 0), count(*), coalesce(sum(size), 0) FROM blobs WHERE state = 1")
        .use()
        .run();
}

void raisePeaks(Connection& index, const Totals& before)
{
    index.statement("UPDATE blob_totals SET peak_count = max(peak_count, ?), peak_bytes = max(peak_bytes, ?)")
        .use(before.peakCount, before.peakBytes)
        .run();
}

} // namespace blob_totals
} // namespace layerhold
