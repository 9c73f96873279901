// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/rpc/unix_listener.h"

#include "layerhold/error.h"

#include <fmt/format.h>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>

namespace layerhold::service {

namespace {

sockaddr_un addressOf(const std::filesystem::path& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (!path.is_absolute())
        throw Error(ErrorCode::InvalidArgument,
                    fmt::format("the socket path \"{}\" is not absolute; give one that begins with /", path.native()));
    if (path.native().size() >= sizeof(address.sun_path))
        throw Error(ErrorCode::InvalidArgument,
                    fmt::format("the socket path {} has {} bytes; the system allows {}; choose a shorter one",
                                path.native(), path.native().size(), sizeof(address.sun_path) - 1));
    std::memcpy(address.sun_path, path.c_str(), path.native().size());
    return address;
}

const sockaddr* generic(const sockaddr_un& address)
{
    return reinterpret_cast<const sockaddr*>(&address);
}

int makeSocket()
{
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        throw systemError(errno, "cannot make a unix socket");
    return descriptor;
}

/// Whether a process answers on the socket file.
bool somebodyListens(const sockaddr_un& address)
{
    const int probe = makeSocket();
    const int result = ::connect(probe, generic(address), sizeof(address));
    const int error = errno;
    ::close(probe);
    if (result == 0 || error == EAGAIN) // EAGAIN: alive, with a full backlog
        return true;
    if (error == ECONNREFUSED || error == ENOENT)
        return false;
    throw systemError(error, fmt::format("cannot find out whether somebody listens on {}", address.sun_path));
}

/// Takes a left-over socket file away, or says why the place is not free.
void makeRoom(const sockaddr_un& address)
{
    struct stat found
    {};

    if (::lstat(address.sun_path, &found) != 0) {
        if (errno == ENOENT)
            return;
        throw systemError(errno, fmt::format("cannot look at {}", address.sun_path));
    }
    if (!S_ISSOCK(found.st_mode))
        throw Error(ErrorCode::AlreadyExists,
                    fmt::format("{} exists and is not a socket; remove it or choose another path", address.sun_path));
    if (somebodyListens(address))
        throw Error(
            ErrorCode::Locked,
            fmt::format("another process listens on {} already; stop it or choose another path", address.sun_path));
    if (::unlink(address.sun_path) != 0 && errno != ENOENT)
        throw systemError(errno, fmt::format("cannot remove the left-over socket {}", address.sun_path));
}

} // namespace

UnixListener::UnixListener(const ListenOptions& options)
    : m_path(options.path)
{
    try {
        if (options.inheritedSocket)
            adopt(*options.inheritedSocket);
        else
            create(options);
    } catch (...) {
        if (m_ownsFile)
            ::unlink(m_path.c_str());
        if (m_descriptor >= 0)
            ::close(m_descriptor);
        throw;
    }
}

UnixListener::~UnixListener()
{
    // The file first: after the close, another process may have replaced what it takes for a left-over.
    struct stat found
    {};

    if (m_ownsFile && ::lstat(m_path.c_str(), &found) == 0 && found.st_dev == m_device && found.st_ino == m_inode)
        ::unlink(m_path.c_str());
    ::close(m_descriptor);
}

void UnixListener::create(const ListenOptions& options)
{
    const sockaddr_un address = addressOf(m_path);
    m_descriptor = makeSocket();
    // A socket file takes its mode from the descriptor: closed to everybody until it is as wanted, without the
    // process-wide umask that other threads rely on.
    if (::fchmod(m_descriptor, 0600) != 0)
        throw systemError(errno, fmt::format("cannot set the mode of the socket for {}", m_path.native()));

    makeRoom(address);
    if (::bind(m_descriptor, generic(address), sizeof(address)) != 0) {
        const int error = errno;
        if (error == ENOENT)
            throw Error(ErrorCode::NotFound,
                        fmt::format("cannot make the socket {}: its directory does not exist; create it first",
                                    m_path.native()));
        throw systemError(error, fmt::format("cannot make the socket {}", m_path.native()));
    }
    m_ownsFile = true;

    struct stat made
    {};

    if (::lstat(m_path.c_str(), &made) != 0)
        throw systemError(errno, fmt::format("cannot look at the new socket {}", m_path.native()));
    m_device = made.st_dev;
    m_inode = made.st_ino;

    constexpr uid_t SameOwner = static_cast<uid_t>(-1);
    if (options.group && ::lchown(m_path.c_str(), SameOwner, *options.group) != 0)
        throw systemError(errno, fmt::format("cannot give the socket {} to group {}", m_path.native(), *options.group));
    if (::chmod(m_path.c_str(), options.mode) != 0)
        throw systemError(errno, fmt::format("cannot set the mode of the socket {}", m_path.native()));
    if (::listen(m_descriptor, SOMAXCONN) != 0)
        throw systemError(errno, fmt::format("cannot listen on {}", m_path.native()));
}

void UnixListener::adopt(int descriptor)
{
    int domain = 0;
    int listening = 0;
    socklen_t length = sizeof(int);
    if (::getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &length) != 0)
        throw systemError(errno,
                          fmt::format("descriptor {} passed for {} is not a socket", descriptor, m_path.native()));
    length = sizeof(int);
    if (::getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length) != 0 || domain != AF_UNIX ||
        listening == 0)
        throw Error(ErrorCode::InvalidArgument,
                    fmt::format("descriptor {} passed for {} is not a listening unix socket; check the socket unit",
                                descriptor, m_path.native()));
    const int flags = ::fcntl(descriptor, F_GETFL);
    if (flags < 0 || ::fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) != 0 ||
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC) != 0)
        throw systemError(errno, fmt::format("cannot prepare the passed socket {}", descriptor));
    m_descriptor = descriptor;
}

} // namespace layerhold::service
