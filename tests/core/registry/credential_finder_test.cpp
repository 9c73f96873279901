// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "layerhold/registry/credential_finder.h"

#include "core/registry/user_home.h"
#include "layerhold/error.h"
#include "support/expect_error.h"

#include <sys/stat.h>

#include <algorithm>
#include <stop_token>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::registry::test;
using layerhold::test::errorOf;

namespace {

const std::string registryName = "r.io";

/// The sources of the chain in their order.
const std::array<std::string, 9> sourceNames{"given",        "callback",     "variable",          "docker helper",
                                             "docker store", "docker auths", "containers helper", "containers auths",
                                             "dockercfg"};

/// "{"auths":{"r.io":{"auth":BASE64 of NAME:p}}}" without base64 where the format allows.
std::string authsOf(const std::string& name)
{
    return "\"auths\":{\"r.io\":{\"username\":\"" + name + "\",\"password\":\"p\"}}";
}

/// A user who has the credentials of the sources whose bits are set; each is called as its source.
class Chain
{
public:
    explicit Chain(unsigned sources)
    {
        const auto has = [&](unsigned source) { return (sources & (1U << source)) != 0; };
        if (has(0))
            m_options.given["r.io"] = password("given", "p");
        if (has(1))
            m_options.callback = [](const std::string&, const std::string&, const std::stop_token&) {
                return std::optional(password("callback", "p"));
            };
        if (has(2))
            m_home.user().dockerAuthConfig = Secret(std::string(R"({"auths":{"r.io":{"auth":"dmFyaWFibGU6cA=="}}})"));
        std::string docker;
        if (has(3))
            docker += R"("credHelpers":{"r.io":"one"},)";
        if (has(4))
            docker += R"("credsStore":"two",)";
        docker += has(5) ? authsOf("docker auths") : "\"auths\":{}";
        m_home.putDockerConfig('{' + docker + '}');
        std::string containers;
        if (has(6))
            containers += R"("credHelpers":{"r.io":"three"},)";
        containers += has(7) ? authsOf("containers auths") : "\"auths\":{}";
        m_home.put("run/containers/auth.json", '{' + containers + '}');
        if (has(8))
            m_home.put("home/.dockercfg", R"({"r.io":{"username":"dockercfg","password":"p"}})");
        m_home.putHelper("one", answering("r.io", "docker helper", "p"));
        m_home.putHelper("two", answering("r.io", "docker store", "p"));
        m_home.putHelper("three", answering("r.io", "containers helper", "p"));
    }

    UserHome& home() { return m_home; }

    CredentialFinderOptions& options() { return m_options; }

    CredentialFinder finder()
    {
        m_options.user = m_home.user();
        return CredentialFinder(m_options);
    }

private:
    UserHome m_home;
    CredentialFinderOptions m_options;
};

/// All that a search tells to people.
std::string everything(const CredentialSearch& search)
{
    std::string text;
    for (const CredentialStep& step : search.steps)
        text += step.source + ": " + std::string(toString(step.outcome)) + ": " + step.note + '\n';
    for (const std::string& warning : search.warnings)
        text += "warning: " + warning + '\n';
    if (search.failure)
        text += std::string("failure: ") + search.failure->what() + '\n';
    if (search.credential)
        text += "source: " + search.credential->source + '\n';
    return text;
}

std::string withReplaced(std::string text, const std::string& from, const std::string& to)
{
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from))
        text.replace(at, from.size(), to);
    return text;
}

} // namespace

class CredentialFinderTest : public QObject
{
    Q_OBJECT

private slots:

    void theFirstSourceCounts_data()
    {
        QTest::addColumn<unsigned>("sources");
        QTest::addColumn<QString>("expected");
        const auto name = [](unsigned source) { return QString::fromStdString(sourceNames.at(source)); };
        for (unsigned first = 0; first < sourceNames.size(); ++first) {
            QTest::addRow("%s alone", qPrintable(name(first))) << (1U << first) << name(first);
            for (unsigned second = first + 1; second < sourceNames.size(); ++second)
                QTest::addRow("%s before %s", qPrintable(name(first)), qPrintable(name(second)))
                    << (1U << first | 1U << second) << name(first);
        }
        QTest::addRow("all") << 0x1ffU << name(0);
    }

    void theFirstSourceCounts()
    {
        QFETCH(unsigned, sources);
        QFETCH(QString, expected);
        Chain chain(sources);
        const CredentialSearch found = chain.finder().find(registryName, "team/app");
        QVERIFY(found.credential && !found.failure && found.warnings.empty());
        QCOMPARE(QString::fromStdString(found.credential->username), expected);
        QVERIFY(found.steps.back().outcome == CredentialOutcome::Found);
        QCOMPARE(found.steps.back().source, found.credential->source);
    }

    void withoutAnySourceItIsAnonymous()
    {
        Chain chain(0);
        const CredentialSearch found = chain.finder().find(registryName, "team/app");
        QVERIFY(found.credential->kind == CredentialKind::Anonymous && found.credential->secret.isEmpty());
        const std::string text = withReplaced(everything(found), (chain.home() / "").native(), "/");
        QCOMPARE(text, std::string("/home/.docker/config.json, auths: absent: \n"
                                   "/run/containers/auth.json, auths: absent: \n"
                                   "/home/.config/containers/auth.json: absent: there is no such file\n"
                                   "/home/.dockercfg: absent: there is no such file\n"
                                   "source: anonymous: no source has a credential\n"));
    }

    void tellsWhatWasAsked()
    {
        Chain chain((1U << 3) | (1U << 5));
        chain.home().putHelper("one", answering("other.io", "x", "y"));
        const CredentialSearch found = chain.finder().find(registryName, "team/app");
        const std::string text = withReplaced(everything(found), (chain.home() / "").native(), "/");
        QCOMPARE(
            text,
            std::string(
                "/home/.docker/config.json, credHelpers: docker-credential-one: absent: /bin/docker-credential-one\n"
                "/home/.docker/config.json, auths: found: \"r.io\"\n"
                "source: /home/.docker/config.json, auths\n"));
    }

    void anEmptyHelperMeansTheFile()
    {
        Chain chain(0);
        chain.home().putDockerConfig(R"({"credsStore":"two","credHelpers":{"r.io":""},)" + authsOf("docker auths") +
                                     '}');
        QCOMPARE(chain.finder().find(registryName, "").credential->username, std::string("docker auths"));
    }

    void anEmptyEntryIsForTheHelper()
    {
        Chain chain(0);
        chain.home().putDockerConfig(R"({"auths":{"r.io":{}}})");
        const CredentialSearch found = chain.finder().find(registryName, "");
        QVERIFY(found.credential->kind == CredentialKind::Anonymous);
        QCOMPARE(found.steps.front().note, std::string("the entry \"r.io\" is empty: it is for a helper"));
    }

    void dockerHubHasManyNames_data()
    {
        QTest::addColumn<QString>("registry");
        for (const char* name : {"docker.io", "index.docker.io", "registry-1.docker.io", "Docker.io"})
            QTest::newRow(name) << QString(name);
    }

    void dockerHubHasManyNames()
    {
        QFETCH(QString, registry);
        Chain chain(0);
        chain.home().putDockerConfig(R"({"credsStore":"hub"})");
        chain.home().putHelper("hub", answering("https://index.docker.io/v1/", "hub user", "p"));
        QCOMPARE(chain.finder().find(registry.toStdString(), "library/x").credential->username,
                 std::string("hub user"));
        chain.options().given["index.docker.io"] = password("given", "p");
        QCOMPARE(chain.finder().find(registry.toStdString(), "library/x").credential->username, std::string("given"));
    }

    void lookAlikesGetNothing_data()
    {
        QTest::addColumn<QString>("registry");
        for (const char* name : {"r.io.evil.com", "evilr.io", "r.io:443", "r.i", "r.io.", "xr.io", "r.io-x", "r-io"})
            QTest::newRow(name) << QString(name);
    }

    void lookAlikesGetNothing()
    {
        QFETCH(QString, registry);
        Chain chain(0x1ff & ~2U); // the callback decides for itself
        const CredentialSearch found = chain.finder().find(registry.toStdString(), "r.io/team/app");
        QVERIFY2(found.credential->kind == CredentialKind::Anonymous, everything(found).c_str());
    }

    void whatIsNoRegistryIsRefused_data()
    {
        QTest::addColumn<QByteArray>("registry");
        for (const QByteArray& name :
             {QByteArray(""), QByteArray("r.io/x"), QByteArray("https://r.io"), QByteArray("a@r.io"),
              QByteArray("r.io\n"), QByteArray("r.io\0x", 6), QByteArray("../r.io"), QByteArray("-r")})
            QTest::newRow(name.isEmpty() ? "empty" : name.constData()) << name;
    }

    void whatIsNoRegistryIsRefused()
    {
        QFETCH(QByteArray, registry);
        Chain chain(0x1ff);
        QVERIFY(errorOf([&] { chain.finder().search(registry.toStdString(), ""); }) == ErrorCode::InvalidArgument);
    }

    void anonymousCanBeGiven()
    {
        Chain chain(0x1fe);
        chain.options().given["r.io"] = Credential();
        QVERIFY(chain.finder().find(registryName, "").credential->kind == CredentialKind::Anonymous);
        QCOMPARE(chain.finder().find(registryName, "").steps.size(), std::size_t{1});
    }

    void theCallbackIsAsked()
    {
        Chain chain(1U << 5);
        std::string asked;
        std::optional<Credential> answer;
        chain.options().callback = [&](const std::string& registry, const std::string& repository,
                                       const std::stop_token&) {
            asked += registry + ' ' + repository + ';';
            return answer;
        };
        QCOMPARE(chain.finder().find("r.io", "team/app").credential->username, std::string("docker auths"));
        answer = password("", "");
        QCOMPARE(chain.finder().find("r.io", "team/app").credential->username, std::string("docker auths"));
        answer = password("called", "p");
        QCOMPARE(chain.finder().find("r.io", "team/app").credential->username, std::string("called"));
        QCOMPARE(asked, std::string("r.io team/app;r.io team/app;r.io team/app;"));
    }

    // A source that fails: never anonymous, and passed over with a warning when a later one has a credential.
    void failuresAreNeverAnonymous_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("code");
        const auto row = [](const char* what, ErrorCode code) {
            QTest::newRow(what) << QString(what) << static_cast<int>(code);
        };
        row("helper exits 1 with the secret", ErrorCode::Denied);
        row("helper floods", ErrorCode::Unavailable);
        row("helper hangs", ErrorCode::Unavailable);
        row("helper is missing", ErrorCode::FailedPrecondition);
        row("helper name is a path", ErrorCode::FailedPrecondition);
        row("store exits 1 with the secret", ErrorCode::Denied);
        row("file is cut", ErrorCode::FailedPrecondition);
        row("file is everybody's", ErrorCode::Denied);
        row("file is a folder", ErrorCode::Denied);
        row("file is too large", ErrorCode::FailedPrecondition);
        row("auth is broken", ErrorCode::FailedPrecondition);
        row("auth has no colon", ErrorCode::FailedPrecondition);
        row("variable is broken", ErrorCode::FailedPrecondition);
        row("callback throws", ErrorCode::Unavailable);
        row("containers file is cut", ErrorCode::FailedPrecondition);
    }

    void failuresAreNeverAnonymous()
    {
        QFETCH(QString, what);
        QFETCH(int, code);
        Chain chain(0);
        UserHome& home = chain.home();
        const std::filesystem::path docker = home / "home/.docker/config.json";
        const std::string secretEntry = "\"auths\":{\"other.io\":{\"auth\":\"" + plantedAuth + "\"}}";
        chain.options().helperDeadline = std::chrono::milliseconds(what == "helper hangs" ? 300 : 60'000);
        const auto helper = [&](const std::string& script) {
            home.putDockerConfig(R"({"credHelpers":{"r.io":"bad"},)" + secretEntry + '}');
            home.putHelper("bad", script);
        };
        if (what == "helper exits 1 with the secret") {
            helper("echo " + plantedSecret + "; exit 1");
        } else if (what == "helper floods") {
            helper("while :; do echo " + plantedSecret + "; done");
        } else if (what == "helper hangs") {
            helper("echo " + plantedSecret + "; exec sleep 1000");
        } else if (what == "helper is missing") {
            home.putDockerConfig(R"({"credHelpers":{"r.io":"missing"},)" + secretEntry + '}');
        } else if (what == "helper name is a path") {
            home.putDockerConfig("{\"credHelpers\":{\"r.io\":\"../" + plantedSecret + "\"}," + secretEntry + '}');
        } else if (what == "store exits 1 with the secret") {
            home.putDockerConfig(R"({"credsStore":"bad",)" + secretEntry + '}');
            home.putHelper("bad", "echo " + plantedSecret + "; exit 1");
        } else if (what == "file is cut") {
            home.putDockerConfig("{\n" + secretEntry);
        } else if (what == "file is everybody's") {
            home.putDockerConfig('{' + secretEntry + '}');
            ::chmod(docker.c_str(), 0666);
        } else if (what == "file is a folder") {
            std::filesystem::remove(docker);
            std::filesystem::create_directory(docker);
        } else if (what == "file is too large") {
            home.putDockerConfig('{' + secretEntry + '}' + std::string(1'048'576, ' '));
        } else if (what == "auth is broken") {
            home.putDockerConfig(R"({"auths":{"r.io":{"auth":"!)" + plantedAuth + R"("}}})");
        } else if (what == "auth has no colon") {
            home.putDockerConfig(R"({"auths":{"r.io":{"auth":"UExBTlRFRC1odW50ZXIy"}}})");
        } else if (what == "variable is broken") {
            home.user().dockerAuthConfig = Secret("{\"auths\":{\"r.io\":{\"auth\":\"" + plantedAuth);
        } else if (what == "callback throws") {
            chain.options().callback = [](const std::string&, const std::string&,
                                          const std::stop_token&) -> std::optional<Credential> {
                throw Error(ErrorCode::Unavailable, "the vault is sealed");
            };
        } else {
            home.put("run/containers/auth.json", "{" + secretEntry);
        }

        const CredentialSearch failed = chain.finder().search(registryName, "team/app");
        QVERIFY(!failed.credential && failed.failure);
        QCOMPARE(static_cast<int>(failed.failure->code()), code);
        QVERIFY2(!leaks(everything(failed)), everything(failed).c_str());
        QVERIFY(std::string(failed.failure->what()).starts_with("no credential for r.io: "));
        QCOMPARE(static_cast<int>(*errorOf([&] { chain.finder().find(registryName, "team/app"); })), code);

        home.put("home/.dockercfg", R"({"r.io":{"username":"later","password":"p"}})");
        const CredentialSearch found = chain.finder().find(registryName, "team/app");
        QVERIFY(!found.failure);
        QCOMPARE(found.credential->username, std::string("later"));
        QCOMPARE(found.warnings.size(), std::size_t{1});
        QVERIFY(found.warnings.front().find(" was passed over: ") != std::string::npos);
        QVERIFY2(!leaks(everything(found)), everything(found).c_str());
    }

    void whatConcernsOthersDoesNotFail()
    {
        Chain chain(0);
        chain.home().putDockerConfig(R"({"credHelpers":{"other.io":"../x"},"auths":{"other.io":{"auth":"!"}}})");
        QVERIFY(chain.finder().find(registryName, "").credential->kind == CredentialKind::Anonymous);
        QVERIFY(chain.finder().search("other.io", "").failure.has_value());
    }

    void warnsOfFilesThatEverybodyReads()
    {
        Chain chain(1U << 5);
        const std::filesystem::path docker = chain.home() / "home/.docker/config.json";
        ::chmod(docker.c_str(), 0644);
        const CredentialSearch found = chain.finder().find(registryName, "");
        QCOMPARE(found.warnings.size(), std::size_t{1});
        QVERIFY(found.warnings.front().find("every user of the machine may read it; run chmod 600") !=
                std::string::npos);
        chain.home().putDockerConfig(R"({"auths":{"r.io":{}}})");
        ::chmod(docker.c_str(), 0644);
        QVERIFY(chain.finder().find(registryName, "").warnings.empty()); // there is nothing to read
    }

    void knowsWhatTheFilesAreFor()
    {
        Chain chain(0);
        chain.home().user().dockerAuthConfig = Secret(std::string("{\"auths\":{\"variable.io\":{\"auth\":\"dTpw\"}}}"));
        chain.home().putDockerConfig(
            "{\"credsStore\":\"all\",\"credHelpers\":{\"Helped.io\":\"absent\",\"own.io\":\"\"},"
            "\"auths\":{\"https:\\/\\/index.docker.io\\/v1\\/\":{},\"docker.io\":{}}}");
        chain.home().putHelper("all", "[ $1 = list ] && echo '{\"https:\\/\\/listed.io\":\"u\",\"no registry\":\"u\","
                                      "\"https:\\/\\/index.docker.io\\/v1\\/access-token\":\"u\"}'");
        chain.home().put("run/containers/auth.json", "{\"auths\":{\"quay.io\\/team\":{},\"variable.io\":{}}}");
        chain.home().put("home/.dockercfg", "{\"old.io\":{\"auth\":\"dTpw\"}}");
        const KnownRegistries known = chain.finder().knownRegistries();
        QCOMPARE(known.keys, (std::vector<std::string>{"docker.io", "helped.io", "listed.io", "old.io", "own.io",
                                                       "quay.io/team", "variable.io"}));
        QVERIFY(known.warnings.empty());
    }

    void whatCannotBeReadIsNoSecret_data()
    {
        QTest::addColumn<QString>("docker");
        QTest::newRow("broken") << "{\"auths\":{\"r.io\":{\"auth\":\"PLANTED";
        QTest::newRow("helper is not there") << "{\"credsStore\":\"absent\"}";
        QTest::newRow("helper fails") << "{\"credsStore\":\"failing\"}";
        QTest::newRow("helper talks") << "{\"credsStore\":\"talking\"}";
    }

    /// One source that fails keeps nobody from the others.
    void whatCannotBeReadIsNoSecret()
    {
        QFETCH(QString, docker);
        Chain chain(1U << 7);
        chain.home().putDockerConfig(docker.toStdString());
        chain.home().putHelper("failing", "echo " + plantedSecret + "; exit 1");
        chain.home().putHelper("talking", "echo " + plantedSecret);
        const KnownRegistries known = chain.finder().knownRegistries();
        QCOMPARE(known.keys, std::vector<std::string>{"r.io"});
        QCOMPARE(known.warnings.size(), std::size_t{1});
        QVERIFY(known.warnings.front().find("config.json") != std::string::npos && !leaks(known.warnings.front()));
    }

    void canBeCancelled()
    {
        Chain chain(0);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_THROWS_EXCEPTION(Cancelled, chain.finder().find(registryName, "", stop.get_token()));
        QVERIFY_THROWS_EXCEPTION(Cancelled, chain.finder().knownRegistries(stop.get_token()));
        chain.options().callback = [](const std::string&, const std::string&,
                                      const std::stop_token&) -> std::optional<Credential> { throw Cancelled(); };
        QVERIFY_THROWS_EXCEPTION(Cancelled, chain.finder().find(registryName, ""));
    }

    void aUserWithoutAHomeHasNoFiles()
    {
        CredentialFinderOptions options;
        options.user.uid = 4'000'000'000U;
        const CredentialSearch found = CredentialFinder(options).find(registryName, "");
        QVERIFY(found.credential->kind == CredentialKind::Anonymous);
        QCOMPARE(found.steps.size(), std::size_t{1});
        QCOMPARE(found.steps.front().source, std::string("/run/containers/4000000000/auth.json"));
    }

    void readsTheRealEnvironment()
    {
        ::setenv("DOCKER_CONFIG", "/etc/docker-of-the-test", 1);
        ::setenv("DOCKER_AUTH_CONFIG", "{}", 1);
        ::setenv("XDG_RUNTIME_DIR", "relative", 1);
        ::setenv("HOME", "", 1);
        const UserEnvironment user = UserEnvironment::ofProcess();
        QCOMPARE(user.dockerConfig.native(), std::string("/etc/docker-of-the-test"));
        QVERIFY(user.dockerAuthConfig.reveal() == "{}");
        QVERIFY(user.runtimeFolder.empty());
        QVERIFY(user.uid == ::geteuid());
        QVERIFY(user.home.empty() || user.home.is_absolute());
        QVERIFY(std::none_of(user.helperFolders.begin(), user.helperFolders.end(),
                             [](const auto& folder) { return !folder.is_absolute(); }));
    }
};

QTEST_GUILESS_MAIN(CredentialFinderTest)
#include "credential_finder_test.moc"
