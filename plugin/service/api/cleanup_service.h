// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"

#include <layerhold/v1/cleanup.grpc.pb.h>

#include <stop_token>

namespace layerhold::service {

/// The service Cleanup: policy, plans, runs, trash, pins, leases and figures. Synchronous gRPC. The cache must outlive
/// it. `stop` ends long work with Unavailable.
class CleanupService final : public v1::Cleanup::Service
{
public:
    CleanupService(Cache& cache, std::stop_token stop);

    grpc::Status GetPolicy(grpc::ServerContext*, const v1::GetPolicyRequest*, v1::CleanupPolicy*) override;
    grpc::Status SetPolicy(grpc::ServerContext*, const v1::SetPolicyRequest*, v1::CleanupPolicy*) override;

    grpc::Status MakePlan(grpc::ServerContext*, const v1::MakePlanRequest*, v1::Plan*) override;
    grpc::Status ListPlans(grpc::ServerContext*, const v1::ListPlansRequest*, v1::ListPlansResponse*) override;
    grpc::Status GetPlan(grpc::ServerContext*, const v1::GetPlanRequest*, v1::Plan*) override;
    grpc::Status ListPlanItems(grpc::ServerContext*, const v1::ListPlanItemsRequest*,
                               grpc::ServerWriter<v1::ListPlanItemsResponse>*) override;
    grpc::Status ApplyPlan(grpc::ServerContext*, const v1::ApplyPlanRequest*,
                           grpc::ServerWriter<v1::ApplyPlanResponse>*) override;
    grpc::Status ListRuns(grpc::ServerContext*, const v1::ListRunsRequest*, v1::ListRunsResponse*) override;
    grpc::Status ListRunItems(grpc::ServerContext*, const v1::ListRunItemsRequest*,
                              grpc::ServerWriter<v1::ListRunItemsResponse>*) override;

    grpc::Status ListTrash(grpc::ServerContext*, const v1::ListTrashRequest*,
                           grpc::ServerWriter<v1::ListTrashResponse>*) override;
    grpc::Status UndoRun(grpc::ServerContext*, const v1::UndoRunRequest*,
                         grpc::ServerWriter<v1::TrashProgress>*) override;
    grpc::Status RestoreTrash(grpc::ServerContext*, const v1::RestoreTrashRequest*, v1::TrashReport*) override;
    grpc::Status EmptyTrash(grpc::ServerContext*, const v1::EmptyTrashRequest*,
                            grpc::ServerWriter<v1::TrashProgress>*) override;

    grpc::Status PinBlob(grpc::ServerContext*, const v1::PinBlobRequest*, v1::Pin*) override;
    grpc::Status UnpinBlob(grpc::ServerContext*, const v1::UnpinBlobRequest*, v1::UnpinBlobResponse*) override;
    grpc::Status ListPins(grpc::ServerContext*, const v1::ListPinsRequest*, v1::ListPinsResponse*) override;

    grpc::Status PutLease(grpc::ServerContext*, const v1::PutLeaseRequest*, v1::Lease*) override;
    grpc::Status EndLease(grpc::ServerContext*, const v1::EndLeaseRequest*, v1::EndLeaseResponse*) override;
    grpc::Status ListLeases(grpc::ServerContext*, const v1::ListLeasesRequest*, v1::ListLeasesResponse*) override;

    grpc::Status GetUsage(grpc::ServerContext*, const v1::GetUsageRequest*, v1::Usage*) override;
    grpc::Status GetFreed(grpc::ServerContext*, const v1::GetFreedRequest*, v1::GetFreedResponse*) override;

private:
    Cache& m_cache;
    std::stop_token m_stop;
};

} // namespace layerhold::service
