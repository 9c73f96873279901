// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/client.h"
#include "layerhold/cache.h"
#include "service/api/api_services.h"
#include "service/api/idle_engine_host.h"

#include <grpcpp/server.h>

#include <memory>

namespace layerhold::service {

/// A cache opened in this process, with the very service of the daemon in front of it. Destruction ends calls that run.
class LocalService
{
public:
    /// Errors as Cache::open.
    explicit LocalService(CacheOptions options);
    LocalService(const LocalService&) = delete;
    LocalService& operator=(const LocalService&) = delete;
    ~LocalService();

    /// Must not be used after this object is gone.
    api::Client client();

private:
    std::unique_ptr<Cache> m_cache;
    IdleEngineHost m_engines;
    ApiServices m_services;
    std::unique_ptr<grpc::Server> m_server;
};

} // namespace layerhold::service
