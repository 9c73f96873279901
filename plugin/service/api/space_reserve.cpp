// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/space_reserve.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <utility>

namespace layerhold::service {

SpaceReserve::SpaceReserve(const std::filesystem::path& root)
    : m_file(root / "reserve")
{}

void SpaceReserve::keep() const noexcept
{
    if (freeBytes() < 3 * size)
        return;
    const int fd = ::open(m_file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return; // it is there, or cannot be
    const bool isMade = ::posix_fallocate(fd, 0, size) == 0;
    ::close(fd);
    if (!isMade)
        ::unlink(m_file.c_str());
}

bool SpaceReserve::spendWhenTight() const noexcept
{
    return freeBytes() < size && ::unlink(m_file.c_str()) == 0;
}

std::uint64_t SpaceReserve::freeBytes() const noexcept
{
    struct statvfs disk
    {};

    if (::statvfs(m_file.parent_path().c_str(), &disk) != 0)
        return 0;
    return static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
}

std::unique_ptr<Cache> openWithReserve(CacheOptions options)
{
    const SpaceReserve reserve(options.root);
    reserve.spendWhenTight();
    std::unique_ptr<Cache> cache = Cache::open(std::move(options));
    reserve.keep();
    return cache;
}

} // namespace layerhold::service
