// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crash/mixed_work.h"

#include <containerd/services/content/v1/content.grpc.pb.h>
#include <layerhold/v1/cleanup.grpc.pb.h>
#include <layerhold/v1/health.grpc.pb.h>
#include <layerhold/v1/layerhold.grpc.pb.h>

#include <chrono>
#include <memory>

namespace layerhold::test {

/// A daemon behind its sockets. Each call has a deadline; one whose server dies fails at once.
class RemoteTarget : public Target
{
public:
    RemoteTarget(const std::string& root, const std::string& contentSocket, const std::string& apiSocket);

    void put(const std::string& ref, const PoolBlob& blob, std::size_t pieceSize) override;
    bool claim(const Digest& digest) override;
    void release(const Digest& digest) override;
    void writePart(const std::string& ref, const PoolBlob& blob, std::size_t size) override;
    void abort(const std::string& ref) override;
    std::vector<std::byte> read(const Digest& digest) override;
    void cleanup(std::uint64_t keepBytes) override;
    void moveToTrash(std::uint64_t keepBytes) override;
    void undo() override;
    void emptyTrash() override;
    void repair() override;

    /// Waits until the daemon answers on both sockets.
    void waitUntilReady(std::chrono::milliseconds deadline);

private:
    std::unique_ptr<containerd::services::content::v1::Content::Stub> m_content;
    std::unique_ptr<layerhold::v1::Layerhold::Stub> m_api;
    std::unique_ptr<layerhold::v1::Cleanup::Stub> m_cleanup;
    std::unique_ptr<layerhold::v1::Health::Stub> m_health;
};

} // namespace layerhold::test
