// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "plugin/cli/program_run.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace layerhold::testing;

/// What `layerhold debug --export` writes.
class DebugExportTest : public QObject
{
    Q_OBJECT

private slots:
    void writesIndentedJsonIntoANewFolder();
    void saysNothingThatUsersConfided();
    void anUnwritablePlaceIsAnError();
    void cleanedEntriesAreEvictions();
};

namespace {

/// A root with one blob, and an entry that somebody put something confidential into.
class RootWithSecrets : public Place
{
public:
    RootWithSecrets()
    {
        digest = addBlob("bytes: hunter2");
        require({"engine", "add", "main", "--socket", path("main.sock")});
        require({"engine", "import", "main", storeDirectory()});
        require({"entry", "put", "key-hunter2", storeDirectory() + "/sha256/" + digest.mid(7), "--scope", "s-hunter2",
                 "--metadata", R"({"password":"hunter2"})"});
        require({"tag", "example.org/hunter2:latest", digest});
        require({"pin", digest, "--note", "hunter2"});
    }

    QString digest;

private:
    void require(const QStringList& arguments) const
    {
        const RunResult result = run(arguments);
        if (result.exitCode != 0)
            qFatal("%s: %s", qPrintable(arguments.join(' ')), result.errors.constData());
    }
};

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void DebugExportTest::writesIndentedJsonIntoANewFolder()
{
    const RootWithSecrets place;
    const QString file = place.path("new/folder/report.json");
    const RunResult result = place.run({"debug", "--export", file});
    QVERIFY2(result.exitCode == 0, result.errors);
    QVERIFY(result.output.contains(file.toUtf8()));
    const QByteArray text = readFile(file);
    QVERIFY(text.startsWith("{\n  \""));
    QVERIFY(text.endsWith("}\n"));
    const QJsonObject report = QJsonDocument::fromJson(text).object();
    for (const char* key :
         {"timestamp", "config", "metrics", "index_stats", "cache_stats", "top_entries", "integrity", "storage_info"})
        QVERIFY2(report.contains(key), key);
    QCOMPARE(QDir(place.path("new/folder")).entryList(QDir::Files), QStringList{"report.json"});
    QCOMPARE(place.run({"debug", "--export", file, "--json"}).json().keys(), report.keys()); // and again, over it
}

void DebugExportTest::saysNothingThatUsersConfided()
{
    const RootWithSecrets place;
    const QString file = place.path("report.json");
    QCOMPARE(place.run({"debug", "--export", file}).exitCode, 0);
    const QByteArray text = readFile(file);
    QVERIFY(text.contains(place.digest.toUtf8())); // of the blob it does speak
    QVERIFY2(!text.contains("hunter2"), text);
}

void DebugExportTest::anUnwritablePlaceIsAnError()
{
    const RootWithSecrets place;
    const QString file = place.storeDirectory() + "/sha256/" + place.digest.mid(7) + "/report.json"; // below a file
    const RunResult result = place.run({"debug", "--export", file});
    QVERIFY(result.exitCode != 0);
    QVERIFY2(result.errors.contains("cannot"), result.errors);
    QVERIFY(result.output.isEmpty());
}

void DebugExportTest::cleanedEntriesAreEvictions()
{
    const RootWithSecrets place;
    const auto statistics = [&] { return place.run({"debug", "--json"}).json()["cache_stats"].toObject(); };
    QCOMPARE(place.run({"entry", "invalidate", "key-hunter2", "--scope", "s-hunter2"}).exitCode, 0);
    QCOMPARE(statistics()["total_evictions"].toInteger(), 0);
    QVERIFY(place.run({"debug"}).output.contains("Expired entries:"));
    const RunResult cleaned = place.run({"entry", "clean", "--json"});
    QCOMPARE(cleaned.json()["entries"].toInt(), 1);
    QCOMPARE(cleaned.json()["bytes"].toInt(), 14);
    QCOMPARE(statistics()["total_evictions"].toInteger(), 1);
    QCOMPARE(place.run({"entry", "clean", "--json"}).json()["entries"].toInt(), 0);
    QCOMPARE(statistics()["total_evictions"].toInteger(), 1);
}

QTEST_GUILESS_MAIN(DebugExportTest)
#include "debug_export_test.moc"
