// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace layerhold::service {

/// A file in a cache root that is given up when the disk is full: removing blobs takes room in the index first, and
/// without any a cleanup could never make some. Nothing here fails loudly; without the reserve there is just less help.
class SpaceReserve
{
public:
    static constexpr std::uint64_t size = 1 << 20;

    explicit SpaceReserve(const std::filesystem::path& root);

    /// Makes the reserve when it is not there and the disk has room for several.
    void keep() const noexcept;
    /// Gives it up when the disk has less room than it takes. True when it did.
    bool spendWhenTight() const noexcept;

private:
    std::uint64_t freeBytes() const noexcept;

    std::filesystem::path m_file;
};

/// Cache::open, with the reserve given up when the disk is full and made when it is not.
std::unique_ptr<Cache> openWithReserve(CacheOptions options);

} // namespace layerhold::service
