// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "store/ingest_file.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace layerhold {

namespace {

constexpr std::size_t hashPiece = std::size_t{256} << 10U;
/// Early write-back leaves the flush at commit little to do.
constexpr std::uint64_t writebackPiece = std::uint64_t{8} << 20U;

} // namespace

IngestFile::IngestFile(FileSystem& fileSystem, Path path, UniqueFd fd, std::uint64_t size)
    : m_fileSystem(fileSystem)
    , m_path(std::move(path))
    , m_fd(std::move(fd))
    , m_size(size)
{}

std::unique_ptr<IngestFile> IngestFile::create(FileSystem& fileSystem, const Path& path)
{
    UniqueFd fd = fileSystem.open(path, FileSystem::OpenMode::CreateNew);
    return std::unique_ptr<IngestFile>(new IngestFile(fileSystem, path, std::move(fd), 0));
}

std::unique_ptr<IngestFile> IngestFile::resume(FileSystem& fileSystem, const Path& path)
{
    UniqueFd fd = fileSystem.open(path, FileSystem::OpenMode::Write);
    const std::uint64_t size = fileSystem.identity(fd.get()).size;
    return std::unique_ptr<IngestFile>(new IngestFile(fileSystem, path, std::move(fd), size));
}

FileIdentity IngestFile::identity() const
{
    return m_fileSystem.identity(m_fd.get());
}

void IngestFile::append(std::span<const std::span<const std::byte>> pieces)
{
    cutExcess();
    const std::uint64_t offset = size();
    std::uint64_t added = 0;
    for (const auto piece : pieces)
        added += piece.size();
    m_excess = true;
    try {
        m_fileSystem.write(m_fd.get(), offset, pieces);
    } catch (const Error&) {
        cutExcessQuietly();
        throw;
    }
    m_excess = false;
    m_size.store(offset + added, std::memory_order_release);
}

void IngestFile::cutExcess()
{
    if (!m_excess)
        return;
    m_fileSystem.truncate(m_fd.get(), size());
    m_excess = false;
}

void IngestFile::cutExcessQuietly()
{
    try {
        cutExcess();
    } catch (const Error&) {
        // The cause of the failed append is worth more to the caller; the excess is remembered and cut off later.
    }
}

void IngestFile::truncate()
{
    const std::lock_guard lock(m_hashMutex);
    m_fileSystem.truncate(m_fd.get(), 0);
    m_excess = false;
    m_size.store(0, std::memory_order_release);
    restartHash();
}

std::uint64_t IngestFile::backlog() const
{
    // Hashed first: the size only grows beside it, so the difference cannot wrap.
    const std::uint64_t hashed = m_hashed.load(std::memory_order_acquire);
    const std::uint64_t written = size();
    return written > hashed ? written - hashed : 0;
}

void IngestFile::catchUp()
{
    const std::lock_guard lock(m_hashMutex);
    hashUntil(size());
}

Digest IngestFile::digest()
{
    const std::lock_guard lock(m_hashMutex);
    hashUntil(size());
    return m_hasher.digest();
}

Digest IngestFile::digest(DigestAlgorithm algorithm)
{
    if (algorithm == m_hasher.algorithm())
        return digest();
    const std::uint64_t end = size();
    Hasher hasher(algorithm);
    std::vector<std::byte> buffer(hashPiece);
    for (std::uint64_t offset = 0; offset < end;)
        offset += hashPieceAt(hasher, buffer, offset, end);
    return hasher.digest();
}

void IngestFile::restartHash()
{
    m_hasher.reset();
    m_hashed.store(0, std::memory_order_release);
    m_writtenBack = 0;
}

void IngestFile::hashUntil(std::uint64_t end)
{
    std::uint64_t hashed = m_hashed.load(std::memory_order_relaxed);
    if (hashed >= end)
        return;
    std::vector<std::byte> buffer(static_cast<std::size_t>(std::min<std::uint64_t>(hashPiece, end - hashed)));
    while (hashed < end) {
        hashed += hashPieceAt(m_hasher, buffer, hashed, end);
        m_hashed.store(hashed, std::memory_order_release);
        for (; hashed - m_writtenBack >= writebackPiece; m_writtenBack += writebackPiece)
            m_fileSystem.startWriteback(m_fd.get(), m_writtenBack, writebackPiece);
    }
}

std::size_t IngestFile::hashPieceAt(Hasher& hasher, std::span<std::byte> buffer, std::uint64_t offset,
                                    std::uint64_t end) const
{
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), end - offset));
    const std::size_t count = m_fileSystem.read(m_fd.get(), offset, buffer.first(wanted));
    if (count != wanted)
        throw Error(ErrorCode::DataLoss, "the ingest file " + text::quotedPath(m_path) +
                                             " lost bytes that were written to it; write the blob anew");
    hasher.update(buffer.first(count));
    return count;
}

void IngestFile::flush()
{
    makeReadOnly();
    m_fileSystem.syncData(m_fd.get());
}

void IngestFile::makeReadOnly()
{
    cutExcess();
    m_fileSystem.setReadOnly(m_fd.get());
}

} // namespace layerhold
