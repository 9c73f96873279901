// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "registry/challenge.h"

using namespace layerhold::registry;

namespace {

/// "scheme(name=value,…)…", in the order of the map.
std::string plain(const std::vector<std::string_view>& headers)
{
    std::string text;
    for (const Challenge& challenge : parseChallenges(headers)) {
        text += (text.empty() ? "" : " ") + challenge.scheme + '(';
        for (const auto& [name, value] : challenge.parameters)
            text += (text.ends_with('(') ? "" : "|") + name + '=' + value;
        text += ')';
    }
    return text;
}

} // namespace

class ChallengeTest : public QObject
{
    Q_OBJECT

private slots:

    void parses_data()
    {
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* header, const char* expected) {
            QTest::newRow(name) << QString::fromLatin1(header) << QString::fromLatin1(expected);
        };
        row("Docker Hub",
            R"(Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a:pull,push")",
            "bearer(realm=https://auth.docker.io/token|scope=repository:a:pull,push|service=registry.docker.io)");
        row("upper case", R"(BEARER Realm="x",SERVICE=y)", "bearer(realm=x|service=y)");
        row("two challenges in a line", R"(Basic realm="a, b", Bearer realm="c",service="d")",
            "basic(realm=a, b) bearer(realm=c|service=d)");
        row("a challenge without parameters in front", R"(Negotiate, Basic realm="a")", "negotiate() basic(realm=a)");
        row("base 64 in place of parameters", R"(Negotiate YWJj==, Bearer realm="a")", "negotiate() bearer(realm=a)");
        row("escapes", R"(Basic realm="a\"b\\c")", R"(basic(realm=a"b\c))");
        row("tokens", "Bearer realm=x, service=registry.io", "bearer(realm=x|service=registry.io)");
        row("spaces around", "  Bearer   realm = \"x\" ,\tservice= \"y\"  ", "bearer(realm=x|service=y)");
        row("empty parameters", R"(Bearer realm="",service=,scope="s")", "bearer(scope=s)");
        row("an unquoted URL", "Bearer realm=https://a/b,service=c", "bearer(realm=https|service=c)");
        row("empty items", R"(,, Bearer realm="x",, ,service="y",)", "bearer(realm=x|service=y)");
        row("unknown parameters", R"(Bearer foo="1",realm="x",error="insufficient_scope")",
            "bearer(error=insufficient_scope|foo=1|realm=x)");
        row("the first of two counts", R"(Bearer realm="x",realm="y")", "bearer(realm=x)");
        row("an unterminated quote", R"(Basic realm="a", Bearer realm="b)", "basic(realm=a) bearer()");
        row("parameters of nobody", R"(realm="x", Bearer realm="y")", "");
        row("nothing", "", "");
        row("rubbish", "\"\"\"", "");
    }

    void parses()
    {
        QFETCH(QString, header);
        QFETCH(QString, expected);
        const std::string text = header.toStdString();
        QCOMPARE(QString::fromStdString(plain({text})), expected);
    }

    void readsSeveralHeaders()
    {
        QCOMPARE(plain({"Basic realm=a", "\"", "Bearer realm=b"}), std::string("basic(realm=a) bearer(realm=b)"));
    }

    void isBounded()
    {
        std::string many;
        for (int i = 0; i < 100; ++i)
            many += "Basic realm=a,";
        QCOMPARE(parseChallenges({many}).size(), 16U);
        std::string parameters = "Bearer ";
        for (int i = 0; i < 100; ++i)
            parameters += "p" + std::to_string(i) + "=1,";
        QCOMPARE(parseChallenges({parameters}).at(0).parameters.size(), 32U);
        const std::string large = "Basic realm=\"" + std::string(20'000, 'x') + '"';
        QVERIFY(parseChallenges({large}).empty());
    }
};

QTEST_GUILESS_MAIN(ChallengeTest)
#include "challenge_test.moc"
