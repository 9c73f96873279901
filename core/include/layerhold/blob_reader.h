// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace layerhold {

class OpenBlob;
class ReadMeter;

/// Reads one blob by ranges. What it returns is what was asked for: bytes are handed out only while the file's identity
/// (inode, size, mtime, ctime) is the one it had when the file was last hashed; under another one the file is hashed
/// again first.
///
/// Cheap to copy (shares one descriptor). Thread-safe. The blob stays readable while a reader exists, even after it was
/// removed from the store.
class BlobReader
{
public:
    /// `meter` is told what is read and must outlive the reader; it may be nullptr.
    explicit BlobReader(std::shared_ptr<OpenBlob> blob, ReadMeter* meter = nullptr);

    std::uint64_t size() const;

    /// Fills `buffer` from `offset`; returns the bytes read, which is less than asked only at the end of the blob, and
    /// 0 at or after it. Error{DataLoss} when the bytes changed under us: the blob is then suspect, nothing of this
    /// call may be used, and the next open verifies it again.
    std::size_t read(std::uint64_t offset, std::span<std::byte> buffer) const;

    /// As read, but only when no disk I/O is needed (page cache). nullopt: call read() where blocking is allowed.
    std::optional<std::size_t> tryRead(std::uint64_t offset, std::span<std::byte> buffer) const;

private:
    std::shared_ptr<OpenBlob> m_blob;
    ReadMeter* m_meter;
};

} // namespace layerhold
