// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/counters.h"

namespace layerhold {

static_assert(std::size(counterTable) == static_cast<std::size_t>(CounterId::Count));

void Counters::add(CounterId id, std::uint64_t delta)
{
    m_pending[static_cast<std::size_t>(id)].fetch_add(delta, std::memory_order_relaxed);
}

std::map<std::string, std::uint64_t> Counters::take()
{
    std::map<std::string, std::uint64_t> taken;
    for (const CounterDescription& counter : counterTable) {
        const std::uint64_t value = m_pending[static_cast<std::size_t>(counter.id)].exchange(0);
        if (value != 0)
            taken.emplace(counter.name, value);
    }
    return taken;
}

void Counters::giveBack(const std::map<std::string, std::uint64_t>& taken)
{
    for (const CounterDescription& counter : counterTable)
        if (const auto found = taken.find(std::string(counter.name)); found != taken.end())
            add(counter.id, found->second);
}

std::vector<Counter> Counters::all(const std::map<std::string, std::uint64_t>& stored) const
{
    std::vector<Counter> result;
    for (const CounterDescription& counter : counterTable) {
        const auto found = stored.find(std::string(counter.name));
        const std::uint64_t before = found == stored.end() ? 0 : found->second;
        result.push_back({std::string(counter.name), std::string(counter.sentence),
                          before + m_pending[static_cast<std::size_t>(counter.id)].load()});
    }
    return result;
}

} // namespace layerhold
