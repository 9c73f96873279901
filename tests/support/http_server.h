// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/test_certificates.h"

#include <chrono>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace layerhold::test {

/// A request as it came.
struct HttpRecord
{
    std::string method;
    std::string target;                         ///< "/v2/?a=b"
    std::map<std::string, std::string> headers; ///< names are lower-case; of several the last
    std::string body;
    int connection = 0;        ///< counted from 1
    std::string clientSubject; ///< of the certificate that the client showed: "the client"

    /// Without the query.
    std::string path() const { return target.substr(0, target.find('?')); }

    std::string header(const std::string& name) const
    {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// What a handler answers with: nicely, or in any way that a bad server may.
class HttpReply
{
public:
    virtual ~HttpReply() = default;
    /// With a Content-Length, and without the body after HEAD.
    virtual void send(int status, const HttpHeaders& headers = {}, std::string_view body = {}) = 0;
    virtual void raw(std::string_view bytes) = 0;
    /// False when the peer has gone, or the test is over.
    virtual bool pause(std::chrono::milliseconds time) = 0;
    /// Ends the connection after what was sent.
    virtual void cut() = 0;
    /// Says nothing until HttpServer::release or the end.
    virtual void hang() = 0;
};

enum class Security
{
    Plain,
    Tls, ///< with TestCertificates; a client may show a certificate
};

/// HTTP/1.1 on a free port of 127.0.0.1, a thread for each connection. The handler is called on those threads, for as
/// many requests on one connection as the client sends.
class HttpServer
{
public:
    using Handler = std::function<void(const HttpRecord& request, HttpReply& reply)>;

    explicit HttpServer(Handler handler, Security security = Security::Plain);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    int port() const { return m_port; }

    /// "http://127.0.0.1:port".
    std::string origin(const std::string& host = "127.0.0.1") const;
    /// "127.0.0.1:port".
    std::string authority(const std::string& host = "127.0.0.1") const;

    const TestCertificates& certificates() const { return *m_certificates; }

    /// All so far.
    std::vector<HttpRecord> requests() const;
    /// Of that method, with a target that begins so.
    std::size_t count(const std::string& method, const std::string& prefix) const;
    int connections() const;

    /// Ends every hang.
    void release();

private:
    class Connection;
    struct Tls;

    void accept(const std::stop_token& stop);
    void record(const HttpRecord& request);
    bool waitForRelease(const std::stop_token& stop, std::chrono::milliseconds limit);

    const Handler m_handler;
    std::unique_ptr<TestCertificates> m_certificates;
    std::unique_ptr<Tls> m_tls;
    int m_listener = -1;
    int m_port = 0;
    mutable std::mutex m_mutex;
    std::vector<HttpRecord> m_requests;
    int m_connections = 0;
    std::stop_source m_release;
    std::list<std::unique_ptr<Connection>> m_open;
    std::jthread m_acceptor;
};

} // namespace layerhold::test
