// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <containerd/services/content/v1/content.grpc.pb.h>

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace layerhold::test {

namespace contentapi = containerd::services::content::v1;

/// sha256 of the bytes as "sha256:hex".
std::string sha256Of(const std::string& bytes);

/// One Write call, in lock-step as containerd's client does it. Cancelled when it is still open at destruction.
class WriteStream
{
public:
    WriteStream(contentapi::Content::Stub& stub, std::chrono::milliseconds limit);
    ~WriteStream();
    WriteStream(const WriteStream&) = delete;
    WriteStream& operator=(const WriteStream&) = delete;

    /// Sends one request and reads its response; nullopt when the call has ended instead, see finish().
    std::optional<contentapi::WriteContentResponse> exchange(const contentapi::WriteContentRequest& request);

    std::optional<contentapi::WriteContentResponse> stat(const std::string& ref, std::int64_t total = 0,
                                                         const std::string& expected = {});
    std::optional<contentapi::WriteContentResponse> write(std::int64_t offset, const std::string& data);
    std::optional<contentapi::WriteContentResponse> commit(std::int64_t offset, std::int64_t total,
                                                           const std::string& expected,
                                                           const std::map<std::string, std::string>& labels = {});

    /// Half-closes, drops what still comes and returns how the call ended. Later calls return the same.
    grpc::Status finish();

    void cancel() { m_context.TryCancel(); }

private:
    grpc::ClientContext m_context;
    std::unique_ptr<grpc::ClientReaderWriter<contentapi::WriteContentRequest, contentapi::WriteContentResponse>>
        m_stream;
    std::optional<grpc::Status> m_status;
};

/// A client of a content socket; every call has a deadline. Each object has a connection of its own.
class ContentClient
{
public:
    explicit ContentClient(const std::string& socket, std::chrono::milliseconds limit = std::chrono::seconds(30));

    grpc::Status info(const std::string& digest, contentapi::Info* info = nullptr);
    grpc::Status update(const contentapi::UpdateRequest& request, contentapi::Info* info = nullptr);
    grpc::Status remove(const std::string& digest);
    grpc::Status list(const std::vector<std::string>& filters, std::vector<contentapi::Info>* infos);
    /// The bytes are those of all messages.
    grpc::Status read(const std::string& digest, std::int64_t offset, std::int64_t size, std::string* bytes = nullptr);
    grpc::Status status(const std::string& ref, contentapi::Status* status = nullptr);
    grpc::Status statuses(const std::vector<std::string>& filters, std::vector<contentapi::Status>* statuses);
    grpc::Status abort(const std::string& ref);
    std::unique_ptr<WriteStream> openWrite();

    /// Writes and commits `bytes` under a ref of its own.
    grpc::Status put(const std::string& bytes, const std::map<std::string, std::string>& labels = {});

private:
    void prepare(grpc::ClientContext& context) const;

    std::chrono::milliseconds m_limit;
    std::unique_ptr<contentapi::Content::Stub> m_stub;
};

} // namespace layerhold::test
