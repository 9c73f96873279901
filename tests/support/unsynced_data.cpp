// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/unsynced_data.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace layerhold::test {

namespace {

void require(bool succeeded, const char* what)
{
    if (!succeeded)
        throw std::system_error(errno, std::generic_category(), what);
}

} // namespace

void UnsyncedData::aboutToChange(std::uint64_t offset, std::uint64_t size, std::uint64_t fileSize, const Reader& read)
{
    if (!m_dirty) {
        m_dirty = true;
        m_durableSize = fileSize;
    }
    if (size == 0)
        return;
    // A write behind the end also changes what lies between: that was not there before, so nothing is to be kept of it.
    for (std::uint64_t block = offset / blockSize; block <= (offset + size - 1) / blockSize; ++block) {
        const auto [position, isNew] = m_blocks.try_emplace(block);
        position->second.dropped = false;
        const std::uint64_t start = block * blockSize;
        if (!isNew || start >= m_durableSize)
            continue;
        std::vector<std::byte>& before = position->second.before;
        before.resize(static_cast<std::size_t>(std::min(blockSize, m_durableSize - start)));
        before.resize(read(start, before));
    }
}

void UnsyncedData::synced(std::uint64_t fileSize)
{
    std::erase_if(m_blocks, [](const auto& entry) { return !entry.second.dropped; });
    m_dirty = !m_blocks.empty();
    m_durableSize = fileSize;
}

void UnsyncedData::syncFailed()
{
    for (auto& [number, block] : m_blocks)
        block.dropped = true;
}

void UnsyncedData::revert(int fd, Loss loss, std::mt19937_64& random) const
{
    if (!m_dirty)
        return;
    const auto isKept = [&] { return loss == Loss::Torn && (random() & 1U) != 0; };
    const off_t end = ::lseek(fd, 0, SEEK_END);
    require(end >= 0, "lseek");
    const std::uint64_t size = isKept() ? static_cast<std::uint64_t>(end) : m_durableSize;
    for (const auto& [number, block] : m_blocks) {
        if (isKept())
            continue;
        // Allocated but never written: such a block reads as zeros.
        std::vector<std::byte> content = block.before;
        content.resize(blockSize);
        const auto written = ::pwrite(fd, content.data(), content.size(), static_cast<off_t>(number * blockSize));
        require(written == static_cast<ssize_t>(content.size()), "pwrite");
    }
    require(::ftruncate(fd, static_cast<off_t>(size)) == 0, "ftruncate");
}

std::string UnsyncedData::durable(std::string content) const
{
    if (!m_dirty)
        return content;
    content.resize(static_cast<std::size_t>(m_durableSize));
    for (const auto& [number, block] : m_blocks) {
        const auto start = static_cast<std::size_t>(number * blockSize);
        for (std::size_t i = 0; i < blockSize && start + i < content.size(); ++i)
            content[start + i] = i < block.before.size() ? static_cast<char>(block.before[i]) : '\0';
    }
    return content;
}

} // namespace layerhold::test
