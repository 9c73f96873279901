// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "core/registry/user_home.h"
#include "layerhold/registry/credential_finder.h"
#include "registry/auth_file.h"

#include <functional>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::registry::test;

namespace {

/// The paths, joined by spaces.
std::string searchOf(const UserEnvironment& user)
{
    std::string text;
    for (const AuthFilePlace& place : containersAuthFiles(user))
        text += (text.empty() ? "" : " ") + place.path.native();
    return text;
}

std::string found(UserHome& home, const std::string& registry, const std::string& repository)
{
    CredentialFinderOptions options;
    options.user = home.user();
    return toText(*CredentialFinder(options).find(registry, repository).credential);
}

std::string authsOf(const std::string& key, const std::string& name)
{
    return "{\"auths\":{\"" + key + "\":{\"username\":\"" + name + "\",\"password\":\"p\"}}}";
}

} // namespace

class ContainersAuthTest : public QObject
{
    Q_OBJECT

private slots:

    void searchesInOrder()
    {
        UserEnvironment user;
        user.uid = 1234;
        QCOMPARE(searchOf(user), std::string("/run/containers/1234/auth.json"));
        user.home = "/home/u";
        QCOMPARE(searchOf(user), std::string("/run/containers/1234/auth.json /home/u/.config/containers/auth.json "
                                             "/home/u/.dockercfg"));
        user.runtimeFolder = "/run/user/1234";
        user.configFolder = "/conf";
        QCOMPARE(searchOf(user), std::string("/run/user/1234/containers/auth.json /conf/containers/auth.json "
                                             "/home/u/.dockercfg"));
        user.registryAuthFile = "/explicit.json";
        QCOMPARE(searchOf(user), std::string("/explicit.json"));
    }

    void theFirstFileCounts()
    {
        UserHome home;
        home.put("home/.dockercfg", R"({"https:\/\/r.io/v1/":{"auth":"ZjpwCg=="}})");
        QCOMPARE(found(home, "r.io", "x"), std::string("password f p\n"));
        home.put("home/.config/containers/auth.json", authsOf("r.io", "config"));
        QCOMPARE(found(home, "r.io", "x"), std::string("password config p"));
        home.put("run/containers/auth.json", authsOf("r.io", "runtime"));
        QCOMPARE(found(home, "r.io", "x"), std::string("password runtime p"));
        home.user().registryAuthFile = home.put("explicit.json", authsOf("r.io", "explicit"));
        QCOMPARE(found(home, "r.io", "x"), std::string("password explicit p"));
        home.put("explicit.json", authsOf("other.io", "explicit"));
        QCOMPARE(found(home, "r.io", "x"), std::string("anonymous")); // explicit: nothing else is searched
    }

    void aFileWithoutTheRegistryIsPassedOver()
    {
        UserHome home;
        home.put("run/containers/auth.json", authsOf("r.io/team", "runtime"));
        home.put("home/.config/containers/auth.json", authsOf("r.io", "config"));
        QCOMPARE(found(home, "r.io", "team/app"), std::string("password runtime p"));
        QCOMPARE(found(home, "r.io", "teams/app"), std::string("password config p"));
    }

    void keysCanNamePaths()
    {
        UserHome home;
        home.put("run/containers/auth.json",
                 R"({"auths":{"r.io":{"auth":"aDpw"},"r.io/a":{"auth":"YTpw"},"r.io/a/b":{"auth":"Yjpw"},
                     "127.0.0.1:17102/docker.io":{"auth":"bTpw"}}})");
        QCOMPARE(found(home, "r.io", "a/b/c"), std::string("password b p"));
        QCOMPARE(found(home, "r.io", "a/b"), std::string("password b p"));
        QCOMPARE(found(home, "r.io", "a/bc"), std::string("password a p"));
        QCOMPARE(found(home, "r.io", "ab"), std::string("password h p"));
        QCOMPARE(found(home, "127.0.0.1:17102", "docker.io/library/x"), std::string("password m p"));
        QCOMPARE(found(home, "127.0.0.1:17102", "library/x"), std::string("anonymous"));
    }

    void aHelperComesBeforeAuthsOfItsFile()
    {
        UserHome home;
        home.putHelper("good", answering("r.io", "helped", "s"));
        home.put("run/containers/auth.json",
                 R"({"credHelpers":{"r.io":"good","s.io":"good"},
                     "auths":{"r.io":{"auth":"aDpw"},"s.io":{"auth":"aDpw"}}})");
        QCOMPARE(found(home, "r.io", "x"), std::string("password helped s"));
        QCOMPARE(found(home, "s.io", "x"), std::string("password h p")); // the helper has none
    }

    void theHelperIsAskedForDockerHubByItsName()
    {
        UserHome home;
        home.putHelper("good", answering("docker.io", "helped", "s"));
        home.put("run/containers/auth.json", R"({"credHelpers":{"docker.io":"good"}})");
        QCOMPARE(found(home, "registry-1.docker.io", "library/x"), std::string("password helped s"));
    }

    void whatOnlyDockerKnowsIsIgnored()
    {
        UserHome home;
        home.putHelper("good", answering("r.io", "helped", "s"));
        home.put("run/containers/auth.json", R"({"credsStore":"good"})");
        QCOMPARE(found(home, "r.io", "x"), std::string("anonymous"));
        home.put("run/containers/auth.json", R"({"auths":{"r.io":{"registrytoken":"t","auth":"aDpw"}}})");
        QCOMPARE(found(home, "r.io", "x"), std::string("password h p"));
        home.put("run/containers/auth.json", R"({"auths":{"r.io":{"identitytoken":"t","auth":"aDpw"}}})");
        QCOMPARE(found(home, "r.io", "x"), std::string("identity t"));
    }
};

QTEST_GUILESS_MAIN(ContainersAuthTest)
#include "containers_auth_test.moc"
