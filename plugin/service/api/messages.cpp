// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/messages.h"

#include "api/utf8.h"

namespace layerhold::service::messages {

using api::toUtf8;

namespace {

std::string text(std::string_view view)
{
    return std::string(view);
}

} // namespace

void set(google::protobuf::Timestamp* message, TimePoint time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    message->set_seconds(seconds.time_since_epoch().count());
    message->set_nanos(static_cast<std::int32_t>((time - seconds).count()));
}

v1::Blob from(const Blob& blob)
{
    v1::Blob message;
    message.set_digest(blob.digest.toString());
    message.set_size(blob.size);
    message.set_media_type(toUtf8(blob.mediaType));
    message.set_kind(text(toString(blob.kind)));
    message.set_state(text(toString(blob.state)));
    if (blob.createdAt != TimePoint{})
        set(message.mutable_created_at(), blob.createdAt);
    if (blob.accessedAt != TimePoint{})
        set(message.mutable_accessed_at(), blob.accessedAt);
    if (blob.verifiedAt != TimePoint{})
        set(message.mutable_verified_at(), blob.verifiedAt);
    message.set_access_count(blob.accessCount);
    message.set_origin(toUtf8(blob.origin));
    message.set_released(blob.released);
    message.set_refetch(text(toString(blob.refetch)));
    return message;
}

v1::Edge from(const Edge& edge)
{
    v1::Edge message;
    message.set_parent(edge.parent.toString());
    message.set_child(edge.child.toString());
    message.set_role(toUtf8(edge.role));
    message.set_media_type(toUtf8(edge.mediaType));
    message.set_platform(toUtf8(edge.platform));
    message.set_size(edge.size);
    return message;
}

v1::Claim from(const Claim& claim)
{
    v1::Claim message;
    message.set_holder_kind(text(toString(claim.holderKind)));
    message.set_holder(toUtf8(claim.holder));
    message.set_digest(claim.digest.toString());
    set(message.mutable_since(), claim.since);
    return message;
}

v1::ClaimPath from(const ClaimPath& path)
{
    v1::ClaimPath message;
    for (const Digest& digest : path.path)
        message.add_path(digest.toString());
    *message.mutable_claim() = from(path.claim);
    return message;
}

v1::Event from(const Event& event)
{
    v1::Event message;
    message.set_sequence(event.sequence);
    set(message.mutable_at(), event.at);
    message.set_kind(toUtf8(event.kind));
    message.set_subject(toUtf8(event.subject));
    message.set_engine(toUtf8(event.engine));
    message.set_detail(toUtf8(event.detail));
    message.set_bytes(event.bytes);
    return message;
}

v1::EngineState from(const EngineState& state)
{
    v1::EngineState message;
    v1::Engine& engine = *message.mutable_engine();
    engine.set_name(toUtf8(state.engine.name));
    engine.set_socket(toUtf8(state.engine.socket));
    engine.set_sharing(text(toString(state.engine.sharing)));
    set(engine.mutable_added_at(), state.engine.addedAt);
    message.set_serving(state.serving);
    message.set_connections(state.connections);
    message.set_problem(toUtf8(state.problem));
    if (state.link.address.empty())
        return message;
    v1::EngineLinkState& link = *message.mutable_link();
    link.set_address(toUtf8(state.link.address));
    link.set_connected(state.link.connected);
    if (state.link.seenAt != TimePoint{})
        set(link.mutable_seen_at(), state.link.seenAt);
    link.set_problem(toUtf8(state.link.problem));
    return message;
}

v1::Progress from(const Progress& progress)
{
    v1::Progress message;
    message.set_done_items(progress.doneItems);
    message.set_total_items(progress.totalItems);
    message.set_done_bytes(progress.doneBytes);
    message.set_total_bytes(progress.totalBytes);
    message.set_current(toUtf8(progress.current));
    return message;
}

v1::VerifyReport from(const VerifyReport& report)
{
    v1::VerifyReport message;
    message.set_checked(report.checked);
    message.set_checked_bytes(report.checkedBytes);
    for (const DamagedBlob& damaged : report.damaged) {
        v1::VerifyReport::Damaged& added = *message.add_damaged();
        added.set_digest(damaged.digest.toString());
        added.set_reason(toUtf8(damaged.reason));
        for (const Claim& claim : damaged.claims)
            *added.add_claims() = from(claim);
    }
    return message;
}

v1::CleanupItem from(const CleanupItem& item)
{
    v1::CleanupItem message;
    message.set_what(item.what == CleanupItem::What::Blob ? "blob" : "partial");
    message.set_name(toUtf8(item.name));
    message.set_bytes(item.bytes);
    if (item.lastUsed != TimePoint{})
        set(message.mutable_last_used(), item.lastUsed);
    message.set_reason(toUtf8(item.reason));
    message.set_skipped(toUtf8(item.skipped));
    return message;
}

v1::CleanupReport from(const CleanupReport& report)
{
    v1::CleanupReport message;
    for (const CleanupItem& item : report.items)
        message.set_items(message.items() + (item.skipped.empty() ? 1 : 0));
    message.set_bytes(report.bytes);
    message.set_kept_released_bytes(report.keptReleasedBytes);
    return message;
}

v1::RebuildReport from(const RebuildReport& report)
{
    v1::RebuildReport message;
    message.set_blobs(report.blobs);
    message.set_bytes(report.bytes);
    message.set_claims_from_checkpoint(report.claimsFromCheckpoint);
    message.set_claims_from_old_index(report.claimsFromOldIndex);
    message.set_claims_assumed(report.claimsAssumed);
    message.set_damaged(report.damaged);
    message.set_set_aside(toUtf8(report.setAside));
    return message;
}

v1::TransferReport from(const ImportReport& report)
{
    v1::TransferReport message;
    message.set_transferred(report.imported);
    message.set_already_present(report.alreadyPresent);
    message.set_bytes(report.bytes);
    message.set_linked_bytes(report.linkedBytes);
    for (const std::string& skipped : report.skipped)
        message.add_skipped(toUtf8(skipped));
    message.set_failed(report.failed);
    return message;
}

v1::GetStatusResponse from(const CacheStatus& status)
{
    v1::GetStatusResponse message;
    message.set_root(toUtf8(status.root.string()));
    message.set_blob_count(status.blobCount);
    message.set_blob_bytes(status.blobBytes);
    message.set_released_count(status.releasedCount);
    message.set_released_bytes(status.releasedBytes);
    message.set_ingest_count(status.ingestCount);
    message.set_ingest_bytes(status.ingestBytes);
    message.set_partial_count(status.partialCount);
    message.set_partial_bytes(status.partialBytes);
    message.set_quarantine_count(status.quarantineCount);
    message.set_quarantine_bytes(status.quarantineBytes);
    message.set_disk_free_bytes(status.diskFree);
    message.set_disk_total_bytes(status.diskTotal);
    set(message.mutable_opened_at(), status.openedAt);
    message.set_notice(toUtf8(status.notice));
    return message;
}

} // namespace layerhold::service::messages
