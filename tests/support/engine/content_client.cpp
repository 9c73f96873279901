// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/engine/content_client.h"

#include "layerhold/digest.h"

#include <atomic>

namespace layerhold::test {

std::string sha256Of(const std::string& bytes)
{
    return Hasher::of(std::as_bytes(std::span(bytes))).toString();
}

WriteStream::WriteStream(contentapi::Content::Stub& stub, std::chrono::milliseconds limit)
{
    m_context.set_deadline(std::chrono::system_clock::now() + limit);
    m_stream = stub.Write(&m_context);
}

WriteStream::~WriteStream()
{
    if (m_status)
        return;
    cancel();
    m_status = m_stream->Finish();
}

std::optional<contentapi::WriteContentResponse> WriteStream::exchange(const contentapi::WriteContentRequest& request)
{
    contentapi::WriteContentResponse response;
    if (m_status || !m_stream->Write(request) || !m_stream->Read(&response))
        return std::nullopt;
    return response;
}

std::optional<contentapi::WriteContentResponse> WriteStream::stat(const std::string& ref, std::int64_t total,
                                                                  const std::string& expected)
{
    contentapi::WriteContentRequest request;
    request.set_action(contentapi::STAT);
    request.set_ref(ref);
    request.set_total(total);
    request.set_expected(expected);
    return exchange(request);
}

std::optional<contentapi::WriteContentResponse> WriteStream::write(std::int64_t offset, const std::string& data)
{
    contentapi::WriteContentRequest request;
    request.set_action(contentapi::WRITE);
    request.set_offset(offset);
    request.set_data(data);
    return exchange(request);
}

std::optional<contentapi::WriteContentResponse> WriteStream::commit(std::int64_t offset, std::int64_t total,
                                                                    const std::string& expected,
                                                                    const std::map<std::string, std::string>& labels)
{
    contentapi::WriteContentRequest request;
    request.set_action(contentapi::COMMIT);
    request.set_offset(offset);
    request.set_total(total);
    request.set_expected(expected);
    request.mutable_labels()->insert(labels.begin(), labels.end());
    return exchange(request);
}

grpc::Status WriteStream::finish()
{
    if (m_status)
        return *m_status;
    m_stream->WritesDone();
    contentapi::WriteContentResponse rest;
    while (m_stream->Read(&rest)) {
    }
    m_status = m_stream->Finish();
    return *m_status;
}

ContentClient::ContentClient(const std::string& socket, std::chrono::milliseconds limit)
    : m_limit(limit)
{
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(16 << 20);
    arguments.SetMaxSendMessageSize(-1);
    // Without this, clients of one process share one connection.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 500);
    m_stub = contentapi::Content::NewStub(
        grpc::CreateCustomChannel("unix:" + socket, grpc::InsecureChannelCredentials(), arguments));
}

void ContentClient::prepare(grpc::ClientContext& context) const
{
    context.set_deadline(std::chrono::system_clock::now() + m_limit);
}

grpc::Status ContentClient::info(const std::string& digest, contentapi::Info* info)
{
    grpc::ClientContext context;
    prepare(context);
    contentapi::InfoRequest request;
    request.set_digest(digest);
    contentapi::InfoResponse response;
    const grpc::Status status = m_stub->Info(&context, request, &response);
    if (info)
        *info = response.info();
    return status;
}

grpc::Status ContentClient::update(const contentapi::UpdateRequest& request, contentapi::Info* info)
{
    grpc::ClientContext context;
    prepare(context);
    contentapi::UpdateResponse response;
    const grpc::Status status = m_stub->Update(&context, request, &response);
    if (info)
        *info = response.info();
    return status;
}

grpc::Status ContentClient::remove(const std::string& digest)
{
    grpc::ClientContext context;
    prepare(context);
    contentapi::DeleteContentRequest request;
    request.set_digest(digest);
    google::protobuf::Empty response;
    return m_stub->Delete(&context, request, &response);
}

grpc::Status ContentClient::list(const std::vector<std::string>& filters, std::vector<contentapi::Info>* infos)
{
    grpc::ClientContext context;
    prepare(context);
    contentapi::ListContentRequest request;
    request.mutable_filters()->Add(filters.begin(), filters.end());
    const auto reader = m_stub->List(&context, request);
    contentapi::ListContentResponse response;
    while (reader->Read(&response))
        infos->insert(infos->end(), response.info().begin(), response.info().end());
    return reader->Finish();
}

grpc::Status ContentClient::read(const std::string& digest, std::int64_t offset, std::int64_t size, std::string* bytes)
{
    grpc::ClientContext context;
    prepare(context);
    contentapi::ReadContentRequest request;
    request.set_digest(digest);
    request.set_offset(offset);
    request.set_size(size);
    const auto reader = m_stub->Read(&context, request);
    contentapi::ReadContentResponse response;
    while (reader->Read(&response))
        if (bytes)
            *bytes += response.data();
    return reader->Finish();
}

grpc::Status ContentClient::status(const std::string& ref, contentapi::Status* status)
{
    grpc::ClientContext context;
    prepare(context);
    contentapi::StatusRequest request;
    request.set_ref(ref);
    contentapi::StatusResponse response;
    const grpc::Status ended = m_stub->Status(&context, request, &response);
    if (status)
        *status = response.status();
    return ended;
}

grpc::Status ContentClient::statuses(const std::vector<std::string>& filters, std::vector<contentapi::Status>* statuses)
{
    grpc::ClientContext context;
    prepare(context);
    contentapi::ListStatusesRequest request;
    request.mutable_filters()->Add(filters.begin(), filters.end());
    contentapi::ListStatusesResponse response;
    const grpc::Status ended = m_stub->ListStatuses(&context, request, &response);
    statuses->assign(response.statuses().begin(), response.statuses().end());
    return ended;
}

grpc::Status ContentClient::abort(const std::string& ref)
{
    grpc::ClientContext context;
    prepare(context);
    contentapi::AbortRequest request;
    request.set_ref(ref);
    google::protobuf::Empty response;
    return m_stub->Abort(&context, request, &response);
}

std::unique_ptr<WriteStream> ContentClient::openWrite()
{
    return std::make_unique<WriteStream>(*m_stub, m_limit);
}

grpc::Status ContentClient::put(const std::string& bytes, const std::map<std::string, std::string>& labels)
{
    static std::atomic<std::uint64_t> number = 0;
    const auto stream = openWrite();
    contentapi::WriteContentRequest request;
    request.set_action(contentapi::COMMIT);
    request.set_ref("put-" + std::to_string(++number));
    request.set_data(bytes);
    request.set_total(static_cast<std::int64_t>(bytes.size()));
    request.mutable_labels()->insert(labels.begin(), labels.end());
    stream->exchange(request);
    return stream->finish();
}

} // namespace layerhold::test
