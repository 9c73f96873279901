// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "archive/unpacker.h"

#include "layerhold/error.h"

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>
#include <new>
#include <string>

namespace layerhold {

namespace {

constexpr std::size_t pieceSize = 256U << 10U;
/// What compressors and tar put behind the end.
constexpr std::size_t mostTrailingBytes = 1U << 20U;

} // namespace

void Unpacker::Closer::operator()(archive* handle) const
{
    archive_read_free(handle);
}

Unpacker::Unpacker(const ArchiveSource& source)
    : m_source(source)
    , m_buffer(pieceSize)
    , m_archive(archive_read_new())
{
    if (!m_archive)
        throw std::bad_alloc();
    archive_read_support_format_raw(m_archive.get());
    archive_read_support_filter_gzip(m_archive.get());
    archive_read_support_filter_zstd(m_archive.get());
}

long Unpacker::fill(archive* handle, void* self, const void** buffer)
{
    auto& unpacker = *static_cast<Unpacker*>(self);
    try {
        const std::size_t count = unpacker.m_source(unpacker.m_buffer);
        unpacker.m_isSourceAtEnd = count == 0;
        *buffer = unpacker.m_buffer.data();
        return static_cast<long>(count);
    } catch (...) {
        unpacker.m_failure = std::current_exception();
        archive_set_error(handle, EIO, "the source failed");
        return -1;
    }
}

void Unpacker::fail()
{
    const char* reason = archive_error_string(m_archive.get());
    throw Error(ErrorCode::InvalidArgument, "the archive is damaged, or no tar archive: " +
                                                std::string(reason ? reason : "it cannot be read") + "; make it anew");
}

void Unpacker::open()
{
    archive_entry* everything = nullptr;
    const bool isOpen = archive_read_open(m_archive.get(), this, nullptr, &Unpacker::fill, nullptr) == ARCHIVE_OK &&
                        archive_read_next_header(m_archive.get(), &everything) == ARCHIVE_OK;
    if (m_failure)
        std::rethrow_exception(m_failure);
    if (!isOpen)
        fail();
    m_isOpen = true;
}

std::span<const std::byte> Unpacker::next()
{
    if (!m_isOpen)
        open();
    const void* bytes = nullptr;
    std::size_t count = 0;
    la_int64_t offset = 0;
    const int result = archive_read_data_block(m_archive.get(), &bytes, &count, &offset);
    if (m_failure) // libarchive takes some failures for the end
        std::rethrow_exception(m_failure);
    if (result == ARCHIVE_EOF)
        return {};
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
        fail();
    return {static_cast<const std::byte*>(bytes), count};
}

void Unpacker::drain()
{
    for (std::size_t drained = 0; !m_isSourceAtEnd && drained < mostTrailingBytes;) {
        const std::size_t count = m_source(m_buffer);
        m_isSourceAtEnd = count == 0;
        drained += count;
    }
}

} // namespace layerhold
