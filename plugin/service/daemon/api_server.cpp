// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/daemon/api_server.h"

#include <grpcpp/resource_quota.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/server_posix.h>

namespace layerhold::service {

namespace {

// Synchronous gRPC spends a thread on each call; beyond this, calls are refused.
constexpr int mostThreads = 256;

} // namespace

ApiServer::ApiServer(ApiServices& services, const ListenOptions& listen, PeerPredicate allow, const Log& log)
    : m_services(services)
    , m_listener(std::make_unique<UnixListener>(listen))
{
    grpc::ResourceQuota quota("layerhold.v1");
    quota.SetMaxThreads(mostThreads);
    grpc::ServerBuilder builder;
    builder.SetResourceQuota(quota);
    m_services.registerWith(builder);
    m_server = builder.BuildAndStart();
    if (!m_server)
        throw Error(ErrorCode::Internal, "cannot start the API server on " + listen.path.string());
    m_loop = std::make_unique<AcceptLoop>(
        *m_listener, std::move(allow),
        [this](int descriptor, const Peer& peer) {
            m_services.callers().add(descriptor, peer.uid);
            grpc::AddInsecureChannelFromFd(m_server.get(), descriptor);
        },
        [log](const std::string& message) { log(LogLevel::Warning, "API socket: " + message); });
}

ApiServer::~ApiServer()
{
    stop(std::chrono::system_clock::now());
}

void ApiServer::stop(std::chrono::system_clock::time_point deadline)
{
    if (!m_server)
        return;
    m_loop.reset();
    m_listener.reset();
    m_services.stop();
    m_server->Shutdown(deadline);
    m_server->Wait();
    m_server.reset();
}

} // namespace layerhold::service
