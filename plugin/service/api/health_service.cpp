// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/health_service.h"

#include "service/api/call.h"
#include "service/api/find_blob.h"
#include "service/api/health_messages.h"
#include "service/api/messages.h"

namespace layerhold::service {

namespace {

/// A stored blob by any unique prefix, and a digest of which nothing is stored by its whole text.
Digest anyDigest(Cache& cache, const std::string& text)
{
    if (const auto digest = Digest::parse(text))
        return *digest;
    return findBlob(cache, text).digest;
}

HealthCheck checkOf(const EngineState& state)
{
    const std::string name = "engine " + state.engine.name;
    if (state.serving)
        return {name,
                HealthCheck::Outcome::Ok,
                "It is served on " + state.engine.socket + "; " + std::to_string(state.connections) +
                    " connections so far.",
                {}};
    return {name, HealthCheck::Outcome::Fail, "It is not served: " + state.problem,
            "Run layerhold serve, or see to what keeps it from the socket."};
}

} // namespace

grpc::Status HealthService::CollectDebug(grpc::ServerContext* context, const v1::CollectDebugRequest*,
                                         v1::CollectDebugResponse* response)
{
    return answer(*context, [&] {
        runLong(*context, m_stop,
                [&](CallStop& call) { *response = messages::from(m_cache.health().collect(call.token())); });
    });
}

grpc::Status HealthService::GetEntryInfo(grpc::ServerContext* context, const v1::GetEntryInfoRequest* request,
                                         v1::GetEntryInfoResponse* response)
{
    return answer(*context, [&] {
        const Digest digest = findBlob(m_cache, request->digest()).digest;
        *response->mutable_entry() = messages::from(m_cache.health().entry(digest));
    });
}

grpc::Status HealthService::GetStorage(grpc::ServerContext* context, const v1::GetStorageRequest*,
                                       v1::GetStorageResponse* response)
{
    return answer(*context, [&] {
        runLong(*context, m_stop, [&](CallStop& call) {
            *response->mutable_storage() = messages::from(m_cache.health().storage(call.token()));
        });
    });
}

grpc::Status HealthService::CheckIntegrity(grpc::ServerContext* context, const v1::CheckIntegrityRequest* request,
                                           grpc::ServerWriter<v1::CheckIntegrityResponse>* writer)
{
    return answer(*context, [&] {
        const auto depth = request->full() ? IntegrityDepth::Full : IntegrityDepth::Quick;
        runLong(*context, m_stop, [&](CallStop& call) {
            v1::CheckIntegrityResponse last;
            *last.mutable_report() =
                messages::from(m_cache.health().checkIntegrity(depth, progressTo(call, *writer), call.token()));
            send(call, *writer, last);
        });
    });
}

grpc::Status HealthService::Repair(grpc::ServerContext* context, const v1::RepairRequest* request,
                                   grpc::ServerWriter<v1::RepairResponse>* writer)
{
    return answer(*context, [&] {
        const auto depth = request->quick() ? IntegrityDepth::Quick : IntegrityDepth::Full;
        runLong(*context, m_stop, [&](CallStop& call) {
            v1::RepairResponse last;
            *last.mutable_report() =
                messages::from(m_cache.health().repair(depth, progressTo(call, *writer), call.token()));
            send(call, *writer, last);
        });
    });
}

grpc::Status HealthService::Compact(grpc::ServerContext* context, const v1::CompactRequest*,
                                    v1::CompactResponse* response)
{
    return answer(*context, [&] {
        runLong(*context, m_stop,
                [&](CallStop& call) { *response = messages::from(m_cache.health().compact(call.token())); });
    });
}

grpc::Status HealthService::Diagnose(grpc::ServerContext* context, const v1::DiagnoseRequest*,
                                     v1::DiagnoseResponse* response)
{
    return answer(*context, [&] {
        runLong(*context, m_stop, [&](CallStop& call) {
            for (const HealthCheck& check : m_cache.health().diagnose(call.token()))
                *response->add_checks() = messages::from(check);
            for (const EngineState& state : m_engines.states())
                *response->add_checks() = messages::from(checkOf(state));
        });
    });
}

grpc::Status HealthService::ExplainMiss(grpc::ServerContext* context, const v1::ExplainMissRequest* request,
                                        v1::ExplainMissResponse* response)
{
    return answer(*context,
                  [&] { *response = messages::from(m_cache.health().explain(anyDigest(m_cache, request->digest()))); });
}

} // namespace layerhold::service
