// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "secure_registry.h"

#include <QStandardPaths>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::test;
using namespace std::chrono_literals;

namespace {

const std::string AliceLogin = "YWxpY2U6d29uZGVybGFuZA==";     // alice:wonderland
const std::string WrongLogin = "YWxpY2U6bG9va2luZy1nbGFzcw=="; // alice:looking-glass
const std::string BobLogin = "Ym9iOmJ1aWxkZXI=";               // bob:builder

std::string layerOf(char c)
{
    std::string bytes(300'000, c);
    for (std::size_t i = 0; i < bytes.size(); i += 1000)
        bytes[i] = static_cast<char>('0' + i / 1000 % 10);
    return bytes;
}

const PushedImage& image()
{
    static const PushedImage made({layerOf('a'), layerOf('b')});
    return made;
}

/// What is left when the names that were asked for are taken out.
std::string withoutNames(std::string text, const std::vector<std::string>& names)
{
    for (const std::string& name : names)
        for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1))
            text.replace(at, name.size(), "X");
    return text;
}

} // namespace

/// docker-registry over TLS, reached and asked as the user's own settings say.
class RealRegistryTest : public QObject
{
    Q_OBJECT

private slots:

    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("docker-registry")).isEmpty())
            QSKIP("docker-registry is not installed");
    }

    void pushesResolvesAndPulls_data()
    {
        QTest::addColumn<int>("guard");
        QTest::addColumn<QString>("trust");
        QTest::addColumn<QString>("login");
        QTest::addColumn<QString>("source"); ///< a part of what people are told of where the credential is from
        QTest::addColumn<QString>("how");    ///< tokens are asked for
        const auto row = [](const char* name, Guard guard, const char* trust, const char* login, const char* source,
                            const char* how) {
            QTest::addRow("%s, %s, %s", name, trust, login) << int(guard) << trust << login << source << how;
        };
        row("open", Guard::Nobody, "certs.d", "none", "", "");
        row("open", Guard::Nobody, "hosts.toml", "none", "", "");
        row("Basic", Guard::Basic, "certs.d", "inline", "config.json", "");
        row("Basic", Guard::Basic, "hosts.toml", "helper", "docker-credential-test", "");
        row("Bearer", Guard::Bearer, "certs.d", "inline", "config.json", "GET");
        row("Bearer", Guard::Bearer, "hosts.toml", "helper", "docker-credential-test", "GET");
        row("Bearer", Guard::Bearer, "certs.d", "identity token", "config.json", "POST refresh_token");
        row("Bearer", Guard::Bearer, "hosts.toml", "none", "", "GET anonymous");
    }

    void pushesResolvesAndPulls()
    {
        QFETCH(int, guard);
        QFETCH(QString, trust);
        QFETCH(QString, login);
        QFETCH(QString, source);
        QFETCH(QString, how);
        SecureRegistry scene{Guard(guard)};
        scene.tokens.permit(login == "none" ? "" : "alice", "team/app", {"pull", "push"});
        scene.tokens.addRefreshToken("refresh-me", "alice");
        QVERIFY(scene.start());
        if (trust == "certs.d")
            scene.trustByCertificatesFolder(scene.tokens.certificates().caFile());
        else
            scene.trustByHostsFile(scene.tokens.certificates().caFile());
        if (login == "inline")
            scene.useInlineLogin(AliceLogin);
        else if (login == "identity token")
            scene.useIdentityToken("refresh-me");
        else if (login == "helper")
            scene.useHelper();
        const auto sources = scene.sources("team/app");
        QCOMPARE(sources.size(), std::size_t(1));
        QVERIFY(sources[0].endpoint.url.starts_with("https://"));
        QVERIFY(sources[0].endpoint.tls.verification == Verification::Full);
        QVERIFY2(contains(sources[0].credential.source, source.toStdString()), sources[0].credential.source.c_str());

        scene.push("team/app", "1", image());
        const ManifestHead head = scene.client("team/app")->headManifest("team/app", "1", {});
        QVERIFY(head.digest == image().digest());
        QCOMPARE(head.mediaType, std::string(PushedImage::mediaType));
        const PullReport report = scene.pull("team/app:1");
        QVERIFY(report.digest == image().digest());
        QCOMPARE(report.downloadedBlobs, std::uint64_t(4));
        for (const std::string& bytes : {image().manifest, image().config, image().layers[0], image().layers[1]})
            QVERIFY(scene.isStored(bytes));
        QCOMPARE(scene.pull("team/app@" + image().digest().toString()).downloadedBytes, std::uint64_t(0));
        // One token for each set of rights, by all requests together.
        const auto grants = scene.tokens.grants();
        QCOMPARE(grants.size(), std::size_t(how.isEmpty() ? 0 : 2));
        for (const TokenServer::Grant& grant : grants) {
            QCOMPARE(grant.how, how.toStdString());
            QCOMPARE(grant.given, grant.asked);
        }
        QCOMPARE(scene.tokens.refusals(), 0);
    }

    void whatIsNotTrustedIsToldNothing_data()
    {
        QTest::addColumn<QString>("trust");
        for (const char* trust : {"nothing", "certs.d", "hosts.toml"})
            QTest::newRow(trust) << trust;
    }

    void whatIsNotTrustedIsToldNothing()
    {
        QFETCH(QString, trust);
        SecureRegistry scene(Guard::Basic);
        QVERIFY(scene.start());
        scene.useInlineLogin(AliceLogin);
        const TestCertificates other;
        if (trust == "certs.d")
            scene.trustByCertificatesFolder(other.caFile());
        else if (trust == "hosts.toml")
            scene.trustByHostsFile(other.caFile());
        const auto failure = failureOf([&] { scene.pull("team/app:1"); });
        QVERIFY(failure && contains(failure->what(), "certificate"));
        QVERIFY(scene.server->accesses().isEmpty());
    }

    void aWrongPasswordIsDenied_data()
    {
        QTest::addColumn<int>("guard");
        QTest::newRow("Basic") << int(Guard::Basic);
        QTest::newRow("Bearer") << int(Guard::Bearer);
    }

    void aWrongPasswordIsDenied()
    {
        QFETCH(int, guard);
        SecureRegistry scene{Guard(guard)};
        scene.tokens.permit("alice", "team/app", {"pull", "push"});
        QVERIFY(scene.start());
        scene.trustByCertificatesFolder(scene.tokens.certificates().caFile());
        scene.useInlineLogin(AliceLogin);
        scene.push("team/app", "1", image());
        scene.pull("team/app:1");
        const auto tagged = scene.cache.cache->tags().find(scene.name() + "/team/app:1");
        scene.useInlineLogin(WrongLogin);
        for (const std::string& what : {std::string("team/app:1"), "team/app@" + image().digest().toString()}) {
            const auto failure = failureOf([&] { scene.pull(what); });
            QVERIFY(failure && failure->code() == ErrorCode::Denied);
            QVERIFY2(contains(failure->what(), "config.json"), failure->what());
            QVERIFY(!contains(failure->what(), "looking-glass") && !contains(failure->what(), WrongLogin));
        }
        QVERIFY(failureOf([&] { scene.push("team/app", "2", image()); })->code() == ErrorCode::Denied);
        QVERIFY(scene.cache.cache->tags().find(scene.name() + "/team/app:1")->movedAt == tagged->movedAt);
    }

    void absentAndForbiddenAreAlike_data()
    {
        QTest::addColumn<QString>("login");
        QTest::newRow("nobody") << "";
        QTest::newRow("one without the right") << QString::fromStdString(BobLogin);
    }

    /// Of a repository, a manifest and a blob, for whoever has no right there; also when the cache has them.
    void absentAndForbiddenAreAlike()
    {
        QFETCH(QString, login);
        SecureRegistry scene(Guard::Bearer);
        scene.tokens.permit("alice", "team/app", {"pull", "push"});
        QVERIFY(scene.start());
        scene.trustByCertificatesFolder(scene.tokens.certificates().caFile());
        scene.useInlineLogin(AliceLogin);
        scene.push("team/app", "1", image());
        scene.pull("team/app:1");
        if (login.isEmpty())
            scene.home.putDockerConfig("{}");
        else
            scene.useInlineLogin(login.toStdString());
        const std::string there = image().digest().toString();
        const std::string nowhere = digestOf("never made").toString();
        const std::string layer = digestOf(image().layers[0]).toString();
        const auto text = [&](const std::string& repository, const std::string& digest, auto call) {
            const auto failure = failureOf([&] { call(repository, digest); });
            const std::string code(failure ? toString(failure->code()) : "no failure");
            return code + ": " + withoutNames(failure ? failure->what() : "", {repository, digest});
        };
        const auto alike = [&](const std::string& digest, auto call) {
            const std::string forbidden = text("team/app", digest, call);
            const std::string absent = text("team/nothing", nowhere, call);
            if (forbidden != absent || !forbidden.starts_with("denied: "))
                return QString::fromStdString("forbidden: " + forbidden + "\nabsent: " + absent);
            return QString();
        };
        const auto pull = [&](const std::string& repository, const std::string& digest) {
            scene.pull(repository + '@' + digest);
        };
        const auto pullTag = [&](const std::string& repository, const std::string&) { scene.pull(repository + ":1"); };
        const auto head = [&](const std::string& repository, const std::string& digest) {
            scene.client(repository)->headManifest(repository, digest, {});
        };
        const auto headBlob = [&](const std::string& repository, const std::string& digest) {
            scene.client(repository)->headBlob(repository, *Digest::parse(digest), {});
        };
        const auto tags = [&](const std::string& repository, const std::string&) {
            scene.client(repository)->listTags(repository, {});
        };
        const auto push = [&](const std::string& repository, const std::string&) { scene.pushBlob(repository, "new"); };
        QCOMPARE(alike(there, pull), QString());
        QCOMPARE(alike(there, pullTag), QString());
        QCOMPARE(alike(there, head), QString());
        QCOMPARE(alike(layer, headBlob), QString());
        QCOMPARE(alike(there, tags), QString());
        QCOMPARE(alike(there, push), QString());
    }

    /// A token is none for what was asked, and that it was given says nothing.
    void lessThanWasAskedIsSeenAtTheRegistry()
    {
        SecureRegistry scene(Guard::Bearer);
        scene.tokens.permit("alice", "team/app", {"pull", "push"});
        scene.tokens.permit("bob", "team/app", {"pull"});
        QVERIFY(scene.start());
        scene.trustByCertificatesFolder(scene.tokens.certificates().caFile());
        scene.useInlineLogin(AliceLogin);
        scene.push("team/app", "1", image());
        scene.useInlineLogin(BobLogin);
        scene.pull("team/app:1");
        const auto requests = scene.server->accesses().size();
        QVERIFY(failureOf([&] { scene.pushBlob("team/app", "new"); })->code() == ErrorCode::Denied);
        const TokenServer::Grant grant = scene.tokens.grants().back();
        QCOMPARE(grant.asked, std::string("repository:team/app:pull,push"));
        QCOMPARE(grant.given, std::string("repository:team/app:pull"));
        QVERIFY(scene.server->accesses().size() - requests <= 3); // it does not ask for ever
    }

    void aTokenWithoutStatedLifeIsForAMinute()
    {
        SecureRegistry scene(Guard::Bearer);
        scene.tokens.permit("", "team/app", {"pull", "push"});
        scene.tokens.setExpiry(TokenServer::Expiry::Omitted);
        QVERIFY(scene.start());
        scene.trustByCertificatesFolder(scene.tokens.certificates().caFile());
        scene.push("team/app", "1", image());
        const auto client = scene.client("team/app");
        const auto grantsAfter = [&](std::chrono::seconds time) {
            scene.rig.clock.advance(time);
            client->headManifest("team/app", "1", {});
            return scene.tokens.grants().size();
        };
        const std::size_t before = grantsAfter(0s);
        QCOMPARE(grantsAfter(53s), before);
        QCOMPARE(grantsAfter(7s), before + 1);
    }

    void mountsWithATokenForBothRepositories()
    {
        SecureRegistry scene(Guard::Bearer);
        scene.tokens.permit("alice", "team/app", {"pull", "push"});
        scene.tokens.permit("alice", "team/other", {"pull", "push"});
        scene.tokens.permit("bob", "team/other", {"pull", "push"});
        QVERIFY(scene.start());
        scene.trustByCertificatesFolder(scene.tokens.certificates().caFile());
        scene.useInlineLogin(AliceLogin);
        scene.push("team/app", "1", image());
        // docker-registry refuses whoever may not read it there, whatever he may do here; without a mount he goes on.
        scene.useInlineLogin(BobLogin);
        const auto refused = failureOf([&] { scene.pushBlob("team/other", image().layers[1], "team/app"); });
        QVERIFY(refused && refused->code() == ErrorCode::Denied);
        QCOMPARE(scene.tokens.grants().back().given, std::string("repository:team/other:pull,push"));
        QVERIFY(scene.pushBlob("team/other", image().layers[1]) == BlobPush::Uploaded);
        scene.useInlineLogin(AliceLogin);
        QVERIFY(scene.pushBlob("team/other", image().layers[0], "team/app") == BlobPush::Mounted);
        QCOMPARE(scene.tokens.grants().back().given,
                 std::string("repository:team/app:pull repository:team/other:pull,push"));
    }
};

QTEST_GUILESS_MAIN(RealRegistryTest)
#include "real_registry_test.moc"
