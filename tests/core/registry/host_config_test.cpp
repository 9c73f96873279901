// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "layerhold/registry/host_config.h"

#include "core/registry/user_home.h"
#include "layerhold/error.h"
#include "registry/hosts_toml.h"
#include "registry/server_url.h"
#include "support/expect_error.h"

#include <sys/stat.h>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::registry::test;
using layerhold::test::errorOf;

namespace {

std::string toText(const Endpoint& endpoint)
{
    std::string text = endpoint.url;
    text += endpoint.isMirror ? " mirror" : " own";
    if (!(endpoint.capabilities == Capabilities::all())) {
        text += " can";
        for (const auto& [capability, name] :
             {std::pair{Capability::Pull, " pull"}, std::pair{Capability::Resolve, " resolve"},
              std::pair{Capability::Push, " push"}, std::pair{Capability::Referrers, " referrers"}})
            if (endpoint.capabilities.has(capability))
                text += name;
    }
    for (const auto& file : endpoint.tls.caFiles)
        text += " ca=" + file.native();
    for (const ClientPair& pair : endpoint.tls.clientPairs)
        text += " client=" + pair.certificate.native() + '+' + pair.key.native();
    if (endpoint.tls.verification == Verification::Skip)
        text += " unverified";
    for (const Header& header : endpoint.headers)
        text += ' ' + header.name + '=' + std::string(header.value.reveal());
    if (endpoint.dialTimeout)
        text += " dial=" + std::to_string(endpoint.dialTimeout->count());
    return text;
}

/// One line for each endpoint; paths in the home without what is before it.
std::string toText(const HostConfig& config, const UserHome& home)
{
    std::string text;
    for (const Endpoint& endpoint : config.endpoints)
        text += toText(endpoint) + '\n';
    const std::string root = (home / "").native();
    for (std::size_t at = text.find(root); at != std::string::npos; at = text.find(root))
        text.replace(at, root.size(), "/");
    return text;
}

HostConfigOptions optionsOf(const UserHome& home)
{
    HostConfigOptions options;
    options.uid = ::geteuid();
    options.hostsFolders = {home / "hosts"};
    options.certificateFolders = {home / "mine", home / "all"};
    return options;
}

} // namespace

class HostConfigTest : public QObject
{
    Q_OBJECT

private slots:

    void reachesTheRegistryItself_data()
    {
        QTest::addColumn<QString>("registry");
        QTest::addColumn<QString>("insecure");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* registry, const char* insecure, const char* expected) {
            QTest::addRow("%s, insecure %s", registry, insecure)
                << QString(registry) << QString(insecure) << QString(expected);
        };
        row("r.io", "", "https://r.io/v2 own\n");
        row("R.io:5000", "", "https://r.io:5000/v2 own\n");
        row("r.io:80", "", "https://r.io:80/v2 own\n");
        row("docker.io", "", "https://registry-1.docker.io/v2 own\n");
        row("index.docker.io", "", "https://registry-1.docker.io/v2 own\n");
        row("r.io:5000", "r.io:5000", "https://r.io:5000/v2 own unverified\nhttp://r.io:5000/v2 own unverified\n");
        row("r.io:5000", "r.io", "https://r.io:5000/v2 own\n");
        row("r.io.evil.com", "r.io", "https://r.io.evil.com/v2 own\n");
        row("localhost", "", "https://localhost/v2 own unverified\n");
        row("localhost:443", "", "https://localhost:443/v2 own unverified\n");
        row("localhost:80", "", "http://localhost:80/v2 own\n");
        row("localhost:5000", "",
            "https://localhost:5000/v2 own unverified\nhttp://localhost:5000/v2 own unverified\n");
        row("127.1.2.3:5000", "",
            "https://127.1.2.3:5000/v2 own unverified\nhttp://127.1.2.3:5000/v2 own unverified\n");
        row("[::1]:5000", "", "https://[::1]:5000/v2 own unverified\nhttp://[::1]:5000/v2 own unverified\n");
        row("[::1]", "", "https://[::1]/v2 own unverified\n");
        row("localhost.evil.com:5000", "", "https://localhost.evil.com:5000/v2 own\n");
        row("127.0.0.1.evil.com:5000", "", "https://127.0.0.1.evil.com:5000/v2 own\n");
        row("128.0.0.1:5000", "", "https://128.0.0.1:5000/v2 own\n");
        row("[::2]:5000", "", "https://[::2]:5000/v2 own\n");
    }

    void reachesTheRegistryItself()
    {
        QFETCH(QString, registry);
        QFETCH(QString, insecure);
        QFETCH(QString, expected);
        const UserHome home;
        HostConfigOptions options = optionsOf(home);
        if (!insecure.isEmpty())
            options.insecure = {insecure.toStdString()};
        const HostConfig config = hostConfigFor(registry.toStdString(), options);
        QCOMPARE(QString::fromStdString(toText(config, home)), expected);
        QVERIFY(config.warnings.empty());
    }

    void takesCertificates()
    {
        const UserHome home;
        for (const char* name : {"b.crt", "a.crt", "me.cert", "me.key", "README", "x.pem"})
            home.put(std::string("all/r.io:5000/") + name, "");
        const HostConfigOptions options = optionsOf(home);
        QCOMPARE(toText(hostConfigFor("r.io:5000", options), home),
                 std::string("https://r.io:5000/v2 own ca=/all/r.io:5000/a.crt ca=/all/r.io:5000/b.crt "
                             "client=/all/r.io:5000/me.cert+/all/r.io:5000/me.key\n"));
        QCOMPARE(hostConfigFor("r.io:5000", options).source, home / "all/r.io:5000");
        QCOMPARE(toText(hostConfigFor("r.io", options), home), std::string("https://r.io/v2 own\n"));
        QVERIFY(hostConfigFor("r.io", options).source.empty());
        // The first folder that has the registry counts, whatever is in it.
        home.put("mine/r.io:5000/mine.crt", "");
        QCOMPARE(toText(hostConfigFor("r.io:5000", options), home),
                 std::string("https://r.io:5000/v2 own ca=/mine/r.io:5000/mine.crt\n"));
        home.put("all/registry-1.docker.io/hub.crt", "");
        QCOMPARE(toText(hostConfigFor("docker.io", options), home),
                 std::string("https://registry-1.docker.io/v2 own ca=/all/registry-1.docker.io/hub.crt\n"));
    }

    void withCertificatesThisMachineIsVerified()
    {
        const UserHome home;
        home.put("all/localhost:5000/ca.crt", "");
        QCOMPARE(toText(hostConfigFor("localhost:5000", optionsOf(home)), home),
                 std::string("https://localhost:5000/v2 own ca=/all/localhost:5000/ca.crt\n"));
    }

    void refusesHalfAPair_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("certificate") << "me.cert";
        QTest::newRow("key") << "me.key";
    }

    void refusesHalfAPair()
    {
        QFETCH(QString, name);
        const UserHome home;
        home.put("all/r.io/" + name.toStdString(), plantedSecret);
        home.put("all/r.io/other.cert", "");
        home.put("all/r.io/other.key", "");
        try {
            hostConfigFor("r.io", optionsOf(home));
            QFAIL("accepted");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::FailedPrecondition);
            QVERIFY2(QString(error.what()).contains(name + "\" is half of a client certificate"), error.what());
            QVERIFY(!leaks(error.what()));
        }
    }

    void findsTheFolder_data()
    {
        QTest::addColumn<QString>("registry");
        QTest::addColumn<QStringList>("folders");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* registry, const QStringList& folders, const char* expected) {
            QTest::addRow("%s of %s", registry, qPrintable(folders.join(' ')))
                << QString(registry) << folders << QString(expected);
        };
        row("r.io:5000", {"r.io_5000_", "r.io:5000", "_default"}, "r.io_5000_");
        row("r.io:5000", {"r.io:5000", "_default", "r.io"}, "r.io:5000");
        row("r.io:5000", {"r.io", "_default"}, "_default");
        row("r.io", {"r.io", "_default"}, "r.io");
        row("r.io", {"r.io.evil.com", "evilr.io"}, "");
        row("[::1]:5000", {"[::1]_5000_"}, "[::1]_5000_");
        row("docker.io", {"registry-1.docker.io", "docker.io"}, "docker.io");
        row("index.docker.io", {"docker.io"}, "docker.io");
    }

    void findsTheFolder()
    {
        QFETCH(QString, registry);
        QFETCH(QStringList, folders);
        QFETCH(QString, expected);
        const UserHome home;
        for (const QString& folder : folders)
            home.put("hosts/" + folder.toStdString() + "/hosts.toml",
                     "[host.\"https://mirror.io\"]\nheader.X-Folder = \"" + folder.toStdString() + "\"\n");
        const HostConfig config = hostConfigFor(registry.toStdString(), optionsOf(home));
        QCOMPARE(QString::fromStdString(toText(config.endpoints.front())),
                 expected.isEmpty() ? QString("https://r.io/v2 own")
                                    : "https://mirror.io/v2 mirror X-Folder=" + expected);
        QCOMPARE(config.source,
                 expected.isEmpty() ? std::filesystem::path() : home / "hosts" / expected.toStdString() / "hosts.toml");
    }

    void readsHostsToml()
    {
        const UserHome home;
        home.put("hosts/r.io/hosts.toml", "server = 'https://upstream.r.io/base/'\n"
                                          "capabilities = ['pull', 'Resolve', 'referrers']\n"
                                          "ca = 'ca.crt'\n"
                                          "unknown = { x = 1 }\n"
                                          "[header]\n"
                                          "  X-Root = ['one', 'two']\n"
                                          "[host.'https://z-mirror:5000']\n"
                                          "  capabilities = ['pull']\n"
                                          "  ca = ['/etc/a.crt', '../b.crt']\n"
                                          "  client = [['c.cert', 'c.key'], ['d.pem', '']]\n"
                                          "  dial_timeout = '1m30s'\n"
                                          "  [host.'https://z-mirror:5000'.header]\n"
                                          "    Authorization = 'Basic " +
                                              plantedAuth +
                                              "'\n"
                                              "[host.'http://a-mirror/v2']\n"
                                              "  client = ['e.pem']\n"
                                              "  skip_verify = true\n"
                                              "[host.'b-mirror/path']\n"
                                              "  client = 'f.pem'\n"
                                              "  override_path = true\n"
                                              "[host.'https://r.io']\n");
        const HostConfig config = hostConfigFor("r.io", optionsOf(home));
        QCOMPARE(toText(config, home),
                 "https://z-mirror:5000/v2 mirror can pull ca=/etc/a.crt ca=/hosts/b.crt "
                 "client=/hosts/r.io/c.cert+/hosts/r.io/c.key client=/hosts/r.io/d.pem+/hosts/r.io/d.pem "
                 "Authorization=Basic " +
                     plantedAuth +
                     " dial=90000\n"
                     "http://a-mirror/v2 mirror client=/hosts/r.io/e.pem+/hosts/r.io/e.pem unverified\n"
                     "https://b-mirror/path mirror client=/hosts/r.io/f.pem+/hosts/r.io/f.pem\n"
                     "https://r.io/v2 own\n"
                     "https://upstream.r.io/base/v2 mirror can pull resolve referrers ca=/hosts/r.io/ca.crt X-Root=one "
                     "X-Root=two\n");
        QVERIFY(config.warnings.empty());
    }

    void withoutAServerTheRegistryComesLast_data()
    {
        QTest::addColumn<QString>("registry");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* registry, const char* text, const char* expected) {
            QTest::addRow("%s: %s", registry, text) << QString(registry) << QString(text) << QString(expected);
        };
        row("r.io", "ca = 'x.crt'", "https://r.io/v2 own ca=/hosts/_default/x.crt\n");
        row("r.io", "[host.'https://m']", "https://m/v2 mirror\nhttps://r.io/v2 own\n");
        row("docker.io", "server = 'https://docker.io'", "https://docker.io/v2 own\n");
        row("docker.io", "# nothing", "https://registry-1.docker.io/v2 own\n");
        row("localhost:5000", "# nothing",
            "https://localhost:5000/v2 own unverified\nhttp://localhost:5000/v2 own unverified\n");
        row("localhost:5000", "skip_verify = true", "https://localhost:5000/v2 own unverified\n");
        row("localhost:5000", "server = 'http://localhost:5000'", "http://localhost:5000/v2 own\n");
        row("r.io", "server = 'http://r.io'", "http://r.io/v2 own\n");
    }

    void withoutAServerTheRegistryComesLast()
    {
        QFETCH(QString, registry);
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const UserHome home;
        home.put("hosts/_default/hosts.toml", text.toStdString());
        home.put("all/r.io/unused.crt", ""); // hosts.toml alone says what applies
        QCOMPARE(QString::fromStdString(toText(hostConfigFor(registry.toStdString(), optionsOf(home)), home)),
                 expected);
    }

    void withoutHostsTomlTheFolderHasCertificates()
    {
        const UserHome home;
        home.put("all/r.io/docker.crt", "");
        home.put("hosts/r.io/other.txt", "");
        const HostConfigOptions options = optionsOf(home);
        QCOMPARE(toText(hostConfigFor("r.io", options), home),
                 std::string("https://r.io/v2 own ca=/all/r.io/docker.crt\n"));
        home.put("hosts/r.io/hosts.toml", "");
        home.put("hosts/r.io/here.crt", "");
        QCOMPARE(toText(hostConfigFor("r.io", options), home),
                 std::string("https://r.io/v2 own ca=/hosts/r.io/here.crt\n"));
    }

    void saysWhereHostsTomlIsBroken_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const std::string& text, const char* reason) {
            QTest::newRow(name) << QString::fromStdString(text) << QString(reason);
        };
        const std::string secret = plantedSecret;
        row("no TOML", "a = 1\nb = " + secret, "line 2: this is no TOML");
        row("cut text", "[header]\nX = \"" + secret, "line 2: this is no TOML");
        row("key twice", "server = 'https://a'\nserver = '" + secret + "'", "line 2: this is no TOML");
        row("password in the server", "\nserver = 'https://user:" + secret + "@r.io'", "line 2: a server is named as");
        row("user in a host", "[host.'https://" + secret + "@r.io']", "line 1: a server is named as");
        row("empty user", "server = 'https://@r.io'", "a server is named as");
        row("query", "server = 'https://r.io/?token=" + secret + "'", "a server is named as");
        row("fragment", "server = 'https://r.io/#" + secret + "'", "a server is named as");
        row("scheme", "server = 'ftp://r.io'", "a server is named as");
        row("file", "server = 'file:///etc/passwd'", "a server is named as");
        row("port", "server = 'https://r.io:x'", "a server is named as");
        row("space", "server = 'https://r io'", "a server is named as");
        row("no host", "server = 'https://'", "a server is named as");
        row("escaped dot", "server = 'http://12%2e7.1:5000'", "a server is named as");
        row("one slash", "server = 'https:/r.io'", "a server is named as");
        row("three slashes", "server = 'https:///r.io'", "a server is named as");
        row("zero in the host", "server = \"https://r.io\\u0000.evil.com\"", "a server is named as");
        row("capability", "capabilities = ['pull', '" + secret + "']", "capabilities are of pull");
        row("capability is a number", "capabilities = [1]", "capabilities has something else than text");
        row("server is a number", "server = 5", "line 1: server has something else than text");
        row("ca is a table", "ca = { x = '" + secret + "' }", "ca has something else than text");
        row("client of three", "client = [['a','b','c']]", "client has a list that is no pair");
        row("client is a number", "client = [1]", "client has something else than text");
        row("skip_verify is a text", "skip_verify = '" + secret + "'", "skip_verify is neither true nor false");
        row("override_path is a number", "server = 'https://r.io'\noverride_path = 1", "line 2: override_path");
        row("header is a text", "header = '" + secret + "'", "header is no table");
        row("header value is a number", "[header]\nX = 5", "line 2: header has something else");
        row("header of two lines", "[header]\nX = \"a\\r\\nAuthorization: " + secret + "\"",
            "line 2: header has a value that is not one line");
        row("header name", "[header]\n'X: " + secret + "' = 'a'", "line 2: header has a name");
        row("host is a text", "host = '" + secret + "'", "host is no table");
        row("a host is a text", "[host]\n'https://r.io' = '" + secret + "'", "line 2: a host is no table");
        row("dial_timeout", "dial_timeout = '" + secret + "'", "dial_timeout is no duration");
        std::string deepKey = "a";
        for (int i = 0; i < 50000; ++i)
            deepKey += ".a";
        row("deep key", deepKey + " = 1", "too many dots");
        row("deep list", "a = " + std::string(50000, '['), "this is no TOML");
    }

    void saysWhereHostsTomlIsBroken()
    {
        QFETCH(QString, text);
        QFETCH(QString, reason);
        const UserHome home;
        const auto path = home.put("hosts/r.io/hosts.toml", text.toStdString());
        try {
            hostConfigFor("r.io", optionsOf(home));
            QFAIL("accepted");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::FailedPrecondition);
            QVERIFY2(QString(error.what()).contains(reason), error.what());
            QVERIFY2(QString(error.what()).startsWith('"' + QString::fromStdString(path.native()) + '"'), error.what());
            QVERIFY2(!leaks(error.what()), error.what());
        }
    }

    void warnsOfSecretsThatOthersSee()
    {
        const UserHome home;
        const auto path = home.put("hosts/r.io/hosts.toml", "[host.'http://m'.header]\nX = '" + plantedSecret + "'\n");
        HostConfig config = hostConfigFor("r.io", optionsOf(home));
        QCOMPARE(config.warnings.size(), std::size_t{1});
        QVERIFY(config.warnings.front().find("the headers for http://m/v2 are sent unencrypted") == 0);
        ::chmod(path.c_str(), 0644);
        config = hostConfigFor("r.io", optionsOf(home));
        QCOMPARE(config.warnings.size(), std::size_t{2});
        for (const std::string& warning : config.warnings)
            QVERIFY(!leaks(warning));
        home.put("hosts/r.io/hosts.toml", "[host.'http://127.0.0.1:5000'.header]\nX = 'y'\n");
        QVERIFY(hostConfigFor("r.io", optionsOf(home)).warnings.empty());
    }

    void refusesFilesOfOthers()
    {
        const UserHome home;
        const auto path = home.put("hosts/r.io/hosts.toml", "server = 'https://evil.com'");
        if (::geteuid() == 0)
            QCOMPARE(::chown(path.c_str(), 4242, 4242), 0);
        HostConfigOptions options = optionsOf(home);
        options.uid = ::geteuid() + 1;
        QVERIFY(errorOf([&] { hostConfigFor("r.io", options); }) == ErrorCode::Denied);
    }

    void refusesWhatIsNoRegistry_data()
    {
        QTest::addColumn<QString>("registry");
        for (const char* name :
             {"", "..", "../r.io", "r.io/..", "_default", "https://r.io", "a@r.io", "r.io\n", "r.io:"})
            QTest::newRow(*name == '\0' ? "empty" : name) << QString(name);
    }

    void refusesWhatIsNoRegistry()
    {
        QFETCH(QString, registry);
        const UserHome home;
        home.put("hosts/_default/hosts.toml", "");
        QVERIFY(errorOf([&] { hostConfigFor(registry.toStdString(), optionsOf(home)); }) == ErrorCode::InvalidArgument);
    }

    void readsDurations_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("milliseconds"); // -1: refused
        const auto row = [](const char* text, int milliseconds) {
            QTest::newRow(text) << QString(text) << milliseconds;
        };
        row("3s", 3000);
        row("500ms", 500);
        row("1m30s", 90000);
        row("1h", 3600000);
        row("1.5s", 1500);
        row(".5s", 500);
        row("1us", 1);
        row("5", -1);
        row("s", -1);
        row("-3s", -1);
        row("0s", -1);
        row("2h", -1);
        row("1.2.3s", -1);
        row(".s", -1);
        row("3 s", -1);
        row("99999999999999999999999999s", -1);
        row("", -1);
    }

    void readsDurations()
    {
        QFETCH(QString, text);
        QFETCH(int, milliseconds);
        const auto duration = parseDialTimeout(text.toStdString());
        QCOMPARE(duration ? static_cast<int>(duration->count()) : -1, milliseconds);
    }

    void knowsTheFoldersOfTheTools()
    {
        UserEnvironment user;
        user.uid = 7;
        user.home = "/home/u";
        const HostConfigOptions options = HostConfigOptions::forUser(user);
        using Paths = std::vector<std::filesystem::path>;
        QVERIFY(options.uid == 7 && options.insecure.empty());
        QVERIFY((options.hostsFolders == Paths{"/etc/containerd/certs.d"}));
        QVERIFY(
            (options.certificateFolders == Paths{"/home/u/.config/docker/certs.d", "/home/u/.config/containers/certs.d",
                                                 "/etc/containers/certs.d", "/etc/docker/certs.d"}));
        user.home.clear();
        QCOMPARE(HostConfigOptions::forUser(user).certificateFolders.size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(HostConfigTest)
#include "host_config_test.moc"
