// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/registry_client.h"
#include "registry_fixture.h"
#include "support/files.h"
#include "support/token_server.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace layerhold::test {

/// A registry with one manifest that challenges as a test says, and a token service that lets alice read it.
class PitfallRegistry
{
public:
    enum class Scope
    {
        Enough,    ///< the first token does
        Wider,     ///< the first is not enough, one for two repositories is
        EverSame,  ///< none is ever enough
        EverOther, ///< none is, and each answer asks for another repository
    };

    explicit PitfallRegistry(QStringList challenges, Scope scope = Scope::Enough)
        : server([this](const HttpRecord& request, HttpReply& reply) { answer(request, reply); }, Security::Tls)
        , m_challenges(std::move(challenges))
        , m_scope(scope)
    {
        tokens.addUser("alice", "wonderland");
        for (const char* const repository : {"app", "base"})
            tokens.permit("alice", repository, {"pull"});
    }

    Digest digest() const { return Hasher::of(bytesOf(m_manifest)); }

    registry::ManifestHead head(const registry::Credential& credential)
    {
        registry::Endpoint endpoint = endpointAt(server.origin());
        endpoint.tls.caFiles = {server.certificates().caFile(), tokens.certificates().caFile()};
        registry::RegistryClient client(m_context, endpoint, server.authority(), credential);
        return client.headManifest("app", "latest", {});
    }

    RegistryRig rig;
    TokenServer tokens;
    HttpServer server;

private:
    void answer(const HttpRecord& request, HttpReply& reply)
    {
        const std::string shown = request.header("authorization");
        const std::string token = tokens.lastToken();
        const bool isToken = !token.empty() && shown == "Bearer " + token;
        const bool isWide = isToken && contains(tokens.grants().back().given, "base");
        const bool isLetIn = m_scope == Scope::Enough ? isToken || shown == "Basic YWxpY2U6d29uZGVybGFuZA=="
                                                      : m_scope == Scope::Wider && isWide;
        if (isLetIn) {
            reply.send(200,
                       {{"Content-Type", "application/vnd.oci.image.manifest.v1+json"},
                        {"Docker-Content-Digest", digest().toString()}},
                       m_manifest);
            return;
        }
        HttpHeaders headers;
        for (const QString& challenge : challengesFor(isToken))
            headers.emplace_back(
                "WWW-Authenticate",
                QString(challenge).replace("{realm}", QString::fromStdString(tokens.realm("127.0.0.1"))).toStdString());
        reply.send(401, headers);
    }

    QStringList challengesFor(bool isToken)
    {
        if (m_scope == Scope::Enough)
            return m_challenges;
        const QString more = m_scope == Scope::EverOther ? QString("other%1").arg(++m_round) : QString("base");
        const QString text = R"(Bearer realm="{realm}",service="registry of the test",scope="repository:%1:pull"%2)";
        return {text.arg(isToken ? more : "app", isToken ? R"(,error="insufficient_scope")" : "")};
    }

    const QStringList m_challenges;
    const Scope m_scope;
    std::atomic<int> m_round{0};
    const std::string m_manifest = R"({"schemaVersion":2,"layers":[]})";
    std::shared_ptr<registry::RegistryContext> m_context =
        std::make_shared<registry::RegistryContext>(rig.options, *rig.records);
};

struct BearerChallenge
{
    const char* name;
    QStringList challenges;
    QString asked;
};

inline std::vector<BearerChallenge> bearerChallenges()
{
    const QString pull = "repository:app:pull";
    const QString bearer = R"(Bearer realm="{realm}",service="registry of the test",scope="repository:app:pull")";
    return {
        {"one", {bearer}, pull},
        {"Basic and Bearer in one line", {R"(Basic realm="a", )" + bearer}, pull},
        {"Bearer and Basic in one line", {bearer + R"(, Basic realm="a")"}, pull},
        {"in two lines", {R"(Basic realm="a")", bearer}, pull},
        {"behind one that nobody knows", {R"(Negotiate, Digest realm="a", qop="auth,auth-int", )" + bearer}, pull},
        {"commas in quotes",
         {R"(Bearer realm="{realm}?a=1,2",service="registry of the test",scope="repository:app:pull,push")"},
         "repository:app:pull,push"},
        {"a challenge in quotes", {R"(Basic realm="a, Bearer realm=\"https://evil.test/token\", b", )" + bearer}, pull},
        {"escapes in quotes", {R"(Bearer realm="{realm}",service="\registry of \the test")"}, pull},
        {"any case, spaces, tokens without quotes",
         {R"(bEARER  REALM = "{realm}" , Service="registry of the test" ,SCOPE=repository:app:pull)"},
         pull},
        {"unknown and empty parameters",
         {R"(Bearer x="y",error="",realm="{realm}",z=,service="registry of the test",scope="")"},
         pull},
        {"empty elements of the list", {", ," + bearer + ",,"}, pull},
        {"a query in the address", {R"(Bearer realm="{realm}?x=1&y=2",service="registry of the test")"}, pull},
        {"no scope", {R"(Bearer realm="{realm}",service="registry of the test")"}, pull},
        {"a port in the name of the scope",
         {R"(Bearer realm="{realm}",service="registry of the test",scope="repository:h:5000/x:pull")"},
         "repository:app:pull repository:h:5000/x:pull"},
    };
}

inline std::vector<std::pair<const char*, QString>> basicChallenges()
{
    return {
        {"alone", R"(Basic realm="a")"},
        {"commas in quotes", R"(basic realm="a, b, c=\"d\"", charset="UTF-8")"},
        {"behind others", R"(Negotiate, Digest realm="a, Bearer b", qop="auth,auth-int", Basic realm="c")"},
        {"a Bearer without address", R"(Bearer service="x", Basic realm="c")"},
    };
}

} // namespace layerhold::test
