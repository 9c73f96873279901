// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/link/containerd_client.h"

#include "layerhold/error.h"

#include <containerd/services/content/v1/content.grpc.pb.h>
#include <containerd/services/images/v1/images.grpc.pb.h>
#include <containerd/services/leases/v1/leases.grpc.pb.h>
#include <containerd/services/namespaces/v1/namespace.grpc.pb.h>

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <string_view>

namespace layerhold::service {

namespace {

namespace contentapi = containerd::services::content::v1;
namespace eventsapi = containerd::services::events::v1;
namespace imagesapi = containerd::services::images::v1;
namespace leasesapi = containerd::services::leases::v1;
namespace namespacesapi = containerd::services::namespaces::v1;

constexpr std::chrono::seconds callDeadline{10};
/// Of the list of content, which may be long.
constexpr std::chrono::seconds streamDeadline{60};
constexpr std::string_view sourceLabel = "containerd.io/distribution.source.";
constexpr std::size_t longestRepository = 4096;

TimePoint timeOf(const google::protobuf::Timestamp& time)
{
    return TimePoint(std::chrono::seconds(time.seconds()) + std::chrono::nanoseconds(time.nanos()));
}

std::optional<EngineImage> toImage(const std::string& space, const imagesapi::Image& image)
{
    const auto digest = Digest::parse(image.target().digest());
    if (!digest)
        return std::nullopt;
    return EngineImage{space, image.name(), *digest, timeOf(image.created_at()), timeOf(image.updated_at())};
}

/// The label's value is a list of repositories of one registry, which the label's name tells.
void addSources(EngineListing& listing, const Digest& digest, std::string_view label, std::string_view value)
{
    if (!label.starts_with(sourceLabel))
        return;
    const std::string registry(label.substr(sourceLabel.size()));
    while (!value.empty()) {
        const std::size_t end = std::min(value.find(','), value.size());
        std::string repository = registry + '/' + std::string(value.substr(0, end));
        if (end > 0 && repository.size() <= longestRepository)
            listing.sources.push_back({digest, std::move(repository)});
        value.remove_prefix(std::min(end + 1, value.size()));
    }
}

} // namespace

ContainerdClient::ContainerdClient(std::string address, std::stop_token stop)
    : m_address(std::move(address))
    , m_stop(std::move(stop))
{
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    m_channel = grpc::CreateCustomChannel("unix:" + m_address, grpc::InsecureChannelCredentials(), arguments);
}

void ContainerdClient::fail(const char* what, const grpc::Status& status) const
{
    if (m_stop.stop_requested())
        throw Cancelled();
    throw Error(ErrorCode::Unavailable,
                "containerd on " + m_address + " does not answer (" + what + "): " + status.error_message());
}

void ContainerdClient::require(const char* what, const grpc::Status& status) const
{
    if (!status.ok())
        fail(what, status);
}

void ContainerdClient::prepare(grpc::ClientContext& context, const std::string& space) const
{
    context.set_deadline(std::chrono::system_clock::now() + callDeadline);
    if (!space.empty())
        context.AddMetadata("containerd-namespace", space);
}

template <class Request, class Response, class Stub>
grpc::Status ContainerdClient::call(const std::string& space, Stub& stub,
                                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                    const Request& request, Response& response) const
{
    grpc::ClientContext context;
    prepare(context, space);
    const std::stop_callback cancel(m_stop, [&context] { context.TryCancel(); });
    return (stub.*method)(&context, request, &response);
}

EngineListing ContainerdClient::list(TimePoint now)
{
    EngineListing listing;
    listing.startedAt = now;
    for (const std::string& space : spaces()) {
        listImages(space, listing);
        listLeases(space, listing);
        listContent(space, listing);
    }
    return listing;
}

std::vector<std::string> ContainerdClient::spaces() const
{
    namespacesapi::Namespaces::Stub stub(m_channel);
    namespacesapi::ListNamespacesResponse response;
    require("list of namespaces",
            call({}, stub, &namespacesapi::Namespaces::Stub::List, namespacesapi::ListNamespacesRequest(), response));
    std::vector<std::string> spaces;
    for (const namespacesapi::Namespace& space : response.namespaces())
        spaces.push_back(space.name());
    return spaces;
}

void ContainerdClient::listImages(const std::string& space, EngineListing& listing) const
{
    imagesapi::Images::Stub stub(m_channel);
    imagesapi::ListImagesResponse response;
    require("list of images",
            call(space, stub, &imagesapi::Images::Stub::List, imagesapi::ListImagesRequest(), response));
    for (const imagesapi::Image& image : response.images())
        if (auto found = toImage(space, image))
            listing.images.push_back(std::move(*found));
}

void ContainerdClient::listLeases(const std::string& space, EngineListing& listing) const
{
    leasesapi::Leases::Stub stub(m_channel);
    leasesapi::ListResponse leases;
    require("list of leases", call(space, stub, &leasesapi::Leases::Stub::List, leasesapi::ListRequest(), leases));
    for (const leasesapi::Lease& lease : leases.leases()) {
        leasesapi::ListResourcesRequest request;
        request.set_id(lease.id());
        leasesapi::ListResourcesResponse resources;
        const grpc::Status status = call(space, stub, &leasesapi::Leases::Stub::ListResources, request, resources);
        if (status.error_code() == grpc::StatusCode::NOT_FOUND)
            continue; // it has ended meanwhile
        require("list of what a lease keeps", status);
        for (const leasesapi::Resource& resource : resources.resources())
            if (const auto digest = Digest::parse(resource.id()); digest && resource.type() == "content")
                listing.leases.push_back({space, lease.id(), *digest});
    }
}

void ContainerdClient::listContent(const std::string& space, EngineListing& listing) const
{
    contentapi::Content::Stub stub(m_channel);
    grpc::ClientContext context;
    prepare(context, space);
    context.set_deadline(std::chrono::system_clock::now() + streamDeadline);
    const std::stop_callback cancel(m_stop, [&context] { context.TryCancel(); });
    const auto reader = stub.List(&context, contentapi::ListContentRequest());
    contentapi::ListContentResponse response;
    while (reader->Read(&response)) {
        for (const contentapi::Info& info : response.info()) {
            const auto digest = Digest::parse(info.digest());
            if (!digest)
                continue;
            listing.content.insert(*digest);
            for (const auto& [label, value] : info.labels())
                addSources(listing, *digest, label, value);
        }
    }
    require("list of content", reader->Finish());
}

std::optional<EngineImage> ContainerdClient::image(const std::string& space, const std::string& name)
{
    imagesapi::Images::Stub stub(m_channel);
    imagesapi::GetImageRequest request;
    request.set_name(name);
    imagesapi::GetImageResponse response;
    const grpc::Status status = call(space, stub, &imagesapi::Images::Stub::Get, request, response);
    if (status.error_code() == grpc::StatusCode::NOT_FOUND)
        return std::nullopt;
    require("look at an image", status);
    return toImage(space, response.image());
}

ImageEvents::ImageEvents(ContainerdClient& client, std::stop_token stop)
    : m_client(client)
    , m_stop(std::move(stop))
    , m_stub(eventsapi::Events::NewStub(client.channel()))
{
    eventsapi::SubscribeRequest request;
    request.add_filters(R"(topic~="/images/")");
    m_reader = m_stub->AsyncSubscribe(&m_context, request, &m_queue, this);
    ++m_pending;
    m_cancel.emplace(m_stop, Cancel{m_context});
}

ImageEvents::~ImageEvents()
{
    m_cancel.reset();
    m_context.TryCancel();
    m_queue.Shutdown();
    void* tag = nullptr;
    bool isOk = false;
    while (m_queue.Next(&tag, &isOk)) {
    }
}

void ImageEvents::failEnded()
{
    grpc::Status status;
    m_reader->Finish(&status, this);
    void* tag = nullptr;
    bool isOk = false;
    m_queue.Next(&tag, &isOk);
    m_client.fail("events", status);
}

void ImageEvents::read()
{
    m_reader->Read(&m_envelope, this);
    ++m_pending;
}

std::optional<ImageEvent> ImageEvents::next(std::chrono::system_clock::time_point deadline)
{
    for (;;) {
        if (m_pending == 0)
            read();
        void* tag = nullptr;
        bool isOk = false;
        if (m_queue.AsyncNext(&tag, &isOk, deadline) != grpc::CompletionQueue::GOT_EVENT) {
            if (m_stop.stop_requested())
                throw Cancelled();
            return std::nullopt;
        }
        --m_pending;
        if (!isOk)
            failEnded();
        // The first event tells that the call has begun.
        const std::string topic = std::exchange(*m_envelope.mutable_topic(), {});
        eventsapi::ImageEvent event;
        if (!topic.starts_with("/images/") || !event.ParseFromString(m_envelope.event().value()))
            continue;
        return ImageEvent{m_envelope.namespace_(), event.name()};
    }
}

} // namespace layerhold::service
