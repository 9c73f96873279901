// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "plugin/cli/program_run.h"

#include <optional>

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace layerhold::testing;

/// `layerhold entry …` as a process, with and without a daemon.
class EntryVerbsTest : public QObject
{
    Q_OBJECT

private slots:
    void everyVerb_data();
    void everyVerb();
    void standardInput();
    void failures();
};

namespace {

QString writeFile(const Place& place, const QByteArray& bytes)
{
    QFile file(place.path("input"));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write the input");
    return file.fileName();
}

} // namespace

void EntryVerbsTest::everyVerb_data()
{
    QTest::addColumn<bool>("hasDaemon");
    QTest::newRow("in this process") << false;
    QTest::newRow("through the daemon") << true;
}

void EntryVerbsTest::everyVerb()
{
    QFETCH(bool, hasDaemon);
    const Place place;
    std::optional<ServeProcess> daemon;
    QCOMPARE(place.run({"engine", "add", "main", "--socket", place.path("main.sock")}).exitCode, 0); // makes the root
    if (hasDaemon) {
        daemon.emplace(place);
        QVERIFY(daemon->waitUntilReady());
    }
    QByteArray bytes(700'000, 'x');
    bytes[5] = '\0';
    const QString file = writeFile(place, bytes);
    const RunResult put =
        place.run({"entry", "put", "a/b", file, "--scope", "s/t", "--ttl", "2h", "--metadata", "[1]", "--json"});
    QVERIFY2(put.exitCode == 0, put.errors);
    const QString digest = put.json()["blobs"].toArray()[0].toObject()["digest"].toString();
    QVERIFY(digest.startsWith("sha256:"));
    QCOMPARE(put.json()["metadata"].toString(), QString("[1]"));
    QCOMPARE(place.run({"entry", "get", "a/b", "--scope", "s/t"}).output, bytes);
    QCOMPARE(place.run({"entry", "get", "a/b", "--scope", "s/t", "--json"}).json()["state"].toString(),
             QString("valid"));
    QCOMPARE(place.run({"entry", "put", "more", file, "--scope", "s/t", "--digest", digest, "--name", "x"}).exitCode,
             0);
    QCOMPARE(place.run({"entry", "put", "more", file, "--scope", "s/t", "--name", "y", "--keep-other-names", "--json"})
                 .json()["blobs"]
                 .toArray()
                 .size(),
             2);
    QCOMPARE(place.run({"entry", "get", "more", "--scope", "s/t", "--name", "x"}).output.size(), bytes.size());
    const QJsonArray paths = place.run({"why", digest, "--json"}).json()["paths"].toArray();
    QCOMPARE(paths.size(), 2);
    QCOMPARE(paths[0].toObject()["claim"].toObject()["holder"].toString(), QString("s/t:a/b"));

    QCOMPARE(place.run({"entry", "ls", "--scope", "s/t", "--json"}).jsonLines().size(), 2);
    QCOMPARE(place.run({"entry", "ls", "a/", "--scope", "s/t", "--json"}).jsonLines().size(), 1);
    QVERIFY(place.run({"entry", "ls", "--scope", "s/t"}).output.startsWith("KEY"));
    QVERIFY(place.run({"entry", "ls"}).output.contains("No entries"));

    QCOMPARE(place.run({"entry", "scope", "s", "--max-bytes", "1G", "--json"}).exitCode, 0);
    const RunResult scope = place.run({"entry", "scope", "s", "--ttl", "7d", "--json"}); // the budget stays
    const QJsonObject set = scope.json()["scopes"].toArray()[0].toObject();
    QCOMPARE(set["max_bytes"].toDouble(), 1024.0 * 1024 * 1024);
    QCOMPARE(set["ttl_ns"].toDouble(), 7 * 86400e9);
    QVERIFY(place.run({"entry", "scope"}).output.contains("7d") || place.run({"entry", "scope"}).output.contains("1w"));
    QCOMPARE(place.run({"entry", "scope", "--json"}).json()["scopes"].toArray().size(), 2);

    QCOMPARE(place.run({"entry", "invalidate", "more", "--scope", "s/t"}).exitCode, 0);
    QVERIFY(place.run({"entry", "get", "more", "--scope", "s/t", "--name", "x"}).exitCode != 0);
    QCOMPARE(place.run({"entry", "clean", "--json"}).json()["entries"].toInt(), 1);
    QCOMPARE(place.run({"entry", "rm", "a/b", "gone", "--scope", "s/t", "--json"}).json()["removed"].toInt(), 1);
    QCOMPARE(place.run({"entry", "put", "k", file, "--scope", "s"}).exitCode, 0);
    QCOMPARE(place.run({"entry", "clear", "--scope", "s", "--json"}).json()["entries"].toInt(), 1);
    QVERIFY(place.run({"why", digest}).output.contains("is released"));
}

void EntryVerbsTest::standardInput()
{
    const Place place;
    QCOMPARE(place.run({"engine", "add", "main", "--socket", place.path("main.sock")}).exitCode, 0);
    QProcess process;
    prepare(process);
    process.start(programPath(), {"entry", "put", "piped", "--root", place.root()});
    process.write("from a pipe");
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(place.run({"entry", "get", "piped"}).output, QByteArray("from a pipe"));
}

void EntryVerbsTest::failures()
{
    const Place place;
    QCOMPARE(place.run({"engine", "add", "main", "--socket", place.path("main.sock")}).exitCode, 0);
    const QString file = writeFile(place, "bytes");
    const auto fails = [&](const QStringList& arguments, int exitCode, const QByteArray& says) {
        const RunResult result = place.run(QStringList{"entry"} + arguments);
        if (result.exitCode != exitCode || !result.errors.contains(says))
            qWarning("%s: %d %s", qPrintable(arguments.join(' ')), result.exitCode, result.errors.constData());
        return result.exitCode == exitCode && result.errors.contains(says) && result.output.isEmpty();
    };
    QVERIFY(fails({"nonsense"}, 2, "there is no verb 'nonsense'"));
    QVERIFY(fails({"get", "nothing"}, 3, "no entry"));
    QVERIFY(fails({"get", "nothing", "--json"}, 3, "no entry"));
    QVERIFY(fails({"invalidate", "nothing"}, 3, "no entry"));
    QVERIFY(fails({"put", "_k", file}, 2, "reserved"));
    QVERIFY(fails({"put", "k", file, "--scope", "../x"}, 2, "scope"));
    QVERIFY(fails({"put", "k", file, "--ttl", "soon"}, 2, "is not usable"));
    QVERIFY(fails({"put", "k", file, "--metadata", "{"}, 2, "JSON"));
    QVERIFY(fails({"put", "k", place.path("absent")}, 3, "cannot open"));
    QVERIFY(fails({"put", "k", file, "--digest", "sha256:" + QString(64, 'a')}, 8, "the digest is"));
    QVERIFY(fails({"clear"}, 2, "--scope is required"));
    QVERIFY(fails({"clean", "--max-bytes", "5"}, 2, "name one"));
    QCOMPARE(place.run({"entry", "scope", "default", "--max-bytes", "3"}).exitCode, 0);
    QVERIFY(fails({"put", "k", file}, 6, "larger budget"));
}

QTEST_GUILESS_MAIN(EntryVerbsTest)
#include "entry_verbs_test.moc"
