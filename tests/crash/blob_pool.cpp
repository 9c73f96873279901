// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "crash/blob_pool.h"

#include <random>

namespace layerhold::test {

PoolBlob makePoolBlob(std::uint64_t seed, unsigned number, std::size_t size)
{
    std::mt19937_64 random(seed * 1'000'003 + number);
    std::vector<std::byte> bytes(size);
    for (std::byte& byte : bytes)
        byte = static_cast<std::byte>(random());
    const Digest digest = Hasher::of(bytes);
    return {std::move(bytes), digest};
}

BlobPool::BlobPool(std::uint64_t seed, unsigned count, std::size_t largest)
{
    std::mt19937_64 random(seed);
    for (unsigned number = 0; number < count; ++number) {
        // The empty blob once; small blobs mostly, as manifests and configs are.
        const std::size_t size = number == 0 ? 0 : 1 + random() % (number % 4 == 0 ? largest : largest / 16 + 1);
        m_blobs.push_back(makePoolBlob(seed, number, size));
        m_numbers.emplace(m_blobs.back().digest, number);
    }
}

const PoolBlob* BlobPool::find(const Digest& digest) const
{
    const auto found = m_numbers.find(digest);
    return found == m_numbers.end() ? nullptr : &m_blobs[found->second];
}

} // namespace layerhold::test
