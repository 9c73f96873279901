// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/engine/cutting_proxy.h"

#include "support/engine/sockets.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>

namespace layerhold::test {

struct CuttingProxy::Connection
{
    int client = -1;
    int server = -1;
    QByteArray head; ///< request bytes of which the end of the header has not been seen

    Connection(int clientFd, int serverFd)
        : client(clientFd)
        , server(serverFd)
    {}

    ~Connection()
    {
        ::close(client);
        ::close(server);
    }

    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void shutDown() const
    {
        ::shutdown(client, SHUT_RDWR);
        ::shutdown(server, SHUT_RDWR);
    }
};

namespace {

bool sendAll(int fd, const char* data, qsizetype size)
{
    while (size > 0) {
        const ssize_t sent = ::send(fd, data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        data += sent;
        size -= sent;
    }
    return true;
}

} // namespace

CuttingProxy::CuttingProxy(int targetPort)
    : m_targetPort(targetPort)
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (::bind(m_listener, reinterpret_cast<sockaddr*>(&address), length) == 0 && ::listen(m_listener, 64) == 0 &&
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &length) == 0)
        m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { acceptLoop(); });
}

CuttingProxy::~CuttingProxy()
{
    m_stopping = true;
    ::shutdown(m_listener, SHUT_RDWR);
    m_acceptor.join();
    closeAll();
    for (std::thread& thread : m_threads)
        thread.join();
    ::close(m_listener);
}

QList<SeenRequest> CuttingProxy::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void CuttingProxy::reset()
{
    const std::lock_guard lock(m_mutex);
    m_requests.clear();
    m_toClient = 0;
}

void CuttingProxy::cutAfter(qint64 bytes)
{
    m_cutAt = m_toClient + bytes;
}

void CuttingProxy::heal()
{
    m_cutAt = -1;
    m_bytesPerSecond = 0;
    m_cut = false;
}

void CuttingProxy::acceptLoop()
{
    while (!m_stopping) {
        const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0)
            continue;
        const int server = m_cut || m_stopping ? -1 : connectToPort(m_targetPort);
        if (server < 0) {
            ::close(client);
            continue;
        }
        auto connection = std::make_shared<Connection>(client, server);
        const std::lock_guard lock(m_mutex);
        m_connections.push_back(connection);
        m_threads.emplace_back([this, connection] { pump(connection); });
    }
}

void CuttingProxy::pump(const std::shared_ptr<Connection>& connection)
{
    std::array<char, 65536> buffer;
    std::array<pollfd, 2> fds{pollfd{connection->client, POLLIN, 0}, pollfd{connection->server, POLLIN, 0}};
    while (!m_stopping && ::poll(fds.data(), fds.size(), 1000) >= 0) {
        if (fds[0].revents != 0) {
            const ssize_t size = ::recv(connection->client, buffer.data(), buffer.size(), 0);
            if (size <= 0)
                break;
            note(*connection, buffer.data(), size);
            if (!sendAll(connection->server, buffer.data(), size))
                break;
        }
        if (fds[1].revents != 0) {
            const ssize_t size = ::recv(connection->server, buffer.data(), buffer.size(), 0);
            if (size <= 0 || !toClient(*connection, buffer.data(), size))
                break;
        }
    }
    connection->shutDown();
}

bool CuttingProxy::toClient(Connection& connection, const char* data, qsizetype size)
{
    if (m_cut)
        return false;
    if (const qint64 rate = m_bytesPerSecond; rate > 0)
        std::this_thread::sleep_for(std::chrono::microseconds(size * 1'000'000 / rate));
    if (const qint64 cutAt = m_cutAt; cutAt >= 0 && m_toClient + size >= cutAt) {
        m_cut = true;
        closeAll();
        return false;
    }
    m_toClient += size;
    return sendAll(connection.client, data, size);
}

void CuttingProxy::note(Connection& connection, const char* data, qsizetype size)
{
    connection.head.append(data, size);
    // Downloads have no request bodies, so a head follows a head; uploads are not looked into.
    for (qsizetype end = connection.head.indexOf("\r\n\r\n"); end >= 0; end = connection.head.indexOf("\r\n\r\n")) {
        const QList<QByteArray> lines = connection.head.left(end).split('\n');
        connection.head.remove(0, end + 4);
        const QList<QByteArray> words = lines.first().trimmed().split(' ');
        if (words.size() < 2)
            continue;
        SeenRequest request{words[0], words[1], {}};
        for (const QByteArray& line : lines)
            if (line.toLower().startsWith("range:"))
                request.range = line.mid(6).trimmed();
        const std::lock_guard lock(m_mutex);
        m_requests.append(request);
    }
}

void CuttingProxy::closeAll()
{
    const std::lock_guard lock(m_mutex);
    for (const auto& connection : m_connections)
        connection->shutDown();
    m_connections.clear();
}

} // namespace layerhold::test
