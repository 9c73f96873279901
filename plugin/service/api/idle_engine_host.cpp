// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/idle_engine_host.h"

#include "layerhold/cache.h"

namespace layerhold::service {

namespace {

EngineState idle(Engine engine)
{
    return {.engine = std::move(engine), .serving = false, .connections = 0, .problem = "no daemon is running"};
}

} // namespace

IdleEngineHost::IdleEngineHost(Cache& cache)
    : m_cache(cache)
{}

std::vector<EngineState> IdleEngineHost::states()
{
    std::vector<EngineState> states;
    for (Engine& engine : m_cache.engines())
        states.push_back(idle(std::move(engine)));
    return states;
}

EngineState IdleEngineHost::add(const std::string& name, const std::string& socket, std::optional<Sharing> sharing)
{
    return idle(m_cache.addEngine(name, socket, sharing));
}

void IdleEngineHost::remove(const std::string& name, Removal)
{
    m_cache.removeEngine(name);
}

} // namespace layerhold::service
