// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "registry/credential_helper.h"

#include "core/registry/user_home.h"
#include "layerhold/error.h"
#include "support/expect_error.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <stop_token>
#include <thread>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::registry::test;
using layerhold::test::errorOf;
using layerhold::test::openDescriptors;
using layerhold::test::readFile;

namespace {

using namespace std::chrono_literals;

/// The message of the Error, after a look for secrets.
template <typename Call>
std::string messageOf(Call call)
{
    try {
        call();
    } catch (const Error& error) {
        return leaks(error.what()) ? "LEAKED" : error.what();
    }
    return "no error";
}

bool isAlive(const std::filesystem::path& pidFile)
{
    const pid_t pid = std::stoi(readFile(pidFile));
    if (::kill(pid, 0) != 0)
        return false;
    // Killed, and not yet waited for by whoever inherited it.
    const std::string status = readFile("/proc/" + std::to_string(pid) + "/stat");
    return !status.empty() && status.find(") Z ") == std::string::npos;
}

} // namespace

class CredentialHelperTest : public QObject
{
    Q_OBJECT

private slots:

    void checksTheSuffix_data()
    {
        QTest::addColumn<QByteArray>("suffix");
        int number = 0;
        for (const QByteArray& suffix :
             {QByteArray(""), QByteArray(".."), QByteArray("../evil"), QByteArray("a/b"), QByteArray("/bin/sh"),
              QByteArray("a b"), QByteArray("a;b"), QByteArray("a\nb"), QByteArray("a\0b", 3), QByteArray("\xc3\xa4"),
              QByteArray(101, 'a'), QByteArray("not-installed")})
            QTest::addRow("%d", number++) << suffix;
    }

    void checksTheSuffix()
    {
        QFETCH(QByteArray, suffix);
        UserHome home;
        home.put("bin/evil", "");
        QVERIFY(errorOf([&] { CredentialHelper(suffix.toStdString(), home.user()); }) == ErrorCode::FailedPrecondition);
    }

    void isFoundInTheFoldersOnly()
    {
        UserHome home;
        const auto program = home.putHelper("mine", "exit 0");
        QCOMPARE(CredentialHelper("mine", home.user()).program(), program);
        ::chmod(program.c_str(), 0600);
        QVERIFY(errorOf([&] { CredentialHelper("mine", home.user()); }) == ErrorCode::FailedPrecondition);
        ::chmod(program.c_str(), 0700);
        home.user().helperFolders = {home / "elsewhere"};
        const std::string message = messageOf([&] { CredentialHelper("mine", home.user()); });
        QVERIFY2(message.find("docker-credential-mine is not installed") == 0, message.c_str());
    }

    void speaksTheProtocol()
    {
        UserHome home;
        const std::string folder = (home / "kept").native();
        std::filesystem::create_directories(folder);
        home.putHelper("files", "cd " + folder + R"(
            case $1 in
            store) cat >entry;;
            get) read -r s; [ -f entry ] && [ "$s" = r.io:5000 ] && cat entry || { echo 'credentials not found in native keychain'; exit 1; };;
            erase) read -r s; [ -f entry ] && rm entry || { echo 'credentials not found in native keychain'; exit 1; };;
            list) echo '{"r.io:5000":"user","other.io":"somebody"}';;
            *) exit 9;;
            esac)");
        const CredentialHelper helper("files", home.user());
        QVERIFY(!helper.get("r.io:5000", {}));
        helper.store("r.io:5000", password("user \"quoted\"", "p\n\xc3\xa4"), {});
        QCOMPARE(toText(*helper.get("r.io:5000", {})), std::string("password user \"quoted\" p\n\xc3\xa4"));
        QVERIFY(!helper.get("r.io", {}));

        Credential token;
        token.kind = CredentialKind::IdentityToken;
        token.secret = Secret(std::string("refresh"));
        helper.store("r.io:5000", token, {});
        QVERIFY(readFile(home / "kept/entry").find("\"Username\":\"<token>\"") != std::string::npos);
        QCOMPARE(toText(*helper.get("r.io:5000", {})), std::string("identity refresh"));

        const auto servers = helper.list({});
        QCOMPARE(servers.size(), std::size_t{2});
        QCOMPARE(servers.at("r.io:5000"), std::string("user"));
        QVERIFY(helper.erase("r.io:5000", {}) == CredentialHelper::Erased::Yes);
        QVERIFY(helper.erase("r.io:5000", {}) == CredentialHelper::Erased::NothingThere);
    }

    void keepsNoOtherKinds()
    {
        UserHome home;
        home.putHelper("any", "exit 0");
        const CredentialHelper helper("any", home.user());
        Credential token;
        token.kind = CredentialKind::RegistryToken;
        token.secret = Secret(std::string(plantedSecret));
        for (const Credential& credential : {Credential(), token, password("u", plantedSecret + "\xff")})
            QVERIFY(errorOf([&] { helper.store("r.io", credential, {}); }) == ErrorCode::InvalidArgument);
        QVERIFY(messageOf([&] { helper.store("r.io", password("u", plantedSecret + "\xff"), {}); }) != "LEAKED");
    }

    void anEmptyAnswerIsNone()
    {
        UserHome home;
        home.putHelper("empty", R"(echo '{"ServerURL":"","Username":"","Secret":""}')");
        QVERIFY(!CredentialHelper("empty", home.user()).get("r.io", {}));
    }

    void givesNothingElseOfTheProcess()
    {
        UserHome home;
        home.user().dbusAddress = "unix:path=/bus";
        ::setenv("LAYERHOLD_TEST_SECRET", plantedSecret.c_str(), 1);
        const std::string report = (home / "report").native();
        home.put("open", "x");
        // Not close-on-exec: that alone would keep it from the helper.
        const int open = ::open((home / "open").c_str(), O_RDONLY);
        home.putHelper("nosy", "{ env; pwd; ls -l /proc/$$/fd; } >" + report + "; echo $$ >" + report +
                                   ".pid; cut -d' ' -f6 /proc/$$/stat >" + report + ".session");
        const CredentialHelper helper("nosy", home.user());
        QVERIFY(!helper.get("r.io", {}));
        ::close(open);
        ::unsetenv("LAYERHOLD_TEST_SECRET");
        const std::string text = readFile(report);
        QVERIFY2(!leaks(text), text.c_str());
        const std::string path = "PATH=" + (home / "bin").native() + ":/usr/bin:/bin\n";
        for (const std::string& line :
             {path, "HOME=" + home.home().native() + '\n', "XDG_RUNTIME_DIR=" + (home / "run").native() + '\n',
              std::string("DBUS_SESSION_BUS_ADDRESS=unix:path=/bus\n"), std::string("\n/\n")})
            QVERIFY2(text.find(line) != std::string::npos, line.c_str());
        for (const std::string& inherited :
             {(home / "open").native(), std::string("anon_inode"), std::string("socket")})
            QVERIFY2(text.find(inherited) == std::string::npos, text.c_str());
        QVERIFY2(text.find("/dev/null") != std::string::npos, text.c_str()); // its standard error
        QCOMPARE(readFile(report + ".pid"), readFile(report + ".session"));  // a session of its own
    }

    void readsItsInputToTheEnd()
    {
        UserHome home;
        home.putHelper("long", "[ $(wc -c) -gt 300000 ] || exit 3");
        CredentialHelper("long", home.user()).store("r.io", password("u", std::string(300000, 's')), {});
    }

    void ignoresInputThatNobodyReads()
    {
        UserHome home;
        home.putHelper("deaf", "exec 0<&-; exit 0");
        CredentialHelper("deaf", home.user()).store("r.io", password("u", std::string(300000, 's')), {});
    }

    void tellsNothingOfWhatAFailingHelperSays_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const std::string& script, ErrorCode code, const char* message) {
            QTest::newRow(name) << QString::fromStdString(script) << static_cast<int>(code) << QString(message);
        };
        const std::string secret = plantedSecret;
        row("secret and exit 1", "echo 'bad " + secret + "'; echo " + secret + " >&2; exit 1", ErrorCode::Denied,
            "docker-credential-bad failed to get a credential (exit 1); try it by hand");
        row("secret and exit 77", "echo " + secret + "; exit 77", ErrorCode::Denied, "(exit 77)");
        row("almost not found", "echo 'credentials not found in native keychain " + secret + "'; exit 1",
            ErrorCode::Denied, "(exit 1); try");
        row("known words", "echo ' no credentials server URL '; exit 1", ErrorCode::Denied,
            "(exit 1): no credentials server URL; try");
        row("no JSON", "echo 'Password: " + secret + "'", ErrorCode::Unavailable,
            "the answer of docker-credential-bad is no JSON from line 1, column 1 on");
        row("cut JSON", "printf '{\"Secret\":\"" + secret + "'", ErrorCode::Unavailable, "is no JSON from line 1");
        row("list", "echo '[\"" + secret + "\"]'", ErrorCode::Unavailable, "is no JSON object");
        row("secret is a list", "echo '{\"Username\":\"u\",\"Secret\":[\"" + secret + "\"]}'", ErrorCode::Unavailable,
            "answered with a Secret that is no text");
        row("NUL", "printf '{\"Secret\":\\000\"" + secret + "\"}'", ErrorCode::Unavailable, "is no JSON from line 1");
        row("signal", "echo " + secret + "; kill -SEGV $$", ErrorCode::Unavailable, "was ended by signal 11");
        row("flood", "while :; do echo " + secret + "; done", ErrorCode::Unavailable, "more than 64 KiB");
        row("flood and end", "head -c 65537 /dev/zero; exit 1", ErrorCode::Unavailable, "more than 64 KiB");
    }

    void tellsNothingOfWhatAFailingHelperSays()
    {
        QFETCH(QString, script);
        QFETCH(int, code);
        QFETCH(QString, message);
        UserHome home;
        home.putHelper("bad", script.toStdString());
        const CredentialHelper helper("bad", home.user());
        const std::size_t before = openDescriptors();
        QCOMPARE(static_cast<int>(*errorOf([&] { helper.get("r.io", {}); })), code);
        const std::string told = messageOf([&] { helper.get("r.io", {}); });
        QVERIFY2(QString::fromStdString(told).contains(message), told.c_str());
        QCOMPARE(openDescriptors(), before);
    }

    void takesTheLargestAnswer()
    {
        UserHome home;
        home.putHelper(
            "long", "printf '{\"Username\":\"u\",\"Secret\":\"'; head -c 65000 /dev/zero | tr '\\000' s; echo '\"}'");
        const auto credential = CredentialHelper("long", home.user()).get("r.io", {});
        QCOMPARE(credential->secret.reveal().size(), std::size_t{65000});
    }

    void cannotStart()
    {
        UserHome home;
        const auto program = home.put("bin/docker-credential-odd", "#!/nowhere/interpreter " + plantedSecret + "\n");
        ::chmod(program.c_str(), 0700);
        const CredentialHelper helper("odd", home.user());
        const std::size_t before = openDescriptors();
        QVERIFY(errorOf([&] { helper.get("r.io", {}); }) == ErrorCode::FailedPrecondition);
        const std::string message = messageOf([&] { helper.get("r.io", {}); });
        QVERIFY2(message.find("docker-credential-odd cannot be started: No such file") == 0, message.c_str());
        QCOMPARE(openDescriptors(), before);
    }

    void endsWhatHangs()
    {
        UserHome home;
        const std::string pids = (home / "pid").native();
        home.putHelper("slow", "echo " + plantedSecret + "; echo $$ >" + pids + "; sleep 1000 & echo $! >" + pids +
                                   ".child; trap '' TERM INT HUP; wait; sleep 1000");
        const CredentialHelper helper("slow", home.user(), 300ms);
        const std::size_t before = openDescriptors();
        const auto start = std::chrono::steady_clock::now();
        QVERIFY(errorOf([&] { helper.get("r.io", {}); }) == ErrorCode::Unavailable);
        QVERIFY(std::chrono::steady_clock::now() - start >= 300ms);
        const std::string message = messageOf([&] { helper.get("r.io", {}); });
        QVERIFY2(message.find("docker-credential-slow did not answer within 300 ms") == 0, message.c_str());
        QTRY_VERIFY(!isAlive(pids) && !isAlive(pids + ".child"));
        QCOMPARE(openDescriptors(), before);
    }

    void canBeCancelled()
    {
        UserHome home;
        const std::string fifo = (home / "started").native();
        const std::string pids = (home / "pid").native();
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
        home.putHelper("slow", "echo $$ >" + pids + "; echo started >" + fifo + "; exec sleep 1000");
        std::stop_source stop;
        std::jthread canceller([&] {
            readFile(fifo); // until it has started
            stop.request_stop();
        });
        const CredentialHelper helper("slow", home.user(), 60s);
        QVERIFY_THROWS_EXCEPTION(Cancelled, helper.get("r.io", stop.get_token()));
        QVERIFY(!isAlive(pids));
        QVERIFY_THROWS_EXCEPTION(Cancelled, helper.get("r.io", stop.get_token())); // before it starts
    }

    void doesNotWaitForWhoElseHoldsTheOutput()
    {
        UserHome home;
        const std::string pids = (home / "pid").native();
        home.putHelper("forking",
                       "sleep 1000 & echo $! >" + pids + R"(; echo '{"Username":"u","Secret":"s"}'; exit 0)");
        const CredentialHelper helper("forking", home.user(), 60s);
        const auto start = std::chrono::steady_clock::now();
        QCOMPARE(toText(*helper.get("r.io", {})), std::string("password u s"));
        QVERIFY(std::chrono::steady_clock::now() - start < 30s);
        QTRY_VERIFY(!isAlive(pids));
    }

    void worksFromManyThreads()
    {
        UserHome home;
        home.putHelper("good", answering("r.io", "u", "s"));
        const CredentialHelper helper("good", home.user());
        const std::size_t before = openDescriptors();
        std::array<std::string, 6> answers;
        {
            std::vector<std::jthread> threads;
            for (std::string& answer : answers)
                threads.emplace_back([&] {
                    for (int i = 0; i < 5; ++i)
                        answer = toText(*helper.get("r.io", {}));
                });
        }
        for (const std::string& answer : answers)
            QCOMPARE(answer, std::string("password u s"));
        QCOMPARE(openDescriptors(), before);
    }
};

QTEST_GUILESS_MAIN(CredentialHelperTest)
#include "credential_helper_test.moc"
