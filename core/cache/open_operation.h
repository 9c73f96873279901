// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/blob_guard.h"
#include "cache/cache_context.h"
#include "cache/committer.h"
#include "cache/ingest_table.h"
#include "layerhold/operation.h"

#include <string_view>

namespace layerhold {

/// What operations and their deliveries work with.
struct OperationParts
{
    CacheContext& context;
    BlobGuard& guard;
    IngestTable& ingests;
    Committer& committer;
};

class OpenOperation final : public Operation
{
public:
    OpenOperation(const OperationParts& parts, std::string_view name);
    ~OpenOperation() override;
    OpenOperation(const OpenOperation&) = delete;
    OpenOperation& operator=(const OpenOperation&) = delete;

    bool keep(const Digest& digest, std::stop_token stop) override;
    std::unique_ptr<Delivery> bring(const std::optional<Digest>& digest, std::uint64_t size, BlobKind kind,
                                    std::string_view from) override;

private:
    OperationParts m_parts;
    const Claimant m_claimant;
};

} // namespace layerhold
