// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/text_file.h"

#include "layerhold/error.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace layerhold::cli {

namespace {

namespace fs = std::filesystem;

constexpr off_t maxTextFile = 4 << 20;

class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {}

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }

    int get() const { return m_fd; }

private:
    int m_fd;
};

[[noreturn]] void fail(int errnoValue, const char* action, const fs::path& path)
{
    throw systemError(errnoValue, std::string("cannot ") + action + " " + path.string());
}

void syncFolder(const fs::path& folder)
{
    const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.get() < 0 || ::fsync(fd.get()) != 0)
        fail(errno, "flush", folder);
}

void createFolder(const fs::path& folder)
{
    if (fs::is_directory(folder))
        return;
    createFolder(folder.parent_path());
    if (::mkdir(folder.c_str(), 0755) != 0 && errno != EEXIST)
        fail(errno, "create", folder);
    syncFolder(folder.parent_path());
}

void writeAll(int fd, const std::string& content, const fs::path& path)
{
    for (std::size_t done = 0; done < content.size();) {
        const auto count = ::write(fd, content.data() + done, content.size() - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            fail(errno, "write", path);
        done += static_cast<std::size_t>(count);
    }
}

} // namespace

std::optional<std::string> readTextFile(const fs::path& path)
{
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (fd.get() < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return std::nullopt;
        fail(errno, "open", path);
    }

    struct stat status
    {};

    if (::fstat(fd.get(), &status) != 0)
        fail(errno, "examine", path);
    if (!S_ISREG(status.st_mode) || status.st_size > maxTextFile)
        throw Error(ErrorCode::InvalidArgument,
                    path.string() + " is not a text file of at most 4 MiB; name another file");
    std::string content;
    char buffer[16384];
    for (;;) {
        const auto count = ::read(fd.get(), buffer, sizeof buffer);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            fail(errno, "read", path);
        if (count == 0)
            return content;
        content.append(buffer, static_cast<std::size_t>(count));
    }
}

void replaceTextFile(const fs::path& path, const std::string& content)
{
    createFolder(path.parent_path());
    // The name must not end like the files that a containerd import may match.
    std::string temporary = path.string() + ".XXXXXX";
    const Descriptor fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (fd.get() < 0)
        fail(errno, "create a file beside", path);
    try {
        struct stat old
        {};

        const bool replaces = ::stat(path.c_str(), &old) == 0;
        writeAll(fd.get(), content, temporary);
        if (replaces && ::fchown(fd.get(), old.st_uid, old.st_gid) != 0)
            fail(errno, "keep the owner of", path);
        if (::fchmod(fd.get(), replaces ? old.st_mode & 07777U : 0644U) != 0)
            fail(errno, "set the mode of", temporary);
        if (::fsync(fd.get()) != 0)
            fail(errno, "flush", temporary);
        if (::rename(temporary.c_str(), path.c_str()) != 0)
            fail(errno, "replace", path);
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
    syncFolder(path.parent_path());
}

void removeTextFile(const fs::path& path)
{
    if (::unlink(path.c_str()) == 0)
        syncFolder(path.parent_path());
    else if (errno != ENOENT)
        fail(errno, "remove", path);
}

} // namespace layerhold::cli
