// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <optional>

namespace layerhold::service {

/// The process at the other end of a connection, as the kernel recorded it at connect (SO_PEERCRED).
struct Peer
{
    pid_t pid = 0;
    uid_t uid = 0;
    gid_t gid = 0;
};

using PeerPredicate = std::function<bool(const Peer&)>;

struct ListenOptions
{
    std::filesystem::path path;         ///< absolute; its directory exists
    mode_t mode = 0600;                 ///< of the socket file
    std::optional<gid_t> group;         ///< of the socket file; nullopt: as created
    std::optional<int> inheritedSocket; ///< a listening descriptor from the service manager; `path` is then for
                                        ///< messages only, and mode and group are its maker's business
};

/// A listening unix stream socket and its file. Nobody can connect before the file has its final mode and group.
/// Owns the descriptor; destruction closes it and removes the file if it is still the one made here.
class UnixListener
{
public:
    /// InvalidArgument for a path that is relative or too long for a socket address; NotFound for a missing directory;
    /// AlreadyExists when a file that is no socket is in the way; Locked when somebody listens there already. A socket
    /// file that nobody listens on is replaced.
    explicit UnixListener(const ListenOptions& options);
    UnixListener(const UnixListener&) = delete;
    UnixListener& operator=(const UnixListener&) = delete;
    ~UnixListener();

    /// Non-blocking, close-on-exec.
    int descriptor() const { return m_descriptor; }

    const std::filesystem::path& path() const { return m_path; }

private:
    void create(const ListenOptions& options);
    void adopt(int descriptor);

    std::filesystem::path m_path;
    int m_descriptor = -1;
    dev_t m_device = 0;
    ino_t m_inode = 0;
    bool m_ownsFile = false;
};

} // namespace layerhold::service
