// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Private images of users with logins of their own, through one daemon: who gets what, and that nothing tells a secret.
#include "support/engine/scene.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace layerhold::test;

namespace {

// bcrypt of wonderland with the least cost; bob is not in it.
const QByteArray users = "alice:$2y$05$abcdefghijklmnopqrstuuA0vov2GDneHB3.8.cv9UF9g.RdvScIW\n";
const QByteArray passwordOfAlice = "wonderland";
const QByteArray loginOfAlice = "YWxpY2U6d29uZGVybGFuZA=="; // alice:wonderland
const QByteArray loginOfBob = "Ym9iOnBsYW50ZWQtYm9i";       // bob:planted-bob

bool put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
           file.write(bytes) == bytes.size();
}

} // namespace

class PrivateImagesTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void cleanupTestCase() { m_scene.reset(); }

    void everybodyGetsWhatIsTheirs();
    void absentAndForbiddenAreAlike();
    void enginesGetWhatTheyAreGranted();
    void refusalsEndIt();
    void nothingTellsASecret();

private:
    /// As a user with that login, or none.
    Outcome as(const QString& user, const QStringList& arguments);
    QByteArray failureOf(const QString& user, const QString& name);

    QString at(const QString& name) const
    {
        return QStringLiteral("127.0.0.1:%1/%2").arg(m_registry->port()).arg(name);
    }

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Registry> m_registry;
    QString m_registryFolder;
    QString m_homes;
    Daemon* m_daemon = nullptr;
    std::optional<TestImage> m_image;
    QByteArray m_said; ///< all that any command wrote
};

void PrivateImagesTest::initTestCase()
{
    m_scene = std::make_unique<Scene>();
    m_registryFolder = m_scene->makeDirectory("private");
    m_homes = m_scene->makeDirectory("homes");
    QVERIFY(put(m_registryFolder + "/htpasswd", users));
    RegistrySetup setup;
    setup.htpasswd = m_registryFolder + "/htpasswd";
    m_registry = std::make_unique<Registry>(m_registryFolder, setup);
    QVERIFY(m_registry->start());
    const QByteArray name = "127.0.0.1:" + QByteArray::number(m_registry->port());
    QVERIFY(put(m_homes + "/alice/config.json", "{\"auths\":{\"" + name + "\":{\"auth\":\"" + loginOfAlice + "\"}}}"));
    QVERIFY(put(m_homes + "/bob/config.json", "{\"auths\":{\"" + name + "\":{\"auth\":\"" + loginOfBob + "\"}}}"));
    QVERIFY(put(m_homes + "/nobody/config.json", "{}"));
    m_daemon = &m_scene->addDaemon();
    qputenv("LAYERHOLD_LOG_LEVEL", "debug");
    qputenv("LAYERHOLD_LOG_OPERATIONS", "on");
    QVERIFY(m_daemon->start());
    qunsetenv("LAYERHOLD_LOG_LEVEL");
    qunsetenv("LAYERHOLD_LOG_OPERATIONS");
    m_image = makeImage(m_scene->makeDirectory("img"), {{LayerSpec::Content::Random, 1 << 20}}, 400);
    QVERIFY(m_image);
    // Alice loads it by way of a layout, and pushes it.
    const Outcome copied = run("skopeo", {"copy", "--preserve-digests", "--dest-tls-verify=false", "--dest-creds",
                                          "alice:" + QString::fromLatin1(passwordOfAlice), "oci:" + m_image->layout,
                                          "docker://" + at("team/app:1")});
    QVERIFY2(copied.ok(), copied.text());
}

Outcome PrivateImagesTest::as(const QString& user, const QStringList& arguments)
{
    QStringList all{"DOCKER_CONFIG=" + m_homes + '/' + user, "HOME=" + m_homes + '/' + user,
                    "XDG_RUNTIME_DIR=", "REGISTRY_AUTH_FILE="};
    all << Daemon::program() << arguments << "--api-socket" << m_daemon->apiSocket();
    Outcome outcome = run("env", all);
    m_said += outcome.out + outcome.err;
    return outcome;
}

QByteArray PrivateImagesTest::failureOf(const QString& user, const QString& name)
{
    const Outcome outcome = as(user, {"pull", at(name)});
    QByteArray text = QByteArray::number(outcome.exitCode) + ' ' + outcome.err;
    return text.replace(name.toLatin1(), "NAME").replace(name.section(':', 0, 0).toLatin1(), "NAME");
}

void PrivateImagesTest::everybodyGetsWhatIsTheirs()
{
    const Outcome byAlice = as("alice", {"pull", at("team/app:1"), "--json"});
    QVERIFY2(byAlice.ok(), byAlice.text());
    QCOMPARE(as("bob", {"pull", at("team/app:1")}).exitCode, 5);
    QCOMPARE(as("nobody", {"pull", at("team/app:1")}).exitCode, 5);
    QCOMPARE(as("bob", {"resolve", at("team/app:1")}).exitCode, 5);
    QCOMPARE(as("nobody", {"resolve", at("team/app:1")}).exitCode, 5);
    QCOMPARE(as("bob", {"pull", at("team/app@" + m_image->manifest.digest)}).exitCode, 5);
    m_registry->forget();
    const Outcome again = as("alice", {"pull", at("team/app:1")});
    QVERIFY2(again.ok() && again.out.contains("all of it was here"), again.text());
    QCOMPARE(m_registry->blobDownloads(), 0);
    const Outcome explained = as("alice", {"access", at("team/app:1"), "--json"});
    QVERIFY2(explained.ok(), explained.text());
    const QJsonObject access = QJsonDocument::fromJson(explained.out).object();
    QVERIFY2(!access["is_public"].toBool() && access["caller_can_pull"].toBool(), explained.text());
    const Outcome forBob = as("bob", {"access", at("team/app:1"), "--json"});
    QVERIFY2(forBob.ok() && !QJsonDocument::fromJson(forBob.out).object()["caller_can_pull"].toBool(), forBob.text());
}

void PrivateImagesTest::absentAndForbiddenAreAlike()
{
    for (const QString& user : {QStringLiteral("bob"), QStringLiteral("nobody")}) {
        const QByteArray forbidden = failureOf(user, "team/app:1");
        QVERIFY(!forbidden.isEmpty());
        QCOMPARE(failureOf(user, "team/none:1"), forbidden);
    }
}

void PrivateImagesTest::enginesGetWhatTheyAreGranted()
{
    const QString socket = m_daemon->addEngine("careful", "verified");
    QVERIFY(!socket.isEmpty());
    const auto canRead = [&] {
        const Outcome explained = as("alice", {"access", m_image->layers[0].digest, "--json"});
        const auto engines = QJsonDocument::fromJson(explained.out).object()["engines"].toArray();
        for (const QJsonValue& engine : engines)
            if (engine.toObject()["engine"].toString() == "careful")
                return engine.toObject()["can_read"].toBool();
        return false;
    };
    QVERIFY(!canRead());
    const Outcome ofBob = as("bob", {"access", at("team/app:1"), "--grant", "careful"});
    QVERIFY2(ofBob.ok(), ofBob.text()); // what bob may read, which is nothing
    QVERIFY(!canRead());
    const Outcome granted = as("alice", {"pull", at("team/app:1"), "--for", "careful"});
    QVERIFY2(granted.ok(), granted.text());
    QVERIFY(canRead());
    Containerd& containerd = m_scene->addContainerd(socket);
    QVERIFY(containerd.start());
    m_registry->forget();
    const Outcome pulled =
        containerd.ctr({"image", "pull", "--plain-http", "--user", "alice:" + QString::fromLatin1(passwordOfAlice),
                        "--snapshotter", "native", at("team/app:1")});
    QVERIFY2(m_registry->blobBytes() == 0, pulled.text());
    const Outcome withdrawn = as("alice", {"access", "--withdraw", "careful"});
    QVERIFY2(withdrawn.ok() && withdrawn.out.contains("2 grants"), withdrawn.text());
}

void PrivateImagesTest::refusalsEndIt()
{
    QVERIFY(
        put(m_registryFolder + "/htpasswd", "carol:$2y$05$abcdefghijklmnopqrstuuA0vov2GDneHB3.8.cv9UF9g.RdvScIW\n"));
    // docker-registry reads the file again when it has changed.
    QVERIFY(eventually(seconds(20), [&] { return as("alice", {"pull", at("team/app:1")}).exitCode == 5; }));
    QCOMPARE(as("alice", {"pull", at("team/app@" + m_image->manifest.digest)}).exitCode, 5);
    m_registry->process().kill();
    QCOMPARE(as("alice", {"pull", at("team/app@" + m_image->manifest.digest)}).exitCode, 4);
}

void PrivateImagesTest::nothingTellsASecret()
{
    as("alice", {"login", "status", at("team/app:1")});
    as("alice", {"login", "status", "--json"});
    as("alice", {"stats", "--json"});
    as("alice", {"events", "--json"});
    const QString exported = m_homes + "/export.json";
    const Outcome debug = as("alice", {"debug", "--export", exported});
    QVERIFY2(debug.ok(), debug.text());
    QVERIFY(m_daemon->process().terminate());
    const QByteArrayList secrets{passwordOfAlice, loginOfAlice, "planted-bob", loginOfBob};
    for (const QByteArray& secret : secrets)
        QVERIFY2(!m_said.contains(secret), "a command said " + secret);
    int searched = 0;
    for (QDirIterator files(m_daemon->root() + "/..", QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
         files.hasNext();) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray content = file.readAll();
        ++searched;
        for (const QByteArray& secret : secrets)
            QVERIFY2(!content.contains(secret), (file.fileName().toUtf8() + " has " + secret).constData());
    }
    QVERIFY(searched > 5); // index, logs, blobs
    QFile report(exported);
    QVERIFY(report.open(QIODevice::ReadOnly));
    const QByteArray content = report.readAll();
    QVERIFY(!content.isEmpty());
    for (const QByteArray& secret : secrets)
        QVERIFY(!content.contains(secret));
}

QTEST_GUILESS_MAIN(PrivateImagesTest)
#include "private_images_test.moc"
