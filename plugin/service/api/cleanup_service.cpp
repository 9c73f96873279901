// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/cleanup_service.h"

#include "service/api/call.h"
#include "service/api/cleanup_messages.h"
#include "service/api/find_blob.h"
#include "service/api/space_reserve.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace layerhold::service {

namespace {

constexpr std::size_t pageSize = 500;
constexpr std::size_t runsShown = 100;

/// Streams pages of at most `limit` items (0: all) from `from` on. `page(from, wanted)` reads one.
template <class Response, class Page>
void streamPages(CallStop& call, grpc::ServerWriter<Response>& writer, std::uint64_t from, std::uint64_t limit,
                 const Page& page)
{
    std::uint64_t left = limit == 0 ? std::numeric_limits<std::uint64_t>::max() : limit;
    while (left > 0) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, pageSize));
        const auto items = page(from, wanted);
        if (items.empty())
            return;
        Response response;
        for (const auto& item : items)
            *response.add_items() = messages::from(item);
        send(call, writer, response);
        if (items.size() < wanted)
            return;
        from += items.size();
        left -= items.size();
    }
}

template <class Digests>
std::vector<Digest> digestsOf(const Digests& texts)
{
    std::vector<Digest> digests;
    for (const std::string& text : texts)
        digests.push_back(Digest::require(text));
    return digests;
}

template <class Digests>
std::vector<Digest> findAll(Cache& cache, const Digests& texts)
{
    std::vector<Digest> digests;
    for (const std::string& text : texts)
        digests.push_back(findBlob(cache, text).digest);
    return digests;
}

UsageLevel requireLevel(const std::string& level)
{
    if (level.empty() || level == "holder")
        return UsageLevel::Holder;
    if (level == "image")
        return UsageLevel::Image;
    throw Error(ErrorCode::InvalidArgument, "'" + level + "' is no level; take holder or image");
}

} // namespace

CleanupService::CleanupService(Cache& cache, std::stop_token stop)
    : m_cache(cache)
    , m_stop(std::move(stop))
{}

grpc::Status CleanupService::GetPolicy(grpc::ServerContext* context, const v1::GetPolicyRequest* request,
                                       v1::CleanupPolicy* response)
{
    return answer(*context, [&] {
        *response = messages::from(request->standard() ? CleanupPolicy::standard() : m_cache.cleanup().policy());
    });
}

grpc::Status CleanupService::SetPolicy(grpc::ServerContext* context, const v1::SetPolicyRequest* request,
                                       v1::CleanupPolicy* response)
{
    return answer(*context, [&] {
        m_cache.cleanup().setPolicy(messages::toPolicy(request->policy()));
        *response = messages::from(m_cache.cleanup().policy());
    });
}

grpc::Status CleanupService::MakePlan(grpc::ServerContext* context, const v1::MakePlanRequest* request,
                                      v1::Plan* response)
{
    return answer(*context, [&] {
        PlanRequest wanted;
        if (request->has_policy())
            wanted.policy = messages::toPolicy(request->policy());
        if (!request->cause().empty())
            wanted.cause = request->cause();
        wanted.use = request->look() ? PlanUse::Look : PlanUse::Apply;
        const SpaceReserve reserve(m_cache.status().root);
        runLong(*context, m_stop, [&](CallStop& call) {
            reserve.spendWhenTight();
            *response = messages::from(m_cache.cleanup().plan(wanted, call.token()));
        });
    });
}

grpc::Status CleanupService::ListPlans(grpc::ServerContext* context, const v1::ListPlansRequest*,
                                       v1::ListPlansResponse* response)
{
    return answer(*context, [&] {
        for (const Plan& plan : m_cache.cleanup().plans())
            *response->add_plans() = messages::from(plan);
    });
}

grpc::Status CleanupService::GetPlan(grpc::ServerContext* context, const v1::GetPlanRequest* request,
                                     v1::Plan* response)
{
    return answer(*context, [&] { *response = messages::from(m_cache.cleanup().findPlan(request->id())); });
}

grpc::Status CleanupService::ListPlanItems(grpc::ServerContext* context, const v1::ListPlanItemsRequest* request,
                                           grpc::ServerWriter<v1::ListPlanItemsResponse>* writer)
{
    return answer(*context, [&] {
        runLong(*context, m_stop, [&](CallStop& call) {
            const auto page = [&](std::uint64_t from, std::size_t wanted) {
                return m_cache.cleanup().planItems(request->id(), from, wanted);
            };
            streamPages(call, *writer, request->from(), request->limit(), page);
        });
    });
}

grpc::Status CleanupService::ApplyPlan(grpc::ServerContext* context, const v1::ApplyPlanRequest* request,
                                       grpc::ServerWriter<v1::ApplyPlanResponse>* writer)
{
    return answer(*context, [&] {
        const SpaceReserve reserve(m_cache.status().root);
        runLong(*context, m_stop, [&](CallStop& call) {
            reserve.spendWhenTight();
            const auto disposal = request->remove()       ? Disposal::Remove
                                  : request->only_trash() ? Disposal::OnlyTrash
                                                          : Disposal::Trash;
            v1::ApplyPlanResponse last;
            *last.mutable_run() = messages::from(
                m_cache.cleanup().apply(request->id(), disposal, progressTo(call, *writer), call.token()));
            reserve.keep();
            send(call, *writer, last);
        });
    });
}

grpc::Status CleanupService::ListRuns(grpc::ServerContext* context, const v1::ListRunsRequest* request,
                                      v1::ListRunsResponse* response)
{
    return answer(*context, [&] {
        for (const CleanupRun& run : m_cache.cleanup().runs(request->limit() == 0 ? runsShown : request->limit()))
            *response->add_runs() = messages::from(run);
    });
}

grpc::Status CleanupService::ListRunItems(grpc::ServerContext* context, const v1::ListRunItemsRequest* request,
                                          grpc::ServerWriter<v1::ListRunItemsResponse>* writer)
{
    return answer(*context, [&] {
        runLong(*context, m_stop, [&](CallStop& call) {
            const auto page = [&](std::uint64_t from, std::size_t wanted) {
                return m_cache.cleanup().runItems(request->id(), from, wanted);
            };
            streamPages(call, *writer, request->from(), request->limit(), page);
        });
    });
}

grpc::Status CleanupService::ListTrash(grpc::ServerContext* context, const v1::ListTrashRequest*,
                                       grpc::ServerWriter<v1::ListTrashResponse>* writer)
{
    return answer(*context, [&] {
        runLong(*context, m_stop, [&](CallStop& call) {
            std::optional<Digest> after;
            for (;;) {
                const auto page = m_cache.cleanup().trash(after, pageSize);
                if (page.empty())
                    return;
                v1::ListTrashResponse response;
                for (const TrashedBlob& blob : page)
                    *response.add_blobs() = messages::from(blob);
                send(call, *writer, response);
                after = page.back().digest;
            }
        });
    });
}

grpc::Status CleanupService::UndoRun(grpc::ServerContext* context, const v1::UndoRunRequest* request,
                                     grpc::ServerWriter<v1::TrashProgress>* writer)
{
    return answer(*context, [&] {
        runLong(*context, m_stop, [&](CallStop& call) {
            v1::TrashProgress last;
            *last.mutable_report() =
                messages::from(m_cache.cleanup().undo(request->run(), progressTo(call, *writer), call.token()));
            send(call, *writer, last);
        });
    });
}

grpc::Status CleanupService::RestoreTrash(grpc::ServerContext* context, const v1::RestoreTrashRequest* request,
                                          v1::TrashReport* response)
{
    return answer(*context,
                  [&] { *response = messages::from(m_cache.cleanup().restore(findAll(m_cache, request->digests()))); });
}

grpc::Status CleanupService::EmptyTrash(grpc::ServerContext* context, const v1::EmptyTrashRequest* request,
                                        grpc::ServerWriter<v1::TrashProgress>* writer)
{
    return answer(*context, [&] {
        const auto digests = findAll(m_cache, request->digests());
        const SpaceReserve reserve(m_cache.status().root);
        runLong(*context, m_stop, [&](CallStop& call) {
            reserve.spendWhenTight();
            v1::TrashProgress last;
            *last.mutable_report() =
                messages::from(m_cache.cleanup().emptyTrash(digests, progressTo(call, *writer), call.token()));
            reserve.keep();
            send(call, *writer, last);
        });
    });
}

grpc::Status CleanupService::PinBlob(grpc::ServerContext* context, const v1::PinBlobRequest* request, v1::Pin* response)
{
    return answer(*context, [&] {
        const Digest digest = findBlob(m_cache, request->digest()).digest;
        *response = messages::from(m_cache.cleanup().pin(digest, request->note()));
    });
}

grpc::Status CleanupService::UnpinBlob(grpc::ServerContext* context, const v1::UnpinBlobRequest* request,
                                       v1::UnpinBlobResponse* response)
{
    return answer(*context, [&] {
        const auto whole = Digest::parse(request->digest()); // of a blob that is gone, too
        const Digest digest = whole ? *whole : findBlob(m_cache, request->digest()).digest;
        if (!m_cache.cleanup().unpin(digest))
            throw Error(ErrorCode::NotFound, "the blob " + digest.toString() + " is not pinned");
        response->set_digest(digest.toString());
    });
}

grpc::Status CleanupService::ListPins(grpc::ServerContext* context, const v1::ListPinsRequest*,
                                      v1::ListPinsResponse* response)
{
    return answer(*context, [&] {
        for (const Pin& pin : m_cache.cleanup().pins())
            *response->add_pins() = messages::from(pin);
    });
}

grpc::Status CleanupService::PutLease(grpc::ServerContext* context, const v1::PutLeaseRequest* request,
                                      v1::Lease* response)
{
    return answer(*context, [&] {
        const auto duration = parseDuration(request->duration());
        *response = messages::from(
            m_cache.cleanup().putLease(request->id(), Clock::system().now() + duration, digestsOf(request->digests())));
    });
}

grpc::Status CleanupService::EndLease(grpc::ServerContext* context, const v1::EndLeaseRequest* request,
                                      v1::EndLeaseResponse*)
{
    return answer(*context, [&] {
        if (!m_cache.cleanup().endLease(request->id()))
            throw Error(ErrorCode::NotFound, "there is no lease '" + request->id() + "'");
    });
}

grpc::Status CleanupService::ListLeases(grpc::ServerContext* context, const v1::ListLeasesRequest*,
                                        v1::ListLeasesResponse* response)
{
    return answer(*context, [&] {
        for (const Lease& lease : m_cache.cleanup().leases())
            *response->add_leases() = messages::from(lease);
    });
}

grpc::Status CleanupService::GetUsage(grpc::ServerContext* context, const v1::GetUsageRequest* request,
                                      v1::Usage* response)
{
    return answer(*context,
                  [&] { *response = messages::from(m_cache.cleanup().usage(requireLevel(request->level()))); });
}

grpc::Status CleanupService::GetFreed(grpc::ServerContext* context, const v1::GetFreedRequest* request,
                                      v1::GetFreedResponse* response)
{
    return answer(*context,
                  [&] { response->set_bytes(m_cache.cleanup().freed(findAll(m_cache, request->digests()))); });
}

} // namespace layerhold::service
