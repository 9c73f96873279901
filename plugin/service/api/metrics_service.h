// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"

#include <layerhold/v1/metrics.grpc.pb.h>

namespace layerhold::service {

/// The service Metrics. The cache must outlive it.
class MetricsService final : public v1::Metrics::Service
{
public:
    explicit MetricsService(Cache& cache)
        : m_cache(cache)
    {}

    grpc::Status GetSnapshot(grpc::ServerContext*, const v1::GetSnapshotRequest*, v1::GetSnapshotResponse*) override;
    grpc::Status DescribeMetrics(grpc::ServerContext*, const v1::DescribeMetricsRequest*,
                                 v1::DescribeMetricsResponse*) override;
    grpc::Status GetHistory(grpc::ServerContext*, const v1::GetHistoryRequest*, v1::GetHistoryResponse*) override;
    grpc::Status ResetMetrics(grpc::ServerContext*, const v1::ResetMetricsRequest*, v1::ResetMetricsResponse*) override;

private:
    Cache& m_cache;
};

} // namespace layerhold::service
