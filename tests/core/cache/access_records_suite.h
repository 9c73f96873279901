// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "descriptors_suite.h"

#include <atomic>
#include <thread>

namespace layerhold::test {

/// And proofs.
class AccessRecordsSuite : public DescriptorsSuite
{
    Q_OBJECT

private slots:

    void identitiesAreToldApart()
    {
        AccessRecords& records = fresh();
        const Identity identity = records.identityOf("h", "password", "ab", "c");
        QCOMPARE(records.identityOf("h", "password", "ab", "c"), identity);
        QVERIFY(!identity.isAnonymous());
        QVERIFY(records.identityOf("h", "password", "a", "bc") != identity);
        QVERIFY(records.identityOf("hp", "assword", "ab", "c") != identity);
        QVERIFY(records.identityOf("g", "password", "ab", "c") != identity);
        QVERIFY(records.identityOf("h", "token", "ab", "c") != identity);
        QVERIFY(records.identityOf("h", "password", "ab", "d") != identity);
        QVERIFY(records.identityOf("h", "password", "ab", "") != identity);
        QVERIFY(errorOf([&] { records.identityOf("", "password", "ab", "c"); }) == ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { records.identityOf("h", "", "ab", "c"); }) == ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { records.identityOf("h", "password", "", ""); }) == ErrorCode::InvalidArgument);
        QVERIFY(fresh().identityOf("h", "password", "ab", "c") != identity); // another key
    }

    void whoGetsWhat_data()
    {
        QTest::addColumn<QString>("asks");
        QTest::addColumn<QString>("blob");
        QTest::addColumn<bool>("isCovered");
        QTest::newRow("own proof of a private blob") << "alice"
                                                     << "private" << true;
        QTest::newRow("another's proof of a private blob") << "bob"
                                                           << "private" << false;
        QTest::newRow("nobody, of a private blob") << "anonymous"
                                                   << "private" << false;
        QTest::newRow("with another password") << "alice, new password"
                                               << "private" << false;
        QTest::newRow("own proof of another blob") << "bob"
                                                   << "bob's" << true;
        QTest::newRow("that blob is not alice's") << "alice"
                                                  << "bob's" << false;
        QTest::newRow("alice, public") << "alice"
                                       << "public" << true;
        QTest::newRow("bob, public") << "bob"
                                     << "public" << true;
        QTest::newRow("nobody, public") << "anonymous"
                                        << "public" << true;
        QTest::newRow("a layer of a private and a public image") << "bob"
                                                                 << "shared" << true;
        QTest::newRow("that layer, nobody") << "anonymous"
                                            << "shared" << true;
        QTest::newRow("a public manifest names a private blob") << "bob"
                                                                << "mentioned" << false;
        QTest::newRow("that blob, its owner") << "alice"
                                              << "mentioned" << true;
        QTest::newRow("member and described, but not proven") << "alice"
                                                              << "described" << false;
    }

    void whoGetsWhat()
    {
        QFETCH(QString, asks);
        QFETCH(QString, blob);
        QFETCH(bool, isCovered);
        AccessRecords& records = fresh();
        const Identity alice = records.identityOf("registry.example", "password", "alice", "secret");
        const Identity bob = records.identityOf("registry.example", "password", "bob", "secret");
        const auto prove = [&](const Identity& identity, const std::string& repository, std::string_view name) {
            QVERIFY(records.record(identity, repository, digestNamed(name), blobMethod, clock.now()));
        };
        prove(alice, privateRepository, "private");
        prove(bob, "registry.example/bob/tools", "bob's");
        prove(Identity::anonymous(), publicRepository, "public");
        prove(alice, privateRepository, "shared");
        prove(Identity::anonymous(), publicRepository, "shared");
        // The sparse manifest: its repository is public, and a member of it is nobody's proof.
        prove(Identity::anonymous(), "docker.io/mallory/bait", "manifest");
        records.setDescriptor("docker.io/mallory/bait", digestNamed("mentioned"), describe(digestNamed("mentioned")));
        prove(alice, privateRepository, "mentioned");
        records.setDescriptor(privateRepository, digestNamed("described"), describe(digestNamed("described")));

        Identity identity = Identity::anonymous();
        if (asks == "alice")
            identity = alice;
        else if (asks == "bob")
            identity = bob;
        else if (asks == "alice, new password")
            identity = records.identityOf("registry.example", "password", "alice", "changed");
        const Digest digest = digestNamed(blob.toStdString());
        QCOMPARE(records.covers(identity, digest, clock.now()), isCovered);
        QCOMPARE(records.coversOffline(identity, digest, clock.now(), "registry.example"), isCovered);
        clock.advance(15min);
        QVERIFY(!records.covers(identity, digest, clock.now()));
        QVERIFY(!records.coversOffline(identity, digest, clock.now(), "registry.example")); // no grace unless asked for
        QVERIFY(!records.coversOffline(identity, digest, clock.now(), "docker.io"));
    }

    void proofsEndInTime()
    {
        AccessOptions options;
        options.proofLifetime = 10s;
        AccessRecords& records = fresh(options);
        const TimePoint made = clock.now();
        records.record(Identity::anonymous(), publicRepository, layer, blobMethod, made);
        QVERIFY(records.covers(Identity::anonymous(), layer, made));
        QVERIFY(records.covers(Identity::anonymous(), layer, made + 10s - 1ns));
        QVERIFY(!records.covers(Identity::anonymous(), layer, made + 10s));
        QVERIFY(!records.covers(Identity::anonymous(), layer, made - 1ns)); // the clock was set back
        records.record(Identity::anonymous(), publicRepository, layer, blobMethod, made + 5s);
        records.record(Identity::anonymous(), publicRepository, layer, blobMethod, made + 1s); // told late
        QVERIFY(records.covers(Identity::anonymous(), layer, made + 14s));
        QVERIFY(!records.covers(Identity::anonymous(), layer, made + 15s));
    }

    void graceIsForTheRegistryThatIsAway_data()
    {
        QTest::addColumn<QString>("registry");
        QTest::addColumn<qint64>("secondsLater");
        QTest::addColumn<bool>("isCovered");
        QTest::newRow("in time") << "registry.example" << qint64(9) << true;
        QTest::newRow("in time, another is away") << "docker.io" << qint64(9) << true;
        QTest::newRow("in the grace") << "registry.example" << qint64(69) << true;
        QTest::newRow("in the grace, another is away") << "docker.io" << qint64(69) << false;
        QTest::newRow("in the grace, a name that begins like it") << "registry.exampl" << qint64(69) << false;
        QTest::newRow("after the grace") << "registry.example" << qint64(70) << false;
    }

    void graceIsForTheRegistryThatIsAway()
    {
        QFETCH(QString, registry);
        QFETCH(qint64, secondsLater);
        QFETCH(bool, isCovered);
        AccessOptions options;
        options.proofLifetime = 10s;
        options.offlineGrace = 60s;
        AccessRecords& records = fresh(options);
        const Identity alice = records.identityOf("registry.example", "password", "alice", "secret");
        const Identity bob = records.identityOf("registry.example", "password", "bob", "secret");
        records.record(alice, privateRepository, layer, blobMethod, clock.now());
        const TimePoint later = clock.now() + std::chrono::seconds(secondsLater);
        QCOMPARE(records.coversOffline(alice, layer, later, registry.toStdString()), isCovered);
        QVERIFY(!records.coversOffline(bob, layer, later, registry.toStdString()));
        QCOMPARE(records.covers(alice, layer, later), secondsLater < 10);
    }

    void aRevokedPairGetsNothingNotEvenOffline()
    {
        AccessOptions options;
        options.offlineGrace = 1h;
        AccessRecords& records = fresh(options);
        const Identity alice = records.identityOf("registry.example", "password", "alice", "secret");
        const Identity bob = records.identityOf("registry.example", "password", "bob", "secret");
        const std::string elsewhere = "registry.example/team/elsewhere";
        for (const Digest& digest : {layer, other}) {
            records.record(alice, privateRepository, digest, blobMethod, clock.now());
            records.record(bob, privateRepository, digest, blobMethod, clock.now());
        }
        records.record(alice, elsewhere, other, blobMethod, clock.now());
        records.revoke(alice, privateRepository);
        QVERIFY(!records.covers(alice, layer, clock.now()));
        QVERIFY(!records.coversOffline(alice, layer, clock.now(), "registry.example"));
        QVERIFY(records.covers(bob, layer, clock.now()));   // it was alice who was refused
        QVERIFY(records.covers(alice, other, clock.now())); // from the other repository
        records.revoke(alice, elsewhere);
        QVERIFY(!records.covers(alice, other, clock.now()));
        records.revoke(alice, "docker.io/library/unknown");
    }

    void anAnswerFromBeforeTheRevocationGivesNothingBack()
    {
        AccessRecords& records = fresh();
        const Identity alice = records.identityOf("registry.example", "password", "alice", "secret");
        const TimePoint answered = clock.now();
        clock.advance(1s);
        records.revoke(alice, privateRepository);
        QVERIFY(!records.record(alice, privateRepository, layer, blobMethod, answered));
        QVERIFY(!records.record(alice, privateRepository, layer, blobMethod, clock.now()));
        QVERIFY(!records.covers(alice, layer, clock.now()));
        QVERIFY(records.record(alice, publicRepository, other, blobMethod, answered)); // another pair
        clock.advance(1s);
        QVERIFY(records.record(alice, privateRepository, layer, blobMethod, clock.now())); // granted anew
        QVERIFY(records.covers(alice, layer, clock.now()));
    }

    void publicIsTakenBackWithTheLastAnonymousProof()
    {
        AccessRecords& records = fresh();
        const Identity bob = records.identityOf("registry.example", "password", "bob", "secret");
        records.record(Identity::anonymous(), publicRepository, layer, blobMethod, clock.now());
        records.record(Identity::anonymous(), privateRepository, layer, blobMethod, clock.now());
        records.revoke(Identity::anonymous(), publicRepository);
        QVERIFY(records.covers(bob, layer, clock.now()));
        records.revoke(Identity::anonymous(), privateRepository);
        QVERIFY(!records.covers(bob, layer, clock.now()));
    }

    void proofsTellWhoAndWhy()
    {
        AccessRecords& records = fresh();
        const Identity alice = records.identityOf("registry.example", "password", "alice", "secret");
        records.record(alice, privateRepository, layer, ProofMethod::Download, clock.now());
        records.record(Identity::anonymous(), publicRepository, layer, ProofMethod::Manifest, clock.now());
        const auto proofs = records.proofs(layer, 10);
        QCOMPARE(proofs.size(), std::size_t(2));
        QCOMPARE(proofs[0], (Proof{Identity::anonymous(), publicRepository, layer, ProofMethod::Manifest, clock.now(),
                                   clock.now() + 15min}));
        QCOMPARE(proofs[1],
                 (Proof{alice, privateRepository, layer, ProofMethod::Download, clock.now(), clock.now() + 15min}));
        QCOMPARE(records.proofs(layer, 1).size(), std::size_t(1));
    }

    void unusableOptionsAreRefused_data()
    {
        QTest::addColumn<qint64>("lifetime");
        QTest::addColumn<qint64>("grace");
        QTest::newRow("no lifetime") << qint64(0) << qint64(0);
        QTest::newRow("negative lifetime") << qint64(-1) << qint64(0);
        QTest::newRow("endless lifetime") << qint64(24 * 3600 + 1) << qint64(0);
        QTest::newRow("negative grace") << qint64(60) << qint64(-1);
        QTest::newRow("endless grace") << qint64(60) << qint64(31 * 24 * 3600 + 1);
    }

    void unusableOptionsAreRefused()
    {
        QFETCH(qint64, lifetime);
        QFETCH(qint64, grace);
        AccessOptions options;
        options.proofLifetime = std::chrono::seconds(lifetime);
        options.offlineGrace = std::chrono::seconds(grace);
        QVERIFY(errorOf([&] { fresh(options); }) == ErrorCode::InvalidArgument);
    }

    /// What one thread revoked stays revoked, whatever the others are told meanwhile.
    void threadsShareThem()
    {
        AccessRecords& records = fresh();
        const Identity alice = records.identityOf("registry.example", "password", "alice", "secret");
        const TimePoint answered = clock.now();
        clock.advance(1s);
        std::atomic<bool> isRevoked = false;
        std::atomic<int> wrong = 0;
        {
            std::vector<std::jthread> threads;
            for (int number = 0; number < 4; ++number)
                threads.emplace_back([&, number] {
                    for (int i = 0; i < 60; ++i) {
                        const Digest digest = digestNamed(std::to_string(i % 8));
                        records.setDescriptor(publicRepository, digest, describe(digest));
                        const bool wasRevoked = isRevoked;
                        if (records.record(alice, privateRepository, digest, blobMethod, answered) && wasRevoked)
                            ++wrong;
                        if (wasRevoked && records.covers(alice, digest, clock.now()))
                            ++wrong;
                        records.stat(publicRepository, digest, [&] { return describe(digest); });
                        records.proofs(digest, 5);
                        if (i % 16 == number)
                            records.forget(digest);
                        if (number == 0 && i == 30) {
                            records.revoke(alice, privateRepository);
                            isRevoked = true;
                        }
                    }
                });
        }
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(records.lookupCounts().requests, std::uint64_t(240));
        QCOMPARE(records.lookupCounts().errors, std::uint64_t(0));
        for (int i = 0; i < 8; ++i)
            QVERIFY(!records.covers(alice, digestNamed(std::to_string(i)), clock.now()));
    }
};

} // namespace layerhold::test
