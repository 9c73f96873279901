// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/api_services.h"

#include "service/version.h"

#include <memory>
#include <string>

namespace layerhold::service {

namespace {

std::shared_ptr<registry::RegistryContext> registryContext(Cache& cache, const ApiServiceOptions& settings)
{
    registry::RegistryOptions options;
    options.trustedRegistries = settings.trustedRegistries;
    options.userAgent = std::string("layerhold/") + version;
    return std::make_shared<registry::RegistryContext>(std::move(options), cache.access());
}

} // namespace

ApiServices::ApiServices(Cache& cache, EngineHost& engines, const ApiServiceOptions& options)
    : m_access(cache)
    , m_layerhold(cache, engines, options, m_stop.get_token())
    , m_archives(cache, m_stop.get_token())
    , m_cleanup(cache, m_stop.get_token())
    , m_entries(cache, m_stop.get_token())
    , m_metrics(cache)
    , m_health(cache, engines, m_stop.get_token())
    , m_images(cache)
    , m_registries(cache, m_callers, registryContext(cache, options), options.prover, m_stop.get_token())
    , m_tags(cache)
{}

void ApiServices::registerWith(grpc::ServerBuilder& builder)
{
    builder.RegisterService(&m_access);
    builder.RegisterService(&m_layerhold);
    builder.RegisterService(&m_archives);
    builder.RegisterService(&m_cleanup);
    builder.RegisterService(&m_entries);
    builder.RegisterService(&m_metrics);
    builder.RegisterService(&m_health);
    builder.RegisterService(&m_images);
    builder.RegisterService(&m_registries);
    builder.RegisterService(&m_tags);
}

void ApiServices::stop()
{
    m_stop.request_stop();
}

} // namespace layerhold::service
