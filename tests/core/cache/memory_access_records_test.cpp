// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "access_records_suite.h"

#include <memory>

using namespace layerhold;
using namespace layerhold::test;

/// The suite on records in memory, and that they are bounded.
class MemoryAccessRecordsTest : public AccessRecordsSuite
{
    Q_OBJECT

protected:
    AccessRecords& fresh(const AccessOptions& options) override { return bounded(options, 10'000); }

private slots:

    void theyAreBounded_data()
    {
        QTest::addColumn<qint64>("most");
        QTest::addColumn<int>("left");
        QTest::newRow("bounded") << qint64(10'000) << 10'000;
        QTest::newRow("zero") << qint64(0) << 10'001;
        QTest::newRow("negative") << qint64(-1) << 10'001;
    }

    void theyAreBounded()
    {
        QFETCH(qint64, most);
        QFETCH(int, left);
        AccessRecords& records = bounded({}, most);
        constexpr int count = 10'001;
        for (int i = 0; i < count; ++i) {
            const Digest digest = digestNamed(std::to_string(i));
            records.setDescriptor(publicRepository, digest, describe(digest));
            records.record(Identity::anonymous(), publicRepository, digest, blobMethod, clock.now());
        }
        int descriptors = 0;
        int members = 0;
        int proofs = 0;
        for (int i = 0; i < count; ++i) {
            const Digest digest = digestNamed(std::to_string(i));
            descriptors += records.descriptor(digest) ? 1 : 0;
            members += records.isMember(publicRepository, digest) ? 1 : 0;
            proofs += records.covers(Identity::anonymous(), digest, clock.now()) ? 1 : 0;
        }
        QCOMPARE(descriptors, left);
        QCOMPARE(members, left);
        QCOMPARE(proofs, left);
    }

    void proofsOfOneDigestAreBounded()
    {
        AccessRecords& records = bounded({}, 10);
        for (int i = 0; i < 100; ++i) {
            clock.advance(1s);
            records.record(Identity::anonymous(), "docker.io/library/r" + std::to_string(i), layer, blobMethod,
                           clock.now());
        }
        const auto proofs = records.proofs(layer, 1000);
        QCOMPARE(proofs.size(), std::size_t(64));
        for (const Proof& proof : proofs) // the latest
            QVERIFY(proof.checkedAt > clock.now() - 64s);
    }

private:
    AccessRecords& bounded(const AccessOptions& options, std::int64_t most)
    {
        AccessRecords::MemoryOptions memory;
        memory.access = options;
        memory.most = most;
        memory.clock = &clock;
        m_records = AccessRecords::inMemory(memory);
        return *m_records;
    }

    std::unique_ptr<AccessRecords> m_records;
};

QTEST_GUILESS_MAIN(MemoryAccessRecordsTest)
#include "memory_access_records_test.moc"
