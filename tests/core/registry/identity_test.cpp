// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "layerhold/registry/identity.h"
#include "layerhold/registry/registry_client.h"
#include "registry_fixture.h"
#include "support/files.h"

#include <set>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::test;

namespace {

Credential credentialOf(CredentialKind kind, const std::string& username, std::string secret)
{
    Credential credential;
    credential.kind = kind;
    credential.username = username;
    credential.secret = Secret(std::move(secret));
    return credential;
}

Source own(const std::string& registry, const Credential& credential = {})
{
    return {endpointOf(registry), credential};
}

Source mirror(const std::string& url, const Credential& credential = {})
{
    Source source{endpointOf("mirror"), credential};
    source.endpoint.url = url;
    source.endpoint.isMirror = true;
    return source;
}

Source withHeader(Source source, const std::string& name, std::string value)
{
    source.endpoint.headers.push_back({name, Secret(std::move(value))});
    return source;
}

} // namespace

/// Who registries see, and which places are the same.
class IdentityTest : public QObject
{
    Q_OBJECT

private slots:

    void everythingThatIsShownCounts()
    {
        const auto records = AccessRecords::inMemory({});
        const auto id = [&](const std::string& registry, const std::string& user, const std::string& password) {
            return identityOf(*records, registry,
                              own(registry, credentialOf(CredentialKind::Password, user, password)));
        };
        QVERIFY(id("h", "u", "p") == id("h", "u", "p"));
        QVERIFY(id("docker.io", "u", "p") == id("index.docker.io", "u", "p"));
        QVERIFY(id("h", "u", "p") != identityOf(*AccessRecords::inMemory({}), "h",
                                                own("h", credentialOf(CredentialKind::Password, "u", "p"))));
        Source certified = own("h");
        certified.endpoint.tls.material.certificate = "certificate";
        Source filed = own("h");
        filed.endpoint.tls.clientPairs = {{"/certificate", "/key"}};
        const std::set<Identity> all{
            id("h", "u", "p"),
            id("i", "u", "p"),
            id("h", "v", "p"),
            id("h", "u", "q"),
            id("h", "up", ""),
            id("h", "", "up"),
            identityOf(*records, "h", own("h", credentialOf(CredentialKind::IdentityToken, "", "p"))),
            identityOf(*records, "h", own("h", credentialOf(CredentialKind::RegistryToken, "", "p"))),
            identityOf(*records, "h", withHeader(own("h"), "Authorization", "p")),
            identityOf(*records, "h", withHeader(own("h"), "Authorizatio", "np")),
            identityOf(*records, "h", withHeader(withHeader(own("h"), "A", "b"), "C", "d")),
            identityOf(*records, "h", withHeader(own("h"), "A", "b1:C1:d")),
            identityOf(*records, "h", certified),
            identityOf(*records, "h", filed),
            identityOf(*records, "h", mirror("https://m/v2")),
            identityOf(*records, "h", mirror("https://m:5000/v2")),
            identityOf(*records, "h", mirror("http://m/v2")),
            identityOf(*records, "h", own("h")),
        };
        QCOMPARE(all.size(), 18U);
    }

    /// Only who shows nothing to the registry itself is nobody in particular.
    void onlyTheRegistryItselfMakesPublic_data()
    {
        QTest::addColumn<QString>("registry");
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("isAnonymous");
        QTest::newRow("itself") << "registry.example"
                                << "https://registry.example/v2" << true;
        QTest::newRow("its port") << "registry.example:5000"
                                  << "https://registry.example:5000/v2" << true;
        QTest::newRow("without encryption") << "registry.example:5000"
                                            << "http://registry.example:5000/v2" << true;
        QTest::newRow("Docker Hub") << "docker.io"
                                    << "https://registry-1.docker.io/v2" << true;
        QTest::newRow("another port") << "registry.example"
                                      << "https://registry.example:5000/v2" << false;
        QTest::newRow("another host") << "docker.io"
                                      << "https://mirror.example/v2" << false;
        QTest::newRow("a name that begins alike") << "registry.example"
                                                  << "https://registry.example.org/v2" << false;
        QTest::newRow("this machine") << "docker.io"
                                      << "http://127.0.0.1:9999/v2" << false;
    }

    void onlyTheRegistryItselfMakesPublic()
    {
        QFETCH(QString, registry);
        QFETCH(QString, url);
        QFETCH(bool, isAnonymous);
        const auto records = AccessRecords::inMemory({});
        Source source = mirror(url.toStdString());
        source.endpoint.isMirror = false; // whatever the caller says of it
        QCOMPARE(identityOf(*records, registry.toStdString(), source).isAnonymous(), isAnonymous);
        QVERIFY(!identityOf(*records, registry.toStdString(), withHeader(source, "X-Token", "t")).isAnonymous());
    }

    void originsAreWhatVouchesForThem()
    {
        const auto records = AccessRecords::inMemory({});
        const Identity alice = identityNamed("alice");
        const Identity bob = identityNamed("bob");
        const Source secure = own("registry.example");
        QVERIFY(originOf(*records, secure, alice) == originOf(*records, secure, bob));
        QVERIFY(originOf(*records, secure, alice) == originOf(*records, mirror("https://registry.example/other"), bob));
        Source withAuthority = secure;
        withAuthority.endpoint.tls.material.authorities = "somebody's authority";
        QVERIFY(originOf(*records, secure, alice) != originOf(*records, withAuthority, alice));
        QVERIFY(originOf(*records, withAuthority, alice) == originOf(*records, withAuthority, bob));
        // Where nobody vouches, each asker believes what was delivered to that very asker.
        const Source plain = mirror("http://registry.example/v2");
        Source careless = secure;
        careless.endpoint.tls.verification = Verification::Skip;
        for (const Source& source : {plain, careless}) {
            QVERIFY(originOf(*records, source, alice) == originOf(*records, source, alice));
            QVERIFY(originOf(*records, source, alice) != originOf(*records, source, bob));
            QVERIFY(originOf(*records, source, alice) != originOf(*records, secure, alice));
        }
    }

    /// Anybody can run a registry that says it has whatever it is asked for.
    void wordsCountAfterDeeds()
    {
        RegistryRig rig;
        const auto context = std::make_shared<RegistryContext>(rig.options, *rig.records);
        const Digest digest = Hasher::of(bytesOf("content"));
        const auto client = [&](const Endpoint& endpoint, const std::string& registry) {
            return RegistryClient(context, endpoint, registry, Credential());
        };
        RegistryClient unknown(context, endpointOf("registry.example"), "registry.example", Credential());
        QVERIFY(!unknown.isBelievedOn(digest));
        unknown.noteDelivery(digest);
        QVERIFY(unknown.isBelievedOn(digest));
        QVERIFY(!unknown.isBelievedOn(Hasher::of(bytesOf("other"))));
        QVERIFY(client(endpointOf("registry.example"), "registry.example").isBelievedOn(digest));
        QVERIFY(!client(endpointOf("other.example"), "other.example").isBelievedOn(digest));

        QVERIFY(client(endpointOf("docker.io"), "docker.io").isBelievedOn(digest));
        Endpoint pretended = endpointOf("docker.io");
        pretended.url = "https://127.0.0.1:9999/v2";
        QVERIFY(!client(pretended, "docker.io").isBelievedOn(digest));
        QVERIFY(!client(endpointOf("docker.io", Transport::Http), "docker.io").isBelievedOn(digest));
        Endpoint careless = endpointOf("docker.io");
        careless.tls.verification = Verification::Skip;
        QVERIFY(!client(careless, "docker.io").isBelievedOn(digest));
        Endpoint withAuthority = endpointOf("docker.io");
        withAuthority.tls.material.authorities = "somebody's authority";
        QVERIFY(!client(withAuthority, "docker.io").isBelievedOn(digest));
        rig.records->forget(digest);
        QVERIFY(!unknown.isBelievedOn(digest));
    }
};

QTEST_GUILESS_MAIN(IdentityTest)
#include "identity_test.moc"
