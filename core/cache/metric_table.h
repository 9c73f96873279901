// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/metric_samples.h"
#include "layerhold/metrics.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace layerhold {

enum class MetricId : std::uint8_t
{
    Hits,
    Misses,
    HitRate,
    Evictions,
    Errors,
    BytesStored,
    BytesRetrieved,
    BytesServed,
    EntriesStored,
    NetworkRequests,
    BytesDownloaded,
    BandwidthSaved,
    AvgGetLatency,
    AvgPutLatency,
    AvgDeleteLatency,
    GetLatencySamples,
    PutLatencySamples,
    DeleteLatencySamples,
    ManifestGets,
    ManifestPuts,
    BlobGets,
    BlobPuts,
    TagResolutions,
    Uptime,
    TimeSinceLastHit,
    TimeSinceLastMiss,
    TimeSinceLastEviction,
    TimeSinceLastError,
    PeakBytesStored,
    PeakEntriesStored,
    PeakHitRate,
    BytesNotDownloaded,
    GetLatencyP50,
    GetLatencyP95,
    GetLatencyP99,
    PutLatencyP50,
    PutLatencyP95,
    PutLatencyP99,
    DeleteLatencyP50,
    DeleteLatencyP95,
    DeleteLatencyP99,
    ScrubOldestVerified,
    ScrubDueBytes,
    Count
};

struct MetricRow
{
    MetricId id;
    std::string_view name;
    MetricUnit unit;
    MetricKind kind;
    std::optional<RollUp> history; ///< nullopt: none is kept
    std::string_view sentence;
};

namespace metric_table {

using enum MetricUnit;
using enum MetricKind;
inline constexpr std::nullopt_t none = std::nullopt;

/// The one table of metrics. Names are in the API, the JSON output and the metrics endpoint; they never change. The
/// history is stored by position among those that have one: add new ones at the end.
inline constexpr MetricRow rows[] = {
    {MetricId::Hits, "hits", MetricUnit::Count, Counter, RollUp::Last,
     "Lookups and reads of engines that were answered from the cache."},
    {MetricId::Misses, "misses", MetricUnit::Count, Counter, RollUp::Last,
     "Lookups and reads of engines that were answered 'not found'."},
    {MetricId::HitRate, "hit_rate", Ratio, Gauge, none, "Hits among hits and misses; 0 when there are none."},
    {MetricId::Evictions, "evictions", MetricUnit::Count, Counter, RollUp::Last,
     "Blobs that a cleanup removed, and entries that expired or made room in their scope."},
    {MetricId::Errors, "errors", MetricUnit::Count, Counter, RollUp::Last,
     "Operations of engines that failed for a fault of ours or of the disk."},
    {MetricId::BytesStored, "bytes_stored", Bytes, Gauge, RollUp::Last, "Bytes of the blobs that are stored now."},
    {MetricId::BytesRetrieved, "bytes_retrieved", Bytes, Counter, none,
     "Bytes read of stored blobs, by whomever, partial reads included."},
    {MetricId::BytesServed, "bytes_served", Bytes, Counter, RollUp::Last, "Bytes read of stored blobs for engines."},
    {MetricId::EntriesStored, "entries_stored", MetricUnit::Count, Gauge, RollUp::Last, "Blobs that are stored now."},
    {MetricId::NetworkRequests, "network_requests", MetricUnit::Count, Counter, RollUp::Last,
     "Blobs that engines fetched from elsewhere and wrote here."},
    {MetricId::BytesDownloaded, "bytes_downloaded", Bytes, Counter, RollUp::Last,
     "Bytes of the blobs that engines fetched from elsewhere and wrote here."},
    {MetricId::BandwidthSaved, "bandwidth_saved", Bytes, Gauge, none,
     "Estimate: hits times the average size of a download. bytes_not_downloaded is exact."},
    {MetricId::AvgGetLatency, "avg_get_latency_ns", Nanoseconds, Gauge, none,
     "Mean time to answer a lookup or open a blob, over the last samples."},
    {MetricId::AvgPutLatency, "avg_put_latency_ns", Nanoseconds, Gauge, none,
     "Mean time to commit a blob, over the last samples."},
    {MetricId::AvgDeleteLatency, "avg_delete_latency_ns", Nanoseconds, Gauge, none,
     "Mean time to release a blob, over the last samples."},
    {MetricId::GetLatencySamples, "get_latency_samples", MetricUnit::Count, Gauge, none,
     "Lookups and opens that the latencies are of; at most the last ten thousand."},
    {MetricId::PutLatencySamples, "put_latency_samples", MetricUnit::Count, Gauge, none,
     "Commits that the latencies are of; at most the last ten thousand."},
    {MetricId::DeleteLatencySamples, "delete_latency_samples", MetricUnit::Count, Gauge, none,
     "Releases that the latencies are of; at most the last ten thousand."},
    {MetricId::ManifestGets, "manifest_gets", MetricUnit::Count, Counter, none,
     "Lookups and reads of manifests and indexes, found or not."},
    {MetricId::ManifestPuts, "manifest_puts", MetricUnit::Count, Counter, none,
     "Manifests and indexes that engines wrote."},
    {MetricId::BlobGets, "blob_gets", MetricUnit::Count, Counter, none,
     "Lookups and reads of other blobs, found or not; blobs of which nothing is known count in the totals only."},
    {MetricId::BlobPuts, "blob_puts", MetricUnit::Count, Counter, RollUp::Last, "Other blobs that engines wrote."},
    {MetricId::TagResolutions, "tag_resolutions", MetricUnit::Count, Counter, none,
     "Tags that were resolved to a digest, by a registry or by what it said before."},
    {MetricId::Uptime, "uptime_ns", Nanoseconds, Gauge, none, "Time since the cache was opened, or reset."},
    {MetricId::TimeSinceLastHit, "time_since_last_hit_ns", Nanoseconds, Gauge, none,
     "Time since the last hit; null when there was none."},
    {MetricId::TimeSinceLastMiss, "time_since_last_miss_ns", Nanoseconds, Gauge, none,
     "Time since the last miss; null when there was none."},
    {MetricId::TimeSinceLastEviction, "time_since_last_eviction_ns", Nanoseconds, Gauge, none,
     "Time since the last eviction; null when there was none."},
    {MetricId::TimeSinceLastError, "time_since_last_error_ns", Nanoseconds, Gauge, none,
     "Time since the last error; null when there was none."},
    {MetricId::PeakBytesStored, "peak_bytes_stored", Bytes, Gauge, none, "The most bytes that were ever stored."},
    {MetricId::PeakEntriesStored, "peak_entries_stored", MetricUnit::Count, Gauge, none,
     "The most blobs that were ever stored."},
    {MetricId::PeakHitRate, "peak_hit_rate", Ratio, Gauge, none, "The highest hit rate that was seen."},
    {MetricId::BytesNotDownloaded, "bytes_not_downloaded", Bytes, Counter, RollUp::Last,
     "Bytes that an engine got without a download, counted blob by blob."},
    {MetricId::GetLatencyP50, "get_latency_p50_ns", Nanoseconds, Gauge, RollUp::Max,
     "Half of the last lookups and opens were faster; null without samples."},
    {MetricId::GetLatencyP95, "get_latency_p95_ns", Nanoseconds, Gauge, RollUp::Max,
     "95 of 100 of the last lookups and opens were faster; null without samples."},
    {MetricId::GetLatencyP99, "get_latency_p99_ns", Nanoseconds, Gauge, RollUp::Max,
     "99 of 100 of the last lookups and opens were faster; null without samples."},
    {MetricId::PutLatencyP50, "put_latency_p50_ns", Nanoseconds, Gauge, RollUp::Max,
     "Half of the last commits were faster; null without samples."},
    {MetricId::PutLatencyP95, "put_latency_p95_ns", Nanoseconds, Gauge, RollUp::Max,
     "95 of 100 of the last commits were faster; null without samples."},
    {MetricId::PutLatencyP99, "put_latency_p99_ns", Nanoseconds, Gauge, RollUp::Max,
     "99 of 100 of the last commits were faster; null without samples."},
    {MetricId::DeleteLatencyP50, "delete_latency_p50_ns", Nanoseconds, Gauge, none,
     "Half of the last releases were faster; null without samples."},
    {MetricId::DeleteLatencyP95, "delete_latency_p95_ns", Nanoseconds, Gauge, none,
     "95 of 100 of the last releases were faster; null without samples."},
    {MetricId::DeleteLatencyP99, "delete_latency_p99_ns", Nanoseconds, Gauge, none,
     "99 of 100 of the last releases were faster; null without samples."},
    {MetricId::ScrubOldestVerified, "scrub_oldest_verified_ns", Nanoseconds, Gauge, none,
     "How long ago the blob that waits longest was hashed; null when nothing is stored."},
    {MetricId::ScrubDueBytes, "scrub_due_bytes", Bytes, Gauge, none,
     "Bytes of the blobs that were not hashed for a week."},
};

} // namespace metric_table
} // namespace layerhold
