// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/access_service.h"

#include "layerhold/registry/identity.h"
#include "service/api/call.h"
#include "service/api/find_blob.h"
#include "service/api/registry_messages.h"

#include <algorithm>
#include <set>

namespace layerhold::service {

namespace {

constexpr std::size_t mostProofs = 100;
constexpr std::size_t mostRepositories = 100;

v1::ExplainAccessResponse::EngineView viewOf(Cache& cache, const Engine& engine, const Digest& digest, bool isClaimed,
                                             TimePoint now)
{
    v1::ExplainAccessResponse::EngineView view;
    view.set_engine(engine.name);
    view.set_sharing(std::string(toString(engine.sharing)));
    const auto allow = [&](const std::string& reason) {
        view.set_can_read(true);
        view.set_reason(reason);
        return view;
    };
    if (isClaimed)
        return allow("it has it");
    if (engine.sharing == Sharing::Open)
        return allow("it shares all that is here");
    if (engine.sharing == Sharing::Isolated) {
        view.set_reason("it has only what it brought itself");
        return view;
    }
    CacheAccess& access = cache.access();
    if (access.covers(Identity::anonymous(), digest, now))
        return allow("everybody may read it");
    for (const Identity& identity : access.granted(engine.name))
        if (access.covers(identity, digest, now))
            return allow("it was granted what the identity " + messages::shortName(identity) + " may read");
    view.set_reason("no proof covers it");
    return view;
}

} // namespace

grpc::Status AccessService::ExplainAccess(grpc::ServerContext* context, const v1::ExplainAccessRequest* request,
                                          v1::ExplainAccessResponse* response)
{
    return answer(*context, [&] {
        CacheAccess& access = m_cache.access();
        const Digest digest = findNamed(m_cache, request->name()).digest;
        const TimePoint now = Clock::system().now();
        const std::optional<Identity> caller =
            request->has_source()
                ? std::optional(identityOf(access, request->registry(), messages::sourceOf(request->source())))
                : std::nullopt;
        response->set_digest(digest.toString());
        response->set_is_public(access.covers(Identity::anonymous(), digest, now));
        response->set_caller_can_pull(access.covers(caller.value_or(Identity::anonymous()), digest, now));
        for (const Proof& proof : access.proofs(digest, mostProofs)) {
            v1::ExplainAccessResponse::Proof& message = *response->add_proofs();
            message.set_identity(messages::shortName(proof.identity));
            message.set_is_callers(proof.identity == caller);
            message.set_repository(proof.repository);
            message.set_method(std::string(toString(proof.method)));
            messages::set(message.mutable_checked_at(), proof.checkedAt);
            messages::set(message.mutable_expires_at(), proof.expiresAt);
            message.set_is_good(proof.checkedAt <= now && now < proof.expiresAt);
        }
        std::set<std::string> claiming;
        for (const ClaimPath& path : m_cache.why(digest))
            if (path.claim.holderKind == HolderKind::Engine)
                claiming.insert(path.claim.holder);
        for (const Engine& engine : m_cache.engines())
            *response->add_engines() = viewOf(m_cache, engine, digest, claiming.contains(engine.name), now);
        for (const std::string& repository : access.repositoriesOf(digest, mostRepositories))
            response->add_repositories(repository);
    });
}

grpc::Status AccessService::GrantAccess(grpc::ServerContext* context, const v1::GrantAccessRequest* request,
                                        v1::GrantAccessResponse* response)
{
    return answer(*context, [&] {
        const Identity identity =
            identityOf(m_cache.access(), request->registry(), messages::sourceOf(request->source()));
        if (identity.isAnonymous())
            throw Error(ErrorCode::InvalidArgument,
                        "there is no credential for " + request->registry() +
                            " to grant; what everybody may read, every verified engine gets anyway");
        m_cache.access().grant(request->engine(), identity);
        response->set_identity(messages::shortName(identity));
    });
}

grpc::Status AccessService::WithdrawAccess(grpc::ServerContext* context, const v1::WithdrawAccessRequest* request,
                                           v1::WithdrawAccessResponse* response)
{
    return answer(*context, [&] {
        CacheAccess& access = m_cache.access();
        std::vector<Identity> identities;
        if (request->all())
            identities = access.granted(request->engine());
        else
            identities = {identityOf(access, request->registry(), messages::sourceOf(request->source()))};
        const auto withdrawn = std::count_if(identities.begin(), identities.end(), [&](const Identity& identity) {
            return access.withdraw(request->engine(), identity);
        });
        response->set_withdrawn(static_cast<std::uint32_t>(withdrawn));
    });
}

} // namespace layerhold::service
