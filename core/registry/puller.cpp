// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/puller.h"

#include "registry/fills.h"
#include "registry/pull_run.h"

#include <utility>

namespace layerhold::registry {

struct Puller::Impl
{
    Cache& cache;
    std::shared_ptr<RegistryContext> context;
    Fills fills;
};

Puller::Puller(Cache& cache, std::shared_ptr<RegistryContext> context)
    : m_impl(new Impl{cache, std::move(context), {}})
{}

Puller::~Puller() = default;

PullReport Puller::pull(const PullRequest& request, const OnProgress& onProgress, std::stop_token stop)
{
    try {
        return PullRun(m_impl->cache, m_impl->context, m_impl->fills, request, onProgress).run(stop);
    } catch (Error& error) {
        error.addContext("cannot pull " + request.reference.toString());
        throw;
    }
}

} // namespace layerhold::registry
