// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "archive/tar_output.h"

#include "layerhold/error.h"

#include <archive.h>
#include <archive_entry.h>

#include <new>

namespace layerhold {

namespace {

constexpr int pieceSize = 256 << 10;

struct EntryCloser
{
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

} // namespace

void TarOutput::Closer::operator()(archive* handle) const
{
    archive_write_free(handle);
}

TarOutput::TarOutput(const ArchiveSink& sink)
    : m_sink(sink)
    , m_archive(archive_write_new())
{
    if (!m_archive)
        throw std::bad_alloc();
    archive_write_set_format_pax_restricted(m_archive.get()); // ustar, wherever that is enough
    archive_write_set_bytes_per_block(m_archive.get(), pieceSize);
    archive_write_set_bytes_in_last_block(m_archive.get(), 1);
    require(archive_write_open(m_archive.get(), this, nullptr, &TarOutput::pass, nullptr));
}

TarOutput::~TarOutput()
{
    if (m_isClosed)
        return;
    m_isMuted = true;
    archive_write_fail(m_archive.get());  // else closing would fill up the member that is being written
    archive_write_close(m_archive.get()); // frees what archive_write_free leaves after a failure
}

/// Never fails as libarchive sees it: after a failure that would not free its buffers (libarchive 3.6).
long TarOutput::pass(archive*, void* self, const void* bytes, std::size_t size)
{
    auto& output = *static_cast<TarOutput*>(self);
    if (output.m_isMuted)
        return static_cast<long>(size);
    try {
        output.m_sink(std::span(static_cast<const std::byte*>(bytes), size));
    } catch (...) {
        output.m_failure = std::current_exception();
        output.m_isMuted = true;
    }
    return static_cast<long>(size);
}

void TarOutput::require(long result)
{
    if (m_failure)
        std::rethrow_exception(m_failure);
    if (result >= 0)
        return;
    const char* reason = archive_error_string(m_archive.get());
    throw Error(ErrorCode::Internal,
                "cannot write the archive: " + std::string(reason ? reason : "no reason is known"));
}

void TarOutput::begin(const std::string& path, std::uint64_t size)
{
    const std::unique_ptr<archive_entry, EntryCloser> entry(archive_entry_new());
    if (!entry)
        throw std::bad_alloc();
    archive_entry_set_pathname(entry.get(), path.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_mtime(entry.get(), 0, 0);
    require(archive_write_header(m_archive.get(), entry.get()));
}

void TarOutput::write(std::span<const std::byte> bytes)
{
    require(archive_write_data(m_archive.get(), bytes.data(), bytes.size()));
}

void TarOutput::add(const std::string& path, std::string_view content)
{
    begin(path, content.size());
    write(std::as_bytes(std::span(content)));
}

void TarOutput::finish()
{
    m_isClosed = true;
    require(archive_write_close(m_archive.get()));
}

} // namespace layerhold
