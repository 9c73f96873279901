// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// How bytes are counted.

#include "cache/cleanup_impl.h"
#include "index/trash.h"
#include "store/layout.h"

#include <algorithm>
#include <utility>

namespace layerhold {

namespace {

constexpr std::uint64_t block = 4096;

std::uint64_t allocated(std::uint64_t bytes)
{
    return (bytes + block - 1) / block * block;
}

} // namespace

UsageReport CleanupImpl::usage(UsageLevel level)
{
    const std::lock_guard oneCounts(m_usageMutex);
    const auto reading = m_graphs.recent();
    if (m_usageOf != reading.number)
        m_usage.clear();
    m_usageOf = reading.number;
    auto found = m_usage.find(level);
    if (found == m_usage.end()) {
        UsageReport counted = countUsage(*reading.graph, level);
        counted.countedAt = reading.readAt;
        addDiskLines(counted, *reading.graph);
        found = m_usage.emplace(level, std::move(counted)).first;
    }
    UsageReport report = found->second;
    const Space space = m_context.fileSystem.space(m_context.files.layout().root());
    report.diskFree = space.freeBytes;
    report.diskTotal = space.totalBytes;
    return report;
}

std::uint64_t CleanupImpl::freed(const std::vector<Digest>& selection)
{
    const auto blobGraph = m_graphs.recent().graph;
    std::vector<BlobGraph::NodeId> nodes;
    for (const Digest& digest : selection) {
        const auto node = blobGraph->find(digest);
        if (!node)
            throw Error(ErrorCode::NotFound, "there is no blob " + digest.toString());
        nodes.push_back(*node);
    }
    return blobGraph->freed(nodes);
}

void CleanupImpl::addDiskLines(UsageReport& report, const BlobGraph& graph)
{
    const Layout& layout = m_context.files.layout();
    FileSystem& files = m_context.fileSystem;
    const auto addFile = [&](DiskLine& line, const Layout::Path& path) {
        const auto identity = files.identity(path);
        if (!identity)
            return;
        ++line.count;
        line.bytes += allocated(identity->size);
    };
    DiskLine blobLine{"blobs", "Blobs in their place, held or released."};
    DiskLine trashLine{"trash", "Blobs that a cleanup removed and that can come back."};
    for (const BlobGraph::Node& node : graph.nodes()) {
        if (!node.isStored() && node.state != BlobState::Trashed)
            continue;
        DiskLine& line = node.isStored() ? blobLine : trashLine;
        ++line.count;
        line.bytes += allocated(node.size);
    }
    DiskLine partials{"partials", "Bytes of aborted writes, kept for a retry."};
    DiskLine ingests{"ingests", "Writes that are open or can be resumed."};
    for (const IngestRow& row : m_context.index.read([](Connection& index) { return ingests::all(index); }))
        addFile(row.state == IngestRow::State::Partial ? partials : ingests, layout.ingest(row.id));
    DiskLine quarantine{"quarantine", "Bytes that failed verification, with the reasons."};
    for (const std::string& name : files.list(layout.quarantineDirectory()))
        addFile(quarantine, layout.quarantineDirectory() / name);
    DiskLine index{"index", "The index and its write-ahead log."};
    addFile(index, layout.indexDatabase());
    addFile(index, Layout::Path(layout.indexDatabase()) += "-wal");
    DiskLine checkpoint{"checkpoint", "What the index could be made anew from, besides the blobs."};
    addFile(checkpoint, layout.checkpoint());
    DiskLine total{"total", "All of these, rounded up to blocks of 4 KiB."};
    for (DiskLine* line : {&blobLine, &trashLine, &partials, &ingests, &quarantine, &index, &checkpoint}) {
        total.count += line->count;
        total.bytes += line->bytes;
        report.onDisk.push_back(std::move(*line));
    }
    report.onDisk.push_back(std::move(total));
}

} // namespace layerhold
