// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"
#include "layerhold/engine_mirror.h"

#include <containerd/services/events/v1/events.grpc.pb.h>

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace layerhold::service {

/// Reads containerd's own API on a unix socket. Every call has a deadline and ends with Cancelled when `stop` is asked
/// for; other failures are Error{Unavailable} that name the address and the call. Used by one thread.
class ContainerdClient
{
public:
    ContainerdClient(std::string address, std::stop_token stop);

    /// Everything of all namespaces. Not one moment: what changes meanwhile may be there or not.
    EngineListing list(TimePoint now);
    /// nullopt when there is no such image (any more).
    std::optional<EngineImage> image(const std::string& space, const std::string& name);

    const std::shared_ptr<grpc::Channel>& channel() const { return m_channel; }

    [[noreturn]] void fail(const char* what, const grpc::Status& status) const;

private:
    void prepare(grpc::ClientContext& context, const std::string& space) const;
    void require(const char* what, const grpc::Status& status) const;
    template <class Request, class Response, class Stub>
    grpc::Status call(const std::string& space, Stub& stub,
                      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                      const Request& request, Response& response) const;

    std::vector<std::string> spaces() const;
    void listImages(const std::string& space, EngineListing& listing) const;
    void listLeases(const std::string& space, EngineListing& listing) const;
    void listContent(const std::string& space, EngineListing& listing) const;

    std::string m_address;
    std::stop_token m_stop;
    std::shared_ptr<grpc::Channel> m_channel;
};

/// Something happened to an image of containerd.
struct ImageEvent
{
    std::string space;
    std::string name;
};

/// containerd's events of images, from the making of the object on. Used by one thread.
class ImageEvents
{
public:
    /// `stop` ends a wait.
    ImageEvents(ContainerdClient& client, std::stop_token stop);
    ImageEvents(const ImageEvents&) = delete;
    ImageEvents& operator=(const ImageEvents&) = delete;
    ~ImageEvents();

    /// nullopt when there was none until the deadline. Cancelled when `stop` is asked for; Error{Unavailable} when the
    /// connection is lost.
    std::optional<ImageEvent> next(std::chrono::system_clock::time_point deadline);

private:
    void read();
    [[noreturn]] void failEnded();

    struct Cancel
    {
        grpc::ClientContext& context;

        void operator()() const { context.TryCancel(); }
    };

    ContainerdClient& m_client;
    std::stop_token m_stop;
    grpc::ClientContext m_context;
    grpc::CompletionQueue m_queue;
    std::unique_ptr<containerd::services::events::v1::Events::Stub> m_stub;
    std::unique_ptr<grpc::ClientAsyncReader<containerd::services::events::v1::Envelope>> m_reader;
    containerd::services::events::v1::Envelope m_envelope;
    std::size_t m_pending = 0; ///< operations whose end has not come out of the queue yet
    std::optional<std::stop_callback<Cancel>> m_cancel;
};

} // namespace layerhold::service
