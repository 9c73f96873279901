// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file_system.h"
#include "layerhold/digest.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

namespace layerhold {

/// The file of one open write: bytes at the end, a running sha256 that follows the file.
///
/// append, truncate and flush are for one thread at a time; catchUp may run on another thread at the same time as
/// append. The hash is always computed from what the file holds, never from what was handed in, so that what is
/// verified is what is stored.
class IngestFile
{
public:
    using Path = std::filesystem::path;

    static std::unique_ptr<IngestFile> create(FileSystem& fileSystem, const Path& path);
    /// Opens what an earlier process or stream left. The hash starts at 0 again: nothing that is not hashed now is
    /// trusted.
    static std::unique_ptr<IngestFile> resume(FileSystem& fileSystem, const Path& path);

    std::uint64_t size() const { return m_size.load(std::memory_order_acquire); }

    const Path& path() const { return m_path; }

    FileIdentity identity() const;

    /// All or nothing: after an error the file is cut back to its former size.
    void append(std::span<const std::span<const std::byte>> pieces);
    void truncate();

    /// Bytes that are written but not hashed yet. Never waits.
    std::uint64_t backlog() const;
    /// Hashes until the size seen at the start of the call, Error{DataLoss} when the file has become shorter; also
    /// starts write-back of each full 8 MiB behind it.
    void catchUp();
    /// sha256 of everything written.
    Digest digest();
    /// Hash of the whole file by another algorithm: reads all of it.
    Digest digest(DigestAlgorithm algorithm);

    /// Bytes on disk (fdatasync) and mode read-only. After a failure the file must be dropped.
    void flush();
    /// setReadOnly alone, for callers that flush many files at once.
    void makeReadOnly();

    int fd() const { return m_fd.get(); }

private:
    IngestFile(FileSystem& fileSystem, Path path, UniqueFd fd, std::uint64_t size);

    void cutExcess();
    void cutExcessQuietly();
    // With m_hashMutex held.
    void restartHash();
    void hashUntil(std::uint64_t end);
    std::size_t hashPieceAt(Hasher& hasher, std::span<std::byte> buffer, std::uint64_t offset, std::uint64_t end) const;

    FileSystem& m_fileSystem;
    Path m_path;
    UniqueFd m_fd;
    std::atomic<std::uint64_t> m_size{0};
    bool m_excess = false; ///< the file may be longer than m_size: a failed append could not be cut off yet

    std::atomic<std::uint64_t> m_hashed{0}; ///< read without, written under m_hashMutex
    std::mutex m_hashMutex;                 // held during I/O; guards what follows
    Hasher m_hasher;
    std::uint64_t m_writtenBack = 0;
};

} // namespace layerhold
