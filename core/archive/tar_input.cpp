// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "archive/tar_input.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <archive.h>
#include <archive_entry.h>

#include <sys/stat.h>

namespace layerhold {

namespace {

constexpr std::size_t pieceSize = 256U << 10U;
/// What compressors and tar put behind the end.
constexpr std::size_t mostTrailingBytes = 1U << 20U;

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
std::string requireTarget(const std::string& path, const char* link)
{
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
    : m_source(source)
    , m_limits(limits)
    , m_buffer(pieceSize)
    , m_archive(archive_read_new())
{
    if (!m_archive)
        throw std::bad_alloc();
    archive_read_support_format_tar(m_archive.get());
    archive_read_support_filter_gzip(m_archive.get());
    archive_read_support_filter_zstd(m_archive.get());
    if (archive_read_open(m_archive.get(), this, nullptr, &TarInput::fill, nullptr) != ARCHIVE_OK)
        fail("this is no tar archive");
}

long TarInput::fill(archive* handle, void* self, const void** buffer)
{
    auto& input = *static_cast<TarInput*>(self);
    try {
        const std::size_t count = input.m_source(input.m_buffer);
        input.m_isAtEnd = count == 0;
        *buffer = input.m_buffer.data();
        return static_cast<long>(count);
    } catch (...) {
        input.m_failure = std::current_exception();
        archive_set_error(handle, EIO, "the source failed");
        return -1;
    }
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
    for (;;) {
        archive_entry* entry = nullptr;
        const int result = archive_read_next_header(m_archive.get(), &entry);
        if (result == ARCHIVE_EOF)
            return std::nullopt;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
            fail(m_path.empty() ? "this is no tar archive" : "the archive is damaged behind " + text::quoted(m_path));
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
            member.target = requireTarget(member.path, archive_entry_symlink(entry));
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
}

std::size_t TarInput::read(std::span<std::byte> buffer)
{
    const auto count = archive_read_data(m_archive.get(), buffer.data(), buffer.size());
    if (count < 0)
        fail("the archive is damaged in " + text::quoted(m_path));
    return static_cast<std::size_t>(count);
}

void TarInput::drain()
{
    for (std::size_t drained = 0; !m_isAtEnd && drained < mostTrailingBytes;) {
        const std::size_t count = m_source(m_buffer);
        m_isAtEnd = count == 0;
        drained += count;
    }
}

} // namespace layerhold
