// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace layerhold::test {

/// What a power cut does to what was not synced.
enum class Loss
{
    All,  ///< everything is lost
    Torn, ///< a random part reached the disk: single blocks of data, the first few directory operations
};

/// The former content of the blocks of one file that were changed since its last sync.
class UnsyncedData
{
public:
    using Reader = std::function<std::size_t(std::uint64_t offset, std::span<std::byte> buffer)>;

    /// Call before a range changes, of a file that has `fileSize` bytes now.
    void aboutToChange(std::uint64_t offset, std::uint64_t size, std::uint64_t fileSize, const Reader& read);
    /// Everything up to now is on the disk, except blocks that a failed sync has dropped and nobody has written since.
    void synced(std::uint64_t fileSize);
    /// As Linux does after a failed sync: the pages count as clean, so no later sync writes them unless they are
    /// written anew.
    void syncFailed();

    /// Takes the file to what the disk holds.
    void revert(int fd, Loss loss, std::mt19937_64& random) const;
    /// What the disk holds of a file that has `content` now.
    std::string durable(std::string content) const;

private:
    static constexpr std::uint64_t blockSize = 4096;

    struct Block
    {
        std::vector<std::byte> before; // cut at the durable size
        bool dropped = false;
    };

    bool m_dirty = false;
    std::uint64_t m_durableSize = 0;
    std::map<std::uint64_t, Block> m_blocks; // by block number
};

} // namespace layerhold::test
