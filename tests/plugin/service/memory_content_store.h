// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/content_store.h"

#include <QTemporaryDir>

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace layerhold::test {

/// A content store that keeps its promises in the simplest way, and breaks them when told to: ingests in memory, blobs
/// in files, try… functions that know nothing unless `knowsAtOnce`.
class MemoryContentStore : public ContentStore
{
public:
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

    Digest add(const std::string& bytes, Labels labels = {});

    std::atomic<bool> knowsAtOnce = true;
    /// Called before each commit, on the caller's thread; may throw.
    std::function<void()> onCommit;
    /// Called before each append; may throw.
    std::function<void()> onAppend;
    /// Called by list() before it answers.
    std::function<void()> onList;

private:
    friend class MemoryIngest;

    struct Pending
    {
        IngestStatus status;
        std::string bytes;
        bool isOpen = false;
    };

    std::optional<ContentInfo> find(const Digest& digest);
    void store(const std::string& bytes, const Digest& digest, const Labels& labels);
    std::string pathOf(const Digest& digest) const;

    std::mutex m_mutex;
    QTemporaryDir m_directory;
    std::map<Digest, ContentInfo> m_blobs;
    std::map<std::string, std::shared_ptr<Pending>, std::less<>> m_pending;
};

} // namespace layerhold::test
