// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "pitfall_registry.h"

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::test;

namespace {

const Credential& alice()
{
    static const Credential credential = passwordOf("alice", "wonderland");
    return credential;
}

} // namespace

/// Challenges that docker-registry does not produce and others do, with a token service behind.
class ChallengePitfallsTest : public QObject
{
    Q_OBJECT

private slots:

    void findsTheTokenService_data()
    {
        QTest::addColumn<QStringList>("challenges"); ///< header lines; {realm} is the service's address
        QTest::addColumn<QString>("asked");
        for (const auto& [name, challenges, asked] : bearerChallenges())
            QTest::newRow(name) << challenges << asked;
    }

    void findsTheTokenService()
    {
        QFETCH(QStringList, challenges);
        QFETCH(QString, asked);
        PitfallRegistry scene(challenges);
        QVERIFY(scene.head(alice()).digest == scene.digest());
        const auto grants = scene.tokens.grants();
        QCOMPARE(grants.size(), std::size_t(1));
        QCOMPARE(grants[0].how + ' ' + grants[0].user, std::string("GET alice"));
        QCOMPARE(grants[0].asked, asked.toStdString());
        // The password is for the token service, where there is one.
        for (const HttpRecord& request : scene.server.requests())
            QVERIFY(!request.header("authorization").starts_with("Basic"));
    }

    void takesBasicWhereThereIsNothingBetter_data()
    {
        QTest::addColumn<QString>("challenge");
        for (const auto& [name, challenge] : basicChallenges())
            QTest::newRow(name) << challenge;
    }

    void takesBasicWhereThereIsNothingBetter()
    {
        QFETCH(QString, challenge);
        PitfallRegistry scene({challenge});
        QVERIFY(scene.head(alice()).digest == scene.digest());
        QCOMPARE(scene.server.requests().size(), std::size_t(2));
        QVERIFY(scene.tokens.grants().empty());
    }

    void upgradesOnceWhenMoreIsAskedFor()
    {
        PitfallRegistry scene({}, PitfallRegistry::Scope::Wider);
        QVERIFY(scene.head(alice()).digest == scene.digest());
        const auto grants = scene.tokens.grants();
        QCOMPARE(grants.size(), std::size_t(2));
        QCOMPARE(grants[0].asked, std::string("repository:app:pull"));
        QCOMPARE(grants[1].asked, std::string("repository:app:pull repository:base:pull"));
    }

    void insufficientScopeForEverEnds_data()
    {
        QTest::addColumn<bool>("isGrowing"); ///< each answer asks for something else
        QTest::newRow("the same scope") << false;
        QTest::newRow("another scope each time") << true;
    }

    void insufficientScopeForEverEnds()
    {
        QFETCH(bool, isGrowing);
        PitfallRegistry scene({}, isGrowing ? PitfallRegistry::Scope::EverOther : PitfallRegistry::Scope::EverSame);
        const auto failure = failureOf([&] { scene.head(alice()); });
        QVERIFY(failure && failure->code() == ErrorCode::Denied);
        QVERIFY2(contains(failure->what(), "the credential of the test does not suffice"), failure->what());
        QVERIFY(!contains(failure->what(), "wonderland"));
        QVERIFY(scene.server.requests().size() <= 3 && scene.tokens.grants().size() <= 2);
        // Nor does a second try go on where the first ended.
        QVERIFY(failureOf([&] { scene.head(alice()); }));
        QVERIFY(scene.server.requests().size() <= 7 && scene.tokens.grants().size() <= 5);
        QVERIFY(scene.rig.waits.empty());
    }
};

QTEST_GUILESS_MAIN(ChallengePitfallsTest)
#include "challenge_pitfalls_test.moc"
