// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/committer.h"
#include "cache/ingest_table.h"
#include "layerhold/ingest.h"

namespace layerhold {

/// The Ingest that a client writes to: the entry's file, the checks of commit, and the hand-over to the committer.
class OpenIngest final : public Ingest
{
public:
    OpenIngest(CacheContext& context, IngestTable& table, BlobGuard& guard, Committer& committer,
               std::shared_ptr<IngestEntry> entry, Claimant claimant);
    ~OpenIngest() override;
    OpenIngest(const OpenIngest&) = delete;
    OpenIngest& operator=(const OpenIngest&) = delete;

    std::uint64_t offset() const override;
    IngestStatus status() const override;
    void setTotal(std::uint64_t total) override;
    void setExpected(const Digest& expected) override;
    void append(std::span<const std::span<const std::byte>> pieces) override;
    void truncate() override;
    void discard() override;
    Digest runningDigest() override;
    void commit(CommitRequest request, CommitDone done) override;

private:
    void requireOpen() const;
    void hashInBackground();
    Digest check(const CommitRequest& request);
    void dropTakenOver();
    CommitJob prepare(CommitRequest request, const Digest& digest);
    bool isStored(const Digest& digest) const;
    std::optional<Manifest> recognise(const Digest& digest) const;

    CacheContext& m_context;
    IngestTable& m_table;
    BlobGuard& m_guard;
    Committer& m_committer;
    std::shared_ptr<IngestEntry> m_entry;
    const Claimant m_claimant;
};

} // namespace layerhold
