// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache_fixture.h"
#include "manual_clock.h"

using namespace layerhold;
using namespace layerhold::test;
using namespace std::chrono_literals;

namespace {

const std::string privateRepository = "registry.example/team/app";
const std::string publicRepository = "docker.io/library/nginx";

/// A cache with blobs that engine `supplier` brought in and released.
class EnginesFixture
{
public:
    EnginesFixture()
        : cache(&clock)
        , supplier(cache.engine("supplier"))
        , access(cache.cache->access())
        , alice(access.identityOf("registry.example", "password", "alice", "secret"))
        , bob(access.identityOf("registry.example", "password", "bob", "secret"))
    {}

    Digest store(const std::string& bytes)
    {
        const Digest digest = put(*supplier, bytes);
        supplier->release(digest);
        return digest;
    }

    void prove(const Identity& identity, const std::string& repository, const Digest& digest)
    {
        access.record(identity, repository, digest, ProofMethod::Blob, clock.now());
    }

    ManualClock clock;
    CacheFixture cache;
    std::shared_ptr<ContentStore> supplier;
    CacheAccess& access;
    Identity alice;
    Identity bob;
};

} // namespace

/// What engines get by proofs.
class AccessEnginesTest : public QObject
{
    Q_OBJECT

private slots:

    void whoGetsWhat_data()
    {
        QTest::addColumn<QString>("sharing");
        QTest::addColumn<QString>("blob");
        QTest::addColumn<bool>("isGranted"); // alice, to the engine
        QTest::addColumn<bool>("isGiven");
        for (const char* granted : {"", ", granted"}) {
            const bool isGranted = *granted != '\0';
            const auto row = [&](const char* sharing, const char* blob, bool isGiven) {
                QTest::addRow("%s: %s%s", sharing, blob, granted) << sharing << blob << isGranted << isGiven;
            };
            row("verified", "public", true);
            row("verified", "shared by a private and a public image", true);
            row("verified", "private", isGranted);
            row("verified", "bob's", false);
            row("verified", "named by a public manifest only", false);
            row("verified", "revoked", false);
            row("verified", "expired", false);
            row("verified", "of unknown origin", false);
            row("isolated", "public", false);
            row("isolated", "private", false);
            row("open", "of unknown origin", true);
            row("open", "revoked", true);
        }
    }

    void whoGetsWhat()
    {
        QFETCH(QString, sharing);
        QFETCH(QString, blob);
        QFETCH(bool, isGranted);
        QFETCH(bool, isGiven);
        EnginesFixture fixture;
        const Identity nobody = Identity::anonymous();
        const Digest digest = fixture.store(blob.toStdString());
        const auto store = fixture.cache.engine("e", *parseSharing(sharing.toStdString()));
        if (isGranted)
            fixture.access.grant("e", fixture.alice);
        if (blob == "public") {
            fixture.prove(nobody, publicRepository, digest);
        } else if (blob == "shared by a private and a public image") {
            fixture.prove(fixture.alice, privateRepository, digest);
            fixture.prove(nobody, publicRepository, digest);
        } else if (blob == "private") {
            fixture.prove(fixture.alice, privateRepository, digest);
        } else if (blob == "bob's") {
            fixture.prove(fixture.bob, privateRepository, digest);
        } else if (blob == "named by a public manifest only") {
            const Digest bait =
                fixture.store(R"({"schemaVersion":2,"config":{"digest":")" + digest.toString() + R"("},"layers":[]})");
            fixture.prove(nobody, "docker.io/mallory/bait", bait);
            fixture.access.addMember("docker.io/mallory/bait", digest);
        } else if (blob == "revoked") {
            fixture.prove(nobody, publicRepository, digest);
            fixture.prove(fixture.alice, privateRepository, digest);
            fixture.access.revoke(nobody, publicRepository);
            fixture.access.revoke(fixture.alice, privateRepository);
        } else if (blob == "expired") {
            fixture.prove(nobody, publicRepository, digest);
            fixture.prove(fixture.alice, privateRepository, digest);
            fixture.clock.advance(15min);
        }
        QVERIFY(!store->tryInfo(digest)); // nothing is claimed yet
        QCOMPARE(store->info(digest).has_value(), isGiven);
        QCOMPARE(errorOf([&] { store->open(digest); }),
                 isGiven ? std::optional<ErrorCode>() : std::optional(ErrorCode::NotFound));
        QCOMPARE(listed(*store), isGiven ? std::vector{digest} : std::vector<Digest>());
        QCOMPARE(fixture.cache.counter("blobs_not_downloaded"), std::uint64_t(isGiven ? 1 : 0));
    }

    /// "Not yours" looks like "not there".
    void hiddenAndAbsentAreAnsweredAlike()
    {
        EnginesFixture fixture;
        const Digest hidden = fixture.store("private");
        fixture.prove(fixture.alice, privateRepository, hidden);
        const auto store = fixture.cache.engine("e", Sharing::Verified);
        const auto messageOf = [&](const Digest& digest) {
            try {
                store->open(digest);
            } catch (const Error& error) {
                std::string message = error.what();
                return message.replace(message.find(digest.toString()), digest.toString().size(), "DIGEST");
            }
            return std::string("opened");
        };
        QCOMPARE(messageOf(hidden), messageOf(digestOf("absent")));
    }

    /// Which of the two it was is found out later, for people.
    void whyItWasNotFoundIsToldAllTheSame()
    {
        EnginesFixture fixture;
        const auto store = fixture.cache.engine("e", Sharing::Verified);
        const Digest hidden = fixture.store("private");
        QVERIFY(!store->info(hidden) && !store->info(digestOf("later")));
        fixture.cache.cache->flush();
        fixture.store("later");
        Health& health = fixture.cache.cache->health();
        QVERIFY(health.explain(hidden).reason == MissExplanation::Reason::Hidden);
        QVERIFY(health.explain(digestOf("later")).reason == MissExplanation::Reason::NeverSeen);
    }

    void whatAnEngineGotItKeeps()
    {
        EnginesFixture fixture;
        const Digest digest = fixture.store("public");
        fixture.prove(Identity::anonymous(), publicRepository, digest);
        const auto store = fixture.cache.engine("e", Sharing::Verified);
        QVERIFY(store->info(digest));
        fixture.access.revoke(Identity::anonymous(), publicRepository);
        fixture.clock.advance(1h);
        QVERIFY(store->info(digest)); // its images need it
        QCOMPARE(readAll(store->open(digest)), std::string("public"));
        store->release(digest);
        QVERIFY(!store->info(digest)); // it did not supply it
    }

    void aPresentBlobIsUploadedWhereNothingIsProven()
    {
        EnginesFixture fixture;
        const Digest digest = fixture.store("private");
        const auto store = fixture.cache.engine("e", Sharing::Verified);
        IngestOptions options;
        options.expected = digest;
        const auto ingest = store->ingest("layer", options); // no "already exists": that would tell
        QCOMPARE(ingest->status().offset, std::uint64_t(0));
        append(*ingest, "private");
        ingest->commitAndWait({7, digest, {}});
        QVERIFY(store->info(digest));
    }

    void aGrantEndsWhenItIsWithdrawnAndWithItsEngine()
    {
        EnginesFixture fixture;
        const Digest digest = fixture.store("private");
        fixture.prove(fixture.alice, privateRepository, digest);
        QVERIFY(errorOf([&] { fixture.access.grant("unknown", fixture.alice); }) == ErrorCode::NotFound);
        auto store = fixture.cache.engine("e", Sharing::Verified);
        fixture.access.grant("e", fixture.alice);
        fixture.access.grant("e", fixture.alice);
        QCOMPARE(fixture.access.granted("e"), std::vector{fixture.alice});
        QVERIFY(fixture.access.granted("supplier").empty());
        QVERIFY(fixture.access.withdraw("e", fixture.alice));
        QVERIFY(!fixture.access.withdraw("e", fixture.alice));
        QVERIFY(!store->info(digest));
        fixture.access.grant("e", fixture.alice);
        store.reset();
        fixture.cache.cache->removeEngine("e");
        QVERIFY(fixture.access.granted("e").empty());
        QVERIFY(!fixture.cache.engine("e", Sharing::Verified)->info(digest)); // another engine of that name
    }

    void grantsAreBounded()
    {
        EnginesFixture fixture;
        fixture.cache.engine("e", Sharing::Verified);
        for (int i = 0; i < 258; ++i) {
            fixture.clock.advance(1s);
            fixture.access.grant("e", fixture.access.identityOf("h", "password", "u", std::to_string(i)));
        }
        const auto granted = fixture.access.granted("e");
        QCOMPARE(granted.size(), std::size_t(256));
        const Identity first = fixture.access.identityOf("h", "password", "u", "0");
        QVERIFY(std::find(granted.begin(), granted.end(), first) == granted.end());
    }
};

QTEST_GUILESS_MAIN(AccessEnginesTest)
#include "access_engines_test.moc"
