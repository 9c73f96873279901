// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/client.h"
#include "layerhold/access.h"
#include "layerhold/tags.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace layerhold::service {

class LocalService;

struct SessionOptions
{
    enum class Absent
    {
        Fail,
        Create
    };
    enum class Host
    {
        Any,
        Daemon
    };
    std::string apiSocket;        ///< when not empty: this one and nothing else
    std::filesystem::path root;   ///< else: the cache of this directory, through its owner if it has one
    Absent absent = Absent::Fail; ///< what to do when there is no cache in `root`
    Host host = Host::Any;        ///< Daemon: the cache is not opened in this process
    std::uint64_t eventsKept = 100'000;
    TagOptions tags;
    AccessOptions access;
};

/// A way to the service of one cache, whoever runs it: a client of the daemon that owns the root, or of the service in
/// this process when nobody does. This is the only place that knows the difference.
class Session
{
public:
    /// Errors as api::Client::connect and Cache::open; Locked, naming the pid, when a process owns the root but its API
    /// cannot be used; NotFound when there is no cache and none is to be made; FailedPrecondition when there is no
    /// daemon and it has to be one.
    static Session open(const SessionOptions& options);
    Session(Session&&) noexcept;
    Session& operator=(Session&&) = delete;
    ~Session();

    api::Client& client() { return m_client; }

    /// True when the service runs in this process: nobody else can use the cache while this object lives.
    bool isLocal() const { return m_local != nullptr; }

private:
    Session(std::unique_ptr<LocalService> local, api::Client client);

    std::unique_ptr<LocalService> m_local; ///< before m_client, which uses it
    api::Client m_client;
};

} // namespace layerhold::service
