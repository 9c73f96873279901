// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"

#include <layerhold/v1/images.grpc.pb.h>

namespace layerhold::service {

/// The service Images. The cache must outlive it.
class ImagesService final : public v1::Images::Service
{
public:
    explicit ImagesService(Cache& cache)
        : m_cache(cache)
    {}

    grpc::Status ListImages(grpc::ServerContext*, const v1::ListImagesRequest*,
                            grpc::ServerWriter<v1::ListImagesResponse>*) override;
    grpc::Status ListEdges(grpc::ServerContext*, const v1::ListEdgesRequest*,
                           grpc::ServerWriter<v1::ListEdgesResponse>*) override;
    grpc::Status Inspect(grpc::ServerContext*, const v1::InspectRequest*, v1::InspectResponse*) override;

private:
    Cache& m_cache;
};

} // namespace layerhold::service
