// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
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
    ClaimsReleased,
    CommitsFailed,
    IndexRebuilds,
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
    {CounterId::ClaimsReleased, "claims_released", "Claims that engines gave up."},
    {CounterId::CommitsFailed, "commits_failed", "Commits that failed after their bytes were checked."},
    {CounterId::IndexRebuilds, "index_rebuilds", "Times the index was made anew."},
};

/// Totals since the root was made: in memory what counts, in the index what a restart goes on from. Thread-safe,
/// lock-free.
class Counters
{
public:
    /// Goes on from what an earlier process wrote. Called once.
    void restore(const std::map<std::string, std::uint64_t>& stored);
    void add(CounterId id, std::uint64_t delta = 1);
    /// Totals, by name, of those that differ from what was written last.
    std::map<std::string, std::uint64_t> unwritten() const;
    void markWritten(const std::map<std::string, std::uint64_t>& totals);
    /// The index was made anew, and may have earlier totals.
    void markUnwritten();
    /// In the order of the table.
    std::vector<Counter> all() const;

private:
    std::array<std::atomic<std::uint64_t>, static_cast<std::size_t>(CounterId::Count)> m_totals{};
    std::array<std::atomic<std::uint64_t>, static_cast<std::size_t>(CounterId::Count)> m_written{};
};

} // namespace layerhold
