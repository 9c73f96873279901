// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/rpc/accept_loop.h"

#include "layerhold/error.h"

#include <fmt/format.h>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace layerhold::service {

namespace {

constexpr int BackOffMilliseconds = 100;
/// Room for several read replies, so that a stream is not one wake-up per 200 KiB.
constexpr int SendBufferBytes = 1 << 20;

std::uint64_t descriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 1024;
    return limit.rlim_cur;
}

} // namespace

std::uint64_t descriptorReserve(std::uint64_t limit)
{
    return std::clamp<std::uint64_t>(limit / 4, 16, 256);
}

AcceptLoop::AcceptLoop(const UnixListener& listener, PeerPredicate allow, OnConnection onConnection,
                       OnTrouble onTrouble)
    : m_listener(listener)
    , m_allow(std::move(allow))
    , m_onConnection(std::move(onConnection))
    , m_onTrouble(std::move(onTrouble))
    , m_stopEvent(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (m_stopEvent < 0)
        throw systemError(errno, "cannot make the stop event of an accept loop");
    try {
        m_thread = std::thread([this] { run(); });
    } catch (...) {
        ::close(m_stopEvent);
        throw;
    }
}

AcceptLoop::~AcceptLoop()
{
    ::eventfd_write(m_stopEvent, 1);
    m_thread.join();
    ::close(m_stopEvent);
}

void AcceptLoop::run()
{
    Step step = Step::Drained;
    for (;;) {
        // While backing off only the stop event is watched: the waiting connection would wake us at once.
        std::array<pollfd, 2> watched{pollfd{m_stopEvent, POLLIN, 0}, pollfd{m_listener.descriptor(), POLLIN, 0}};
        const nfds_t count = step == Step::BackOff ? 1 : 2;
        const int timeout = step == Step::BackOff ? BackOffMilliseconds : step == Step::More ? 0 : -1;
        const int ready = ::poll(watched.data(), count, timeout);
        if (ready < 0 && errno != EINTR) {
            step = Step::BackOff;
            continue;
        }
        if (watched[0].revents != 0)
            return;
        step = acceptOne();
    }
}

AcceptLoop::Step AcceptLoop::acceptOne()
{
    const int descriptor = ::accept4(m_listener.descriptor(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor < 0) {
        const int error = errno;
        switch (error) {
        case EAGAIN:
            return Step::Drained;
        case EINTR:
        case ECONNABORTED:
            return Step::More;
        default:
            if (m_exhausted++ == 0)
                m_onTrouble(fmt::format("cannot accept connections on {}: {}; trying again every {} ms",
                                        m_listener.path().native(), std::strerror(error), BackOffMilliseconds));
            return Step::BackOff;
        }
    }
    Peer peer;
    if (!admit(descriptor, peer)) {
        ++m_refused;
        ::close(descriptor);
        return Step::More;
    }
    // Best effort: the system's limit may give less.
    ::setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &SendBufferBytes, sizeof(SendBufferBytes));
    ++m_accepted;
    m_onConnection(descriptor, peer);
    return Step::More;
}

bool AcceptLoop::admit(int descriptor, Peer& peer)
{
    // The kernel gives out the lowest free number, so the number says how many are in use.
    const std::uint64_t limit = descriptorLimit();
    if (static_cast<std::uint64_t>(descriptor) + descriptorReserve(limit) >= limit) {
        m_onTrouble(
            fmt::format("refused a connection on {}: nearly all of {} descriptors are in use; raise LimitNOFILE",
                        m_listener.path().native(), limit));
        return false;
    }
    ucred credentials{};
    socklen_t length = sizeof(credentials);
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) {
        m_onTrouble(fmt::format("refused a connection on {}: cannot read who it is from: {}",
                                m_listener.path().native(), std::strerror(errno)));
        return false;
    }
    peer = Peer{credentials.pid, credentials.uid, credentials.gid};
    if (m_allow && !m_allow(peer)) {
        m_onTrouble(fmt::format("refused a connection on {}: process {} of user {} is not allowed here",
                                m_listener.path().native(), peer.pid, peer.uid));
        return false;
    }
    return true;
}

} // namespace layerhold::service
