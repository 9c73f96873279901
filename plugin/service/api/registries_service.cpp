// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/registries_service.h"

#include "layerhold/image_reference.h"
#include "service/api/call.h"
#include "service/api/find_blob.h"
#include "service/api/registry_messages.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace layerhold::service {

namespace {

constexpr int mostImages = 1000;

/// What each of the request's images is, or why it is none.
struct Asked
{
    std::vector<registry::ResolveRequest> requests;
    std::vector<int> positions; ///< of these in the request
};

void requireEngine(Cache& cache, const std::string& name)
{
    const std::vector<Engine> engines = cache.engines();
    if (std::none_of(engines.begin(), engines.end(), [&](const Engine& engine) { return engine.name == name; }))
        throw Error(ErrorCode::NotFound,
                    "there is no engine '" + name + "'; layerhold engine list shows those there are");
}

/// What the sources show: who everybody is needs no grant.
void grantTo(CacheAccess& access, const std::string& engine, const registry::PullRequest& pull)
{
    for (const registry::Source& source : pull.sources)
        if (const Identity identity = identityOf(access, pull.reference.registry(), source); !identity.isAnonymous())
            access.grant(engine, identity);
}

} // namespace

RegistriesService::RegistriesService(Cache& cache, const Callers& callers,
                                     std::shared_ptr<registry::RegistryContext> context,
                                     const std::optional<registry::ProverOptions>& prover, std::stop_token stop)
    : m_cache(cache)
    , m_callers(callers)
    , m_context(std::move(context))
    , m_stop(std::move(stop))
    , m_resolver(cache, m_context, {})
    , m_puller(cache, m_context)
    , m_pusher(cache, m_context)
{
    if (prover)
        m_prover.emplace(cache, m_context, *prover);
}

grpc::Status RegistriesService::Resolve(grpc::ServerContext* context, const v1::ResolveRequest* request,
                                        v1::ResolveResponse* response)
{
    return answer(*context, [&] {
        if (request->images_size() > mostImages)
            throw Error(ErrorCode::InvalidArgument,
                        "more than " + std::to_string(mostImages) + " images are named; ask for fewer at a time");
        const std::string by = m_callers.nameOf(*context);
        Asked asked;
        for (int i = 0; i < request->images_size(); ++i) {
            const v1::ResolveRequest::Image& image = request->images(i);
            v1::ResolveResponse::Outcome& outcome = *response->add_outcomes();
            outcome.set_reference(image.reference());
            try {
                registry::ResolveRequest one(ImageReference::require(image.reference()));
                one.sources = messages::sourcesOf(image.sources());
                one.by = by;
                asked.requests.push_back(std::move(one));
                asked.positions.push_back(i);
            } catch (const Error& error) { // of one image; the others are resolved
                outcome.set_error_code(std::string(toString(error.code())));
                outcome.set_error(error.what());
            }
        }
        runLong(*context, m_stop, [&](CallStop& call) {
            const auto outcomes = m_resolver.resolveAll(asked.requests, call.token());
            for (std::size_t i = 0; i < outcomes.size(); ++i)
                *response->mutable_outcomes(asked.positions[i]) =
                    messages::from(asked.requests[i].reference, outcomes[i]);
        });
    });
}

grpc::Status RegistriesService::Pull(grpc::ServerContext* context, const v1::PullRequest* request,
                                     grpc::ServerWriter<v1::PullResponse>* writer)
{
    return answer(*context, [&] {
        registry::PullRequest pull(ImageReference::require(request->reference()));
        pull.sources = messages::sourcesOf(request->sources());
        pull.platforms.assign(request->platforms().begin(), request->platforms().end());
        pull.by = m_callers.nameOf(*context);
        if (!request->grant_to().empty())
            requireEngine(m_cache, request->grant_to()); // before anything is downloaded
        runLong(*context, m_stop, [&](CallStop& call) {
            v1::PullResponse last;
            const registry::PullReport report = m_puller.pull(pull, progressTo(call, *writer), call.token());
            *last.mutable_report() = messages::from(pull.reference, report);
            if (m_prover)
                m_prover->enqueue(pull.reference.repository(), report.digests);
            if (!request->grant_to().empty())
                grantTo(m_cache.access(), request->grant_to(), pull);
            send(call, *writer, last);
        });
    });
}

registry::Source RegistriesService::reachable(const std::vector<registry::Source>& sources, const std::string& name,
                                              const std::stop_token& stop)
{
    if (sources.empty())
        throw Error(ErrorCode::InvalidArgument, "no place is named to push to");
    for (auto source = sources.begin(); std::next(source) != sources.end(); ++source) {
        try {
            registry::RegistryClient(m_context, source->endpoint, name, source->credential).ping(stop);
            return *source;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Unavailable)
                return *source;
        }
    }
    return sources.back();
}

grpc::Status RegistriesService::Push(grpc::ServerContext* context, const v1::PushRequest* request,
                                     grpc::ServerWriter<v1::PushResponse>* writer)
{
    return answer(*context, [&] {
        const auto destination = ImageReference::require(request->destination());
        const std::vector<registry::Source> sources = messages::sourcesOf(request->sources());
        Digest image = findNamed(m_cache, request->image()).digest;
        if (!request->platform().empty())
            image = registry::manifestFor(m_cache, image, request->platform());
        runLong(*context, m_stop, [&](CallStop& call) {
            registry::PushRequest push(image, destination, reachable(sources, destination.registry(), call.token()));
            push.by = m_callers.nameOf(*context);
            v1::PushResponse last;
            *last.mutable_report() =
                messages::from(push.destination, m_pusher.push(push, progressTo(call, *writer), call.token()));
            send(call, *writer, last);
        });
    });
}

grpc::Status RegistriesService::ListRateLimits(grpc::ServerContext* context, const v1::ListRateLimitsRequest*,
                                               v1::ListRateLimitsResponse* response)
{
    return answer(*context, [&] {
        for (const registry::KnownRateLimit& limit : m_context->rateLimits())
            *response->add_limits() = messages::from(limit);
    });
}

} // namespace layerhold::service
