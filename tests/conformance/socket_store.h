// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "conformance/contract_store.h"
#include "support/engine/content_client.h"

namespace layerhold::test {

/// The content store behind a content socket. gRPC codes come back as the Error codes they stand for.
class SocketStore : public ContractStore
{
public:
    explicit SocketStore(const std::string& socket)
        : m_client(socket)
    {}

    std::optional<ContentInfo> info(const std::string& digest) override;
    std::vector<ContentInfo> list() override;
    ContentInfo updateLabels(const std::string& digest, const LabelUpdate& update) override;
    void remove(const std::string& digest) override;
    std::string read(const std::string& digest, std::uint64_t offset, std::uint64_t size) override;
    std::unique_ptr<ContractWriter> write(const std::string& ref, std::uint64_t total,
                                          const std::string& expected) override;
    std::optional<IngestStatus> status(const std::string& ref) override;
    std::vector<IngestStatus> statuses() override;
    void abort(const std::string& ref) override;

private:
    ContentClient m_client;
};

} // namespace layerhold::test
