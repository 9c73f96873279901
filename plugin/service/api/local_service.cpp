// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/local_service.h"

#include "service/api/space_reserve.h"

#include <grpcpp/server_builder.h>
#include <grpcpp/support/channel_arguments.h>

#include <chrono>

namespace layerhold::service {

LocalService::LocalService(CacheOptions options)
    : m_cache(openWithReserve(std::move(options)))
    , m_engines(*m_cache)
    , m_services(*m_cache, m_engines, {.host = ApiServiceOptions::Host::Caller})
{
    grpc::ServerBuilder builder;
    m_services.registerWith(builder);
    m_server = builder.BuildAndStart();
    if (!m_server)
        throw Error(ErrorCode::Internal, "cannot start the service in this process");
}

LocalService::~LocalService()
{
    m_services.stop();
    m_server->Shutdown(std::chrono::system_clock::now());
}

api::Client LocalService::client()
{
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    return api::Client(m_server->InProcessChannel(arguments));
}

} // namespace layerhold::service
