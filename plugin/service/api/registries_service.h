// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "layerhold/registry/prover.h"
#include "layerhold/registry/puller.h"
#include "layerhold/registry/pusher.h"
#include "layerhold/registry/registry_client.h"
#include "layerhold/registry/tag_resolver.h"
#include "service/api/callers.h"

#include <layerhold/v1/registries.grpc.pb.h>

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace layerhold::service {

/// The service Registries: work with registries as the caller, who sends how each is reached and what is shown there.
/// Credentials live as long as the call. With `prover`, what was pulled is proven to be public in the background, where
/// it is. The cache and the callers must outlive it. `stop` ends work with Unavailable.
class RegistriesService final : public v1::Registries::Service
{
public:
    RegistriesService(Cache& cache, const Callers& callers, std::shared_ptr<registry::RegistryContext> context,
                      const std::optional<registry::ProverOptions>& prover, std::stop_token stop);

    grpc::Status Resolve(grpc::ServerContext*, const v1::ResolveRequest*, v1::ResolveResponse*) override;
    grpc::Status Pull(grpc::ServerContext*, const v1::PullRequest*, grpc::ServerWriter<v1::PullResponse>*) override;
    grpc::Status Push(grpc::ServerContext*, const v1::PushRequest*, grpc::ServerWriter<v1::PushResponse>*) override;
    grpc::Status ListRateLimits(grpc::ServerContext*, const v1::ListRateLimitsRequest*,
                                v1::ListRateLimitsResponse*) override;

private:
    /// The first that answers, else the last: of these that differ in the scheme, say.
    registry::Source reachable(const std::vector<registry::Source>& sources, const std::string& name,
                               const std::stop_token& stop);

    Cache& m_cache;
    const Callers& m_callers;
    const std::shared_ptr<registry::RegistryContext> m_context;
    const std::stop_token m_stop;
    registry::TagResolver m_resolver;
    registry::Puller m_puller;
    registry::Pusher m_pusher;
    std::optional<registry::Prover> m_prover;
};

} // namespace layerhold::service
