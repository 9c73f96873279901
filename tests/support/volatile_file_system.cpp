// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/volatile_file_system.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

namespace layerhold::test {

namespace {

namespace fs = std::filesystem;

UnsyncedData::Reader readerOf(int fd)
{
    return [fd](std::uint64_t offset, std::span<std::byte> buffer) {
        const ssize_t count = ::pread(fd, buffer.data(), buffer.size(), static_cast<off_t>(offset));
        return count < 0 ? std::size_t{0} : static_cast<std::size_t>(count);
    };
}

std::string contentOf(const fs::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void writeContent(const fs::path& path, const std::string& content)
{
    std::ofstream stream(path, std::ios::binary | std::ios::trunc);
    stream << content;
}

} // namespace

void VolatileFileSystem::powerCut(Loss loss, std::uint64_t seed)
{
    const std::lock_guard lock(m_mutex);
    std::mt19937_64 random(seed);
    std::size_t kept = loss == Loss::Torn ? static_cast<std::size_t>(random() % (m_operations.size() + 1)) : 0;
    while (m_operations.size() > kept) {
        undo(m_operations.back());
        m_operations.pop_back();
    }
    revertData(loss, random());
    m_operations.clear();
    m_data.clear();
}

void VolatileFileSystem::undo(const Operation& operation)
{
    std::error_code ignored; // a name may be gone through a later operation that is durable
    switch (operation.kind) {
    case Operation::Kind::Name:
    case Operation::Kind::Directory:
        fs::remove(operation.path, ignored);
        break;
    case Operation::Kind::Rename:
        fs::rename(operation.path, operation.from, ignored);
        [[fallthrough]];
    case Operation::Kind::Remove:
        if (operation.replaced)
            writeContent(operation.path, *operation.replaced);
        break;
    }
}

void VolatileFileSystem::revertData(Loss loss, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::set<std::uint64_t> done; // a file may have two names
    for (const auto& entry : fs::recursive_directory_iterator(m_root)) {
        if (!entry.is_regular_file() || entry.is_symlink())
            continue;
        const auto identity = m_real.identity(entry.path());
        const auto data = m_data.find(identity->inode);
        if (data == m_data.end() || !done.insert(identity->inode).second)
            continue;
        const fs::perms mode = entry.status().permissions();
        fs::permissions(entry.path(), fs::perms::owner_write, fs::perm_options::add);
        const UniqueFd fd(::open(entry.path().c_str(), O_RDWR | O_CLOEXEC));
        data->second.revert(fd.get(), loss, random);
        fs::permissions(entry.path(), mode);
    }
}

void VolatileFileSystem::dropUnsynced(int fd)
{
    const std::lock_guard lock(m_mutex);
    m_data[m_real.identity(fd).inode].syncFailed();
}

void VolatileFileSystem::dropEverythingUnsynced()
{
    const std::lock_guard lock(m_mutex);
    for (auto& [inode, data] : m_data)
        data.syncFailed();
    for (Operation& operation : m_operations)
        operation.dropped = true;
}

void VolatileFileSystem::dropUnsynced(const Path& directory)
{
    const std::lock_guard lock(m_mutex);
    for (Operation& operation : m_operations)
        operation.dropped = operation.dropped || operation.path.parent_path() == directory;
}

UniqueFd VolatileFileSystem::open(const Path& path, OpenMode mode)
{
    const std::lock_guard lock(m_mutex);
    const auto before = m_real.identity(path);
    if (before && mode == OpenMode::Replace) {
        const UniqueFd old = m_real.open(path, OpenMode::Read);
        m_data[before->inode].aboutToChange(0, before->size, before->size, readerOf(old.get()));
    }
    UniqueFd fd = m_real.open(path, mode);
    if (!before) {
        // The inode may have belonged to a file that is gone.
        m_data[m_real.identity(fd.get()).inode] = UnsyncedData();
        m_operations.push_back({Operation::Kind::Name, path, {}, {}, false});
    }
    return fd;
}

FileIdentity VolatileFileSystem::identity(int fd)
{
    return m_real.identity(fd);
}

std::optional<FileIdentity> VolatileFileSystem::identity(const Path& path)
{
    return m_real.identity(path);
}

std::size_t VolatileFileSystem::read(int fd, std::uint64_t offset, std::span<std::byte> buffer)
{
    return m_real.read(fd, offset, buffer);
}

std::optional<std::size_t> VolatileFileSystem::tryRead(int fd, std::uint64_t offset, std::span<std::byte> buffer)
{
    return m_real.tryRead(fd, offset, buffer);
}

void VolatileFileSystem::aboutToChange(int fd, std::uint64_t offset, std::uint64_t size)
{
    const FileIdentity now = m_real.identity(fd);
    // The descriptor may be one for writing only.
    const UniqueFd readable(::open(("/proc/self/fd/" + std::to_string(fd)).c_str(), O_RDONLY | O_CLOEXEC));
    m_data[now.inode].aboutToChange(offset, size, now.size, readerOf(readable.get()));
}

void VolatileFileSystem::write(int fd, std::uint64_t offset, std::span<const std::span<const std::byte>> pieces)
{
    const std::lock_guard lock(m_mutex);
    std::uint64_t size = 0;
    for (const auto piece : pieces)
        size += piece.size();
    const bool appends = (::fcntl(fd, F_GETFL) & O_APPEND) != 0;
    aboutToChange(fd, appends ? m_real.identity(fd).size : offset, size);
    m_real.write(fd, offset, pieces);
}

void VolatileFileSystem::truncate(int fd, std::uint64_t size)
{
    const std::lock_guard lock(m_mutex);
    const std::uint64_t present = m_real.identity(fd).size;
    aboutToChange(fd, size, present > size ? present - size : 0);
    m_real.truncate(fd, size);
}

void VolatileFileSystem::syncData(int fd)
{
    const std::lock_guard lock(m_mutex);
    const FileIdentity identity = m_real.identity(fd);
    m_data[identity.inode].synced(identity.size);
}

void VolatileFileSystem::startWriteback(int fd, std::uint64_t offset, std::uint64_t size)
{
    m_real.startWriteback(fd, offset, size);
}

void VolatileFileSystem::syncFileSystem(int)
{
    const std::lock_guard lock(m_mutex);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(m_root)) {
        const auto identity = entry.is_regular_file() ? m_real.identity(entry.path()) : std::nullopt;
        const auto data = identity ? m_data.find(identity->inode) : m_data.end();
        if (data != m_data.end())
            data->second.synced(identity->size);
    }
    std::erase_if(m_operations, [](const Operation& operation) { return !operation.dropped; });
}

void VolatileFileSystem::syncDirectory(const Path& directory)
{
    const std::lock_guard lock(m_mutex);
    // A file that has a durable name by a rename needs no durable former name.
    std::set<Path> formerNames;
    // What a failed sync dropped no longer matters to a name that is durable anew.
    std::set<Path> durableNames;
    for (const Operation& operation : m_operations) {
        if (operation.dropped || operation.path.parent_path() != directory)
            continue;
        durableNames.insert(operation.path);
        if (operation.kind == Operation::Kind::Rename)
            formerNames.insert(operation.from);
    }
    std::erase_if(m_operations, [&](const Operation& operation) {
        if (operation.dropped)
            return durableNames.contains(operation.path);
        const bool isFormerName = operation.kind == Operation::Kind::Name && formerNames.contains(operation.path);
        return isFormerName || operation.path.parent_path() == directory;
    });
}

/// nullopt when there is no file of that name.
std::optional<std::string> VolatileFileSystem::durableContent(const Path& path)
{
    const auto present = m_real.identity(path);
    if (!present)
        return std::nullopt;
    return m_data[present->inode].durable(contentOf(path));
}

void VolatileFileSystem::rename(const Path& from, const Path& to)
{
    const std::lock_guard lock(m_mutex);
    auto replaced = durableContent(to);
    m_real.rename(from, to);
    m_operations.push_back({Operation::Kind::Rename, to, from, std::move(replaced), false});
}

bool VolatileFileSystem::remove(const Path& path)
{
    const std::lock_guard lock(m_mutex);
    auto removed = durableContent(path);
    if (!m_real.remove(path))
        return false;
    m_operations.push_back({Operation::Kind::Remove, path, {}, std::move(removed), false});
    return true;
}

void VolatileFileSystem::createDirectories(const Path& path)
{
    const std::lock_guard lock(m_mutex);
    Path present;
    std::vector<Path> absent;
    for (const Path& part : path) {
        present /= part;
        if (!fs::exists(present))
            absent.push_back(present);
    }
    m_real.createDirectories(path);
    for (const Path& created : absent)
        m_operations.push_back({Operation::Kind::Directory, created, {}, {}, false});
}

void VolatileFileSystem::hardLink(const Path& from, const Path& to)
{
    const std::lock_guard lock(m_mutex);
    m_real.hardLink(from, to);
    m_operations.push_back({Operation::Kind::Name, to, {}, {}, false});
}

bool VolatileFileSystem::clone(int from, int to)
{
    const std::lock_guard lock(m_mutex);
    aboutToChange(to, 0, m_real.identity(from).size);
    return m_real.clone(from, to);
}

void VolatileFileSystem::setReadOnly(int fd)
{
    m_real.setReadOnly(fd);
}

bool VolatileFileSystem::isOnlyOurs(int fd)
{
    return m_real.isOnlyOurs(fd);
}

std::vector<std::string> VolatileFileSystem::list(const Path& directory)
{
    return m_real.list(directory);
}

Space VolatileFileSystem::space(const Path& path)
{
    return m_real.space(path);
}

} // namespace layerhold::test
