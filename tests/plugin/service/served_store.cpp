// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "plugin/service/served_store.h"

#include <span>

namespace layerhold::test {

namespace pb = containerd::services::content::v1;
using namespace std::chrono_literals;

std::chrono::system_clock::time_point soon()
{
    return std::chrono::system_clock::now() + 20s;
}

std::string digestOf(const std::string& bytes)
{
    return Hasher::of(std::as_bytes(std::span(bytes))).toString();
}

std::string someBytes(std::size_t size)
{
    std::string result(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        result[i] = static_cast<char>(i * 31 + (i >> 8));
    return result;
}

pb::WriteContentRequest request(pb::WriteAction action, std::int64_t offset, const std::string& data)
{
    pb::WriteContentRequest result;
    result.set_action(action);
    result.set_offset(offset);
    result.set_data(data);
    return result;
}

ServedStore::ServedStore(int maxStreamsPerConnection)
{
    service::EngineServerOptions options;
    options.listen.path = socket();
    options.maxStreamsPerConnection = maxStreamsPerConnection;
    server.emplace(store, options, workers, service::Log());
    server->start();
    stub = pb::Content::NewStub(connect());
}

ServedStore::~ServedStore() = default;

std::string ServedStore::socket() const
{
    return m_directory.filePath("content.sock").toStdString();
}

std::shared_ptr<grpc::Channel> ServedStore::connect() const
{
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel("unix:" + socket(), grpc::InsecureChannelCredentials(), arguments);
}

grpc::StatusCode ServedStore::infoOf(const std::string& digest, pb::InfoResponse* response)
{
    pb::InfoResponse ignored;
    pb::InfoRequest message;
    message.set_digest(digest);
    grpc::ClientContext context;
    context.set_deadline(soon());
    return stub->Info(&context, message, response ? response : &ignored).error_code();
}

grpc::StatusCode ServedStore::readInto(const std::string& digest, std::int64_t offset, std::int64_t size,
                                       std::string* result)
{
    pb::ReadContentRequest message;
    message.set_digest(digest);
    message.set_offset(offset);
    message.set_size(size);
    grpc::ClientContext context;
    context.set_deadline(soon());
    const auto stream = stub->Read(&context, message);
    pb::ReadContentResponse piece;
    result->clear();
    while (stream->Read(&piece)) {
        if (piece.offset() != std::int64_t(result->size()))
            return grpc::StatusCode::UNKNOWN;
        *result += piece.data();
    }
    return stream->Finish().error_code();
}

int ServedStore::listCount(const std::vector<std::string>& filters)
{
    pb::ListContentRequest message;
    for (const std::string& filter : filters)
        message.add_filters(filter);
    grpc::ClientContext context;
    context.set_deadline(soon());
    const auto stream = stub->List(&context, message);
    int count = 0;
    pb::ListContentResponse page;
    while (stream->Read(&page))
        count += page.info_size();
    const grpc::Status status = stream->Finish();
    return status.ok() ? count : -int(status.error_code());
}

int ServedStore::statusCount(const std::vector<std::string>& filters)
{
    pb::ListStatusesRequest message;
    for (const std::string& filter : filters)
        message.add_filters(filter);
    pb::ListStatusesResponse response;
    grpc::ClientContext context;
    context.set_deadline(soon());
    const grpc::Status status = stub->ListStatuses(&context, message, &response);
    return status.ok() ? response.statuses_size() : -int(status.error_code());
}

Writer::Writer(pb::Content::Stub& stub, const std::string& ref, std::chrono::system_clock::time_point deadline)
    : m_ref(ref)
{
    m_context.set_deadline(deadline);
    m_stream = stub.Write(&m_context);
}

Writer::~Writer()
{
    if (!m_isOver) {
        m_context.TryCancel();
        m_stream->Finish();
    }
}

bool Writer::exchange(pb::WriteContentRequest message)
{
    if (m_isFirst)
        message.set_ref(m_ref);
    m_isFirst = false;
    return m_stream->Write(message) && m_stream->Read(&reply);
}

bool Writer::stat()
{
    return exchange(request(pb::STAT, 0));
}

grpc::StatusCode Writer::finish()
{
    m_isOver = true;
    m_stream->WritesDone();
    pb::WriteContentResponse unasked;
    while (m_stream->Read(&unasked))
        ++unaskedReplies;
    status = m_stream->Finish();
    return status.error_code();
}

grpc::StatusCode Writer::exchangeAndFinish(const pb::WriteContentRequest& message)
{
    exchange(message);
    return finish();
}

} // namespace layerhold::test
