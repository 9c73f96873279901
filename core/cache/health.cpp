// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/health.h"

#include "index/blob_statistics.h"
#include "index/entries.h"
#include "index/events.h"
#include "index/meta.h"
#include "layerhold/cache.h"

#include <charconv>

namespace layerhold {

namespace {

constexpr std::size_t mostTopEntries = 20;
const std::string lastCompactionKey = "last_compaction";
/// Pages that one transaction of compact() gives back: others do not wait long for it.
constexpr int pagesPerStep = 512;
/// Rows that ANALYZE looks at for each index; without a limit it reads everything.
constexpr int analysisLimit = 1000;

/// Below it (blobs/<alg>) there are files only.
constexpr int deepestDirectory = 2;

std::int64_t pragma(Connection& index, std::string_view sql)
{
    auto use = index.statement(sql).use();
    return use.step() ? use.integer(0) : 0;
}

std::string_view typeOf(BlobKind kind)
{
    switch (kind) {
    case BlobKind::Manifest:
    case BlobKind::Index:
        return "manifest";
    case BlobKind::Config:
    case BlobKind::Layer:
        return "blob";
    case BlobKind::Other:
        break;
    }
    return "unknown";
}

std::optional<TimePoint> parseTime(const std::optional<std::string>& text)
{
    if (!text)
        return std::nullopt;
    std::int64_t ns = 0;
    const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), ns);
    return failure == std::errc{} ? std::optional(fromNanoseconds(ns)) : std::nullopt;
}

} // namespace

HealthImpl::HealthImpl(CacheContext& context, BlobGuard& guard, MetricsImpl& metrics, std::mutex& longWork,
                       const CacheOptions& options)
    : m_context(context)
    , m_guard(guard)
    , m_metrics(metrics)
    , m_longWork(longWork)
    , m_options(options)
{}

EntryInfo HealthImpl::toEntry(const BlobRow& row) const
{
    EntryInfo info;
    info.key = row.digest.toString();
    info.size = row.size;
    info.createdAt = row.createdAt;
    info.accessedAt = row.accessedAt;
    info.accessCount = row.accessCount;
    const Layout& layout = m_context.files.layout();
    info.filePath = (row.state == BlobState::Trashed ? layout.trashed(row.digest) : layout.blob(row.digest)).string();
    info.type = typeOf(row.kind);
    return info;
}

std::vector<EntryInfo> HealthImpl::topEntries()
{
    std::vector<EntryInfo> result;
    for (const BlobRow& row : m_context.index.readAtLength(
             [](Connection& index) { return blob_statistics::mostUsed(index, mostTopEntries); }))
        result.push_back(toEntry(row));
    return result;
}

EntryInfo HealthImpl::entry(const Digest& digest)
{
    const auto row = m_context.index.read([&](Connection& index) { return blobs::find(index, digest); });
    if (!row)
        throw Error(ErrorCode::NotFound, "there is no blob " + digest.toString());
    return toEntry(*row);
}

std::uint64_t HealthImpl::indexBytes() const
{
    const auto path = m_context.files.layout().indexDatabase();
    std::uint64_t bytes = 0;
    for (const char* suffix : {"", "-wal"})
        if (const auto identity = m_context.fileSystem.identity(Layout::Path(path) += suffix))
            bytes += identity->size;
    return bytes;
}

IndexStatistics HealthImpl::indexStatistics()
{
    IndexStatistics statistics;
    const auto path = m_context.files.layout().indexDatabase();
    if (const auto file = m_context.fileSystem.identity(path))
        statistics.fileBytes = file->size;
    if (const auto wal = m_context.fileSystem.identity(Layout::Path(path) += "-wal"))
        statistics.walBytes = wal->size;
    m_context.index.readAtLength([&](Connection& index) {
        statistics.rows = blob_statistics::averages(index).rows;
        statistics.freeBytes =
            static_cast<std::uint64_t>(pragma(index, "PRAGMA freelist_count") * pragma(index, "PRAGMA page_size"));
        statistics.lastEvent = events::last(index);
    });
    return statistics;
}

CacheStatistics HealthImpl::cacheStatistics(const MetricsSnapshot& metrics)
{
    CacheStatistics statistics;
    statistics.totalEntries = metrics.number("entries_stored");
    statistics.totalSizeBytes = metrics.number("bytes_stored");
    statistics.hitRate = metrics.find("hit_rate")->ratio;
    statistics.totalEvictions = metrics.number("evictions");
    statistics.totalErrors = metrics.number("errors");
    m_context.index.readAtLength([&](Connection& index) {
        statistics.expiredEntries = entries::countExpired(index, m_context.clock.now());
        statistics.lastCompaction = parseTime(meta::get(index, lastCompactionKey));
        statistics.averageAccessCount = blob_statistics::averages(index).accessCount;
    });
    return statistics;
}

std::map<std::string, std::string> HealthImpl::config() const
{
    return {{"root", m_options.root.string()},
            {"api_socket", m_options.apiSocket},
            {"events_kept", std::to_string(m_options.eventsKept)},
            {"scrub_rate", std::to_string(m_options.scrubRate)}};
}

HealthReport HealthImpl::collect(std::stop_token stop)
{
    HealthReport report;
    report.timestamp = m_context.clock.now();
    report.config = config();
    report.metrics = m_metrics.snapshot();
    report.indexStats = indexStatistics();
    report.cacheStats = cacheStatistics(report.metrics);
    report.topEntries = topEntries();
    report.integrity = checkIntegrity(IntegrityDepth::Quick, nullptr, stop);
    report.storageInfo = storage(std::move(stop));
    return report;
}

StorageInfo HealthImpl::storage(std::stop_token stop)
{
    const Layout& layout = m_context.files.layout();
    StorageInfo info;
    info.path = layout.root().string();
    walk(layout.root(), 0, info, stop);
    return info;
}

void HealthImpl::walk(const Layout::Path& directory, int depth, StorageInfo& info, const std::stop_token& stop)
{
    const auto name = directory.lexically_relative(m_context.files.layout().root()).string();
    std::vector<Layout::Path> deeper;
    const std::size_t position = info.directories.size();
    info.directories.push_back({name, 0, 0});
    for (const std::string& file : m_context.fileSystem.list(directory)) {
        throwIfStopped(stop);
        const Layout::Path path = directory / file;
        if (depth < deepestDirectory && m_context.fileSystem.identity(path / ".")) {
            deeper.push_back(path);
            continue;
        }
        const auto identity = m_context.fileSystem.identity(path);
        if (!identity)
            continue; // gone since
        ++info.directories[position].fileCount;
        info.directories[position].totalSize += identity->size;
        ++info.totalFiles;
        info.totalSize += identity->size;
    }
    for (const Layout::Path& path : deeper)
        walk(path, depth + 1, info, stop);
}

CompactReport HealthImpl::compact(std::stop_token stop)
{
    CompactReport report;
    report.bytesBefore = indexBytes();
    for (std::int64_t free = -1;;) {
        throwIfStopped(stop);
        std::int64_t left = 0;
        m_context.index.write(Durability::Relaxed, [&](Change& change) {
            change.index().database().execute("PRAGMA incremental_vacuum(" + std::to_string(pagesPerStep) + ')');
            left = pragma(change.index(), "PRAGMA freelist_count");
        });
        if (left == 0 || left == free) // a file of the time before cannot be shrunk; `layerhold rebuild` makes it anew
            break;
        free = left;
    }
    report.at = m_context.clock.now();
    m_context.index.write(Durability::Durable, [&](Change& change) {
        Connection& index = change.index();
        index.database().execute("PRAGMA analysis_limit=" + std::to_string(analysisLimit) + "; ANALYZE");
        meta::set(index, lastCompactionKey, std::to_string(toNanoseconds(report.at)));
    });
    m_context.index.copyBack();
    report.bytesAfter = indexBytes();
    report.bytesRegained = report.bytesBefore > report.bytesAfter ? report.bytesBefore - report.bytesAfter : 0;
    return report;
}

} // namespace layerhold
