// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "registry/scope.h"

using namespace layerhold::registry;

class ScopeTest : public QObject
{
    Q_OBJECT

private slots:

    void parses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("canonical");
        const auto row = [](const char* text, const char* type, const char* name, const char* canonical) {
            QTest::newRow(text) << text << type << name << canonical;
        };
        row("repository:a/b:pull", "repository", "a/b", "repository:a/b:pull");
        row("repository:a/b:push,pull,pull", "repository", "a/b", "repository:a/b:pull,push");
        row("repository:localhost:5000/a:pull", "repository", "localhost:5000/a", "repository:localhost:5000/a:pull");
        row("repository(plugin):a:pull", "repository(plugin)", "a", "repository(plugin):a:pull");
        row("registry:catalog:*", "registry", "catalog", "registry:catalog:*");
        row("repository:a:", "repository", "a", "repository:a:");
    }

    void parses()
    {
        QFETCH(QString, text);
        QFETCH(QString, type);
        QFETCH(QString, name);
        QFETCH(QString, canonical);
        const auto scope = Scope::parse(text.toStdString());
        QVERIFY(scope.has_value());
        QCOMPARE(QString::fromStdString(scope->type), type);
        QCOMPARE(QString::fromStdString(scope->name), name);
        QCOMPARE(QString::fromStdString(scope->toString()), canonical);
    }

    void refuses()
    {
        for (const char* const text :
             {"", "repository", "repository:a", "::", ":a:pull", "repository::pull", "repository:a b:pull",
              "repository:a\"b:pull", "repository:\xc3\xa4:pull", "repository:a:pull\n"})
            QVERIFY2(!Scope::parse(text), text);
    }

    void unites()
    {
        ScopeSet scopes = ScopeSet::repository("b", {"pull"});
        scopes.add(ScopeSet::parse("repository:a:pull nonsense repository:b:push,pull"));
        QCOMPARE(scopes.toString(), std::string("repository:a:pull repository:b:pull,push"));
        QCOMPARE(scopes.texts().size(), 2U);
        QVERIFY(scopes == ScopeSet::parse("repository:b:push repository:b:pull repository:a:pull"));
        QVERIFY(scopes.covers(ScopeSet::repository("b", {"push"})) && scopes.covers(ScopeSet()));
        QVERIFY(!scopes.covers(ScopeSet::repository("b", {"delete"})));
        QVERIFY(!scopes.covers(ScopeSet::repository("c", {"pull"})));
    }

    void isBounded()
    {
        std::string many;
        for (int i = 0; i < 1000; ++i)
            many += "a:" + std::to_string(i) + ":x ";
        QCOMPARE(ScopeSet::parse(many).texts().size(), 32U);
    }
};

QTEST_GUILESS_MAIN(ScopeTest)
#include "scope_test.moc"
