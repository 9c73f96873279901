// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "registry/destination.h"
#include "registry/proxies.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <cstring>

using namespace layerhold::registry;

namespace {

AddressClass classOf(const std::string& text)
{
    sockaddr_storage storage{};
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        std::memcpy(&storage, &v4, sizeof v4);
    } else if (::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) {
        v6.sin6_family = AF_INET6;
        std::memcpy(&storage, &v6, sizeof v6);
    }
    return classify(reinterpret_cast<const sockaddr&>(storage), sizeof storage);
}

Url at(const std::string& text)
{
    return Url::require(text, "url");
}

} // namespace

class DestinationTest : public QObject
{
    Q_OBJECT

private slots:

    void takesUrlsApart()
    {
        const Url url = at("HTTPS://user:pw@Registry.Example.ORG:8443/v2/../x?sig=1#f");
        QCOMPARE(url.text(), std::string("https://registry.example.org:8443/x?sig=1"));
        QCOMPARE(url.redacted(), std::string("https://registry.example.org:8443/x"));
        QVERIFY(url.hasUserinfo() && url.hasFragment());
        QCOMPARE(at("https://a").text(), std::string("https://a/"));
        QCOMPARE(at("http://[::1]:5000/v2").text(), std::string("http://[::1]:5000/v2"));
        QCOMPARE(at("https://2130706433/").host(), std::string("127.0.0.1"));
        QCOMPARE(at("https://0x7f.1/").host(), std::string("127.0.0.1"));
        QVERIFY(at("https://a").isSameOrigin(at("https://a:443/x")) && !at("https://a").isSameOrigin(at("http://a")));
        QVERIFY(!at("https://a").isSameOrigin(at("https://a:444")));
        for (const std::string& bad :
             {std::string(""), std::string("a"), std::string("/a"), std::string("ftp://a/"), std::string("https://"),
              std::string("https://a b/"), std::string("https://a\r\n/"), std::string("https://a/\0b", 12),
              "https://a/" + std::string(20'000, 'x')})
            QVERIFY2(!Url::parse(bad), bad.c_str());
    }

    void joinsUrls()
    {
        const Url base = at("https://a:5000/v2/x/blobs/uploads/?n=1");
        QCOMPARE(base.resolve("/y?z=1")->text(), std::string("https://a:5000/y?z=1"));
        QCOMPARE(base.resolve("https://b/")->text(), std::string("https://b/"));
        QCOMPARE(base.resolve("//b/c")->text(), std::string("https://b/c"));
        QVERIFY(base.resolve("http://u:p@b/")->hasUserinfo());
        QVERIFY(!base.resolve("file:///etc/passwd") && !base.resolve("gopher://b/"));
        QCOMPARE((at("https://a/v2?x=1") / "lib/nginx/manifests/sha256:aa").text(),
                 std::string("https://a/v2/lib/nginx/manifests/sha256:aa"));
        QCOMPARE(at("https://a/t?x=1").withParameter("s", "a b&c").text(), std::string("https://a/t?x=1&s=a%20b%26c"));
    }

    void classifies_data()
    {
        QTest::addColumn<QString>("expected");
        const auto rows = [](const char* expected, std::initializer_list<const char*> addresses) {
            for (const char* const address : addresses)
                QTest::newRow(address) << expected;
        };
        rows("public", {"1.1.1.1", "8.8.8.8", "172.32.0.1", "11.0.0.1", "100.128.0.1", "2606:4700::1", "::ffff:8.8.8.8",
                        "64:ff9b::808:808", "2002:808:808::1"});
        rows("private", {"10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "fc00::1", "fd12::1",
                         "fec0::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1"});
        rows("loopback", {"127.0.0.1", "127.255.0.1", "::1", "::ffff:127.0.0.1", "::127.0.0.1", "2002:7f00:1::"});
        rows("link-local", {"169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"});
        rows("unspecified", {"0.0.0.0", "0.1.2.3", "::", "::ffff:0.0.0.0"});
        rows("multicast", {"224.0.0.1", "239.1.1.1", "ff02::1"});
        rows("reserved", {"240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "100::1", "no address"});
    }

    void classifies()
    {
        QFETCH(QString, expected);
        const std::string address = QTest::currentDataTag();
        QCOMPARE(QString::fromStdString(std::string(toString(classOf(address)))), expected);
    }

    void knowsHostsThatAreAddresses()
    {
        QVERIFY(classifyHost("localhost") == AddressClass::Loopback);
        QVERIFY(classifyHost("a.localhost.") == AddressClass::Loopback);
        QVERIFY(classifyHost("[fe80::1%eth0]") == AddressClass::LinkLocal);
        QVERIFY(classifyHost("10.0.0.1") == AddressClass::Private);
        QVERIFY(!classifyHost("localhost.example.org") && !classifyHost("10.0.0.1.example.org"));
    }

    void letsAPublicRegistryLeadToPublicPlacesAlone()
    {
        DestinationPolicy policy(at("https://r.example.org/v2"), {"trusted.example.net"});
        QVERIFY(policy.admits(at("https://r.example.org/"), AddressClass::Public));
        QVERIFY(policy.confirms(at("https://r.example.org/"), AddressClass::Public));
        QVERIFY(policy.admits(at("https://cdn.example.net/"), AddressClass::Public));
        for (const AddressClass where : {AddressClass::Private, AddressClass::Loopback, AddressClass::LinkLocal,
                                         AddressClass::Unspecified, AddressClass::Multicast, AddressClass::Reserved}) {
            QVERIFY(!policy.admits(at("https://cdn.example.net/"), where));
            QVERIFY(!policy.admits(at("https://r.example.org:22/"), where));
            QVERIFY(policy.admits(at("https://trusted.example.net/"), where) == (where != AddressClass::Multicast));
        }
        // Its own name turns to this machine, or to the network around it.
        for (const AddressClass where : {AddressClass::Private, AddressClass::Loopback, AddressClass::LinkLocal}) {
            QVERIFY(!policy.admits(at("https://r.example.org/"), where));
            QVERIFY(!policy.confirms(at("https://r.example.org/"), where));
        }
        QVERIFY(policy.admits(at("https://r.example.org/"), AddressClass::Public));
        DestinationPolicy trusting(at("https://r.example.org/v2"), {"r.example.org"});
        QVERIFY(trusting.confirms(at("https://r.example.org/"), AddressClass::Public));
        QVERIFY(trusting.admits(at("https://r.example.org/"), AddressClass::Private));
    }

    void isNotMadePrivateByAnAddressThatOnlyTheNameHas_data()
    {
        QTest::addColumn<bool>("isPublicFirst");
        QTest::newRow("public first") << true;
        QTest::newRow("private first") << false;
    }

    void isNotMadePrivateByAnAddressThatOnlyTheNameHas()
    {
        QFETCH(bool, isPublicFirst);
        const Url registry = at("https://evil.example.org/");
        const Url inside = at("https://inside.corp/");
        DestinationPolicy policy(registry, {"trusted.corp"});
        const auto order = isPublicFirst ? std::array{AddressClass::Public, AddressClass::Private}
                                         : std::array{AddressClass::Private, AddressClass::Public};
        for (const AddressClass where : order)
            QVERIFY(policy.admits(registry, where));
        QVERIFY(!policy.admits(inside, AddressClass::Private)); // tried only
        QVERIFY(policy.confirms(registry, AddressClass::Public));
        QVERIFY(!policy.admits(inside, AddressClass::Private));
        QVERIFY(!policy.admits(at("https://evil.example.org:8443/"), AddressClass::Private));
        QVERIFY(!policy.confirms(registry, AddressClass::Private)); // was under way at the same time
        QVERIFY(policy.admits(at("https://trusted.corp/"), AddressClass::Private));
    }

    void aConnectionThatIsLateDoesNotChangeWhereItIs()
    {
        DestinationPolicy policy(at("https://r.example.org/v2"), {});
        QVERIFY(policy.admits(at("https://r.example.org/"), AddressClass::Loopback));
        QVERIFY(!policy.admits(at("https://r.example.org/"), AddressClass::LinkLocal));
        QVERIFY(policy.admits(at("https://r.example.org/"), AddressClass::Private));
        QVERIFY(policy.confirms(at("https://r.example.org/"), AddressClass::Private));
        QVERIFY(!policy.confirms(at("https://r.example.org/"), AddressClass::Loopback));
        QVERIFY(policy.confirms(at("https://cdn.example.net/"), AddressClass::Public)); // says nothing of the registry
        QVERIFY(policy.admits(at("https://minio.corp/"), AddressClass::Private));
    }

    void letsAPrivateRegistryLeadToPrivatePlaces()
    {
        DestinationPolicy policy(at("https://r.corp/v2"), {});
        QVERIFY(policy.admits(at("https://r.corp/"), AddressClass::Private));
        QVERIFY(!policy.admits(at("https://minio.corp/"), AddressClass::Private)); // nobody is there yet
        QVERIFY(policy.confirms(at("https://r.corp/"), AddressClass::Private));
        QVERIFY(policy.admits(at("https://minio.corp/"), AddressClass::Private));
        QVERIFY(policy.admits(at("https://cdn.example.net/"), AddressClass::Public));
        QVERIFY(!policy.admits(at("https://minio.corp/"), AddressClass::Loopback));
        QVERIFY(!policy.admits(at("https://minio.corp/"), AddressClass::LinkLocal));
        // With a public IPv6 address it goes on itself, but what it leads to has to be trusted by name.
        QVERIFY(policy.admits(at("https://r.corp/"), AddressClass::Public));
        QVERIFY(policy.admits(at("https://r.corp/"), AddressClass::Private));
        QVERIFY(!policy.admits(at("https://minio.corp/"), AddressClass::Private));
    }

    void letsALocalRegistryLeadToItsOwnName()
    {
        DestinationPolicy policy(at("http://localhost:5000/v2"), {});
        QVERIFY(policy.admits(at("http://localhost:5000/"), AddressClass::Loopback));
        QVERIFY(policy.confirms(at("http://localhost:5000/"), AddressClass::Loopback));
        QVERIFY(policy.admits(at("http://localhost:5001/"), AddressClass::Loopback));
        QVERIFY(!policy.admits(at("http://127.0.0.1:5001/"), AddressClass::Loopback));
        QVERIFY(!policy.admits(at("http://other.example.org/"), AddressClass::Loopback));
        QVERIFY(!policy.admits(at("http://localhost:5001/"), AddressClass::LinkLocal));
        QVERIFY(!policy.admits(at("http://minio.corp/"), AddressClass::Private));
    }

    void judgesWhatAProxyConnectsToByName()
    {
        const DestinationPolicy policy(at("https://10.0.0.1/v2"), {});
        QVERIFY(policy.admitsThroughProxy(at("https://10.0.0.1/")));
        QVERIFY(policy.admitsThroughProxy(at("https://cdn.example.net/")));
        QVERIFY(!policy.admitsThroughProxy(at("https://10.0.0.2/")));
        QVERIFY(!policy.admitsThroughProxy(at("https://169.254.169.254/")));
        QVERIFY(!policy.admitsThroughProxy(at("https://localhost/")));
    }

    void readsProxiesFromTheEnvironment()
    {
        for (const char* const name :
             {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy"})
            qunsetenv(name);
        qputenv("HTTP_PROXY", "http://bad");
        qputenv("HTTPS_PROXY", "http://u:p@proxy:3128");
        qputenv("NO_PROXY", "Example.org, .corp:8443,10.0.0.9");
        const Proxies proxies = Proxies::fromEnvironment();
        QVERIFY(proxies.http.isEmpty());
        const auto isProxied = [&](const char* url) { return !proxyFor(proxies, at(url)).isEmpty(); };
        QVERIFY(isProxied("https://registry-1.docker.io/"));
        QVERIFY(isProxied("https://badexample.org/"));
        QVERIFY(!isProxied("http://registry-1.docker.io/"));
        QVERIFY(!isProxied("https://example.org/") && !isProxied("https://a.example.org/"));
        QVERIFY(!isProxied("https://r.corp:8443/") && isProxied("https://r.corp/"));
        QVERIFY(!isProxied("https://10.0.0.9/") && isProxied("https://10.0.0.10/"));
        QVERIFY(!isProxied("https://localhost/") && !isProxied("https://127.0.0.1:5000/") &&
                !isProxied("https://[::1]/"));
    }
};

QTEST_GUILESS_MAIN(DestinationTest)
#include "destination_test.moc"
