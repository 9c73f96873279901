// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/counters.h"

namespace layerhold {

static_assert(std::size(counterTable) == static_cast<std::size_t>(CounterId::Count));

void Counters::restore(const std::map<std::string, std::uint64_t>& stored)
{
    for (const CounterDescription& counter : counterTable)
        if (const auto found = stored.find(std::string(counter.name)); found != stored.end()) {
            add(counter.id, found->second);
            m_written[static_cast<std::size_t>(counter.id)] = found->second;
        }
}

void Counters::add(CounterId id, std::uint64_t delta)
{
    m_totals[static_cast<std::size_t>(id)].fetch_add(delta, std::memory_order_relaxed);
}

std::map<std::string, std::uint64_t> Counters::unwritten() const
{
    std::map<std::string, std::uint64_t> result;
    for (const CounterDescription& counter : counterTable) {
        const auto slot = static_cast<std::size_t>(counter.id);
        if (const std::uint64_t total = m_totals[slot]; total != m_written[slot])
            result.emplace(counter.name, total);
    }
    return result;
}

void Counters::markWritten(const std::map<std::string, std::uint64_t>& totals)
{
    for (const CounterDescription& counter : counterTable)
        if (const auto found = totals.find(std::string(counter.name)); found != totals.end())
            m_written[static_cast<std::size_t>(counter.id)] = found->second;
}

void Counters::markUnwritten()
{
    for (std::atomic<std::uint64_t>& value : m_written)
        value = 0;
}

std::vector<Counter> Counters::all() const
{
    std::vector<Counter> result;
    for (const CounterDescription& counter : counterTable)
        result.push_back({std::string(counter.name), std::string(counter.sentence),
                          m_totals[static_cast<std::size_t>(counter.id)].load()});
    return result;
}

} // namespace layerhold
