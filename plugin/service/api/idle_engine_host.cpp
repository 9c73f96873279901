// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/idle_engine_host.h"

#include "layerhold/cache.h"
#include "layerhold/error.h"
#include "service/link/engine_links.h"

#include <utility>

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
    auto links = storedLinkStates(m_cache);
    std::vector<EngineState> states;
    for (Engine& engine : m_cache.engines()) {
        states.push_back(idle(std::move(engine)));
        states.back().link = std::move(links[states.back().engine.name]);
    }
    return states;
}

EngineState IdleEngineHost::add(const std::string& name, const std::string& socket, std::optional<Sharing> sharing)
{
    EngineState state = idle(m_cache.addEngine(name, socket, sharing));
    state.link = storedLinkStates(m_cache)[name];
    return state;
}

EngineState IdleEngineHost::setAddress(const std::string& name, const std::string& address)
{
    m_cache.engineMirror().setAddress(name, address);
    for (EngineState& state : states())
        if (state.engine.name == name)
            return std::move(state);
    throw Error(ErrorCode::NotFound, "the engine " + name + " was removed meanwhile");
}

void IdleEngineHost::remove(const std::string& name, Removal)
{
    m_cache.removeEngine(name);
}

} // namespace layerhold::service
