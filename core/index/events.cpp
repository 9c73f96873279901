// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/events.h"

namespace layerhold::events {

std::uint64_t append(Connection& index, const Event& event)
{
    index.statement("INSERT INTO events (at, kind, subject, engine, detail, bytes) VALUES (?, ?, ?, ?, ?, ?)")
        .use(toNanoseconds(event.at), event.kind, event.subject, event.engine, event.detail, event.bytes)
        .run();
    return static_cast<std::uint64_t>(index.database().lastInsertId());
}

void restore(Connection& index, const Event& event)
{
    index
        .statement("INSERT OR REPLACE INTO events (sequence, at, kind, subject, engine, detail, bytes) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?)")
        .use(event.sequence, toNanoseconds(event.at), event.kind, event.subject, event.engine, event.detail,
             event.bytes)
        .run();
}

std::vector<Event> page(Connection& index, std::uint64_t after, std::size_t limit)
{
    std::vector<Event> result;
    auto use = index
                   .statement("SELECT sequence, at, kind, subject, engine, detail, bytes FROM events "
                              "WHERE sequence > ? ORDER BY sequence LIMIT ?")
                   .use(after, static_cast<std::uint64_t>(limit));
    while (use.step())
        result.push_back({static_cast<std::uint64_t>(use.integer(0)), fromNanoseconds(use.integer(1)),
                          std::string(use.text(2)), std::string(use.text(3)), std::string(use.text(4)),
                          std::string(use.text(5)), static_cast<std::uint64_t>(use.integer(6))});
    return result;
}

EventPage after(Connection& index, std::uint64_t sequence, std::size_t limit)
{
    EventPage result;
    result.events = page(index, sequence, limit);
    if (result.events.empty()) {
        const std::uint64_t highest = last(index);
        if (limit > 0 && highest > sequence)
            result.gap = EventGap{sequence + 1, highest};
        return result;
    }
    if (result.events.front().sequence != sequence + 1)
        result.gap = EventGap{sequence + 1, result.events.front().sequence - 1};
    for (std::size_t i = 1; i < result.events.size(); ++i) {
        if (result.events[i].sequence != result.events[i - 1].sequence + 1) {
            result.events.resize(i);
            break;
        }
    }
    return result;
}

std::uint64_t last(Connection& index)
{
    auto use = index.statement("SELECT seq FROM sqlite_sequence WHERE name = 'events'").use();
    return use.step() ? static_cast<std::uint64_t>(use.integer(0)) : 0;
}

void skipTo(Connection& index, std::uint64_t sequence)
{
    if (last(index) >= sequence)
        return;
    index.statement("DELETE FROM sqlite_sequence WHERE name = 'events'").use().run();
    index.statement("INSERT INTO sqlite_sequence (name, seq) VALUES ('events', ?)").use(sequence).run();
}

void prune(Connection& index, std::uint64_t sequence)
{
    index.statement("DELETE FROM events WHERE sequence <= ?").use(sequence).run();
}

} // namespace layerhold::events
