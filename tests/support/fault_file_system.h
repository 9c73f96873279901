// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file_system.h"
#include "support/fault_plan.h"

namespace layerhold::test {

class VolatileFileSystem;

/// Passes every call on, except those that the plan makes fail. Mutating are: open other than for reading, write,
/// truncate, the syncs, startWriteback, rename, remove, createDirectories, hardLink, clone and setReadOnly.
///
/// With a volatile file system below, a failed sync also drops what it was to write, as Linux does.
class FaultFileSystem : public FileSystem
{
public:
    FaultFileSystem(FileSystem& inner, FaultPlan& plan)
        : m_inner(inner)
        , m_plan(plan)
    {}

    FaultFileSystem(VolatileFileSystem& inner, FaultPlan& plan);

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
    void mayFail(FaultPlan::Call call, const char* what);
    /// As mayFail, for syncs; `drop` makes the disk below forget what was to be written.
    template <typename Drop>
    void maySyncFail(const char* what, Drop drop);

    FileSystem& m_inner;
    FaultPlan& m_plan;
    VolatileFileSystem* m_volatile = nullptr;
};

} // namespace layerhold::test
