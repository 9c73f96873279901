// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/output_file.h"

#include "cli/output/text.h"
#include "layerhold/error.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace layerhold::cli {

namespace {

namespace fs = std::filesystem;

/// Where a link leads, so that it stays one.
fs::path placeOf(const std::string& file)
{
    std::error_code ignored;
    const fs::path place = fs::canonical(file, ignored);
    return place.empty() ? fs::path(file) : place;
}

} // namespace

OutputFile::OutputFile(const std::string& file)
    : m_path(placeOf(file))
{
    struct stat status
    {};

    const bool isThere = ::stat(m_path.c_str(), &status) == 0;
    if (isThere && !S_ISREG(status.st_mode)) {
        m_descriptor = ::open(m_path.c_str(), O_WRONLY | O_CLOEXEC);
    } else {
        m_draft = m_path;
        m_draft += ".part-" + std::to_string(::getpid());
        // Nobody gets to read what the file that is replaced kept from them.
        const mode_t mode = isThere ? status.st_mode & 0777U : 0666U;
        m_descriptor = ::open(m_draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    }
    if (m_descriptor < 0)
        fail(errno, "write");
}

OutputFile::~OutputFile()
{
    if (m_descriptor < 0)
        return;
    ::close(m_descriptor);
    if (!m_draft.empty())
        ::unlink(m_draft.c_str());
}

void OutputFile::fail(int errnoValue, const char* action) const
{
    throw systemError(errnoValue, std::string("cannot ") + action + ' ' + neutralise(m_path.string()));
}

void OutputFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(m_descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            fail(errno, "write");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

/// The rename lasts only when the folder is on the disk too. Not every folder can be flushed: one may be written but
/// not read, and some file systems know no such thing.
void OutputFile::flushFolder() const
{
    const fs::path folder = m_path.has_parent_path() ? m_path.parent_path() : fs::path(".");
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    const int failure = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (failure != 0 && failure != EINVAL)
        throw systemError(failure, "cannot flush " + neutralise(folder.string()));
}

void OutputFile::keep()
{
    if (m_draft.empty())
        return;
    if (::fsync(m_descriptor) != 0)
        fail(errno, "flush");
    if (::rename(m_draft.c_str(), m_path.c_str()) != 0)
        fail(errno, "replace");
    m_draft.clear();
    flushFolder();
}

} // namespace layerhold::cli
