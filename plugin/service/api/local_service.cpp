// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/local_service.h"

#include "service/api/space_reserve.h"

#include <grpcpp/create_channel_posix.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/server_posix.h>
#include <grpcpp/support/channel_arguments.h>

#include <sys/socket.h>

#include <array>
#include <cerrno>
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
    // Not gRPC's channel within a process: a call that is answered before its client has sent all hangs there.
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw systemError(errno, "cannot make a connection to the service in this process");
    grpc::AddInsecureChannelFromFd(m_server.get(), ends[0]);
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    return api::Client(grpc::CreateCustomInsecureChannelFromFd("layerhold", ends[1], arguments));
}

} // namespace layerhold::service
