// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/unique_fd.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace layerhold {

/// What tells that a file was not touched since it was last hashed. ctime cannot be set by a program.
struct FileIdentity
{
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t mtimeNs = 0;
    std::int64_t ctimeNs = 0;

    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

struct Space
{
    std::uint64_t freeBytes = 0;
    std::uint64_t totalBytes = 0;
};

/// Every file call of the library goes through here, so that tests can make the k-th call fail or lose what was not
/// synced. All functions retry EINTR, throw Error (base/…: systemError, errno captured first, the path in the message)
/// and are thread-safe. A failed sync is final: the caller drops the file, it never syncs again (the kernel has marked
/// the pages clean).
class FileSystem
{
public:
    using Path = std::filesystem::path;
    virtual ~FileSystem() = default;

    /// The file system of the machine; lives for the whole process.
    static FileSystem& real();

    enum class OpenMode
    {
        Read,      ///< O_RDONLY
        CreateNew, ///< O_RDWR | O_CREAT | O_EXCL, mode 0600
        Write,     ///< O_RDWR, must exist; takes back setReadOnly where it stands in the way
        Replace,   ///< O_RDWR | O_CREAT | O_TRUNC, mode 0600
        Append,    ///< O_WRONLY | O_CREAT | O_APPEND, mode 0600
    };
    /// Always O_CLOEXEC | O_NOFOLLOW; anything but a regular file is Error{Corrupted}.
    virtual UniqueFd open(const Path& path, OpenMode mode) = 0;

    virtual FileIdentity identity(int fd) = 0;
    /// nullopt when there is no such file.
    virtual std::optional<FileIdentity> identity(const Path& path) = 0;

    /// As many bytes as there are, up to the buffer.
    virtual std::size_t read(int fd, std::uint64_t offset, std::span<std::byte> buffer) = 0;
    /// As read, from the page cache only; nullopt when that would need the disk or cannot be known.
    virtual std::optional<std::size_t> tryRead(int fd, std::uint64_t offset, std::span<std::byte> buffer) = 0;
    /// All bytes of all pieces or an error (then the file may have grown by a part of them).
    virtual void write(int fd, std::uint64_t offset, std::span<const std::span<const std::byte>> pieces) = 0;
    virtual void truncate(int fd, std::uint64_t size) = 0;

    /// fdatasync.
    virtual void syncData(int fd) = 0;
    /// Starts writing dirty pages of the range to the disk, without waiting and without any promise.
    virtual void startWriteback(int fd, std::uint64_t offset, std::uint64_t size) = 0;
    /// syncfs on the file system that holds the open file.
    virtual void syncFileSystem(int fd) = 0;
    /// fsync of a directory: makes creations, renames and removals in it durable.
    virtual void syncDirectory(const Path& directory) = 0;

    virtual void rename(const Path& from, const Path& to) = 0;
    /// False when there was nothing to remove.
    virtual bool remove(const Path& path) = 0;
    virtual void createDirectories(const Path& path) = 0;
    virtual void hardLink(const Path& from, const Path& to) = 0;
    /// FICLONE into an open empty file. False when the file system cannot.
    virtual bool clone(int from, int to) = 0;
    virtual void setReadOnly(int fd) = 0;
    /// True when nobody but this process's user may write to the file.
    virtual bool isOnlyOurs(int fd) = 0;

    /// Names in a directory, sorted, without "." and ".."; empty when the directory is absent.
    virtual std::vector<std::string> list(const Path& directory) = 0;
    virtual Space space(const Path& path) = 0;
};

} // namespace layerhold
