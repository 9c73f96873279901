// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "crash/remote_target.h"

#include <grpcpp/create_channel.h>

#include <algorithm>
#include <stdexcept>

namespace layerhold::test {

namespace {

namespace content = containerd::services::content::v1;

constexpr std::chrono::seconds CallDeadline(20);

void setDeadline(grpc::ClientContext& context)
{
    context.set_deadline(std::chrono::system_clock::now() + CallDeadline);
}

void require(const grpc::Status& status)
{
    if (!status.ok())
        throw std::runtime_error(status.error_message());
}

std::shared_ptr<grpc::Channel> channelTo(const std::string& socket)
{
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(32 << 20);
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
    // Daemons come and go on the same path: a shared subchannel would remember the dead one.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel("unix:" + socket, grpc::InsecureChannelCredentials(), arguments);
}

/// One Write stream in lock-step.
class Writer
{
public:
    explicit Writer(content::Content::Stub& stub)
    {
        setDeadline(m_context);
        m_stream = stub.Write(&m_context);
    }

    content::WriteContentResponse exchange(const content::WriteContentRequest& request)
    {
        content::WriteContentResponse response;
        if (!m_stream->Write(request) || !m_stream->Read(&response)) {
            require(m_stream->Finish());
            throw std::runtime_error("the stream ended early");
        }
        return response;
    }

    void finish()
    {
        m_stream->WritesDone();
        content::WriteContentResponse unasked;
        if (m_stream->Read(&unasked))
            throw std::runtime_error("an answer that nobody asked for");
        require(m_stream->Finish());
    }

    std::int64_t open(const std::string& ref, const PoolBlob& blob)
    {
        content::WriteContentRequest request;
        request.set_action(content::STAT);
        request.set_ref(ref);
        request.set_total(static_cast<std::int64_t>(blob.bytes.size()));
        return exchange(request).offset();
    }

    std::int64_t append(const PoolBlob& blob, std::int64_t offset, std::size_t end)
    {
        content::WriteContentRequest request;
        request.set_action(content::WRITE);
        request.set_offset(offset);
        const auto begin = static_cast<std::size_t>(offset);
        request.set_data(blob.bytes.data() + begin, end - begin);
        return exchange(request).offset();
    }

private:
    grpc::ClientContext m_context;
    std::unique_ptr<grpc::ClientReaderWriter<content::WriteContentRequest, content::WriteContentResponse>> m_stream;
};

} // namespace

RemoteTarget::RemoteTarget(const std::string& root, const std::string& contentSocket, const std::string& apiSocket)
    : Target(root)
    , m_content(content::Content::NewStub(channelTo(contentSocket)))
    , m_api(layerhold::v1::Layerhold::NewStub(channelTo(apiSocket)))
    , m_cleanup(layerhold::v1::Cleanup::NewStub(channelTo(apiSocket)))
    , m_health(layerhold::v1::Health::NewStub(channelTo(apiSocket)))
{}

void RemoteTarget::put(const std::string& ref, const PoolBlob& blob, std::size_t pieceSize)
{
    Writer writer(*m_content);
    std::int64_t offset = writer.open(ref, blob);
    while (static_cast<std::size_t>(offset) < blob.bytes.size())
        offset = writer.append(blob, offset, std::min(blob.bytes.size(), static_cast<std::size_t>(offset) + pieceSize));
    content::WriteContentRequest commit;
    commit.set_action(content::COMMIT);
    commit.set_offset(offset);
    commit.set_total(static_cast<std::int64_t>(blob.bytes.size()));
    commit.set_expected(blob.digest.toString());
    try {
        writer.exchange(commit);
        writer.finish();
    } catch (const std::runtime_error&) {
        // AlreadyExists is success; anything else shows by the blob not being there.
        grpc::ClientContext context;
        setDeadline(context);
        content::InfoRequest request;
        request.set_digest(blob.digest.toString());
        content::InfoResponse response;
        require(m_content->Info(&context, request, &response));
    }
}

bool RemoteTarget::claim(const Digest& digest)
{
    grpc::ClientContext context;
    setDeadline(context);
    content::InfoRequest request;
    request.set_digest(digest.toString());
    content::InfoResponse response;
    const grpc::Status status = m_content->Info(&context, request, &response);
    if (status.error_code() == grpc::StatusCode::NOT_FOUND)
        return false;
    require(status);
    return true;
}

void RemoteTarget::release(const Digest& digest)
{
    grpc::ClientContext context;
    setDeadline(context);
    content::DeleteContentRequest request;
    request.set_digest(digest.toString());
    google::protobuf::Empty response;
    require(m_content->Delete(&context, request, &response));
}

void RemoteTarget::writePart(const std::string& ref, const PoolBlob& blob, std::size_t size)
{
    Writer writer(*m_content);
    const std::int64_t offset = writer.open(ref, blob);
    if (static_cast<std::size_t>(offset) < size)
        writer.append(blob, offset, size);
    writer.finish();
}

void RemoteTarget::abort(const std::string& ref)
{
    grpc::ClientContext context;
    setDeadline(context);
    content::AbortRequest request;
    request.set_ref(ref);
    google::protobuf::Empty response;
    require(m_content->Abort(&context, request, &response));
}

std::vector<std::byte> RemoteTarget::read(const Digest& digest)
{
    grpc::ClientContext context;
    setDeadline(context);
    content::ReadContentRequest request;
    request.set_digest(digest.toString());
    const auto stream = m_content->Read(&context, request);
    std::vector<std::byte> bytes;
    content::ReadContentResponse response;
    while (stream->Read(&response)) {
        const auto data = std::as_bytes(std::span(response.data()));
        bytes.insert(bytes.end(), data.begin(), data.end());
    }
    require(stream->Finish());
    return bytes;
}

void RemoteTarget::cleanup(std::uint64_t keepBytes)
{
    grpc::ClientContext context;
    setDeadline(context);
    layerhold::v1::CleanupRequest request;
    request.set_keep_bytes(keepBytes);
    const auto stream = m_api->Cleanup(&context, request);
    layerhold::v1::CleanupResponse response;
    while (stream->Read(&response)) {
    }
    require(stream->Finish());
}

namespace {

template <class Stream, class Response>
void drain(Stream& stream, Response response)
{
    while (stream.Read(&response)) {
    }
    require(stream.Finish());
}

} // namespace

void RemoteTarget::moveToTrash(std::uint64_t keepBytes)
{
    layerhold::v1::MakePlanRequest wanted;
    layerhold::v1::CleanupRule& rule = *wanted.mutable_policy()->add_rules();
    rule.set_name("all");
    rule.set_max_used(std::to_string(keepBytes));
    layerhold::v1::Plan plan;
    {
        grpc::ClientContext context;
        setDeadline(context);
        require(m_cleanup->MakePlan(&context, wanted, &plan));
    }
    grpc::ClientContext context;
    setDeadline(context);
    layerhold::v1::ApplyPlanRequest request;
    request.set_id(plan.id());
    drain(*m_cleanup->ApplyPlan(&context, request), layerhold::v1::ApplyPlanResponse());
}

void RemoteTarget::undo()
{
    grpc::ClientContext context;
    setDeadline(context);
    drain(*m_cleanup->UndoRun(&context, {}), layerhold::v1::TrashProgress());
}

void RemoteTarget::emptyTrash()
{
    grpc::ClientContext context;
    setDeadline(context);
    drain(*m_cleanup->EmptyTrash(&context, {}), layerhold::v1::TrashProgress());
}

void RemoteTarget::repair()
{
    grpc::ClientContext context;
    setDeadline(context);
    layerhold::v1::RepairRequest request;
    request.set_quick(true);
    drain(*m_health->Repair(&context, request), layerhold::v1::RepairResponse());
}

void RemoteTarget::waitUntilReady(std::chrono::milliseconds deadline)
{
    const auto until = std::chrono::system_clock::now() + deadline;
    {
        grpc::ClientContext context;
        context.set_deadline(until);
        context.set_wait_for_ready(true);
        layerhold::v1::GetStatusResponse response;
        require(m_api->GetStatus(&context, {}, &response));
    }
    grpc::ClientContext context;
    context.set_deadline(until);
    context.set_wait_for_ready(true);
    content::ListStatusesResponse response;
    require(m_content->ListStatuses(&context, {}, &response));
}

} // namespace layerhold::test
