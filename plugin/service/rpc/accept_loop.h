// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/rpc/unix_listener.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace layerhold::service {

/// A thread that accepts connections and hands their descriptors on.
///
/// It survives running out of descriptors: it waits and tries again, and it never uses up the last ones, because a
/// connection is worth nothing when no blob can be opened for it.
class AcceptLoop
{
public:
    /// Takes ownership of the non-blocking, close-on-exec descriptor. Called on the accepting thread.
    using OnConnection = std::function<void(int descriptor, const Peer& peer)>;
    /// Something worth a log line; on the accepting thread.
    using OnTrouble = std::function<void(const std::string& message)>;

    /// `listener` must outlive the loop. An empty `allow` lets everybody in.
    AcceptLoop(const UnixListener& listener, PeerPredicate allow, OnConnection onConnection, OnTrouble onTrouble);
    AcceptLoop(const AcceptLoop&) = delete;
    AcceptLoop& operator=(const AcceptLoop&) = delete;
    /// Stops and joins; after it no callback runs.
    ~AcceptLoop();

    std::uint64_t accepted() const { return m_accepted; }

    std::uint64_t refused() const { return m_refused; }

    std::uint64_t exhausted() const { return m_exhausted; }

private:
    enum class Step
    {
        More,    ///< try at once again
        Drained, ///< wait for the next connection
        BackOff  ///< out of descriptors or memory: wait a little
    };

    void run();
    Step acceptOne();
    bool admit(int descriptor, Peer& peer);

    const UnixListener& m_listener;
    const PeerPredicate m_allow;
    const OnConnection m_onConnection;
    const OnTrouble m_onTrouble;
    int m_stopEvent = -1;
    std::atomic<std::uint64_t> m_accepted = 0;
    std::atomic<std::uint64_t> m_refused = 0;
    std::atomic<std::uint64_t> m_exhausted = 0;
    std::thread m_thread;
};

/// How many descriptors stay free for files under this limit: a quarter, but 16 to 256.
std::uint64_t descriptorReserve(std::uint64_t limit);

} // namespace layerhold::service
