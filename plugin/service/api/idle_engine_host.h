// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/api/engine_host.h"

namespace layerhold {
class Cache;
}

namespace layerhold::service {

/// For a cache that is opened without a daemon: engines are known, none is served.
class IdleEngineHost final : public EngineHost
{
public:
    explicit IdleEngineHost(Cache& cache);

    std::vector<EngineState> states() override;
    EngineState add(const std::string& name, const std::string& socket, std::optional<Sharing> sharing) override;
    EngineState setAddress(const std::string& name, const std::string& address) override;
    void remove(const std::string& name, Removal removal) override;

private:
    Cache& m_cache;
};

} // namespace layerhold::service
