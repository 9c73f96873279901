// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// A containerd that has images goes over to Layerhold, and back, as the README tells its administrator.
#include "support/engine/scene.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace layerhold::test;

namespace {

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class EngineSwitchTest : public QObject
{
    Q_OBJECT

private slots:
    void imagesSurviveBothSwitches();

private:
    /// Every image is complete, runs, and all its bytes can be read.
    void checkImages(const QStringList& references);
    bool restart();
    /// The plugins that are containerd's content store now.
    QByteArrayList contentStores() const;

    std::unique_ptr<Scene> m_scene;
    Containerd* m_containerd = nullptr;
    int m_checks = 0;
};

bool EngineSwitchTest::restart()
{
    return m_containerd->process().terminate() && m_containerd->start();
}

QByteArrayList EngineSwitchTest::contentStores() const
{
    QByteArrayList names;
    for (const QByteArray& line : m_containerd->ctr({"plugins", "ls"}).out.split('\n')) {
        const QByteArrayList columns = line.simplified().split(' ');
        if (columns.size() == 4 && columns[0] == "io.containerd.content.v1" && columns[3] == "ok")
            names << columns[1];
    }
    return names;
}

void EngineSwitchTest::checkImages(const QStringList& references)
{
    const Outcome checked = m_containerd->ctr({"images", "check"});
    QVERIFY2(checked.ok() && checked.out.count("complete (") == references.size(), checked.text());
    for (const QString& reference : references) {
        const Outcome ran = m_containerd->runShell(reference, QString("check-%1").arg(++m_checks), "echo runs");
        QVERIFY2(ran.ok() && ran.out == "runs\n", ran.text());
        const QString archive = m_scene->makeDirectory("archive") + "/image.tar";
        const Outcome exported = m_containerd->ctr({"images", "export", archive, reference});
        QVERIFY2(exported.ok(), exported.text());
    }
}

void EngineSwitchTest::imagesSurviveBothSwitches()
{
    m_scene = std::make_unique<Scene>();
    Registry& registry = m_scene->addRegistry();
    QVERIFY(registry.start());
    QStringList references;
    QList<TestImage> images;
    for (const int number : {1, 2, 3}) {
        const auto image = makeImage(m_scene->makeDirectory("img"),
                                     {{LayerSpec::Content::Busybox, 0}, {LayerSpec::Content::Random, number << 20}},
                                     static_cast<quint64>(1000 * number));
        QVERIFY(image);
        const QString name = QString("app:%1").arg(number);
        const Outcome pushed = pushImage(*image, registry.port(), name);
        QVERIFY2(pushed.ok(), pushed.text());
        images << *image;
        references << referenceAt(registry.port(), name);
    }
    Daemon& daemon = m_scene->addDaemon();
    QVERIFY(daemon.start());
    m_containerd = &m_scene->addContainerd({});
    QVERIFY(m_containerd->start());
    const QString config = m_containerd->configPath();
    const QByteArray configBefore = readFile(config);
    QCOMPARE(contentStores(), QByteArrayList{"content"});
    QVERIFY(m_containerd->pull(references[0]).ok());

    const Outcome added = daemon.cli({"engine", "add", "main", "--containerd-config", config});
    QVERIFY2(added.ok(), added.text());
    QVERIFY2(added.out.contains("Engine main (verified) is served"), added.text());
    // Between the two steps it still writes to its own store.
    QVERIFY(m_containerd->pull(references[1]).ok());
    QVERIFY(restart());
    QCOMPARE(contentStores(), QByteArrayList{"layerhold"});
    const Outcome imported = daemon.cli({"engine", "import", "main", "--containerd-config", config});
    QVERIFY2(imported.ok(), imported.text());
    checkImages(references.mid(0, 2));
    if (QTest::currentTestFailed())
        return;
    QVERIFY(m_containerd->pull(references[2]).ok());
    checkImages(references);
    if (QTest::currentTestFailed())
        return;
    const QString builtIn = m_containerd->builtInBlobs() + "/sha256/";
    const QString newLayer = images[2].layers.last().digest.mid(7);
    QVERIFY(!QFile::exists(builtIn + newLayer));
    QVERIFY(QFile::exists(daemon.root() + "/blobs/sha256/" + newLayer));
    // On a file system without reflinks this gives the doubled space back.
    QVERIFY(QDir(m_containerd->builtInBlobs()).removeRecursively());

    const QStringList removal{"engine", "remove", "main", "--containerd-config", config};
    const Outcome removed = daemon.cli(removal);
    QVERIFY2(removed.ok() && removed.out.contains("stays until containerd was restarted"), removed.text());
    QVERIFY(QFile::exists(builtIn + newLayer));
    const Outcome tooEarly = daemon.cli(removal);
    QVERIFY2(tooEarly.exitCode == 8, tooEarly.text());
    QVERIFY2(tooEarly.err.contains("process " + QByteArray::number(m_containerd->process().pid())), tooEarly.text());
    QVERIFY(restart());
    QCOMPARE(contentStores(), QByteArrayList{"content"});
    QCOMPARE(readFile(config), configBefore);
    const Outcome dropped = daemon.cli(removal);
    QVERIFY2(dropped.ok() && dropped.out.contains("Engine main is removed"), dropped.text());
    QVERIFY(daemon.process().terminate());
    registry.process().kill();
    checkImages(references);
}

QTEST_GUILESS_MAIN(EngineSwitchTest)
#include "engine_switch_test.moc"
