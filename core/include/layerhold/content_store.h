// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/blob_reader.h"
#include "layerhold/ingest.h"
#include "layerhold/types.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace layerhold {

/// How updateLabels changes the labels of a blob.
struct LabelUpdate
{
    enum class Mode
    {
        ReplaceAll,
        SetKeys
    };
    Mode mode = Mode::ReplaceAll;
    Labels labels;                 ///< ReplaceAll: the new set. SetKeys: an empty value or a missing key removes it.
    std::vector<std::string> keys; ///< SetKeys: which keys to touch
};

struct IngestOptions
{
    std::uint64_t total = 0; ///< 0: unknown
    std::optional<Digest> expected;
};

/// The cache as one engine sees it: the verbs of containerd's content API with the engine's claims, labels and ingests.
/// What it may see of others' blobs is decided by the engine's Sharing.
///
/// Thread-safe. Functions named try… never wait for disk I/O, for a lock held during I/O, or for a flush: they may be
/// called on a serving thread. All others may block.
class ContentStore
{
public:
    virtual ~ContentStore() = default;

    /// A positive answer is a promise: the blob is present and claimed for this engine, durably, before it is returned.
    virtual std::optional<ContentInfo> info(const Digest& digest) = 0;
    /// As info, for blobs the engine holds already and whose file is trusted. nullopt says nothing: ask info().
    virtual std::optional<ContentInfo> tryInfo(const Digest& digest) = 0;

    /// Blobs this engine holds, by ascending digest key, after `after`, at most `limit`. No state is held between
    /// pages.
    virtual std::vector<ContentInfo> list(const std::optional<Digest>& after, std::size_t limit) = 0;

    /// NotFound when the engine does not hold the blob. Digest, size and creation time never change.
    virtual ContentInfo updateLabels(const Digest& digest, const LabelUpdate& update) = 0;

    /// containerd's Delete: drops the engine's claim and labels; the bytes stay. Dropping what is not held is no error.
    /// Survives a kill of the process at once, a power cut after the next flush (the claim may come back, never
    /// vanish).
    virtual void release(const Digest& digest) = 0;

    /// Opens a blob for reading and claims it for this engine. NotFound when absent or hidden from this engine. Hashes
    /// the file first when its identity is not the recorded one; damaged bytes go to quarantine and DataLoss is thrown.
    virtual BlobReader open(const Digest& digest) = 0;
    /// As open, for blobs the engine holds and that need no verification. nullopt says nothing: ask open().
    virtual std::optional<BlobReader> tryOpen(const Digest& digest) = 0;

    /// Starts or resumes the write `ref`. Locked when another Ingest of that ref is alive, with how long it has been
    /// held; AlreadyExists when options.expected is held by this engine; InvalidArgument for an empty ref, one over
    /// 4096 bytes or with NUL. A different positive total restarts at offset 0. A new ref that names a digest
    /// (…-sha256:<hex>, …@sha256:<hex>) takes over the bytes of an aborted ingest of that digest. May re-hash what is
    /// stored.
    virtual std::unique_ptr<Ingest> ingest(std::string_view ref, const IngestOptions& options) = 0;

    virtual std::optional<IngestStatus> status(std::string_view ref) = 0;
    virtual std::vector<IngestStatus> statuses() = 0;

    /// Forgets the ref; absent refs are no error. Bytes of a ref that names a digest are kept for the next writer of
    /// it. An Ingest that is open for the ref fails with FailedPrecondition from then on.
    virtual void abort(std::string_view ref) = 0;
};

} // namespace layerhold
