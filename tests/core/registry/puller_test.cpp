// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "pull_scene.h"

#include <future>

using namespace layerhold;
using namespace layerhold::test;
using namespace layerhold::registry;

class PullerTest : public QObject
{
    Q_OBJECT

private slots:

    void bringsAnImageAndTagsIt()
    {
        PullScene scene;
        const auto image = scene.images.putImage("app", "1", {layerOf('a'), layerOf('b'), layerOf('a')});
        const PullReport report = scene.pull("app:1");
        QVERIFY(report.digest == image.digest);
        QCOMPARE(report.blobs, std::uint64_t(4)); // manifest, config, two layers that differ
        QCOMPARE(report.downloadedBlobs, std::uint64_t(4));
        QCOMPARE(report.downloadedBytes, image.manifest.size() + image.config.size() + 600'000);
        for (const std::string& bytes : {image.manifest, image.config, image.layers[0], image.layers[1]})
            QVERIFY(scene.isStored(bytes));
        const auto history = scene.cache.cache->tags().history(scene.images.server().authority() + "/app:1");
        QCOMPARE(history.size(), std::size_t(1));
        QVERIFY(history.front().cause == TagCause::Pull && history.front().to == image.digest);
        QCOMPARE(history.front().by, std::string("tester"));
        // The tag keeps it, and nothing else does any more.
        const auto why = scene.cache.cache->why(Hasher::of(bytesOf(image.layers[0])));
        QCOMPARE(why.size(), std::size_t(1));
        QVERIFY(why.front().claim.holderKind == HolderKind::Tag);
    }

    void aWarmPullDownloadsNothing()
    {
        PullScene scene;
        scene.images.putImage("app", "1", {layerOf('a')});
        scene.pull("app:1");
        const std::uint64_t sent = scene.images.sentBytes();
        const auto requests = scene.images.server().requests().size();
        const PullReport report = scene.pull("app:1");
        QCOMPARE(report.downloadedBytes, std::uint64_t(0));
        QCOMPARE(scene.images.sentBytes(), sent);
        QCOMPARE(scene.images.server().requests().size(), requests + 1); // the HEAD of the tag
    }

    void aCutDownloadGoesOnWhereItWas()
    {
        PullScene scene;
        const std::string layer = layerOf('a');
        scene.images.putImage("app", "1", {layer});
        scene.images.cutBlobs(70'000, 3);
        const PullReport report = scene.pull("app:1");
        QVERIFY(scene.isStored(layer));
        QCOMPARE(scene.images.server().count("GET", "/v2/app/blobs/" + Hasher::of(bytesOf(layer)).toString()),
                 std::size_t(4));
        const auto image = scene.cache.cache->blob(report.digest);
        QCOMPARE(scene.images.sentBytes(), report.bytes - image->size); // each byte once
    }

    void aDownloadThatFailedIsGoneOnWithByTheNext()
    {
        PullScene scene;
        const std::string layer = layerOf('a');
        scene.images.putImage("app", "1", {layer});
        scene.images.breakBlobs(70'000);
        const auto failure = failureOf([&] { scene.pull("app:1"); });
        QVERIFY(failure && failure->code() == ErrorCode::Unavailable);
        QVERIFY(!scene.cache.cache->tags().find(scene.images.server().authority() + "/app:1"));
        const std::uint64_t sent = scene.images.sentBytes();
        QVERIFY(sent > 0);
        scene.images.cutBlobs(0, 0);
        scene.pull("app:1");
        QVERIFY(scene.isStored(layer));
        QVERIFY(scene.images.sentBytes() - sent < layer.size());
    }

    void whoeverPullsTheSameDownloadsItOnce()
    {
        PullScene scene;
        scene.images.putImage("app", "1", {layerOf('a'), layerOf('b'), layerOf('c')});
        std::vector<std::future<PullReport>> pulls;
        for (int i = 0; i < 16; ++i)
            pulls.push_back(std::async(std::launch::async, [&] { return scene.pull("app:1"); }));
        std::uint64_t downloaded = 0;
        std::uint64_t bytes = 0;
        for (auto& pull : pulls) {
            const PullReport report = pull.get();
            downloaded += report.downloadedBlobs;
            bytes = report.bytes;
            QCOMPARE(report.blobs, std::uint64_t(5));
        }
        QCOMPARE(downloaded, std::uint64_t(5));
        QCOMPARE(scene.images.server().count("GET", "/v2/app/blobs/"), std::size_t(4));
        QVERIFY(scene.images.sentBytes() < bytes);
    }

    void corruptBytesReachNobody()
    {
        PullScene scene;
        const auto image = scene.images.putImage("app", "1", {layerOf('a')});
        scene.images.corrupt("app", Hasher::of(bytesOf(image.layers[0])));
        const auto failure = failureOf([&] { scene.pull("app:1"); });
        QVERIFY(failure && failure->code() == ErrorCode::Corrupted);
        QVERIFY(!scene.isStored(image.layers[0]));
        QCOMPARE(scene.cache.cache->status().quarantineCount, std::uint64_t(1));
        QVERIFY(!scene.cache.cache->tags().find(scene.images.server().authority() + "/app:1"));
    }

    void takesThePlatformThatIsAskedFor()
    {
        PullScene scene;
        const auto amd = scene.images.putImage("app", "amd", {layerOf('a')});
        const auto arm = scene.images.putImage("app", "arm", {layerOf('b')});
        const auto entry = [](const ImageServer::Image& image, const std::string& architecture) {
            return "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"" +
                   image.digest.toString() + "\",\"size\":" + std::to_string(image.manifest.size()) +
                   ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}}";
        };
        const std::string index =
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[" +
            entry(amd, "amd64") + ',' + entry(arm, "arm64") + "]}";
        scene.images.putManifest("app", "1", index, "application/vnd.oci.image.index.v1+json");
        scene.pull("app:1");
        QVERIFY(scene.isStored(index) && scene.isStored(amd.layers[0]) && !scene.isStored(arm.manifest));
        auto request = scene.request("app:1");
        request.platforms = {"linux/s390x"};
        const auto failure = failureOf([&] { scene.puller.pull(request, {}, {}); });
        QVERIFY(failure && failure->code() == ErrorCode::NotFound);
        QVERIFY(contains(failure->what(), "linux/amd64, linux/arm64"));
        request.platforms.clear();
        scene.puller.pull(request, {}, {});
        QVERIFY(scene.isStored(arm.manifest) && scene.isStored(arm.layers[0]));
    }

    void whatOneMayReadIsNotForAnother()
    {
        PullScene scene;
        const auto image = scene.images.putImage("private", "1", {layerOf('s')});
        scene.images.guard("private", alicesHeader);
        scene.pull("private:1", passwordOf("alice", "wonderland"));
        const std::uint64_t sent = scene.images.sentBytes();
        for (const Credential& credential : {Credential(), passwordOf("mallory", "guess")}) {
            const auto failure = failureOf([&] { scene.pull("private@" + image.digest.toString(), credential); });
            QVERIFY(failure && failure->code() == ErrorCode::Denied);
        }
        // A manifest of mallory's own that names the private layer is no proof of it.
        const std::string sparse =
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
            "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"" +
            scene.images.putBlob("mallory", "{}").toString() + "\",\"size\":2},\"layers\":[{\"mediaType\":" +
            "\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"" +
            Hasher::of(bytesOf(image.layers[0])).toString() + "\",\"size\":300000}]}";
        scene.images.putManifest("mallory", "1", sparse, "application/vnd.oci.image.manifest.v1+json");
        const auto failure = failureOf([&] { scene.pull("mallory:1"); });
        QVERIFY(failure && failure->code() == ErrorCode::NotFound);
        QVERIFY(!scene.cache.cache->tags().find(scene.images.server().authority() + "/mallory:1"));
        // Whom the registry lets in gets what is here without a download.
        QCOMPARE(scene.pull("private:1", passwordOf("alice", "wonderland")).downloadedBytes, std::uint64_t(0));
        QVERIFY(scene.images.sentBytes() <= sent + 2);
    }

    void theNextSourceIsAskedForWhatOneLacks()
    {
        PullScene scene;
        ImageServer mirror;
        const auto image = scene.images.putImage("app", "1", {layerOf('a')});
        auto request = scene.request("app:1");
        request.sources.insert(request.sources.begin(), {endpointAt(mirror.server().origin()), {}});
        QVERIFY(scene.puller.pull(request, {}, {}).digest == image.digest);
        QVERIFY(!mirror.server().requests().empty());
    }
};

QTEST_GUILESS_MAIN(PullerTest)
#include "puller_test.moc"
