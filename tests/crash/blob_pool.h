// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace layerhold::test {

/// Blobs whose bytes follow from a number, so that a checker in another process can make them again.
struct PoolBlob
{
    std::vector<std::byte> bytes;
    Digest digest;
};

PoolBlob makePoolBlob(std::uint64_t seed, unsigned number, std::size_t size);

/// `count` blobs of 0 to `largest` bytes; the sizes follow from the seed, too. The same arguments give the same pool.
class BlobPool
{
public:
    BlobPool(std::uint64_t seed, unsigned count, std::size_t largest);

    const PoolBlob& at(unsigned number) const { return m_blobs[number]; }

    unsigned size() const { return static_cast<unsigned>(m_blobs.size()); }

    /// nullptr when the digest is not one of the pool.
    const PoolBlob* find(const Digest& digest) const;

private:
    std::vector<PoolBlob> m_blobs;
    std::unordered_map<Digest, unsigned> m_numbers;
};

} // namespace layerhold::test
