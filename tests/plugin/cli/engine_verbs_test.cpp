// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "plugin/cli/program_run.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace layerhold::testing;

namespace {

void writeFile(const QString& path, const QByteArray& text)
{
    QFile file(path);
    if (!QFileInfo(path).dir().mkpath(".") || !file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
}

/// A place with the configuration and the built-in store of a containerd that does not run.
class ContainerdPlace : public Place
{
public:
    ContainerdPlace() { writeFile(config(), configText()); }

    QString config() const { return path("containerd/config.toml"); }

    QByteArray configText() const { return "version = 2\nroot = \"" + path("containerd/root").toUtf8() + "\"\n"; }

    QString dropIn() const { return path("containerd/conf.d/layerhold-main.toml"); }

    /// Of a blob with these bytes, in the built-in store.
    QString builtInFile(const QString& digest) const
    {
        return path("containerd/root/io.containerd.content.v1.content/blobs/sha256/") + digest.mid(7);
    }

    QString addBuiltIn(const QByteArray& bytes) const
    {
        const QString digest = addBlob(bytes);
        writeFile(builtInFile(digest), bytes);
        return digest;
    }

    bool isUntouched() const
    {
        QFile file(config());
        return file.open(QIODevice::ReadOnly) && file.readAll() == configText() && !QFile::exists(dropIn());
    }

    RunResult add(const QStringList& more = {}) const
    {
        return run(QStringList{"engine", "add", "main", "--socket", path("main.sock"), "--containerd-config", config(),
                               "--containerd-version", "1.6"}
                   << more);
    }
};

} // namespace

/// What `layerhold engine` refuses, for a containerd's sake.
class EngineVerbsTest : public QObject
{
    Q_OBJECT

private slots:
    void addNeedsADaemon();
    void addNeedsAServedEngine();
    void addNeedsEveryBlob();
    void addLeavesTheSharingAlone();
    void exportMakesTheDirectory();
};

void EngineVerbsTest::addNeedsADaemon()
{
    const ContainerdPlace place;
    const RunResult refused = place.add();
    QCOMPARE(refused.exitCode, 8);
    QVERIFY2(refused.errors.contains("no daemon serves " + place.root().toUtf8()), refused.errors);
    QVERIFY(place.isUntouched());
    QVERIFY2(!QFile::exists(place.root()), "a root that root's command makes is of no use to the daemon's user");
    const RunResult shown = place.add({"--dry-run"});
    QCOMPARE(shown.exitCode, 0);
    QVERIFY(place.isUntouched());
    const RunResult forced = place.add({"--force"});
    QVERIFY2(forced.exitCode == 0, forced.errors);
    QVERIFY(QFile::exists(place.dropIn()));
}

void EngineVerbsTest::addNeedsAServedEngine()
{
    const ContainerdPlace place;
    ServeProcess daemon(place);
    QVERIFY2(daemon.waitUntilReady(), daemon.log());
    const QStringList elsewhere{
        "engine", "add", "main", "--socket", place.path("absent/main.sock"), "--containerd-config", place.config()};
    const RunResult refused = place.run(elsewhere);
    QCOMPARE(refused.exitCode, 8);
    QVERIFY2(refused.errors.contains("engine main is not served, because: "), refused.errors);
    QVERIFY(place.isUntouched());
    QVERIFY(QDir().mkpath(place.path("absent")));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(place.path("absent/main.sock")), 20'000);
    const RunResult added = place.run(elsewhere);
    QVERIFY2(added.exitCode == 0, added.errors);
    QVERIFY(QFile::exists(place.dropIn()));
    QCOMPARE(daemon.stop(), 0);
}

void EngineVerbsTest::addNeedsEveryBlob()
{
    const ContainerdPlace place;
    const QString good = place.addBuiltIn("good");
    const QString bad = place.addBuiltIn("bad");
    writeFile(place.builtInFile(bad), "not what its name says");
    writeFile(place.builtInFile("sha256:README"), "no blob");
    ServeProcess daemon(place);
    QVERIFY2(daemon.waitUntilReady(), daemon.log());
    const RunResult refused = place.add();
    QCOMPARE(refused.exitCode, 8);
    QVERIFY2(refused.errors.contains("1 blob of containerd's store could not be brought in (the first: " +
                                     place.builtInFile(bad).toUtf8()),
             refused.errors);
    QVERIFY(place.isUntouched());
    QCOMPARE(place.run({"inspect", good}).exitCode, 0); // came in all the same

    const RunResult forced = place.add({"--force", "--json"});
    QVERIFY2(forced.exitCode == 0, forced.errors);
    QCOMPARE(forced.json()["imported"].toObject()["failed"].toInt(), 1);
    QVERIFY(QFile::exists(place.dropIn()));
    QCOMPARE(place.run({"engine", "remove", "main", "--containerd-config", place.config()}).exitCode, 0);
    QVERIFY(place.isUntouched());

    // A file that is no blob is nothing containerd could miss.
    writeFile(place.builtInFile(bad), "bad");
    const RunResult added = place.add();
    QVERIFY2(added.exitCode == 0, added.errors);
    QVERIFY2(added.output.contains("its name is not a digest"), added.output);
    QVERIFY(QFile::exists(place.dropIn()));
    QCOMPARE(daemon.stop(), 0);
}

void EngineVerbsTest::addLeavesTheSharingAlone()
{
    const Place place;
    const auto add = [&](const QStringList& more) {
        const RunResult added =
            place.run(QStringList{"engine", "add", "main", "--socket", place.path("main.sock"), "--json"} << more);
        return added.json()["engine"].toObject()["engine"].toObject()["sharing"].toString();
    };
    ServeProcess daemon(place);
    QVERIFY2(daemon.waitUntilReady(), daemon.log());
    QCOMPARE(add({}), QString("verified"));
    QCOMPARE(add({"--sharing", "open"}), QString("open"));
    QCOMPARE(add({}), QString("open"));
    const RunResult list = place.run({"engine", "list"});
    QVERIFY2(list.output.contains("ACCEPTED"), list.output);
    QVERIFY2(place.run({"events"}).output.contains("engine_changed"), "an event tells");
    QCOMPARE(daemon.stop(), 0);
    QCOMPARE(add({}), QString("open")); // and without a daemon
}

void EngineVerbsTest::exportMakesTheDirectory()
{
    const Place place;
    const QString digest = place.addBlob("one");
    ServeProcess daemon(place);
    QVERIFY2(daemon.waitUntilReady(), daemon.log());
    QCOMPARE(place.run({"engine", "import", "default", place.storeDirectory()}).exitCode, 0);
    const RunResult out = place.run({"engine", "export", "default", place.path("new/blobs")});
    QVERIFY2(out.exitCode == 0, out.errors);
    QVERIFY(QFile::exists(place.path("new/blobs/sha256/") + digest.mid(7)));
    QCOMPARE(place.run({"engine", "import", "default", place.path("absent")}).exitCode, 3);
    QCOMPARE(daemon.stop(), 0);
}

QTEST_GUILESS_MAIN(EngineVerbsTest)
#include "engine_verbs_test.moc"
