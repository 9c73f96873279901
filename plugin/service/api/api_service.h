// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "layerhold/registry/prover.h"
#include "layerhold/registry/registry_options.h"
#include "service/api/engine_host.h"

#include <layerhold/v1/layerhold.grpc.pb.h>

#include <atomic>
#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace layerhold::service {

class CallStop;

struct ApiServiceOptions
{
    enum class Host
    {
        Daemon,
        Caller
    };
    Host host = Host::Caller;
    std::size_t maxFollowers = 64; ///< clients that follow the events at one time; each costs a thread
    std::optional<registry::ProverOptions> prover = {}; ///< nullopt: nothing is proven in the background
    std::vector<std::string> trustedRegistries = registry::wellKnownRegistries(); ///< as of RegistryOptions
};

/// The service Layerhold: blobs, engines, events and long work. Synchronous gRPC; every call runs on a thread of the
/// server. The cache and the engine host must outlive it. `stop` ends followers and long work with Unavailable.
class ApiService final : public v1::Layerhold::Service
{
public:
    ApiService(Cache& cache, EngineHost& engines, ApiServiceOptions options, std::stop_token stop);

    grpc::Status GetVersion(grpc::ServerContext*, const v1::GetVersionRequest*, v1::GetVersionResponse*) override;
    grpc::Status GetStatus(grpc::ServerContext*, const v1::GetStatusRequest*, v1::GetStatusResponse*) override;
    grpc::Status GetStats(grpc::ServerContext*, const v1::GetStatsRequest*, v1::GetStatsResponse*) override;

    grpc::Status ListBlobs(grpc::ServerContext*, const v1::ListBlobsRequest*,
                           grpc::ServerWriter<v1::ListBlobsResponse>*) override;
    grpc::Status InspectBlob(grpc::ServerContext*, const v1::InspectBlobRequest*, v1::InspectBlobResponse*) override;
    grpc::Status ExplainBlob(grpc::ServerContext*, const v1::ExplainBlobRequest*, v1::ExplainBlobResponse*) override;

    grpc::Status ListEngines(grpc::ServerContext*, const v1::ListEnginesRequest*, v1::ListEnginesResponse*) override;
    grpc::Status AddEngine(grpc::ServerContext*, const v1::AddEngineRequest*, v1::AddEngineResponse*) override;
    grpc::Status RemoveEngine(grpc::ServerContext*, const v1::RemoveEngineRequest*, v1::RemoveEngineResponse*) override;
    grpc::Status ImportBlobs(grpc::ServerContext*, const v1::ImportBlobsRequest*,
                             grpc::ServerWriter<v1::TransferProgress>*) override;
    grpc::Status ExportBlobs(grpc::ServerContext*, const v1::ExportBlobsRequest*,
                             grpc::ServerWriter<v1::TransferProgress>*) override;

    grpc::Status FollowEvents(grpc::ServerContext*, const v1::FollowEventsRequest*,
                              grpc::ServerWriter<v1::FollowEventsResponse>*) override;

    grpc::Status Verify(grpc::ServerContext*, const v1::VerifyRequest*,
                        grpc::ServerWriter<v1::VerifyResponse>*) override;
    grpc::Status Cleanup(grpc::ServerContext*, const v1::CleanupRequest*,
                         grpc::ServerWriter<v1::CleanupResponse>*) override;
    grpc::Status Rebuild(grpc::ServerContext*, const v1::RebuildRequest*,
                         grpc::ServerWriter<v1::RebuildResponse>*) override;

private:
    void list(CallStop& call, const v1::ListBlobsRequest& request, grpc::ServerWriter<v1::ListBlobsResponse>& writer);
    void follow(grpc::ServerContext& context, const v1::FollowEventsRequest& request,
                grpc::ServerWriter<v1::FollowEventsResponse>& writer);

    Cache& m_cache;
    EngineHost& m_engines;
    ApiServiceOptions m_options;
    std::stop_token m_stop;
    std::atomic<std::size_t> m_followers = 0;
};

} // namespace layerhold::service
