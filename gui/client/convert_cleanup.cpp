// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "client/convert.h"

namespace layerhold::gui {

namespace {

PolicyRule toRecord(const v1::CleanupRule& message)
{
    return {message.name(),     {message.filters().begin(), message.filters().end()},
            message.clock(),    message.keep_duration(),
            message.reserved(), message.max_used(),
            message.min_free(), message.strategy()};
}

EntityUsage toRecord(const v1::EntityUsage& message)
{
    return {message.name(), message.blobs(), message.referenced_bytes(), message.unique_bytes(), message.share_bytes()};
}

DiskLine toRecord(const v1::DiskLine& message)
{
    return {message.name(), message.definition(), message.count(), message.bytes()};
}

} // namespace

UsageRecord toRecord(const v1::Usage& message)
{
    UsageRecord record;
    record.countedAt = toMoment(message.counted_at());
    record.storedBlobs = message.stored_blobs();
    record.storedBytes = message.stored_bytes();
    record.reachedBytes = message.reached_bytes();
    record.sharedBytes = message.shared_bytes();
    record.releasedBlobs = message.released_blobs();
    record.releasedBytes = message.released_bytes();
    for (const v1::EntityUsage& entity : message.entities())
        record.entities.push_back(toRecord(entity));
    for (const v1::DiskLine& line : message.on_disk())
        record.onDisk.push_back(toRecord(line));
    record.diskFree = message.disk_free_bytes();
    record.diskTotal = message.disk_total_bytes();
    return record;
}

PolicyRecord toRecord(const v1::CleanupPolicy& message)
{
    PolicyRecord record{message.mode(), message.undo_window(), message.pressure(), {}};
    for (const v1::CleanupRule& rule : message.rules())
        record.rules.push_back(toRecord(rule));
    return record;
}

v1::CleanupPolicy toMessage(const PolicyRecord& record)
{
    v1::CleanupPolicy message;
    message.set_mode(record.mode);
    message.set_undo_window(record.undoWindow);
    message.set_pressure(record.pressure);
    for (const PolicyRule& rule : record.rules) {
        v1::CleanupRule& added = *message.add_rules();
        added.set_name(rule.name);
        added.mutable_filters()->Assign(rule.filters.begin(), rule.filters.end());
        added.set_clock(rule.clock);
        added.set_keep_duration(rule.keepDuration);
        added.set_reserved(rule.reserved);
        added.set_max_used(rule.maxUsed);
        added.set_min_free(rule.minFree);
        added.set_strategy(rule.strategy);
    }
    return message;
}

PlanRecord toRecord(const v1::Plan& message)
{
    PlanRecord record;
    record.id = message.id();
    record.madeAt = toMoment(message.made_at());
    record.cause = message.cause();
    record.items = message.items();
    record.removeItems = message.remove_items();
    record.removeBytes = message.remove_bytes();
    record.keepItems = message.keep_items();
    record.keepBytes = message.keep_bytes();
    record.onlyCopies = message.only_copies();
    record.storedBytes = message.stored_bytes();
    record.run = message.run();
    record.policy = toRecord(message.policy());
    return record;
}

PlanItem toRecord(const v1::PlanItem& message)
{
    PlanItem item;
    item.what = message.what();
    item.name = message.name();
    item.kind = message.kind();
    item.bytes = message.bytes();
    item.createdAt = toMoment(message.created_at());
    item.usedAt = toMoment(message.used_at());
    item.decision = message.decision();
    item.rule = message.rule();
    item.reason = message.reason();
    item.sentence = message.sentence();
    item.freedBytes = message.freed_bytes();
    item.refetch = message.refetch();
    return item;
}

RunRecord toRecord(const v1::CleanupRun& message)
{
    RunRecord record;
    record.id = message.id();
    record.plan = message.plan();
    record.cause = message.cause();
    record.startedAt = toMoment(message.started_at());
    record.finishedAt = toMoment(message.finished_at());
    record.trashed = message.trashed();
    record.removed = message.removed();
    record.skipped = message.skipped();
    record.failed = message.failed();
    record.promisedBytes = message.promised_bytes();
    record.reportedBytes = message.reported_bytes();
    record.unlinkedBytes = message.unlinked_bytes();
    record.measuredBytes = message.measured_bytes();
    return record;
}

RunItem toRecord(const v1::RunItem& message)
{
    return {message.what(), message.name(), message.bytes(), message.outcome(), message.sentence()};
}

TrashRecord toRecord(const v1::TrashedBlob& message)
{
    return {message.digest(),
            message.bytes(),
            message.kind(),
            message.run(),
            toMoment(message.trashed_at()),
            toMoment(message.expires_at())};
}

TrashReport toRecord(const v1::TrashReport& message)
{
    TrashReport report;
    for (const v1::TrashItem& item : message.items())
        report.items.push_back({item.digest(), item.bytes(), item.outcome(), item.sentence()});
    report.bytes = message.bytes();
    return report;
}

PinRecord toRecord(const v1::Pin& message)
{
    return {message.digest(), message.note(), toMoment(message.since())};
}

JobProgress toRecord(const v1::Progress& message)
{
    return {message.done_items(), message.total_items(), message.done_bytes(), message.total_bytes(),
            message.current()};
}

} // namespace layerhold::gui
