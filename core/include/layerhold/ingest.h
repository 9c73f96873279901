// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"
#include "layerhold/error.h"
#include "layerhold/types.h"

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace layerhold {

/// What commit checks and stores.
struct CommitRequest
{
    std::uint64_t total = 0;        ///< 0: no size check
    std::optional<Digest> expected; ///< nullopt: whatever sha256 the bytes have
    Labels labels;                  ///< replaces the engine's labels of the blob
};

/// One open write: append, commit or leave. Exclusive for its (engine, ref) while the object lives; destruction keeps
/// the bytes so that a later ingest of the same ref resumes where this one stopped.
///
/// Used by one thread at a time (not necessarily always the same). Bytes that append() returned for survive a kill of
/// the process: they are in the page cache of the ingest file. The hash follows the file: it is computed from what
/// the file holds, in the background where there is much of it.
class Ingest
{
public:
    virtual ~Ingest() = default;

    /// Bytes written so far.
    virtual std::uint64_t offset() const = 0;
    /// As status(ref) of the content store, without a lookup.
    virtual IngestStatus status() const = 0;

    /// Remembers what the client said last; no check is made before commit.
    virtual void setTotal(std::uint64_t total) = 0;
    virtual void setExpected(const Digest& expected) = 0;

    /// Appends the pieces in order. Error{Full} and I/O errors leave offset() unchanged: what was half-written is cut
    /// off.
    virtual void append(std::span<const std::span<const std::byte>> pieces) = 0;

    /// Drops all bytes; offset() becomes 0. Times and ref stay.
    virtual void truncate() = 0;

    /// Ends the write and drops its bytes; nothing is kept for a retry. Only destruction is allowed afterwards, which
    /// frees the ref. FailedPrecondition when the write has ended already.
    virtual void discard() = 0;

    /// sha256 of the bytes so far. Blocks while the hash catches up with the file.
    virtual Digest runningDigest() = 0;

    using CommitDone = std::function<void(std::exception_ptr failure, const Digest& digest)>;

    /// Makes the bytes durable under their digest and claims the blob for the engine. `done` runs exactly once, on a
    /// thread of the cache (or the caller's), after the commit is durable or has failed; it must not block. Until then
    /// no other member may be called.
    ///
    ///   FailedPrecondition  size or digest differ: the ingest and its bytes stay (except bytes that were taken over
    ///   from
    ///                       an earlier aborted ingest, which are dropped: offset() is then 0)
    ///   AlreadyExists       the engine holds this blob already: the ingest is gone
    ///   Full, Internal      the ingest is gone after a failed flush: a failed fsync is never retried
    ///   Corrupted           somebody else changed the ingest's file after it was hashed: the ingest is gone
    ///   DataLoss            the file lost bytes that were written to it: the ingest stays
    ///   Unavailable         the cache ends, or its index, before anything was done: the ingest stays
    ///
    /// After success the ingest is gone; only destruction is allowed.
    virtual void commit(CommitRequest request, CommitDone done) = 0;

    /// Waits for commit and rethrows its failure.
    Digest commitAndWait(CommitRequest request);
};

} // namespace layerhold
