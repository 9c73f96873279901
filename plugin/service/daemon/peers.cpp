// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/daemon/peers.h"

#include "layerhold/error.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

namespace layerhold::service {

namespace {

// More than any entry of a sane group or user database.
constexpr std::size_t databaseBuffer = 1 << 20;

bool isMember(const Peer& peer, gid_t group)
{
    if (peer.gid == group)
        return true;
    std::vector<char> buffer(databaseBuffer);
    passwd user{};
    passwd* found = nullptr;
    if (::getpwuid_r(peer.uid, &user, buffer.data(), buffer.size(), &found) != 0 || !found)
        return false;
    int count = 64;
    std::vector<gid_t> groups(static_cast<std::size_t>(count));
    if (::getgrouplist(user.pw_name, peer.gid, groups.data(), &count) < 0) {
        groups.resize(static_cast<std::size_t>(count));
        if (::getgrouplist(user.pw_name, peer.gid, groups.data(), &count) < 0)
            return false;
    }
    groups.resize(static_cast<std::size_t>(count));
    return std::find(groups.begin(), groups.end(), group) != groups.end();
}

} // namespace

std::optional<gid_t> findGroup(const std::string& name)
{
    if (name.empty())
        return std::nullopt;
    std::vector<char> buffer(databaseBuffer);
    group entry{};
    group* found = nullptr;
    const int failure = ::getgrnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found);
    if (failure != 0)
        throw systemError(failure, "cannot look up the group '" + name + "'");
    if (!found)
        throw Error(ErrorCode::InvalidArgument, "there is no group '" + name + "'; create it or change the setting");
    return entry.gr_gid;
}

ListenOptions socketFor(const std::string& path, std::optional<gid_t> group)
{
    ListenOptions options;
    options.path = path;
    options.mode = group ? 0660 : 0600;
    options.group = group;
    return options;
}

PeerPredicate peersOf(std::optional<gid_t> group)
{
    return [own = ::geteuid(), group](const Peer& peer) {
        return peer.uid == 0 || peer.uid == own || (group && isMember(peer, *group));
    };
}

void warnIfOpenToAll(const std::string& path, const Log& log)
{
    struct stat found
    {};

    if (::stat(path.c_str(), &found) == 0 && (found.st_mode & S_IWOTH) != 0)
        log(LogLevel::Warning, "everybody may use the socket " + path + "; set SocketMode=0660 in its socket unit");
}

} // namespace layerhold::service
