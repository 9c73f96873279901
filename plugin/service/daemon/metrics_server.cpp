// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/daemon/metrics_server.h"

#include "layerhold/error.h"
#include "service/daemon/peers.h"
#include "service/daemon/prometheus_text.h"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

namespace layerhold::service {

namespace {

using std::chrono::steady_clock;

constexpr int backlog = 16;

[[noreturn]] void failAddress(const std::string& text)
{
    throw Error(ErrorCode::InvalidArgument,
                "'" + text +
                    "' is no address for the metrics; take the path of a unix socket, or a loopback address "
                    "and a port, as in 127.0.0.1:9464 or [::1]:9464");
}

bool isLoopback(const std::string& host)
{
    in_addr four{};
    if (::inet_pton(AF_INET, host.c_str(), &four) == 1)
        return (ntohl(four.s_addr) >> 24U) == 127;
    in6_addr six{};
    return ::inet_pton(AF_INET6, host.c_str(), &six) == 1 && std::memcmp(&six, &in6addr_loopback, sizeof six) == 0;
}

/// "host:port" and "[host]:port" without the port; the text itself when there is none.
std::string withoutPort(const std::string& text)
{
    if (text.starts_with('['))
        return text.substr(1, text.find(']') - 1);
    return text.substr(0, text.find(':'));
}

std::string toLower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t\r");
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string response(std::string_view status, std::string_view type, const std::string& body, bool isHead = false)
{
    return fmt::format("HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n{}\r\n{}", status,
                       type, body.size(), status.starts_with("405") ? "Allow: GET, HEAD\r\n" : "", isHead ? "" : body);
}

std::string refusal(std::string_view status, const std::string& sentence)
{
    return response(status, "text/plain; charset=utf-8", sentence + "\n");
}

/// The Host of the request names this machine. A page in somebody's browser that had its name resolve to a loopback
/// address is told apart by it.
bool isForUs(const std::string& request)
{
    std::size_t start = request.find('\n');
    while (start != std::string::npos) {
        const std::size_t end = request.find('\n', ++start);
        const std::string line = request.substr(start, end == std::string::npos ? end : end - start);
        const std::size_t colon = line.find(':');
        if (colon != std::string::npos && toLower(line.substr(0, colon)) == "host") {
            const std::string host = toLower(withoutPort(trimmed(line.substr(colon + 1))));
            return host == "localhost" || isLoopback(host);
        }
        start = end;
    }
    return true; // HTTP/1.0
}

} // namespace

MetricsAddress parseMetricsAddress(const std::string& text)
{
    MetricsAddress address;
    if (text.starts_with('/')) {
        address.socket = text;
        return address;
    }
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos || colon + 1 == text.size())
        failAddress(text);
    address.host = text.substr(0, colon);
    const bool isBracketed = address.host.starts_with('[') && address.host.ends_with(']');
    if (isBracketed)
        address.host = address.host.substr(1, address.host.size() - 2);
    if (isBracketed != (address.host.find(':') != std::string::npos))
        failAddress(text);
    if (address.host == "localhost")
        address.host = "127.0.0.1";
    const char* end = text.data() + text.size();
    const auto [stopped, failure] = std::from_chars(text.data() + colon + 1, end, address.port);
    constexpr unsigned highestPort = 65'535;
    if (failure != std::errc{} || stopped != end || address.port > highestPort || !isLoopback(address.host))
        failAddress(text);
    return address;
}

/// One client, from its request to the end of the answer.
class MetricsServer::Connection
{
public:
    Connection(int fd, steady_clock::time_point deadline)
        : m_fd(fd)
        , m_deadline(deadline)
    {}

    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    ~Connection() { ::close(m_fd); }

    int fd() const { return m_fd; }

    steady_clock::time_point deadline() const { return m_deadline; }

    short events() const { return m_answer.empty() ? POLLIN : POLLOUT; }

    bool isDone() const { return m_isDone; }

    /// Goes on as far as it can without waiting.
    void work(const MetricsServer& server)
    {
        if (m_answer.empty())
            readRequest(server);
        if (!m_answer.empty() && !m_isDone)
            writeAnswer();
    }

private:
    void readRequest(const MetricsServer& server)
    {
        std::array<char, 2048> buffer{};
        for (;;) {
            const auto count = ::recv(m_fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
                return;
            if (count <= 0) {
                m_isDone = true;
                return;
            }
            m_request.append(buffer.data(), static_cast<std::size_t>(count));
            const bool isWhole =
                m_request.find("\r\n\r\n") != std::string::npos || m_request.find("\n\n") != std::string::npos;
            if (!isWhole && m_request.size() < server.m_options.longestRequest)
                continue;
            m_answer = isWhole ? server.answerTo(m_request)
                               : refusal("431 Request Header Fields Too Large", "The request is too long.");
            return;
        }
    }

    void writeAnswer()
    {
        while (m_sent < m_answer.size()) {
            const auto count =
                ::send(m_fd, m_answer.data() + m_sent, m_answer.size() - m_sent, MSG_DONTWAIT | MSG_NOSIGNAL);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
                return;
            if (count <= 0)
                break;
            m_sent += static_cast<std::size_t>(count);
        }
        ::shutdown(m_fd, SHUT_WR);
        m_isDone = true;
    }

    int m_fd;
    steady_clock::time_point m_deadline;
    std::string m_request;
    std::string m_answer;
    std::size_t m_sent = 0;
    bool m_isDone = false;
};

MetricsServer::MetricsServer(MetricsServerOptions options, std::function<std::string()> page, Log log)
    : m_options(std::move(options))
    , m_page(std::move(page))
    , m_log(std::move(log))
{
    if (!m_options.address.socket.empty())
        m_unixListener = std::make_unique<UnixListener>(socketFor(m_options.address.socket, m_options.group));
    else
        listenOnPort();
    m_wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (m_wake < 0) {
        const int reason = errno;
        if (m_portListener >= 0)
            ::close(m_portListener);
        throw systemError(reason, "cannot make an eventfd");
    }
    m_thread = std::jthread([this](std::stop_token stop) { run(stop); });
}

MetricsServer::~MetricsServer()
{
    m_thread.request_stop();
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(m_wake, &one, sizeof one); // cannot fail on an eventfd of ours
    m_thread.join();
    ::close(m_wake);
    if (m_portListener >= 0)
        ::close(m_portListener);
}

std::string MetricsServer::where() const
{
    const MetricsAddress& address = m_options.address;
    if (!address.socket.empty())
        return address.socket;
    const bool isSix = address.host.find(':') != std::string::npos;
    return fmt::format("http://{}:{}/metrics", isSix ? "[" + address.host + "]" : address.host, address.port);
}

void MetricsServer::listenOnPort()
{
    MetricsAddress& address = m_options.address;
    sockaddr_in four{};
    sockaddr_in6 six{};
    const bool isFour = ::inet_pton(AF_INET, address.host.c_str(), &four.sin_addr) == 1;
    four.sin_family = AF_INET;
    four.sin_port = htons(static_cast<std::uint16_t>(address.port));
    six.sin6_family = AF_INET6;
    six.sin6_port = four.sin_port;
    if (!isFour && ::inet_pton(AF_INET6, address.host.c_str(), &six.sin6_addr) != 1)
        failAddress(address.host);
    auto* generic = isFour ? reinterpret_cast<sockaddr*>(&four) : reinterpret_cast<sockaddr*>(&six);
    socklen_t length = isFour ? sizeof four : sizeof six;

    const int fd = ::socket(isFour ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        throw systemError(errno, "cannot make a socket for the metrics");
    const int yes = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (::bind(fd, generic, length) != 0 || ::listen(fd, backlog) != 0 || ::getsockname(fd, generic, &length) != 0) {
        const int reason = errno;
        ::close(fd);
        if (reason == EADDRINUSE)
            throw Error(ErrorCode::Locked, "the port of " + where() + " is taken; stop who has it, or choose another");
        throw systemError(reason, "cannot serve the metrics on " + where());
    }
    address.port = ntohs(isFour ? four.sin_port : six.sin6_port);
    m_portListener = fd;
}

void MetricsServer::run(const std::stop_token& stop)
{
    const int listener = m_unixListener ? m_unixListener->descriptor() : m_portListener;
    std::vector<std::unique_ptr<Connection>> connections;
    while (!stop.stop_requested()) {
        std::vector<pollfd> fds{{m_wake, POLLIN, 0}, {listener, POLLIN, 0}};
        auto next = steady_clock::now() + std::chrono::hours(1);
        for (const auto& connection : connections) {
            fds.push_back({connection->fd(), connection->events(), 0});
            next = std::min(next, connection->deadline());
        }
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - steady_clock::now());
        ::poll(fds.data(), fds.size(), static_cast<int>(std::max<std::int64_t>(wait.count(), 0)));
        for (std::size_t i = 0; i < connections.size(); ++i)
            if (fds[i + 2].revents != 0)
                connections[i]->work(*this);
        const auto now = steady_clock::now();
        std::erase_if(connections, [&](const auto& one) { return one->isDone() || one->deadline() <= now; });
        if (fds[1].revents != 0)
            acceptSome(connections);
    }
}

void MetricsServer::acceptSome(std::vector<std::unique_ptr<Connection>>& connections)
{
    const int listener = m_unixListener ? m_unixListener->descriptor() : m_portListener;
    const int fd = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
        if (connections.size() >= m_options.mostConnections)
            connections.erase(connections.begin()); // or clients that say nothing would keep everybody out
        connections.push_back(std::make_unique<Connection>(fd, steady_clock::now() + m_options.patience));
        return;
    }
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
        std::this_thread::sleep_for(std::chrono::milliseconds(100)); // else this would spin until there is room again
}

std::string MetricsServer::answerTo(const std::string& request) const
{
    const std::string line = request.substr(0, request.find_first_of("\r\n"));
    const std::size_t first = line.find(' ');
    const std::size_t second = first == std::string::npos ? first : line.find(' ', first + 1);
    if (second == std::string::npos || !line.substr(second + 1).starts_with("HTTP/1."))
        return refusal("400 Bad Request", "This is no request of HTTP/1.1.");
    const std::string method = line.substr(0, first);
    const std::string path = line.substr(first + 1, second - first - 1);
    if (!m_unixListener && !isForUs(request))
        return refusal("403 Forbidden", "The Host of the request is not this machine.");
    if (path.substr(0, path.find('?')) != "/metrics")
        return refusal("404 Not Found", "There is /metrics only.");
    if (method != "GET" && method != "HEAD")
        return refusal("405 Method Not Allowed", "The metrics can be read only.");
    try {
        return response("200 OK", prometheusContentType, m_page(), method == "HEAD");
    } catch (const std::exception& error) {
        if (m_log)
            m_log(LogLevel::Warning, std::string("the metrics could not be served: ") + error.what());
        return refusal("503 Service Unavailable", error.what());
    }
}

} // namespace layerhold::service
