// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "layerhold/registry/login.h"

#include "core/registry/user_home.h"
#include "layerhold/error.h"
#include "layerhold/registry/credential_finder.h"
#include "support/expect_error.h"

#include <sys/stat.h>

#include <iterator>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::registry::test;
using layerhold::test::errorOf;
using layerhold::test::readFile;

namespace {

std::string found(UserHome& home, const std::string& registry, const std::string& repository = "x")
{
    CredentialFinderOptions options;
    options.user = home.user();
    return toText(*CredentialFinder(options).find(registry, repository).credential);
}

unsigned modeOf(const std::filesystem::path& path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777U : 0;
}

/// Keeps one credential in the file "kept" of the home.
std::string keeping(const UserHome& home)
{
    return "cd " + (home / "").native() + R"(
        case $1 in
        store) cat >kept;;
        get) cat kept 2>/dev/null || { echo 'credentials not found in native keychain'; exit 1; };;
        erase) cat >erased; rm kept 2>/dev/null || { echo 'credentials not found in native keychain'; exit 1; };;
        esac)";
}

Credential token(CredentialKind kind)
{
    Credential credential;
    credential.kind = kind;
    credential.secret = Secret(std::string("token"));
    return credential;
}

} // namespace

class LoginTest : public QObject
{
    Q_OBJECT

private slots:

    void keepsInAFileOfItsOwn()
    {
        UserHome home;
        const Login login(home.user());
        const LoginOutcome outcome = login.store("r.io:5000", password("user", "p:w"));
        const auto path = home.home() / ".docker/config.json";
        QCOMPARE(outcome.place, path.native());
        QCOMPARE(readFile(path), std::string("{\n\t\"auths\": {\n\t\t\"r.io:5000\": {\n\t\t\t\"auth\": "
                                             "\"dXNlcjpwOnc=\"\n\t\t}\n\t}\n}"));
        QCOMPARE(modeOf(path), 0600U);
        QCOMPARE(modeOf(path.parent_path()), 0700U);
        QCOMPARE(outcome.warnings.size(), std::size_t{1});
        QVERIFY(outcome.warnings.front().find("unencrypted") != std::string::npos);
        QCOMPARE(found(home, "r.io:5000"), std::string("password user p:w"));
        // Nothing is left beside it.
        QCOMPARE(std::distance(std::filesystem::directory_iterator(path.parent_path()), {}), std::ptrdiff_t{1});
    }

    void keepsAllKinds_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("expected");
        QTest::newRow("identity") << static_cast<int>(CredentialKind::IdentityToken) << "identity token";
        QTest::newRow("registry") << static_cast<int>(CredentialKind::RegistryToken) << "registry token";
    }

    void keepsAllKinds()
    {
        QFETCH(int, kind);
        QFETCH(QString, expected);
        UserHome home;
        Login(home.user()).store("r.io", token(static_cast<CredentialKind>(kind)));
        QCOMPARE(QString::fromStdString(found(home, "r.io")), expected);
    }

    void dockerHubHasDockersKey()
    {
        UserHome home;
        Login(home.user()).store("registry-1.docker.io", password("u", "p"));
        QVERIFY(readFile(home.home() / ".docker/config.json").find("\"https://index.docker.io/v1/\"") !=
                std::string::npos);
        QCOMPARE(found(home, "docker.io"), std::string("password u p"));
        QCOMPARE(Login(home.user()).erase("index.docker.io").places.size(), std::size_t{1});
        QCOMPARE(found(home, "docker.io"), std::string("anonymous"));
    }

    void leavesTheRestAsItWas()
    {
        UserHome home;
        const auto path = home.putDockerConfig(R"({
	"zzz": [1, 2.5, true, null],
	"auths": {"b.io": {"auth": "YTpi", "unknown": 1}, "a.io": {}, "r.io/team": {"auth": "dDpw"}},
	"HttpHeaders": {"X": "y"},
	"currentContext": "c"
})");
        const Login login(home.user());
        login.store("r.io", password("u", "p"));
        const std::string text = readFile(path);
        std::size_t last = 0;
        for (const char* part : {"\"zzz\"", "2.5", "\"auths\"", "\"b.io\"", "\"unknown\": 1", "\"a.io\": {}",
                                 "\"r.io/team\"", "\"r.io\"", "\"HttpHeaders\"", "\"currentContext\": \"c\""}) {
            const std::size_t at = text.find(part, last);
            QVERIFY2(at != std::string::npos, part);
            last = at;
        }
        QCOMPARE(login.erase("r.io").places, std::vector<std::string>{path.native()});
        QCOMPARE(found(home, "r.io"), std::string("anonymous"));
        QCOMPARE(found(home, "r.io", "team/x"), std::string("password t p"));
    }

    void followsASymbolicLink_data()
    {
        QTest::addColumn<bool>("exists");
        QTest::newRow("to a file") << true;
        QTest::newRow("to nothing yet") << false;
    }

    void followsASymbolicLink()
    {
        QFETCH(bool, exists);
        UserHome home;
        const auto link = home.putDockerConfig("");
        std::filesystem::remove(link);
        std::filesystem::create_symlink("second", link);
        std::filesystem::create_symlink("../../dotfiles/docker.json", home.home() / ".docker/second");
        const auto target = home / "dotfiles/docker.json";
        if (exists)
            home.put("dotfiles/docker.json", R"({"kept":1})");
        Login(home.user()).store("r.io", password("u", "p"));
        QVERIFY(std::filesystem::is_symlink(link) && std::filesystem::is_regular_file(target));
        QCOMPARE(readFile(target).find("\"kept\"") != std::string::npos, exists);
        QCOMPARE(found(home, "r.io"), std::string("password u p"));
    }

    void narrowsTheMode()
    {
        UserHome home;
        const auto path = home.putDockerConfig("{}");
        ::chmod(path.c_str(), 0644);
        Login(home.user()).store("r.io", password("u", "p"));
        QCOMPARE(modeOf(path), 0600U);
    }

    void neverWritesIntoABrokenFile_data()
    {
        QTest::addColumn<QString>("content");
        QTest::newRow("cut") << "{\"auths\":{";
        QTest::newRow("list") << "[]";
        QTest::newRow("auths is a list") << R"({"auths":[1]})";
        QTest::newRow("helpers are a list") << R"({"credHelpers":[1]})";
        QTest::newRow("too large") << QString(1024 * 1024 + 1, ' ');
    }

    void neverWritesIntoABrokenFile()
    {
        QFETCH(QString, content);
        UserHome home;
        const auto path = home.putDockerConfig(content.toStdString());
        QVERIFY(errorOf([&] { Login(home.user()).store("r.io", password("u", "p")); }) ==
                ErrorCode::FailedPrecondition);
        QVERIFY(errorOf([&] { Login(home.user()).erase("r.io"); }) == ErrorCode::FailedPrecondition);
        QCOMPARE(readFile(path), content.toStdString());
    }

    void usesTheHelper_data()
    {
        QTest::addColumn<QString>("config");
        QTest::newRow("of the registry") << R"({"credHelpers":{"r.io":"files"},"credsStore":"other"})";
        QTest::newRow("of all") << R"({"credsStore":"files"})";
    }

    void usesTheHelper()
    {
        QFETCH(QString, config);
        UserHome home;
        home.putHelper("files", keeping(home));
        home.putHelper("other", "exit 9");
        const auto path = home.putDockerConfig(config.toStdString());
        const Login login(home.user());
        const LoginOutcome outcome = login.store("r.io", password(plantedUser, plantedSecret));
        QCOMPARE(outcome.place, std::string("docker-credential-files"));
        QVERIFY(outcome.warnings.empty());
        const std::string text = readFile(path);
        QVERIFY(!leaks(text));
        QVERIFY(text.find("\"r.io\": {}") != std::string::npos); // as Docker marks it
        QCOMPARE(found(home, "r.io"), "password " + plantedUser + ' ' + plantedSecret);

        QCOMPARE(login.erase("r.io").places, (std::vector<std::string>{"docker-credential-files", path.native()}));
        QCOMPARE(readFile(home / "erased"), std::string("r.io"));
        QVERIFY(readFile(path).find("\"r.io\": {}") == std::string::npos);
        QVERIFY(login.erase("r.io").places.empty());
    }

    void aPasswordInTheFileGivesWay()
    {
        UserHome home;
        home.putHelper("files", keeping(home));
        const auto path =
            home.putDockerConfig(R"({"credsStore":"files","auths":{"r.io":{"auth":")" + plantedAuth + R"("}}})");
        Login(home.user()).store("r.io", password("u", "p"));
        QVERIFY(!leaks(readFile(path)));
        QCOMPARE(found(home, "r.io"), std::string("password u p"));
    }

    void aHelperThatFailsChangesNothing()
    {
        UserHome home;
        home.putHelper("bad", "cat; exit 1"); // prints what it was given
        const std::string content = R"({"credsStore":"bad","auths":{"r.io":{"auth":"dTpw"}}})";
        const auto path = home.putDockerConfig(content);
        const Login login(home.user());
        try {
            login.store("r.io", password(plantedUser, plantedSecret));
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::Denied);
            QCOMPARE(error.what(), "docker-credential-bad failed to store a credential (exit 1); try it by hand");
        }
        QVERIFY(errorOf([&] { login.erase("r.io"); }) == ErrorCode::Denied);
        QVERIFY(errorOf([&] { login.store("r.io", token(CredentialKind::RegistryToken)); }) ==
                ErrorCode::InvalidArgument);
        QCOMPARE(readFile(path), content);
    }

    void anEmptyHelperMeansTheFile()
    {
        UserHome home;
        const auto path = home.putDockerConfig(R"({"credsStore":"missing","credHelpers":{"r.io":""}})");
        QCOMPARE(Login(home.user()).store("r.io", password("u", "p")).place, path.native());
    }

    void removesAllSpellings()
    {
        UserHome home;
        home.putDockerConfig(R"({"auths":{"https:\/\/r.io/v1/":{"auth":"dTpw"},"r.io":{"auth":"dTpw"},
            "http:\/\/R.io":{"auth":"dTpw"},"r.io.evil.com":{"auth":"dTpw"}}})");
        Login(home.user()).erase("r.io");
        QCOMPARE(found(home, "r.io"), std::string("anonymous"));
        QCOMPARE(found(home, "r.io.evil.com"), std::string("password u p"));
    }

    void refusesWhatCannotBeKept_data()
    {
        QTest::addColumn<QByteArray>("username");
        QTest::addColumn<QByteArray>("secret");
        const QByteArray secret = QByteArray::fromStdString(plantedSecret);
        QTest::newRow("no user") << QByteArray() << secret;
        QTest::newRow("no password") << QByteArray("u") << QByteArray();
        QTest::newRow("colon") << QByteArray("u:v") << secret;
        QTest::newRow("NUL in the user") << QByteArray("u\0v", 3) << secret;
        QTest::newRow("NUL in the password") << QByteArray("u") << secret + QByteArray("\0", 1);
    }

    void refusesWhatCannotBeKept()
    {
        QFETCH(QByteArray, username);
        QFETCH(QByteArray, secret);
        UserHome home;
        const Login login(home.user());
        try {
            login.store("r.io", password(username.toStdString(), secret.toStdString()));
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::InvalidArgument);
            QVERIFY(!leaks(error.what()));
        }
        QVERIFY(!std::filesystem::exists(home.home() / ".docker"));
        QVERIFY(errorOf([&] { login.store("r.io", Credential()); }) == ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { login.store("https://r.io", password("u", "p")); }) == ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { login.erase("r.io/team"); }) == ErrorCode::InvalidArgument);
    }

    void refusesATokenThatNoJsonCanHold()
    {
        UserHome home;
        Credential credential;
        credential.kind = CredentialKind::IdentityToken;
        credential.secret = Secret(plantedSecret + '\xff');
        try {
            Login(home.user()).store("r.io", credential);
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::InvalidArgument);
            QVERIFY(!leaks(error.what()));
        }
        QVERIFY(!std::filesystem::exists(home.home() / ".docker"));
    }

    void refusesFilesOfOthers()
    {
        UserHome home;
        const auto path = home.putDockerConfig("{}");
        if (::geteuid() == 0)
            QCOMPARE(::chown(path.c_str(), 4242, 4242), 0);
        home.user().uid = ::geteuid() + 1;
        QVERIFY(errorOf([&] { Login(home.user()).store("r.io", password("u", "p")); }) == ErrorCode::Denied);
        QCOMPARE(readFile(path), std::string("{}"));
    }

    void warnsOfTheVariable()
    {
        UserHome home;
        home.user().dockerAuthConfig = Secret(std::string(R"({"auths":{}})"));
        const LoginOutcome outcome = Login(home.user()).store("r.io", password("u", "p"));
        QVERIFY(outcome.warnings.front().starts_with("DOCKER_AUTH_CONFIG is set"));
    }

    void needsAPlace()
    {
        QVERIFY(errorOf([] { Login(UserEnvironment()).store("r.io", password("u", "p")); }) ==
                ErrorCode::FailedPrecondition);
    }
};

QTEST_GUILESS_MAIN(LoginTest)
#include "login_test.moc"
