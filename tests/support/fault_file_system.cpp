// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/fault_file_system.h"

#include "layerhold/error.h"
#include "support/volatile_file_system.h"

#include <algorithm>
#include <cerrno>

namespace layerhold::test {

namespace {

using Call = FaultPlan::Call;
using Fault = FaultPlan::Fault;

[[noreturn]] void fail(Fault fault, const char* what)
{
    throw systemError(fault == Fault::NoSpace ? ENOSPC : EIO, std::string("injected fault: cannot ") + what);
}

/// The first half of the bytes.
std::vector<std::span<const std::byte>> firstHalf(std::span<const std::span<const std::byte>> pieces)
{
    std::size_t left = 0;
    for (const auto piece : pieces)
        left += piece.size();
    left /= 2;
    std::vector<std::span<const std::byte>> result;
    for (const auto piece : pieces) {
        result.push_back(piece.first(std::min(left, piece.size())));
        left -= result.back().size();
    }
    return result;
}

} // namespace

FaultFileSystem::FaultFileSystem(VolatileFileSystem& inner, FaultPlan& plan)
    : m_inner(inner)
    , m_plan(plan)
    , m_volatile(&inner)
{}

void FaultFileSystem::mayFail(Call call, const char* what)
{
    if (const auto fault = m_plan.nextCall(call))
        fail(*fault, what);
}

template <typename Drop>
void FaultFileSystem::maySyncFail(const char* what, Drop drop)
{
    const auto fault = m_plan.nextCall(Call::Mutating);
    if (!fault)
        return;
    if (m_volatile != nullptr && !m_plan.powerIsOff())
        drop(*m_volatile);
    fail(*fault, what);
}

UniqueFd FaultFileSystem::open(const Path& path, OpenMode mode)
{
    mayFail(mode == OpenMode::Read ? Call::Observing : Call::Mutating, "open");
    return m_inner.open(path, mode);
}

FileIdentity FaultFileSystem::identity(int fd)
{
    mayFail(Call::Observing, "examine");
    return m_inner.identity(fd);
}

std::optional<FileIdentity> FaultFileSystem::identity(const Path& path)
{
    mayFail(Call::Observing, "examine");
    return m_inner.identity(path);
}

std::size_t FaultFileSystem::read(int fd, std::uint64_t offset, std::span<std::byte> buffer)
{
    mayFail(Call::Observing, "read");
    return m_inner.read(fd, offset, buffer);
}

std::optional<std::size_t> FaultFileSystem::tryRead(int fd, std::uint64_t offset, std::span<std::byte> buffer)
{
    mayFail(Call::Observing, "read");
    return m_inner.tryRead(fd, offset, buffer);
}

void FaultFileSystem::write(int fd, std::uint64_t offset, std::span<const std::span<const std::byte>> pieces)
{
    const auto fault = m_plan.nextCall(Call::Mutating);
    if (fault == Fault::ShortWrite)
        m_inner.write(fd, offset, firstHalf(pieces));
    if (fault)
        fail(*fault, "write");
    m_inner.write(fd, offset, pieces);
}

void FaultFileSystem::truncate(int fd, std::uint64_t size)
{
    mayFail(Call::Mutating, "truncate");
    m_inner.truncate(fd, size);
}

void FaultFileSystem::syncData(int fd)
{
    maySyncFail("flush a file", [&](VolatileFileSystem& disk) { disk.dropUnsynced(fd); });
    m_inner.syncData(fd);
}

void FaultFileSystem::startWriteback(int fd, std::uint64_t offset, std::uint64_t size)
{
    mayFail(Call::Mutating, "start writing back");
    m_inner.startWriteback(fd, offset, size);
}

void FaultFileSystem::syncFileSystem(int fd)
{
    maySyncFail("flush the file system", [](VolatileFileSystem& disk) { disk.dropEverythingUnsynced(); });
    m_inner.syncFileSystem(fd);
}

void FaultFileSystem::syncDirectory(const Path& directory)
{
    maySyncFail("flush a directory", [&](VolatileFileSystem& disk) { disk.dropUnsynced(directory); });
    m_inner.syncDirectory(directory);
}

void FaultFileSystem::rename(const Path& from, const Path& to)
{
    mayFail(Call::Mutating, "rename");
    m_inner.rename(from, to);
}

bool FaultFileSystem::remove(const Path& path)
{
    // Removing needs no space.
    const auto fault = m_plan.nextCall(Call::Mutating);
    if (fault && *fault != Fault::NoSpace)
        fail(*fault, "remove");
    return m_inner.remove(path);
}

void FaultFileSystem::createDirectories(const Path& path)
{
    mayFail(Call::Mutating, "create a directory");
    m_inner.createDirectories(path);
}

void FaultFileSystem::hardLink(const Path& from, const Path& to)
{
    mayFail(Call::Mutating, "link");
    m_inner.hardLink(from, to);
}

bool FaultFileSystem::clone(int from, int to)
{
    mayFail(Call::Mutating, "clone");
    return m_inner.clone(from, to);
}

void FaultFileSystem::setReadOnly(int fd)
{
    mayFail(Call::Mutating, "make read-only");
    m_inner.setReadOnly(fd);
}

bool FaultFileSystem::isOnlyOurs(int fd)
{
    mayFail(Call::Observing, "examine");
    return m_inner.isOnlyOurs(fd);
}

std::vector<std::string> FaultFileSystem::list(const Path& directory)
{
    mayFail(Call::Observing, "list");
    return m_inner.list(directory);
}

Space FaultFileSystem::space(const Path& path)
{
    mayFail(Call::Observing, "examine the file system");
    return m_inner.space(path);
}

} // namespace layerhold::test
