// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "registry/authorizer.h"
#include "registry/token_service.h"
#include "registry_fixture.h"

#include <future>
#include <latch>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::test;
using namespace std::chrono_literals;

namespace {

const std::string password = "planted-password-7f3a";
const std::string basic = "Basic dXNlcjpwbGFudGVkLXBhc3N3b3JkLTdmM2E="; // of user and password

/// A registry with a token service on another port of the same host.
struct Scene
{
    explicit Scene(HttpServer::Handler registryHandler, HttpServer::Handler tokenHandler)
        : tokens(std::move(tokenHandler))
        , registry(std::move(registryHandler))
        , http(rig.options, endpointAt(registry.origin()))
        , cache(rig.clock)
    {}

    HttpResponse send(const Credential& credential, const ScopeSet& scopes = ScopeSet::repository("a", {"pull"}))
    {
        Authorizer authorizer(rig.options, http, cache, credential, identityNamed("rig"));
        return authorizer.send(HttpRequest(Method::Get, http.base() / "a/x"), scopes, {}, [] { return true; });
    }

    RegistryRig rig;
    HttpServer tokens;
    HttpServer registry;
    HttpClient http;
    TokenCache cache;
};

void giveToken(const HttpRecord&, HttpReply& reply)
{
    reply.send(200, {}, R"({"token":"planted-token-51bc","expires_in":300})");
}

/// Lets bearers of the token in, and sends others to the service.
HttpServer::Handler guarded(const HttpServer*& tokens, const std::string& token = "planted-token-51bc",
                            const std::string& more = {})
{
    return [&tokens, token, more](const HttpRecord& request, HttpReply& reply) {
        if (request.header("authorization") == "Bearer " + token)
            reply.send(200, {}, "content");
        else
            reply.send(401,
                       {{"WWW-Authenticate", "Bearer realm=\"" + tokens->origin() +
                                                 "/token?x=1\",service=\"reg\",scope=\"repository:a:pull\"" + more}});
    };
}

Token tokenFrom(const std::string& answer, RegistryRig& rig, const Credential& credential = {}, int status = 200)
{
    HttpServer server([&](const HttpRecord&, HttpReply& reply) { reply.send(status, {{"Retry-After", "1"}}, answer); });
    HttpClient http(rig.options, endpointAt(server.origin()));
    const Url realm = Url::require(server.origin() + "/token", "realm");
    return fetchToken(http, rig.options, {realm, "s", ScopeSet::repository("a", {"pull"}), credential}, {});
}

std::chrono::seconds lifeOf(const std::string& member)
{
    RegistryRig rig;
    const Token token = tokenFrom(R"({"access_token":"t")" + member + '}', rig);
    return std::chrono::duration_cast<std::chrono::seconds>(token.renewAt - rig.clock.steadyNow());
}

} // namespace

class TokenSourceTest : public QObject
{
    Q_OBJECT

private slots:

    void getsATokenWithAPassword()
    {
        const HttpServer* tokens = nullptr;
        Scene scene(guarded(tokens), giveToken);
        tokens = &scene.tokens;
        QCOMPARE(scene.send(passwordOf("user", password)).body, std::string("content"));
        const HttpRecord asked = scene.tokens.requests().at(0);
        QCOMPARE(
            asked.method + ' ' + asked.target,
            std::string("GET /token?x=1&service=reg&scope=repository%3Aa%3Apull&account=user&client_id=layerhold"));
        QCOMPARE(asked.header("authorization"), basic);
        QCOMPARE(scene.registry.requests().at(0).header("authorization"), std::string());
        // The next request of anybody with this credential brings the token along.
        QCOMPARE(scene.send(passwordOf("user", password)).status, 200);
        QCOMPARE(scene.tokens.requests().size(), 1U);
    }

    void getsATokenForNobody()
    {
        const HttpServer* tokens = nullptr;
        Scene scene(guarded(tokens), giveToken);
        tokens = &scene.tokens;
        QCOMPARE(scene.send({}).status, 200);
        QCOMPARE(scene.tokens.requests().at(0).header("authorization"), std::string());
        QVERIFY(!contains(scene.tokens.requests().at(0).target, "account"));
    }

    void getsATokenWithAnIdentityToken()
    {
        const HttpServer* tokens = nullptr;
        bool knowsPost = true;
        Scene scene(guarded(tokens), [&](const HttpRecord& request, HttpReply& reply) {
            if (request.method == "POST" && !knowsPost)
                reply.send(404);
            else
                giveToken(request, reply);
        });
        tokens = &scene.tokens;
        const Credential credential = secretOf(CredentialKind::IdentityToken, "planted refresh&token");
        QCOMPARE(scene.send(credential).status, 200);
        const HttpRecord post = scene.tokens.requests().at(0);
        QCOMPARE(post.body, std::string("grant_type=refresh_token&refresh_token=planted%20refresh%26token&service=reg&"
                                        "client_id=layerhold&scope=repository%3Aa%3Apull"));
        QCOMPARE(post.header("content-type"), std::string("application/x-www-form-urlencoded"));
        QCOMPARE(post.header("authorization"), std::string());

        knowsPost = false;
        scene.rig.clock.advance(1h);
        QCOMPARE(scene.send(credential).status, 200);
        QCOMPARE(scene.tokens.requests().at(2).method, std::string("GET"));
        QVERIFY(scene.tokens.requests().at(2).header("authorization").starts_with("Basic "));
    }

    void sendsARegistryTokenAsItIs()
    {
        const HttpServer* tokens = nullptr;
        Scene scene(guarded(tokens, "planted-registry-token"), giveToken);
        tokens = &scene.tokens;
        QCOMPARE(scene.send(secretOf(CredentialKind::RegistryToken, "planted-registry-token")).status, 200);
        QCOMPARE(scene.send(secretOf(CredentialKind::RegistryToken, "another")).status, 401);
        QCOMPARE(scene.registry.requests().size(), 2U);
        QVERIFY(scene.tokens.requests().empty());
    }

    void answersBasic()
    {
        Scene scene(
            [](const HttpRecord& request, HttpReply& reply) {
                reply.send(request.header("authorization") == basic ? 200 : 401,
                           {{"WWW-Authenticate", "Basic realm=\"a, b\""}});
            },
            giveToken);
        QCOMPARE(scene.send(passwordOf("user", password)).status, 200);
        QCOMPARE(scene.registry.requests().size(), 2U);
        QCOMPARE(scene.send(passwordOf("user", "wrong")).status, 401);
        QCOMPARE(scene.registry.requests().size(), 4U);
        QCOMPARE(scene.send({}).status, 401);
        QCOMPARE(scene.send(secretOf(CredentialKind::IdentityToken, "t")).status, 401);
        QCOMPARE(scene.registry.requests().size(), 6U);
    }

    void prefersBearer()
    {
        const HttpServer* tokens = nullptr;
        Scene scene(
            [&](const HttpRecord& request, HttpReply& reply) {
                if (request.header("authorization") == "Bearer planted-token-51bc")
                    reply.send(200);
                else
                    reply.send(401, {{"WWW-Authenticate", "Basic realm=\"a\", bearer Realm=\"" + tokens->origin() +
                                                              "/token\", SERVICE=reg"}});
            },
            giveToken);
        tokens = &scene.tokens;
        QCOMPARE(scene.send(passwordOf("user", password)).status, 200);
        for (const HttpRecord& request : scene.registry.requests())
            QVERIFY(!request.header("authorization").starts_with("Basic"));
    }

    void upgradesOnce_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isEnough");
        QTest::newRow("401") << 401 << true;
        QTest::newRow("403") << 403 << true;
        QTest::newRow("for ever") << 401 << false;
    }

    void upgradesOnce()
    {
        QFETCH(int, status);
        QFETCH(bool, isEnough);
        const HttpServer* tokens = nullptr;
        int round = 0;
        Scene scene(
            [&](const HttpRecord& request, HttpReply& reply) {
                const std::string realm = "Bearer realm=\"" + tokens->origin() + "/token\",service=reg,";
                const std::string shown = request.header("authorization");
                if (shown.empty())
                    reply.send(401, {{"WWW-Authenticate", realm + "scope=\"repository:a:pull\""}});
                else if (shown == "Bearer wide" && isEnough)
                    reply.send(200);
                else
                    reply.send(status, {{"WWW-Authenticate", realm + "scope=\"repository:b:pull repository:c" +
                                                                 std::to_string(++round) +
                                                                 ":pull\",error=\"insufficient_scope\""}});
            },
            [](const HttpRecord& request, HttpReply& reply) {
                const bool isWide = contains(request.target, "scope=repository%3Aa%3Apull&scope=repository%3Ab%3Apull");
                reply.send(200, {}, isWide ? R"({"token":"wide"})" : R"({"token":"narrow"})");
            });
        tokens = &scene.tokens;
        QCOMPARE(scene.send({}).status, isEnough ? 200 : status);
        QCOMPARE(scene.registry.requests().size(), 3U);
        QCOMPARE(scene.tokens.requests().size(), 2U);
    }

    void endsAnEndless401()
    {
        const HttpServer* tokens = nullptr;
        Scene scene(guarded(tokens, "another token"), giveToken);
        tokens = &scene.tokens;
        QCOMPARE(scene.send(passwordOf("user", password)).status, 401);
        QCOMPARE(scene.registry.requests().size(), 2U);
        // One that was cached is fetched anew, once.
        QCOMPARE(scene.send(passwordOf("user", password)).status, 401);
        QCOMPARE(scene.registry.requests().size(), 5U);
        QCOMPARE(scene.tokens.requests().size(), 2U);
    }

    void takesATokenForLessThanWasAsked()
    {
        const HttpServer* tokens = nullptr;
        Scene scene(guarded(tokens, "planted-token-51bc"), [](const HttpRecord&, HttpReply& reply) {
            reply.send(200, {}, R"({"access_token":"planted-token-51bc","scope":"","expires_in":-1})");
        });
        tokens = &scene.tokens;
        QCOMPARE(scene.send({}, ScopeSet::repository("a", {"pull", "push"})).status, 200);
    }

    void sendsNoCredentialToAStrangeRealm_data()
    {
        QTest::addColumn<QString>("realm");
        for (const char* const realm :
             {"http://auth.evil.test/token", "http://169.254.169.254/latest", "http://localhost:1/token",
              "http://u:planted-pass@127.0.0.1/token", "http://[::1]/token", "nonsense"})
            QTest::newRow(realm) << realm;
    }

    void sendsNoCredentialToAStrangeRealm()
    {
        QFETCH(QString, realm);
        Scene scene(
            [&](const HttpRecord&, HttpReply& reply) {
                reply.send(401, {{"WWW-Authenticate", "Bearer realm=\"" + realm.toStdString() + "\",service=s"}});
            },
            giveToken);
        const auto failure = failureOf([&] { scene.send(passwordOf("user", password)); });
        QVERIFY(failure && failure->code() == ErrorCode::FailedPrecondition);
        QVERIFY2(!contains(failure->what(), "planted"), failure->what());
        QCOMPARE(scene.rig.attempts.size(), 1U); // the registry itself
    }

    void refusesARealmWhoseNameLeadsToThisMachine()
    {
        HttpServer tokens(giveToken);
        HttpServer registry([&](const HttpRecord&, HttpReply& reply) {
            reply.send(401,
                       {{"WWW-Authenticate", "Bearer realm=\"" + tokens.origin("auth.example.test") + "/token\""}});
        });
        RegistryRig rig;
        rig.resolve("registry.example.test", registry.port());
        rig.resolve("auth.example.test", tokens.port());
        HttpClient http(rig.options, endpointAt(registry.origin("registry.example.test")));
        TokenCache cache(rig.clock);
        Authorizer authorizer(rig.options, http, cache, passwordOf("user", password), identityNamed("id"));
        const auto failure =
            failureOf([&] { authorizer.send(HttpRequest(Method::Get, http.base()), {}, {}, [] { return true; }); });
        QVERIFY(failure && failure->code() == ErrorCode::FailedPrecondition);
        QVERIFY2(contains(failure->what(), "internal address"), failure->what());
        QCOMPARE(tokens.connections(), 0);
        QCOMPARE(rig.refused().at(0).host, std::string("auth.example.test"));
    }

    void followsNoRedirectOfARealmElsewhere()
    {
        HttpServer other(giveToken);
        const HttpServer* tokens = nullptr;
        Scene scene(guarded(tokens), [&](const HttpRecord&, HttpReply& reply) {
            reply.send(307, {{"Location", other.origin() + "/token"}});
        });
        tokens = &scene.tokens;
        const auto failure = failureOf([&] { scene.send(passwordOf("user", password)); });
        QVERIFY(failure && contains(failure->what(), "another host"));
        QCOMPARE(other.connections(), 0);
    }

    void readsLifetimes()
    {
        QVERIFY(lifeOf("") == 54s); // a minute, less a tenth
        QVERIFY(lifeOf(R"(,"expires_in":0)") == 54s);
        QVERIFY(lifeOf(R"(,"expires_in":-5)") == 54s);
        QVERIFY(lifeOf(R"(,"expires_in":"300")") == 54s);
        QVERIFY(lifeOf(R"(,"expires_in":300,"issued_at":"2001-01-01T00:00:00Z")") == 270s);
        QVERIFY(lifeOf(R"(,"expires_in":18446744073709551615)") == 86400s * 9 / 10);
    }

    void refusesBadAnswers_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::newRow("no JSON") << "planted";
        QTest::newRow("no object") << R"(["planted"])";
        QTest::newRow("no token") << R"({"refresh_token":"planted"})";
        QTest::newRow("empty") << R"({"token":""})";
        QTest::newRow("no text") << R"({"token":{"planted":1}})";
        QTest::newRow("line end") << R"({"token":"planted\r\nX: y"})";
        QTest::newRow("too long") << "{\"token\":\"" + QString(70'000, 'x') + "\"}";
        QTest::newRow("giant") << "{\"token\":\"planted\",\"x\":\"" + QString(300'000, 'x') + "\"}";
    }

    void refusesBadAnswers()
    {
        QFETCH(QString, answer);
        RegistryRig rig;
        const auto failure = failureOf([&] { tokenFrom(answer.toStdString(), rig); });
        QVERIFY(failure && failure->code() == ErrorCode::FailedPrecondition);
        QVERIFY2(!contains(failure->what(), "planted"), failure->what());
    }

    void saysWhatTheServiceSays_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("word");
        const auto row = [](int status, ErrorCode code, const char* word) {
            QTest::addRow("%d", status) << status << static_cast<int>(code) << word;
        };
        row(401, ErrorCode::Denied, "the credential of the test");
        row(403, ErrorCode::Denied, "the credential of the test");
        row(429, ErrorCode::Unavailable, "try again later");
        row(503, ErrorCode::Unavailable, "try again later");
        row(400, ErrorCode::FailedPrecondition, "status 400");
    }

    void saysWhatTheServiceSays()
    {
        QFETCH(int, status);
        QFETCH(int, code);
        QFETCH(QString, word);
        RegistryRig rig;
        const std::string echo = "{\"details\":\"" + password + basic + "\"}";
        const auto failure = failureOf([&] { tokenFrom(echo, rig, passwordOf("user", password), status); });
        QVERIFY(failure && static_cast<int>(failure->code()) == code);
        QVERIFY2(contains(failure->what(), word.toStdString()), failure->what());
        QVERIFY(!contains(failure->what(), "planted") && !contains(failure->what(), basic));
        QCOMPARE(rig.waits.size(), code == static_cast<int>(ErrorCode::Unavailable) ? 2U : 0U);
    }

    void keepsTokensApart()
    {
        ManualClock clock;
        TokenCache cache(clock);
        int fetched = 0;
        const auto get = [&](const std::string& identity, const std::string& scopes = "s") {
            const auto fetch = [&] {
                return Token{Secret("token " + std::to_string(++fetched)), clock.steadyNow() + 54s};
            };
            return std::string(
                cache.get({"registry", "realm", "service", scopes, identityNamed(identity)}, fetch, {}).first.reveal());
        };
        QCOMPARE(get("one"), std::string("token 1"));
        QCOMPARE(get("other"), std::string("token 2"));
        QCOMPARE(get("one", "t"), std::string("token 3"));
        QCOMPARE(get("one"), std::string("token 1"));
        clock.advance(54s);
        QCOMPARE(get("one"), std::string("token 4"));
        cache.forget({"registry", "realm", "service", "s", identityNamed("one")},
                     Secret(std::string("token 1"))); // replaced already
        QCOMPARE(get("one"), std::string("token 4"));
        cache.forget({"registry", "realm", "service", "s", identityNamed("one")}, Secret(std::string("token 4")));
        QCOMPARE(get("one"), std::string("token 5"));
        for (int i = 0; i < 1000; ++i)
            get("id " + std::to_string(i));
        QCOMPARE(cache.size(), 256U);
    }

    void fetchesOnceForAll()
    {
        ManualClock clock;
        TokenCache cache(clock);
        const TokenKey key{"r", "r", "s", "s", identityNamed("i")};
        std::atomic<int> fetched{0};
        std::latch isFetching(1);
        std::promise<void> go;
        auto gone = go.get_future().share();
        const auto fetch = [&]() -> Token {
            if (++fetched == 1)
                isFetching.count_down();
            gone.wait();
            return {Secret(std::string("t")), clock.steadyNow() + 1min};
        };
        std::vector<std::future<std::string>> askers;
        const auto ask = [&] {
            askers.push_back(
                std::async(std::launch::async, [&] { return std::string(cache.get(key, fetch, {}).first.reveal()); }));
        };
        ask();
        isFetching.wait();
        for (int i = 0; i < 8; ++i)
            ask();
        // One who gives up does not keep the others from theirs.
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_THROWS_EXCEPTION(Cancelled, cache.get(key, fetch, stop.get_token()));
        go.set_value();
        for (auto& asker : askers)
            QCOMPARE(asker.get(), std::string("t"));
        QCOMPARE(fetched.load(), 1);
    }

    void letsTheNextFetchWhenTheFirstGivesUp()
    {
        ManualClock clock;
        TokenCache cache(clock);
        const TokenKey key{"r", "r", "s", "s", identityNamed("i")};
        std::latch isFetching(1);
        std::promise<void> go;
        auto first = std::async(std::launch::async, [&] {
            return cache.get(key,
                             [&]() -> Token {
                                 isFetching.count_down();
                                 go.get_future().wait();
                                 throw Cancelled();
                             },
                             {});
        });
        isFetching.wait();
        auto second = std::async(std::launch::async, [&] {
            return std::string(
                cache.get(key,
                          [&] {
                              return Token{Secret(std::string("t")), clock.steadyNow() + 1min};
                          },
                          {})
                    .first.reveal());
        });
        go.set_value();
        QVERIFY_THROWS_EXCEPTION(Cancelled, first.get());
        QCOMPARE(second.get(), std::string("t"));
    }
};

QTEST_GUILESS_MAIN(TokenSourceTest)
#include "token_source_test.moc"
