// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// The verbs that talk to registries, with a real registry, and what containerd and skopeo make of what they did.
#include "support/engine/scene.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace layerhold::test;

namespace {

QJsonObject objectIn(const Outcome& outcome)
{
    return QJsonDocument::fromJson(outcome.out).object();
}

/// Whatever registries the user of this machine is logged in to.
Outcome anonymously(const Daemon& daemon, QStringList arguments)
{
    return daemon.cli(arguments << QStringLiteral("--anonymous"));
}

} // namespace

class RegistryVerbsTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void cleanup() { m_scene.reset(); }

    void pullsOnceAndWarmsVerifiedEngines();
    void workWithoutADaemon();
    void resolvesAndRemembersMoves();
    void pushesWhatOthersTake();
    void copiesThroughTheCache();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void cacheIsALayoutForSkopeo();

private:
    QString at(const QString& name) const { return referenceAt(m_registry->port(), name); }

    std::unique_ptr<Scene> m_scene;
    Registry* m_registry = nullptr;
    Daemon* m_daemon = nullptr;
    std::optional<TestImage> m_image;
    QString m_reference;
};

void RegistryVerbsTest::init()
{
    m_scene = std::make_unique<Scene>();
    m_registry = &m_scene->addRegistry();
    QVERIFY(m_registry->start());
    m_image = makeImage(m_scene->makeDirectory("img"),
                        {{LayerSpec::Content::Busybox, 0}, {LayerSpec::Content::Random, 3 << 20}}, 300);
    QVERIFY(m_image);
    const Outcome pushed = pushImage(*m_image, m_registry->port(), "app:1");
    QVERIFY2(pushed.ok(), pushed.text());
    m_reference = at("app:1");
    m_daemon = &m_scene->addDaemon();
    QVERIFY(m_daemon->start());
}

void RegistryVerbsTest::pullsOnceAndWarmsVerifiedEngines()
{
    const QString socket = m_daemon->addEngine("careful", "verified");
    QVERIFY(!socket.isEmpty());
    m_registry->forget();
    const Outcome pulled = anonymously(*m_daemon, {"pull", m_reference, "--json"});
    QVERIFY2(pulled.ok(), pulled.text());
    const QJsonObject report = objectIn(pulled);
    QCOMPARE(report["digest"].toString(), m_image->manifest.digest);
    QCOMPARE(report["downloaded_blobs"].toInt(), m_image->digests().size());
    QCOMPARE(m_registry->blobBytes(), m_image->blobBytes());

    m_registry->forget();
    const Outcome again = anonymously(*m_daemon, {"pull", m_reference});
    QVERIFY2(again.ok() && again.out.contains("all of it was here"), again.text());
    QCOMPARE(m_registry->blobDownloads(), 0);

    Containerd& containerd = m_scene->addContainerd(socket);
    QVERIFY(containerd.start());
    const Outcome warm = containerd.pull(m_reference);
    QVERIFY2(warm.ok(), warm.text());
    QCOMPARE(m_registry->blobBytes(), 0);
    const Outcome ran = containerd.runShell(m_reference, "one", "echo warm");
    QVERIFY2(ran.ok() && ran.out == "warm\n", ran.text());

    const Outcome access = anonymously(*m_daemon, {"access", m_image->layers[1].digest, "--json"});
    QVERIFY2(access.ok(), access.text());
    const QJsonObject explained = objectIn(access);
    QVERIFY(explained["is_public"].toBool());
    QCOMPARE(explained["proofs"].toArray()[0].toObject()["method"].toString(), QStringLiteral("download"));
    for (const QJsonValue& engine : explained["engines"].toArray())
        QVERIFY2(engine.toObject()["can_read"].toBool(), access.text());
    const Outcome told = anonymously(*m_daemon, {"access", m_reference});
    QVERIFY2(told.ok() && told.out.contains("everybody may read it") && told.out.contains("careful"), told.text());
    const Outcome history = m_daemon->cli({"history", m_reference, "--json"});
    QVERIFY2(history.ok() && history.out.contains("\"pull\""), history.text());
}

void RegistryVerbsTest::workWithoutADaemon()
{
    const QString root = m_scene->makeDirectory("alone") + "/root";
    const auto layerhold = [&](QStringList arguments) {
        return run(Daemon::program(), arguments << "--root" << root << "--anonymous");
    };
    const Outcome pulled = layerhold({"pull", m_reference});
    QVERIFY2(pulled.ok() && pulled.out.contains(m_image->manifest.digest.toLatin1()), pulled.text());
    const Outcome resolved = layerhold({"resolve", m_reference});
    QVERIFY2(resolved.ok() && resolved.out.contains("the cache"), resolved.text());
    const Outcome access = layerhold({"access", m_reference});
    QVERIFY2(access.ok(), access.text());
}

void RegistryVerbsTest::resolvesAndRemembersMoves()
{
    const Outcome pulled = anonymously(*m_daemon, {"pull", m_reference});
    QVERIFY2(pulled.ok(), pulled.text());
    m_registry->forget();
    const Outcome warm = anonymously(*m_daemon, {"resolve", m_reference, "--json"});
    QVERIFY2(warm.ok(), warm.text());
    QCOMPARE(objectIn(warm)["from"].toString(), QStringLiteral("cache"));
    QCOMPARE(m_registry->accesses().size(), 0);

    const auto other = makeImage(m_scene->makeDirectory("other"), {{LayerSpec::Content::Random, 1 << 20}}, 301);
    QVERIFY(other);
    for (const QString& name : {QStringLiteral("app:1"), QStringLiteral("app:2")}) {
        const Outcome pushed = pushImage(*other, m_registry->port(), name);
        QVERIFY2(pushed.ok(), pushed.text());
    }
    m_registry->forget();
    const Outcome cold = anonymously(*m_daemon, {"resolve", at("app:2"), at("app:3"), "--json"});
    QCOMPARE(cold.exitCode, 3); // one of them is not there
    QVERIFY2(cold.err.contains("app:3"), cold.text());
    const QByteArray first = cold.out.split('\n').first();
    QCOMPARE(QJsonDocument::fromJson(first).object()["digest"].toString(), other->manifest.digest);
    QCOMPARE(m_registry->accesses().size(), 2);
    QVERIFY(m_registry->accesses()[0].method == "HEAD" && m_registry->accesses()[1].method == "HEAD");

    const Outcome moved = anonymously(*m_daemon, {"pull", m_reference});
    QVERIFY2(moved.ok(), moved.text());
    const Outcome history = m_daemon->cli({"history", m_reference});
    QVERIFY2(history.ok(), history.text());
    QVERIFY2(history.out.contains(other->manifest.digest.left(19).toLatin1()) &&
                 history.out.contains(m_image->manifest.digest.left(19).toLatin1()),
             history.text());
}

void RegistryVerbsTest::pushesWhatOthersTake()
{
    const Outcome pulled = anonymously(*m_daemon, {"pull", m_reference});
    QVERIFY2(pulled.ok(), pulled.text());
    const Outcome pushed = anonymously(*m_daemon, {"push", m_reference, at("team/copy:1"), "--json"});
    QVERIFY2(pushed.ok(), pushed.text());
    QCOMPARE(objectIn(pushed)["digest"].toString(), m_image->manifest.digest);
    const Outcome inspected = run("skopeo", {"inspect", "--tls-verify=false", "docker://" + at("team/copy:1")});
    QVERIFY2(inspected.ok(), inspected.text());
    QCOMPARE(objectIn(inspected)["Digest"].toString(), m_image->manifest.digest);
    // Nothing but the manifest under its new name is sent again.
    const Outcome again = anonymously(*m_daemon, {"push", m_reference, at("team/copy:2"), "--json"});
    QVERIFY2(again.ok(), again.text());
    QCOMPARE(objectIn(again)["uploaded_bytes"].toInt(), m_image->manifest.size);
    Containerd& containerd = m_scene->addContainerd({});
    QVERIFY(containerd.start());
    const Outcome taken = containerd.pull(at("team/copy:2"));
    QVERIFY2(taken.ok(), taken.text());
    const Outcome ran = containerd.runShell(at("team/copy:2"), "two", "echo pushed");
    QVERIFY2(ran.ok() && ran.out == "pushed\n", ran.text());
}

void RegistryVerbsTest::copiesThroughTheCache()
{
    const Outcome copied = anonymously(*m_daemon, {"copy", m_reference, at("elsewhere/app:9")});
    QVERIFY2(copied.ok() && copied.out.contains(m_image->manifest.digest.toLatin1()), copied.text());
    const Outcome resolved = anonymously(*m_daemon, {"resolve", at("elsewhere/app:9"), "--json"});
    QVERIFY2(resolved.ok(), resolved.text());
    QCOMPARE(objectIn(resolved)["digest"].toString(), m_image->manifest.digest);
}

void RegistryVerbsTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("arguments"); // @ is the registry
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char* name, const QStringList& arguments, int exitCode, const QByteArray& word) {
        QTest::newRow(name) << arguments << exitCode << word;
    };
    row("no such image", {"pull", "@/none:1"}, 3, "none");
    row("no such tag", {"pull", "@/app:none"}, 3, "app:none");
    row("no image name", {"pull", "@/App:1"}, 2, "App");
    row("nobody listens", {"pull", "127.0.0.1:1/app:1"}, 4, "127.0.0.1:1");
    row("both kinds of platforms", {"pull", "@/app:1", "--platform", "linux/amd64", "--all-platforms"}, 2,
        "--platform");
    row("no such engine", {"pull", "@/app:1", "--for", "nobody"}, 3, "nobody");
    row("nothing to push", {"push", "@/missing:1", "@/target:1"}, 3, "missing");
    row("nobody to push to", {"push", "@/app:1", "127.0.0.1:1/app:1"}, 3, "app:1"); // not pulled before
    row("resolve nothing", {"resolve"}, 2, "IMAGE");
    row("resolve no name", {"resolve", "@/App"}, 2, "App");
    row("access to nothing", {"access", "@/missing:1"}, 3, "missing");
    row("access without a name", {"access"}, 2, "name");
    row("grant of nothing", {"access", "@", "--grant", "default"}, 2, "credential");
}

void RegistryVerbsTest::saysWhatIsWrong()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    QFETCH(QByteArray, word);
    const QString registry = QStringLiteral("127.0.0.1:%1").arg(m_registry->port());
    const Outcome outcome = anonymously(*m_daemon, arguments.replaceInStrings("@", registry));
    QVERIFY2(outcome.exitCode == exitCode, outcome.text());
    QVERIFY2(outcome.err.startsWith("layerhold: ") && outcome.err.contains(word), outcome.text());
    QVERIFY2(outcome.out.isEmpty(), outcome.text());
}

void RegistryVerbsTest::cacheIsALayoutForSkopeo()
{
    const Outcome pulled = anonymously(*m_daemon, {"pull", m_reference});
    QVERIFY2(pulled.ok(), pulled.text());
    QVERIFY(m_daemon->process().terminate());
    const QString copy = m_scene->makeDirectory("copy");
    const Outcome copied = run("skopeo", {"copy", "oci:" + m_daemon->root() + ":" + m_reference, "dir:" + copy});
    QVERIFY2(copied.ok(), copied.text());
}

QTEST_GUILESS_MAIN(RegistryVerbsTest)
#include "registry_verbs_test.moc"
