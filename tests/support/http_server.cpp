// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <stdexcept>

namespace layerhold::test {

struct HttpServer::Tls
{
    explicit Tls(const TestCertificates& certificates)
        : context(SSL_CTX_new(TLS_server_method()))
    {
        if (!context || SSL_CTX_use_certificate_file(context, certificates.serverCertificate().c_str(), 1) != 1 ||
            SSL_CTX_use_PrivateKey_file(context, certificates.serverKey().c_str(), SSL_FILETYPE_PEM) != 1 ||
            SSL_CTX_load_verify_locations(context, certificates.caFile().c_str(), nullptr) != 1)
            throw std::runtime_error("cannot use the test certificates");
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr); // a client without one is welcome too
        constexpr std::array<unsigned char, 4> name{'t', 'e', 's', 't'};
        SSL_CTX_set_session_id_context(context, name.data(), name.size());
    }

    ~Tls() { SSL_CTX_free(context); }

    Tls(const Tls&) = delete;
    Tls& operator=(const Tls&) = delete;

    SSL_CTX* context;
};

/// One connection and its thread.
class HttpServer::Connection final : public HttpReply
{
public:
    Connection(HttpServer& server, int fd, int number)
        : m_server(server)
        , m_fd(fd)
        , m_number(number)
        , m_thread([this](const std::stop_token& stop) { run(stop); })
    {}

    ~Connection() override
    {
        m_thread.request_stop();
        ::shutdown(m_fd, SHUT_RDWR);
        m_thread.join();
        ::close(m_fd);
    }

    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void send(int status, const HttpHeaders& headers, std::string_view body) override
    {
        std::string head = "HTTP/1.1 " + std::to_string(status) + " Status\r\n";
        bool statesLength = false;
        for (const auto& [name, value] : headers) {
            head.append(name).append(": ").append(value).append("\r\n");
            statesLength = statesLength || name == "Content-Length";
        }
        if (!statesLength && status != 204)
            head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
        head += "\r\n";
        raw(m_isHead ? head : head + std::string(body));
    }

    void raw(std::string_view bytes) override
    {
        while (!bytes.empty() && !m_isCut) {
            const auto sent = m_ssl ? SSL_write(m_ssl, bytes.data(), static_cast<int>(bytes.size()))
                                    : ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                m_isCut = true;
                return;
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    bool pause(std::chrono::milliseconds time) override
    {
        if (m_isCut || m_server.waitForRelease(m_thread.get_stop_token(), time))
            return false;
        pollfd state{m_fd, POLLRDHUP, 0};
        return ::poll(&state, 1, 0) == 0;
    }

    void cut() override
    {
        m_isCut = true;
        ::shutdown(m_fd, SHUT_RDWR);
    }

    void hang() override { m_server.waitForRelease(m_thread.get_stop_token(), std::chrono::minutes(5)); }

private:
    void run(const std::stop_token& stop)
    {
        if (m_server.m_tls) {
            m_ssl = SSL_new(m_server.m_tls->context);
            SSL_set_fd(m_ssl, m_fd);
            if (SSL_accept(m_ssl) != 1)
                m_isCut = true;
        }
        while (!stop.stop_requested() && !m_isCut) {
            const auto request = readRequest();
            if (!request)
                break;
            m_isHead = request->method == "HEAD";
            m_server.record(*request);
            m_server.m_handler(*request, *this);
        }
        ::shutdown(m_fd, SHUT_RDWR);
        SSL_free(m_ssl);
        m_ssl = nullptr;
    }

    /// False at the end.
    bool fill()
    {
        std::array<char, 65536> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): filled below
        const auto got =
            m_ssl ? SSL_read(m_ssl, buffer.data(), buffer.size()) : ::recv(m_fd, buffer.data(), buffer.size(), 0);
        if (got <= 0)
            return false;
        m_input.append(buffer.data(), static_cast<std::size_t>(got));
        return true;
    }

    std::optional<std::string> readLine()
    {
        for (;;) {
            const std::size_t end = m_input.find("\r\n");
            if (end != std::string::npos) {
                std::string line = m_input.substr(0, end);
                m_input.erase(0, end + 2);
                return line;
            }
            if (!fill())
                return std::nullopt;
        }
    }

    std::optional<HttpRecord> readRequest()
    {
        const auto first = readLine();
        if (!first)
            return std::nullopt;
        HttpRecord request;
        request.connection = m_number;
        request.clientSubject = subject();
        const std::size_t space = first->find(' ');
        request.method = first->substr(0, space);
        request.target = first->substr(space + 1, first->rfind(' ') - space - 1);
        for (auto line = readLine(); line && !line->empty(); line = readLine()) {
            const std::size_t colon = line->find(':');
            std::string name = line->substr(0, colon);
            std::transform(name.begin(), name.end(), name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            const std::size_t start = line->find_first_not_of(' ', colon + 1);
            request.headers[name] = start == std::string::npos ? "" : line->substr(start);
        }
        const std::size_t size = std::strtoull(request.header("content-length").c_str(), nullptr, 10);
        while (m_input.size() < size)
            if (!fill())
                return std::nullopt;
        request.body = m_input.substr(0, size);
        m_input.erase(0, size);
        return request;
    }

    std::string subject() const
    {
        const X509* const certificate = m_ssl ? SSL_get0_peer_certificate(m_ssl) : nullptr;
        if (!certificate)
            return {};
        std::array<char, 100> name{};
        X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name.data(), name.size());
        return name.data();
    }

    HttpServer& m_server;
    const int m_fd;
    const int m_number;
    SSL* m_ssl = nullptr;
    std::string m_input;
    bool m_isHead = false;
    bool m_isCut = false;
    std::jthread m_thread; // last: it uses the others
};

HttpServer::HttpServer(Handler handler, Security security)
    : m_handler(std::move(handler))
{
    std::signal(SIGPIPE, SIG_IGN); // SSL_write has no flag for it
    if (security == Security::Tls) {
        m_certificates = std::make_unique<TestCertificates>();
        m_tls = std::make_unique<Tls>(*m_certificates);
    }
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (m_listener < 0 || ::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 64) != 0 ||
        ::getsockname(m_listener, generic, &size) != 0)
        throw std::runtime_error("cannot listen on 127.0.0.1");
    m_port = ntohs(address.sin_port);
    m_acceptor = std::jthread([this](const std::stop_token& stop) { accept(stop); });
}

HttpServer::~HttpServer()
{
    m_acceptor.request_stop();
    ::shutdown(m_listener, SHUT_RDWR); // wakes accept
    m_acceptor.join();
    release();
    m_open.clear();
    ::close(m_listener);
}

void HttpServer::accept(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        const int fd = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0)
            continue;
        const int one = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        int number = 0;
        {
            const std::lock_guard lock(m_mutex);
            number = ++m_connections;
        }
        m_open.push_back(std::make_unique<Connection>(*this, fd, number));
    }
}

void HttpServer::record(const HttpRecord& request)
{
    const std::lock_guard lock(m_mutex);
    m_requests.push_back(request);
}

/// True when it is released, or the connection ends.
bool HttpServer::waitForRelease(const std::stop_token& stop, std::chrono::milliseconds limit)
{
    std::mutex mutex;
    std::condition_variable_any changed;
    const std::stop_token released = m_release.get_token();
    const std::stop_callback wake(released, [&] {
        const std::lock_guard woken(mutex);
        changed.notify_all();
    });
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, stop, limit, [&] { return released.stop_requested(); }) || stop.stop_requested();
}

std::string HttpServer::authority(const std::string& host) const
{
    return host + ':' + std::to_string(m_port);
}

std::string HttpServer::origin(const std::string& host) const
{
    return (m_tls ? "https://" : "http://") + authority(host);
}

std::vector<HttpRecord> HttpServer::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

std::size_t HttpServer::count(const std::string& method, const std::string& prefix) const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<std::size_t>(std::count_if(m_requests.begin(), m_requests.end(), [&](const HttpRecord& request) {
        return request.method == method && request.target.starts_with(prefix);
    }));
}

int HttpServer::connections() const
{
    const std::lock_guard lock(m_mutex);
    return m_connections;
}

void HttpServer::release()
{
    m_release.request_stop();
}

} // namespace layerhold::test
