// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "api/client.h"

#include "service/error_mapping.h"

#include <grpcpp/create_channel_posix.h>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>

namespace layerhold::api {

namespace {

/// The code that the service named beside the status; nullopt when gRPC itself ended the call.
std::optional<ErrorCode> namedCode(const grpc::ClientContext& context)
{
    const auto& metadata = context.GetServerTrailingMetadata();
    const auto found = metadata.find(service::errorCodeKey);
    if (found == metadata.end())
        return std::nullopt;
    return service::errorCodeNamed({found->second.data(), found->second.size()});
}

constexpr std::chrono::seconds handshakeDeadline{5};

[[noreturn]] void failConnect(const std::string& socket, int errnoValue)
{
    const std::string what = "cannot connect to the API socket " + socket + ": " + std::strerror(errnoValue);
    switch (errnoValue) {
    case ENOENT:
    case ECONNREFUSED:
        throw Error(ErrorCode::Unavailable, what + "; is the daemon (layerhold serve) running?");
    case EAGAIN:
        throw Error(ErrorCode::Unavailable, what + "; the daemon does not take connections now, see its log");
    case EACCES:
    case EPERM:
        throw Error(ErrorCode::Denied, what + "; the socket's group may use it");
    default:
        throw Error(ErrorCode::Unavailable, what);
    }
}

/// A connected socket in non-blocking mode.
int connectSocket(const std::string& socket)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socket.empty() || socket.size() >= sizeof address.sun_path)
        throw Error(ErrorCode::InvalidArgument, "the API socket path '" + socket + "' is empty or longer than " +
                                                    std::to_string(sizeof address.sun_path - 1) + " bytes");
    socket.copy(address.sun_path, socket.size());
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        throw systemError(errno, "cannot make a socket");
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const int reason = errno;
        ::close(fd);
        failConnect(socket, reason);
    }
    return fd;
}

/// gRPC gives the end of a connection the status Unavailable and a few words of its own, as if the service said so.
bool isBrokenConnection(const std::string& message)
{
    static constexpr std::array Words{"Socket closed", "Connection reset", "Broken pipe", "Transport closed", "GOAWAY"};
    return std::any_of(Words.begin(), Words.end(),
                       [&](const char* words) { return message.find(words) != std::string::npos; });
}

} // namespace

Client::Client(std::shared_ptr<grpc::Channel> channel)
    : m_channel(std::move(channel))
{}

Client Client::connect(const std::string& socket)
{
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    Client client(grpc::CreateCustomInsecureChannelFromFd("layerhold", connectSocket(socket), arguments));
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + handshakeDeadline);
    v1::GetVersionResponse version;
    const grpc::Status status = v1::Layerhold::Stub(client.m_channel).GetVersion(&context, {}, &version);
    if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED)
        throw Error(ErrorCode::Unsupported, socket + " is not an API socket of Layerhold (is it an engine's content "
                                                     "socket?)");
    if (!status.ok())
        throw Error(ErrorCode::Unavailable,
                    "the daemon behind the API socket " + socket + " does not answer: " + status.error_message());
    return client;
}

void Client::requireOk(const grpc::Status& status, const grpc::ClientContext& context, const std::stop_token& stop)
{
    if (status.ok())
        return;
    if (stop.stop_requested())
        throw Cancelled();
    const auto named = namedCode(context);
    if (!named && status.error_code() == grpc::StatusCode::UNAVAILABLE && isBrokenConnection(status.error_message()))
        throw Error(ErrorCode::Unavailable, "the daemon has gone while it was asked (" + status.error_message() +
                                                "); see its log, and try again when it is up");
    service::throwStatus(status, named);
}

} // namespace layerhold::api
