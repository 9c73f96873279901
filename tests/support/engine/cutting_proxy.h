// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace layerhold::test {

/// One HTTP request as the proxy saw it pass.
struct SeenRequest
{
    QByteArray method;
    QByteArray path;
    QByteArray range; ///< value of the Range header, empty without one
};

/// A TCP proxy on a free port of 127.0.0.1 in front of another port, for plain HTTP/1.1: it counts, slows and cuts what
/// flows to the client. Thread-safe.
class CuttingProxy
{
public:
    explicit CuttingProxy(int targetPort);
    ~CuttingProxy();
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;

    int port() const { return m_port; }

    /// Bytes sent to clients since the last reset.
    qint64 bytesToClient() const { return m_toClient; }

    QList<SeenRequest> requests() const;
    void reset();

    /// After `bytes` more have gone to clients, every connection is closed and new ones are refused until heal().
    void cutAfter(qint64 bytes);

    bool isCut() const { return m_cut; }

    /// At most this many bytes a second on each connection; 0: no limit.
    void throttle(qint64 bytesPerSecond) { m_bytesPerSecond = bytesPerSecond; }

    void heal();

private:
    struct Connection;

    void acceptLoop();
    void pump(const std::shared_ptr<Connection>& connection);
    bool toClient(Connection& connection, const char* data, qsizetype size);
    void note(Connection& connection, const char* data, qsizetype size);
    void closeAll();

    int m_targetPort;
    int m_port = 0;
    int m_listener = -1;
    std::atomic<bool> m_stopping = false;
    std::atomic<bool> m_cut = false;
    std::atomic<qint64> m_toClient = 0;
    std::atomic<qint64> m_cutAt = -1;
    std::atomic<qint64> m_bytesPerSecond = 0;
    mutable std::mutex m_mutex;
    QList<SeenRequest> m_requests;
    std::vector<std::shared_ptr<Connection>> m_connections;
    std::vector<std::thread> m_threads;
    std::thread m_acceptor;
};

} // namespace layerhold::test
