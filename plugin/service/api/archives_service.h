// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"

#include <layerhold/v1/archive.grpc.pb.h>

#include <stop_token>

namespace layerhold::service {

/// The service Archives over a cache, which must outlive it. `stop` ends its calls with Unavailable.
class ArchivesService final : public v1::Archives::Service
{
public:
    ArchivesService(Cache& cache, std::stop_token stop);

    grpc::Status ExportImage(grpc::ServerContext*, const v1::ExportImageRequest*,
                             grpc::ServerWriter<v1::ExportImageResponse>*) override;
    grpc::Status LoadImage(grpc::ServerContext*, grpc::ServerReader<v1::LoadImageRequest>*,
                           v1::LoadImageResponse*) override;

private:
    Cache& m_cache;
    std::stop_token m_stop;
};

} // namespace layerhold::service
