// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Several containerds on one layerhold, each through its own socket.
#include "support/engine/content_client.h"
#include "support/engine/scene.h"

#include <QTest>

#include <set>

using namespace layerhold::test;

class TwoEnginesTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void cleanup() { m_scene.reset(); }

    void secondEngineDownloadsNothing();
    void collectionOfOneLeavesTheOtherAlone_data();
    void collectionOfOneLeavesTheOtherAlone();
    void removalInOneKeepsTheImageOfTheOther();
    void isolatedEngineSeesNothingAndSharesTheDisk();
    void enginesSurviveARestart();
    void removedEngineIsNoLongerServed();

private:
    qint64 imageBytes() const { return m_image->blobBytes() + m_image->manifest.size; }

    std::unique_ptr<Scene> m_scene;
    Registry* m_registry = nullptr;
    Daemon* m_daemon = nullptr;
    std::optional<TestImage> m_image;
    QString m_reference;
};

void TwoEnginesTest::init()
{
    m_scene = std::make_unique<Scene>();
    m_registry = &m_scene->addRegistry();
    QVERIFY(m_registry->start());
    m_image = makeImage(m_scene->makeDirectory("img"),
                        {{LayerSpec::Content::Busybox, 0}, {LayerSpec::Content::Random, 4 << 20}}, 200);
    QVERIFY(m_image);
    const Outcome pushed = pushImage(*m_image, m_registry->port(), "app:1");
    QVERIFY2(pushed.ok(), pushed.text());
    m_reference = referenceAt(m_registry->port(), "app:1");
    m_daemon = &m_scene->addDaemon();
    QVERIFY(m_daemon->start());
}

void TwoEnginesTest::secondEngineDownloadsNothing()
{
    Outcome added;
    const QString socket = m_daemon->addEngine("second", "open", &added);
    QVERIFY2(!socket.isEmpty(), added.text());
    Containerd& first = m_scene->addContainerd(m_daemon->contentSocket());
    Containerd& second = m_scene->addContainerd(socket);
    QVERIFY(first.start());
    QVERIFY(second.start());
    const Outcome pulled = first.pull(m_reference);
    QVERIFY2(pulled.ok(), pulled.text());
    QCOMPARE(m_daemon->blobBytesOnDisk(), imageBytes());

    m_registry->forget();
    const Outcome pulledAgain = second.pull(m_reference);
    QVERIFY2(pulledAgain.ok(), pulledAgain.text());
    const Outcome ran = second.runShell(m_reference, "two", "echo two");
    QVERIFY2(ran.ok() && ran.out == "two\n", ran.text());
    QVERIFY(!m_registry->accesses().isEmpty());
    QCOMPARE(m_registry->blobBytes(), 0);
    QCOMPARE(m_daemon->blobBytesOnDisk(), imageBytes());
}

void TwoEnginesTest::collectionOfOneLeavesTheOtherAlone_data()
{
    QTest::addColumn<bool>("defaultCollects");
    QTest::newRow("the default engine collects") << true;
    QTest::newRow("the added engine collects") << false;
}

void TwoEnginesTest::collectionOfOneLeavesTheOtherAlone()
{
    QFETCH(bool, defaultCollects);
    const QString added = m_daemon->addEngine("second", "open");
    QVERIFY(!added.isEmpty());
    const QString collecting = defaultCollects ? m_daemon->contentSocket() : added;
    const QString other = defaultCollects ? added : m_daemon->contentSocket();

    ContentClient foreign(other.toStdString());
    std::set<std::string> digests;
    for (int i = 0; i < 1000; ++i) {
        const std::string bytes = "foreign blob " + std::to_string(i);
        const grpc::Status put = foreign.put(bytes);
        QVERIFY2(put.ok(), put.error_message().c_str());
        digests.insert(sha256Of(bytes));
    }
    Containerd& containerd = m_scene->addContainerd(collecting);
    QVERIFY(containerd.start());
    const Outcome pulled = containerd.pull(m_reference);
    QVERIFY2(pulled.ok(), pulled.text());
    const Outcome removed = containerd.removeImage(m_reference);
    QVERIFY2(removed.ok(), removed.text());

    ContentClient own(collecting.toStdString());
    QVERIFY(eventually(seconds(10), [&own] {
        std::vector<contentapi::Info> left;
        return own.list({}, &left).ok() && left.empty();
    }));
    std::vector<contentapi::Info> kept;
    QVERIFY(foreign.list({}, &kept).ok());
    std::set<std::string> listed;
    for (const auto& info : kept)
        listed.insert(info.digest());
    QVERIFY(listed == digests);
    for (const std::string& digest : digests) {
        std::string bytes;
        QVERIFY(foreign.read(digest, 0, 0, &bytes).ok());
        QVERIFY(sha256Of(bytes) == digest);
    }
}

void TwoEnginesTest::removalInOneKeepsTheImageOfTheOther()
{
    const QString socket = m_daemon->addEngine("second", "open");
    QVERIFY(!socket.isEmpty());
    Containerd& first = m_scene->addContainerd(m_daemon->contentSocket());
    Containerd& second = m_scene->addContainerd(socket);
    QVERIFY(first.start());
    QVERIFY(second.start());
    QVERIFY(first.pull(m_reference).ok());
    QVERIFY(second.pull(m_reference).ok());
    QVERIFY(first.removeImage(m_reference).ok());
    const Outcome cleaned = m_daemon->cli({"gc"});
    QVERIFY2(cleaned.ok(), cleaned.text());
    for (const StoredBlob& layer : m_image->layers)
        QCOMPARE(second.ctr({"content", "get", layer.digest}).out.size(), layer.size);

    QVERIFY(second.removeImage(m_reference).ok());
    QVERIFY(eventually(seconds(10), [&second] { return second.knownDigests().isEmpty(); }));
    const Outcome cleanedAgain = m_daemon->cli({"gc"});
    QVERIFY2(cleanedAgain.ok(), cleanedAgain.text());
    QCOMPARE(m_daemon->blobFilesOnDisk(), 0);
}

void TwoEnginesTest::isolatedEngineSeesNothingAndSharesTheDisk()
{
    const QString socket = m_daemon->addEngine("apart", "isolated");
    QVERIFY(!socket.isEmpty());
    Containerd& first = m_scene->addContainerd(m_daemon->contentSocket());
    Containerd& apart = m_scene->addContainerd(socket);
    QVERIFY(first.start());
    QVERIFY(apart.start());
    QVERIFY(first.pull(m_reference).ok());
    ContentClient client(socket.toStdString());
    for (const QString& digest : m_image->digests()) {
        QCOMPARE(client.info(digest.toStdString()).error_code(), grpc::StatusCode::NOT_FOUND);
        QCOMPARE(client.read(digest.toStdString(), 0, 0).error_code(), grpc::StatusCode::NOT_FOUND);
    }

    m_registry->forget();
    const Outcome pulled = apart.pull(m_reference);
    QVERIFY2(pulled.ok(), pulled.text());
    QVERIFY(eventually(seconds(5), [this] { return m_registry->blobBytes() == m_image->blobBytes(); }));
    QCOMPARE(m_daemon->blobBytesOnDisk(), imageBytes());
    // What it supplied itself it gets back.
    QVERIFY(apart.removeImage(m_reference).ok());
    QVERIFY(eventually(seconds(10), [&apart] { return apart.knownDigests().isEmpty(); }));
    m_registry->forget();
    QVERIFY(apart.pull(m_reference).ok());
    QVERIFY(!m_registry->accesses().isEmpty());
    QCOMPARE(m_registry->blobBytes(), 0);
}

void TwoEnginesTest::enginesSurviveARestart()
{
    const QString socket = m_daemon->addEngine("second", "open");
    QVERIFY(!socket.isEmpty());
    QVERIFY(ContentClient(socket.toStdString()).put("held by the second").ok());
    m_daemon->process().kill();
    QVERIFY(m_daemon->start());
    ContentClient client(socket.toStdString());
    QVERIFY(eventually(seconds(10), [&client] {
        std::vector<contentapi::Info> infos;
        return client.list({}, &infos).ok() && infos.size() == 1;
    }));
    std::vector<contentapi::Info> infos;
    QVERIFY(ContentClient(m_daemon->contentSocket().toStdString()).list({}, &infos).ok());
    QVERIFY(infos.empty());
}

void TwoEnginesTest::removedEngineIsNoLongerServed()
{
    const QString socket = m_daemon->addEngine("second", "open");
    QVERIFY(!socket.isEmpty());
    ContentClient client(socket.toStdString(), seconds(3));
    QVERIFY(client.put("orphan").ok());
    // This process is a client of it, and still there.
    const Outcome refused = m_daemon->cli({"engine", "remove", "second"});
    QVERIFY2(refused.exitCode == 8, refused.text());
    QVERIFY2(refused.err.contains("process " + QByteArray::number(QCoreApplication::applicationPid())), refused.text());
    QVERIFY(client.info(sha256Of("orphan")).ok());
    const Outcome removed = m_daemon->cli({"engine", "remove", "second", "--force"});
    QVERIFY2(removed.ok(), removed.text());
    QCOMPARE(client.info(sha256Of("orphan")).error_code(), grpc::StatusCode::UNAVAILABLE);
    const Outcome listed = m_daemon->cli({"engine", "list", "--json"});
    QVERIFY2(listed.ok() && !listed.out.contains("second"), listed.text());
}

QTEST_GUILESS_MAIN(TwoEnginesTest)
#include "two_engines_test.moc"
