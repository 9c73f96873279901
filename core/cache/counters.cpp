// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/counters.h"

#include <algorithm>

namespace layerhold {

static_assert(std::size(counterTable) == static_cast<std::size_t>(CounterId::Count));

namespace {

std::size_t position(CounterId id)
{
    return static_cast<std::size_t>(id);
}

bool isTimed(CounterId id)
{
    return std::find(std::begin(Counters::timed), std::end(Counters::timed), id) != std::end(Counters::timed);
}

} // namespace

Counters::Counters(const Clock& clock)
    : m_clock(clock)
{
    for (auto& last : m_last)
        last = never;
}

void Counters::restore(const std::map<std::string, std::uint64_t>& stored)
{
    for (const CounterDescription& counter : counterTable)
        if (const auto found = stored.find(std::string(counter.name)); found != stored.end()) {
            m_totals[position(counter.id)].fetch_add(found->second, std::memory_order_relaxed);
            m_written[position(counter.id)] = found->second;
        }
}

void Counters::add(CounterId id, std::uint64_t delta)
{
    m_totals[position(id)].fetch_add(delta, std::memory_order_relaxed);
    if (isTimed(id))
        m_last[position(id)].store(m_clock.steadyNow().time_since_epoch().count(), std::memory_order_relaxed);
}

void Counters::add(CounterId id, std::uint64_t delta, std::chrono::steady_clock::time_point at)
{
    m_totals[position(id)].fetch_add(delta, std::memory_order_relaxed);
    if (isTimed(id))
        m_last[position(id)].store(at.time_since_epoch().count(), std::memory_order_relaxed);
}

std::map<std::string, std::uint64_t> Counters::unwritten() const
{
    std::map<std::string, std::uint64_t> result;
    for (const CounterDescription& counter : counterTable)
        if (const std::uint64_t now = total(counter.id); now != m_written[position(counter.id)])
            result.emplace(counter.name, now);
    return result;
}

void Counters::markWritten(const std::map<std::string, std::uint64_t>& totals)
{
    for (const CounterDescription& counter : counterTable)
        if (const auto found = totals.find(std::string(counter.name)); found != totals.end())
            m_written[position(counter.id)] = found->second;
}

void Counters::markUnwritten()
{
    for (std::atomic<std::uint64_t>& value : m_written)
        value = 0;
}

std::uint64_t Counters::total(CounterId id) const
{
    return m_totals[position(id)].load(std::memory_order_relaxed);
}

std::vector<Counter> Counters::all() const
{
    std::vector<Counter> result;
    for (const CounterDescription& counter : counterTable)
        result.push_back({std::string(counter.name), std::string(counter.sentence), total(counter.id)});
    return result;
}

std::optional<std::chrono::nanoseconds> Counters::sinceLast(CounterId id) const
{
    const std::int64_t last = m_last[position(id)].load(std::memory_order_relaxed);
    if (last == never)
        return std::nullopt;
    const std::int64_t ago = m_clock.steadyNow().time_since_epoch().count() - last;
    return std::chrono::nanoseconds(std::max<std::int64_t>(ago, 0));
}

void Counters::setLast(CounterId id, std::optional<std::chrono::nanoseconds> ago)
{
    m_last[position(id)] = ago ? (m_clock.steadyNow() - *ago).time_since_epoch().count() : never;
}

} // namespace layerhold
