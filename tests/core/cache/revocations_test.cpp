// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache/revocations.h"

#include "layerhold/access.h"

using namespace layerhold;
using namespace std::chrono_literals;

namespace {

const TimePoint start = TimePoint(1'000'000s);
const std::string repository = "docker.io/library/nginx";

std::string repositoryNumber(int number)
{
    return "evil.example/made-up/" + std::to_string(number);
}

} // namespace

class RevocationsTest : public QObject
{
    Q_OBJECT

private slots:

    void answersFromBeforeCountForNothing()
    {
        Revocations revocations;
        QVERIFY(revocations.allow(alice, repository, start));
        revocations.add(alice, repository, start);
        QVERIFY(!revocations.allow(alice, repository, start));
        QVERIFY(!revocations.allow(alice, repository, start - 1s));
        QVERIFY(revocations.allow(alice, repository, start + 1s));
        QVERIFY(revocations.allow(Identity::anonymous(), repository, start - 1s));
        revocations.erased(alice, repository, start);
        QVERIFY(!revocations.allow(alice, repository, start - 1s)); // an answer may be on its way
    }

    /// Somebody who asks for repositories that do not exist does not end what others may read.
    void madeUpRepositoriesHurtNobody()
    {
        Revocations revocations(100);
        for (int i = 0; i < 10'000; ++i) {
            const TimePoint now = start + 10s * i;
            revocations.add(alice, repositoryNumber(i), now);
            revocations.erased(alice, repositoryNumber(i), now);
            QVERIFY(revocations.allow(Identity::anonymous(), repository, now - 1h));
        }
    }

    /// What could not be erased stays void, whatever it takes.
    void nothingIsForgottenThatIsStillThere()
    {
        Revocations revocations(10);
        for (int i = 0; i < 10; ++i)
            revocations.add(alice, repositoryNumber(i), start);
        revocations.add(alice, repository, start + 1h);
        for (int i = 0; i < 10; ++i)
            QVERIFY(!revocations.allow(alice, repositoryNumber(i), start));
        QVERIFY(!revocations.allow(Identity::anonymous(), repository, start)); // the price of it
        QVERIFY(revocations.allow(Identity::anonymous(), repository, start + 1s));
    }

    void laterRevocationsAreNotErasedByEarlierOnes()
    {
        Revocations revocations(1);
        revocations.add(alice, repository, start);
        revocations.add(alice, repository, start + 5s);
        revocations.erased(alice, repository, start);
        revocations.add(alice, "docker.io/library/other", start + 1h); // would drop it, were it erased
        QVERIFY(!revocations.allow(alice, repository, start + 5s));
    }

private:
    const Identity alice = AccessRecords::inMemory({})->identityOf("h", "password", "alice", "secret");
};

QTEST_GUILESS_MAIN(RevocationsTest)
#include "revocations_test.moc"
