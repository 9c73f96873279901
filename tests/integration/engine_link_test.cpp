// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// What a containerd tells over its own API: names of images, how tags move, where blobs came from.

#include "support/engine/scene.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace layerhold::test;

namespace {

const QList<LayerSpec> layers{{LayerSpec::Content::Text, 1 << 20}, {LayerSpec::Content::Random, 1 << 16}};

} // namespace

class EngineLinkTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void pullsOfAMovedTagAreItsHistory();
    void whatHappenedMeanwhileIsMadeUpFor();
    void aLostContainerdKeepsItsNames();

private:
    QJsonObject json(const QStringList& arguments) const;

    QJsonArray moves() const { return json({"history", m_reference})["moves"].toArray(); }

    bool eventuallyMoves(int count) const
    {
        return eventually(seconds(30), [this, count] { return moves().size() == count; });
    }

    QJsonObject link() const { return json({"engine", "list"})["engines"].toArray()[0].toObject()["link"].toObject(); }

    bool eventuallyConnected(bool isConnected) const
    {
        return eventually(seconds(60), [this, isConnected] { return link()["connected"].toBool() == isConnected; });
    }

    /// Puts another image under the tag and pulls it; its digest.
    QString pullNew(quint64 seed);

    std::unique_ptr<Scene> m_scene;
    Daemon* m_daemon = nullptr;
    Containerd* m_containerd = nullptr;
    Registry* m_registry = nullptr;
    QString m_reference;
};

void EngineLinkTest::init()
{
    m_scene = std::make_unique<Scene>();
    m_registry = &m_scene->addRegistry();
    QVERIFY(m_registry->start());
    m_reference = referenceAt(m_registry->port(), "library/app:1");
    m_daemon = &m_scene->addDaemon();
    QVERIFY(m_daemon->start());
    m_containerd = &m_scene->addContainerd(m_daemon->contentSocket());
    QVERIFY(m_containerd->start());
    const Outcome linked = m_daemon->cli({"engine", "add", "default", "--socket", m_daemon->contentSocket(),
                                          "--sharing", "open", "--containerd-address", m_containerd->address()});
    QVERIFY2(linked.ok(), linked.text());
    QVERIFY2(eventuallyConnected(true), m_daemon->cli({"engine", "list"}).text());
}

void EngineLinkTest::cleanup()
{
    m_scene.reset();
}

QJsonObject EngineLinkTest::json(const QStringList& arguments) const
{
    return QJsonDocument::fromJson(m_daemon->cli(arguments + QStringList{"--json"}).out).object();
}

QString EngineLinkTest::pullNew(quint64 seed)
{
    const auto image = makeImage(m_scene->makeDirectory("img") + "/layout", layers, seed);
    if (!image || !pushImage(*image, m_registry->port(), "library/app:1").ok())
        return {};
    const Outcome pulled = m_containerd->pull(m_reference);
    if (!pulled.ok())
        qWarning("%s", pulled.text().constData());
    return pulled.ok() ? image->manifest.digest : QString();
}

void EngineLinkTest::pullsOfAMovedTagAreItsHistory()
{
    QStringList digests;
    for (quint64 seed = 1; seed <= 3; ++seed) {
        digests << pullNew(seed);
        QVERIFY(!digests.last().isEmpty());
        QVERIFY(eventuallyMoves(static_cast<int>(seed)));
    }
    QVERIFY(m_containerd->pull(m_reference).ok()); // the same again is no move
    const auto check = [&] {
        const QJsonArray history = moves();
        QCOMPARE(history.size(), 3);
        for (int i = 0; i < 3; ++i) {
            const QJsonObject move = history[2 - i].toObject(); // newest first
            QCOMPARE(move["to"].toString(), digests[i]);
            QCOMPARE(move["from"].toString(), i == 0 ? QString() : digests[i - 1]);
            QCOMPARE(move["cause"].toString(), QString("engine"));
            QCOMPARE(move["by"].toString(), QString("default"));
        }
    };
    check();
    QVERIFY(m_daemon->process().terminate());
    QVERIFY(m_daemon->start());
    QVERIFY(eventuallyConnected(true));
    check();
    const QJsonObject found = json({"inspect", m_reference});
    QCOMPARE(found["blob"].toObject()["digest"].toString(), digests.last());
    const QJsonObject image = found["image"].toObject();
    QCOMPARE(image["manifests"].toArray()[0].toObject()["layers"].toArray().size(), static_cast<int>(layers.size()));
    const QString host = m_reference.section('/', 0, 0).section(':', 0, 0); // containerd's label leaves out the port
    QCOMPARE(image["sources"].toArray()[0].toString(), host + '/' + m_reference.section('/', 1).section(':', 0, 0));
    const QJsonArray names = image["image"].toObject()["names"].toArray();
    QCOMPARE(names.size(), 2); // the tag, and the engine's name
    QCOMPARE(names[1].toObject()["engine"].toString(), QString("default"));

    const Outcome removed = m_containerd->removeImage(m_reference);
    QVERIFY2(removed.ok(), removed.text());
    QVERIFY(eventuallyMoves(4));
    QVERIFY(moves()[0].toObject()["to"].toString().isEmpty());
    QVERIFY(!json({"history", m_reference})["tag"].isObject());
}

void EngineLinkTest::whatHappenedMeanwhileIsMadeUpFor()
{
    const QString first = pullNew(1);
    QVERIFY(eventuallyMoves(1));
    const QString other = referenceAt(m_registry->port(), "library/other:2");
    QVERIFY(m_containerd->ctr({"images", "tag", m_reference, other}).ok());
    QVERIFY(m_daemon->process().terminate());
    QVERIFY(m_containerd->ctr({"images", "rm", "--sync=false", m_reference}).ok()); // nobody is told
    QVERIFY(m_daemon->start());
    QVERIFY(eventuallyMoves(2));
    QVERIFY(moves()[0].toObject()["to"].toString().isEmpty());
    QVERIFY(eventually(seconds(30), [&] { return json({"history", other})["tag"].isObject(); }));
    QCOMPARE(json({"inspect", other})["blob"].toObject()["digest"].toString(), first);
}

void EngineLinkTest::aLostContainerdKeepsItsNames()
{
    const QString first = pullNew(1);
    QVERIFY(eventuallyMoves(1));
    QVERIFY(m_containerd->process().terminate());
    QVERIFY(eventuallyConnected(false));
    QVERIFY(!link()["seen_at"].toString().isEmpty());
    QVERIFY(!link()["problem"].toString().isEmpty());
    QCOMPARE(json({"history", m_reference})["tag"].toObject()["digest"].toString(), first);
    QVERIFY(m_containerd->start());
    QVERIFY(eventuallyConnected(true));
    const QString second = pullNew(2);
    QVERIFY(eventuallyMoves(2));
    QCOMPARE(moves()[0].toObject()["to"].toString(), second);
    QVERIFY(m_daemon->process().terminate()); // and ends in time while it follows
}

QTEST_GUILESS_MAIN(EngineLinkTest)
#include "engine_link_test.moc"
