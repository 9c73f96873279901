// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "registry/realm.h"
#include "registry_fixture.h"

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::test;

class RealmRulesTest : public QObject
{
    Q_OBJECT

private slots:

    void rules_data()
    {
        QTest::addColumn<QString>("registry");
        QTest::addColumn<QString>("realm");
        QTest::addColumn<bool>("isGood");
        const auto row = [](const char* registry, const char* realm, bool isGood) {
            QTest::addRow("%s -> %s", registry, realm) << registry << realm << isGood;
        };
        row("https://registry-1.docker.io", "https://auth.docker.io/token", true);
        row("https://ghcr.io", "https://ghcr.io/token?a=b", true);
        row("https://registry.gitlab.com", "https://gitlab.com/jwt/auth", true);
        row("https://registry.example.co.uk", "https://auth.example.co.uk/token", true);
        row("https://registry.corp.internal:5000", "https://gitlab.corp.internal/jwt/auth", true);
        row("https://registry:5000", "https://registry:5001/token", true);
        row("https://127.0.0.1:5000", "https://127.0.0.1:5001/token", true);
        row("http://127.0.0.1:5000", "http://127.0.0.1:5001/token", true);
        row("http://registry.example.org", "https://auth.example.org/token", true);
        row("https://trusting.example.org", "https://login.elsewhere.net/token", true);

        row("https://registry-1.docker.io", "http://auth.docker.io/token", false);
        row("https://registry-1.docker.io", "https://auth.docker.io.evil.net/token", false);
        row("https://registry-1.docker.io", "https://evildocker.io/token", false);
        row("https://registry.example.co.uk", "https://auth.evil.co.uk/token", false);
        row("https://a.github.io", "https://b.github.io/token", false); // a public suffix
        row("https://registry", "https://auth/token", false);
        row("https://registry", "https://registry.evil.net/token", false);
        row("https://ghcr.io", "https://user:pw@ghcr.io/token", false);
        row("https://ghcr.io", "https://ghcr.io@evil.net/token", false);
        row("https://ghcr.io", "https://ghcr.io/token#x", false);
        row("https://ghcr.io", "https://127.0.0.1/token", false);
        row("https://ghcr.io", "https://2130706433/token", false);
        row("https://ghcr.io", "https://localhost/token", false);
        row("https://ghcr.io", "https://169.254.169.254/latest/meta-data", false);
        row("https://10.0.0.1", "https://10.0.0.2/token", false);
        row("https://ghcr.io", "/token", false);
        row("https://ghcr.io", "ftp://ghcr.io/token", false);
        row("https://ghcr.io", "file:///etc/passwd", false);
        row("https://ghcr.io", "", false);
        row("https://ghcr.io", "https://", false);
    }

    void rules()
    {
        QFETCH(QString, registry);
        QFETCH(QString, realm);
        QFETCH(bool, isGood);
        std::vector<std::string> trusted;
        if (registry.contains("trusting"))
            trusted = {"login.elsewhere.net"};
        const Url url = Url::require(registry.toStdString() + "/v2", "registry");
        const auto failure = failureOf([&] { requireRealm(url, trusted, realm.toStdString()); });
        QCOMPARE(!failure, isGood);
        if (failure) {
            QVERIFY(failure->code() == ErrorCode::FailedPrecondition);
            QVERIFY(!contains(failure->what(), "user:pw"));
        }
    }
};

QTEST_GUILESS_MAIN(RealmRulesTest)
#include "realm_rules_test.moc"
