// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "image_server.h"
#include "layerhold/registry/tag_resolver.h"
#include "tag_resolver_fixture.h"

using namespace layerhold;
using namespace layerhold::test;
using namespace layerhold::registry;
using namespace std::chrono_literals;

class TagResolverTest : public QObject
{
    Q_OBJECT

private slots:

    void refusesWhatMakesNoSense()
    {
        ResolverScene scene;
        const auto made = [&](TagResolverOptions options) {
            return failureOf([&] { TagResolver resolver(*scene.cache, scene.context, options); });
        };
        TagResolverOptions none;
        none.mostAtOnce = 0;
        TagResolverOptions negative;
        negative.longestStale = -1s;
        for (const auto& failure : {made(none), made(negative)})
            QVERIFY(failure && failure->code() == ErrorCode::InvalidArgument);
        auto request = scene.request("app:1");
        request.sources.front().endpoint.capabilities = Capabilities::none();
        request.sources.front().endpoint.capabilities.add(Capability::Pull);
        const auto failure = failureOf([&] { scene.resolver().resolve(request, {}); });
        QVERIFY(failure && failure->code() == ErrorCode::InvalidArgument);
        QVERIFY(contains(failure->what(), "cannot resolve " + scene.nameOf("app:1")));
        QCOMPARE(scene.heads(), std::size_t(0));
    }

    void coldIsOneHeadAndWarmIsNone()
    {
        ResolverScene scene;
        const auto image = scene.putImage("app", "1", "a");
        const Resolution cold = scene.resolve("app:1");
        QVERIFY(cold.digest == image.digest && cold.by == ResolvedBy::Registry && !cold.movedFrom);
        QVERIFY(cold.checkedAt == scene.rig.clock.now());
        const auto requests = scene.images.server().requests();
        QCOMPARE(requests.size(), std::size_t(1));
        QCOMPARE(requests.front().method, std::string("HEAD"));
        for (const char* type :
             {"application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
              "application/vnd.docker.distribution.manifest.list.v2+json",
              "application/vnd.docker.distribution.manifest.v2+json"})
            QVERIFY(contains(requests.front().header("accept"), type));
        scene.store(image);
        scene.rig.clock.advance(5min); // the end of the TTL is a part of it
        const Resolution warm = scene.resolve("app:1");
        QVERIFY(warm.digest == image.digest && warm.by == ResolvedBy::Cache && warm.checkedAt == cold.checkedAt);
        QCOMPARE(scene.images.server().requests().size(), std::size_t(1));
        scene.rig.clock.advance(1ns);
        QVERIFY(scene.resolve("app:1").by == ResolvedBy::Registry);
        QCOMPARE(scene.heads(), std::size_t(2));
        QVERIFY(scene.resolve("app:1").by == ResolvedBy::Cache);
        QCOMPARE(scene.heads(), std::size_t(2));
        QCOMPARE(scene.resolutions(), std::uint64_t(4)); // wherever they come from
        scene.cache->flush();
        QCOMPARE(scene.cache->tags().find(scene.nameOf("app:1"))->accessCount, std::uint64_t(3)); // all but the first
    }

    void aDigestIsItsOwnAnswer()
    {
        ResolverScene scene;
        const Digest digest = Hasher::of(bytesOf("x"));
        const Resolution answer = scene.resolve("app:1@" + digest.toString());
        QVERIFY(answer.digest == digest && answer.by == ResolvedBy::Reference);
        QVERIFY(!scene.resolver().hasMoved(scene.request("app@" + digest.toString()), digest, {}));
        QCOMPARE(scene.images.server().requests().size(), std::size_t(0));
        QCOMPARE(scene.resolutions(), std::uint64_t(0));
    }

    void aManifestThatIsNotStoredIsAskedForAgain()
    {
        ResolverScene scene;
        scene.putImage("app", "1", "a");
        for (std::size_t i = 1; i <= 2; ++i) {
            QVERIFY(scene.resolve("app:1").by == ResolvedBy::Registry);
            QCOMPARE(scene.heads(), i);
        }
    }

    void aSuccessIsAProofFromBeforeTheRequest()
    {
        ResolverScene scene;
        const auto image = scene.putImage("private", "1", "a");
        scene.images.guard("private", Alice);
        const TimePoint asked = scene.rig.clock.now();
        scene.images.interceptManifests([&](const HttpRecord&) {
            scene.rig.clock.advance(3s);
            return 0;
        });
        scene.resolve("private:1", alice());
        const auto proofs = scene.cache->access().proofs(image.digest, 10);
        QCOMPARE(proofs.size(), std::size_t(1));
        QVERIFY(proofs.front().identity == scene.identityOf(alice()) && proofs.front().checkedAt == asked);
        QVERIFY(proofs.front().method == ProofMethod::Manifest);
        QCOMPARE(proofs.front().repository, scene.images.server().authority() + "/private");
    }

    void movementIsInTheHistory()
    {
        ResolverScene scene;
        const auto first = scene.putImage("app", "1", "a");
        scene.resolve("app:1");
        const auto second = scene.putImage("app", "1", "b");
        scene.rig.clock.advance(6min);
        const Resolution answer = scene.resolve("app:1");
        QVERIFY(answer.digest == second.digest && answer.movedFrom == first.digest);
        const auto history = scene.cache->tags().history(scene.nameOf("app:1"));
        QCOMPARE(history.size(), std::size_t(2));
        QVERIFY(history.front().from == first.digest && history.front().to == second.digest);
        QVERIFY(history.front().cause == TagCause::Resolve);
        QCOMPARE(history.front().by, std::string("tester"));
        QVERIFY(!scene.cache->tags().find(scene.nameOf("app:1"))->isClaim);
        scene.rig.clock.advance(6min);
        QVERIFY(!scene.resolve("app:1").movedFrom);
        QCOMPARE(scene.cache->tags().history(scene.nameOf("app:1")).size(), std::size_t(2));
    }

    void whatOneMayKnowIsNotForAnother()
    {
        ResolverScene scene;
        const auto image = scene.putImage("private", "1", "a");
        scene.images.guard("private", Alice);
        scene.resolve("private:1", alice());
        scene.store(image);
        const std::size_t heads = scene.heads();
        QVERIFY(scene.resolve("private:1", alice()).by == ResolvedBy::Cache);
        QCOMPARE(scene.heads(), heads);
        for (const Credential& credential : {Credential(), passwordOf("mallory", "guess")}) {
            const std::size_t before = scene.heads();
            QVERIFY(scene.codeOf("private:1", credential) == ErrorCode::Denied);
            QVERIFY(scene.heads() > before); // asked, not told
        }
        const std::size_t after = scene.heads();
        QVERIFY(scene.resolve("private:1", alice()).by == ResolvedBy::Cache); // others' refusals are not hers
        QCOMPARE(scene.heads(), after);
    }

    void whatIsPublicElsewhereTellsNothingOfAPrivateTag()
    {
        ResolverScene scene;
        const auto image = scene.putImage("private", "1", "a");
        scene.putImage("public", "1", "a");
        scene.images.guard("private", Alice);
        scene.resolve("private:1", alice());
        QVERIFY(scene.resolve("public:1").digest == image.digest);
        scene.store(image);
        QVERIFY(scene.resolve("public:1").by == ResolvedBy::Cache);
        QVERIFY(scene.codeOf("private:1", {}) == ErrorCode::Denied);
        // Nor when nobody can be asked.
        scene.resolve("public:1");
        scene.fail(503);
        QVERIFY(scene.codeOf("private:1", passwordOf("mallory", "guess")) == ErrorCode::Unavailable);
        scene.rig.clock.advance(6min);
        QVERIFY(scene.resolve("private:1", alice()).by == ResolvedBy::Stale);
    }

    void whatEverybodyMayKnowIsForWhoeverAsks()
    {
        ResolverScene scene;
        scene.store(scene.putImage("public", "1", "a"));
        scene.resolve("public:1");
        QVERIFY(scene.resolve("public:1", alice()).by == ResolvedBy::Cache);
        QCOMPARE(scene.heads(), std::size_t(1));
    }

    void theLastWordCountsWhenNobodyCanBeAsked_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code"); // -1: it counts
        QTest::newRow("429") << 429 << -1;
        QTest::newRow("500") << 500 << -1;
        QTest::newRow("502") << 502 << -1;
        QTest::newRow("503") << 503 << -1;
        QTest::newRow("504") << 504 << -1;
        QTest::newRow("out of time") << -1 << -1;
        QTest::newRow("401") << 401 << static_cast<int>(ErrorCode::Denied);
        QTest::newRow("403") << 403 << static_cast<int>(ErrorCode::Denied);
        QTest::newRow("404") << 404 << static_cast<int>(ErrorCode::NotFound);
        QTest::newRow("no answer to this") << 418 << static_cast<int>(ErrorCode::FailedPrecondition);
    }

    void theLastWordCountsWhenNobodyCanBeAsked()
    {
        QFETCH(int, status);
        QFETCH(int, code);
        ResolverScene scene;
        const auto image = scene.putImage("app", "1", "a");
        const Resolution before = scene.resolve("app:1");
        scene.rig.clock.advance(10min);
        scene.fail(status);
        if (code < 0) {
            const Resolution answer = scene.resolve("app:1");
            QVERIFY(answer.digest == image.digest && answer.by == ResolvedBy::Stale);
            QVERIFY(answer.checkedAt == before.checkedAt);
            QCOMPARE(scene.resolutions(), std::uint64_t(2));
            return;
        }
        QVERIFY(scene.codeOf("app:1", {}) == static_cast<ErrorCode>(code));
        QVERIFY(scene.cache->tags().find(scene.nameOf("app:1"))); // the tag and its history stay
        scene.fail(503);
        const bool isRefused = status == 401 || status == 403 || status == 404;
        QCOMPARE(scene.cache->access().proofs(image.digest, 10).empty(), isRefused);
        if (isRefused)
            QVERIFY(scene.codeOf("app:1", {}) == ErrorCode::Unavailable); // and from now on it does not count
        else
            QVERIFY(scene.resolve("app:1").by == ResolvedBy::Stale);
    }

    void theLastWordCountsWithoutAConnection()
    {
        ResolverScene scene;
        scene.putImage("app", "1", "a");
        scene.resolve("app:1");
        scene.rig.clock.advance(10min);
        auto request = scene.request("app:1");
        {
            ImageServer gone;
            request.sources.front().endpoint = endpointAt(gone.server().origin());
        }
        QVERIFY(scene.resolver().resolve(request, {}).by == ResolvedBy::Stale);
    }

    void theLastWordHasItsTime_data()
    {
        QTest::addColumn<int>("grace");  // minutes
        QTest::addColumn<int>("stale");  // minutes
        QTest::addColumn<int>("passed"); // minutes
        QTest::addColumn<bool>("counts");
        QTest::newRow("proven") << 0 << 600 << 14 << true;
        QTest::newRow("the proof has expired") << 0 << 600 << 15 << false;
        QTest::newRow("in the grace") << 60 << 600 << 74 << true;
        QTest::newRow("after the grace") << 60 << 600 << 75 << false;
        QTest::newRow("young enough") << 60 << 30 << 30 << true;
        QTest::newRow("too old") << 60 << 30 << 31 << false;
        QTest::newRow("not wanted") << 60 << 0 << 6 << false;
    }

    void theLastWordHasItsTime()
    {
        QFETCH(int, grace);
        QFETCH(int, stale);
        QFETCH(int, passed);
        QFETCH(bool, counts);
        ResolverScene scene([&](ResolverScene::Options& options) {
            options.access.offlineGrace = std::chrono::minutes(grace);
            options.resolver.longestStale = std::chrono::minutes(stale);
        });
        scene.putImage("app", "1", "a");
        scene.resolve("app:1");
        scene.rig.clock.advance(std::chrono::minutes(passed));
        scene.fail(503);
        if (counts)
            QVERIFY(scene.resolve("app:1").by == ResolvedBy::Stale);
        else
            QVERIFY(scene.codeOf("app:1", {}) == ErrorCode::Unavailable);
    }

    void whoIsRevokedAndThenOfflineGetsNothing()
    {
        ResolverScene scene([](ResolverScene::Options& options) { options.access.offlineGrace = 24h; });
        scene.store(scene.putImage("private", "1", "a"));
        scene.images.guard("private", Alice);
        scene.resolve("private:1", alice());
        scene.images.guard("private", "Basic nobody");
        scene.rig.clock.advance(6min);
        QVERIFY(scene.codeOf("private:1", alice()) == ErrorCode::Denied);
        scene.fail(503);
        QVERIFY(scene.codeOf("private:1", alice()) == ErrorCode::Unavailable);
    }

    void theNextSourceIsAskedForWhatOneLacks_data()
    {
        QTest::addColumn<int>("mirror");
        QTest::addColumn<int>("registry");
        QTest::addColumn<int>("code"); // -1: the registry's answer, -2: the last word
        QTest::newRow("not in the mirror") << 404 << 0 << -1;
        QTest::newRow("the mirror has trouble") << 503 << 0 << -1;
        QTest::newRow("the mirror refuses") << 401 << 0 << -1;
        QTest::newRow("not in the mirror, and the registry is away") << 404 << 503 << -2;
        QTest::newRow("both are away") << 503 << 503 << -2;
        QTest::newRow("the mirror refuses, and the registry is away")
            << 403 << 503 << static_cast<int>(ErrorCode::Denied);
        QTest::newRow("the mirror is away, and the registry refuses")
            << 503 << 404 << static_cast<int>(ErrorCode::NotFound);
        QTest::newRow("the mirror refuses, and the registry does not have it")
            << 401 << 404 << static_cast<int>(ErrorCode::NotFound);
    }

    void theNextSourceIsAskedForWhatOneLacks()
    {
        QFETCH(int, mirror);
        QFETCH(int, registry);
        QFETCH(int, code);
        ResolverScene scene;
        ImageServer other;
        other.interceptManifests([&](const HttpRecord&) { return mirror; });
        const auto image = scene.putImage("app", "1", "a");
        auto request = scene.request("app:1");
        scene.resolver().resolve(request, {});
        scene.rig.clock.advance(6min);
        auto atMirror = endpointAt(other.server().origin());
        atMirror.isMirror = true;
        request.sources.insert(request.sources.begin(), {atMirror, {}});
        scene.fail(registry);
        if (code >= 0) {
            const auto failure = failureOf([&] { scene.resolver().resolve(request, {}); });
            QVERIFY(failure && failure->code() == static_cast<ErrorCode>(code));
        } else {
            const Resolution answer = scene.resolver().resolve(request, {});
            QVERIFY(answer.digest == image.digest);
            QVERIFY(answer.by == (code == -1 ? ResolvedBy::Registry : ResolvedBy::Stale));
        }
        QVERIFY(other.server().count("HEAD", "/v2/app/manifests/1") > 0);
        const std::size_t asked = other.server().requests().size();
        request.sources.front().endpoint.capabilities = Capabilities::none();
        failureOf([&] { scene.resolver().refresh(request, {}); });
        QCOMPARE(other.server().requests().size(), asked);
    }

    void whatCannotBeKeptOnlyWarns()
    {
        ResolverScene scene;
        const auto image = scene.putImage("app", "1", "a");
        auto request = scene.request("app:1");
        request.by = std::string(300, 'b'); // which tags do not take
        QVERIFY(scene.resolver().resolve(request, {}).digest == image.digest);
        QVERIFY(!scene.cache->tags().find(scene.nameOf("app:1")));
        QCOMPARE(scene.log.warnings.load(), 1);
    }

    void refreshAsksWhateverIsKept()
    {
        ResolverScene scene;
        const auto image = scene.putImage("app", "1", "a");
        scene.store(image);
        for (std::size_t i = 1; i <= 2; ++i) {
            QVERIFY(scene.resolver().refresh(scene.request("app:1"), {}).by == ResolvedBy::Registry);
            QCOMPARE(scene.heads(), i);
        }
        scene.fail(503);
        const auto failure = failureOf([&] { scene.resolver().refresh(scene.request("app:1"), {}); });
        QVERIFY(failure && failure->code() == ErrorCode::Unavailable);
    }

    void tellsWhetherATagHasMoved()
    {
        ResolverScene scene;
        const auto first = scene.putImage("app", "1", "a");
        const auto request = scene.request("app:1");
        scene.store(first);
        scene.resolve("app:1");
        QVERIFY(!scene.resolver().hasMoved(request, first.digest, {}));
        QCOMPARE(scene.heads(), std::size_t(2)); // though it is fresh
        const auto second = scene.putImage("app", "1", "b");
        const auto before = scene.cache->tags().find(scene.nameOf("app:1"));
        scene.fail(503);
        const auto failure = failureOf([&] { scene.resolver().hasMoved(request, first.digest, {}); });
        QVERIFY(failure && failure->code() == ErrorCode::Unavailable);
        const auto after = scene.cache->tags().find(scene.nameOf("app:1"));
        QVERIFY(after->digest == first.digest && after->updatedAt == before->updatedAt);
        scene.fail(0);
        QVERIFY(scene.resolver().hasMoved(request, first.digest, {}));
        QVERIFY(scene.cache->tags().find(scene.nameOf("app:1"))->digest == second.digest);
        QCOMPARE(scene.cache->tags().history(scene.nameOf("app:1")).size(), std::size_t(2));
        QVERIFY(!scene.resolver().hasMoved(request, second.digest, {}));
    }

    void tellsWhetherANameExists()
    {
        ResolverScene scene;
        const auto image = scene.putImage("app", "1", "a");
        const auto exists = [&](const std::string& name) { return scene.resolver().validate(scene.request(name), {}); };
        QVERIFY(exists("app:1"));
        QCOMPARE(scene.heads(), std::size_t(1));
        scene.store(image);
        QVERIFY(exists("app:1") && exists("app@" + image.digest.toString()));
        QCOMPARE(scene.heads(), std::size_t(1)); // both are known
        QVERIFY(!exists("app:2"));
        QVERIFY(!exists("app@" + Hasher::of(bytesOf("x")).toString()));
        scene.fail(503);
        const auto failure = failureOf([&] { exists("app:1"); });
        QVERIFY(failure && failure->code() == ErrorCode::Unavailable); // the 404s voided what was proven
        QCOMPARE(scene.resolutions(), std::uint64_t(0));
    }

    void whatIsInvalidatedIsAskedForAgain()
    {
        ResolverScene scene;
        scene.store(scene.putImage("app", "1", "a"));
        const auto name = ImageReference::require(scene.nameOf("app:1"));
        QVERIFY(!scene.resolver().invalidate(name));
        scene.resolve("app:1");
        QVERIFY(scene.resolve("app:1").by == ResolvedBy::Cache);
        QVERIFY(scene.resolver().invalidate(name) && scene.resolver().invalidate(name));
        scene.fail(503);
        QVERIFY(scene.codeOf("app:1", {}) == ErrorCode::Unavailable); // it is no last word either
        scene.fail(0);
        QVERIFY(scene.resolve("app:1").by == ResolvedBy::Registry);
        QVERIFY(scene.resolve("app:1").by == ResolvedBy::Cache);
        QCOMPARE(scene.cache->tags().history(scene.nameOf("app:1")).size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TagResolverTest)
#include "tag_resolver_test.moc"
