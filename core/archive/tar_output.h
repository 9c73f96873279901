// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/archive.h"

#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct archive;

namespace layerhold {

/// Writes a POSIX tar of plain files, owned by root, of 1970: equal content gives equal bytes.
class TarOutput
{
public:
    explicit TarOutput(const ArchiveSink& sink);
    ~TarOutput();
    TarOutput(const TarOutput&) = delete;
    TarOutput& operator=(const TarOutput&) = delete;

    /// Begins a file: exactly `size` bytes have to follow.
    void begin(const std::string& path, std::uint64_t size);
    void write(std::span<const std::byte> bytes);
    void add(const std::string& path, std::string_view content);
    /// Writes what is left, and the end. Nothing may follow.
    void finish();

private:
    struct Closer
    {
        void operator()(archive* handle) const;
    };

    static long pass(archive* handle, void* self, const void* bytes, std::size_t size);
    void require(long result);

    const ArchiveSink& m_sink;
    std::exception_ptr m_failure; ///< of the sink: it must not pass through libarchive
    bool m_isMuted = false;       ///< nothing more goes to the sink
    bool m_isClosed = false;
    std::unique_ptr<archive, Closer> m_archive;
};

} // namespace layerhold
