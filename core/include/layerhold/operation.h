// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"
#include "layerhold/types.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>

namespace layerhold {

/// A blob on its way into the cache. Destroyed before it is finished, its bytes are kept for whoever brings the blob
/// next from the same place, in this process. One thread at a time.
class Delivery
{
public:
    virtual ~Delivery() = default;

    /// Bytes that are here already: the next ones go behind them.
    virtual std::uint64_t offset() const = 0;
    /// Error{Full} and I/O errors leave offset() unchanged.
    virtual void append(std::span<const std::byte> bytes) = 0;
    /// Drops the bytes: offset() is 0 then.
    virtual void restart() = 0;
    /// All of it is here: it becomes a blob, claimed for the operation, durably; returns its digest. Corrupted when the
    /// bytes are not those of the digest: they are set aside in quarantine, and nobody ever gets them. Only destruction
    /// is allowed after.
    virtual Digest finish() = 0;
};

/// Work of one's own that brings blobs into the cache: a pull, a load. What it brings or keeps is claimed for it until
/// it is destroyed, so that no cleanup takes a part of an image that is not whole yet; give it to a tag or an engine
/// before. Claims that a crash leaves are dropped at the next start. Must not outlive the cache. Thread-safe;
/// everything may block.
class Operation
{
public:
    virtual ~Operation() = default;

    /// Claims the blob when it is stored and its bytes are right; false when there is none. Whether whoever it is for
    /// may have it is the caller's matter.
    virtual bool keep(const Digest& digest, std::stop_token stop) = 0;
    /// Locked while another operation brings the same blob from the same place. Without a digest the blob gets that of
    /// its bytes; then nothing is kept of a delivery that is not finished. `size`: of the whole blob; 0 when unknown.
    /// What is said to be a manifest or an index is looked into, and is one only when it is. Parts of blobs go on only
    /// with bytes from the same place: `from` names it, in letters and digits.
    virtual std::unique_ptr<Delivery> bring(const std::optional<Digest>& digest, std::uint64_t size, BlobKind kind,
                                            std::string_view from) = 0;
};

} // namespace layerhold
