// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/config/settings.h"

#include "layerhold/error.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace layerhold;
using namespace layerhold::cli;

namespace {

using Variables = std::map<std::string, std::string>;

SettingsEnvironment environment(Variables variables = {}, bool isRoot = false)
{
    variables.emplace("HOME", "/home/somebody");
    return {.variable = [variables](const std::string& name) -> std::optional<std::string> {
                const auto found = variables.find(name);
                return found == variables.end() ? std::nullopt : std::optional(found->second);
            },
            .isRoot = isRoot};
}

} // namespace

class SettingsTest : public QObject
{
    Q_OBJECT

private slots:

    void initTestCase() { QVERIFY(m_directory.isValid()); }

    void defaultsDependOnTheUser();
    void theDaemonGoesByTheDirectoriesOfItsUnit();
    void fileBeatsDefault();
    void environmentBeatsFile();
    void flagBeatsEnvironment();
    void anotherRootHasItsOwnApiSocket();
    void aNamedFileMustExist();
    void theUsualFileIsReadWhenThere();
    void refusesBadFiles_data();
    void refusesBadFiles();
    void refusesABadEnvironment();
    void everySettingIsDeclaredOnce();
    void theDefaultFileIsAFileOfDefaults();

private:
    std::filesystem::path write(const QByteArray& text)
    {
        QFile file(m_directory.filePath("config.toml"));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the configuration file");
        return file.fileName().toStdString();
    }

    QTemporaryDir m_directory;
};

void SettingsTest::defaultsDependOnTheUser()
{
    const Settings root = Settings::load(write(""), environment({}, true));
    QCOMPARE(root.text(Key::Root), std::string("/var/lib/layerhold"));
    QCOMPARE(root.text(Key::ApiSocket), std::string("/run/layerhold/api.sock"));
    QCOMPARE(root.value(Key::Root).origin, std::string("default"));
    const Settings user = Settings::load(write(""), environment());
    QCOMPARE(user.text(Key::Root), std::string("/home/somebody/.local/share/layerhold"));
    const Settings xdg =
        Settings::load(write(""), environment({{"XDG_DATA_HOME", "/data"}, {"XDG_RUNTIME_DIR", "/run/user/7"}}));
    QCOMPARE(xdg.text(Key::Root), std::string("/data/layerhold"));
    QCOMPARE(xdg.text(Key::ApiSocket), std::string("/run/user/7/layerhold/api.sock"));
    QCOMPARE(defaultConfigFile(environment({}, true)), std::filesystem::path("/etc/layerhold/config.toml"));
}

void SettingsTest::theDaemonGoesByTheDirectoriesOfItsUnit()
{
    QVERIFY(QDir(m_directory.path()).mkpath("etc"));
    QFile file(m_directory.filePath("etc/config.toml"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("stop_timeout = 3\n");
    file.close();
    SettingsEnvironment unit = environment({{"CONFIGURATION_DIRECTORY", m_directory.filePath("etc").toStdString()},
                                            {"STATE_DIRECTORY", "/var/lib/layerhold:/var/lib/second"},
                                            {"RUNTIME_DIRECTORY", "/run/layerhold"}});
    unit.isDaemon = true;
    Settings daemon = Settings::load(std::nullopt, unit);
    QCOMPARE(daemon.number(Key::StopTimeout), 3U);
    QCOMPARE(daemon.text(Key::Root), std::string("/var/lib/layerhold"));
    daemon.placeApiSocket();
    QCOMPARE(daemon.text(Key::ApiSocket), std::string("/run/layerhold/api.sock"));

    unit.isDaemon = false; // a client in somebody else's service
    const Settings client = Settings::load(std::nullopt, unit);
    QCOMPARE(client.text(Key::Root), std::string("/home/somebody/.local/share/layerhold"));
    QVERIFY(!client.file());
}

void SettingsTest::fileBeatsDefault()
{
    const std::filesystem::path file = write("# first line\nevents_kept = 5000\nlog_level = \"debug\"\n");
    const Settings settings = Settings::load(file, environment());
    QCOMPARE(settings.number(Key::EventsKept), 5000U);
    QCOMPARE(settings.value(Key::EventsKept).origin, file.string() + ":2");
    QCOMPARE(settings.value(Key::LogLevel).origin, file.string() + ":3");
    QVERIFY(!settings.isExplicit(Key::LogLevel));
}

void SettingsTest::environmentBeatsFile()
{
    const Settings settings =
        Settings::load(write("log_level = \"debug\"\n"), environment({{"LAYERHOLD_LOG_LEVEL", "error"}}));
    QCOMPARE(settings.text(Key::LogLevel), std::string("error"));
    QCOMPARE(settings.value(Key::LogLevel).origin, std::string("environment LAYERHOLD_LOG_LEVEL"));
    QVERIFY(settings.isExplicit(Key::LogLevel));
}

void SettingsTest::flagBeatsEnvironment()
{
    Settings settings = Settings::load(write(""), environment({{"LAYERHOLD_ROOT", "/from/environment"}}));
    settings.setFromFlag(Key::Root, "/from/flag", "--root");
    QCOMPARE(settings.text(Key::Root), std::string("/from/flag"));
    QCOMPARE(settings.value(Key::Root).origin, std::string("flag --root"));
}

void SettingsTest::aNamedFileMustExist()
{
    try {
        Settings::load(m_directory.filePath("absent.toml").toStdString(), environment());
        QFAIL("an absent file that was named is an error");
    } catch (const Error& error) {
        QVERIFY(error.code() == ErrorCode::NotFound);
        QVERIFY(QByteArray(error.what()).contains("absent.toml"));
    }
    const Settings settings =
        Settings::load(std::nullopt, environment({{"XDG_CONFIG_HOME", m_directory.filePath("no").toStdString()}}));
    QVERIFY(!settings.file());
}

void SettingsTest::theUsualFileIsReadWhenThere()
{
    QVERIFY(QDir(m_directory.path()).mkpath("layerhold"));
    QFile file(m_directory.filePath("layerhold/config.toml"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("stop_timeout = 3\n");
    file.close();
    const Settings settings =
        Settings::load(std::nullopt, environment({{"XDG_CONFIG_HOME", m_directory.path().toStdString()}}));
    QCOMPARE(settings.number(Key::StopTimeout), 3U);
}

void SettingsTest::refusesBadFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("unknown key") << QByteArray("\nlog_levle = \"info\"\n")
                                 << QByteArray(":2:1: unknown key 'log_levle'");
    QTest::newRow("a string for a number")
        << QByteArray("stop_timeout = \"5\"\n") << QByteArray(":1:16: stop_timeout must be an integer");
    QTest::newRow("a number for a string")
        << QByteArray("log_level = 3\n") << QByteArray(":1:13: log_level must be a string");
    QTest::newRow("out of range") << QByteArray("stop_timeout = 0\n") << QByteArray("from 1 to 600");
    QTest::newRow("no choice") << QByteArray("log_level = \"loud\"\n")
                               << QByteArray("one of debug, info, warning, error");
    QTest::newRow("relative path") << QByteArray("root = \"cache\"\n") << QByteArray("absolute path");
    QTest::newRow("bad TOML") << QByteArray("root = \n") << QByteArray("config.toml:1:");
    QTest::newRow("a table") << QByteArray("[root]\nx = 1\n") << QByteArray("root must be a string");
    QTest::newRow("escapes in a key") << QByteArray("\"a\\u001b[31m\" = 1\n") << QByteArray("unknown key 'a\\x1b[31m'");
}

void SettingsTest::refusesBadFiles()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, message);
    try {
        Settings::load(write(text), environment());
        QFAIL("the file was accepted");
    } catch (const Error& error) {
        QVERIFY(error.code() == ErrorCode::InvalidArgument);
        QVERIFY2(QByteArray(error.what()).contains(message), error.what());
    }
}

void SettingsTest::refusesABadEnvironment()
{
    try {
        Settings::load(write(""), environment({{"LAYERHOLD_EVENTS_KEPT", "many"}}));
        QFAIL("the value was accepted");
    } catch (const Error& error) {
        QVERIFY(QByteArray(error.what()).contains("LAYERHOLD_EVENTS_KEPT"));
    }
}

void SettingsTest::anotherRootHasItsOwnApiSocket()
{
    Settings usual = Settings::load(std::nullopt, environment());
    const std::string before = usual.text(Key::ApiSocket);
    usual.placeApiSocket();
    QCOMPARE(usual.text(Key::ApiSocket), before);

    Settings other = Settings::load(std::nullopt, environment());
    other.setFromFlag(Key::Root, "/other", "--root");
    other.placeApiSocket();
    QCOMPARE(other.text(Key::ApiSocket), std::string("/other/api.sock"));

    other.setFromFlag(Key::ApiSocket, "/named.sock", "--api-socket");
    other.placeApiSocket();
    QCOMPARE(other.text(Key::ApiSocket), std::string("/named.sock"));
}

void SettingsTest::everySettingIsDeclaredOnce()
{
    std::map<std::string, int> names;
    std::map<Key, int> keys;
    for (const SettingSpec& spec : settingSpecs(environment())) {
        ++names[spec.name];
        ++keys[spec.key];
        QVERIFY2(QByteArray(spec.sentence).endsWith('.'), spec.name);
    }
    for (const auto& [name, times] : names)
        QVERIFY2(times == 1, name.c_str());
    QCOMPARE(keys.size(), names.size());
}

void SettingsTest::theDefaultFileIsAFileOfDefaults()
{
    const std::vector<SettingSpec> specs = settingSpecs(environment());
    QByteArray text = QByteArray::fromStdString(defaultConfigText(specs));
    for (const SettingSpec& spec : specs)
        text.replace(QByteArray("\n# ") + spec.name + " = ", QByteArray("\n") + spec.name + " = ");
    const Settings settings = Settings::load(write(text), environment());
    for (const SettingSpec& spec : specs) {
        QCOMPARE(settings.text(spec.key), spec.defaultValue);
        QVERIFY2(settings.value(spec.key).origin != "default", spec.name); // it was in the file
    }
}

QTEST_GUILESS_MAIN(SettingsTest)
#include "settings_test.moc"
