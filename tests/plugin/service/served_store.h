// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugin/service/memory_content_store.h"
#include "service/content/engine_server.h"

#include <containerd/services/content/v1/content.grpc.pb.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <QTemporaryDir>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace layerhold::test {

/// A deadline that only a hanging server misses.
std::chrono::system_clock::time_point soon();

std::string digestOf(const std::string& bytes);
std::string someBytes(std::size_t size);

containerd::services::content::v1::WriteContentRequest request(containerd::services::content::v1::WriteAction action,
                                                               std::int64_t offset, const std::string& data = {});

/// A memory store behind an engine server, and a client of it.
class ServedStore
{
public:
    explicit ServedStore(int maxStreamsPerConnection = service::EngineServerOptions().maxStreamsPerConnection);
    ~ServedStore();

    std::string socket() const;
    /// A connection of its own.
    std::shared_ptr<grpc::Channel> connect() const;

    grpc::StatusCode infoOf(const std::string& digest,
                            containerd::services::content::v1::InfoResponse* response = nullptr);
    grpc::StatusCode readInto(const std::string& digest, std::int64_t offset, std::int64_t size, std::string* result);
    /// How many match; minus the status code when the call fails.
    int listCount(const std::vector<std::string>& filters);
    int statusCount(const std::vector<std::string>& filters);

private:
    QTemporaryDir m_directory;

public:
    std::shared_ptr<MemoryContentStore> store = std::make_shared<MemoryContentStore>();
    service::WorkerPool workers{4};
    std::optional<service::EngineServer> server;
    std::unique_ptr<containerd::services::content::v1::Content::Stub> stub;
};

/// A Write stream of a client.
class Writer
{
public:
    Writer(containerd::services::content::v1::Content::Stub& stub, const std::string& ref,
           std::chrono::system_clock::time_point deadline = soon());
    ~Writer();

    /// One message and its answer; false when the stream ended instead.
    bool exchange(containerd::services::content::v1::WriteContentRequest message);
    bool stat();
    grpc::StatusCode finish();
    /// The status that the stream ends with after this message.
    grpc::StatusCode exchangeAndFinish(const containerd::services::content::v1::WriteContentRequest& message);

    void cancel() { m_context.TryCancel(); }

    containerd::services::content::v1::WriteContentResponse reply;
    grpc::Status status;
    int unaskedReplies = 0;

private:
    grpc::ClientContext m_context;
    std::string m_ref;
    std::unique_ptr<grpc::ClientReaderWriter<containerd::services::content::v1::WriteContentRequest,
                                             containerd::services::content::v1::WriteContentResponse>>
        m_stream;
    bool m_isFirst = true;
    bool m_isOver = false;
};

} // namespace layerhold::test
