// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>

namespace layerhold::test::hostile {

/// While it lives, what the process prints and logs goes here.
class StandardStreams
{
public:
    StandardStreams()
        : m_file(::memfd_create("streams", MFD_CLOEXEC))
    {
        std::fflush(nullptr);
        for (std::size_t i = 0; i < m_saved.size(); ++i) {
            m_saved[i] = ::dup(static_cast<int>(i) + 1);
            ::dup2(m_file, static_cast<int>(i) + 1);
        }
    }

    ~StandardStreams()
    {
        std::fflush(nullptr);
        for (std::size_t i = 0; i < m_saved.size(); ++i) {
            ::dup2(m_saved[i], static_cast<int>(i) + 1);
            ::close(m_saved[i]);
        }
        ::close(m_file);
    }

    StandardStreams(const StandardStreams&) = delete;
    StandardStreams& operator=(const StandardStreams&) = delete;

    std::string text() const
    {
        std::fflush(nullptr);
        struct stat state = {};
        ::fstat(m_file, &state);
        std::string text(static_cast<std::size_t>(state.st_size), '\0');
        const ssize_t got = ::pread(m_file, text.data(), text.size(), 0);
        text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        return text;
    }

private:
    int m_file;
    std::array<int, 2> m_saved{};
};

} // namespace layerhold::test::hostile
