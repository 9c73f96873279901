// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"

#include <layerhold/v1/images.grpc.pb.h>

namespace layerhold::service {

/// The service Tags. The cache must outlive it.
class TagsService final : public v1::Tags::Service
{
public:
    explicit TagsService(Cache& cache)
        : m_cache(cache)
    {}

    grpc::Status ListTags(grpc::ServerContext*, const v1::ListTagsRequest*,
                          grpc::ServerWriter<v1::ListTagsResponse>*) override;
    grpc::Status GetTagHistory(grpc::ServerContext*, const v1::GetTagHistoryRequest*,
                               v1::GetTagHistoryResponse*) override;
    grpc::Status PutTag(grpc::ServerContext*, const v1::PutTagRequest*, v1::PutTagResponse*) override;
    grpc::Status RemoveTag(grpc::ServerContext*, const v1::RemoveTagRequest*, v1::RemoveTagResponse*) override;

private:
    Cache& m_cache;
};

} // namespace layerhold::service
