// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "integration/small_disk.h"

#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace layerhold::test {

namespace {

constexpr int pageSize = 4096;

} // namespace

SmallDisk::SmallDisk(QString directory, int mebibytes)
    : m_directory(std::move(directory))
    , m_options(QStringLiteral("mode=0700,size=%1m").arg(mebibytes))
{
    m_mounted = QDir().mkpath(m_directory) &&
                ::mount("layerhold-test", qPrintable(m_directory), "tmpfs", 0, qPrintable(m_options)) == 0;
}

SmallDisk::~SmallDisk()
{
    if (m_mounted)
        ::umount2(qPrintable(m_directory), MNT_DETACH);
}

void SmallDisk::fill(int freePages)
{
    const int fd = ::open(qPrintable(ballast()), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        qFatal("cannot make the ballast");
    const std::array<char, pageSize> page{};
    while (::write(fd, page.data(), page.size()) == pageSize) {
    }
    const off_t size = ::lseek(fd, 0, SEEK_END);
    if (::ftruncate(fd, std::max<off_t>(0, size - off_t(freePages) * pageSize)) != 0)
        qFatal("cannot cut the ballast");
    ::close(fd);
}

void SmallDisk::release()
{
    QFile::remove(ballast());
}

bool SmallDisk::setReadOnly(bool readOnly)
{
    unsigned long flags = MS_REMOUNT;
    if (readOnly)
        flags |= MS_RDONLY;
    return ::mount("layerhold-test", qPrintable(m_directory), "tmpfs", flags, qPrintable(m_options)) == 0;
}

} // namespace layerhold::test
