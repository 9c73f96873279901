// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file_system.h"
#include "support/unsynced_data.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace layerhold::test {

/// The real file system of a temporary directory that remembers what was not synced, and can lose it.
///
/// It is as strict as POSIX allows: the data of a file becomes durable by syncData of it, its name by syncDirectory of
/// the directory the name is in, and neither by the other; syncFileSystem does both. A rename is atomic and belongs to
/// the directory of the new name. Modes and times are not tracked.
class VolatileFileSystem final : public FileSystem
{
public:
    explicit VolatileFileSystem(Path root)
        : m_root(std::move(root))
    {}

    /// Takes the tree to what is on the disk. No file of it may be open. Afterwards everything counts as durable.
    void powerCut(Loss loss, std::uint64_t seed = 0);

    /// The dirty pages of the file are gone although programs still see them, as after a failed fdatasync.
    void dropUnsynced(int fd);
    /// The same for every file and directory operation, as after a failed syncfs.
    void dropEverythingUnsynced();
    /// The same for the operations in one directory, as after a failed fsync of it.
    void dropUnsynced(const Path& directory);

    UniqueFd open(const Path& path, OpenMode mode) override;
    FileIdentity identity(int fd) override;
    std::optional<FileIdentity> identity(const Path& path) override;
    std::size_t read(int fd, std::uint64_t offset, std::span<std::byte> buffer) override;
    std::optional<std::size_t> tryRead(int fd, std::uint64_t offset, std::span<std::byte> buffer) override;
    void write(int fd, std::uint64_t offset, std::span<const std::span<const std::byte>> pieces) override;
    void truncate(int fd, std::uint64_t size) override;
    void syncData(int fd) override;
    void startWriteback(int fd, std::uint64_t offset, std::uint64_t size) override;
    void syncFileSystem(int fd) override;
    void syncDirectory(const Path& directory) override;
    void rename(const Path& from, const Path& to) override;
    bool remove(const Path& path) override;
    void createDirectories(const Path& path) override;
    void hardLink(const Path& from, const Path& to) override;
    bool clone(int from, int to) override;
    void setReadOnly(int fd) override;
    bool isOnlyOurs(int fd) override;
    std::vector<std::string> list(const Path& directory) override;
    Space space(const Path& path) override;

private:
    struct Operation
    {
        enum class Kind
        {
            Name,
            Directory,
            Rename,
            Remove,
        };
        Kind kind = Kind::Name;
        Path path;                           // of Rename: the new name
        Path from;                           // of Rename
        std::optional<std::string> replaced; // of Remove and Rename: the durable bytes that were there
        bool dropped = false;                // by a failed sync: no later one writes it
    };

    void aboutToChange(int fd, std::uint64_t offset, std::uint64_t size);
    std::optional<std::string> durableContent(const Path& path);
    void undo(const Operation& operation);
    void revertData(Loss loss, std::uint64_t seed);

    FileSystem& m_real = FileSystem::real();
    const Path m_root;
    std::mutex m_mutex;                           // guards what follows, and keeps an operation and its record together
    std::map<std::uint64_t, UnsyncedData> m_data; // by inode
    std::vector<Operation> m_operations;          // in the order in which they happened
};

} // namespace layerhold::test
