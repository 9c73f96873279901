// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "layerhold/error.h"
#include "service/daemon/metrics_server.h"

#include "support/expect_error.h"
#include "support/temp_root.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <memory>
#include <stdexcept>
#include <string>

using namespace layerhold;
using namespace layerhold::service;
using layerhold::test::errorOf;

namespace {

/// A client that sends what it is told to.
class Client
{
public:
    explicit Client(unsigned port)
        : m_fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        connect(reinterpret_cast<sockaddr*>(&address), sizeof address);
    }

    explicit Client(const std::filesystem::path& socket)
        : m_fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        socket.string().copy(address.sun_path, sizeof address.sun_path - 1);
        connect(reinterpret_cast<sockaddr*>(&address), sizeof address);
    }

    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    ~Client() { ::close(m_fd); }

    bool send(const std::string& text) const
    {
        return ::send(m_fd, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
    }

    /// Everything until the server closes.
    std::string receive() const
    {
        std::string text;
        char buffer[4096];
        for (;;) {
            const auto count = ::recv(m_fd, buffer, sizeof buffer, 0);
            if (count <= 0)
                return text;
            text.append(buffer, static_cast<std::size_t>(count));
        }
    }

    std::string ask(const std::string& text) const
    {
        send(text);
        return receive();
    }

private:
    void connect(const sockaddr* address, socklen_t length) const
    {
        if (::connect(m_fd, address, length) != 0)
            throw std::runtime_error("cannot connect");
    }

    int m_fd;
};

const std::string good = "GET /metrics HTTP/1.1\r\nHost: localhost:1\r\n\r\n";

MetricsServerOptions anyPort()
{
    MetricsServerOptions options;
    options.address = parseMetricsAddress("127.0.0.1:0");
    return options;
}

std::unique_ptr<MetricsServer> serve(MetricsServerOptions options = anyPort(), std::string page = "x 1\n")
{
    return std::make_unique<MetricsServer>(
        std::move(options), [page] { return page; }, Log());
}

} // namespace

class MetricsServerTest : public QObject
{
    Q_OBJECT

private slots:

    void takesLoopbackAddressesOnly()
    {
        QCOMPARE(parseMetricsAddress("/run/m.sock").socket, std::string("/run/m.sock"));
        QCOMPARE(parseMetricsAddress("127.0.0.1:9464").port, 9464U);
        QCOMPARE(parseMetricsAddress("127.9.9.9:1").host, std::string("127.9.9.9"));
        QCOMPARE(parseMetricsAddress("localhost:1").host, std::string("127.0.0.1"));
        QCOMPARE(parseMetricsAddress("[::1]:9464").host, std::string("::1"));
        for (const char* bad : {"", "9464", ":9464", "0.0.0.0:9464", "192.168.1.1:9464", "[::]:9464", "::1:9464",
                                "example.org:80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:1x",
                                "127.0.0.1:-1", "relative/path", "[127.0.0.1]:1", "[::1]"})
            QVERIFY2(errorOf([&] { parseMetricsAddress(bad); }) == ErrorCode::InvalidArgument, bad);
    }

    void servesThePage()
    {
        const auto server = serve();
        const std::string answer = Client(server->port()).ask(good);
        QVERIFY(answer.starts_with("HTTP/1.1 200 OK\r\n"));
        QVERIFY(answer.find("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n") != std::string::npos);
        QVERIFY(answer.find("Content-Length: 4\r\n") != std::string::npos);
        QVERIFY(answer.ends_with("\r\n\r\nx 1\n"));
        QVERIFY(server->where().starts_with("http://127.0.0.1:"));
        const std::string head = Client(server->port()).ask("HEAD /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        QVERIFY(head.starts_with("HTTP/1.1 200 OK\r\n") && head.ends_with("\r\n\r\n"));
        QVERIFY(Client(server->port()).ask("GET /metrics?x=1 HTTP/1.0\r\n\r\n").starts_with("HTTP/1.1 200"));
    }

    void servesOnAUnixSocket()
    {
        const test::TempRoot root;
        MetricsServerOptions options;
        options.address = parseMetricsAddress(root / "metrics.sock");
        const auto server = serve(std::move(options));
        QVERIFY(Client(root / "metrics.sock").ask("GET /metrics HTTP/1.1\r\nHost: any\r\n\r\n").ends_with("x 1\n"));
        QCOMPARE(server->where(), (root / "metrics.sock").string());
    }

    void refusesOthers()
    {
        const auto server = serve();
        const auto status = [&](const std::string& request) {
            return QByteArray::fromStdString(Client(server->port()).ask(request)).mid(9, 3);
        };
        QCOMPARE(status("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), "404");
        QCOMPARE(status("POST /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"), "405");
        QCOMPARE(status("nonsense\r\n\r\n"), "400");
        QCOMPARE(status("GET /metrics SPDY/3\r\n\r\n"), "400");
        QCOMPARE(status("GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n"), "403");
        QCOMPARE(status("GET /metrics HTTP/1.1\r\nX: " + std::string(20'000, 'x')), "431");
        QCOMPARE(status(good), "200");
    }

    void failuresOfThePageAreAnswered()
    {
        MetricsServer server(
            anyPort(), []() -> std::string { throw Error(ErrorCode::Unavailable, "being rebuilt"); }, Log());
        const std::string answer = Client(server.port()).ask(good);
        QVERIFY(answer.starts_with("HTTP/1.1 503"));
        QVERIFY(answer.find("being rebuilt") != std::string::npos);
    }

    void slowClientsHoldUpNobody()
    {
        const auto server = serve();
        std::vector<std::unique_ptr<Client>> silent;
        for (int i = 0; i < 5; ++i) {
            silent.push_back(std::make_unique<Client>(server->port()));
            silent.back()->send("GET /met");
        }
        QVERIFY(Client(server->port()).ask(good).starts_with("HTTP/1.1 200"));
        silent.front()->send("rics HTTP/1.1\r\n\r\n");
        QVERIFY(silent.front()->receive().starts_with("HTTP/1.1 200")); // a request in pieces is one all the same
    }

    void silentClientsAreEnded()
    {
        MetricsServerOptions options = anyPort();
        options.mostConnections = 2;
        options.patience = std::chrono::milliseconds(50);
        const auto server = serve(std::move(options));
        const Client first(server->port());
        const Client second(server->port());
        QVERIFY(first.receive().empty());
        QVERIFY(second.receive().empty());
        QVERIFY(Client(server->port()).ask(good).starts_with("HTTP/1.1 200"));
    }

    void anotherClientEndsTheOldest()
    {
        MetricsServerOptions options = anyPort();
        options.mostConnections = 2;
        options.patience = std::chrono::hours(1);
        const auto server = serve(std::move(options));
        const Client first(server->port());
        const Client second(server->port());
        QVERIFY(Client(server->port()).ask(good).starts_with("HTTP/1.1 200"));
        QVERIFY(first.receive().empty());
        QVERIFY(second.ask(good).starts_with("HTTP/1.1 200")); // nobody else was ended
    }

    void aReaderThatStopsDoesNoHarm()
    {
        MetricsServerOptions options = anyPort();
        options.patience = std::chrono::seconds(60);
        const auto server = serve(std::move(options), std::string(50'000'000, 'x')); // more than a socket holds
        const Client lazy(server->port());
        lazy.send(good);
        QVERIFY(Client(server->port()).ask("GET / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404"));
        QCOMPARE(lazy.receive().size() > 50'000'000, true);
    }

    void aTakenPortIsTold()
    {
        const auto server = serve();
        MetricsServerOptions options = anyPort();
        options.address.port = server->port();
        QVERIFY(errorOf([&] { serve(options); }) == ErrorCode::Locked);
    }

    void endsAtOnce()
    {
        const auto before = test::openDescriptors();
        {
            const auto server = serve();
            const Client open(server->port());
            open.send("GET");
        }
        QCOMPARE(test::openDescriptors(), before);
    }
};

QTEST_GUILESS_MAIN(MetricsServerTest)
#include "metrics_server_test.moc"
