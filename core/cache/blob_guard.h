// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/cache_context.h"
#include "cache/manifest.h"
#include "index/blobs.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace layerhold {

/// Drops the blob's row with everything that only means something while its bytes are here. Claims are the caller's.
void forgetBlob(Change& change, const Digest& digest);

/// Forgets a blob whose bytes are lost, unless somebody claims it: it is remembered only for those who wait for it.
void forgetIfLost(Change& change, const Digest& digest);

/// What is here again is in the trash no more. False when it was not there.
bool leaveTrash(Change& change, const Digest& digest);

/// Makes sure that a blob is what its name says before anybody relies on it: compares the file with the recorded
/// identity, hashes it when they differ, adopts files without a row, sends damaged ones to quarantine and marks rows
/// whose file vanished. Thread-safe; one thread hashes a digest, others wait for its finding.
class BlobGuard
{
public:
    explicit BlobGuard(CacheContext& context);

    enum class Condition
    {
        Trusted,
        Absent,
        Damaged
    };

    struct Finding
    {
        Condition condition = Condition::Absent;
        std::optional<BlobRow> row; ///< Trusted: the row, with the identity of the file
        std::string reason;         ///< Damaged: one sentence
    };

    /// Hashes only when the identity is not the recorded one.
    Finding check(const Digest& digest, std::stop_token stop = {});
    /// Brings a trashed blob back to its place; true when it is there afterwards. Nothing happens to others.
    bool takeOutOfTrash(const Digest& digest);
    /// As takeOutOfTrash, for callers that have the digests locked already: which of them are there afterwards. All or
    /// none: after a failure they are where they were.
    std::set<Digest> takeOutLocked(const std::vector<Digest>& digests);
    /// Unlinks what the trash has of a blob that was written anew; when that fails, the housekeeper tries again.
    void removeTrashedCopy(const Digest& digest) noexcept;
    /// Makes row and file agree after a commit or a removal failed between them: finishes a removal, takes back a
    /// move to the trash, adopts a file.
    void settle(const Digest& digest);

    /// A flush of the file or of its name failed: the kernel takes it for written now, and no later flush proves
    /// anything. Before the file is trusted its bytes are written anew.
    void flushFailed(const Digest& digest) { m_unflushed.add(digest); }

    /// Hashes in any case.
    Finding verify(const Digest& digest, const std::function<void(std::uint64_t bytes)>& onBytes, std::stop_token stop);

    /// As check, without waiting, hashing or writing: true when the file is trusted as it is.
    bool isTrusted(const BlobRow& row) const;

private:
    Finding hashUnlessSettled(const Digest& digest, std::stop_token stop);
    Finding hash(const Digest& digest, const std::function<void(std::uint64_t bytes)>& onBytes, std::stop_token stop);
    enum class AnotherTry
    {
        Possible,
        Exhausted
    };
    /// nullopt: what was hashed is not what is there now; hash again.
    std::optional<Finding> conclude(const Digest& digest, const BlobFiles::Verification& verification,
                                    AnotherTry another);
    std::optional<Manifest> recogniseUnknown(const Digest& digest, const FileIdentity& identity);
    void makeDurable(const Digest& digest);
    void recordGood(Change& change, const Digest& digest, const FileIdentity& identity,
                    const std::optional<Manifest>& manifest, std::optional<BlobRow>& result);
    void markMissing(const Digest& digest);

    struct Coming
    {
        Digest digest;
        FileIdentity before;               ///< as recorded
        std::optional<FileIdentity> moved; ///< to trust from now on; nullopt: it was not in the trash
    };

    void moveOut(const std::vector<Digest>& digests, std::vector<Coming>& coming);
    void recordReturn(Change& change, const Coming& coming, bool isHere);
    static void markLost(Change& change, BlobRow row, BlobState state);
    std::optional<BlobRow> find(const Digest& digest);

    CacheContext& m_context;
    BusyDigests m_hashing;
    Strays m_unflushed;
};

} // namespace layerhold
