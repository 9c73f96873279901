// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "archive/tar_input.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <archive.h>
#include <archive_entry.h>

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

namespace layerhold {

namespace {

/// What stands before the content of a member, with all extensions. libarchive keeps them in memory, and knows no limit
/// for some.
constexpr std::size_t mostHeaderBytes = 1U << 20U;

[[noreturn]] void refuse(const std::string& path, const std::string& why)
{
    throw Error(ErrorCode::InvalidArgument, "the member " + text::quoted(path) + " of the archive " + why);
}

/// Appends the components of `path` to those there are; false when they lead out of the archive.
bool follow(std::vector<std::string>& components, std::string_view path)
{
    if (path.starts_with('/'))
        return false;
    while (!path.empty()) {
        const std::string_view component = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(path.size(), component.size() + 1));
        if (component == "..") {
            if (components.empty())
                return false;
            components.pop_back();
        } else if (!component.empty() && component != ".") {
            components.emplace_back(component);
        }
    }
    return true;
}

std::string joined(const std::vector<std::string>& components)
{
    std::string path;
    for (const std::string& component : components)
        path += (path.empty() ? "" : "/") + component;
    return path;
}

/// The path of the member in its one form.
std::string requirePath(const char* name, const ArchiveLimits& limits)
{
    if (name == nullptr)
        throw Error(ErrorCode::InvalidArgument, "the archive has a member whose name cannot be read");
    const std::string_view path(name);
    if (path.size() > limits.pathBytes)
        refuse(std::string(path), "has a name of " + std::to_string(path.size()) + " bytes; " +
                                      std::to_string(limits.pathBytes) + " at most");
    // ".." is refused even where it stays inside: no tool writes it, and readers differ in what they make of it.
    std::vector<std::string> components;
    const bool climbs =
        path == ".." || path.starts_with("../") || path.ends_with("/..") || path.find("/../") != std::string_view::npos;
    if (climbs || !follow(components, path))
        refuse(std::string(path), "leads out of the archive");
    return joined(components);
}

/// What a symlink leads to, as the path of a member.
std::string requireTarget(const std::string& path, const char* link, const ArchiveLimits& limits)
{
    if (link != nullptr && std::strlen(link) > limits.pathBytes)
        refuse(path, "is a link of more than " + std::to_string(limits.pathBytes) + " bytes");
    std::vector<std::string> components;
    follow(components, path);
    if (!components.empty())
        components.pop_back();
    if (link == nullptr || !follow(components, link) || components.empty())
        refuse(path, "is a link that leads out of the archive");
    return joined(components);
}

} // namespace

void TarInput::Closer::operator()(archive* handle) const
{
    archive_read_free(handle);
}

TarInput::TarInput(const ArchiveSource& source, const ArchiveLimits& limits)
    : m_unpacker(source)
    , m_limits(limits)
    , m_archive(archive_read_new())
{
    if (!m_archive)
        throw std::bad_alloc();
    archive_read_support_format_tar(m_archive.get());
    if (archive_read_open(m_archive.get(), this, nullptr, &TarInput::fill, nullptr) != ARCHIVE_OK)
        fail("this is no tar archive");
}

long TarInput::fill(archive* handle, void* self, const void** buffer)
{
    auto& input = *static_cast<TarInput*>(self);
    try {
        const std::span<const std::byte> bytes = input.nextBytes();
        *buffer = bytes.data();
        return static_cast<long>(bytes.size());
    } catch (...) {
        input.m_failure = std::current_exception();
        archive_set_error(handle, EIO, "the source failed");
        return -1;
    }
}

std::span<const std::byte> TarInput::nextBytes()
{
    if (m_headerBytes && *m_headerBytes > mostHeaderBytes)
        throw Error(ErrorCode::InvalidArgument,
                    "the archive has a header of more than " + text::byteSize(mostHeaderBytes) +
                        (m_path.empty() ? "" : ", behind " + text::quoted(m_path)) + "; no archive of images has");
    const std::span<const std::byte> bytes = m_unpacker.next();
    if (m_headerBytes)
        *m_headerBytes += bytes.size();
    return bytes;
}

archive_entry* TarInput::nextHeader()
{
    // What is left of the member before is content still, and may be long.
    if (m_members > 0 && archive_read_data_skip(m_archive.get()) < ARCHIVE_WARN)
        fail("the archive is damaged in " + text::quoted(m_path));
    archive_entry* entry = nullptr;
    m_headerBytes = 0;
    const int result = archive_read_next_header(m_archive.get(), &entry);
    m_headerBytes.reset();
    if (result == ARCHIVE_EOF && !m_failure)
        return nullptr;
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
        fail(m_path.empty() ? "this is no tar archive" : "the archive is damaged behind " + text::quoted(m_path));
    return entry;
}

void TarInput::fail(const std::string& what)
{
    if (m_failure)
        std::rethrow_exception(m_failure);
    const char* reason = archive_error_string(m_archive.get());
    throw Error(ErrorCode::InvalidArgument,
                what + ": " + (reason ? std::string(reason) : std::string("it cannot be read")) + "; make it anew");
}

std::optional<TarMember> TarInput::next()
{
    while (archive_entry* const entry = nextHeader()) {
        if (++m_members > m_limits.members)
            throw Error(ErrorCode::InvalidArgument, "the archive has more than " + std::to_string(m_limits.members) +
                                                        " members, which no archive of images has");
        TarMember member;
        member.path = requirePath(archive_entry_pathname(entry), m_limits);
        m_path = member.path;
        if (archive_entry_hardlink(entry) != nullptr)
            refuse(member.path, "is a hard link");
        const auto type = archive_entry_filetype(entry);
        if (type == AE_IFDIR)
            continue;
        if (type == AE_IFLNK) {
            member.kind = TarMember::Kind::Symlink;
            member.target = requireTarget(member.path, archive_entry_symlink(entry), m_limits);
            return member;
        }
        if (type != AE_IFREG || member.path.empty())
            refuse(member.path, "is neither file nor folder");
        if (archive_entry_sparse_count(entry) > 0)
            refuse(member.path, "has holes");
        const auto size = archive_entry_size(entry);
        if (size < 0 || static_cast<std::uint64_t>(size) > m_limits.memberBytes)
            refuse(member.path, "is larger than " + text::byteSize(m_limits.memberBytes));
        member.size = static_cast<std::uint64_t>(size);
        return member;
    }
    return std::nullopt;
}

std::size_t TarInput::read(std::span<std::byte> buffer)
{
    const auto count = archive_read_data(m_archive.get(), buffer.data(), buffer.size());
    if (count < 0)
        fail("the archive is damaged in " + text::quoted(m_path));
    return static_cast<std::size_t>(count);
}

} // namespace layerhold
