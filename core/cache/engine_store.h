// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/blob_guard.h"
#include "cache/cache_context.h"
#include "cache/committer.h"
#include "cache/ingest_table.h"
#include "cache/open_blob_cache.h"
#include "cache/revocations.h"
#include "index/claims.h"
#include "layerhold/content_store.h"

#include <atomic>
#include <span>
#include <string>

namespace layerhold {

/// The ContentStore of one engine.
class EngineStore final : public ContentStore
{
public:
    EngineStore(CacheContext& context, BlobGuard& guard, IngestTable& ingests, Committer& committer,
                const Revocations& revocations, Engine engine);

    /// Lookups that begin from now on go by it.
    void setSharing(Sharing sharing) { m_sharing = sharing; }

    std::optional<ContentInfo> info(const Digest& digest) override;
    std::optional<ContentInfo> tryInfo(const Digest& digest) override;
    std::vector<ContentInfo> list(const std::optional<Digest>& after, std::size_t limit) override;
    ContentInfo updateLabels(const Digest& digest, const LabelUpdate& update) override;
    void release(const Digest& digest) override;
    BlobReader open(const Digest& digest) override;
    std::optional<BlobReader> tryOpen(const Digest& digest) override;
    std::unique_ptr<Ingest> ingest(std::string_view ref, const IngestOptions& options) override;
    std::optional<IngestStatus> status(std::string_view ref) override;
    std::vector<IngestStatus> statuses() override;
    void abort(std::string_view ref) override;

    /// Releases, in one transaction, the claims that began before `before` and were not promised to the engine since.
    /// Returns how many.
    std::uint64_t releaseUnlessPromisedSince(std::span<const Digest> digests, TimePoint before);

private:
    /// What one look at the index tells about a blob and this engine.
    struct View
    {
        std::optional<BlobRow> blob; ///< of one that is visible
        std::optional<ClaimRow> claim;
        bool isVisible = false; ///< claimed, or to be claimed by a lookup
        Labels labels;
    };

    /// What a lookup found out besides its answer, for the metrics.
    struct Found
    {
        std::optional<BlobKind> kind; ///< nullopt when nothing is known of the blob
        MissReason reason = MissReason::Absent;

        void learn(const View& view);
    };

    std::optional<ContentInfo> lookUp(const Digest& digest, Found& found);
    std::shared_ptr<OpenBlob> openVerified(const Digest& digest, Found& found);
    View look(Connection& index, const Digest& digest) const;
    bool isVisible(Connection& index, const Digest& digest) const;
    /// To be called before the look at the claim that is to be relied on.
    Promises::Now promise(const Digest& digest);
    void dropClaim(Change& change, const Digest& digest, std::string_view reason);
    std::optional<ClaimRow> claim(const Digest& digest, std::uint64_t size);
    [[noreturn]] static void failNotFound(const Digest& digest);
    void countOpen(const Digest& digest);
    void dropClaim(const Digest& digest);

    CacheContext& m_context;
    BlobGuard& m_guard;
    IngestTable& m_ingests;
    Committer& m_committer;
    const Revocations& m_revocations;
    const Engine m_engine; ///< but for the sharing
    std::atomic<Sharing> m_sharing;
    OpenBlobCache m_openBlobs;
    ReadMeter m_reads;
};

} // namespace layerhold
