// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "plugin/cli/login_scene.h"

#include <QDeadlineTimer>

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/stat.h>
#include <termios.h>

#include <memory>

using namespace layerhold::testing;
using layerhold::test::HttpServer;
using layerhold::test::Security;

namespace {

QStringList loginTo(const std::string& registry, const std::string& user = plantedUser)
{
    return {"login", QString::fromStdString(registry), "-u", QString::fromStdString(user), "--password-stdin"};
}

QByteArray typed(const std::string& text)
{
    return QByteArray::fromStdString(text + '\n');
}

/// The program with a terminal as standard input.
class AtTerminal
{
public:
    AtTerminal(const LoginScene& scene, const QStringList& arguments)
    {
        int slave = -1;
        if (::openpty(&m_terminal, &slave, nullptr, nullptr, nullptr) != 0)
            qFatal("cannot make a terminal");
        m_slave = slave;
        scene.prepare(m_process);
        m_process.setChildProcessModifier([slave] { ::dup2(slave, STDIN_FILENO); });
        m_process.start(programPath(), arguments);
    }

    AtTerminal(const AtTerminal&) = delete;
    AtTerminal& operator=(const AtTerminal&) = delete;

    ~AtTerminal()
    {
        m_process.kill();
        m_process.waitForFinished();
        ::close(m_terminal);
        ::close(m_slave);
    }

    bool waitForQuestion(const QByteArray& text)
    {
        m_process.setReadChannel(QProcess::StandardError);
        const QDeadlineTimer deadline(20'000);
        for (m_errors += m_process.readAllStandardError(); !m_errors.contains(text);
             m_errors += m_process.readAllStandardError())
            if (!m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
                return false;
        return true;
    }

    void type(const std::string& line)
    {
        const std::string text = line + '\n';
        if (::write(m_terminal, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
            qFatal("cannot type");
    }

    void interrupt() { ::kill(static_cast<pid_t>(m_process.processId()), SIGINT); }

    RunResult finish()
    {
        RunResult result;
        if (m_process.waitForFinished(20'000) && m_process.exitStatus() == QProcess::NormalExit)
            result.exitCode = m_process.exitCode();
        result.output = m_process.readAllStandardOutput();
        result.errors = m_errors + m_process.readAllStandardError();
        return result;
    }

    bool echoes() const
    {
        termios settings = {};
        return ::tcgetattr(m_slave, &settings) == 0 && (settings.c_lflag & ECHO) != 0;
    }

    /// What the terminal shows of what was typed.
    std::string shown() const
    {
        std::string text(4096, '\0');
        pollfd input = {m_terminal, POLLIN, 0};
        const ssize_t count = ::poll(&input, 1, 0) == 1 ? ::read(m_terminal, text.data(), text.size()) : 0;
        text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
        return text;
    }

private:
    int m_terminal = -1;
    int m_slave = -1;
    QProcess m_process;
    QByteArray m_errors;
};

} // namespace

/// `login` and `logout` as users run them, against registries of the test.
class LoginVerbsTest : public QObject
{
    Q_OBJECT

private slots:

    void initTestCase()
    {
        m_registry = std::make_unique<HttpServer>(basicRegistry(), Security::Tls);
        m_name = m_registry->authority();
    }

    void storesWhatTheRegistryAccepts_data()
    {
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QByteArray>("input");
        const QByteArray secret = QByteArray::fromStdString(plantedSecret);
        QTest::newRow("as Docker is used") << "" << secret;
        QTest::newRow("with the end of the line") << "" << secret + '\n';
        QTest::newRow("with the end of a line of Windows") << "" << secret + "\r\n";
        QTest::newRow("as a URL") << "https://" << secret;
    }

    void storesWhatTheRegistryAccepts()
    {
        QFETCH(QString, prefix);
        QFETCH(QByteArray, input);
        const LoginScene scene;
        scene.trust(*m_registry);
        const RunResult result = scene.run(loginTo(prefix.toStdString() + m_name), input);
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY2(result.output.contains("as planted-user"), result.output);
        QVERIFY2(result.output.contains(scene.dockerConfig().c_str()), result.output);
        QVERIFY2(result.errors.contains("unencrypted"), result.errors);
        QVERIFY(!leaks(everything(result)));
        QVERIFY2(scene.storedConfig().find(plantedAuth) != std::string::npos, scene.storedConfig().c_str());
        struct stat status = {};
        QVERIFY(::stat(scene.dockerConfig().c_str(), &status) == 0 && (status.st_mode & 0777U) == 0600U);
    }

    void tellsProgramsWhatWasStored()
    {
        const LoginScene scene;
        scene.trust(*m_registry);
        const QJsonObject json = scene.run(loginTo(m_name) << "--json", typed(plantedSecret)).json();
        QCOMPARE(json["registry"].toString().toStdString(), m_name);
        QCOMPARE(json["kind"].toString(), QString("password"));
        QCOMPARE(json["username"].toString().toStdString(), plantedUser);
        QCOMPARE(json["place"].toString().toStdString(), scene.dockerConfig().native());
        QVERIFY(json["stored"].toBool());
        QCOMPARE(json["warnings"].toArray().size(), 1);
    }

    void aRegistryHereMayBePlain()
    {
        const HttpServer plain(basicRegistry());
        const LoginScene scene;
        const RunResult result = scene.run(loginTo(plain.authority()), typed(plantedSecret));
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY(scene.storedConfig().find(plantedAuth) != std::string::npos);
    }

    /// As pull does; a registry with an authority of its own has to speak TLS unless it is named.
    void goesByTheSettingForInsecureRegistries()
    {
        const HttpServer plain(basicRegistry());
        LoginScene scene;
        scene.put("config/docker/certs.d/" + plain.authority() + "/ca.crt",
                  readFile(m_registry->certificates().caFile()));
        QVERIFY(scene.run(loginTo(plain.authority()), typed(plantedSecret)).exitCode != 0);
        QVERIFY(!std::filesystem::exists(scene.dockerConfig()));
        scene.set("LAYERHOLD_INSECURE_REGISTRIES", "registry.lan:5000, " + plain.authority());
        const RunResult result = scene.run(loginTo(plain.authority()), typed(plantedSecret));
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY(scene.storedConfig().find(plantedAuth) != std::string::npos);
        const QString name = QString::fromStdString(plain.authority());
        const RunResult status = scene.run({"login", "status", name, "--check"});
        QVERIFY2(status.exitCode == 0 && status.output.contains(("http://" + plain.authority()).c_str()),
                 status.output);
        QVERIFY(scene.run({"login", "status", "registry.lan:5000"}).output.contains("insecure"));
    }

    void keepsAnIdentityToken()
    {
        const HttpServer registry(tokenRegistry(), Security::Tls);
        const LoginScene scene;
        scene.trust(registry);
        const QStringList arguments{"login", QString::fromStdString(registry.authority()), "--identity-token-stdin"};
        QCOMPARE(scene.run(arguments, typed("another")).exitCode, 5);
        QVERIFY(!std::filesystem::exists(scene.dockerConfig()));
        const RunResult result = scene.run(arguments, typed(plantedSecret));
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY(!leaks(everything(result)));
        QVERIFY(scene.storedConfig().find("\"identitytoken\": \"" + plantedSecret) != std::string::npos);
    }

    void storesNothingThatIsRefused()
    {
        const LoginScene scene;
        scene.trust(*m_registry);
        const RunResult result = scene.run(loginTo(m_name), typed("PLANTED-wrong"));
        QCOMPARE(result.exitCode, 5);
        QVERIFY2(result.errors.contains("does not accept this login"), result.errors);
        QVERIFY(!leaks(everything(result)));
        QVERIFY(!std::filesystem::exists(scene.dockerConfig()));
    }

    void storesNothingWhenNobodyAnswers()
    {
        auto gone = std::make_unique<HttpServer>(basicRegistry(), Security::Tls);
        const std::string name = gone->authority();
        const LoginScene scene;
        scene.trust(*gone);
        gone.reset();
        const RunResult result = scene.run(loginTo(name), typed(plantedSecret));
        QCOMPARE(result.exitCode, 4);
        QVERIFY2(result.errors.contains("could not be tried"), result.errors);
        QVERIFY(!leaks(everything(result)));
        QVERIFY(!std::filesystem::exists(scene.dockerConfig()));
    }

    void leavesABrokenFileAlone()
    {
        const LoginScene scene;
        scene.trust(*m_registry);
        const std::string broken = "{\"auths\":{\"" + m_name + "\":{\"auth\":\"" + plantedAuth + "\"";
        scene.putDockerConfig(broken);
        for (const QStringList& arguments : {loginTo(m_name), QStringList{"logout", QString::fromStdString(m_name)}}) {
            const RunResult result = scene.run(arguments, typed(plantedSecret));
            QCOMPARE(result.exitCode, 8);
            QVERIFY2(result.errors.contains("config.json"), result.errors);
            QVERIFY(!leaks(everything(result)));
            QCOMPARE(scene.storedConfig(), broken);
        }
    }

    void aHelperKeepsIt()
    {
        const LoginScene scene;
        if (!scene.canRunPrivately())
            QSKIP("mount namespaces are not to be had");
        scene.trust(*m_registry);
        scene.putDockerConfig("{\"credsStore\":\"of-the-test\"}");
        scene.putHelper("of-the-test",
                        "cd \"$HOME\"\n"
                        "case $1 in\n"
                        "store) cat >kept ;;\n"
                        "list) echo '{}' ;;\n"
                        "*) [ -e kept ] || { echo 'credentials not found in native keychain'; exit 1; } ;;\n"
                        "esac\n"
                        "case $1 in get) cat kept ;; erase) rm kept ;; esac");
        const RunResult in = scene.runPrivately(loginTo(m_name), typed(plantedSecret));
        QVERIFY2(in.exitCode == 0, in.errors);
        QVERIFY2(in.output.contains("docker-credential-of-the-test"), in.output);
        QVERIFY(readFile(scene / "home/kept").find(plantedSecret) != std::string::npos);
        QVERIFY(!leaks(scene.storedConfig()) && scene.storedConfig().find(m_name) != std::string::npos);

        const RunResult status = scene.runPrivately({"login", "status", QString::fromStdString(m_name), "--check"});
        QVERIFY2(status.exitCode == 0, status.errors);
        QVERIFY2(status.output.contains("credsStore: docker-credential-of-the-test"), status.output);
        QVERIFY2(status.output.contains("accepted by https:"), status.output);

        const RunResult out = scene.runPrivately({"logout", QString::fromStdString(m_name)});
        QCOMPARE(out.exitCode, 0);
        QVERIFY2(out.output.contains("docker-credential-of-the-test"), out.output);
        QVERIFY(!std::filesystem::exists(scene / "home/kept"));
        QVERIFY(!leaks(everything(in) + everything(status) + everything(out)));
    }

    void mirrorsAreNotShownTheLogin()
    {
        const LoginScene scene;
        if (!scene.canRunPrivately())
            QSKIP("mount namespaces are not to be had");
        const HttpServer mirror(basicRegistry());
        const auto authority = scene.put("ca.pem", readFile(m_registry->certificates().caFile()));
        scene.put("etc/containerd/certs.d/" + m_name + "/hosts.toml",
                  "ca = \"" + authority.native() + "\"\n[host.\"" + mirror.origin() + "\"]\n");
        const RunResult result = scene.runPrivately(loginTo(m_name), typed(plantedSecret), true);
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY(mirror.requests().empty());

        scene.put("etc/containerd/certs.d/" + m_name + "/hosts.toml", "server = \"" + mirror.origin() + "\"\n");
        const RunResult nowhere = scene.runPrivately(loginTo(m_name), typed(plantedSecret), true);
        QCOMPARE(nowhere.exitCode, 8);
        QVERIFY2(nowhere.errors.contains("mirrors"), nowhere.errors);
        QVERIFY(mirror.requests().empty());
    }

    void logoutRemovesAndTellsOfOthers()
    {
        const LoginScene scene;
        scene.putLogin("R.io");
        const RunResult result = scene.run({"logout", "r.io"});
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.output.contains(scene.dockerConfig().c_str()), result.output);
        QVERIFY(!leaks(scene.storedConfig()));
        QVERIFY(result.errors.isEmpty());

        scene.putPodmanLogin("r.io");
        const RunResult again = scene.run({"logout", "r.io", "--json"});
        QCOMPARE(again.exitCode, 0);
        QVERIFY(again.json()["places"].toArray().isEmpty());
        QVERIFY2(again.errors.contains("containers/auth.json, auths still has a login"), again.errors);
        QVERIFY(!leaks(everything(again)));
        QVERIFY(scene.run({"logout"}).output.contains("There was no login for docker.io"));
    }

    void refusesWhatCannotBeMeant_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<QByteArray>("input");
        const auto row = [](const char* name, const QStringList& arguments, const char* said,
                            const QByteArray& input = "PLANTED\n") {
            QTest::newRow(name) << (QStringList{"login"} << arguments) << QByteArray(said) << input;
        };
        row("nobody to ask", {"r.io"}, "--password-stdin");
        row("nobody to ask the password", {"r.io", "-u", "u"}, "--password-stdin");
        row("a password of nobody", {"r.io", "--password-stdin"}, "--username");
        row("a password in the command line", {"r.io", "-u", "u", "-p", "PLANTED"}, "history of the shell");
        row("a password in one word", {"r.io", "-u", "u", "-pPLANTED"}, "--password-stdin");
        row("a long password", {"r.io", "-u", "u", "--password=PLANTED"}, "--password-stdin");
        row("no password", {"r.io", "-u", "u", "--password-stdin"}, "give a password", "\n");
        row("a user with a colon", {"r.io", "-u", "u:v", "--password-stdin"}, "':'");
        row("two secrets", {"r.io", "-u", "u", "--password-stdin", "--identity-token-stdin"}, "excludes");
        row("a path", {"r.io/team", "-u", "u", "--password-stdin"}, "name r.io");
        row("a URL with a password", {"https://u:PLANTED@r.io", "-u", "u", "--password-stdin"}, "no password in it");
        row("a name that is none", {"r io", "-u", "u", "--password-stdin"}, "is no registry");
        row("an empty name", {"", "-u", "u", "--password-stdin"}, "empty");
        row("a login's flag for status", {"-u", "u", "status"}, "status --help");
        row("status of a password", {"status", "u:PLANTED@r.io"}, "no password in it");
        row("status of nothing", {"status", "Ü"}, "");
    }

    void refusesWhatCannotBeMeant()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, said);
        QFETCH(QByteArray, input);
        const LoginScene scene;
        const RunResult result = scene.run(arguments, input);
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.errors.contains(said), result.errors);
        QVERIFY(!leaks(everything(result)));
        QVERIFY(!std::filesystem::exists(scene.dockerConfig()));
    }

    void asksAtTheTerminal()
    {
        const LoginScene scene;
        scene.trust(*m_registry);
        AtTerminal terminal(scene, {"login", QString::fromStdString(m_name)});
        QVERIFY(terminal.waitForQuestion("User name at "));
        QVERIFY(terminal.echoes());
        terminal.type(' ' + plantedUser);
        QVERIFY(terminal.waitForQuestion("Password"));
        QVERIFY(!terminal.echoes());
        terminal.type(plantedSecret);
        const RunResult result = terminal.finish();
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY(terminal.echoes());
        const std::string shown = terminal.shown();
        QVERIFY2(shown.find(plantedUser) != std::string::npos && !leaks(shown), shown.c_str());
        QVERIFY(!leaks(everything(result)));
        QVERIFY(scene.storedConfig().find(plantedAuth) != std::string::npos);
    }

    void anInterruptLeavesTheTerminalAsItWas()
    {
        const LoginScene scene;
        scene.trust(*m_registry);
        AtTerminal terminal(scene, {"login", QString::fromStdString(m_name), "-u", "u"});
        QVERIFY(terminal.waitForQuestion("Password"));
        QVERIFY(!terminal.echoes());
        terminal.interrupt();
        QCOMPARE(terminal.finish().exitCode, 130);
        QVERIFY(terminal.echoes());
    }

    void aLoginThatIsGoodStays()
    {
        const LoginScene scene;
        scene.trust(*m_registry);
        scene.putLogin(m_name);
        const std::string before = scene.storedConfig();
        AtTerminal terminal(scene, {"login", QString::fromStdString(m_name)});
        const RunResult result = terminal.finish();
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY2(result.output.contains("already") && result.output.contains("as planted-user"), result.output);
        QCOMPARE(scene.storedConfig(), before);
    }

    void aLoginThatIsBadIsAskedForAgain()
    {
        const LoginScene scene;
        scene.trust(*m_registry);
        scene.putDockerConfig("{\"auths\":{\"" + m_name + "\":{\"username\":\"" + plantedUser +
                              "\",\"password\":\"PLANTED-old\"}}}");
        AtTerminal terminal(scene, {"login", QString::fromStdString(m_name)});
        QVERIFY(terminal.waitForQuestion("(planted-user): "));
        terminal.type("");
        QVERIFY(terminal.waitForQuestion("Password"));
        terminal.type(plantedSecret);
        const RunResult result = terminal.finish();
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY(!leaks(everything(result)));
        QVERIFY(scene.storedConfig().find(plantedAuth) != std::string::npos);
    }

private:
    std::unique_ptr<HttpServer> m_registry;
    std::string m_name;
};

QTEST_GUILESS_MAIN(LoginVerbsTest)
#include "login_verbs_test.moc"
