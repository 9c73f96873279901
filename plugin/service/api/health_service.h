// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "service/api/engine_host.h"

#include <layerhold/v1/health.grpc.pb.h>

#include <stop_token>

namespace layerhold::service {

/// The service Health. The cache and the engine host must outlive it. `stop` ends long work with Unavailable.
class HealthService final : public v1::Health::Service
{
public:
    HealthService(Cache& cache, EngineHost& engines, std::stop_token stop)
        : m_cache(cache)
        , m_engines(engines)
        , m_stop(std::move(stop))
    {}

    grpc::Status CollectDebug(grpc::ServerContext*, const v1::CollectDebugRequest*, v1::CollectDebugResponse*) override;
    grpc::Status GetEntryInfo(grpc::ServerContext*, const v1::GetEntryInfoRequest*, v1::GetEntryInfoResponse*) override;
    grpc::Status GetStorage(grpc::ServerContext*, const v1::GetStorageRequest*, v1::GetStorageResponse*) override;
    grpc::Status CheckIntegrity(grpc::ServerContext*, const v1::CheckIntegrityRequest*,
                                grpc::ServerWriter<v1::CheckIntegrityResponse>*) override;
    grpc::Status Repair(grpc::ServerContext*, const v1::RepairRequest*,
                        grpc::ServerWriter<v1::RepairResponse>*) override;
    grpc::Status Compact(grpc::ServerContext*, const v1::CompactRequest*, v1::CompactResponse*) override;
    grpc::Status Diagnose(grpc::ServerContext*, const v1::DiagnoseRequest*, v1::DiagnoseResponse*) override;
    grpc::Status ExplainMiss(grpc::ServerContext*, const v1::ExplainMissRequest*, v1::ExplainMissResponse*) override;

private:
    Cache& m_cache;
    EngineHost& m_engines;
    std::stop_token m_stop;
};

} // namespace layerhold::service
