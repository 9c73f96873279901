// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"

#include <layerhold/v1/registries.grpc.pb.h>

namespace layerhold::service {

/// The service Access: who may have what, and what engines are given. The cache must outlive it.
class AccessService final : public v1::Access::Service
{
public:
    explicit AccessService(Cache& cache)
        : m_cache(cache)
    {}

    grpc::Status ExplainAccess(grpc::ServerContext*, const v1::ExplainAccessRequest*,
                               v1::ExplainAccessResponse*) override;
    grpc::Status GrantAccess(grpc::ServerContext*, const v1::GrantAccessRequest*, v1::GrantAccessResponse*) override;
    grpc::Status WithdrawAccess(grpc::ServerContext*, const v1::WithdrawAccessRequest*,
                                v1::WithdrawAccessResponse*) override;

private:
    Cache& m_cache;
};

} // namespace layerhold::service
