// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file_system.h"
#include "layerhold/digest.h"
#include "store/layout.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace layerhold {

/// A blob file held open together with the identity it had when its bytes were last hashed. Shared by readers;
/// thread-safe.
class OpenBlob
{
public:
    OpenBlob(FileSystem& fileSystem, UniqueFd fd, Digest digest, FileIdentity trusted);

    const Digest& digest() const { return m_digest; }

    std::uint64_t size() const { return m_size; }

    /// Reads, then checks that the identity is still the trusted one: bytes that were read before an unchanged identity
    /// are the bytes that were hashed. When it is another, the open file is hashed once more, because removing,
    /// renaming and linking a file change its ctime but not its bytes: the same bytes get trusted under the new
    /// identity, others are Error{DataLoss}.
    std::size_t read(std::uint64_t offset, std::span<std::byte> buffer) const;
    /// Never blocks and never hashes; nullopt also when the identity is not the trusted one: read() settles that.
    std::optional<std::size_t> tryRead(std::uint64_t offset, std::span<std::byte> buffer) const;
    bool isUnchanged() const;

private:
    std::span<std::byte> clamped(std::uint64_t offset, std::span<std::byte> buffer) const;
    void trustAgain() const;
    [[noreturn]] void failChanged() const;

    FileSystem& m_fileSystem;
    UniqueFd m_fd;
    Digest m_digest;
    std::uint64_t m_size;
    mutable std::mutex m_hashMutex;    // held during I/O: one reader hashes, the others wait
    mutable std::mutex m_trustedMutex; // guards what follows; never held during I/O
    mutable FileIdentity m_trusted;
};

/// The blob files of a cache root: no index, no policy. Thread-safe; callers serialise operations on one digest.
class BlobFiles
{
public:
    BlobFiles(FileSystem& fileSystem, Layout layout);

    /// Makes the directories and the OCI layout files (oci-layout, an empty index.json) where they are absent, durably.
    void prepare();

    const Layout& layout() const { return m_layout; }

    FileSystem& fileSystem() const { return m_fileSystem; }

    std::optional<FileIdentity> identity(const Digest& digest) const;

    /// Opens the file when its identity is `trusted`; nullptr when it differs or the file is gone.
    std::shared_ptr<OpenBlob> open(const Digest& digest, const FileIdentity& trusted) const;

    enum class Finding
    {
        Good,
        Missing,
        Damaged
    };

    struct Verification
    {
        Finding finding = Finding::Missing;
        FileIdentity identity; ///< Good: the identity that goes with the hashed bytes
        std::string reason;    ///< Damaged: one sentence
    };

    /// Hashes the file. The identity is taken before and after; a file that changes meanwhile is Damaged. One that
    /// hashes right while only its ctime changes is hashed again, twice at most.
    Verification verify(const Digest& digest, const std::function<void(std::uint64_t bytes)>& onBytes,
                        std::stop_token stop) const;

    /// Moves the file to quarantine, where there is space with a JSON file telling why, when and what it hashes to.
    /// Nothing happens when it is gone.
    void quarantine(const Digest& digest, const std::string& reason, std::int64_t nowNs);
    /// As quarantine, for a file that was to become the blob.
    void setAside(const Layout::Path& path, const Digest& digest, const std::string& reason, std::int64_t nowNs);

    /// The file moves to its final name, replacing what was there. Durable only after syncDirectory(algorithm).
    void publish(const Layout::Path& ingestFile, const Digest& digest);
    void syncDirectory(DigestAlgorithm algorithm);
    /// Flushes a file that is there, and its name: for one that somebody else may have put there without.
    void makeDurable(const Digest& digest);
    /// As makeDurable, for a file whose flush has failed: a copy of it, made under the name of an ingest, takes its
    /// place.
    void writeAnew(const Digest& digest, std::string_view ingestId);
    /// Unlinks; false when there was nothing.
    bool remove(const Digest& digest);

    /// The file moves to the trash, or back to its place; nullopt when there is none. The answer is the identity to
    /// trust from now on: `trusted`, whose ctime the move has changed, or `trusted` itself when the file was not the
    /// trusted one before, so that its next use hashes it. Durable after the directory that it moved to was synced, and
    /// that comes first: a power cut may leave both names, never none.
    std::optional<FileIdentity> moveToTrash(const Digest& digest, const FileIdentity& trusted);
    std::optional<FileIdentity> takeOutOfTrash(const Digest& digest, const FileIdentity& trusted);
    std::optional<FileIdentity> trashIdentity(const Digest& digest) const;
    void syncTrash();
    /// Unlinks the file in the trash; false when there was nothing.
    bool removeTrashed(const Digest& digest);
    /// Calls `each` for every well-named file in the trash.
    void forEachTrashed(const std::function<void(const Digest&)>& each) const;

    /// Calls `each` for every well-named blob file; other names are left alone and returned.
    std::vector<Layout::Path> forEach(const std::function<void(const Digest&)>& each) const;

private:
    std::optional<FileIdentity> move(const Layout::Path& from, const Layout::Path& to, const FileIdentity& trusted);

    FileSystem& m_fileSystem;
    Layout m_layout;
};

} // namespace layerhold
