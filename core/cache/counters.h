// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "layerhold/clock.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

enum class CounterId : std::uint8_t
{
    BlobsCommitted,
    BytesCommitted,
    BlobsDeduplicated,
    BytesDeduplicated,
    BlobsNotDownloaded,
    BytesNotDownloaded,
    BytesResumed,
    BlobsOpened,
    BlobsAdopted,
    BlobsVerified,
    BytesVerified,
    BlobsQuarantined,
    BlobsHealed,
    BlobsMissing,
    BlobsRemoved,
    BytesRemoved,
    CleanupsFailed,
    BlobsTrashed,
    BlobsRestored,
    ClaimsReleased,
    CommitsFailed,
    IndexRebuilds,
    Hits,
    Misses,
    Errors,
    BytesRetrieved,
    BytesServed,
    ManifestGets,
    ManifestPuts,
    BlobGets,
    BlobPuts,
    TagResolutions,
    BytesDownloaded,
    EntriesEvicted,
    EntryBytesEvicted,
    DescriptorRequests,
    DescriptorHits,
    DescriptorErrors,
    Count
};

struct CounterDescription
{
    CounterId id;
    std::string_view name;
    std::string_view sentence;
};

/// The one table of counters. Names are in the API and the index; they never change.
inline constexpr CounterDescription counterTable[] = {
    {CounterId::BlobsCommitted, "blobs_committed", "Blobs that were written and committed."},
    {CounterId::BytesCommitted, "bytes_committed", "Bytes of the blobs that were written and committed."},
    {CounterId::BlobsDeduplicated, "blobs_deduplicated", "Commits whose bytes were stored already."},
    {CounterId::BytesDeduplicated, "bytes_deduplicated", "Bytes of commits that were stored already."},
    {CounterId::BlobsNotDownloaded, "blobs_not_downloaded", "Blobs that an engine got without a download."},
    {CounterId::BytesNotDownloaded, "bytes_not_downloaded", "Bytes that an engine got without a download."},
    {CounterId::BytesResumed, "bytes_resumed", "Bytes of aborted writes that a later write went on from."},
    {CounterId::BlobsOpened, "blobs_opened", "Times a blob was opened for reading."},
    {CounterId::BlobsAdopted, "blobs_adopted", "Blob files without a row that were hashed and taken in."},
    {CounterId::BlobsVerified, "blobs_verified", "Times a stored blob was hashed."},
    {CounterId::BytesVerified, "bytes_verified", "Stored bytes that were hashed again."},
    {CounterId::BlobsQuarantined, "blobs_quarantined", "Blobs whose bytes were wrong and set aside."},
    {CounterId::BlobsHealed, "blobs_healed", "Missing or quarantined blobs that are whole again."},
    {CounterId::BlobsMissing, "blobs_missing", "Blobs whose file had vanished."},
    {CounterId::BlobsRemoved, "blobs_removed", "Blobs that a cleanup removed."},
    {CounterId::BytesRemoved, "bytes_removed", "Bytes that a cleanup removed, with those of aborted writes."},
    {CounterId::CleanupsFailed, "cleanups_failed", "Times the cache's own upkeep ended with an error."},
    {CounterId::BlobsTrashed, "blobs_trashed", "Blobs that a cleanup moved to the trash."},
    {CounterId::BlobsRestored, "blobs_restored", "Blobs that came back from the trash."},
    {CounterId::ClaimsReleased, "claims_released", "Claims that engines gave up."},
    {CounterId::CommitsFailed, "commits_failed", "Commits that failed after their bytes were checked."},
    {CounterId::IndexRebuilds, "index_rebuilds", "Times the index was made anew."},
    {CounterId::Hits, "hits", "Lookups and reads of engines that were answered from the cache."},
    {CounterId::Misses, "misses", "Lookups and reads of engines that were answered 'not found'."},
    {CounterId::Errors, "errors", "Operations of engines that failed for a fault of ours or of the disk."},
    {CounterId::BytesRetrieved, "bytes_retrieved", "Bytes read of stored blobs, by whomever, partial reads included."},
    {CounterId::BytesServed, "bytes_served", "Bytes read of stored blobs for engines."},
    {CounterId::ManifestGets, "manifest_gets", "Lookups and reads of manifests and indexes, found or not."},
    {CounterId::ManifestPuts, "manifest_puts", "Manifests and indexes that engines wrote."},
    {CounterId::BlobGets, "blob_gets", "Lookups and reads of other blobs, found or not."},
    {CounterId::BlobPuts, "blob_puts", "Other blobs that engines wrote."},
    {CounterId::TagResolutions, "tag_resolutions",
     "Tags that were resolved to a digest, by a registry or by what it said before."},
    {CounterId::BytesDownloaded, "bytes_downloaded", "Bytes of the blobs that engines wrote, stored already or not."},
    {CounterId::EntriesEvicted, "entries_evicted", "Entries that expired, or that made room in their scope."},
    {CounterId::EntryBytesEvicted, "entry_bytes_evicted",
     "Bytes of the entries that expired, or that made room in their scope."},
    {CounterId::DescriptorRequests, "descriptor_requests", "Times a repository's descriptor of a blob was asked for."},
    {CounterId::DescriptorHits, "descriptor_hits", "Descriptors that were known, so that no registry was asked."},
    {CounterId::DescriptorErrors, "descriptor_errors",
     "Failures of the records of descriptors, for which a registry was asked."},
};

/// Totals since the root was made: in memory what counts, in the index what a restart goes on from. Of a few counters
/// it also knows when they last moved. Thread-safe, lock-free.
class Counters
{
public:
    /// `clock` must outlive it.
    explicit Counters(const Clock& clock = Clock::system());

    /// Goes on from what an earlier process wrote. Called once.
    void restore(const std::map<std::string, std::uint64_t>& stored);
    void add(CounterId id, std::uint64_t delta = 1);
    /// As add, with a time of the clock that the caller has at hand.
    void add(CounterId id, std::uint64_t delta, std::chrono::steady_clock::time_point at);
    /// Totals, by name, of those that differ from what was written last.
    std::map<std::string, std::uint64_t> unwritten() const;
    void markWritten(const std::map<std::string, std::uint64_t>& totals);
    /// The index was made anew, and may have earlier totals.
    void markUnwritten();
    std::uint64_t total(CounterId id) const;
    /// In the order of the table.
    std::vector<Counter> all() const;

    static constexpr CounterId timed[] = {CounterId::Hits, CounterId::Misses, CounterId::BlobsRemoved,
                                          CounterId::EntriesEvicted, CounterId::Errors};
    /// How long ago one of the timed counters moved; nullopt: never.
    std::optional<std::chrono::nanoseconds> sinceLast(CounterId id) const;
    void setLast(CounterId id, std::optional<std::chrono::nanoseconds> ago);

private:
    static constexpr std::size_t size = static_cast<std::size_t>(CounterId::Count);
    static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();

    const Clock& m_clock;
    std::array<std::atomic<std::uint64_t>, size> m_totals{};
    std::array<std::atomic<std::uint64_t>, size> m_written{};
    std::array<std::atomic<std::int64_t>, size> m_last; ///< steady nanoseconds
};

} // namespace layerhold
