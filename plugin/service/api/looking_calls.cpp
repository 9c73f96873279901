// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// The calls that only look: version, status, statistics, blobs.

#include "service/api/api_service.h"

#include "service/api/call.h"
#include "service/api/find_blob.h"
#include "service/api/messages.h"
#include "service/version.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

namespace layerhold::service {

namespace {

constexpr std::size_t pageSize = 500;

} // namespace

ApiService::ApiService(Cache& cache, EngineHost& engines, ApiServiceOptions options, std::stop_token stop)
    : m_cache(cache)
    , m_engines(engines)
    , m_options(std::move(options))
    , m_stop(std::move(stop))
{}

grpc::Status ApiService::GetVersion(grpc::ServerContext*, const v1::GetVersionRequest*,
                                    v1::GetVersionResponse* response)
{
    response->set_version(version);
    response->set_schema("layerhold.v1");
    response->set_pid(::getpid());
    return grpc::Status::OK;
}

grpc::Status ApiService::GetStatus(grpc::ServerContext* context, const v1::GetStatusRequest*,
                                   v1::GetStatusResponse* response)
{
    return answer(*context, [&] {
        *response = messages::from(m_cache.status());
        response->set_pid(::getpid());
        response->set_daemon(m_options.host == ApiServiceOptions::Host::Daemon);
        for (const EngineState& state : m_engines.states())
            *response->add_engines() = messages::from(state);
    });
}

grpc::Status ApiService::GetStats(grpc::ServerContext* context, const v1::GetStatsRequest*,
                                  v1::GetStatsResponse* response)
{
    return answer(*context, [&] {
        for (const Counter& counter : m_cache.counters()) {
            v1::GetStatsResponse::Counter& message = *response->add_counters();
            message.set_name(counter.name);
            message.set_sentence(counter.sentence);
            message.set_value(counter.value);
        }
    });
}

grpc::Status ApiService::ListBlobs(grpc::ServerContext* context, const v1::ListBlobsRequest* request,
                                   grpc::ServerWriter<v1::ListBlobsResponse>* writer)
{
    return answer(*context, [&] { runLong(*context, m_stop, [&](CallStop& call) { list(call, *request, *writer); }); });
}

void ApiService::list(CallStop& call, const v1::ListBlobsRequest& request,
                      grpc::ServerWriter<v1::ListBlobsResponse>& writer)
{
    const BlobFilter filter{{request.filters().begin(), request.filters().end()}};
    std::optional<Digest> after;
    if (!request.page_token().empty())
        after = Digest::require(request.page_token());
    std::uint64_t left = request.limit() == 0 ? UINT64_MAX : request.limit();
    while (left > 0) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, pageSize));
        const std::vector<Blob> page = m_cache.blobs(filter, after, wanted, call.token());
        if (page.empty())
            return;
        v1::ListBlobsResponse response;
        for (const Blob& blob : page)
            *response.add_blobs() = messages::from(blob);
        send(call, writer, response);
        if (page.size() < wanted)
            return;
        after = page.back().digest;
        left -= page.size();
    }
}

grpc::Status ApiService::InspectBlob(grpc::ServerContext* context, const v1::InspectBlobRequest* request,
                                     v1::InspectBlobResponse* response)
{
    return answer(*context, [&] {
        const Blob blob = findBlob(m_cache, request->digest());
        *response->mutable_blob() = messages::from(blob);
        for (const Edge& edge : m_cache.children(blob.digest))
            *response->add_children() = messages::from(edge);
        for (const Edge& edge : m_cache.parents(blob.digest))
            *response->add_parents() = messages::from(edge);
        for (const ClaimPath& path : m_cache.why(blob.digest)) {
            if (path.path.size() == 1)
                *response->add_claims() = messages::from(path.claim);
        }
    });
}

grpc::Status ApiService::ExplainBlob(grpc::ServerContext* context, const v1::ExplainBlobRequest* request,
                                     v1::ExplainBlobResponse* response)
{
    return answer(*context, [&] {
        const Blob blob = findBlob(m_cache, request->digest());
        *response->mutable_blob() = messages::from(blob);
        for (const ClaimPath& path : m_cache.why(blob.digest))
            *response->add_paths() = messages::from(path);
    });
}

} // namespace layerhold::service
