// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/archive.h"

#include <cstddef>
#include <exception>
#include <memory>
#include <span>
#include <vector>

struct archive;

namespace layerhold {

/// Takes gzip and zstd off what a source gives; what is packed in neither way goes through as it is.
class Unpacker
{
public:
    explicit Unpacker(const ArchiveSource& source);
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;

    /// The next bytes, good until the next call; empty at the end only. Error{InvalidArgument} when they cannot be
    /// unpacked; what the source throws.
    std::span<const std::byte> next();
    /// Takes what the source has left, so that whoever writes it is not cut off; not more than a little. Nothing may be
    /// asked for after.
    void drain();

private:
    struct Closer
    {
        void operator()(archive* handle) const;
    };

    static long fill(archive* handle, void* self, const void** buffer);
    void open();
    [[noreturn]] void fail();

    const ArchiveSource& m_source;
    std::vector<std::byte> m_buffer;
    std::exception_ptr m_failure; ///< of the source: it must not pass through libarchive
    bool m_isOpen = false;
    bool m_isSourceAtEnd = false;
    std::unique_ptr<archive, Closer> m_archive;
};

} // namespace layerhold
