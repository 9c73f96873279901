// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/types.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace layerhold::service {

/// How things stand with an engine's own API.
struct EngineLinkState
{
    std::string address = {}; ///< empty: the engine has no link
    bool connected = false;
    TimePoint seenAt = {};    ///< when it was last listed whole; the epoch: never
    std::string problem = {}; ///< why it is not connected
};

/// An engine of the index and how serving it goes.
struct EngineState
{
    Engine engine;
    bool serving = false;
    std::uint64_t connections = 0; ///< accepted since the daemon started
    std::string problem;           ///< why it is not serving; empty when it is
    EngineLinkState link = {};
};

enum class Removal
{
    WhenUnused,
    Always
};

/// Who serves the engines' content sockets: the daemon, or nobody. Thread-safe.
class EngineHost
{
public:
    virtual ~EngineHost() = default;

    virtual std::vector<EngineState> states() = 0;
    /// Adds the engine to the cache, or changes its sharing, and, in a daemon, serves its socket before returning.
    /// Errors as Cache::addEngine; a socket that cannot be served now is no error, the state says it.
    virtual EngineState add(const std::string& name, const std::string& socket, std::optional<Sharing> sharing) = 0;
    /// Where the engine's own API is; empty: nowhere. A daemon follows it from now on. Errors as
    /// EngineMirror::setAddress.
    virtual EngineState setAddress(const std::string& name, const std::string& address) = 0;
    /// Stops serving and drops the engine. Errors as Cache::removeEngine; FailedPrecondition, naming the process, when
    /// it is to be removed only WhenUnused and a process that connected to its socket still runs.
    virtual void remove(const std::string& name, Removal removal) = 0;
};

} // namespace layerhold::service
