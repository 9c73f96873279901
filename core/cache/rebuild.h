// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/cache_context.h"
#include "cache/checkpoint_log.h"
#include "cache/ingest_table.h"
#include "cache/manifest.h"
#include "cache/progress_meter.h"
#include "index/blobs.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>

namespace layerhold {

/// Makes the index anew: first the blob files are hashed into a new file aside, while the old index serves on (if it
/// can); then, with the gate closed for a moment, what only the checkpoint and the old index know is added and the
/// files change places. The old one is kept as index.db.damaged-<n>. After a failure the gate is left closed when the
/// index is.
class IndexRebuild
{
public:
    IndexRebuild(CacheContext& context, IngestTable& ingests);
    ~IndexRebuild();

    /// True when a root without an index has something to make one from.
    static bool isWorthwhile(const CacheContext& context);

    RebuildReport run(ProgressMeter& meter, std::stop_token stop);

private:
    void removeDraft();
    void hashFiles(ProgressMeter& meter, const std::stop_token& stop);
    void hashFile(const Digest& digest, ProgressMeter& meter, const std::stop_token& stop);
    void dropVanishedFiles();
    void inBatch(const std::function<void(Connection&)>& change);
    void replayCheckpoint();
    void copyOldIndex();
    void copyRows(Connection& old);
    void copyStatistics(Connection& old);
    void copyCleanup(Connection& old);
    void addTrash();
    std::optional<Manifest> recogniseTrashed(const Digest& digest, const FileIdentity& identity);
    void addOpenIngests();
    void settleUnknownBlobs();
    void addMissingBlobs();
    void closeDraft();
    void changePlaces();
    /// The old index gets its other name, and keeps its own.
    void setAside();
    void putBack();

    CacheContext& m_context;
    IngestTable& m_ingests;
    Layout m_layout;
    std::unique_ptr<Connection> m_draft;
    std::unique_ptr<sqlite::Transaction> m_batch;
    std::size_t m_inBatch = 0;
    std::uint64_t m_eventsUpTo = 0;
    std::set<Digest> m_unreadable; ///< counted once, though both passes meet them
    RebuildReport m_report;
};

} // namespace layerhold
