// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hostile/hostility.h"
#include "layerhold/registry/registry_client.h"
#include "registry_fixture.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace layerhold::test::hostile {

/// A port where connections are made, and nobody ever reads.
class MuteServer
{
public:
    MuteServer();
    ~MuteServer();
    MuteServer(const MuteServer&) = delete;
    MuteServer& operator=(const MuteServer&) = delete;

    int port() const { return m_port; }

private:
    int m_listener = -1;
    int m_port = 0;
};

/// A registry that is hostile, its token service, a storage, and a host that must never be connected to; each on a port
/// of this machine.
class Stage
{
public:
    Stage(const Hostility& hostility, Who who);

    /// Has the client do it, and says all that is wrong with how it went; empty when nothing is.
    std::string play(Operation operation);

    /// A text of an act, with what its words stand for.
    std::string expand(std::string text) const;

    /// To all servers but the one that must not be reached.
    int requests() const { return m_requests; }

private:
    void act(const Act& act, const HttpRecord& request, HttpReply& reply) const;
    void guard(const HttpRecord& request, HttpReply& reply) const;
    std::string awaited() const;
    void run(Operation operation);

    void complain(const std::string& about);
    void judgeOutcome(const std::optional<Error>& failure, std::chrono::milliseconds time);
    void judgeConnections();
    void judgeRequests(const char* name, const HttpServer& server, const std::vector<std::string>& allowed);

    const Hostility& m_hostility;
    const Who m_who;
    mutable std::atomic<int> m_requests{0};
    RegistryRig m_rig;
    MuteServer m_mute;
    HttpServer m_evil;
    HttpServer m_storage;
    HttpServer m_tokens;
    HttpServer m_registry;
    std::string m_url; ///< of the registry
    std::unique_ptr<registry::RegistryClient> m_client;
    std::string m_complaints;
};

} // namespace layerhold::test::hostile
