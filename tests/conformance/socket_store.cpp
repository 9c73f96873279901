// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "conformance/socket_store.h"

#include "layerhold/error.h"

namespace layerhold::test {

namespace {

ErrorCode errorCode(grpc::StatusCode code)
{
    switch (code) {
    case grpc::StatusCode::NOT_FOUND:
        return ErrorCode::NotFound;
    case grpc::StatusCode::ALREADY_EXISTS:
        return ErrorCode::AlreadyExists;
    case grpc::StatusCode::INVALID_ARGUMENT:
        return ErrorCode::InvalidArgument;
    case grpc::StatusCode::FAILED_PRECONDITION:
        return ErrorCode::FailedPrecondition;
    case grpc::StatusCode::OUT_OF_RANGE:
        return ErrorCode::OutOfRange;
    case grpc::StatusCode::UNAVAILABLE:
        return ErrorCode::Locked;
    case grpc::StatusCode::DATA_LOSS:
        return ErrorCode::DataLoss;
    default:
        return ErrorCode::Internal;
    }
}

void check(const grpc::Status& status)
{
    if (!status.ok())
        throw Error(errorCode(status.error_code()), status.error_message());
}

TimePoint timeOf(const google::protobuf::Timestamp& time)
{
    return fromNanoseconds(time.seconds() * 1'000'000'000 + time.nanos());
}

ContentInfo infoOf(const contentapi::Info& info)
{
    return {Digest::require(info.digest()), static_cast<std::uint64_t>(info.size()), timeOf(info.created_at()),
            timeOf(info.updated_at()), Labels(info.labels().begin(), info.labels().end())};
}

IngestStatus statusOf(const contentapi::Status& status)
{
    return {status.ref(),
            static_cast<std::uint64_t>(status.offset()),
            static_cast<std::uint64_t>(status.total()),
            std::nullopt,
            timeOf(status.started_at()),
            timeOf(status.updated_at())};
}

class SocketWriter : public ContractWriter
{
public:
    SocketWriter(std::unique_ptr<WriteStream> stream, std::string ref, std::uint64_t total, const std::string& expected)
        : m_stream(std::move(stream))
        , m_ref(std::move(ref))
    {
        m_offset = require(m_stream->stat(m_ref, static_cast<std::int64_t>(total), expected)).offset();
    }

    // Half-closed and waited for, so that the ref is free when this returns.
    ~SocketWriter() override { m_stream->finish(); }

    IngestStatus status() override
    {
        const auto response = require(m_stream->stat(m_ref));
        return {m_ref,
                static_cast<std::uint64_t>(response.offset()),
                static_cast<std::uint64_t>(response.total()),
                std::nullopt,
                timeOf(response.started_at()),
                timeOf(response.updated_at())};
    }

    std::string runningDigest() override { return require(m_stream->stat(m_ref)).digest(); }

    void append(const std::string& bytes) override { m_offset = require(m_stream->write(m_offset, bytes)).offset(); }

    void truncate() override { m_offset = require(m_stream->write(0, {})).offset(); }

    std::string commit(std::uint64_t total, const std::string& expected, const Labels& labels) override
    {
        const auto response = require(m_stream->commit(m_offset, static_cast<std::int64_t>(total), expected, labels));
        check(m_stream->finish());
        return response.digest();
    }

private:
    contentapi::WriteContentResponse require(const std::optional<contentapi::WriteContentResponse>& response)
    {
        if (!response) {
            const grpc::Status status = m_stream->finish();
            check(status);
            throw Error(ErrorCode::Internal, "the write ended without an answer");
        }
        return *response;
    }

    std::unique_ptr<WriteStream> m_stream;
    std::string m_ref;
    std::int64_t m_offset = 0;
};

} // namespace

std::optional<ContentInfo> SocketStore::info(const std::string& digest)
{
    contentapi::Info info;
    const grpc::Status status = m_client.info(digest, &info);
    if (status.error_code() == grpc::StatusCode::NOT_FOUND)
        return std::nullopt;
    check(status);
    return infoOf(info);
}

std::vector<ContentInfo> SocketStore::list()
{
    std::vector<contentapi::Info> infos;
    check(m_client.list({}, &infos));
    std::vector<ContentInfo> all;
    for (const contentapi::Info& info : infos)
        all.push_back(infoOf(info));
    return all;
}

ContentInfo SocketStore::updateLabels(const std::string& digest, const LabelUpdate& update)
{
    contentapi::UpdateRequest request;
    request.mutable_info()->set_digest(digest);
    request.mutable_info()->mutable_labels()->insert(update.labels.begin(), update.labels.end());
    for (const std::string& key : update.keys)
        request.mutable_update_mask()->add_paths("labels." + key);
    contentapi::Info info;
    check(m_client.update(request, &info));
    return infoOf(info);
}

void SocketStore::remove(const std::string& digest)
{
    check(m_client.remove(digest));
}

std::string SocketStore::read(const std::string& digest, std::uint64_t offset, std::uint64_t size)
{
    std::string bytes;
    check(m_client.read(digest, static_cast<std::int64_t>(offset), static_cast<std::int64_t>(size), &bytes));
    return bytes;
}

std::unique_ptr<ContractWriter> SocketStore::write(const std::string& ref, std::uint64_t total,
                                                   const std::string& expected)
{
    return std::make_unique<SocketWriter>(m_client.openWrite(), ref, total, expected);
}

std::optional<IngestStatus> SocketStore::status(const std::string& ref)
{
    contentapi::Status found;
    const grpc::Status status = m_client.status(ref, &found);
    if (status.error_code() == grpc::StatusCode::NOT_FOUND)
        return std::nullopt;
    check(status);
    return statusOf(found);
}

std::vector<IngestStatus> SocketStore::statuses()
{
    std::vector<contentapi::Status> found;
    check(m_client.statuses({}, &found));
    std::vector<IngestStatus> all;
    for (const contentapi::Status& status : found)
        all.push_back(statusOf(status));
    return all;
}

void SocketStore::abort(const std::string& ref)
{
    check(m_client.abort(ref));
}

} // namespace layerhold::test
