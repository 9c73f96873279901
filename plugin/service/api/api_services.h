// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/api/access_service.h"
#include "service/api/api_service.h"
#include "service/api/archives_service.h"
#include "service/api/callers.h"
#include "service/api/cleanup_service.h"
#include "service/api/entries_service.h"
#include "service/api/health_service.h"
#include "service/api/images_service.h"
#include "service/api/metrics_service.h"
#include "service/api/registries_service.h"
#include "service/api/tags_service.h"

#include <grpcpp/server_builder.h>

#include <stop_token>

namespace layerhold::service {

/// All services of layerhold.v1 over one cache, one class for each area: the same in a daemon and in a caller's
/// process. The cache and the engine host must outlive it, and it must outlive the server it is registered with.
class ApiServices
{
public:
    ApiServices(Cache& cache, EngineHost& engines, const ApiServiceOptions& options);

    void registerWith(grpc::ServerBuilder& builder);

    /// For whoever hands connections to the server: whose they are.
    Callers& callers() { return m_callers; }

    /// Ends followers and long work, so that a shutdown of the server need not wait for them. They get Unavailable.
    /// Thread-safe.
    void stop();

private:
    std::stop_source m_stop;
    Callers m_callers;
    AccessService m_access;
    ApiService m_layerhold;
    ArchivesService m_archives;
    CleanupService m_cleanup;
    EntriesService m_entries;
    MetricsService m_metrics;
    HealthService m_health;
    ImagesService m_images;
    RegistriesService m_registries;
    TagsService m_tags;
};

} // namespace layerhold::service
