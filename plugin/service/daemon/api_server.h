// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/api/api_services.h"
#include "service/content/engine_server.h"
#include "service/rpc/accept_loop.h"
#include "service/rpc/unix_listener.h"

#include <grpcpp/server.h>

#include <chrono>
#include <memory>

namespace layerhold::service {

/// layerhold.v1 on a unix socket, with connections from our own accept loop. start and stop by one thread.
class ApiServer
{
public:
    /// Clients can connect when it returns. Errors as UnixListener. `services` must outlive it; an empty `allow` lets
    /// everybody in who can open the socket file.
    ApiServer(ApiServices& services, const ListenOptions& listen, PeerPredicate allow, const Log& log);
    ApiServer(const ApiServer&) = delete;
    ApiServer& operator=(const ApiServer&) = delete;
    ~ApiServer();

    /// Takes no more connections and lets calls end until `deadline`; followers and long work are ended at once.
    void stop(std::chrono::system_clock::time_point deadline);

private:
    ApiServices& m_services;
    std::unique_ptr<UnixListener> m_listener;
    std::unique_ptr<grpc::Server> m_server;
    std::unique_ptr<AcceptLoop> m_loop;
};

} // namespace layerhold::service
