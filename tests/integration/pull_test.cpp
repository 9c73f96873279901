// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// The life of an image in a containerd whose content store is Layerhold.
#include "support/engine/scene.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace layerhold::test;

namespace {

const QList<LayerSpec> threeLayers{
    {LayerSpec::Content::Busybox, 0}, {LayerSpec::Content::Text, 6 << 20}, {LayerSpec::Content::Random, 9 << 20}};

} // namespace

class PullTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void removedImageComesBackWithoutADownload();
    void containerRunsFromThePulledImage();
    void deletedBlobsAreKeptAndHidden();
    void pushesBack();
    void exportsAndImports();
    void survivesARestartOfContainerd();
    void survivesARestartOfBoth();

private:
    bool removeEverything();

    std::unique_ptr<Scene> m_scene;
    Daemon* m_daemon = nullptr;
    Containerd* m_containerd = nullptr;
    Registry* m_registry = nullptr;
    std::optional<TestImage> m_image;
    QString m_reference;
};

void PullTest::init()
{
    m_scene = std::make_unique<Scene>();
    m_registry = &m_scene->addRegistry();
    QVERIFY(m_registry->start());
    m_image = makeImage(m_scene->makeDirectory("img"), threeLayers, 10);
    QVERIFY(m_image);
    const Outcome pushed = pushImage(*m_image, m_registry->port(), "library/app:1");
    QVERIFY2(pushed.ok(), pushed.text());
    m_reference = referenceAt(m_registry->port(), "library/app:1");
    m_daemon = &m_scene->addDaemon();
    QVERIFY(m_daemon->start());
    m_containerd = &m_scene->addContainerd(m_daemon->contentSocket());
    QVERIFY(m_containerd->start());
    m_registry->forget();

    const Outcome pulled = m_containerd->pull(m_reference);
    QVERIFY2(pulled.ok(), pulled.text());
    const int blobs = static_cast<int>(threeLayers.size()) + 1;
    QVERIFY(eventually(seconds(5), [this, blobs] { return m_registry->blobDownloads() == blobs; }));
    QCOMPARE(m_registry->blobBytes(), m_image->blobBytes());
    m_registry->forget();
}

void PullTest::cleanup()
{
    m_scene.reset();
}

bool PullTest::removeEverything()
{
    return m_containerd->removeImage(m_reference).ok() &&
           eventually(seconds(10), [this] { return m_containerd->knownDigests().isEmpty(); });
}

void PullTest::removedImageComesBackWithoutADownload()
{
    for (int round = 0; round < 3; ++round) {
        QVERIFY(removeEverything());
        m_registry->forget();
        const Outcome pulled = m_containerd->pull(m_reference);
        QVERIFY2(pulled.ok(), pulled.text());
        // The manifest request is there, so the log is complete up to it: blobs come after it.
        const Outcome ran = m_containerd->runShell(m_reference, QString("again%1").arg(round), "echo again");
        QVERIFY2(ran.ok() && ran.out == "again\n", ran.text());
        QVERIFY(!m_registry->accesses().isEmpty());
        QCOMPARE(m_registry->blobDownloads(), 0);
        QCOMPARE(m_registry->blobBytes(), 0);
    }
}

void PullTest::containerRunsFromThePulledImage()
{
    const Outcome ran = m_containerd->runShell(m_reference, "first", "sha256sum /data/*");
    QVERIFY2(ran.ok(), ran.text());
    QCOMPARE(ran.out.count('\n'), 2);
}

void PullTest::deletedBlobsAreKeptAndHidden()
{
    const qint64 before = m_daemon->blobBytesOnDisk();
    QCOMPARE(before, m_image->blobBytes() + m_image->manifest.size);
    QVERIFY(removeEverything());
    QCOMPARE(m_daemon->blobBytesOnDisk(), before);
    QCOMPARE(m_daemon->blobFilesOnDisk(), m_image->digests().size());
    const Outcome listed = m_daemon->cli({"ls", "--json"});
    QVERIFY2(listed.ok(), listed.text());
    for (const QString& digest : m_image->digests())
        QVERIFY2(listed.out.contains(digest.toUtf8()), listed.text());
}

void PullTest::pushesBack()
{
    const QString copy = referenceAt(m_registry->port(), "copy/app:2");
    const Outcome tagged = m_containerd->ctr({"images", "tag", m_reference, copy});
    QVERIFY2(tagged.ok(), tagged.text());
    const Outcome pushed = m_containerd->ctr({"images", "push", "--plain-http", copy});
    QVERIFY2(pushed.ok(), pushed.text());
    const QString target = m_scene->makeDirectory("pushed");
    const Outcome fetched = run("skopeo", {"copy", "--insecure-policy", "--preserve-digests", "--src-tls-verify=false",
                                           "docker://" + copy, "oci:" + target});
    QVERIFY2(fetched.ok(), fetched.text());
    for (const QString& digest : m_image->digests()) {
        QFile ours(m_image->layout + "/blobs/sha256/" + digest.mid(7));
        QFile theirs(target + "/blobs/sha256/" + digest.mid(7));
        QVERIFY(ours.open(QIODevice::ReadOnly));
        QVERIFY2(theirs.open(QIODevice::ReadOnly), qPrintable(theirs.fileName()));
        QVERIFY(ours.readAll() == theirs.readAll());
    }
}

void PullTest::exportsAndImports()
{
    const QString archive = m_scene->makeDirectory("archive") + "/app.tar";
    const Outcome exported = m_containerd->ctr({"images", "export", archive, m_reference});
    QVERIFY2(exported.ok(), exported.text());
    QVERIFY(removeEverything());
    m_registry->process().kill();
    const Outcome imported = m_containerd->ctr({"images", "import", archive});
    QVERIFY2(imported.ok(), imported.text());
    const Outcome ran = m_containerd->runShell(m_reference, "imported", "echo imported");
    QVERIFY2(ran.ok() && ran.out == "imported\n", ran.text());
}

void PullTest::survivesARestartOfContainerd()
{
    QVERIFY(m_containerd->process().terminate());
    QVERIFY(m_containerd->start());
    const Outcome checked = m_containerd->ctr({"images", "check"});
    QVERIFY2(checked.ok() && checked.out.contains("complete (4/4)"), checked.text());
    const Outcome ran = m_containerd->runShell(m_reference, "restarted", "echo restarted");
    QVERIFY2(ran.ok() && ran.out == "restarted\n", ran.text());
    QVERIFY(removeEverything());
    const Outcome pulled = m_containerd->pull(m_reference);
    QVERIFY2(pulled.ok(), pulled.text());
    QCOMPARE(m_registry->blobDownloads(), 0);
}

void PullTest::survivesARestartOfBoth()
{
    QVERIFY(m_containerd->process().terminate());
    QVERIFY2(m_daemon->process().terminate(), "layerhold did not end by itself with exit code 0 on SIGTERM");
    QVERIFY(m_daemon->start());
    QVERIFY(m_containerd->start());
    const Outcome got = m_containerd->ctr({"content", "get", m_image->layers.last().digest});
    QCOMPARE(got.out.size(), m_image->layers.last().size);
    const Outcome ran = m_containerd->runShell(m_reference, "both", "echo both");
    QVERIFY2(ran.ok() && ran.out == "both\n", ran.text());
    QCOMPARE(m_registry->blobDownloads(), 0);
}

QTEST_GUILESS_MAIN(PullTest)
#include "pull_test.moc"
