// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// A containerd takes what `layerhold export` writes, runs it, and gives what `layerhold load` takes.
#include "plugin/cli/program_run.h"
#include "support/engine/scene.h"

#include <QFile>
#include <QTest>

using namespace layerhold::test;
using layerhold::testing::Place;
using layerhold::testing::runCommand;
using layerhold::testing::RunResult;

class ImageArchiveTest : public QObject
{
    Q_OBJECT

private slots:
    void containerdTakesAndGivesArchives();
};

void ImageArchiveTest::containerdTakesAndGivesArchives()
{
    const QString reference = QStringLiteral("example.org/team/app:1");
    Scene scene;
    Containerd& containerd = scene.addContainerd({});
    QVERIFY(containerd.start());
    const auto image = makeImage(scene.makeDirectory("img") + "/layout",
                                 {{LayerSpec::Content::Busybox, 0}, {LayerSpec::Content::Text, 100'000}}, 3);
    QVERIFY(image);
    const Place place;
    const QString layout = place.path("layout.tar");
    QCOMPARE(runCommand("tar", {"-C", image->layout, "-cf", layout, "."}).exitCode, 0);
    QCOMPARE(place.run({"engine", "add", "main", "--socket", place.path("main.sock")}).exitCode, 0);
    RunResult result = place.run({"load", "-i", layout, "--name", reference});
    QVERIFY2(result.exitCode == 0, result.errors);
    const QString exported = place.path("exported.tar");
    result = place.run({"export", reference, "-o", exported});
    QVERIFY2(result.exitCode == 0, result.errors);

    const Outcome imported = containerd.ctr({"images", "import", exported});
    QVERIFY2(imported.ok(), imported.text());
    const Outcome listed = containerd.ctr({"images", "ls"});
    QVERIFY2(listed.out.contains(reference.toUtf8()) && listed.out.contains(image->manifest.digest.toUtf8()),
             listed.text());
    const Outcome ran = containerd.runShell(reference, "runs", "echo runs");
    QVERIFY2(ran.ok() && ran.out == "runs\n", ran.text());

    const QString given = place.path("given.tar");
    const Outcome saved = containerd.ctr({"images", "export", given, reference});
    QVERIFY2(saved.ok(), saved.text());
    const Place other;
    QCOMPARE(other.run({"engine", "add", "main", "--socket", other.path("main.sock")}).exitCode, 0);
    result = other.run({"load", "-i", given, "--json"});
    QVERIFY2(result.exitCode == 0, result.errors);
    const QJsonObject loaded = result.json()["images"].toArray()[0].toObject();
    QCOMPARE(loaded["reference"].toString(), reference);
    QCOMPARE(loaded["digest"].toString(), image->manifest.digest);
}

QTEST_GUILESS_MAIN(ImageArchiveTest)
#include "image_archive_test.moc"
