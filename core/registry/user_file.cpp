// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/user_file.h"

#include "base/file_system.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "layerhold/error.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <random>
#include <span>
#include <string>

namespace layerhold::registry {

namespace {

using Path = std::filesystem::path;

constexpr std::size_t largestFile = 1'048'576;
constexpr int longestChainOfLinks = 40;

UniqueFd openFollowing(const Path& path)
{
    // O_NONBLOCK keeps a FIFO from blocking the open; it means nothing for regular files.
    for (;;) {
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        if (fd >= 0 || errno != EINTR)
            return UniqueFd(fd);
    }
}

void checkOwner(const Path& path, const struct stat& status, uid_t user)
{
    const std::string name = text::quotedPath(path);
    if (!S_ISREG(status.st_mode))
        throw Error(ErrorCode::Denied, name + " is not a regular file; move it away");
    if (status.st_uid != user && status.st_uid != 0)
        throw Error(ErrorCode::Denied, name + " belongs to user " + std::to_string(status.st_uid) + ", not to user " +
                                           std::to_string(user) + " or root; change its owner or name another file");
    if ((status.st_mode & S_IWOTH) != 0)
        throw Error(ErrorCode::Denied,
                    name + " can be changed by every user of the machine; run chmod o-w on it after a look at it");
}

/// Where a chain of symbolic links ends, whether there is anything or not.
Path endOfLinks(Path path)
{
    for (int links = 0; links < longestChainOfLinks; ++links) {
        std::error_code noLink;
        const Path target = std::filesystem::read_symlink(path, noLink);
        if (noLink)
            return path;
        path = path.parent_path() / target;
    }
    throw Error(ErrorCode::FailedPrecondition,
                text::quotedPath(path) + " is a symbolic link in a circle; make it a file");
}

/// Its name cannot be guessed, so that two logins at once do not write to one file.
Path neighbour(const Path& path)
{
    std::random_device random;
    return path.native() + '.' + std::to_string(random()) + ".tmp";
}

} // namespace

std::optional<UserFile> readUserFile(const Path& path, uid_t user)
{
    const UniqueFd fd = openFollowing(path);
    if (!fd) {
        const int cause = errno;
        if (cause == ENOENT || cause == ENOTDIR)
            return std::nullopt;
        throw systemError(cause, "cannot open " + text::quotedPath(path));
    }
    struct stat status = {};
    if (::fstat(fd.get(), &status) != 0)
        throw systemError(errno, "cannot examine " + text::quotedPath(path));
    checkOwner(path, status, user);

    // One byte more than allowed tells a file that is too large, also when it grows meanwhile.
    std::string content(largestFile + 1, '\0');
    const std::size_t size =
        FileSystem::real().read(fd.get(), 0, std::as_writable_bytes(std::span(content.data(), content.size())));
    content.resize(size);
    UserFile file;
    file.content = Secret(std::move(content));
    if (size > largestFile)
        throw Error(ErrorCode::FailedPrecondition,
                    text::quotedPath(path) + " is larger than 1 MiB, which no such file is; look at what it is");
    if ((status.st_mode & S_IROTH) != 0)
        file.exposure = Exposure::Everybody;
    return file;
}

void replaceUserFile(const Path& path, std::string_view content)
{
    FileSystem& files = FileSystem::real();
    const Path target = endOfLinks(std::filesystem::absolute(path));
    files.createDirectories(target.parent_path());
    const Path fresh = neighbour(target);
    try {
        const UniqueFd fd = files.open(fresh, FileSystem::OpenMode::CreateNew);
        const std::array pieces{std::as_bytes(std::span(content.data(), content.size()))};
        files.write(fd.get(), 0, pieces);
        files.syncData(fd.get());
        files.rename(fresh, target);
        files.syncDirectory(target.parent_path());
    } catch (const Error&) {
        std::error_code ignored; // what matters is the first failure
        std::filesystem::remove(fresh, ignored);
        throw;
    }
}

} // namespace layerhold::registry
