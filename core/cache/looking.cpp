// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/cache_impl.h"

#include "cache/blob_facts.h"
#include "cache/progress_meter.h"
#include "index/edges.h"
#include "index/events.h"
#include "layerhold/filter.h"

#include <algorithm>
#include <deque>
#include <set>

namespace layerhold {

namespace {

constexpr std::size_t pageSize = 256;

Blob toBlob(Connection& index, const BlobRow& row)
{
    return {row.digest,
            row.size,
            row.mediaType,
            row.kind,
            row.state,
            row.createdAt,
            row.accessedAt,
            row.verifiedAt,
            row.accessCount,
            row.origin,
            blobs::isReleased(index, row.digest),
            labels::nameSource(index, row.digest) ? Refetch::Yes : Refetch::Unknown};
}

/// A blob that several engines hold matches when it matches as seen from one of them.
bool matches(const Filter& filter, Connection& index, const Blob& blob, TimePoint now)
{
    if (filter.matchesEverything())
        return true;
    std::vector<std::string> engines;
    for (const ClaimRow& claim : claims::of(index, blob.digest))
        if (claim.holderKind == HolderKind::Engine)
            engines.push_back(claim.holder);
    if (engines.empty())
        engines.emplace_back();
    BlobFacts facts = factsOf(blob);
    return std::any_of(engines.begin(), engines.end(), [&](const std::string& engine) {
        facts.engine = engine;
        return filter.matches([&](const std::vector<std::string>& path) { return facts.field(path, now); });
    });
}

Error unknownBlob(const Digest& digest)
{
    return {ErrorCode::NotFound, "there is no blob " + digest.toString()};
}

} // namespace

CacheImpl::Totals CacheImpl::totals()
{
    const std::lock_guard oneCounts(m_totalsMutex); // who waits gets the same answer
    const std::uint64_t version = m_index.version();
    {
        const std::lock_guard lock(m_mutex);
        if (m_totals && m_totals->version == version)
            return *m_totals;
    }
    const Totals totals = m_index.readAtLength([&](Connection& index) {
        const auto all = blobs::totals(index);
        const auto released = blobs::releasedTotals(index);
        return Totals{version, all.count, all.bytes, released.count, released.bytes};
    });
    const std::lock_guard lock(m_mutex);
    m_totals = totals;
    return totals;
}

CacheStatus CacheImpl::status()
{
    CacheStatus status;
    const Layout& layout = m_files.layout();
    const Totals sums = totals();
    status.root = m_options.root;
    status.blobCount = sums.blobCount;
    status.blobBytes = sums.blobBytes;
    status.releasedCount = sums.releasedCount;
    status.releasedBytes = sums.releasedBytes;
    for (const IngestRow& row : m_index.read([](Connection& index) { return ingests::all(index); })) {
        const auto identity = m_fileSystem.identity(layout.ingest(row.id));
        if (!identity)
            continue;
        const bool isPartial = row.state == IngestRow::State::Partial;
        ++(isPartial ? status.partialCount : status.ingestCount);
        (isPartial ? status.partialBytes : status.ingestBytes) += identity->size;
    }
    for (const std::string& name : m_fileSystem.list(layout.quarantineDirectory())) {
        if (!Layout::parseQuarantined(name))
            continue;
        ++status.quarantineCount;
        if (const auto identity = m_fileSystem.identity(layout.quarantineDirectory() / name))
            status.quarantineBytes += identity->size;
    }
    const Space space = m_fileSystem.space(m_options.root);
    status.diskFree = space.freeBytes;
    status.diskTotal = space.totalBytes;
    status.openedAt = m_openedAt;
    const std::lock_guard lock(m_mutex);
    status.notice = m_notice;
    return status;
}

std::vector<Counter> CacheImpl::counters()
{
    return m_counters.all();
}

std::vector<Blob> CacheImpl::blobs(const BlobFilter& filter, const std::optional<Digest>& after, std::size_t limit,
                                   std::stop_token stop)
{
    const Filter compiled = Filter::parseAny(filter.filters);
    std::vector<Blob> result;
    std::optional<Digest> last = after;
    while (result.size() < limit) {
        throwIfStopped(stop);
        // One short query for each page: nothing is held while the caller works on the last one.
        const std::size_t seen = m_index.readAtLength([&](Connection& index) {
            const auto rows = blobs::page(index, last, pageSize);
            for (const BlobRow& row : rows) {
                if (result.size() == limit)
                    break;
                last = row.digest;
                Blob blob = toBlob(index, row);
                if (matches(compiled, index, blob, m_clock.now()))
                    result.push_back(std::move(blob));
            }
            return rows.size();
        });
        if (seen < pageSize)
            break;
    }
    return result;
}

std::optional<Blob> CacheImpl::blob(const Digest& digest)
{
    return m_index.read([&](Connection& index) -> std::optional<Blob> {
        const auto row = blobs::find(index, digest);
        return row ? std::optional(toBlob(index, *row)) : std::nullopt;
    });
}

std::vector<Edge> CacheImpl::children(const Digest& digest)
{
    return m_index.read([&](Connection& index) { return edges::children(index, digest); });
}

std::vector<Edge> CacheImpl::parents(const Digest& digest)
{
    return m_index.read([&](Connection& index) { return edges::parents(index, digest); });
}

std::vector<ClaimPath> CacheImpl::why(const Digest& digest)
{
    return m_index.readAtLength([&](Connection& index) {
        if (!blobs::exists(index, digest))
            throw unknownBlob(digest);
        // Breadth first over the parents: the first path that reaches an ancestor is a shortest one.
        std::vector<ClaimPath> result;
        std::deque<std::vector<Digest>> open{{digest}};
        std::set<Digest> seen{digest};
        while (!open.empty()) {
            const std::vector<Digest> path = std::move(open.front());
            open.pop_front();
            for (const ClaimRow& row : claims::of(index, path.back()))
                result.push_back({path, Claim{row.holderKind, row.holder, row.digest, row.since}});
            for (const Edge& edge : edges::parents(index, path.back())) {
                if (!seen.insert(edge.parent).second)
                    continue;
                open.push_back(path);
                open.back().push_back(edge.parent);
            }
        }
        return result;
    });
}

BlobReader CacheImpl::open(const Digest& digest)
{
    constexpr int tries = 4;
    for (int i = 0; i < tries; ++i) {
        const auto finding = m_guard.check(digest);
        if (finding.condition == BlobGuard::Condition::Damaged)
            throw Error(ErrorCode::DataLoss, "the stored bytes of " + digest.toString() +
                                                 " are damaged and were set aside (" + finding.reason + ")");
        if (finding.condition == BlobGuard::Condition::Absent)
            throw unknownBlob(digest);
        if (auto blob = m_files.open(digest, finding.row->identity))
            return BlobReader(std::move(blob), &m_peopleReads);
    }
    throw Error(ErrorCode::DataLoss, "the file of " + digest.toString() +
                                         " keeps changing while it is opened; find out what writes to the cache root");
}

EventPage CacheImpl::eventsAfter(std::uint64_t sequence, std::size_t limit)
{
    return m_index.read([&](Connection& index) { return events::after(index, sequence, limit); });
}

std::uint64_t CacheImpl::lastEvent()
{
    return m_events.last();
}

bool CacheImpl::waitForEvent(std::uint64_t sequence, std::chrono::steady_clock::time_point deadline,
                             std::stop_token stop)
{
    return m_events.wait(sequence, deadline, std::move(stop));
}

} // namespace layerhold
