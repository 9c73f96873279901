// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "registry/http_client.h"
#include "registry/retry.h"
#include "registry_fixture.h"

#include <cstring>
#include <latch>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::test;
using namespace std::chrono_literals;

namespace {

const std::string secret = "planted-secret-7f3a";

HttpRequest get(const Url& url)
{
    HttpRequest request(Method::Get, url);
    request.privateHeaders.push_back({"Authorization", Secret("Bearer " + secret)});
    return request;
}

/// A client of that server, which sends one request with a secret.
struct Client
{
    explicit Client(const HttpServer& server)
        : endpoint(endpointAt(server.origin()))
    {
        endpoint.headers.push_back({"X-Gateway", Secret("planted-gateway-key")});
    }

    HttpResponse send(const std::string& path = "x", std::stop_token stop = {})
    {
        if (!client)
            client.emplace(rig.options, endpoint);
        return client->send(get(client->base() / path), stop);
    }

    RegistryRig rig;
    Endpoint endpoint;
    std::optional<HttpClient> client;
};

std::string statusLine(const std::string& rest)
{
    return "HTTP/1.1 200 OK\r\n" + rest;
}

/// What a hostile server does, the code that comes of it, and a word of the message.
struct Hostility
{
    const char* name;
    HttpServer::Handler handler;
    ErrorCode code;
    const char* word;
};

HttpServer::Handler raw(const std::string& bytes)
{
    return [bytes](const HttpRecord&, HttpReply& reply) {
        reply.raw(bytes);
        reply.cut();
    };
}

HttpServer::Handler leadTo(const std::string& location)
{
    return [location](const HttpRecord&, HttpReply& reply) { reply.send(307, {{"Location", location}}); };
}

/// 8 MiB.
HttpServer::Handler flood(const std::string& header)
{
    return [header](const HttpRecord&, HttpReply& reply) {
        reply.raw(statusLine(header + "\r\n"));
        const std::string piece(1U << 16U, 'x');
        for (int i = 0; i < 128; ++i)
            reply.raw(piece);
        reply.cut();
    };
}

std::vector<Hostility> hostilities()
{
    using enum ErrorCode;
    const auto length = [](std::size_t size) { return "Content-Length: " + std::to_string(size) + "\r\n\r\n"; };
    return {
        {"to the metadata of the cloud", leadTo("http://169.254.169.254/latest/meta-data"), FailedPrecondition,
         "169.254.169.254:80"},
        {"to it as a number", leadTo("http://2852039166/latest"), FailedPrecondition, "169.254.169.254:80"},
        {"to it inside IPv6", leadTo("http://[::ffff:169.254.169.254]/"), FailedPrecondition, "internal address"},
        {"to link-local IPv6", leadTo("http://[fe80::1]/"), FailedPrecondition, "internal address"},
        {"to a private address", leadTo("http://10.0.0.1/"), FailedPrecondition, "10.0.0.1:80"},
        {"to unspecified", leadTo("http://0.0.0.0:22/"), FailedPrecondition, "internal address"},
        {"to localhost by name", leadTo("http://localhost:22/"), FailedPrecondition, "internal address"},
        {"to a name that means this machine", leadTo("http://cdn.example.test:81/"), FailedPrecondition,
         "127.0.0.1:81"},
        {"to a file", leadTo("file:///etc/passwd"), FailedPrecondition, "no http or https URL"},
        {"to nonsense", leadTo("http://a b/"), FailedPrecondition, "no http or https URL"},
        {"with userinfo", leadTo("http://planted-user:planted-pass@cdn.example.test/?sig=planted-signature"),
         FailedPrecondition, "a user or password"},
        {"to itself for ever", leadTo("/v2/x?sig=planted-signature"), FailedPrecondition, "more than 10 times"},
        {"giant header", raw(statusLine("X: " + std::string(90'000, 'x') + "\r\n\r\n")), FailedPrecondition,
         "of headers"},
        {"endless headers",
         [](const HttpRecord&, HttpReply& reply) {
             reply.raw(statusLine(""));
             for (int i = 0; i < 10'000; ++i)
                 reply.raw("X-" + std::to_string(i) + ": 12345678901234567890\r\n");
             reply.cut();
         },
         FailedPrecondition, "of headers"},
        {"endless announcements",
         [](const HttpRecord&, HttpReply& reply) {
             for (int i = 0; i < 10'000; ++i)
                 reply.raw("HTTP/1.1 103 Early Hints\r\nX: 1\r\n\r\n");
             reply.cut();
         },
         FailedPrecondition, "of headers"},
        {"giant body", flood("Content-Length: 8388608\r\n"), FailedPrecondition, "larger than 4.0 MiB"},
        {"giant body without length", flood(""), FailedPrecondition, "larger than 4.0 MiB"},
        {"truncated body", raw(statusLine(length(100) + "short")), Unavailable, "connection failed"},
        {"truncated chunks", raw(statusLine("Transfer-Encoding: chunked\r\n\r\n5\r\nab")), Unavailable,
         "connection failed"},
        {"bad chunks", raw(statusLine("Transfer-Encoding: chunked\r\n\r\nzz\r\nab")), Unavailable, "connection failed"},
        {"nothing", raw(""), Unavailable, "connection failed"},
        {"no HTTP", raw("SSH-2.0-OpenSSH_9.2\r\n"), Unavailable, "connection failed"},
        {"two lengths", raw(statusLine("Content-Length: 1\r\nContent-Length: 2\r\n\r\nab")), FailedPrecondition,
         "two lengths"},
        {"content encoding", raw(statusLine("Content-Encoding: gzip\r\n" + length(2) + "ab")), FailedPrecondition,
         "encoded (\"gzip\")"},
        {"transfer encoding", raw(statusLine("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")), FailedPrecondition,
         "transfer encoding"},
    };
}

} // namespace

class HttpClientTest : public QObject
{
    Q_OBJECT

private slots:

    void sendsAndReceives()
    {
        HttpServer server([](const HttpRecord& request, HttpReply& reply) {
            reply.send(201, {{"X-Echo", request.header("accept")}, {"x-echo", "second"}}, request.body);
        });
        Client client(server);
        HttpRequest request(Method::Put, Url::require(server.origin() + "/v2/a?b=c", "url"));
        request.headers.emplace_back("Accept", "text/plain");
        request.body = "the body";
        HttpClient http(client.rig.options, client.endpoint);
        const HttpResponse response = http.send(request, {});
        QCOMPARE(response.status, 201);
        QCOMPARE(response.body, std::string("the body"));
        QVERIFY(response.headersNamed("x-echo") == (std::vector<std::string_view>{"text/plain", "second"}));
        const HttpRecord seen = server.requests().at(0);
        QCOMPARE(seen.method + ' ' + seen.target, std::string("PUT /v2/a?b=c"));
        QCOMPARE(seen.header("accept-encoding"), std::string("identity"));
        QCOMPARE(seen.header("user-agent"), std::string("layerhold"));
        QCOMPARE(seen.header("content-type") + seen.header("expect") + seen.header("cookie"), std::string());
    }

    void pullsTheBodyFromASource()
    {
        HttpServer server([](const HttpRecord&, HttpReply& reply) { reply.send(201); });
        Client client(server);
        HttpClient http(client.rig.options, client.endpoint);
        const std::string body(300'000, 'b');
        HttpRequest request(Method::Patch, http.base() / "up");
        request.sourceSize = body.size();
        request.source = [&](std::uint64_t offset, std::span<std::byte> buffer) {
            const std::size_t size = std::min(buffer.size(), body.size() - offset);
            std::memcpy(buffer.data(), body.data() + offset, size);
            return size;
        };
        QCOMPARE(http.send(request, {}).status, 201);
        request.sourceSize = 0;
        QCOMPARE(http.send(request, {}).status, 201);
        QCOMPARE(server.requests().at(0).method, std::string("PATCH"));
        QVERIFY(server.requests().at(0).body == body && server.requests().at(1).body.empty());
        QCOMPARE(server.requests().at(1).header("content-length"), std::string("0"));
    }

    void keepsConnectionsToItself()
    {
        HttpServer server([](const HttpRecord&, HttpReply& reply) { reply.send(200); });
        Client one(server);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(one.send().status, 200);
        QCOMPARE(server.connections(), 1);
        Client other(server);
        other.send();
        QCOMPARE(server.connections(), 2);
    }

    void followsWithoutSecrets()
    {
        HttpServer other([](const HttpRecord&, HttpReply& reply) { reply.send(200, {}, "there"); });
        HttpServer server([&](const HttpRecord& request, HttpReply& reply) {
            if (request.path() == "/v2/x")
                reply.send(302, {{"Location", "/v2/y"}, {"Set-Cookie", "a=b"}});
            else
                reply.send(307, {{"Location", other.origin() + "/z?X-Amz-Signature=1"}});
        });
        Client client(server);
        const HttpResponse response = client.send();
        QCOMPARE(response.body, std::string("there"));
        QCOMPARE(response.url.origin(), other.origin());
        for (const HttpRecord& request : server.requests()) {
            QCOMPARE(request.header("authorization"), "Bearer " + secret);
            QCOMPARE(request.header("x-gateway"), std::string("planted-gateway-key"));
            QCOMPARE(request.header("cookie"), std::string());
        }
        QCOMPARE(server.requests().size(), 2U);
        const HttpRecord seen = other.requests().at(0); // the same host, another port
        QCOMPARE(seen.target, std::string("/z?X-Amz-Signature=1"));
        QCOMPARE(seen.header("authorization") + seen.header("x-gateway") + seen.header("cookie"), std::string());
    }

    void takesNoSecretUpAgain()
    {
        std::string back;
        HttpServer other([&](const HttpRecord&, HttpReply& reply) {
            reply.send(307, {{"Location", back + "/v2/end"}});
        });
        HttpServer server([&](const HttpRecord& request, HttpReply& reply) {
            if (request.path() == "/v2/end")
                reply.send(200);
            else
                reply.send(307, {{"Location", other.origin() + '/'}});
        });
        back = server.origin();
        Client client(server);
        QCOMPARE(client.send().status, 200);
        QCOMPARE(server.requests().at(1).header("authorization"), std::string());
        QCOMPARE(server.requests().at(1).header("x-gateway"), std::string());
    }

    void leavesRedirectsOfWritesAlone()
    {
        HttpServer server(leadTo("/elsewhere"));
        Client client(server);
        HttpClient http(client.rig.options, client.endpoint);
        QCOMPARE(http.send(HttpRequest(Method::Post, http.base()), {}).status, 307);
        HttpRequest refusing(Method::Get, http.base());
        refusing.redirects = Redirects::Refuse;
        QCOMPARE(http.send(refusing, {}).status, 307);
        QCOMPARE(server.requests().size(), 2U);
    }

    void survivesHostileServers_data()
    {
        QTest::addColumn<int>("index");
        const auto all = hostilities();
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::newRow(all[i].name) << static_cast<int>(i);
    }

    void survivesHostileServers()
    {
        QFETCH(int, index);
        const Hostility hostility = hostilities().at(static_cast<std::size_t>(index));
        HttpServer server(hostility.handler);
        Client client(server);
        client.rig.resolve("cdn.example.test", 81);
        const auto failure = failureOf([&] { client.send(); });
        QVERIFY(failure.has_value());
        const std::string text = failure->what();
        QVERIFY2(failure->code() == hostility.code && contains(text, hostility.word), text.c_str());
        QVERIFY2(!contains(text, "planted"), text.c_str());
        // Nothing but the server itself was ever connected to.
        for (const ConnectionAttempt& attempt : client.rig.attempts)
            QVERIFY2(!attempt.isAdmitted || attempt.address == server.authority(), attempt.address.c_str());
        if (contains(hostility.word, "internal") || contains(hostility.word, ":8"))
            QVERIFY(!client.rig.refused().empty());
    }

    void refusesToGiveUpEncryption()
    {
        HttpServer plain([](const HttpRecord&, HttpReply& reply) { reply.send(200); });
        HttpServer server(leadTo(plain.origin() + "/?sig=planted-signature"), Security::Tls);
        Client client(server);
        client.endpoint.tls.caFiles = {server.certificates().caFile()};
        const auto failure = failureOf([&] { client.send(); });
        QVERIFY(failure && contains(failure->what(), "gives up encryption") && !contains(failure->what(), "planted"));
        QCOMPARE(plain.connections(), 0);
    }

    void verifiesCertificates()
    {
        HttpServer server([](const HttpRecord&, HttpReply& reply) { reply.send(200); }, Security::Tls);
        Client stranger(server);
        const auto failure = failureOf([&] { stranger.send(); });
        QVERIFY(failure && failure->code() == ErrorCode::FailedPrecondition);
        QVERIFY2(contains(failure->what(), "not trusted"), failure->what());
        QVERIFY(server.requests().empty());

        Client trusting(server);
        trusting.endpoint.tls.caFiles = {server.certificates().caFile()};
        trusting.endpoint.tls.clientPairs = {
            {server.certificates().clientCertificate(), server.certificates().clientKey()}};
        QCOMPARE(trusting.send().status, 200);
        QCOMPARE(server.requests().at(0).clientSubject, std::string("the client"));

        Client careless(server);
        careless.endpoint.tls.verification = Verification::Skip;
        QCOMPARE(careless.send().status, 200);
        QCOMPARE(server.requests().at(1).clientSubject, std::string());

        Client wrongName(server);
        wrongName.rig.resolve("registry.other.test", server.port());
        wrongName.endpoint = endpointAt(server.origin("registry.other.test"));
        wrongName.endpoint.tls.caFiles = {server.certificates().caFile()};
        QVERIFY(failureOf([&] { wrongName.send(); })->code() == ErrorCode::FailedPrecondition);

        Client missing(server);
        missing.endpoint.tls.caFiles = {"/nonexistent/ca.pem"};
        QVERIFY(contains(failureOf([&] { missing.send(); })->what(), "/nonexistent/ca.pem"));
    }

    void showsItsCertificateToTheRegistryAlone()
    {
        HttpServer other([](const HttpRecord&, HttpReply& reply) { reply.send(200); }, Security::Tls);
        HttpServer server(leadTo(other.origin() + "/"), Security::Tls);
        Client client(server);
        client.endpoint.tls.caFiles = {server.certificates().caFile(), other.certificates().caFile()};
        client.endpoint.tls.clientPairs = {
            {server.certificates().clientCertificate(), server.certificates().clientKey()}};
        QCOMPARE(client.send().status, 200);
        QCOMPARE(server.requests().at(0).clientSubject, std::string("the client"));
        QCOMPARE(other.requests().at(0).clientSubject, std::string());
    }

    void takesTlsSettingsWithoutTheirFiles()
    {
        HttpServer server([](const HttpRecord&, HttpReply& reply) { reply.send(200); }, Security::Tls);
        HttpServer another([](const HttpRecord&, HttpReply& reply) { reply.send(200); }, Security::Tls);
        TlsSettings settings;
        settings.caFiles = {another.certificates().caFile(), server.certificates().caFile()};
        settings.clientPairs = {{server.certificates().clientCertificate(), server.certificates().clientKey()}};
        Client client(server);
        client.endpoint.tls = readTls(settings);
        QVERIFY(client.endpoint.tls.caFiles.empty() && client.endpoint.tls.clientPairs.empty());
        QCOMPARE(client.send().status, 200);
        QCOMPARE(server.requests().at(0).clientSubject, std::string("the client"));

        Client stranger(server);
        stranger.endpoint.tls.material.authorities = readTls(settings).material.authorities.substr(0, 20);
        QVERIFY(failureOf([&] { stranger.send(); })->code() == ErrorCode::FailedPrecondition);
        settings.caFiles = {"/nonexistent/ca.pem"};
        QVERIFY(contains(failureOf([&] { readTls(settings); })->what(), "/nonexistent/ca.pem"));
    }

    void verifiesOtherHostsAlsoWhenCareless()
    {
        HttpServer other([](const HttpRecord&, HttpReply& reply) { reply.send(200); }, Security::Tls);
        Client client(other);
        HttpServer server(leadTo(other.origin("cdn.example.test") + '/'), Security::Tls);
        client.rig.resolve("registry.example.test", server.port());
        client.rig.resolve("cdn.example.test", other.port());
        client.endpoint = endpointAt(server.origin("registry.example.test"));
        client.endpoint.tls.verification = Verification::Skip;
        client.endpoint.trustedHosts = {"cdn.example.test"};
        const auto failure = failureOf([&] { client.send(); });
        QVERIFY(failure && contains(failure->what(), "not trusted"));
    }

    void endsAtItsDeadlines_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("word");
        QTest::newRow("no answer") << "hang"
                                   << "no answer within 30 s";
        QTest::newRow("slow headers") << "headers"
                                      << "no answer within 30 s";
        QTest::newRow("stalled body") << "body"
                                      << "less than 1 KiB came or went within 30 s";
        QTest::newRow("slow body") << "drip"
                                   << "less than 1 KiB came or went within 30 s";
        QTest::newRow("too long") << "total"
                                  << "not done within 5 s";
    }

    void endsAtItsDeadlines()
    {
        QFETCH(QString, kind);
        QFETCH(QString, word);
        RegistryRig rig;
        HttpServer server([&](const HttpRecord&, HttpReply& reply) {
            const std::string head = statusLine("Content-Length: 1000000\r\n\r\n");
            if (kind == "headers")
                reply.raw("HTTP/1.1 200 OK\r\nX: ");
            else if (kind == "body" || kind == "total" || kind == "drip")
                reply.raw(head + "some");
            // A second passes in each millisecond, until the client has enough.
            while (reply.pause(1ms)) {
                rig.clock.advance(1s);
                if (kind == "drip" || kind == "headers")
                    reply.raw("x");
            }
        });
        HttpClient http(rig.options, endpointAt(server.origin()));
        HttpRequest request(Method::Get, http.base());
        if (kind == "total")
            request.deadlines.total = 5s;
        const auto failure = failureOf([&] { http.send(request, {}); });
        QVERIFY(failure && failure->code() == ErrorCode::Unavailable);
        QVERIFY2(contains(failure->what(), word.toStdString()), failure->what());
    }

    void saysWhenNobodyIsThere()
    {
        RegistryRig rig;
        std::string origin;
        {
            HttpServer gone([](const HttpRecord&, HttpReply&) {});
            origin = gone.origin();
        }
        HttpClient http(rig.options, endpointAt(origin));
        const auto failure = failureOf([&] { http.send(HttpRequest(Method::Get, http.base()), {}); });
        QVERIFY(failure && failure->code() == ErrorCode::Unavailable);
        QVERIFY2(std::string(failure->what()).starts_with(origin + "/v2: the connection failed"), failure->what());
    }

    void stopsAtOnce()
    {
        std::latch isAsked(1);
        HttpServer server([&](const HttpRecord&, HttpReply& reply) {
            isAsked.count_down();
            reply.hang();
        });
        Client client(server);
        std::stop_source stop;
        std::jthread stopper([&] {
            isAsked.wait();
            stop.request_stop();
        });
        QVERIFY_THROWS_EXCEPTION(Cancelled, client.send("x", stop.get_token()));
    }

    void passesOnWhatTheSinkThrows()
    {
        HttpServer server([](const HttpRecord&, HttpReply& reply) { reply.send(200, {}, "body"); });
        Client client(server);
        HttpClient http(client.rig.options, client.endpoint);
        HttpRequest request(Method::Get, http.base());
        request.chooseSink = [](const HttpResponse&) -> BodySink {
            return [](std::span<const std::byte>) { throw std::logic_error("full"); };
        };
        QVERIFY_THROWS_EXCEPTION(std::logic_error, http.send(request, {}));
    }

    void refusesBadInput()
    {
        RegistryRig rig;
        Endpoint endpoint;
        for (const char* const url : {"", "registry", "ftp://a/", "https://u:planted@a/"}) {
            endpoint.url = url;
            const auto failure = failureOf([&] { HttpClient client(rig.options, endpoint); });
            QVERIFY2(failure && failure->code() == ErrorCode::InvalidArgument, url);
            QVERIFY(!contains(failure->what(), "planted"));
        }
        endpoint = endpointAt("http://127.0.0.1:1");
        HttpClient http(rig.options, endpoint);
        HttpRequest request(Method::Get, http.base());
        request.privateHeaders.push_back({"Authorization", Secret(std::string("planted\r\nX: y"))});
        const auto failure = failureOf([&] { http.send(request, {}); });
        QVERIFY(failure && failure->code() == ErrorCode::InvalidArgument && !contains(failure->what(), "planted"));
        QVERIFY(rig.attempts.empty());
    }

    void asksTheProxy()
    {
        HttpServer proxy([](const HttpRecord&, HttpReply& reply) { reply.send(200, {}, "by proxy"); });
        RegistryRig rig;
        rig.options.proxies.http = Secret("http://planted-user:planted-pass@" + proxy.authority());
        HttpClient http(rig.options, endpointAt("http://registry.example.org"));
        QCOMPARE(http.send(HttpRequest(Method::Get, http.base()), {}).body, std::string("by proxy"));
        QCOMPARE(proxy.requests().at(0).target, std::string("http://registry.example.org/v2"));
        QVERIFY(!proxy.requests().at(0).header("proxy-authorization").empty());
        HttpRequest internal(Method::Get, Url::require("http://169.254.169.254/", "url"));
        QVERIFY(contains(failureOf([&] { http.send(internal, {}); })->what(), "refused to ask the proxy"));
        QCOMPARE(proxy.requests().size(), 1U);
    }

    void triesAgainWhatMayPass()
    {
        RegistryRig rig;
        int attempts = 0;
        const auto send = [&](std::vector<int> statuses, const char* wish = nullptr, bool isRepeatable = true) {
            attempts = 0;
            rig.waits.clear();
            const auto attempt = [&] {
                const int status = statuses.at(static_cast<std::size_t>(attempts++));
                if (status == 0)
                    throw Error(ErrorCode::Unavailable, "cut");
                if (status == 1)
                    throw PersistentFailure(ErrorCode::Unavailable, "slow");
                HttpResponse response(Url::require("http://a/", "url"));
                response.status = status;
                if (wish)
                    response.headers.emplace_back("retry-after", wish);
                return response;
            };
            return tryThreeTimes(rig.options, attempt, [&] { return isRepeatable; }, {}).status;
        };
        using Waits = std::vector<std::chrono::milliseconds>;
        QCOMPARE(send({503, 0, 200}), 200);
        QVERIFY(rig.waits == (Waits{500ms, 1000ms}));
        QCOMPARE(send({502, 504, 500}), 500);
        QCOMPARE(attempts, 3);
        QCOMPARE(send({429, 200}, "7"), 200);
        QVERIFY(rig.waits == (Waits{7s}));
        QCOMPARE(send({429, 200}, "Tue, 14 Nov 2023 22:13:29 GMT"), 200); // the clock says :20
        QVERIFY(rig.waits == (Waits{9s}));
        QCOMPARE(send({429}, "3600"), 429);
        QCOMPARE(send({503, 200}, "nonsense"), 200);
        QVERIFY(rig.waits == (Waits{500ms}));
        for (const int status : {200, 307, 400, 401, 403, 404, 408, 416, 501}) {
            QCOMPARE(send({status}), status);
            QCOMPARE(attempts, 1);
        }
        QCOMPARE(send({503}, nullptr, false), 503);
        QVERIFY_THROWS_EXCEPTION(Error, send({0}, nullptr, false));
        QVERIFY_THROWS_EXCEPTION(Error, send({0, 0, 0}));
        QCOMPARE(attempts, 3);
        QVERIFY_THROWS_EXCEPTION(PersistentFailure, send({1, 200}));
        std::stop_source stopped;
        stopped.request_stop();
        rig.options.wait = {};
        QVERIFY_THROWS_EXCEPTION(Cancelled, waitFor(rig.options, 1h, stopped.get_token()));
    }
};

QTEST_GUILESS_MAIN(HttpClientTest)
#include "http_client_test.moc"
