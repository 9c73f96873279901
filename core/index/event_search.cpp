// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/event_search.h"

#include "index/events.h"

#include <algorithm>
#include <utility>

namespace layerhold::events {

namespace {

/// Columns sequence, at, kind, subject, engine, detail, bytes.
Event read(const sqlite::Statement::Use& use)
{
    return {static_cast<std::uint64_t>(use.integer(0)),
            fromNanoseconds(use.integer(1)),
            std::string(use.text(2)),
            std::string(use.text(3)),
            std::string(use.text(4)),
            std::string(use.text(5)),
            static_cast<std::uint64_t>(use.integer(6))};
}

} // namespace

std::vector<Event> newestAbout(Connection& index, const std::string& subject, std::size_t limit)
{
    std::vector<Event> result;
    auto use = index
                   .statement("SELECT sequence, at, kind, subject, engine, detail, bytes FROM events WHERE subject = ? "
                              "ORDER BY sequence DESC LIMIT ?")
                   .use(subject, static_cast<std::uint64_t>(limit));
    while (use.step())
        result.push_back(read(use));
    std::reverse(result.begin(), result.end());
    return result;
}

std::vector<Event> newestLosses(Connection& index, const std::string& subject, TimePoint until, std::size_t limit)
{
    std::vector<Event> result;
    auto use = index
                   .statement("SELECT sequence, at, kind, subject, engine, detail, bytes FROM events WHERE subject = ? "
                              "AND at <= ? AND kind IN ('blob_removed', 'blob_trashed', 'blob_quarantined', "
                              "'blob_missing', 'blob_forgotten', 'blob_restored') ORDER BY sequence DESC")
                   .use(subject, toNanoseconds(until));
    bool isRestored = false; // by the event that was read before, which is later
    while (result.size() < limit && use.step()) {
        Event event = read(use);
        const bool isUndone = isRestored && event.kind == "blob_trashed";
        isRestored = event.kind == "blob_restored";
        if (!isRestored && !isUndone)
            result.push_back(std::move(event));
    }
    return result;
}

std::optional<Event> oldest(Connection& index)
{
    const auto first = page(index, 0, 1);
    return first.empty() ? std::nullopt : std::optional(first.front());
}

} // namespace layerhold::events
