// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "core/registry/user_home.h"
#include "layerhold/error.h"
#include "registry/auth_file.h"
#include "registry/base64.h"
#include "registry/user_file.h"
#include "support/expect_error.h"

#include <sys/stat.h>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::registry::test;
using layerhold::test::errorOf;

namespace {

std::string entryText(const AuthFile& file, const std::string& registry, const std::string& repository)
{
    const AuthEntry* const entry = file.entryFor(registry, repository);
    if (entry == nullptr)
        return "none";
    if (entry->credential)
        return toText(*entry->credential);
    return entry->problem.empty() ? "mark" : "problem: " + entry->problem;
}

AuthFile parse(const std::string& text, AuthFormat format = AuthFormat::Docker)
{
    return parseAuthFile(text, "the file", format);
}

/// The message of the Error; empty when there is none.
template <typename Call>
std::string messageOf(Call call)
{
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

} // namespace

class DockerConfigTest : public QObject
{
    Q_OBJECT

private slots:

    void base64_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isValid");
        const auto row = [](const QByteArray& text, const QByteArray& bytes, bool isValid) {
            QTest::newRow(text.isEmpty() ? "empty" : text.constData()) << text << bytes << isValid;
        };
        row("", "", true);
        row("YQ==", "a", true);
        row("YWI=", "ab", true);
        row("YWJj", "abc", true);
        row("YWJj\r\nZA==\n", "abcd", true);
        row("+/8=", QByteArray("\xfb\xff"), true);
        row("YQ", {}, false);
        row("YQ=", {}, false);
        row("YQ===", {}, false);
        row("====", {}, false);
        row("Y===", {}, false);
        row("YQ==YQ==", {}, false);
        row("-_8=", {}, false);
        row("Y Q==", {}, false);
        row("=", {}, false);
    }

    void base64()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isValid);
        const auto decoded = decodeBase64(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        QCOMPARE(decoded.has_value(), isValid);
        if (!isValid)
            return;
        QCOMPARE(QByteArray(decoded->reveal().data(), static_cast<qsizetype>(decoded->reveal().size())), bytes);
        QByteArray plain = text;
        plain.replace("\r", "").replace("\n", "");
        QCOMPARE(QByteArray::fromStdString(std::string(encodeBase64(decoded->reveal()).reveal())), plain);
    }

    void readsEntries_data()
    {
        QTest::addColumn<QString>("fields");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* fields, const char* expected) {
            QTest::newRow(name) << QString(fields) << QString(expected);
        };
        row("auth", R"({"auth":"dXNlcjpwYXNz"})", "password user pass");
        row("colon in the password", R"({"auth":"dTpwOnE="})", "password u p:q");
        row("empty password", R"({"auth":"dTo="})", "password u ");
        row("NUL bytes behind the password", R"({"auth":"dTpwAAA="})", "password u p");
        row("username and password", R"({"username":"u","password":"p"})", "password u p");
        row("auth before username", R"({"auth":"dTpw","username":"x","password":"y"})", "password u p");
        row("identity token", R"({"auth":"dTpw","identitytoken":"refresh"})", "identity refresh");
        row("registry token", R"({"auth":"dTpw","identitytoken":"refresh","registrytoken":"bearer"})",
            "registry bearer");
        row("mark", "{}", "mark");
        row("only an e-mail", R"({"email":"a@b.c"})", "mark");
        row("null fields", R"({"auth":null,"identitytoken":null})", "mark");
        row("no base64", R"({"auth":"PLANTED!"})", "problem: its field auth is no base64");
        row("no colon", R"({"auth":"UExBTlRFRA=="})", "problem: its field auth is not made as user:password");
        row("no user", R"({"auth":"OnB3"})", "problem: its field auth is not made as user:password");
        row("another type", R"({"auth":["PLANTED"]})", "problem: its field auth is no text");
        row("no object", R"("PLANTED")", "problem: it is no JSON object");
    }

    void readsEntries()
    {
        QFETCH(QString, fields);
        QFETCH(QString, expected);
        const AuthFile file = parse("{\"auths\":{\"r.io\":" + fields.toStdString() + "}}");
        QCOMPARE(QString::fromStdString(entryText(file, "r.io", "team/app")), expected);
        QCOMPARE(file.holdsSecrets(), expected != "mark");
    }

    void findsByWholeNames_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("registry");
        QTest::addColumn<QString>("repository");
        QTest::addColumn<bool>("isFound");
        int number = 0;
        const auto row = [&](const char* key, const char* registry, const char* repository, bool isFound) {
            QTest::addRow("%d %s for %s/%s", number++, key, registry, repository)
                << QString(key) << QString(registry) << QString(repository) << isFound;
        };
        row("r.io", "r.io", "a", true);
        row("https://r.io", "r.io", "a", true);
        row("http://r.io/", "r.io", "a", true);
        row("https://r.io/v1/", "r.io", "a", true);
        row("https://r.io/v2/", "r.io", "a", true);
        row("R.io", "r.IO", "a", true);
        row("r.io:5000", "r.io:5000", "a", true);
        row("[::1]:5000", "[::1]:5000", "a", true);
        row("r.io/team", "r.io", "team/app", true);
        row("r.io/team/app", "r.io", "team/app", true);
        row("r.io/team/", "r.io", "team", true);
        for (const char* name : {"docker.io", "index.docker.io", "registry-1.docker.io", "https://index.docker.io/v1/"})
            for (const char* registry : {"docker.io", "index.docker.io", "registry-1.docker.io"})
                row(name, registry, "library/nginx", true);
        row("docker.io/library", "registry-1.docker.io", "library/nginx", true);
        // Look-alikes.
        row("r.io", "r.io.evil.com", "a", false);
        row("r.io", "evilr.io", "a", false);
        row("r.io", "r.io:5000", "a", false);
        row("r.io:5000", "r.io", "a", false);
        row("r.io", "r.i", "a", false);
        row("r.io", "r.io-evil.com", "a", false);
        row("sub.r.io", "r.io", "a", false);
        row("r.io", "sub.r.io", "a", false);
        row("https://r.io@evil.com", "r.io", "a", false);
        row("https://r.io@evil.com", "evil.com", "a", false);
        row("https://evil.com/r.io", "r.io", "a", false);
        row("https://evil.com?r.io", "evil.com", "a", false);
        row("https://https://r.io", "r.io", "a", false);
        row("*.io", "r.io", "a", false);
        row("*", "r.io", "a", false);
        row("", "r.io", "a", false);
        row("/", "r.io", "a", false);
        row("r.io/team", "r.io", "team-evil/app", false);
        row("r.io/team", "r.io", "teamevil", false);
        row("r.io/team", "r.io", "a/team", false);
        row("r.io/team", "r.io", "", false);
        row("r.io/team/app", "r.io", "team", false);
        row("r.io/v1/team", "r.io", "team", false);
        row("docker.io", "docker.io.evil.com", "a", false);
        row("docker.io", "auth.docker.io", "a", false);
        row("https://index.docker.io/v1/access-token", "docker.io", "library/nginx", false);
    }

    void findsByWholeNames()
    {
        QFETCH(QString, key);
        QFETCH(QString, registry);
        QFETCH(QString, repository);
        QFETCH(bool, isFound);
        const AuthFile file = parse("{\"auths\":{\"" + key.toStdString() + "\":{\"auth\":\"dTpw\"}}}");
        QCOMPARE(entryText(file, registry.toStdString(), repository.toStdString()),
                 std::string(isFound ? "password u p" : "none"));
    }

    void leavesOutWhatNamesNoRegistry()
    {
        for (const std::string key : {"https://http://r.io", "HTTPS://r.io", "r.io:", "r.io:/team", "*.io", "/"})
            QVERIFY2(parse("{\"auths\":{\"" + key + "\":{\"auth\":\"dTpw\"}}}").entries.empty(), key.c_str());
    }

    void prefersTheNarrowestAndTheNewestSpelling()
    {
        const AuthFile file = parse(R"({"auths":{
            "docker.io":{"username":"old","password":"1"},
            "https:\/\/index.docker.io/v1/":{"username":"new","password":"2"},
            "r.io/team/app":{},
            "r.io/team":{"username":"team","password":"3"},
            "https:\/\/r.io":{"username":"legacy","password":"4"},
            "r.io":{"username":"host","password":"5"}}})");
        QCOMPARE(entryText(file, "docker.io", "library/x"), std::string("password new 2"));
        QCOMPARE(entryText(file, "r.io", "team/app"), std::string("password team 3")); // a mark is nobody's credential
        QCOMPARE(entryText(file, "r.io", "other"), std::string("password host 5"));
    }

    void findsHelpers()
    {
        const AuthFile file = parse(R"({"credsStore":"desktop","credHelpers":{
            "r.io":"pass","docker.io":"hub","s.io":"","t.io/path":"never"}})");
        QCOMPARE(file.credsStore, std::string("desktop"));
        QCOMPARE(file.helperFor("r.io")->suffix, std::string("pass"));
        QCOMPARE(file.helperFor("registry-1.docker.io")->suffix, std::string("hub"));
        QVERIFY(file.helperFor("s.io")->suffix.empty());
        QVERIFY(file.helperFor("r.io.evil.com") == nullptr);
        QVERIFY(file.helperFor("t.io") == nullptr);
    }

    void ofEqualKeysTheLastCounts()
    {
        const AuthFile file = parse(R"({"auths":{"r.io":{"auth":"YTph"},"r.io":{"auth":"dTpw"}}})");
        QCOMPARE(entryText(file, "r.io", "x"), std::string("password u p"));
    }

    void acceptsAByteOrderMarkAndNothingAtAll()
    {
        QCOMPARE(entryText(parse("\xef\xbb\xbf{\"auths\":{\"r.io\":{\"auth\":\"dTpw\"}}}"), "r.io", "x"),
                 std::string("password u p"));
        for (const char* empty : {"", " \n", "{}", R"({"auths":null,"credHelpers":null})"})
            QVERIFY(parse(empty).entries.empty());
    }

    void saysWhereItIsBroken_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("reason");
        const std::string secret = "\"" + plantedSecret + "\"";
        const auto row = [](const char* name, const std::string& text, const char* reason) {
            QTest::newRow(name) << QByteArray(text.data(), static_cast<qsizetype>(text.size())) << QString(reason);
        };
        row("cut", "{\"auths\":{\"r.io\":{\"auth\":" + secret, "the file is no JSON from line 1, column 51 on");
        row("missing comma", "{\n\"a\":" + secret + "\n  " + secret + "}", "line 3, column 27 on");
        row("bare word", "{\"a\": PLANTED}", "line 1, column 7 on");
        row("secret behind it", "{} " + secret, "line 1, column");
        row("two documents", "{}{}", "line 1, column 3 on");
        row("comment", "{} // " + plantedSecret, "line 1, column 4 on");
        row("NUL", std::string("{\"a\":\0", 6) + secret + "}", "line 1, column 6 on");
        row("not UTF-8", "{\"a\":\"PLANTED\xff\"}", "line 1, column 14 on");
        row("list", "[" + secret + "]", "is no JSON object");
        row("text", secret, "is no JSON object");
        row("number", "{\"a\":1e999}", "too large");
        row("too deep", "{\"a\":" + std::string(100000, '[') + std::string(100000, ']') + "}", "nested too deep");
        row("auths is a list", "{\"auths\":[" + secret + "]}", "auths is no JSON object");
        row("helpers are a text", "{\"credHelpers\":" + secret + "}", "credHelpers is no JSON object");
        row("helper is a list", "{\"credHelpers\":{\"r.io\":[" + secret + "]}}", "credHelpers has a value");
        row("store is a list", "{\"credsStore\":[" + secret + "]}", "credsStore is no text");
    }

    void saysWhereItIsBroken()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, reason);
        const std::string input(text.constData(), static_cast<std::size_t>(text.size()));
        try {
            parse(input);
            QFAIL("accepted");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::FailedPrecondition);
            QVERIFY2(QString(error.what()).contains(reason), error.what());
            QVERIFY2(QString(error.what()).startsWith("the file"), error.what());
            QVERIFY(!leaks(error.what()));
        }
    }

    void theVariableHasNothingButAuth()
    {
        QCOMPARE(entryText(parse(R"({"auths":{"r.io":{"auth":"dTpw"}}})", AuthFormat::Environment), "r.io", ""),
                 std::string("password u p"));
        for (const std::string text :
             {R"({"auths":{"r.io":{"auth":"dTpw","identitytoken":"PLANTED"}}})", R"({"credsStore":"PLANTED"})",
              R"({"auths":{"r.io":"PLANTED"}})", R"({"auths":["PLANTED"]})", R"({"auths":{}}{"auths":{}})"}) {
            const std::string message = messageOf([&] { parse(text, AuthFormat::Environment); });
            QVERIFY2(!message.empty(), text.c_str());
            QVERIFY(!leaks(message));
        }
    }

    void knowsWhereTheFileIs()
    {
        UserEnvironment user;
        QVERIFY(dockerConfigFile(user).empty());
        user.home = "/home/u";
        QCOMPARE(dockerConfigFile(user).native(), std::string("/home/u/.docker/config.json"));
        user.dockerConfig = "/etc/d";
        QCOMPARE(dockerConfigFile(user).native(), std::string("/etc/d/config.json"));
    }

    void readsWhatIsTheUsers()
    {
        const UserHome home;
        const auto path = home.put("real.json", "text");
        std::filesystem::create_symlink("real.json", home / "link.json");
        const auto file = readUserFile(home / "link.json", ::geteuid());
        QVERIFY(file && file->content.reveal() == "text" && file->exposure == Exposure::Private);
        QVERIFY(!readUserFile(home / "absent.json", ::geteuid()));
        QVERIFY(!readUserFile(path / "below-a-file", ::geteuid()));
        ::chmod(path.c_str(), 0644);
        QVERIFY(readUserFile(path, ::geteuid())->exposure == Exposure::Everybody);
        ::chmod(path.c_str(), 0640);
        QVERIFY(readUserFile(path, ::geteuid())->exposure == Exposure::Private);
    }

    void refusesWhatIsNot()
    {
        const UserHome home;
        const auto path = home.put("file", plantedSecret);
        const auto refused = [&](const std::filesystem::path& file, uid_t user, ErrorCode code) {
            QVERIFY(errorOf([&] { readUserFile(file, user); }) == code);
            QVERIFY(!leaks(messageOf([&] { readUserFile(file, user); })));
        };
        ::chmod(path.c_str(), 0602);
        refused(path, ::geteuid(), ErrorCode::Denied);
        ::chmod(path.c_str(), 0600);
        if (::geteuid() == 0)
            QCOMPARE(::chown(path.c_str(), 4242, 4242), 0);
        refused(path, ::geteuid() + 1, ErrorCode::Denied);
        refused(home / ".", ::geteuid(), ErrorCode::Denied);
        QCOMPARE(::mkfifo((home / "fifo").c_str(), 0600), 0);
        refused(home / "fifo", ::geteuid(), ErrorCode::Denied);
        std::filesystem::create_symlink("circle", home / "circle");
        refused(home / "circle", ::geteuid(), ErrorCode::Internal);
    }

    void refusesWhatIsTooLarge()
    {
        const UserHome home;
        const std::string limit(1'048'576, ' ');
        QVERIFY(readUserFile(home.put("largest", limit), ::geteuid())->content.reveal() == limit);
        QVERIFY(errorOf([&] { readUserFile(home.put("larger", limit + ' '), ::geteuid()); }) ==
                ErrorCode::FailedPrecondition);
    }
};

QTEST_GUILESS_MAIN(DockerConfigTest)
#include "docker_config_test.moc"
