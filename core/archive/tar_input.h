// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/unpacker.h"
#include "layerhold/archive.h"

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

struct archive;
struct archive_entry;

namespace layerhold {

struct TarMember
{
    enum class Kind
    {
        File,
        Symlink
    };
    std::string path; ///< relative, without "." and ".."
    Kind kind = Kind::File;
    std::uint64_t size = 0;  ///< of a file
    std::string target = {}; ///< of a symlink: the path of a member
};

/// Reads a tar, compressed with gzip or zstd or not, member by member, from a source that cannot seek. Folders are
/// passed over. Whatever an archive of images never has is Error{InvalidArgument}: paths and links that lead out of it,
/// hard links, devices, holes, headers without end, and more than the limits say.
class TarInput
{
public:
    TarInput(const ArchiveSource& source, const ArchiveLimits& limits);
    TarInput(const TarInput&) = delete;
    TarInput& operator=(const TarInput&) = delete;

    /// The next one; what is left of the one before is passed over. nullopt at the end.
    std::optional<TarMember> next();
    /// Bytes of the member; less than asked, and 0, only at its end.
    std::size_t read(std::span<std::byte> buffer);

    /// Takes what comes after the end of the tar; not more than a little.
    void drain() { m_unpacker.drain(); }

private:
    struct Closer
    {
        void operator()(archive* handle) const;
    };

    static long fill(archive* handle, void* self, const void** buffer);
    std::span<const std::byte> nextBytes();
    /// nullptr at the end.
    archive_entry* nextHeader();
    [[noreturn]] void fail(const std::string& what);

    Unpacker m_unpacker;
    const ArchiveLimits& m_limits;
    std::exception_ptr m_failure;             ///< of what the bytes come from: it must not pass through libarchive
    std::optional<std::size_t> m_headerBytes; ///< taken for the header that is read; nullopt: none is
    std::size_t m_members = 0;
    std::string m_path; ///< of the member that is read, for messages
    std::unique_ptr<archive, Closer> m_archive;
};

} // namespace layerhold
