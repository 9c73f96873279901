// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/cache_root.h"

#include "base/text.h"
#include "layerhold/error.h"
#include "store/layout.h"

#include <nlohmann/json.hpp>

#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

namespace layerhold {

namespace {

Owner parseOwner(const std::string& text)
{
    const auto json = nlohmann::json::parse(text, nullptr, false);
    Owner owner;
    if (!json.is_object())
        return owner; // taken this moment: the text is not written yet
    if (const auto pid = json.find("pid"); pid != json.end() && pid->is_number_integer())
        owner.pid = pid->get<std::int64_t>();
    if (const auto socket = json.find("apiSocket"); socket != json.end() && socket->is_string())
        owner.apiSocket = socket->get<std::string>();
    return owner;
}

} // namespace

std::optional<Owner> Cache::owner(const std::filesystem::path& root)
{
    try {
        const auto text = FileLock::holder(Layout(root).ownerLock());
        return text ? std::optional(parseOwner(*text)) : std::nullopt;
    } catch (const Error& error) {
        if (error.code() == ErrorCode::NotFound)
            return std::nullopt;
        throw;
    }
}

void prepareRoot(FileSystem& fileSystem, const std::filesystem::path& root)
{
    const auto path = std::filesystem::absolute(root);
    std::vector<std::filesystem::path> parents; // of what is created, innermost first
    for (auto missing = path; missing.has_relative_path() && !fileSystem.identity(missing);
         missing = missing.parent_path())
        parents.push_back(missing.parent_path());
    fileSystem.createDirectories(root);
    for (const auto& parent : parents)
        fileSystem.syncDirectory(parent); // a name that is lost takes everything below with it
    requireOwnDirectory(root);
    struct statfs status = {};
    if (::statfs(root.c_str(), &status) != 0)
        throw systemError(errno, "cannot look at the file system of " + text::quotedPath(root));
    if (isNetworkFileSystem(static_cast<std::uint64_t>(status.f_type)))
        throw Error(ErrorCode::Unsupported, "the cache root " + text::quotedPath(root) +
                                                " is on a network file system, where neither locks nor flushes can be "
                                                "relied on; choose a root on a local disk");
}

bool isNetworkFileSystem(std::uint64_t type)
{
    // statfs(2)
    constexpr std::array<std::uint64_t, 6> network{0x6969 /* NFS */,      0x517B /* SMB */,     0xFE534D42 /* SMB2 */,
                                                   0xFF534D42 /* CIFS */, 0x5346414F /* AFS */, 0x73757245 /* Coda */};
    return std::find(network.begin(), network.end(), type & 0xFFFFFFFFU) != network.end();
}

void requireOwnDirectory(const std::filesystem::path& directory)
{
    struct stat status = {};
    if (::stat(directory.c_str(), &status) != 0)
        throw systemError(errno, "cannot look at " + text::quotedPath(directory));
    if (status.st_uid != ::geteuid())
        throw Error(ErrorCode::Denied, text::quotedPath(directory) + " belongs to user " +
                                           std::to_string(status.st_uid) + ", not to " + std::to_string(::geteuid()) +
                                           "; run as that user, or choose another root");
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        throw Error(ErrorCode::Denied,
                    text::quotedPath(directory) +
                        " is writable by others, who could exchange what it serves; run chmod 700 on it");
}

FileLock takeOwnership(const std::filesystem::path& root, const std::string& apiSocket)
{
    const auto path = Layout(root).ownerLock();
    auto lock = FileLock::tryAcquire(path);
    if (!lock) {
        const Owner owner = Cache::owner(root).value_or(Owner{});
        const std::string api = owner.apiSocket.empty()
                                    ? std::string("it serves no API socket; stop it first")
                                    : "talk to it at " + text::quotedPath(owner.apiSocket) + ", or stop it first";
        throw Error(ErrorCode::Locked, "the cache root " + text::quotedPath(root) + " is in use by process " +
                                           (owner.pid > 0 ? std::to_string(owner.pid) : "that just started") + "; " +
                                           api);
    }
    lock->setText(nlohmann::json{{"pid", ::getpid()}, {"apiSocket", apiSocket}}.dump());
    return std::move(*lock);
}

} // namespace layerhold
