// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "layerhold/registry/prover.h"
#include "pull_scene.h"

#include <unistd.h>

using namespace layerhold;
using namespace layerhold::test;
using namespace layerhold::registry;
using namespace std::chrono_literals;

namespace {

/// A cache that a registry's images were pulled into by alice, so that nothing is known to be public.
struct ProverScene : PullScene
{
    ProverScene()
    {
        options.hosts.hostsFolders = {hosts.path()};
        options.hosts.uid = ::getuid();
        options.interval = 10min; // rounds are those of enqueue, and proofs last until the next
        configure("server = \"" + images.server().origin() + "\"\n");
    }

    void configure(const std::string& text)
    {
        std::string folder = images.server().authority();
        std::filesystem::create_directories(hosts.path() / folder);
        writeFile(hosts.path() / folder / "hosts.toml", text);
    }

    void start() { prover = std::make_unique<Prover>(*cache.cache, context, options); }

    /// From a registry whose word counts.
    PullReport pullAsAlice(const std::string& image)
    {
        PullReport report = pull(image, alicesPassword());
        believe(context, {endpointAt(images.server().origin()), {}}, images.server().authority(), report.digests);
        return report;
    }

    /// Until a round that began after this call is over.
    void finishRound(const std::string& path, const std::vector<Digest>& digests)
    {
        const std::uint64_t before = prover->counts().rounds;
        prover->enqueue(repository(path), digests);
        QVERIFY(eventually([&] { return prover->counts().rounds >= before + 1; }));
        const std::uint64_t next = prover->counts().rounds;
        prover->enqueue(repository(path), {}); // the one before may have begun earlier
        QVERIFY(eventually([&] { return prover->counts().rounds > next; }));
    }

    std::size_t heads() const { return images.server().count("HEAD", "/v2/"); }

    TempRoot hosts;
    ProverOptions options;
    std::unique_ptr<Prover> prover;
};

std::vector<std::string> layersOf(int count)
{
    std::vector<std::string> layers;
    for (int i = 0; i < count; ++i)
        layers.push_back(layerOf(static_cast<char>('a' + i), 3000));
    return layers;
}

} // namespace

class ProverTest : public QObject
{
    Q_OBJECT

private slots:

    void enginesGetWhatIsPublic()
    {
        ProverScene scene;
        const auto image = scene.images.putImage("app", "1", {layerOf('a')});
        const auto report = scene.pullAsAlice("app:1");
        const auto engine = scene.cache.engine("e", Sharing::Verified);
        for (const Digest& digest : report.digests)
            QVERIFY(!engine->info(digest));
        const auto requests = scene.heads();
        scene.start();
        scene.finishRound("app", report.digests);
        for (const Digest& digest : report.digests)
            QVERIFY(engine->info(digest));
        QCOMPARE(scene.heads(), requests + 3); // manifest, config, layer
        QCOMPARE(scene.prover->counts().proven, std::uint64_t(3));
        scene.finishRound("app", report.digests); // what is proven is not asked again
        QCOMPARE(scene.heads(), requests + 3);
        for (const auto& request : scene.images.server().requests())
            if (request.method == "HEAD" && contains(request.path(), "/blobs/"))
                QCOMPARE(request.header("authorization"), std::string());
    }

    void whatIsPrivateStaysSo_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {401, 403, 404})
            QTest::addRow("%d", status) << status;
    }

    void whatIsPrivateStaysSo()
    {
        QFETCH(int, status);
        ProverScene scene;
        scene.images.putImage("app", "1", layersOf(5));
        const auto report = scene.pullAsAlice("app:1");
        const auto engine = scene.cache.engine("e", Sharing::Verified);
        scene.images.failWith(status);
        scene.start();
        scene.finishRound("app", report.digests);
        const auto requests = scene.images.server().requests().size();
        for (int i = 0; i < 5; ++i)
            scene.finishRound("app", report.digests);
        QCOMPARE(scene.images.server().requests().size(), requests);
        // 401 and 403 speak for the repository, 404 for one blob.
        QCOMPARE(scene.prover->counts().asked, std::uint64_t(status == 404 ? 7 : 1));
        for (const Digest& digest : report.digests)
            QVERIFY(!engine->info(digest));
        // Asked again after a day, when it has become public.
        scene.images.failWith(0);
        scene.rig.clock.advance(23h);
        scene.finishRound("app", report.digests);
        QCOMPARE(scene.images.server().requests().size(), requests);
        scene.rig.clock.advance(1h);
        scene.finishRound("app", report.digests);
        QVERIFY(engine->info(report.digest));
    }

    void noMoreThanTheRateIsAsked()
    {
        ProverScene scene;
        scene.images.putImage("app", "1", layersOf(10));
        const auto report = scene.pullAsAlice("app:1");
        scene.cache.engine("e", Sharing::Verified);
        scene.options.requestsPerMinute = 3;
        scene.start();
        const auto heads = scene.heads();
        for (std::uint64_t minute = 1; minute <= 4; ++minute) {
            scene.finishRound("app", minute == 1 ? report.digests : std::vector<Digest>());
            scene.finishRound("app", {});
            QCOMPARE(scene.heads(), heads + 3 * minute);
            scene.rig.clock.advance(59s);
            scene.finishRound("app", {});
            QCOMPARE(scene.heads(), heads + 3 * minute);
            scene.rig.clock.advance(1s);
        }
    }

    void aRoundHasABound()
    {
        ProverScene scene;
        scene.images.putImage("app", "1", layersOf(10));
        const auto report = scene.pullAsAlice("app:1");
        scene.cache.engine("e", Sharing::Verified);
        scene.options.mostPerRound = 2;
        scene.start();
        QVERIFY(eventually([&] { return scene.prover->counts().rounds >= 1; })); // it walked: two
        const auto asked = scene.prover->counts().asked;
        QCOMPARE(asked, std::uint64_t(2));
        scene.finishRound("app", report.digests);
        QVERIFY(scene.prover->counts().asked <= asked + 2 * scene.prover->counts().rounds);
    }

    void aRegistryInTroubleIsLeftAlone_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {429, 500, 503})
            QTest::addRow("%d", status) << status;
    }

    void aRegistryInTroubleIsLeftAlone()
    {
        QFETCH(int, status);
        ProverScene scene;
        scene.images.putImage("app", "1", {layerOf('a')});
        const auto report = scene.pullAsAlice("app:1");
        const auto engine = scene.cache.engine("e", Sharing::Verified);
        scene.images.failWith(status);
        scene.start();
        std::uint64_t asked = 0;
        for (const auto pause : {1min, 2min, 4min, 8min}) {
            scene.finishRound("app", asked == 0 ? report.digests : std::vector<Digest>());
            QCOMPARE(scene.prover->counts().unavailable, ++asked);
            scene.rig.clock.advance(pause - 1s);
            scene.finishRound("app", {});
            QCOMPARE(scene.prover->counts().asked, asked);
            scene.rig.clock.advance(1s);
        }
        scene.images.failWith(0);
        scene.finishRound("app", {});
        QVERIFY(engine->info(report.digest)); // it waited
    }

    void onlyTheRegistryIsAsked()
    {
        ProverScene scene;
        ImageServer mirror;
        mirror.putImage("app", "1", {layerOf('a')});
        scene.images.putImage("app", "1", {layerOf('a')});
        const auto report = scene.pullAsAlice("app:1");
        scene.configure("server = \"" + scene.images.server().origin() + "\"\n[host.\"" + mirror.server().origin() +
                        "\"]\n");
        const auto engine = scene.cache.engine("e", Sharing::Verified);
        scene.start();
        scene.finishRound("app", report.digests);
        QVERIFY(engine->info(report.digest));
        QVERIFY(mirror.server().requests().empty());
        const std::string own = "127.0.0.1:" + std::to_string(scene.images.server().port());
        for (const auto& attempt : scene.rig.attempts)
            QCOMPARE(attempt.address, own);
    }

    void wherePeopleNamedAnotherServerNothingIsAsked_data()
    {
        QTest::addColumn<QString>("headers");
        QTest::addColumn<bool>("isOther");
        QTest::newRow("another server") << "" << true;
        QTest::newRow("headers of its own") << "[header]\nAuthorization = \"Basic YWxpY2U6d29uZGVybGFuZA==\"\n"
                                            << false;
    }

    void wherePeopleNamedAnotherServerNothingIsAsked()
    {
        QFETCH(QString, headers);
        QFETCH(bool, isOther);
        ProverScene scene;
        ImageServer other;
        other.putImage("app", "1", {layerOf('a')});
        scene.images.putImage("app", "1", {layerOf('a')});
        const auto report = scene.pullAsAlice("app:1");
        scene.configure("server = \"" + (isOther ? other : scene.images).server().origin() + "\"\n" +
                        headers.toStdString());
        const auto engine = scene.cache.engine("e", Sharing::Verified);
        const auto requests = scene.images.server().requests().size();
        scene.start();
        scene.finishRound("app", report.digests);
        QVERIFY(other.server().requests().empty());
        QCOMPARE(scene.images.server().requests().size(), requests);
        QVERIFY(!engine->info(report.digest));
    }

    void nothingIsAskedForNobody()
    {
        ProverScene scene;
        scene.images.putImage("app", "1", {layerOf('a')});
        const auto report = scene.pullAsAlice("app:1");
        scene.cache.engine("open", Sharing::Open);
        const auto requests = scene.images.server().requests().size();
        scene.options.mostQueued = 2;
        scene.start();
        scene.finishRound("app", report.digests);
        QCOMPARE(scene.images.server().requests().size(), requests);
        QCOMPARE(scene.prover->counts().queued, std::uint64_t(2));
        QCOMPARE(scene.prover->counts().dropped, std::uint64_t(1)); // the oldest
        const auto engine = scene.cache.engine("e", Sharing::Verified);
        scene.finishRound("app", {});
        QVERIFY(!engine->info(report.digests[0]) && engine->info(report.digests[1]) && engine->info(report.digests[2]));
    }

    /// What an engine supplied, in the repository that it says.
    void roundsFindWhatIsInUse()
    {
        ProverScene scene;
        const std::string layer = layerOf('a');
        scene.images.putBlob("app", layer);
        const auto supplier = scene.cache.engine("supplier");
        const Digest digest = put(*supplier, layer);
        scene.cache.cache->engineMirror().setAddress("supplier", "/run/containerd.sock");
        EngineListing listing;
        listing.startedAt = scene.rig.clock.now();
        listing.sources = {{digest, scene.repository("app")}};
        listing.content = {digest};
        scene.cache.cache->engineMirror().reconcile("supplier", listing);
        const auto engine = scene.cache.engine("e", Sharing::Verified);
        QVERIFY(!engine->info(digest));
        believe(scene.context, {endpointAt(scene.images.server().origin()), {}}, scene.images.server().authority(),
                {digest});
        scene.options.interval = 1ms;
        scene.start();
        QVERIFY(eventually([&] { return scene.isPublic(layer); }));
        QVERIFY(engine->info(digest));
        // It is renewed before it expires, as long as the blob is used.
        const auto heads = scene.heads();
        scene.rig.clock.advance(16min);
        QVERIFY(eventually([&] { return scene.isPublic(layer); }));
        QCOMPARE(scene.heads(), heads + 1);
        scene.rig.clock.advance(48h);
        const auto rounds = scene.prover->counts().rounds;
        QVERIFY(eventually([&] { return scene.prover->counts().rounds > rounds + 2; }));
        QVERIFY(!scene.isPublic(layer));
        QCOMPARE(scene.heads(), heads + 1);
    }

    void theMachinesCredentialServesWhomItWasGranted()
    {
        ProverScene scene;
        scene.images.putImage("app", "1", {layerOf('a')});
        scene.images.guard("app", alicesHeader);
        const auto report = scene.pullAsAlice("app:1");
        scene.rig.clock.advance(1h);
        const auto engine = scene.cache.engine("e", Sharing::Verified);
        const auto stranger = scene.cache.engine("stranger", Sharing::Verified);
        int calls = 0;
        scene.options.credential = [&](const std::string& registry, const std::string& repository,
                                       const std::stop_token&) -> std::optional<Credential> {
            calls += registry == scene.images.server().authority() && repository == "app" ? 1 : 100;
            return alicesPassword();
        };
        scene.start();
        scene.finishRound("app", report.digests);
        QVERIFY(!engine->info(report.digest)); // it was granted to nobody
        QCOMPARE(calls, 0);
        scene.access.grant("e", identityOf(scene.access, scene.images.server().authority(),
                                           {endpointAt(scene.images.server().origin()), alicesPassword()}));
        scene.finishRound("app", report.digests);
        QVERIFY(calls > 0 && calls < 100);
        QVERIFY(engine->info(report.digest));
        QVERIFY(!stranger->info(report.digest));
    }

    void theSizeHasToBeRight()
    {
        ProverScene scene;
        const std::string layer = layerOf('a');
        scene.images.putImage("app", "1", {layer});
        scene.pullAsAlice("app:1");
        const auto engine = scene.cache.engine("e", Sharing::Verified);
        HttpServer liar([](const HttpRecord&, HttpReply& reply) { reply.send(200, {}, "short"); });
        const std::string folder = liar.authority();
        std::filesystem::create_directories(scene.hosts.path() / folder);
        writeFile(scene.hosts.path() / folder / "hosts.toml", "server = \"" + liar.origin() + "\"\n");
        const Digest digest = Hasher::of(bytesOf(layer));
        believe(scene.context, {endpointAt(liar.origin()), {}}, liar.authority(), {digest});
        scene.images.failWith(401);
        scene.start();
        scene.prover->enqueue(liar.authority() + "/app", std::vector{digest});
        scene.finishRound("other", {});
        QVERIFY(liar.count("HEAD", "/v2/app/blobs/") > 0);
        QVERIFY(!scene.isPublic(layer) && !engine->info(digest));
    }

    void stopsWithinAMoment()
    {
        ProverScene scene;
        scene.images.putImage("app", "1", {layerOf('a')});
        const auto report = scene.pullAsAlice("app:1");
        scene.cache.engine("e", Sharing::Verified);
        HttpServer silent([](const HttpRecord&, HttpReply& reply) { reply.hang(); });
        std::filesystem::create_directories(scene.hosts.path() / silent.authority());
        writeFile(scene.hosts.path() / silent.authority() / "hosts.toml", "server = \"" + silent.origin() + "\"\n");
        believe(scene.context, {endpointAt(silent.origin()), {}}, silent.authority(), report.digests);
        scene.images.failWith(401); // so that none of it is proven without asking there
        scene.start();
        scene.prover->enqueue(silent.authority() + "/app", report.digests);
        QVERIFY(eventually([&] { return silent.count("HEAD", "/v2/app/") > 0; }));
        const auto before = std::chrono::steady_clock::now();
        scene.prover.reset();
        QVERIFY(std::chrono::steady_clock::now() - before < 5s);
    }

    void refusesWhatIsNoRepository()
    {
        ProverScene scene;
        scene.start();
        for (const char* name : {"", "nginx", "docker.io/library/nginx:1"}) {
            const auto failure = failureOf([&] { scene.prover->enqueue(name, {}); });
            QVERIFY(failure && failure->code() == ErrorCode::InvalidArgument);
        }
        scene.options.interval = 0ms;
        QVERIFY(failureOf([&] { scene.start(); }));
    }
};

QTEST_GUILESS_MAIN(ProverTest)
#include "prover_test.moc"
