// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// The calls that work for long: verify, cleanup, rebuild, and following the events.

#include "service/api/api_service.h"

#include "service/api/call.h"
#include "service/api/find_blob.h"
#include "service/api/messages.h"
#include "service/api/space_reserve.h"

#include <chrono>

namespace layerhold::service {

namespace {

constexpr std::size_t eventsPerMessage = 500;
// How long a follower may stay unaware that its client has left.
constexpr std::chrono::milliseconds followerWait{250};

/// Counts a follower in for as long as it lives.
class FollowerSlot
{
public:
    FollowerSlot(std::atomic<std::size_t>& count, std::size_t limit)
        : m_count(count)
    {
        if (m_count.fetch_add(1) >= limit) {
            m_count.fetch_sub(1);
            throw Error(ErrorCode::Unavailable,
                        std::to_string(limit) + " clients follow the events already; end one of them");
        }
    }

    FollowerSlot(const FollowerSlot&) = delete;
    FollowerSlot& operator=(const FollowerSlot&) = delete;

    ~FollowerSlot() { m_count.fetch_sub(1); }

private:
    std::atomic<std::size_t>& m_count;
};

} // namespace

grpc::Status ApiService::Verify(grpc::ServerContext* context, const v1::VerifyRequest* request,
                                grpc::ServerWriter<v1::VerifyResponse>* writer)
{
    return answer(*context, [&] {
        std::vector<Digest> only;
        for (const std::string& digest : request->digests())
            only.push_back(findBlob(m_cache, digest).digest);
        runLong(*context, m_stop, [&](CallStop& call) {
            v1::VerifyResponse last;
            *last.mutable_report() = messages::from(m_cache.verify(only, progressTo(call, *writer), call.token()));
            send(call, *writer, last);
        });
    });
}

grpc::Status ApiService::Cleanup(grpc::ServerContext* context, const v1::CleanupRequest* request,
                                 grpc::ServerWriter<v1::CleanupResponse>* writer)
{
    return answer(*context, [&] {
        const CleanupOptions options{.mode =
                                         request->dry_run() ? CleanupOptions::Mode::DryRun : CleanupOptions::Mode::Run,
                                     .keepBytes = request->keep_bytes()};
        const SpaceReserve reserve(m_cache.status().root);
        runLong(*context, m_stop, [&](CallStop& call) {
            if (!request->dry_run())
                reserve.spendWhenTight();
            const CleanupReport report = m_cache.cleanup().collect(options, progressTo(call, *writer), call.token());
            if (!request->dry_run())
                reserve.keep();
            v1::CleanupResponse step;
            for (const CleanupItem& item : report.items) {
                *step.mutable_item() = messages::from(item);
                send(call, *writer, step);
            }
            *step.mutable_report() = messages::from(report);
            send(call, *writer, step);
        });
    });
}

grpc::Status ApiService::Rebuild(grpc::ServerContext* context, const v1::RebuildRequest*,
                                 grpc::ServerWriter<v1::RebuildResponse>* writer)
{
    return answer(*context, [&] {
        runLong(*context, m_stop, [&](CallStop& call) {
            v1::RebuildResponse last;
            *last.mutable_report() = messages::from(m_cache.rebuild(progressTo(call, *writer), call.token()));
            send(call, *writer, last);
        });
    });
}

grpc::Status ApiService::FollowEvents(grpc::ServerContext* context, const v1::FollowEventsRequest* request,
                                      grpc::ServerWriter<v1::FollowEventsResponse>* writer)
{
    return answer(*context, [&] { follow(*context, *request, *writer); });
}

void ApiService::follow(grpc::ServerContext& context, const v1::FollowEventsRequest& request,
                        grpc::ServerWriter<v1::FollowEventsResponse>& writer)
{
    const FollowerSlot slot(m_followers, m_options.maxFollowers);
    std::uint64_t sequence = request.only_new() ? m_cache.lastEvent() : request.after();
    if (sequence > m_cache.lastEvent())
        throw Error(ErrorCode::OutOfRange, "event " + std::to_string(sequence) + " was not written here, the last is " +
                                               std::to_string(m_cache.lastEvent()) +
                                               ": this is another cache; list it anew and follow from its last event");
    writer.SendInitialMetadata(); // tells the client that it misses nothing from here on
    while (!context.IsCancelled()) {
        const EventPage page = m_cache.eventsAfter(sequence, eventsPerMessage);
        if (page.gap || !page.events.empty()) {
            v1::FollowEventsResponse response;
            if (page.gap) {
                response.mutable_gap()->set_first_missing(page.gap->firstMissing);
                response.mutable_gap()->set_last_missing(page.gap->lastMissing);
                sequence = page.gap->lastMissing;
            }
            for (const Event& event : page.events) {
                *response.add_events() = messages::from(event);
                sequence = event.sequence;
            }
            if (!writer.Write(response))
                return;
            continue;
        }
        if (!request.follow())
            return;
        m_cache.waitForEvent(sequence, std::chrono::steady_clock::now() + followerWait, m_stop);
        if (m_stop.stop_requested())
            throw stopping();
    }
}

} // namespace layerhold::service
