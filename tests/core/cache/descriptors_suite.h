// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "manual_clock.h"

#include "layerhold/access.h"
#include "layerhold/error.h"

#include "support/expect_error.h"
#include "support/files.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold::test {

using namespace std::chrono_literals;

/// What all access records have in common, whatever keeps them: memberships and descriptors.
class DescriptorsSuite : public QObject
{
    Q_OBJECT

protected:
    /// Records that know nothing yet, by `clock`. They live until the next call.
    virtual AccessRecords& fresh(const AccessOptions& options = {}) = 0;

    static Digest digestNamed(std::string_view name) { return Hasher::of(bytesOf(name)); }

    static Descriptor describe(const Digest& digest, std::uint64_t size = 7, const std::string& mediaType = "a/layer")
    {
        Descriptor descriptor{digest};
        descriptor.size = size;
        descriptor.mediaType = mediaType;
        return descriptor;
    }

    static constexpr auto blobMethod = ProofMethod::Blob;
    const std::string privateRepository = "registry.example/team/app";
    const std::string publicRepository = "docker.io/library/nginx";
    const Digest layer = digestNamed("layer");
    const Digest other = digestNamed("other");
    ManualClock clock;

private slots:

    void membershipsAndDescriptorsAreIndependent_data()
    {
        QTest::addColumn<bool>("isMember");
        QTest::addColumn<bool>("isDescribed");
        QTest::newRow("neither") << false << false;
        QTest::newRow("member") << true << false;
        QTest::newRow("described") << false << true;
        QTest::newRow("both") << true << true;
    }

    void membershipsAndDescriptorsAreIndependent()
    {
        QFETCH(bool, isMember);
        QFETCH(bool, isDescribed);
        AccessRecords& records = fresh();
        if (isMember)
            records.addMember(privateRepository, layer);
        if (isDescribed)
            records.setDescriptor(layer, describe(layer));
        QCOMPARE(records.isMember(privateRepository, layer), isMember);
        QCOMPARE(records.descriptor(layer).has_value(), isDescribed);
        // What others told of the blob is for members only.
        QCOMPARE(records.descriptor(privateRepository, layer).has_value(), isMember && isDescribed);
        QVERIFY(!records.isMember(publicRepository, layer));
        QVERIFY(!records.isMember(privateRepository, other));
        QVERIFY(!records.descriptor(other));
    }

    void membersAreAddedAndRemovedAnyNumberOfTimes()
    {
        AccessRecords& records = fresh();
        records.setDescriptor(publicRepository, layer, describe(layer, 7, "b/own"));
        records.addMember(publicRepository, layer);
        records.addMember(privateRepository, layer);
        records.addMember(privateRepository, layer);
        QCOMPARE(records.repositoriesOf(layer, 10), (std::vector{publicRepository, privateRepository}));
        QCOMPARE(records.repositoriesOf(layer, 1), std::vector{publicRepository});
        QCOMPARE(records.descriptor(publicRepository, layer)->mediaType,
                 std::string("b/own")); // adding again takes nothing away
        QVERIFY(records.removeMember(privateRepository, layer));
        QVERIFY(!records.removeMember(privateRepository, layer));
        QVERIFY(!records.isMember(privateRepository, layer));
        QVERIFY(records.isMember(publicRepository, layer));
        QVERIFY(records.descriptor(layer)); // a fact of its own
    }

    void theFirstMediaTypeStaysAndTheSizeIsReplaced()
    {
        AccessRecords& records = fresh();
        records.setDescriptor(layer, describe(layer, 7, "a/first"));
        records.setDescriptor(layer, describe(layer, 8, "a/second"));
        QCOMPARE(*records.descriptor(layer), describe(layer, 8, "a/first"));
    }

    void aRepositoryHasItsOwnMediaType()
    {
        AccessRecords& records = fresh();
        records.setDescriptor(publicRepository, layer, describe(layer, 7, "a/first"));
        records.setDescriptor(privateRepository, layer, describe(layer, 7, "a/own"));
        QCOMPARE(records.descriptor(layer)->mediaType, std::string("a/first"));
        QCOMPARE(records.descriptor(publicRepository, layer)->mediaType, std::string("a/first"));
        QCOMPARE(records.descriptor(privateRepository, layer)->mediaType, std::string("a/own"));
        records.setDescriptor(privateRepository, layer, describe(layer, 7, "a/newer"));
        QCOMPARE(records.descriptor(privateRepository, layer)->mediaType, std::string("a/newer"));
        QCOMPARE(records.descriptor(publicRepository, layer)->mediaType, std::string("a/first"));
    }

    void unusableInputIsRefusedEverywhere()
    {
        AccessRecords& records = fresh();
        const auto nobody = Identity::anonymous();
        for (const std::string& name :
             {std::string(), std::string("nginx"), std::string("library/nginx"), publicRepository + ":1.25",
              publicRepository + '@' + layer.toString(), publicRepository + '/', std::string("docker.io/Upper"),
              std::string("docker.io/a\0b", 13), "docker.io/" + std::string(300, 'a')}) {
            const auto refuses = [](const auto& call) { return errorOf(call) == ErrorCode::InvalidArgument; };
            QVERIFY2(refuses([&] { records.addMember(name, layer); }), name.c_str());
            QVERIFY(refuses([&] { records.removeMember(name, layer); }));
            QVERIFY(refuses([&] { records.isMember(name, layer); }));
            QVERIFY(refuses([&] { records.setDescriptor(name, layer, describe(layer)); }));
            QVERIFY(refuses([&] { records.descriptor(name, layer); }));
            QVERIFY(refuses([&] { records.clear(name, layer); }));
            QVERIFY(refuses([&] { records.clear(name); }));
            QVERIFY(refuses([&] { records.stat(name, layer, [] { return std::nullopt; }); }));
            QVERIFY(refuses([&] { records.record(nobody, name, layer, blobMethod, clock.now()); }));
            QVERIFY(refuses([&] { records.revoke(nobody, name); }));
        }
        for (const std::string registry : {"", "docker.io/", "docker.io/library", "index.docker.io", "nginx"})
            QVERIFY2(errorOf([&] { records.coversOffline(nobody, layer, clock.now(), registry); }) ==
                         ErrorCode::InvalidArgument,
                     registry.c_str());
        QCOMPARE(records.lookupCounts().requests, std::uint64_t(0));
    }

    void unusableDescriptorsAreRefused_data()
    {
        QTest::addColumn<QString>("mediaType");
        QTest::addColumn<quint64>("size");
        QTest::newRow("no media type") << QString() << quint64(7);
        QTest::newRow("line break") << QString("a/b\nx") << quint64(7);
        QTest::newRow("too long") << QString(256, 'a') << quint64(7);
        QTest::newRow("size") << QString("a/b") << (quint64(1) << 63U);
    }

    void unusableDescriptorsAreRefused()
    {
        QFETCH(QString, mediaType);
        QFETCH(quint64, size);
        AccessRecords& records = fresh();
        const Descriptor descriptor = describe(layer, size, mediaType.toStdString());
        QVERIFY(errorOf([&] { records.setDescriptor(layer, descriptor); }) == ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { records.setDescriptor(publicRepository, layer, descriptor); }) ==
                ErrorCode::InvalidArgument);
        QVERIFY(!records.descriptor(layer));
        QVERIFY(!records.isMember(publicRepository, layer));
    }

    void theCanonicalDigestIsSetAlong()
    {
        AccessRecords& records = fresh();
        const Digest alias = Hasher::of(bytesOf("layer"), DigestAlgorithm::Sha512);
        records.setDescriptor(publicRepository, alias, describe(layer));
        QCOMPARE(*records.descriptor(alias), describe(layer));
        QCOMPARE(*records.descriptor(layer), describe(layer));
        QVERIFY(records.isMember(publicRepository, alias));
        QVERIFY(records.isMember(publicRepository, layer));
        records.setDescriptor(Hasher::of(bytesOf("layer"), DigestAlgorithm::Sha384), describe(layer));
        QVERIFY(errorOf([&] { records.setDescriptor(layer, describe(other)); }) == ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { records.setDescriptor(publicRepository, layer, describe(other)); }) ==
                ErrorCode::InvalidArgument);
        QVERIFY(!records.descriptor(other));
        records.forget(layer);
        QVERIFY(!records.descriptor(alias)); // nothing leads to what is gone
        QVERIFY(!records.descriptor(Hasher::of(bytesOf("layer"), DigestAlgorithm::Sha384)));
    }

    void whatIsClearedInOneRepositoryDoesNotComeBackThroughAnother()
    {
        AccessRecords& records = fresh();
        const Identity alice = records.identityOf("registry.example", "password", "alice", "secret");
        for (const std::string& repository : {privateRepository, publicRepository}) {
            records.setDescriptor(repository, layer, describe(layer, 7, "a/" + repository));
            records.record(alice, repository, layer, blobMethod, clock.now());
        }
        records.record(alice, privateRepository, other, blobMethod, clock.now());
        records.clear(privateRepository, layer);
        QVERIFY(!records.isMember(privateRepository, layer));
        QVERIFY(records.isMember(publicRepository, layer));
        QVERIFY(!records.descriptor(layer));
        QVERIFY(!records.descriptor(publicRepository, layer));
        QCOMPARE(records.proofs(layer, 10).size(), std::size_t(1));
        QVERIFY(records.covers(alice, other, clock.now())); // of another blob
        records.setDescriptor(publicRepository, layer, describe(layer));
        QVERIFY(records.descriptor(publicRepository, layer));
        QVERIFY(!records.descriptor(privateRepository, layer));
        records.addMember(privateRepository, layer);
        QCOMPARE(records.descriptor(privateRepository, layer)->mediaType,
                 std::string("a/layer")); // not what it said before
    }

    void onlyAMemberClearsTheSharedDescriptor()
    {
        AccessRecords& records = fresh();
        records.setDescriptor(publicRepository, layer, describe(layer));
        records.clear(privateRepository, layer);
        QVERIFY(records.descriptor(publicRepository, layer));
    }

    void aRepositoryIsClearedAsAWhole()
    {
        AccessRecords& records = fresh();
        const Identity alice = records.identityOf("registry.example", "password", "alice", "secret");
        records.setDescriptor(privateRepository, layer, describe(layer));
        records.setDescriptor(publicRepository, other, describe(other));
        records.record(alice, privateRepository, layer, blobMethod, clock.now());
        records.record(alice, privateRepository, other, blobMethod, clock.now());
        records.clear(privateRepository);
        QVERIFY(!records.isMember(privateRepository, layer));
        QVERIFY(!records.descriptor(layer));
        QVERIFY(records.descriptor(publicRepository, other));
        QVERIFY(!records.covers(alice, layer, clock.now()));
        QVERIFY(!records.covers(alice, other, clock.now()));
    }

    void whatIsForgottenIsUnknownEverywhere()
    {
        AccessRecords& records = fresh();
        for (const std::string& repository : {privateRepository, publicRepository})
            for (const Digest& digest : {layer, other}) {
                records.setDescriptor(repository, digest, describe(digest));
                records.record(Identity::anonymous(), repository, digest, blobMethod, clock.now());
            }
        records.forget(layer);
        QVERIFY(!records.descriptor(layer));
        QVERIFY(records.repositoriesOf(layer, 10).empty());
        QVERIFY(records.proofs(layer, 10).empty());
        QVERIFY(!records.covers(Identity::anonymous(), layer, clock.now()));
        QVERIFY(records.descriptor(publicRepository, other));
        QVERIFY(records.covers(Identity::anonymous(), other, clock.now()));
        records.forget(layer);
    }

    void theRegistryIsAskedForWhatIsUnknown()
    {
        AccessRecords& records = fresh();
        int asked = 0;
        const auto ask = [&]() -> std::optional<Descriptor> {
            ++asked;
            return describe(layer);
        };
        QCOMPARE(*records.stat(publicRepository, layer, ask), describe(layer));
        QCOMPARE(*records.stat(publicRepository, layer, ask), describe(layer));
        QCOMPARE(asked, 1);
        QCOMPARE(*records.stat(privateRepository, layer, ask), describe(layer)); // another repository has to be asked
        QCOMPARE(asked, 2);
        const auto counts = records.lookupCounts();
        QCOMPARE(counts.requests, std::uint64_t(3));
        QCOMPARE(counts.hits, std::uint64_t(1));
        QCOMPARE(counts.errors, std::uint64_t(0));
    }

    void whatTheRegistryDoesNotHaveIsNotRemembered()
    {
        AccessRecords& records = fresh();
        QVERIFY(!records.stat(publicRepository, layer, [] { return std::nullopt; }));
        QVERIFY(!records.isMember(publicRepository, layer));
        QVERIFY(records.stat(publicRepository, layer, [&] { return describe(layer); }));
    }

    void failuresOfTheRegistryReachTheCaller()
    {
        AccessRecords& records = fresh();
        const auto fail = []() -> std::optional<Descriptor> { throw Error(ErrorCode::Unavailable, "502"); };
        QVERIFY(errorOf([&] { records.stat(publicRepository, layer, fail); }) == ErrorCode::Unavailable);
        QCOMPARE(records.lookupCounts().errors, std::uint64_t(0));
    }

    void anAnswerThatCannotBeKeptIsGivenAllTheSame()
    {
        AccessRecords& records = fresh();
        const auto ask = [&] { return std::optional(describe(layer, 7, "")); };
        QVERIFY(records.stat(publicRepository, layer, ask));
        QVERIFY(!records.descriptor(publicRepository, layer));
        QCOMPARE(records.lookupCounts().errors, std::uint64_t(1));
    }
};

} // namespace layerhold::test
