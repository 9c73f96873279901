// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"
#include "layerhold/types.h"
#include "store/blob_files.h"

#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace layerhold {

/// The blobs that one engine read last, held open: a read of 32 KiB then costs no SQLite and no open(). Only blobs that
/// the engine holds are in it. Thread-safe; no I/O under its lock.
class OpenBlobCache
{
public:
    /// `capacity` is the number of descriptors kept.
    explicit OpenBlobCache(std::size_t capacity);

    struct Opened
    {
        std::shared_ptr<OpenBlob> blob; ///< nullptr when it is not here
        BlobKind kind = BlobKind::Other;
    };

    Opened find(const Digest& digest);

    /// Changes with each erase. Taken before the claim is checked and handed to insert(), it keeps a blob out that was
    /// released in between.
    std::uint64_t generation() const;
    void insert(Opened opened, std::uint64_t generation);
    void erase(const Digest& digest);

private:
    using Order = std::list<Opened>; // most recently used first

    const std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::uint64_t m_generation = 0;
    Order m_order;
    std::unordered_map<Digest, Order::iterator> m_byDigest;
};

} // namespace layerhold
