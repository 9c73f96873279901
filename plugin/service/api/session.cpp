// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/session.h"

#include "layerhold/cache.h"
#include "service/api/local_service.h"

#include <optional>
#include <system_error>
#include <utility>

namespace layerhold::service {

namespace {

api::Client connectToOwner(const std::filesystem::path& root, const Owner& owner)
{
    const std::string who = root.string() + " is in use by process " + std::to_string(owner.pid);
    if (owner.apiSocket.empty())
        throw Error(ErrorCode::Locked, who + ", which serves no API; wait until it has ended");
    try {
        return api::Client::connect(owner.apiSocket);
    } catch (const Error& error) {
        const ErrorCode code = error.code() == ErrorCode::Denied ? ErrorCode::Denied : ErrorCode::Locked;
        throw Error(code, who + ", but: " + error.what());
    }
}

/// Denied when that cannot be found out.
bool holdsCache(const std::filesystem::path& root)
{
    for (const char* name : {"owner.lock", "index.db", "blobs"}) {
        std::error_code failure;
        if (std::filesystem::exists(root / name, failure))
            return true;
        if (failure)
            throw systemError(failure.value(), "cannot look into the cache directory " + root.string());
    }
    return false;
}

} // namespace

Session::Session(std::unique_ptr<LocalService> local, api::Client client)
    : m_local(std::move(local))
    , m_client(std::move(client))
{}

Session::Session(Session&&) noexcept = default;
Session::~Session() = default;

Session Session::open(const SessionOptions& options)
{
    if (!options.apiSocket.empty())
        return {nullptr, api::Client::connect(options.apiSocket)};
    if (options.host == SessionOptions::Host::Daemon) {
        if (const std::optional<Owner> owner = holdsCache(options.root) ? Cache::owner(options.root) : std::nullopt)
            return {nullptr, connectToOwner(options.root, *owner)};
        throw Error(ErrorCode::FailedPrecondition,
                    "no daemon serves " + options.root.string() +
                        "; start it first, by systemctl start layerhold or layerhold serve, and run this again");
    }
    if (options.absent == SessionOptions::Absent::Fail && !holdsCache(options.root))
        throw Error(ErrorCode::NotFound, "there is no cache in " + options.root.string() +
                                             "; name its directory by --root or its daemon by --api-socket, or make "
                                             "one by layerhold serve");
    if (const std::optional<Owner> owner = Cache::owner(options.root))
        return {nullptr, connectToOwner(options.root, *owner)};
    CacheOptions cacheOptions;
    cacheOptions.root = options.root;
    cacheOptions.eventsKept = options.eventsKept;
    cacheOptions.tags = options.tags;
    cacheOptions.access = options.access;
    auto local = std::make_unique<LocalService>(std::move(cacheOptions));
    api::Client client = local->client();
    return {std::move(local), std::move(client)};
}

} // namespace layerhold::service
