// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "index/descriptors.h"
#include "index/index.h"
#include "index/proofs.h"
#include "index/repositories.h"

#include "support/expect_error.h"
#include "support/files.h"
#include "support/temp_root.h"

using namespace layerhold;
using namespace layerhold::test;
using namespace std::chrono_literals;

namespace {

Digest digestNamed(std::string_view name)
{
    return Hasher::of(bytesOf(name));
}

const Digest digest = digestNamed("blob");
const std::string repository = "docker.io/library/nginx";
const TimePoint now = fromNanoseconds(1'700'000'000'000'000'000);

bool takeAny(const Proof&)
{
    return true;
}

bool covers(Connection& index, const Identity& identity, const Digest& of)
{
    return proofs::covers(index, identity, of, {now, now}, takeAny);
}

/// An index on a writer alone.
class RowsFixture
{
public:
    RowsFixture()
        : index(root.path() / "index.db", {})
    {
        Index::migrate(index, Clock::system());
        id = repositories::require(index, repository);
        repository_blobs::put(index, {id, digest, "a/b", now});
        Descriptor descriptor{digest};
        descriptor.size = 7;
        descriptor.mediaType = "a/b";
        descriptors::put(index, digest, descriptor, now);
        proofs::put(index, proof(digest, now + 1h));
        grants::put(index, "e", identity, now, 8);
    }

    ProofRow proof(const Digest& of, TimePoint expiresAt) const
    {
        ProofRow row{of};
        row.identity = identity;
        row.repository = id;
        row.checkedAt = now;
        row.expiresAt = expiresAt;
        return row;
    }

    TempRoot root;
    Connection index;
    std::int64_t id = 0;
    Identity identity = *Identity::fromBytes(bytesOf("0123456789abcdef0123456789abcdef"));
};

} // namespace

class AccessRowsTest : public QObject
{
    Q_OBJECT

private slots:

    void everyFlippedColumnIsNoticed_data()
    {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("change");
        const auto add = [](const char* table, std::initializer_list<const char*> changes) {
            for (const char* change : changes)
                QTest::addRow("%s: %s", table, change) << table << change;
        };
        add("repositories", {"id = 99", "name = 'docker.io/library/nginy'", "checksum = checksum + 1"});
        add("repository_blobs", {"media_type = 'a/c'", "added_at = 1", "checksum = checksum + 1"});
        add("descriptors", {"size = 8", "media_type = 'a/c'", "updated_at = 1", "checksum = checksum + 1",
                            "canonical = x'01' || randomblob(32)"});
        add("proofs", {"method = 1", "checked_at = 1", "expires_at = expires_at + 1", "checksum = checksum + 1"});
        add("grants", {"since = 1", "identity = randomblob(32)", "checksum = checksum + 1"});
    }

    void everyFlippedColumnIsNoticed()
    {
        QFETCH(QString, table);
        QFETCH(QString, change);
        RowsFixture fixture;
        Connection& index = fixture.index;
        index.database().execute(("UPDATE " + table + " SET " + change).toStdString());
        if (change.startsWith("id") || change.startsWith("name"))
            index.database().execute("UPDATE repository_blobs SET repository = (SELECT id FROM repositories)");
        const auto isCorrupted = [](const auto& call) { return errorOf(call) == ErrorCode::Corrupted; };
        if (table == "repositories")
            QVERIFY(isCorrupted([&] { repository_blobs::repositoriesOf(index, digest, 9); }));
        else if (table == "repository_blobs")
            QVERIFY(isCorrupted([&] { repository_blobs::find(index, fixture.id, digest); }));
        else if (table == "descriptors")
            QVERIFY(isCorrupted([&] { descriptors::find(index, digest); }));
        else if (table == "proofs")
            QVERIFY(isCorrupted([&] { covers(index, fixture.identity, digest); }));
        else
            QVERIFY(isCorrupted([&] { coversEngine(index, "e", digest, now, takeAny); }));
    }

    void whatIsTooOldOrTooMuchIsPruned()
    {
        RowsFixture fixture;
        Connection& index = fixture.index;
        for (int i = 0; i < 10; ++i)
            proofs::put(index, fixture.proof(digestNamed(std::to_string(i)), now + std::chrono::minutes(i)));
        const auto left = [&] {
            int count = 0;
            for (int i = 0; i < 10; ++i)
                count += proofs::of(index, digestNamed(std::to_string(i)), 9).empty() ? 0 : 1;
            return count;
        };
        proofs::prune(index, now + 3min, 100, 2);
        QCOMPARE(left(), 8); // no more than two at a time
        proofs::prune(index, now + 3min, 100, 100);
        QCOMPARE(left(), 6);
        proofs::prune(index, now + 3min, 4, 100);
        QCOMPARE(left(), 3); // and the one of the fixture, which ends last
        QVERIFY(covers(index, fixture.identity, digest));
        QVERIFY(covers(index, fixture.identity, digestNamed("9")));
    }

    void membershipsAndDescriptorsAreBounded()
    {
        RowsFixture fixture;
        Connection& index = fixture.index;
        Descriptor descriptor{digest};
        for (int i = 1; i < 5; ++i) {
            const Digest one = digestNamed(std::to_string(i));
            repository_blobs::put(index, {fixture.id, one, {}, now + std::chrono::minutes(i)});
            descriptor.digest = one;
            descriptors::put(index, one, descriptor, now + std::chrono::minutes(i));
        }
        repository_blobs::prune(index, 2, 100);
        descriptors::prune(index, 2, 100);
        QVERIFY(!repository_blobs::find(index, fixture.id, digest));
        QVERIFY(!descriptors::find(index, digest));
        QCOMPARE(repository_blobs::ofRepository(index, fixture.id).size(), std::size_t(2));
        QVERIFY(repository_blobs::find(index, fixture.id, digestNamed("4")));
        QVERIFY(descriptors::find(index, digestNamed("3")));
        QVERIFY(!descriptors::find(index, digestNamed("2")));
    }

    void aRepositoryOfNothingGoesAndItsNumberIsNotGivenAgain()
    {
        RowsFixture fixture;
        Connection& index = fixture.index;
        repositories::eraseUnused(index);
        QVERIFY(repositories::find(index, repository));
        repository_blobs::eraseRepository(index, fixture.id);
        repositories::eraseUnused(index);
        QVERIFY(repositories::find(index, repository)); // a proof names it
        proofs::eraseRepository(index, fixture.id);
        repositories::eraseUnused(index);
        QVERIFY(!repositories::find(index, repository));
        QVERIFY(repositories::require(index, "docker.io/library/other") != fixture.id);
    }
};

QTEST_GUILESS_MAIN(AccessRowsTest)
#include "access_rows_test.moc"
