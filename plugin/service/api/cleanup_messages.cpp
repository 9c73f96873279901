// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/cleanup_messages.h"

#include "api/utf8.h"
#include "layerhold/error.h"
#include "service/api/messages.h"

namespace layerhold::service::messages {

using api::toUtf8;

namespace {

std::string text(std::string_view view)
{
    return std::string(view);
}

const char* what(CleanupItem::What what)
{
    return what == CleanupItem::What::Blob ? "blob" : "partial";
}

v1::CleanupRule from(const CleanupRule& rule)
{
    v1::CleanupRule message;
    message.set_name(toUtf8(rule.name));
    for (const std::string& filter : rule.filters)
        message.add_filters(toUtf8(filter));
    message.set_clock(text(toString(rule.clock)));
    message.set_keep_duration(durationText(rule.keepDuration));
    message.set_reserved(rule.reserved.toString());
    message.set_max_used(rule.maxUsed.toString());
    message.set_min_free(rule.minFree.toString());
    message.set_strategy(toUtf8(rule.strategy));
    return message;
}

CleanupRule toRule(const v1::CleanupRule& message)
{
    CleanupRule rule;
    rule.name = message.name();
    rule.filters = {message.filters().begin(), message.filters().end()};
    if (!message.clock().empty()) {
        const auto clock = parseAgeClock(message.clock());
        if (!clock)
            throw Error(ErrorCode::InvalidArgument,
                        "'" + message.clock() + "' is no clock; take created, written or used");
        rule.clock = *clock;
    }
    rule.keepDuration = parseDuration(message.keep_duration());
    rule.reserved = SpaceLimit::parse(message.reserved());
    rule.maxUsed = SpaceLimit::parse(message.max_used());
    rule.minFree = SpaceLimit::parse(message.min_free());
    if (!message.strategy().empty())
        rule.strategy = message.strategy();
    return rule;
}

} // namespace

v1::CleanupPolicy from(const CleanupPolicy& policy)
{
    v1::CleanupPolicy message;
    message.set_mode(policy.mode == CleanupPolicy::Mode::Automatic ? "automatic" : "manual");
    message.set_undo_window(durationText(policy.undoWindow));
    message.set_pressure(policy.pressure.toString());
    for (const CleanupRule& rule : policy.rules)
        *message.add_rules() = from(rule);
    return message;
}

CleanupPolicy toPolicy(const v1::CleanupPolicy& message)
{
    CleanupPolicy policy;
    if (message.mode() == "automatic")
        policy.mode = CleanupPolicy::Mode::Automatic;
    else if (!message.mode().empty() && message.mode() != "manual")
        throw Error(ErrorCode::InvalidArgument, "'" + message.mode() + "' is no mode; take manual or automatic");
    policy.undoWindow = parseDuration(message.undo_window());
    policy.pressure = SpaceLimit::parse(message.pressure());
    for (const v1::CleanupRule& rule : message.rules()) {
        try {
            policy.rules.push_back(toRule(rule));
        } catch (Error& error) {
            error.addContext("rule '" + rule.name() + "'");
            throw;
        }
    }
    requireValid(policy);
    return policy;
}

v1::Plan from(const Plan& plan)
{
    v1::Plan message;
    message.set_id(plan.id);
    set(message.mutable_made_at(), plan.madeAt);
    message.set_cause(toUtf8(plan.cause));
    message.set_items(plan.items);
    message.set_remove_items(plan.removeItems);
    message.set_remove_bytes(plan.removeBytes);
    message.set_keep_items(plan.keepItems);
    message.set_keep_bytes(plan.keepBytes);
    message.set_only_copies(plan.onlyCopies);
    message.set_stored_bytes(plan.storedBytes);
    message.set_run(plan.run);
    *message.mutable_policy() = from(plan.policy);
    return message;
}

v1::PlanItem from(const PlanItem& item)
{
    v1::PlanItem message;
    message.set_what(what(item.what));
    message.set_name(toUtf8(item.name));
    message.set_kind(item.what == CleanupItem::What::Partial ? "partial" : text(toString(item.kind)));
    message.set_bytes(item.bytes);
    if (item.createdAt != TimePoint{})
        set(message.mutable_created_at(), item.createdAt);
    if (item.usedAt != TimePoint{})
        set(message.mutable_used_at(), item.usedAt);
    message.set_decision(item.decision == PlanItem::Decision::Remove ? "remove" : "keep");
    message.set_rule(toUtf8(item.rule));
    message.set_reason(text(toString(item.reason)));
    message.set_sentence(toUtf8(item.sentence));
    message.set_freed_bytes(item.freed);
    message.set_refetch(text(toString(item.refetch)));
    return message;
}

v1::CleanupRun from(const CleanupRun& run)
{
    v1::CleanupRun message;
    message.set_id(run.id);
    message.set_plan(run.plan);
    message.set_cause(toUtf8(run.cause));
    set(message.mutable_started_at(), run.startedAt);
    if (run.finishedAt != TimePoint{})
        set(message.mutable_finished_at(), run.finishedAt);
    message.set_trashed(run.trashed);
    message.set_removed(run.removed);
    message.set_skipped(run.skipped);
    message.set_failed(run.failed);
    message.set_promised_bytes(run.promisedBytes);
    message.set_reported_bytes(run.reportedBytes);
    message.set_unlinked_bytes(run.unlinkedBytes);
    message.set_measured_bytes(run.measuredBytes);
    return message;
}

v1::RunItem from(const RunItem& item)
{
    v1::RunItem message;
    message.set_what(what(item.what));
    message.set_name(toUtf8(item.name));
    message.set_bytes(item.bytes);
    message.set_outcome(text(toString(item.outcome)));
    message.set_sentence(toUtf8(item.sentence));
    return message;
}

v1::TrashedBlob from(const TrashedBlob& blob)
{
    v1::TrashedBlob message;
    message.set_digest(blob.digest.toString());
    message.set_bytes(blob.bytes);
    message.set_kind(text(toString(blob.kind)));
    message.set_run(blob.run);
    set(message.mutable_trashed_at(), blob.trashedAt);
    set(message.mutable_expires_at(), blob.expiresAt);
    return message;
}

v1::TrashReport from(const TrashReport& report)
{
    v1::TrashReport message;
    for (const TrashItem& item : report.items) {
        v1::TrashItem& added = *message.add_items();
        added.set_digest(item.digest.toString());
        added.set_bytes(item.bytes);
        added.set_outcome(text(toString(item.outcome)));
        added.set_sentence(toUtf8(item.sentence));
    }
    message.set_bytes(report.bytes);
    return message;
}

v1::Pin from(const Pin& pin)
{
    v1::Pin message;
    message.set_digest(pin.digest.toString());
    message.set_note(toUtf8(pin.note));
    set(message.mutable_since(), pin.since);
    return message;
}

v1::Lease from(const Lease& lease)
{
    v1::Lease message;
    message.set_id(toUtf8(lease.id));
    set(message.mutable_created_at(), lease.createdAt);
    set(message.mutable_expires_at(), lease.expiresAt);
    for (const Digest& digest : lease.digests)
        message.add_digests(digest.toString());
    return message;
}

v1::Usage from(const UsageReport& report)
{
    v1::Usage message;
    set(message.mutable_counted_at(), report.countedAt);
    message.set_stored_blobs(report.storedBlobs);
    message.set_stored_bytes(report.storedBytes);
    message.set_reached_bytes(report.reachedBytes);
    message.set_shared_bytes(report.sharedBytes);
    message.set_released_blobs(report.releasedBlobs);
    message.set_released_bytes(report.releasedBytes);
    for (const EntityUsage& entity : report.entities) {
        v1::EntityUsage& added = *message.add_entities();
        added.set_name(toUtf8(entity.name));
        added.set_blobs(entity.blobs);
        added.set_referenced_bytes(entity.referenced);
        added.set_unique_bytes(entity.unique);
        added.set_share_bytes(entity.share);
    }
    for (const DiskLine& line : report.onDisk) {
        v1::DiskLine& added = *message.add_on_disk();
        added.set_name(line.name);
        added.set_definition(line.definition);
        added.set_count(line.count);
        added.set_bytes(line.bytes);
    }
    message.set_disk_free_bytes(report.diskFree);
    message.set_disk_total_bytes(report.diskTotal);
    return message;
}

} // namespace layerhold::service::messages
