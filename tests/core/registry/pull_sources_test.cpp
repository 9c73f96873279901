// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "pull_scene.h"

using namespace layerhold;
using namespace layerhold::test;
using namespace layerhold::registry;
using namespace std::chrono_literals;

namespace {

QString outcomeOf(const std::function<PullReport()>& pull)
{
    try {
        return pull().isStale ? "stale" : "fresh";
    } catch (const Error& error) {
        return QString::fromUtf8(toString(error.code()).data());
    }
}

Capabilities only(Capability capability)
{
    Capabilities result = Capabilities::none();
    result.add(capability);
    return result;
}

} // namespace

/// Mirrors and registries that are away: who is asked, and what that proves.
class PullSourcesTest : public QObject
{
    Q_OBJECT

private slots:

    void whileTheRegistryIsAway_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("grace"); // hours
        QTest::addColumn<int>("age");   // hours
        QTest::addColumn<bool>("byTag");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("trouble") << 503 << 2 << 1 << true << "stale";
        QTest::newRow("limit of requests") << 429 << 2 << 1 << true << "stale";
        QTest::newRow("by digest") << 503 << 2 << 1 << false << "fresh";
        QTest::newRow("unauthorized") << 401 << 2 << 1 << true << "denied";
        QTest::newRow("forbidden") << 403 << 2 << 1 << true << "denied";
        QTest::newRow("forbidden, by digest") << 403 << 2 << 1 << false << "denied";
        QTest::newRow("gone") << 404 << 2 << 1 << true << "not_found";
        QTest::newRow("gone, by digest") << 404 << 2 << 1 << false << "not_found";
        QTest::newRow("no grace") << 503 << 0 << 1 << true << "unavailable";
        QTest::newRow("after the grace") << 503 << 2 << 3 << true << "unavailable";
        QTest::newRow("after the grace, by digest") << 503 << 2 << 3 << false << "unavailable";
        QTest::newRow("the tag is nearly too old") << 503 << 24 * 30 << 24 * 7 << true << "stale";
        QTest::newRow("the tag is too old") << 503 << 24 * 30 << 24 * 7 + 1 << true << "unavailable";
        QTest::newRow("the digest is never too old") << 503 << 24 * 30 << 24 * 7 + 1 << false << "fresh";
    }

    void whileTheRegistryIsAway()
    {
        QFETCH(int, status);
        QFETCH(int, grace);
        QFETCH(int, age);
        QFETCH(bool, byTag);
        QFETCH(QString, outcome);
        PullScene scene{std::chrono::hours(grace)};
        const auto image = scene.images.putImage("app", "1", {layerOf('a')});
        scene.pull("app:1", alicesPassword());
        scene.rig.clock.advance(std::chrono::hours(age));
        scene.images.failWith(status);
        const std::string name = byTag ? "app:1" : "app@" + image.digest.toString();
        const auto pull = [&] { return scene.pull(name, alicesPassword()); };
        QCOMPARE(outcomeOf(pull), outcome);
        // Whom no proof covers learns nothing, not even where the tag points at.
        const auto failure = failureOf([&] { scene.pull("app:1", passwordOf("mallory", "guess")); });
        QVERIFY(failure && !contains(failure->what(), image.digest.toString()));
        scene.images.failWith(503); // after a refusal, "away" brings nothing back
        QCOMPARE(outcomeOf(pull), outcome == "denied" || outcome == "not_found" ? QString("unavailable") : outcome);
    }

    void aStaleTagGrowsNoYounger()
    {
        PullScene scene(24h * 30);
        scene.images.putImage("app", "1", {layerOf('a')});
        scene.pull("app:1");
        const auto before = scene.cache.cache->tags().find(scene.repository("app:1"));
        scene.images.failWith(503);
        scene.rig.clock.advance(24h * 6);
        QVERIFY(scene.pull("app:1").isStale);
        const auto after = scene.cache.cache->tags().find(scene.repository("app:1"));
        QVERIFY(after->updatedAt == before->updatedAt && after->isClaim);
        scene.rig.clock.advance(24h * 2);
        QCOMPARE(outcomeOf([&] { return scene.pull("app:1"); }), QString("unavailable"));
    }

    void aTagThatNoRegistryNamedIsNone()
    {
        PullScene scene;
        const auto image = scene.images.putImage("app", "1", {layerOf('a')});
        scene.pull("app:1");
        scene.cache.cache->tags().put(scene.repository("app:mine"), image.digest, TagCause::Manual, "bob");
        scene.images.failWith(503);
        QCOMPARE(outcomeOf([&] { return scene.pull("app:mine"); }), QString("unavailable"));
    }

    void theRegistryIsNotAskedForEachBlobWhileItIsAway()
    {
        PullScene scene;
        scene.images.putImage("app", "1", {layerOf('a'), layerOf('b'), layerOf('c'), layerOf('d')});
        scene.pull("app:1");
        scene.rig.clock.advance(30min);
        scene.images.failWith(503);
        const auto requests = scene.images.server().requests().size();
        QVERIFY(scene.pull("app:1").isStale);
        QCOMPARE(scene.images.server().requests().size(), requests + 3); // the tag, tried three times
    }

    void whatAMirrorGivesIsNotPublic()
    {
        PullScene scene;
        ImageServer mirror;
        const std::string layer = layerOf('s');
        scene.images.putImage("app", "1", {layer});
        scene.images.guard("app", alicesHeader);
        const auto image = mirror.putImage("app", "1", {layer});
        const auto report = scene.pullThrough(mirror, "app:1");
        QVERIFY(scene.isStored(layer));
        QVERIFY(scene.images.server().requests().empty()); // the mirror had all of it
        QVERIFY(!scene.isPublic(layer) && !scene.isPublic(image.manifest));
        for (const Proof& proof : scene.access.proofs(Hasher::of(bytesOf(layer)), 10))
            QVERIFY(!proof.identity.isAnonymous());
        const auto engine = scene.cache.engine("e", Sharing::Verified);
        for (const Digest& digest : report.digests)
            QVERIFY(!engine->info(digest));
        QCOMPARE(outcomeOf([&] { return scene.pull("app:1"); }), QString("denied")); // without the mirror
        // Where the registry sends it itself, that is a proof.
        scene.images.guard("app", "");
        scene.rig.clock.advance(1s);
        QVERIFY(scene.pull("app:1").downloadedBytes > 0);
        QVERIFY(scene.isPublic(layer) && engine->info(Hasher::of(bytesOf(layer))));
    }

    /// As long as it gave the blobs once: then its word is enough.
    void aMirrorIsOfUseWhileTheRegistryIsAway()
    {
        PullScene scene;
        ImageServer mirror;
        mirror.putImage("app", "1", {layerOf('a')});
        scene.images.failWith(503);
        QVERIFY(!scene.pullThrough(mirror, "app:1").isStale);
        scene.rig.clock.advance(24h);
        const std::uint64_t sent = mirror.sentBytes();
        QCOMPARE(scene.pullThrough(mirror, "app:1").downloadedBytes, std::uint64_t(0));
        QCOMPARE(mirror.sentBytes(), sent);
        QVERIFY(scene.images.server().requests().empty());
    }

    void aMirrorThatSaysYesToEverythingOpensNothing()
    {
        PullScene scene;
        const auto image = scene.images.putImage("private", "1", {layerOf('s')});
        scene.images.guard("private", alicesHeader);
        scene.pull("private:1", alicesPassword());
        HttpServer liar([&](const HttpRecord& request, HttpReply& reply) {
            const bool isManifest = contains(request.path(), "/manifests/");
            if (request.method == "HEAD")
                reply.send(200,
                           {{"Content-Type", isManifest ? manifestType : "application/octet-stream"},
                            {"Docker-Content-Digest", image.digest.toString()}},
                           isManifest ? image.manifest : std::string(300'000, 'x'));
            else
                reply.send(404);
        });
        for (const std::string name : {"private:1", "private"}) {
            auto request = scene.request(name == "private" ? "private@" + image.digest.toString() : name);
            request.sources.insert(request.sources.begin(), {endpointAt(liar.origin()), {}});
            QCOMPARE(outcomeOf([&] { return scene.puller.pull(request, {}, {}); }), QString("denied"));
            request.sources.pop_back();
            request.sources.front().endpoint.isMirror = false; // what it says of itself counts for nothing
            QCOMPARE(outcomeOf([&] { return scene.puller.pull(request, {}, {}); }), QString("not_found"));
        }
    }

    /// Anybody can run a registry, and say what they like there.
    void aRegistryThatSaysYesToEverythingOpensNothing()
    {
        PullScene scene;
        const std::string secret = layerOf('s');
        scene.images.putImage("private", "1", {secret});
        scene.images.guard("private", alicesHeader);
        scene.pull("private:1", alicesPassword());
        const std::string config = "{}";
        const std::string manifest =
            manifestOf(descriptorOf("application/vnd.oci.image.config.v1+json", config, config.size()),
                       {descriptorOf(layerType, secret, secret.size())});
        HttpServer liar([&](const HttpRecord& request, HttpReply& reply) {
            if (contains(request.path(), "/manifests/"))
                reply.send(200, {{"Content-Type", manifestType}}, manifest);
            else if (contains(request.path(), Hasher::of(bytesOf(config)).toString()))
                reply.send(200, {}, config);
            else if (request.method == "HEAD")
                reply.send(200, {}, std::string(secret.size(), 'x'));
            else
                reply.send(404);
        });
        PullRequest request(ImageReference::require(liar.authority() + "/mallory:1"));
        request.sources.push_back({endpointAt(liar.origin()), {}});
        QCOMPARE(outcomeOf([&] { return scene.puller.pull(request, {}, {}); }), QString("not_found"));
        QVERIFY(!scene.isPublic(secret));
        request.sources.front().credential = passwordOf("mallory", "guess");
        QCOMPARE(outcomeOf([&] { return scene.puller.pull(request, {}, {}); }), QString("not_found"));
        QCOMPARE(liar.count("HEAD", "/v2/mallory/blobs/"), std::size_t(0)); // it is not even asked that way
        const auto engine = scene.cache.engine("e", Sharing::Verified);
        QVERIFY(!engine->info(Hasher::of(bytesOf(secret))));
    }

    void whatOthersGotOfABlobIsNotForWhoPullsThroughAMirror()
    {
        PullScene scene;
        const std::string layer = layerOf('s');
        scene.images.putImage("app", "1", {layer});
        scene.images.guard("app", alicesHeader);
        scene.images.breakBlobs(299'000);
        QCOMPARE(outcomeOf([&] { return scene.pull("app:1", alicesPassword()); }), QString("unavailable"));
        ImageServer mirror;
        const auto image = mirror.putImage("app", "1", {layer});
        scene.pullThrough(mirror, "app:1");
        QCOMPARE(mirror.sentBytes(), layer.size() + image.config.size());
    }

    void theRefusalOfAMirrorVoidsNothing_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {401, 403, 404, 503})
            QTest::addRow("%d", status) << status;
    }

    void theRefusalOfAMirrorVoidsNothing()
    {
        QFETCH(int, status);
        PullScene scene;
        ImageServer mirror;
        const std::string layer = layerOf('a');
        scene.images.putImage("app", "1", {layer});
        scene.pull("app:1");
        QVERIFY(scene.isPublic(layer));
        mirror.failWith(status);
        QCOMPARE(scene.pullThrough(mirror, "app:1").downloadedBytes, std::uint64_t(0));
        QVERIFY(scene.isPublic(layer));
        // Nor is it the registry's word while that is away: many mirrors answer 404 then.
        scene.rig.clock.advance(30min);
        scene.images.failWith(503);
        QCOMPARE(outcomeOf([&] { return scene.pullThrough(mirror, "app:1"); }), QString("stale"));
        scene.images.failWith(403);
        QCOMPARE(outcomeOf([&] { return scene.pullThrough(mirror, "app:1"); }), QString("denied"));
    }

    void sourcesAreAskedForWhatTheyCan()
    {
        PullScene scene;
        ImageServer mirror;
        mirror.putImage("app", "1", {layerOf('m')});
        const auto image = scene.images.putImage("app", "1", {layerOf('a')});
        auto request = scene.request("app:1");
        request.sources.insert(request.sources.begin(), {endpointAt(mirror.server().origin()), {}});
        request.sources.front().endpoint.capabilities = only(Capability::Pull);
        QVERIFY(scene.puller.pull(request, {}, {}).digest == image.digest);
        QCOMPARE(mirror.server().count("HEAD", "/v2/app/manifests/1"), std::size_t(0));
        QVERIFY(mirror.server().count("GET", "/v2/app/manifests/" + image.digest.toString()) > 0);
        const auto requests = mirror.server().requests().size();
        request.sources.front().endpoint.capabilities = only(Capability::Resolve);
        const auto failure = failureOf([&] { scene.puller.pull(request, {}, {}); });
        QVERIFY(failure && failure->code() == ErrorCode::NotFound); // the registry has not what the mirror resolved to
        QCOMPARE(mirror.server().requests().size(), requests + 1);
        request.sources.erase(request.sources.begin());
        request.sources.front().endpoint.capabilities = only(Capability::Pull);
        QCOMPARE(outcomeOf([&] { return scene.puller.pull(request, {}, {}); }), QString("failed_precondition"));
        request.sources.front().endpoint.capabilities = only(Capability::Push);
        QCOMPARE(outcomeOf([&] { return scene.puller.pull(request, {}, {}); }), QString("failed_precondition"));
    }

    void whatHeadersGiveIsForWhoShowsThem()
    {
        PullScene scene;
        const std::string layer = layerOf('a');
        scene.images.putImage("app", "1", {layer});
        scene.images.guard("app", alicesHeader);
        auto request = scene.request("app:1");
        request.sources.front().endpoint.headers.push_back({"Authorization", Secret(std::string(alicesHeader))});
        scene.puller.pull(request, {}, {});
        QVERIFY(scene.isStored(layer) && !scene.isPublic(layer));
        QCOMPARE(scene.puller.pull(request, {}, {}).downloadedBytes, std::uint64_t(0));
        QCOMPARE(outcomeOf([&] { return scene.pull("app:1"); }), QString("denied"));
    }

    void tellsTheRegistrysRateLimit()
    {
        PullScene scene;
        ImageServer mirror;
        scene.images.putImage("app", "1", {layerOf('a')});
        QVERIFY(!scene.pull("app:1").rateLimit);
        mirror.setHeaders({{"RateLimit-Limit", "7;w=60"}, {"RateLimit-Remaining", "1;w=60"}});
        scene.images.setHeaders({{"RateLimit-Limit", "100;w=21600"}, {"RateLimit-Remaining", "76;w=21600"}});
        const auto limit = scene.pullThrough(mirror, "app:1").rateLimit;
        QVERIFY(limit && limit->limit == 100 && limit->remaining == 76 && limit->window == 6h);
    }

    void theUpstreamIsToldByItsAddress_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("registry");
        QTest::addColumn<bool>("is");
        const auto row = [](const char* url, const char* registry, bool is) {
            QTest::addRow("%s at %s", registry, url) << url << registry << is;
        };
        row("https:/"
            "/registry-1.docker.io/v2",
            "docker.io", true);
        row("https:/"
            "/registry-1.docker.io:443/v2/",
            "docker.io", true);
        row("https:/"
            "/docker.io/v2",
            "docker.io", false);
        row("https:/"
            "/registry-1.docker.io.example/v2",
            "docker.io", false);
        row("https:/"
            "/registry-1.docker.io/prefix/v2",
            "docker.io", false);
        row("https:/"
            "/registry-1.docker.io/v2/mallory",
            "docker.io", false);
        row("https:/"
            "/registry-1.docker.io:5000/v2",
            "docker.io", false);
        row("https:/"
            "/ghcr.io@mirror.example/v2",
            "ghcr.io", false);
        row("https:/"
            "/u:p@ghcr.io/v2",
            "ghcr.io", false);
        row("https:/"
            "/GHCR.io/v2",
            "ghcr.io", true);
        row("http:/"
            "/localhost:5000/v2",
            "localhost:5000", true);
        row("https:/"
            "/localhost:5000/v2",
            "localhost:5000", true);
        row("http:/"
            "/localhost:5001/v2",
            "localhost:5000", false);
        row("no url", "ghcr.io", false);
    }

    void theUpstreamIsToldByItsAddress()
    {
        QFETCH(QString, url);
        QFETCH(QString, registry);
        QFETCH(bool, is);
        Endpoint endpoint;
        endpoint.url = url.toStdString();
        for (const bool claim : {false, true}) {
            endpoint.isMirror = claim;
            QCOMPARE(isUpstream(endpoint, registry.toStdString()), is);
        }
    }
};

QTEST_GUILESS_MAIN(PullSourcesTest)
#include "pull_sources_test.moc"
