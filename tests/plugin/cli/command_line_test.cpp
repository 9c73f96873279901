// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "plugin/cli/program_run.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <signal.h>

using namespace layerhold::testing;

namespace {

/// A root with the engine "main" and three imported blobs.
class FilledPlace : public Place
{
public:
    FilledPlace()
    {
        digests << addBlob("one") << addBlob("two") << addBlob(QByteArray(100'000, 'x'));
        const RunResult added = run({"engine", "add", "main", "--socket", path("main.sock")});
        if (added.exitCode != 0)
            qFatal("engine add: %s", added.errors.constData());
        const RunResult imported = run({"engine", "import", "main", storeDirectory()});
        if (imported.exitCode != 0)
            qFatal("engine import: %s", imported.errors.constData());
    }

    QStringList digests;
};

void compareSorted(QStringList actual, QStringList expected)
{
    actual.sort();
    expected.sort();
    QCOMPARE(actual, expected);
}

QStringList listedDigests(const RunResult& ls)
{
    QStringList digests;
    for (const QJsonObject& blob : ls.jsonLines())
        digests << blob["digest"].toString();
    return digests;
}

} // namespace

/// Every verb, as a process, with and without a daemon.
class CommandLineTest : public QObject
{
    Q_OBJECT

private slots:
    void everyVerbWithoutADaemon();
    void everyVerbWithADaemon();
    void enginesComeAndGoWithoutRestart();
    void anEngineThatCannotBeServedIsTriedAgain();
    void followsEventsUntilInterrupted();
    void usageErrors_data();
    void usageErrors();
    void unknownThings();
    void aSecondDaemonIsTurnedAway();
    void anOwnerWithoutApiIsNamed();
    void aRootOpenToOthersIsRefused();
    void anAbsentRootIsNotMade();
    void hostileTextIsNeutralised();
    void aClosedPipeIsNoFailure();
    void verifyFindsDamage();
    void gcRemovesWhatDryRunListed();
    void planApplyUndoAndTrash();
    void policyIsEdited();
    void configTellsOrigins();
    void logsJson();
    void hangupReadsTheLogLevelAgain();

private:
    void checkVerbs(const Place& place, const QStringList& digests, const QString& engine);
};

void CommandLineTest::checkVerbs(const Place& place, const QStringList& digests, const QString& engine)
{
    const auto json = [&](QStringList arguments) {
        const RunResult result = place.run(arguments << "--json");
        if (result.exitCode != 0)
            qWarning("%s: %s", qPrintable(arguments.join(' ')), result.errors.constData());
        return result;
    };
    const auto human = [&](const QStringList& arguments) {
        const RunResult result = place.run(arguments);
        if (result.exitCode != 0)
            qWarning("%s: %s", qPrintable(arguments.join(' ')), result.errors.constData());
        return result.exitCode == 0 ? result.output : QByteArray();
    };
    const QString digest = digests.first();
    const QString prefix = digest.mid(7, 10);

    QCOMPARE(json({"status"}).json()["blob_count"].toInt(), static_cast<int>(digests.size()));
    QVERIFY(human({"status"}).contains("Blobs:"));
    compareSorted(listedDigests(json({"ls"})), digests);
    QVERIFY(human({"ls"}).startsWith("DIGEST"));
    QCOMPARE(listedDigests(json({"ls", "--limit", "1"})).size(), 1);
    QCOMPARE(json({"inspect", prefix}).json()["blob"].toObject()["digest"].toString(), digest);
    QVERIFY(human({"inspect", digest}).contains(digest.toUtf8()));
    const QJsonArray paths = json({"why", digest}).json()["paths"].toArray();
    QCOMPARE(paths.size(), 1);
    QCOMPARE(paths[0].toObject()["claim"].toObject()["holder"].toString(), engine);
    QVERIFY(human({"why", prefix}).contains(("engine " + engine + " needs it").toUtf8()));
    QCOMPARE(json({"tag", "example.org/base:golden", prefix}).json()["digest"].toString(), digest);
    QVERIFY(human({"tag", "example.org/base:golden", digest}).contains("keeps it"));
    QCOMPARE(json({"tags"}).jsonLines().size(), 1);
    QVERIFY(human({"tags"}).contains("stored, kept"));
    QCOMPARE(json({"inspect", "example.org/base:golden"}).json()["blob"].toObject()["digest"].toString(), digest);
    QCOMPARE(json({"history", "example.org/base:golden"}).json()["moves"].toArray().size(), 1);
    QVERIFY(human({"history", "example.org/base:golden"}).contains("appeared"));
    QCOMPARE(json({"images"}).jsonLines().size(), 0);
    QVERIFY(human({"images"}).contains("No images."));
    QVERIFY(human({"untag", "example.org/base:golden"}).contains("removed"));
    QVERIFY(human({"history", "example.org/base:golden"}).contains("was removed"));
    QCOMPARE(place.run({"tag", "x", "sha256:" + QString(64, '1'), "--json"}).json()["present"].toBool(), false);
    QCOMPARE(json({"untag", "x"}).exitCode, 0);
    QVERIFY(!json({"stats"}).json()["counters"].toArray().isEmpty());
    QVERIFY(json({"stats"}).json()["metrics"].toObject().contains("hit_rate"));
    QVERIFY(human({"stats"}).startsWith("METRIC"));
    QCOMPARE(json({"stats", "--history", "hits", "--step", "3600"}).json()["series"].toString(), QString("hits"));
    QVERIFY(human({"stats", "--history", "hits", "--since", "2h"}).startsWith("TIME"));
    QCOMPARE(json({"explain", digest}).json()["reason"].toString(), QString("not_missed"));
    QVERIFY(human({"explain", prefix}).contains(digest.toUtf8()));
    QVERIFY(!json({"doctor"}).json()["checks"].toArray().isEmpty());
    QVERIFY(json({"debug"}).json()["integrity"].toObject()["is_healthy"].toBool());
    QVERIFY(human({"debug"}).contains("blobs/sha256"));
    QVERIFY(json({"repair"}).json()["after"].toObject()["is_healthy"].toBool());
    QVERIFY(human({"repair", "--quick"}).contains("all is as it should be"));
    QVERIFY(json({"compact"}).json().contains("bytes_regained"));
    QVERIFY(human({"compact"}).contains("were given back"));
    QCOMPARE(json({"stats", "--reset"}).json()["reset"].toBool(), true);
    QVERIFY(!json({"events"}).jsonLines().isEmpty());
    QVERIFY(!human({"events", "--after", "1"}).isEmpty());
    QCOMPARE(json({"verify"}).json()["checked"].toInt(), static_cast<int>(digests.size()));
    QVERIFY(human({"verify", prefix}).contains("Checked 1 blob"));
    QCOMPARE(json({"gc", "--dry-run"}).json()["items"].toArray().size(), 0);
    QVERIFY(human({"gc", "--keep-bytes", "1G"}).contains("Removed 0 items"));
    QCOMPARE(json({"df"}).json()["stored_blobs"].toInt(), static_cast<int>(digests.size()));
    QVERIFY(human({"df"}).startsWith("ON DISK"));
    QVERIFY(human({"df", "--by", "image"}).contains("IMAGE") || human({"df", "--by", "image"}).contains("Referenced:"));
    QCOMPARE(json({"plan"}).json()["items"].toArray().size(), 0);
    QCOMPARE(json({"plan", "--items", "all"}).json()["items"].toArray().size(), static_cast<int>(digests.size()));
    QVERIFY(human({"plan", "--filter", "kind==layer"}).contains("removes 0 items"));
    QVERIFY(human({"policy", "show"}).contains("unused for 60 days"));
    QVERIFY(human({"prune"}).contains("removes 0 items"));
    QVERIFY(human({"trash", "list"}).contains("empty"));
    QVERIFY(human({"pins"}).contains("Nothing is pinned"));
    QVERIFY(human({"pin", digest, "--note", "x"}).contains("Pinned"));
    QCOMPARE(json({"pins"}).json()["pins"].toArray().size(), 1);
    QVERIFY(human({"unpin", digest}).contains(digest.toUtf8()));
    QCOMPARE(json({"rebuild"}).json()["blobs"].toInt(), static_cast<int>(digests.size()));
    QVERIFY(human({"rebuild"}).contains("Blobs:"));
    QVERIFY(!json({"engine", "list"}).json()["engines"].toArray().isEmpty());
    QVERIFY(human({"engine", "list"}).startsWith("ENGINE"));
    QCOMPARE(json({"engine", "import", engine, place.storeDirectory()}).json()["transferred"].toInt(), 0);
    const QString out = place.path("out");
    QVERIFY(QDir().mkpath(out));
    QCOMPARE(json({"engine", "export", engine, out}).json()["transferred"].toInt(), static_cast<int>(digests.size()));
    QVERIFY(QFile::exists(out + "/sha256/" + digest.mid(7)));
    QVERIFY(!json({"version"}).json()["service"].toObject()["version"].toString().isEmpty());
    QVERIFY(human({"version"}).startsWith("layerhold "));
    QVERIFY(!json({"config"}).json()["settings"].toArray().isEmpty());
    QVERIFY(human({"config"}).startsWith("KEY"));
}

void CommandLineTest::everyVerbWithoutADaemon()
{
    const FilledPlace place;
    checkVerbs(place, place.digests, "main");
    QCOMPARE(place.run({"status", "--json"}).json()["daemon"].toBool(), false);
}

void CommandLineTest::everyVerbWithADaemon()
{
    Place place;
    const QStringList digests{place.addBlob("one"), place.addBlob("two")};
    ServeProcess daemon(place);
    QVERIFY2(daemon.waitUntilReady(), daemon.log());
    QVERIFY(daemon.log().contains("engine default is served on " + place.contentSocket().toUtf8()));
    QVERIFY(daemon.log().contains("the API is served on " + place.apiSocket().toUtf8()));
    QCOMPARE(place.run({"engine", "import", "default", place.storeDirectory()}).exitCode, 0);
    checkVerbs(place, digests, "default");
    const RunResult status = runProgram({"status", "--json", "--api-socket", place.apiSocket()});
    QCOMPARE(status.json()["daemon"].toBool(), true);
    QCOMPARE(status.json()["pid"].toInteger(), daemon.pid());
    const QJsonObject engine = status.json()["engines"].toArray()[0].toObject();
    QCOMPARE(engine["serving"].toBool(), true);
    QCOMPARE(engine["engine"].toObject()["sharing"].toString(), QString("open"));
    QCOMPARE(daemon.stop(), 0);
    QVERIFY(!QFile::exists(place.apiSocket()));
    QCOMPARE(place.run({"status", "--json"}).json()["daemon"].toBool(), false);
}

void CommandLineTest::enginesComeAndGoWithoutRestart()
{
    Place place;
    ServeProcess daemon(place);
    QVERIFY2(daemon.waitUntilReady(), daemon.log());
    const RunResult added = place.run({"engine", "add", "second", "--socket", place.path("second.sock"), "--json"});
    QCOMPARE(added.exitCode, 0);
    QCOMPARE(added.json()["engine"].toObject()["serving"].toBool(), true);
    QVERIFY(QFile::exists(place.path("second.sock")));
    QCOMPARE(place.run({"engine", "remove", "second"}).exitCode, 0);
    QVERIFY(!QFile::exists(place.path("second.sock")));
    QCOMPARE(place.run({"engine", "remove", "second"}).exitCode, 3);
    QCOMPARE(daemon.stop(), 0);
}

void CommandLineTest::anEngineThatCannotBeServedIsTriedAgain()
{
    Place place;
    ServeProcess daemon(place);
    QVERIFY2(daemon.waitUntilReady(), daemon.log());
    const RunResult added = place.run({"engine", "add", "late", "--socket", place.path("later/late.sock"), "--json"});
    QCOMPARE(added.exitCode, 0);
    const QJsonObject state = added.json()["engine"].toObject();
    QCOMPARE(state["serving"].toBool(), false);
    QVERIFY(!state["problem"].toString().isEmpty());
    QVERIFY(QDir().mkpath(place.path("later")));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(place.path("later/late.sock")), 20'000);
    QCOMPARE(daemon.stop(), 0);
}

void CommandLineTest::followsEventsUntilInterrupted()
{
    Place place;
    ServeProcess daemon(place);
    QVERIFY2(daemon.waitUntilReady(), daemon.log());
    const QString digest = place.addBlob("new");
    QProcess events;
    prepare(events);
    events.start(programPath(), {"events", "--follow", "--json", "--api-socket", place.apiSocket()});
    QVERIFY(events.waitForReadyRead(20'000)); // it follows: the engine's own event came
    QCOMPARE(place.run({"engine", "import", "default", place.storeDirectory()}).exitCode, 0);
    QByteArray seen = events.readAllStandardOutput();
    while (!seen.contains(digest.toUtf8())) {
        QVERIFY2(events.waitForReadyRead(20'000), seen);
        seen += events.readAllStandardOutput();
    }
    ::kill(static_cast<pid_t>(events.processId()), SIGINT);
    QVERIFY(events.waitForFinished(20'000));
    QCOMPARE(events.exitCode(), 130);
    QCOMPARE(events.readAllStandardError(), QByteArray("layerhold: interrupted\n"));
    QCOMPARE(daemon.stop(), 0);
}

void CommandLineTest::usageErrors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no verb") << QStringList{};
    QTest::newRow("unknown verb") << QStringList{"frobnicate"};
    QTest::newRow("unknown flag") << QStringList{"ls", "--frobnicate"};
    QTest::newRow("root and socket") << QStringList{"ls", "--root", "/x", "--api-socket", "/y"};
    QTest::newRow("empty root") << QStringList{"serve", "--root", ""};
    QTest::newRow("no digest") << QStringList{"inspect"};
    QTest::newRow("bad size") << QStringList{"gc", "--keep-bytes", "1.5G"};
    QTest::newRow("bad sharing") << QStringList{"engine", "add", "x", "--sharing", "all"};
    QTest::newRow("unknown shell") << QStringList{"completion", "csh"};
    QTest::newRow("long socket") << QStringList{"status", "--api-socket", "/" + QString(200, 'a')};
}

void CommandLineTest::usageErrors()
{
    QFETCH(QStringList, arguments);
    const RunResult result = runProgram(arguments);
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.errors.startsWith("layerhold: "), result.errors);
    QCOMPARE(result.errors.count('\n'), 1);
    QVERIFY(result.output.isEmpty());
}

void CommandLineTest::unknownThings()
{
    const FilledPlace place;
    QCOMPARE(place.run({"inspect", "sha256:" + QString(64, '0')}).exitCode, 3);
    QCOMPARE(place.run({"why", "000000"}).exitCode, 3);
    QCOMPARE(place.run({"inspect", "nonsense"}).exitCode, 3); // it could be the name of an image
    QCOMPARE(place.run({"inspect", "no name"}).exitCode, 2);
    QCOMPARE(place.run({"history", "nginx"}).exitCode, 3);
    QCOMPARE(place.run({"untag", "nginx"}).exitCode, 3);
    QCOMPARE(place.run({"tag", "nginx", "abcdef"}).exitCode, 3);
    QCOMPARE(place.run({"tag", "Nginx", "sha256:" + QString(64, '0')}).exitCode, 2);
    QCOMPARE(place.run({"inspect", "sha256:zz"}).exitCode, 2);
    QCOMPARE(place.run({"ls", "--filter", "size=="}).exitCode, 2);
    QCOMPARE(place.run({"engine", "import", "nobody", place.storeDirectory()}).exitCode, 3);
}

void CommandLineTest::aSecondDaemonIsTurnedAway()
{
    Place place;
    ServeProcess first(place);
    QVERIFY2(first.waitUntilReady(), first.log());
    const RunResult second = runProgram({"serve", "--root", place.root(), "--content-socket", place.path("other.sock"),
                                         "--api-socket", place.path("other-api.sock")});
    QCOMPARE(second.exitCode, 4);
    QVERIFY2(second.errors.contains(QByteArray::number(first.pid())), second.errors);
    QVERIFY2(second.errors.contains(place.apiSocket().toUtf8()), second.errors);
    QCOMPARE(first.stop(), 0);
}

void CommandLineTest::anOwnerWithoutApiIsNamed()
{
    Place place;
    ServeProcess daemon(place);
    QVERIFY2(daemon.waitUntilReady(), daemon.log());
    QVERIFY(QFile::remove(place.apiSocket()));
    const RunResult result = place.run({"ls"});
    QCOMPARE(result.exitCode, 4);
    QVERIFY2(result.errors.contains("process " + QByteArray::number(daemon.pid())), result.errors);
    QCOMPARE(daemon.stop(), 0);
}

void CommandLineTest::aRootOpenToOthersIsRefused()
{
    const FilledPlace place;
    QVERIFY(QFile::setPermissions(place.root(), QFile::Permissions(0x7777)));
    const RunResult result = place.run({"status"});
    QCOMPARE(result.exitCode, 5);
    QVERIFY2(result.errors.contains(place.root().toUtf8()), result.errors);
}

void CommandLineTest::anAbsentRootIsNotMade()
{
    const Place place;
    QCOMPARE(place.run({"ls"}).exitCode, 3);
    QVERIFY(!QFile::exists(place.root()));
}

void CommandLineTest::hostileTextIsNeutralised()
{
    const FilledPlace place;
    QFile odd(place.storeDirectory() + "/sha256/odd\x1b[31m");
    QVERIFY(odd.open(QIODevice::WriteOnly));
    odd.close();
    const QStringList import{"engine", "import", "main", place.storeDirectory()};
    const RunResult human = place.run(import);
    QCOMPARE(human.exitCode, 0);
    QVERIFY2(human.output.contains("odd\\x1b[31m"), human.output);
    QVERIFY(!human.output.contains('\x1b'));
    const RunResult json = place.run(import + QStringList{"--json"});
    QVERIFY(!json.output.contains('\x1b'));
    QVERIFY(json.json()["skipped"].toArray()[0].toString().contains("odd\x1b[31m"));
    const RunResult error = place.run({"inspect", "\x1b]0;title\x07"});
    QCOMPARE(error.exitCode, 2);
    QVERIFY(!error.errors.contains('\x1b'));
    QVERIFY(!error.errors.contains('\x07'));
}

void CommandLineTest::aClosedPipeIsNoFailure()
{
    const FilledPlace place;
    const QString command =
        "set -o pipefail; \"$1\" ls --root \"$2\" | true; "
        "while read -r _; do :; done < <(\"$1\" ls --root \"$2\" | head -1); \"$1\" ls --root \"$2\" | head -1";
    const RunResult result = runCommand("bash", {"-c", command, "bash", programPath(), place.root()});
    QCOMPARE(result.exitCode, 0);
    QVERIFY2(result.output.startsWith("DIGEST"), result.output);
    QCOMPARE(result.errors, QByteArray());
}

void CommandLineTest::verifyFindsDamage()
{
    const FilledPlace place;
    const QString hex = place.digests.first().mid(7);
    QFile blob(place.root() + "/blobs/sha256/" + hex);
    QVERIFY(blob.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY(blob.open(QIODevice::ReadWrite));
    blob.write("X");
    blob.close();
    const RunResult result = place.run({"verify", "--json"});
    QCOMPARE(result.exitCode, 7);
    const QJsonArray damaged = result.json()["damaged"].toArray();
    QCOMPARE(damaged.size(), 1);
    QCOMPARE(damaged[0].toObject()["digest"].toString(), place.digests.first());
    QCOMPARE(damaged[0].toObject()["claims"].toArray()[0].toObject()["holder"].toString(), QString("main"));
}

void CommandLineTest::gcRemovesWhatDryRunListed()
{
    const FilledPlace place;
    QCOMPARE(place.run({"engine", "remove", "main"}).exitCode, 0); // releases everything
    QVERIFY(place.run({"why", place.digests.first()}).output.contains("is released"));
    const RunResult dry = place.run({"gc", "--dry-run", "--json"});
    const RunResult wet = place.run({"gc", "--json"});
    QCOMPARE(dry.json()["items"].toArray().size(), place.digests.size());
    QCOMPARE(wet.json()["items"].toArray(), dry.json()["items"].toArray());
    QCOMPARE(wet.json()["report"].toObject()["bytes"].toInteger(), 100'006);
    QVERIFY(listedDigests(place.run({"ls", "--json"})).isEmpty());
}

void CommandLineTest::planApplyUndoAndTrash()
{
    const FilledPlace place;
    QCOMPARE(place.run({"engine", "remove", "main"}).exitCode, 0);
    const QJsonObject plan = place.run({"plan", "--keep-bytes", "0", "--json"}).json();
    QCOMPARE(plan["items"].toArray().size(), 3);
    const QString id = plan["plan"].toObject()["id"].toString();
    const QJsonObject run = place.run({"apply", id, "--json"}).json()["run"].toObject();
    QCOMPARE(run["trashed"].toInt(), 3);
    QCOMPARE(place.run({"apply", id}).exitCode, 8);
    QCOMPARE(place.run({"apply", "unknown"}).exitCode, 3);
    QCOMPARE(place.run({"trash", "list", "--json"}).jsonLines().size(), 3);
    QCOMPARE(place.run({"trash", "restore", place.digests[0], "--json"}).json()["items"].toArray().size(), 1);
    QVERIFY(place.run({"undo", run["id"].toString()}).output.contains("Brought back 2 blobs"));
    QCOMPARE(place.run({"undo"}).exitCode, 3);
    const RunResult listed = place.run({"prune", "--max-used-space", "1K"});
    QVERIFY(listed.output.contains("Nothing was removed"));
    QCOMPARE(place.run({"status", "--json"}).json()["blob_count"].toInt(), 3);
    QCOMPARE(place.run({"prune", "--filter", "size==3", "--force", "--for-good", "--json"})
                 .json()["run"]
                 .toObject()["removed"]
                 .toInt(),
             2);
    QVERIFY(place.run({"prune", "--all", "-f"}).output.contains("1 item to the trash"));
    QVERIFY(place.run({"trash", "empty"}).output.contains("Removed for good 1 blob"));
    QCOMPARE(place.run({"plan", "--filter", "=="}).exitCode, 2);
    QCOMPARE(place.run({"plan", "--min-free-space", "120%"}).exitCode, 2);
}

void CommandLineTest::policyIsEdited()
{
    const FilledPlace place;
    QCOMPARE(place.run({"policy", "add", "old", "--filter", "kind==layer", "--keep-duration", "30d", "--position", "1"})
                 .exitCode,
             0);
    QJsonObject policy = place.run({"policy", "show", "--json"}).json();
    QCOMPARE(policy["rules"].toArray()[0].toObject()["name"].toString(), QStringLiteral("old"));
    QCOMPARE(policy["rules"].toArray().size(), 5);
    QCOMPARE(place.run({"policy", "add", "old"}).exitCode, 2);
    QCOMPARE(place.run({"policy", "add", "x", "--strategy", "best"}).exitCode, 2);
    QCOMPARE(place.run({"policy", "add", "x", "--position", "9"}).exitCode, 2);
    QCOMPARE(place.run({"policy", "set", "--mode", "automatic", "--undo-window", "0"}).exitCode, 0);
    QCOMPARE(place.run({"policy", "remove", "old"}).exitCode, 0);
    QCOMPARE(place.run({"policy", "remove", "old"}).exitCode, 3);
    policy = place.run({"policy", "show", "--json"}).json();
    QCOMPARE(policy["mode"].toString(), QStringLiteral("automatic"));
    QCOMPARE(policy["rules"].toArray().size(), 4);
    QVERIFY(place.run({"policy", "reset"}).output.contains("when asked to"));
}

void CommandLineTest::configTellsOrigins()
{
    const Place place;
    QFile file(place.path("config.toml"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("stop_timeout = 7\nlog_level = \"debug\"\n");
    file.close();
    const RunResult result = place.run({"config", "--json", "--config", file.fileName()});
    QCOMPARE(result.exitCode, 0);
    QMap<QString, QJsonObject> settings;
    for (const auto& setting : result.json()["settings"].toArray())
        settings[setting.toObject()["key"].toString()] = setting.toObject();
    QCOMPARE(settings["stop_timeout"]["value"].toInt(), 7);
    QCOMPARE(settings["stop_timeout"]["origin"].toString(), file.fileName() + ":1");
    QCOMPARE(settings["root"]["origin"].toString(), QString("flag --root"));
    QCOMPARE(settings["log_format"]["origin"].toString(), QString("default"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("stop_timeuot = 7\n");
    file.close();
    const RunResult wrong = place.run({"config", "--config", file.fileName()});
    QCOMPARE(wrong.exitCode, 2);
    QVERIFY2(wrong.errors.contains("config.toml:1:1: unknown key 'stop_timeuot'"), wrong.errors);
    QVERIFY(runProgram({"config", "--default"}).output.contains("# stop_timeout = 10\n"));
}

void CommandLineTest::logsJson()
{
    Place place;
    QFile file(place.path("config.toml"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("log_format = \"json\"\n");
    file.close();
    ServeProcess daemon(place, {"--config", file.fileName()});
    QVERIFY2(daemon.waitUntilReady(), daemon.log());
    QCOMPARE(daemon.stop(), 0);
    for (const QByteArray& line : daemon.log().trimmed().split('\n')) {
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        QVERIFY2(entry.contains("time") && entry.contains("level") && entry.contains("message"), line);
    }
}

void CommandLineTest::hangupReadsTheLogLevelAgain()
{
    Place place;
    QFile file(place.path("config.toml"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    ServeProcess daemon(place, {"--config", file.fileName()});
    QVERIFY2(daemon.waitUntilReady(), daemon.log());
    file.write("log_level = \"debug\"\n");
    file.close();
    ::kill(static_cast<pid_t>(daemon.pid()), SIGHUP);
    QVERIFY2(daemon.waitForLog("log level is debug"), daemon.log());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("log_level = 1\n");
    file.close();
    ::kill(static_cast<pid_t>(daemon.pid()), SIGHUP);
    QVERIFY2(daemon.waitForLog("nothing is changed: "), daemon.log());
    QCOMPARE(daemon.stop(), 0);
}

QTEST_GUILESS_MAIN(CommandLineTest)
#include "command_line_test.moc"
