// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "base/file_system.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <memory>

namespace layerhold {

namespace {

using Path = std::filesystem::path;

/// Runs a system call until it is not interrupted.
template <typename Call>
auto retried(Call call)
{
    for (;;) {
        const auto result = call();
        if (result >= 0 || errno != EINTR)
            return result;
    }
}

std::string named(const Path& path)
{
    return text::quotedPath(path);
}

/// The path of an open file, for messages.
std::string named(int fd)
{
    std::array<char, PATH_MAX> target{};
    const std::string link = "/proc/self/fd/" + std::to_string(fd);
    const ssize_t size = ::readlink(link.c_str(), target.data(), target.size());
    return size < 0 ? "descriptor " + std::to_string(fd)
                    : text::quotedPath(std::string_view(target.data(), static_cast<std::size_t>(size)));
}

/// The file is passed as path or descriptor, and is named only after errno was captured.
template <typename File>
[[noreturn]] void fail(const char* what, const File& file)
{
    const int cause = errno;
    throw systemError(cause, std::string(what) + ' ' + named(file));
}

std::int64_t nanoseconds(const timespec& time)
{
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

FileIdentity identityOf(const struct stat& status)
{
    return {status.st_ino, static_cast<std::uint64_t>(status.st_size), nanoseconds(status.st_mtim),
            nanoseconds(status.st_ctim)};
}

struct stat statusOf(int fd)
{
    struct stat status = {};
    if (::fstat(fd, &status) != 0)
        fail("cannot examine", fd);
    return status;
}

int flagsOf(FileSystem::OpenMode mode)
{
    switch (mode) {
    case FileSystem::OpenMode::CreateNew:
        return O_RDWR | O_CREAT | O_EXCL;
    case FileSystem::OpenMode::Write:
        return O_RDWR;
    case FileSystem::OpenMode::Replace:
        return O_RDWR | O_CREAT | O_TRUNC;
    case FileSystem::OpenMode::Append:
        return O_WRONLY | O_CREAT | O_APPEND;
    case FileSystem::OpenMode::Read:
        break;
    }
    return O_RDONLY;
}

[[noreturn]] void refuseOddFile(const Path& path)
{
    throw Error(ErrorCode::Corrupted,
                named(path) + " is not a regular file; something else put it there: move it away");
}

int openRetried(const Path& path, int flags)
{
    // O_NONBLOCK keeps a FIFO from blocking the open; it means nothing for regular files.
    return retried([&] { return ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600); });
}

/// Gives the owner the right to write back to a file that setReadOnly took it from.
bool makeWritable(const Path& path)
{
    const UniqueFd fd(openRetried(path, O_RDONLY));
    return fd && ::fchmod(fd.get(), 0600) == 0;
}

class RealFileSystem final : public FileSystem
{
public:
    UniqueFd open(const Path& path, OpenMode mode) override
    {
        int fd = openRetried(path, flagsOf(mode));
        if (fd < 0 && errno == EACCES && mode == OpenMode::Write && makeWritable(path))
            fd = openRetried(path, flagsOf(mode));
        if (fd < 0) {
            // A symbolic link, a directory, a socket or a FIFO without reader.
            if (errno == ELOOP || errno == EISDIR || errno == ENXIO)
                refuseOddFile(path);
            fail("cannot open", path);
        }
        UniqueFd result(fd);
        if (!S_ISREG(statusOf(fd).st_mode))
            refuseOddFile(path);
        return result;
    }

    FileIdentity identity(int fd) override { return identityOf(statusOf(fd)); }

    std::optional<FileIdentity> identity(const Path& path) override
    {
        struct stat status = {};
        if (::lstat(path.c_str(), &status) == 0)
            return identityOf(status);
        if (errno == ENOENT || errno == ENOTDIR)
            return std::nullopt;
        fail("cannot examine", path);
    }

    std::size_t read(int fd, std::uint64_t offset, std::span<std::byte> buffer) override
    {
        std::size_t done = 0;
        while (done < buffer.size()) {
            const ssize_t count = retried([&] {
                return ::pread(fd, buffer.data() + done, buffer.size() - done, static_cast<off_t>(offset + done));
            });
            if (count < 0)
                fail("cannot read", fd);
            if (count == 0)
                break;
            done += static_cast<std::size_t>(count);
        }
        return done;
    }

    std::optional<std::size_t> tryRead(int fd, std::uint64_t offset, std::span<std::byte> buffer) override
    {
        const iovec piece{buffer.data(), buffer.size()};
        const ssize_t count = retried([&] { return ::preadv2(fd, &piece, 1, static_cast<off_t>(offset), RWF_NOWAIT); });
        if (count < 0) {
            if (errno == EAGAIN || errno == EOPNOTSUPP || errno == ENOSYS)
                return std::nullopt;
            fail("cannot read", fd);
        }
        const auto done = static_cast<std::size_t>(count);
        // A short answer means the end of the file or the end of what is cached; only the size tells which.
        if (done < buffer.size() && offset + done < identity(fd).size)
            return std::nullopt;
        return done;
    }

    void write(int fd, std::uint64_t offset, std::span<const std::span<const std::byte>> pieces) override
    {
        std::vector<iovec> left;
        left.reserve(pieces.size());
        for (const auto piece : pieces) {
            // The interface of writev is shared with readv, hence not const.
            if (!piece.empty())
                left.push_back({const_cast<std::byte*>(piece.data()), piece.size()});
        }
        std::size_t first = 0;
        while (first < left.size()) {
            const auto count = static_cast<int>(std::min<std::size_t>(left.size() - first, IOV_MAX));
            const ssize_t written =
                retried([&] { return ::pwritev(fd, &left[first], count, static_cast<off_t>(offset)); });
            if (written < 0)
                fail("cannot write", fd);
            offset += static_cast<std::uint64_t>(written);
            auto rest = static_cast<std::size_t>(written);
            while (first < left.size() && rest >= left[first].iov_len)
                rest -= left[first++].iov_len;
            if (rest > 0) {
                left[first].iov_base = static_cast<std::byte*>(left[first].iov_base) + rest;
                left[first].iov_len -= rest;
            }
        }
    }

    void truncate(int fd, std::uint64_t size) override
    {
        if (retried([&] { return ::ftruncate(fd, static_cast<off_t>(size)); }) != 0)
            fail("cannot truncate", fd);
    }

    void syncData(int fd) override
    {
        if (retried([&] { return ::fdatasync(fd); }) != 0)
            fail("cannot flush to disk", fd);
    }

    void startWriteback(int fd, std::uint64_t offset, std::uint64_t size) override
    {
        const int result = retried([&] {
            return ::sync_file_range(fd, static_cast<off_t>(offset), static_cast<off_t>(size), SYNC_FILE_RANGE_WRITE);
        });
        // Only a hint: where the file system cannot, the flush does all the work.
        if (result != 0 && errno != ENOSYS && errno != EOPNOTSUPP && errno != ESPIPE)
            fail("cannot start writing back", fd);
    }

    void syncFileSystem(int fd) override
    {
        if (retried([&] { return ::syncfs(fd); }) != 0)
            fail("cannot flush the file system of", fd);
    }

    void syncDirectory(const Path& directory) override
    {
        const UniqueFd fd(retried([&] { return ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
        if (!fd)
            fail("cannot open the directory", directory);
        if (retried([&] { return ::fsync(fd.get()); }) != 0)
            fail("cannot flush the directory", directory);
    }

    void rename(const Path& from, const Path& to) override
    {
        if (::rename(from.c_str(), to.c_str()) == 0)
            return;
        const int cause = errno;
        throw systemError(cause, "cannot rename " + named(from) + " to " + named(to));
    }

    bool remove(const Path& path) override
    {
        if (::unlink(path.c_str()) == 0)
            return true;
        if (errno == ENOENT)
            return false;
        fail("cannot remove", path);
    }

    void createDirectories(const Path& path) override
    {
        Path present;
        for (const Path& part : path) {
            present /= part;
            if (::mkdir(present.c_str(), 0700) == 0)
                continue;
            const int cause = errno;
            struct stat status = {};
            const bool exists = ::stat(present.c_str(), &status) == 0;
            if (exists && S_ISDIR(status.st_mode))
                continue;
            if (exists)
                throw Error(ErrorCode::FailedPrecondition, "cannot create the directory " + named(path) + ": " +
                                                               named(present) + " is not a directory; move it away");
            throw systemError(cause, "cannot create the directory " + named(present));
        }
    }

    void hardLink(const Path& from, const Path& to) override
    {
        if (::link(from.c_str(), to.c_str()) == 0)
            return;
        const int cause = errno;
        throw systemError(cause, "cannot link " + named(from) + " to " + named(to));
    }

    bool clone(int from, int to) override
    {
        if (retried([&] { return ::ioctl(to, FICLONE, from); }) == 0)
            return true;
        if (errno == EOPNOTSUPP || errno == ENOTTY || errno == EXDEV || errno == EINVAL || errno == ENOSYS)
            return false;
        fail("cannot clone", from);
    }

    void setReadOnly(int fd) override
    {
        if (::fchmod(fd, 0400) != 0)
            fail("cannot make read-only", fd);
    }

    bool isOnlyOurs(int fd) override
    {
        const struct stat status = statusOf(fd);
        return status.st_uid == ::geteuid() && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
    }

    std::vector<std::string> list(const Path& directory) override
    {
        const std::unique_ptr<DIR, int (*)(DIR*)> stream(::opendir(directory.c_str()), &::closedir);
        std::vector<std::string> names;
        if (!stream) {
            if (errno == ENOENT)
                return names;
            fail("cannot open the directory", directory);
        }
        for (;;) {
            errno = 0;
            const dirent* entry = ::readdir(stream.get());
            if (entry == nullptr)
                break;
            const std::string_view name(entry->d_name);
            if (name != "." && name != "..")
                names.emplace_back(name);
        }
        if (errno != 0)
            fail("cannot list the directory", directory);
        std::sort(names.begin(), names.end());
        return names;
    }

    Space space(const Path& path) override
    {
        struct statvfs status = {};
        if (retried([&] { return ::statvfs(path.c_str(), &status); }) != 0)
            fail("cannot examine the file system of", path);
        return {std::uint64_t{status.f_bavail} * status.f_frsize, std::uint64_t{status.f_blocks} * status.f_frsize};
    }
};

} // namespace

FileSystem& FileSystem::real()
{
    static RealFileSystem fileSystem;
    return fileSystem;
}

} // namespace layerhold
