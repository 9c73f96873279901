// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// `layerhold export` and `load` as processes, with and without a daemon, and what skopeo makes of the archives.
#include "plugin/cli/program_run.h"
#include "support/engine/image.h"

#include <optional>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <signal.h>

using namespace layerhold::testing;
using layerhold::test::LayerSpec;
using layerhold::test::makeImage;
using layerhold::test::TestImage;

namespace {

constexpr const char* reference = "example.org/team/app:1";

/// A root, and the layout of an image with a plain and a compressed layer.
struct Stage
{
    Stage()
        : image(*makeImage(place.path(QStringLiteral("layout")),
                           {{LayerSpec::Content::Random, 3 << 20}, {LayerSpec::Content::Text, 100'000}}, 7))
    {
        if (place.run({"engine", "add", "main", "--socket", place.path("main.sock")}).exitCode != 0)
            qFatal("cannot make the root");
    }

    /// The layout as a tar.
    QString archive() const
    {
        const QString file = place.path("layout.tar");
        if (runCommand("tar", {"-C", image.layout, "-cf", file, "."}).exitCode != 0)
            qFatal("cannot pack the layout");
        return file;
    }

    RunResult load() const { return place.run({"load", "-i", archive(), "--name", reference, "--json"}); }

    /// Files beside those that the test made.
    QStringList leftovers() const { return QDir(place.path("")).entryList({"*.part-*"}, QDir::AllEntries); }

    Place place;
    TestImage image;
};

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString digestOf(const RunResult& loaded)
{
    return loaded.json()["images"].toArray()[0].toObject()["digest"].toString();
}

RunResult skopeo(const QStringList& arguments)
{
    return runCommand("skopeo", QStringList{"--insecure-policy"} + arguments);
}

} // namespace

class ArchiveVerbsTest : public QObject
{
    Q_OBJECT

private slots:
    void thereAndBack_data();
    void thereAndBack();
    void pipes();
    void files();
    void endsWhileItWaits();
    void failures();
    void skopeoTakesWhatIsExported_data();
    void skopeoTakesWhatIsExported();
    void skopeoGivesWhatIsLoaded_data();
    void skopeoGivesWhatIsLoaded();
};

void ArchiveVerbsTest::thereAndBack_data()
{
    QTest::addColumn<bool>("hasDaemon");
    QTest::newRow("in this process") << false;
    QTest::newRow("through the daemon") << true;
}

void ArchiveVerbsTest::thereAndBack()
{
    QFETCH(bool, hasDaemon);
    const Stage stage;
    std::optional<ServeProcess> daemon;
    if (hasDaemon) {
        daemon.emplace(stage.place);
        QVERIFY(daemon->waitUntilReady());
    }
    const RunResult loaded = stage.load();
    QVERIFY2(loaded.exitCode == 0, loaded.errors);
    QCOMPARE(digestOf(loaded), stage.image.manifest.digest);
    QCOMPARE(loaded.json()["blobs"].toInt(), 4);
    QCOMPARE(loaded.json()["stored_blobs"].toInt(), 4);
    QCOMPARE(stage.load().json()["stored_blobs"].toInt(), 0);
    QCOMPARE(stage.place.run({"history", reference, "--json"}).json()["tag"].toObject()["cause"].toString(),
             QString("manual"));

    const QString file = stage.place.path("out.tar");
    const RunResult exported = stage.place.run({"export", reference, "-o", file, "--json"});
    QVERIFY2(exported.exitCode == 0, exported.errors);
    QCOMPARE(exported.json()["blobs"].toInt(), 4);
    QCOMPARE(exported.json()["digest"].toString(), stage.image.manifest.digest);
    QVERIFY(stage.leftovers().isEmpty());
    const RunResult piped = stage.place.run({"export", stage.image.manifest.digest.mid(7, 12)});
    QVERIFY(piped.output.size() > (3 << 20) && !piped.output.contains(reference));

    const Stage other;
    const RunResult again = other.place.run({"load", "-i", file});
    QVERIFY2(again.exitCode == 0 && again.output.startsWith(reference), again.errors);
    QVERIFY(other.place.run({"export", reference}).output == readFile(file));
}

void ArchiveVerbsTest::pipes()
{
    const Stage stage;
    QCOMPARE(stage.load().exitCode, 0);
    const Stage other;
    const RunResult both =
        runCommand("sh", {"-c", "\"$0\" export --root \"$1\" app | gzip | \"$0\" load --root \"$2\" --name app",
                          programPath(), stage.place.root(), other.place.root()});
    QVERIFY(both.exitCode != 0); // there is no image of that name, and so no archive
    const RunResult piped =
        runCommand("sh", {"-c", "\"$0\" export --root \"$1\" \"$3\" | gzip -1 | \"$0\" load --root \"$2\"",
                          programPath(), stage.place.root(), other.place.root(), reference});
    QVERIFY2(piped.exitCode == 0, piped.errors);
    QCOMPARE(other.place.run({"inspect", reference, "--json"}).exitCode, 0);
}

void ArchiveVerbsTest::files()
{
    const Stage stage;
    QCOMPARE(stage.load().exitCode, 0);
    const QString target = stage.place.path("target.tar");
    const QString link = stage.place.path("link.tar");
    QFile old(target);
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    QVERIFY(QFile::link(target, link));
    QVERIFY(stage.place.run({"export", "nothing", "-o", link}).exitCode == 3);
    QCOMPARE(readFile(target), QByteArray("old")); // a failure leaves what was there
    QVERIFY(old.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    QCOMPARE(stage.place.run({"export", reference, "-o", link}).exitCode, 0);
    QVERIFY(!(QFileInfo(target).permissions() & (QFile::ReadGroup | QFile::ReadOther)));
    QVERIFY(QFileInfo(link).isSymLink() && QFileInfo(target).size() > (3 << 20));
    QCOMPARE(stage.place.run({"export", reference, "-o", "/dev/null"}).exitCode, 0);
    QVERIFY(!QFileInfo("/dev/null").isFile());
    QVERIFY(stage.leftovers().isEmpty());
}

/// Ctrl-C reaches a load whose pipe is silent.
void ArchiveVerbsTest::endsWhileItWaits()
{
    const Stage stage;
    QProcess load;
    prepare(load);
    load.start(programPath(), {"load", "--root", stage.place.root(), "--name", "app"});
    QVERIFY(load.waitForStarted());
    QVERIFY(load.write(QByteArray(512, '\0')) == 512 && load.waitForBytesWritten());
    QVERIFY(!load.waitForFinished(500));
    ::kill(static_cast<pid_t>(load.processId()), SIGINT);
    QVERIFY(load.waitForFinished(10'000));
    QCOMPARE(load.exitCode(), 130);
}

void ArchiveVerbsTest::failures()
{
    const Stage stage;
    const auto fails = [&](const QStringList& arguments, int exitCode, const QByteArray& says) {
        const RunResult result = stage.place.run(arguments);
        if (result.exitCode != exitCode || !result.errors.contains(says))
            qWarning("%s: %d %s", qPrintable(arguments.join(' ')), result.exitCode, result.errors.constData());
        return result.exitCode == exitCode && result.errors.contains(says) && result.output.isEmpty();
    };
    const QString archive = stage.archive();
    QVERIFY(fails({"load", "-i", archive}, 2, "what its image is called"));
    QVERIFY(fails({"load", "-i", archive, "--name", "UPPER CASE"}, 2, "UPPER CASE"));
    QVERIFY(fails({"load", "-i", stage.place.path("absent")}, 3, "cannot open"));
    QVERIFY(fails({"load", "-i", programPath(), "--name", "app"}, 2, "no tar archive"));
    QVERIFY(fails({"export", "nothing", "-o", stage.place.path("x.tar")}, 3, "no image is called"));
    QVERIFY(!QFile::exists(stage.place.path("x.tar")));
    QCOMPARE(stage.load().exitCode, 0);
    QVERIFY(fails({"export", reference, "--json"}, 2, "--output"));
    QVERIFY(fails({"export", reference, "-o", "/absent/x.tar"}, 3, "cannot write"));
    QVERIFY(fails({"export", stage.image.config.digest, "-o", stage.place.path("x.tar")}, 2, "is no image"));
    QVERIFY(stage.leftovers().isEmpty());
    const RunResult terminal = runCommand(
        "script", {"-qec", programPath() + " export --root " + stage.place.root() + ' ' + reference, "/dev/null"});
    QVERIFY2(terminal.exitCode == 2 && terminal.output.contains("not for a terminal"), terminal.output);
}

void ArchiveVerbsTest::skopeoTakesWhatIsExported_data()
{
    QTest::addColumn<QString>("transport");
    QTest::newRow("OCI layout") << "oci-archive:";
    QTest::newRow("Docker archive") << "docker-archive:";
}

void ArchiveVerbsTest::skopeoTakesWhatIsExported()
{
    QFETCH(QString, transport);
    if (QStandardPaths::findExecutable("skopeo").isEmpty())
        QSKIP("skopeo is not installed");
    const Stage stage;
    QCOMPARE(stage.load().exitCode, 0);
    const QString file = stage.place.path("out.tar");
    QCOMPARE(stage.place.run({"export", reference, "-o", file}).exitCode, 0);
    const QString copy = stage.place.path("copy");
    const RunResult copied = skopeo({"copy", transport + file, "oci:" + copy + ":x"});
    QVERIFY2(copied.exitCode == 0, copied.errors);
    const RunResult config = skopeo({"inspect", "--config", "--raw", "oci:" + copy + ":x"});
    const QByteArray original = readFile(stage.image.layout + "/blobs/sha256/" + stage.image.config.digest.mid(7));
    // Of a Docker archive skopeo writes the config anew.
    QCOMPARE(QJsonDocument::fromJson(config.output), QJsonDocument::fromJson(original));
    QVERIFY(transport != "oci-archive:" || config.output == original);
}

void ArchiveVerbsTest::skopeoGivesWhatIsLoaded_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<bool>("keepsManifest");
    QTest::newRow("OCI layout") << "oci-archive:" << true;
    QTest::newRow("Docker archive") << "docker-archive:" << false;
}

void ArchiveVerbsTest::skopeoGivesWhatIsLoaded()
{
    QFETCH(QString, transport);
    QFETCH(bool, keepsManifest);
    if (QStandardPaths::findExecutable("skopeo").isEmpty())
        QSKIP("skopeo is not installed");
    const Stage stage;
    const QString file = stage.place.path("in.tar");
    const RunResult copied = skopeo({"copy", "oci:" + stage.image.layout, transport + file + ':' + reference});
    QVERIFY2(copied.exitCode == 0, copied.errors);
    const RunResult loaded = stage.place.run({"load", "-i", file, "--json"});
    QVERIFY2(loaded.exitCode == 0, loaded.errors);
    QCOMPARE(loaded.json()["images"].toArray()[0].toObject()["reference"].toString(), QString(reference));
    // The manifest may be another: skopeo compresses plain layers, or unpacks compressed ones.
    const RunResult shown = stage.place.run({"inspect", reference, "--json"});
    const QJsonObject manifest = shown.json()["image"].toObject()["manifests"].toArray()[0].toObject();
    QCOMPARE(manifest["layers"].toArray().size(), 2);
    QVERIFY(!keepsManifest || manifest["config"].toString() == stage.image.config.digest);
    QCOMPARE(manifest["platform"].toString(), QString("linux/amd64"));
}

QTEST_GUILESS_MAIN(ArchiveVerbsTest)
#include "archive_verbs_test.moc"
