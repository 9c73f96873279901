// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "base/file_lock.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

namespace layerhold {

namespace {

UniqueFd openLockFile(const std::filesystem::path& path, int flags)
{
    int fd = -1;
    do
        fd = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    while (fd < 0 && errno == EINTR);
    const int cause = errno;
    if (fd < 0 && cause != ELOOP && cause != EISDIR && cause != ENXIO)
        throw systemError(cause, "cannot open the lock file " + text::quotedPath(path));
    UniqueFd result(fd);
    struct stat status = {};
    if (fd < 0 || ::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        throw Error(ErrorCode::FailedPrecondition,
                    "the lock file " + text::quotedPath(path) + " is not a regular file; remove it");
    return result;
}

/// False when somebody else holds a lock that excludes this one.
bool lock(int fd, int operation)
{
    int result = -1;
    do
        result = ::flock(fd, operation | LOCK_NB);
    while (result != 0 && errno == EINTR);
    if (result == 0)
        return true;
    if (errno == EWOULDBLOCK)
        return false;
    throw systemError(errno, "cannot lock a file; the file system may not support locks");
}

} // namespace

FileLock::FileLock(UniqueFd fd)
    : m_fd(std::move(fd))
{}

std::optional<FileLock> FileLock::tryAcquire(const std::filesystem::path& path)
{
    UniqueFd fd = openLockFile(path, O_RDWR | O_CREAT);
    // holder() takes a shared lock for an instant; a few tries keep such a look from passing for an owner.
    constexpr int tries = 5;
    constexpr std::chrono::milliseconds pause(10);
    for (int i = 0; i < tries; ++i) {
        if (lock(fd.get(), LOCK_EX)) {
            FileLock result(std::move(fd));
            result.setText({});
            return result;
        }
        std::this_thread::sleep_for(pause);
    }
    return std::nullopt;
}

std::optional<std::string> FileLock::holder(const std::filesystem::path& path)
{
    UniqueFd fd;
    try {
        fd = openLockFile(path, O_RDONLY);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::NotFound)
            return std::nullopt;
        throw;
    }
    if (lock(fd.get(), LOCK_SH))
        return std::nullopt;

    std::string text;
    std::array<char, 4096> buffer{};
    for (;;) {
        const ssize_t count = ::pread(fd.get(), buffer.data(), buffer.size(), static_cast<off_t>(text.size()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            const int cause = errno;
            throw systemError(cause, "cannot read the lock file " + text::quotedPath(path));
        }
        if (count == 0)
            break;
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text.substr(0, text.find('\n'));
}

void FileLock::setText(const std::string& text)
{
    // The new line goes over the old one before the rest is cut off, so that a reader never meets an empty file; it
    // takes the first line only.
    const std::string line = text.empty() ? text : text + '\n';
    std::size_t done = 0;
    while (done < line.size()) {
        const ssize_t count = ::pwrite(m_fd.get(), line.data() + done, line.size() - done, static_cast<off_t>(done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throw systemError(errno, "cannot write the lock file");
        done += static_cast<std::size_t>(count);
    }
    int result = -1;
    do
        result = ::ftruncate(m_fd.get(), static_cast<off_t>(line.size()));
    while (result != 0 && errno == EINTR);
    if (result != 0)
        throw systemError(errno, "cannot write the lock file");
}

} // namespace layerhold
