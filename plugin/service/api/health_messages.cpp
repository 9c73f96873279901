// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/health_messages.h"

#include "api/utf8.h"
#include "service/api/messages.h"
#include "service/api/metrics_messages.h"

namespace layerhold::service::messages {

using api::toUtf8;

namespace {

v1::IntegrityProblem from(const IntegrityProblem& problem)
{
    v1::IntegrityProblem message;
    message.set_digest(problem.digest.toString());
    message.set_reason(toUtf8(problem.reason));
    message.set_is_claimed(problem.isClaimed);
    return message;
}

v1::IndexStatistics from(const IndexStatistics& statistics)
{
    v1::IndexStatistics message;
    message.set_rows(statistics.rows);
    message.set_file_bytes(statistics.fileBytes);
    message.set_wal_bytes(statistics.walBytes);
    message.set_free_bytes(statistics.freeBytes);
    message.set_last_event(statistics.lastEvent);
    return message;
}

v1::CacheStatistics from(const CacheStatistics& statistics)
{
    v1::CacheStatistics message;
    message.set_total_entries(statistics.totalEntries);
    message.set_expired_entries(statistics.expiredEntries);
    message.set_total_size_bytes(statistics.totalSizeBytes);
    message.set_max_size_bytes(statistics.maxSizeBytes);
    message.set_hit_rate(statistics.hitRate);
    message.set_total_evictions(statistics.totalEvictions);
    message.set_total_errors(statistics.totalErrors);
    if (statistics.lastCompaction)
        set(message.mutable_last_compaction(), *statistics.lastCompaction);
    message.set_average_access_count(statistics.averageAccessCount);
    return message;
}

} // namespace

v1::EntryInfo from(const EntryInfo& entry)
{
    v1::EntryInfo message;
    message.set_key(entry.key);
    message.set_size(entry.size);
    set(message.mutable_created_at(), entry.createdAt);
    set(message.mutable_accessed_at(), entry.accessedAt);
    if (entry.ttl)
        message.set_ttl(entry.ttl->count());
    message.set_access_count(entry.accessCount);
    message.set_file_path(toUtf8(entry.filePath));
    message.set_is_expired(entry.isExpired);
    message.set_type(entry.type);
    return message;
}

v1::IntegrityReport from(const IntegrityReport& report)
{
    v1::IntegrityReport message;
    set(message.mutable_at(), report.at);
    message.set_depth(report.depth == IntegrityDepth::Full ? "full" : "quick");
    message.set_total_entries(report.totalEntries);
    for (const IntegrityProblem& problem : report.corruptedEntries)
        *message.add_corrupted_entries() = from(problem);
    for (const IntegrityProblem& problem : report.missingFiles)
        *message.add_missing_files() = from(problem);
    for (const IntegrityProblem& problem : report.invalidDigests)
        *message.add_invalid_digests() = from(problem);
    message.set_is_healthy(report.isHealthy());
    message.set_check_duration(report.checkDuration.count());
    return message;
}

v1::RepairReport from(const RepairReport& report)
{
    v1::RepairReport message;
    message.set_dropped(report.dropped);
    message.set_marked_missing(report.markedMissing);
    message.set_quarantined(report.quarantined);
    message.set_left(report.left);
    *message.mutable_after() = from(report.after);
    return message;
}

v1::StorageInfo from(const StorageInfo& storage)
{
    v1::StorageInfo message;
    message.set_path(toUtf8(storage.path));
    message.set_total_files(storage.totalFiles);
    message.set_total_size(storage.totalSize);
    for (const DirectoryInfo& directory : storage.directories) {
        v1::DirectoryInfo& one = *message.add_directories();
        one.set_path(toUtf8(directory.path));
        one.set_file_count(directory.fileCount);
        one.set_total_size(directory.totalSize);
    }
    return message;
}

v1::CollectDebugResponse from(const HealthReport& report)
{
    v1::CollectDebugResponse message;
    set(message.mutable_timestamp(), report.timestamp);
    for (const auto& [name, value] : report.config) {
        v1::ConfigEntry& entry = *message.add_config();
        entry.set_name(name);
        entry.set_value(toUtf8(value));
    }
    *message.mutable_metrics() = from(report.metrics);
    *message.mutable_index_stats() = from(report.indexStats);
    *message.mutable_cache_stats() = from(report.cacheStats);
    for (const EntryInfo& entry : report.topEntries)
        *message.add_top_entries() = from(entry);
    *message.mutable_integrity() = from(report.integrity);
    *message.mutable_storage_info() = from(report.storageInfo);
    return message;
}

v1::CompactResponse from(const CompactReport& report)
{
    v1::CompactResponse message;
    message.set_bytes_before(report.bytesBefore);
    message.set_bytes_after(report.bytesAfter);
    message.set_bytes_regained(report.bytesRegained);
    set(message.mutable_at(), report.at);
    return message;
}

v1::HealthCheck from(const HealthCheck& check)
{
    v1::HealthCheck message;
    message.set_name(check.name);
    message.set_outcome(std::string(toString(check.outcome)));
    message.set_finding(toUtf8(check.finding));
    message.set_advice(toUtf8(check.advice));
    return message;
}

v1::ExplainMissResponse from(const MissExplanation& explanation)
{
    v1::ExplainMissResponse message;
    message.set_digest(explanation.digest.toString());
    message.set_reason(std::string(toString(explanation.reason)));
    message.set_sentence(toUtf8(explanation.sentence));
    if (explanation.missedAt)
        set(message.mutable_missed_at(), *explanation.missedAt);
    message.set_engine(toUtf8(explanation.engine));
    message.set_times(explanation.times);
    if (explanation.lostAt)
        set(message.mutable_lost_at(), *explanation.lostAt);
    message.set_cause(toUtf8(explanation.cause));
    for (const Event& event : explanation.events)
        *message.add_events() = from(event);
    return message;
}

} // namespace layerhold::service::messages
