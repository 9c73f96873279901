// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "plugin/cli/login_scene.h"

using namespace layerhold::testing;
using layerhold::test::HttpServer;
using layerhold::test::Security;

namespace {

QJsonObject onlyRegistry(const RunResult& result)
{
    const QJsonArray registries = result.json()["registries"].toArray();
    return registries.size() == 1 ? registries[0].toObject() : QJsonObject();
}

} // namespace

/// `login status`: what applies, why, and never the secret.
class LoginStatusTest : public QObject
{
    Q_OBJECT

private slots:

    void listsWhatTheFilesKnow()
    {
        const LoginScene scene;
        const RunResult none = scene.run({"login", "status"});
        QCOMPARE(none.exitCode, 0);
        QVERIFY2(none.output.contains("no login for any registry"), none.output);

        scene.putDockerConfig("{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"" + plantedAuth +
                              "\"},\"marked.io\":{}},\"credHelpers\":{\"helped.io\":\"not-installed\"}}");
        scene.putPodmanLogin("quay.io/team");
        const RunResult result = scene.run({"login", "status"});
        QCOMPARE(result.exitCode, 8); // for the helper that is not installed
        const QList<QByteArray> lines = result.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 5);
        QVERIFY2(lines[0].startsWith("REGISTRY"), lines[0]);
        QVERIFY2(lines[1].startsWith("docker.io ") && lines[1].contains("password of planted-user") &&
                     lines[1].contains("config.json, auths"),
                 lines[1]);
        QVERIFY2(lines[2].startsWith("helped.io") && lines[2].contains("is not installed"), lines[2]);
        QVERIFY2(lines[3].startsWith("marked.io") && lines[3].contains("none"), lines[3]);
        QVERIFY2(lines[4].startsWith("quay.io/team") && lines[4].contains("containers/auth.json, auths"), lines[4]);
        QVERIFY(!leaks(everything(result)));
        const RunResult json = scene.run({"login", "status", "--json"});
        QCOMPARE(json.json()["registries"].toArray().size(), 4);
        QVERIFY(!leaks(everything(json)));
    }

    void aFileThatCannotBeReadIsSaid()
    {
        const LoginScene scene;
        scene.putDockerConfig("{\"auths\":{\"r.io\":{\"auth\":\"" + plantedAuth);
        const RunResult result = scene.run({"login", "status"});
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.errors.contains("config.json"), result.errors);
        QVERIFY(!leaks(everything(result)));
        const RunResult named = scene.run({"login", "status", "r.io"});
        QCOMPARE(named.exitCode, 8);
        QVERIFY2(named.output.contains("failed  "), named.output);
        QVERIFY(!leaks(everything(named)));
    }

    void tellsTheWholeSearch()
    {
        const HttpServer registry(basicRegistry(), Security::Tls);
        const LoginScene scene;
        scene.trust(registry);
        scene.putDockerConfig("{\"auths\":{\"other.io\":{\"auth\":\"" + plantedAuth + "\"}}}");
        scene.putPodmanLogin(registry.authority() + "/team");
        const QString name = QString::fromStdString(registry.authority() + "/team/app:1.2");
        const RunResult text = scene.run({"login", "status", name, "--check"});
        QVERIFY2(text.exitCode == 0, text.errors);
        for (const char* said : {"/team/app\n", "password of planted-user", "containers/auth.json, auths", "absent  ",
                                 "found   ", "the first of the sources", "certificate is checked, authorities in",
                                 "ca.crt", "pull, resolve, push", "configured in:", "accepted by https:"})
            QVERIFY2(text.output.contains(said), (QByteArray(said) + " in:\n" + text.output).constData());
        QVERIFY(!leaks(everything(text)));

        const RunResult result = scene.run({"login", "status", name, "--check", "--json"});
        QVERIFY(!leaks(everything(result)));
        const QJsonObject status = onlyRegistry(result);
        QCOMPARE(status["registry"].toString().toStdString(), registry.authority());
        QCOMPARE(status["repository"].toString(), QString("team/app"));
        QCOMPARE(status["kind"].toString(), QString("password"));
        QCOMPARE(status["username"].toString().toStdString(), plantedUser);
        QVERIFY(status["source"].toString().contains("containers/auth.json, auths"));
        QVERIFY(status["failure"].isNull());
        const QJsonArray steps = status["steps"].toArray();
        QCOMPARE(steps.size(), 2);
        QCOMPARE(steps[0].toObject()["outcome"].toString(), QString("absent"));
        QCOMPARE(steps[1].toObject()["outcome"].toString(), QString("found"));
        const QJsonObject host = status["host"].toObject();
        QVERIFY(host["source"].toString().contains("config/docker/certs.d"));
        const QJsonObject endpoint = host["endpoints"].toArray()[0].toObject();
        QCOMPARE(endpoint["url"].toString().toStdString(), "https://" + registry.authority() + "/v2");
        QVERIFY(!endpoint["mirror"].toBool() && endpoint["verified"].toBool());
        QCOMPARE(endpoint["ca_files"].toArray().size(), 1);
        QCOMPARE(status["check"].toObject()["accepted_at"].toArray().size(), 1);
    }

    void aBadLoginFailsTheCheck()
    {
        const HttpServer registry(basicRegistry(), Security::Tls);
        const LoginScene scene;
        scene.trust(registry);
        scene.putDockerConfig("{\"auths\":{\"" + registry.authority() +
                              "\":{\"username\":\"u\",\"password\":\"PLANTED\"}}}");
        const QString name = QString::fromStdString(registry.authority());
        QCOMPARE(scene.run({"login", "status", name}).exitCode, 0);
        QVERIFY(registry.requests().empty()); // nobody asked for that
        const RunResult result = scene.run({"login", "status", name, "--check", "--json"});
        QCOMPARE(result.exitCode, 5);
        QCOMPARE(onlyRegistry(result)["check"].toObject()["failure"].toObject()["code"].toString(), QString("denied"));
        QVERIFY(!leaks(everything(result)));
    }

    void aHelperThatPrintsTheSecretIsNotQuoted()
    {
        const LoginScene scene;
        if (!scene.canRunPrivately())
            QSKIP("mount namespaces are not to be had");
        scene.putDockerConfig("{\"credsStore\":\"locked\"}");
        scene.putHelper("locked", "echo " + plantedSecret + "; echo " + plantedSecret + " >&2; exit 1");
        for (const QStringList& arguments :
             {QStringList{"login", "status"}, QStringList{"login", "status", "r.io"},
              QStringList{"login", "status", "r.io", "--json"}, QStringList{"logout", "r.io"}}) {
            const RunResult result = scene.runPrivately(arguments);
            QVERIFY2(everything(result).find("docker-credential-locked") != std::string::npos, result.errors);
            QVERIFY(!leaks(everything(result)));
        }
        QCOMPARE(scene.runPrivately({"login", "status", "r.io"}).exitCode, 5);
    }

    void showsMirrorsAndHeadersByName()
    {
        const LoginScene scene;
        if (!scene.canRunPrivately())
            QSKIP("mount namespaces are not to be had");
        const auto hosts = scene.put("etc/containerd/certs.d/r.io/hosts.toml",
                                     "[host.\"https://mirror.io\"]\ncapabilities = [\"pull\"]\nskip_verify = true\n"
                                     "[host.\"https://mirror.io\".header]\nX-Secret = \"PLANTED\"\n");
        std::filesystem::permissions(hosts, std::filesystem::perms::owner_read);
        const RunResult result = scene.runPrivately({"login", "status", "r.io"}, {}, true);
        QVERIFY2(result.output.contains("https://mirror.io/v2 (mirror: pull; insecure: certificate is not checked, "
                                        "sends the header X-Secret)"),
                 result.output);
        QVERIFY2(result.output.contains("/etc/containerd/certs.d/r.io/hosts.toml"), result.output);
        QVERIFY(!leaks(everything(result)));

        scene.put("etc/containerd/certs.d/r.io/hosts.toml", "server = PLANTED\n");
        const RunResult broken = scene.runPrivately({"login", "status", "r.io"}, {}, true);
        QCOMPARE(broken.exitCode, 8);
        QVERIFY2(broken.output.contains("unknown: "), broken.output);
        QVERIFY(!leaks(everything(broken)));
    }

    void insecureIsSaid()
    {
        const LoginScene scene;
        const RunResult result = scene.run({"login", "status", "r.io:5000", "--insecure", "r.io:5000"});
        QVERIFY2(result.output.contains("insecure: certificate is not checked"), result.output);
        QVERIFY2(result.output.contains("http://r.io:5000/v2"), result.output);
        QVERIFY2(result.output.contains("unencrypted"), result.output);
    }

    void understandsNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("registry");
        QTest::addColumn<QString>("repository");
        const auto row = [](const char* name, const char* registry, const char* repository) {
            QTest::newRow(name) << QString(name) << QString(registry) << QString(repository);
        };
        row("ghcr.io", "ghcr.io", "");
        row("localhost", "localhost", "");
        row("localhost:5000", "localhost:5000", "");
        row("127.0.0.1:5000", "127.0.0.1:5000", "");
        row("[::1]:5000", "[::1]:5000", "");
        row("https://index.docker.io/v1/", "docker.io", "");
        row("Registry-1.Docker.io", "docker.io", "");
        row("status/", "status", "");
        row("registry:5000/", "registry:5000", "");
        row("nginx", "docker.io", "library/nginx");
        row("nginx:1.25", "docker.io", "library/nginx");
        row("team/app", "docker.io", "team/app");
        row("quay.io/a/b:c", "quay.io", "a/b");
        row("nginx@sha256:0123456789012345678901234567890123456789012345678901234567890123", "docker.io",
            "library/nginx");
    }

    void understandsNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, registry);
        QFETCH(QString, repository);
        const LoginScene scene;
        const QJsonObject status = onlyRegistry(scene.run({"login", "status", name, "--json"}));
        QCOMPARE(status["registry"].toString(), registry);
        QCOMPARE(status["repository"].toString(), repository);
        QCOMPARE(status["kind"].toString(), QString("anonymous"));
        QVERIFY(status["check"].isNull() && status["source"].isNull());
    }
};

QTEST_GUILESS_MAIN(LoginStatusTest)
#include "login_status_test.moc"
