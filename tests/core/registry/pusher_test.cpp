// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "push_scene.h"

#include <condition_variable>
#include <future>

using namespace layerhold;
using namespace layerhold::test;
using namespace layerhold::registry;

namespace {

bool isWriteOf(const std::string& write, const std::string& kind)
{
    return write.find(' ' + kind + ' ') != std::string::npos;
}

/// An image that is not quite as usual.
struct Unusual
{
    std::vector<std::string> blobs; ///< different ones
    std::vector<std::string> manifests;
    std::string mediaType; ///< of the last one
};

} // namespace

class PusherTest : public QObject
{
    Q_OBJECT

private slots:

    void pushesBlobsThenManifestsAndTheTagLast()
    {
        PushScene scene;
        const std::string amd = scene.storeImage({layerOf('a'), layerOf('b')});
        const std::string arm = scene.storeImage({layerOf('c')});
        const std::string inner = indexOf({descriptorOf(arm, media::manifest, onPlatform("arm64"))});
        const std::string index =
            indexOf({descriptorOf(amd, media::manifest, onPlatform("amd64")), descriptorOf(inner, media::index)});
        for (const std::string& bytes : {inner, index})
            scene.store(bytes);

        const PushReport report = scene.push(index, "app:1");
        QVERIFY(report.digest == hashOf(index));
        QCOMPARE(report.blobs, std::uint64_t(8)); // four manifests, a config that both share, three layers
        QCOMPARE(report.bytes, amd.size() + arm.size() + inner.size() + index.size() + scene.config.size() + 900'000);
        QCOMPARE(report.uploadedBytes, report.bytes);
        QCOMPARE(report.presentBlobs + report.mountedBlobs, std::uint64_t(0));

        const auto writes = scene.server.writes();
        QCOMPARE(writes.size(), std::size_t(8));
        for (std::size_t i = 0; i < 4; ++i)
            QVERIFY(isWriteOf(writes[i], "blob"));
        QCOMPARE(writes[4], "PUT manifest " + hashOf(amd).toString());
        QCOMPARE(writes[5], "PUT manifest " + hashOf(arm).toString());
        QCOMPARE(writes[6], "PUT manifest " + hashOf(inner).toString());
        QCOMPARE(writes[7], std::string("PUT manifest 1"));
        QCOMPARE(scene.server.typeOf("app", "1", index), media::index);
        QCOMPARE(scene.server.typeOf("app", hashOf(arm).toString(), arm), media::manifest);
        for (const std::string& bytes : {scene.config, layerOf('a'), layerOf('b'), layerOf('c')})
            QVERIFY(scene.server.hasBlob("app", bytes));
    }

    void recordsTheTagMembersAndProofs()
    {
        PushScene scene;
        const std::string layer = layerOf('a');
        const std::string manifest = scene.storeImage({layer});
        scene.push(manifest, "app:1");
        const auto history = scene.cache.cache->tags().history(scene.name("app:1"));
        QCOMPARE(history.size(), std::size_t(1));
        QVERIFY(history.front().cause == TagCause::Push && history.front().to == hashOf(manifest));
        QCOMPARE(history.front().by, std::string("tester"));
        QVERIFY(scene.cache.cache->tags().find(scene.name("app:1"))->isClaim);
        for (const std::string& bytes : {layer, scene.config, manifest}) {
            QVERIFY(scene.records().isMember(scene.name("app"), hashOf(bytes)));
            const auto proofs = scene.proofs(bytes, "app");
            QCOMPARE(proofs.size(), std::size_t(1));
            QVERIFY(proofs.front().method == ProofMethod::Upload && proofs.front().identity.isAnonymous());
        }
        const auto descriptor = scene.records().descriptor(scene.name("app"), hashOf(layer));
        QVERIFY(descriptor && descriptor->size == layer.size() && descriptor->mediaType == media::layer);
        QCOMPARE(scene.records().descriptor(scene.name("app"), hashOf(manifest))->mediaType, media::manifest);
    }

    void whatTheRepositoryHasIsNotSent()
    {
        PushScene scene;
        const std::string manifest = scene.storeImage({layerOf('a'), layerOf('b')});
        scene.push(manifest, "app:1");
        const std::size_t before = scene.server.requestsBesideHead();
        PushReport report = scene.push(manifest, "app:1");
        QCOMPARE(scene.server.requestsBesideHead(), before);
        QCOMPARE(report.presentBlobs, std::uint64_t(4));
        QCOMPARE(report.uploadedBytes, std::uint64_t(0));
        QVERIFY(scene.proofs(manifest, "app").front().method == ProofMethod::Manifest);
        QVERIFY(scene.proofs(layerOf('a'), "app").front().method == ProofMethod::Blob);
        // Another tag is the manifest once more, and no blob.
        report = scene.push(manifest, "app:2");
        QCOMPARE(report.uploadedBytes, std::uint64_t(manifest.size()));
        QCOMPARE(scene.server.requestsBesideHead(), before + 1);
        // By digest.
        report = scene.push(manifest, "app@" + hashOf(manifest).toString());
        QCOMPARE(report.presentBlobs, std::uint64_t(4));
        // With both, the tag is set.
        scene.push(manifest, "app:3@" + hashOf(manifest).toString());
        QCOMPARE(scene.server.typeOf("app", "3", manifest), media::manifest);
        QVERIFY(scene.cache.cache->tags().find(scene.name("app:3")));
    }

    void aBlobOfAnotherSizeIsSentAgain()
    {
        PushScene scene;
        const std::string manifest = scene.storeImage({layerOf('a')});
        scene.push(manifest, "app:1");
        const std::string path = "/v2/app/blobs/" + hashOf(layerOf('a')).toString();
        scene.server.intercept([&](const HttpRecord& request, HttpReply& reply) {
            if (request.path() != path)
                return false;
            reply.send(200, {}, "short");
            return true;
        });
        QCOMPARE(scene.push(manifest, "app:1").uploadedBytes, std::uint64_t(300'000));
    }

    void mountsWhatAProofCovers_data()
    {
        QTest::addColumn<QString>("member"); // repository that is known to have it
        QTest::addColumn<QString>("proofOf");
        QTest::addColumn<QString>("mountFrom");
        QTest::addColumn<QString>("expected"); // repository that is named in the request
        QTest::newRow("known and proved") << "base"
                                          << "base"
                                          << ""
                                          << "base";
        QTest::newRow("proved elsewhere") << "base"
                                          << "other"
                                          << ""
                                          << "base";
        QTest::newRow("not proved") << "base"
                                    << ""
                                    << ""
                                    << "";
        QTest::newRow("not known") << ""
                                   << "base"
                                   << ""
                                   << "";
        QTest::newRow("asked for") << "base"
                                   << "base"
                                   << "base"
                                   << "base";
        QTest::newRow("asked for another") << "base"
                                           << "base"
                                           << "other"
                                           << "";
        QTest::newRow("the best of two") << "aaa base"
                                         << "base"
                                         << ""
                                         << "base";
        QTest::newRow("the one asked for of two") << "aaa base"
                                                  << "base"
                                                  << "aaa"
                                                  << "aaa";
        QTest::newRow("the destination itself") << "app"
                                                << "app"
                                                << ""
                                                << "";
    }

    void mountsWhatAProofCovers()
    {
        QFETCH(QString, member);
        QFETCH(QString, proofOf);
        QFETCH(QString, mountFrom);
        QFETCH(QString, expected);
        PushScene scene;
        const std::string layer = layerOf('a');
        const std::string manifest = scene.storeImage({layer});
        for (const QString& repository : member.split(' ', Qt::SkipEmptyParts)) {
            scene.records().addMember(scene.name(repository.toStdString()), hashOf(layer));
            if (repository != "app")
                scene.server.putBlob(repository.toStdString(), layer);
        }
        // Of no use: another registry, and another identity.
        scene.records().addMember("elsewhere.example/base", hashOf(layer));
        const Identity mallory = scene.records().identityOf("127.0.0.1", "password", "mallory", "m");
        scene.records().record(mallory, scene.name("base"), hashOf(layer), ProofMethod::Blob, Clock::system().now());
        if (!proofOf.isEmpty())
            scene.records().record(Identity::anonymous(), scene.name(proofOf.toStdString()), hashOf(layer),
                                   ProofMethod::Blob, Clock::system().now());
        auto request = scene.request(hashOf(manifest), "app:1");
        if (!mountFrom.isEmpty())
            request.mountFrom = {mountFrom.toStdString()};
        const PushReport report = scene.pusher.push(request, {}, {});
        QCOMPARE(report.mountedBlobs, std::uint64_t(expected.isEmpty() ? 0 : 1));
        std::string mounts;
        for (const HttpRecord& record : scene.server.server().requests())
            if (const auto at = record.target.find("from="); at != std::string::npos)
                mounts += record.target.substr(at + 5);
        QCOMPARE(mounts, expected.toStdString());
        QVERIFY(scene.server.hasBlob("app", layer));
        QVERIFY(scene.records().isMember(scene.name("app"), hashOf(layer)));
        if (!expected.isEmpty()) { // a mount is no proof
            QVERIFY(scene.proofs(layer, "app").empty());
            QCOMPARE(report.uploadedBytes, scene.config.size() + manifest.size());
        }
    }

    void whatIsNotMountedIsUploaded_data()
    {
        QTest::addColumn<int>("status"); // of a request that mounts; 0: nothing is there to mount
        for (const int status : {0, 400, 401, 403, 404, 405})
            QTest::newRow(std::to_string(status).c_str()) << status;
    }

    void whatIsNotMountedIsUploaded()
    {
        QFETCH(int, status);
        PushScene scene;
        const std::string layer = layerOf('a');
        const std::string manifest = scene.storeImage({layer});
        scene.records().addMember(scene.name("base"), hashOf(layer));
        scene.records().record(Identity::anonymous(), scene.name("base"), hashOf(layer), ProofMethod::Blob,
                               Clock::system().now());
        scene.server.intercept([&](const HttpRecord& request, HttpReply& reply) {
            if (status == 0 || !contains(request.target, "mount="))
                return false;
            reply.send(status);
            return true;
        });
        const PushReport report = scene.push(manifest, "app:1");
        QCOMPARE(report.mountedBlobs, std::uint64_t(0));
        QCOMPARE(report.uploadedBytes, report.bytes);
        QVERIFY(scene.server.hasBlob("app", layer));
        QVERIFY(!scene.proofs(layer, "base").empty()); // nothing was asked of that repository itself
    }

    void pushesWhatIsHereOfAnIndex()
    {
        PushScene scene;
        const std::string amd = scene.storeImage({layerOf('a')});
        const std::string arm = scene.storeImage({layerOf('b')});
        const std::string absent = manifestOf(scene.config, {layerOf('c')});
        const std::string index = indexOf({descriptorOf(amd, media::manifest, onPlatform("amd64")),
                                           descriptorOf(absent, media::manifest, onPlatform("s390x")),
                                           descriptorOf(arm, media::manifest, onPlatform("arm64"))});
        scene.store(index);
        // A strict registry does not take it, and one learns why.
        const auto failure = failureOf([&] { scene.push(index, "app:1"); });
        QVERIFY(failure && failure->code() == ErrorCode::FailedPrecondition);
        QVERIFY2(contains(failure->what(), "only some manifests are pushed"), failure->what());
        QVERIFY(!scene.cache.cache->tags().find(scene.name("app:1")));
        scene.server.beLenient();
        QCOMPARE(scene.push(index, "app:1").blobs, std::uint64_t(6));
        QCOMPARE(scene.server.typeOf("app", "1", index), media::index); // the bytes of the whole

        auto request = scene.request(hashOf(index), "chosen:1");
        request.platforms = {"linux/arm64/v8"};
        QCOMPARE(scene.pusher.push(request, {}, {}).blobs, std::uint64_t(4));
        QVERIFY(scene.server.hasBlob("chosen", layerOf('b')) && !scene.server.hasBlob("chosen", layerOf('a')));
        QVERIFY(scene.server.typeOf("chosen", hashOf(amd).toString(), amd).empty());
        QCOMPARE(scene.server.typeOf("chosen", "1", index), media::index);
    }

    void pushesWhatIsUnusual_data()
    {
        QTest::addColumn<Unusual>("image");
        const std::string config = "{\"os\":\"linux\"}";
        const std::string layer = layerOf('a');
        const auto row = [](const char* name, const Unusual& image) { QTest::newRow(name) << image; };
        row("without layers", {{config}, {manifestOf(config, {})}, media::manifest});
        row("a layer of no byte", {{config, ""}, {manifestOf(config, {""})}, media::manifest});
        row("a layer twice", {{config, layer}, {manifestOf(config, {layer, layer})}, media::manifest});
        row("config and layer are one", {{"{}"}, {manifestOf("{}", {"{}"})}, media::manifest});
        row("an artifact of an absent subject",
            {{config, layer},
             {manifestOf(config, {layer}, media::manifest,
                         ",\"artifactType\":\"application/x\",\"subject\":" + descriptorOf("gone", media::manifest))},
             media::manifest});
        row("an empty config without an artifact type",
            {{"{}", layer},
             {documentOf(media::manifest, "\"config\":" + descriptorOf("{}", media::empty) + ",\"layers\":[" +
                                              descriptorOf(layer, media::layer) + ']')},
             media::manifest});
        row("Docker's", {{config, layer}, {manifestOf(config, {layer}, media::dockerManifest)}, media::dockerManifest});
        row("OCI's that does not say so", {{config, layer}, {manifestOf(config, {layer}, "")}, media::manifest});
        const std::string docker = manifestOf(config, {layer}, media::dockerManifest);
        row("Docker's list", {{config, layer},
                              {docker, indexOf({descriptorOf(docker, media::dockerManifest)}, media::dockerList)},
                              media::dockerList});
        row("an index of nothing", {{}, {indexOf({})}, media::index});
        row("an index that names one twice",
            {{config, layer},
             {docker, indexOf({descriptorOf(docker, media::dockerManifest, onPlatform("amd64")),
                               descriptorOf(docker, media::dockerManifest, onPlatform("386"))})},
             media::index});
        std::string nested = manifestOf(config, {layer});
        Unusual deep{{config, layer}, {nested}, media::index};
        for (int i = 0; i < 20; ++i) {
            nested = indexOf({descriptorOf(nested, i == 0 ? media::manifest : media::index)});
            deep.manifests.push_back(nested);
        }
        row("indexes of indexes", deep);
        row("an odd media type of a layer",
            {{config, layer},
             {documentOf(media::manifest, "\"config\":" + descriptorOf(config, media::config) + ",\"layers\":[" +
                                              descriptorOf(layer, "odd\\u0007" + std::string(300, 'x')) + ']')},
             media::manifest});
    }

    void pushesWhatIsUnusual()
    {
        QFETCH(Unusual, image);
        PushScene scene;
        for (const auto& list : {image.blobs, image.manifests})
            for (const std::string& bytes : list)
                scene.store(bytes);
        const PushReport report = scene.push(image.manifests.back(), "app:1");
        QCOMPARE(report.blobs, image.blobs.size() + image.manifests.size());
        for (const std::string& bytes : image.blobs)
            QVERIFY(scene.server.hasBlob("app", bytes));
        for (const std::string& bytes : image.manifests)
            QVERIFY(!scene.server.typeOf("app", hashOf(bytes).toString(), bytes).empty());
        QCOMPARE(scene.server.typeOf("app", "1", image.manifests.back()), image.mediaType);
        QCOMPARE(scene.server.writes().size(), image.blobs.size() + image.manifests.size());
    }

    void takesTheMediaTypeFromTheIndexWhereADocumentHasNone()
    {
        PushScene scene;
        const std::string layer = layerOf('a');
        const std::string manifest = manifestOf(scene.config, {layer}, "");
        const std::string index = indexOf({descriptorOf(manifest, media::dockerManifest)});
        for (const std::string& bytes : {layer, scene.config, manifest, index})
            scene.store(bytes);
        scene.push(index, "app:1");
        QCOMPARE(scene.server.typeOf("app", hashOf(manifest).toString(), manifest), media::dockerManifest);
    }

    void threeBlobsAtATime()
    {
        std::mutex mutex;
        std::condition_variable changed;
        int now = 0;
        int most = 0;
        PushScene scene;
        std::vector<std::string> layers;
        for (char c = 'a'; c < 'k'; ++c)
            layers.push_back(layerOf(c, 5000));
        const std::string manifest = scene.storeImage(layers);
        scene.server.intercept([&](const HttpRecord& request, HttpReply&) {
            if (request.method != "PUT" || contains(request.target, "/manifests/"))
                return false;
            std::unique_lock lock(mutex);
            most = std::max(most, ++now);
            changed.notify_all();
            changed.wait_for(lock, std::chrono::seconds(30), [&] { return most >= 3; });
            --now;
            return false;
        });
        scene.push(manifest, "app:1");
        QCOMPARE(most, 3);
    }

    void pushesRunSideBySide()
    {
        PushScene scene;
        const std::string manifest = scene.storeImage({layerOf('a'), layerOf('b')});
        std::vector<std::future<PushReport>> pushes;
        for (int i = 0; i < 8; ++i)
            pushes.push_back(std::async(std::launch::async, [&scene, &manifest, i] {
                return scene.push(manifest, "app" + std::to_string(i % 4) + ":1");
            }));
        for (auto& push : pushes)
            QCOMPARE(push.get().blobs, std::uint64_t(4));
        for (int i = 0; i < 4; ++i)
            QCOMPARE(scene.server.typeOf("app" + std::to_string(i), "1", manifest), media::manifest);
    }

    void tellsHowFarItIs()
    {
        PushScene scene;
        const std::string manifest = scene.storeImage({layerOf('a'), layerOf('b')});
        scene.server.putBlob("app", layerOf('a'));
        std::atomic<int> inside{0};
        std::vector<Progress> told;
        bool wasAlone = true;
        const auto onProgress = [&](const Progress& progress) {
            wasAlone = wasAlone && ++inside == 1;
            told.push_back(progress);
            --inside;
        };
        const PushReport report = scene.pusher.push(scene.request(hashOf(manifest), "app:1"), onProgress, {});
        QVERIFY(wasAlone && told.size() >= 2);
        for (std::size_t i = 0; i < told.size(); ++i) {
            QCOMPARE(told[i].totalItems, std::uint64_t(4));
            QCOMPARE(told[i].totalBytes, report.bytes);
            QVERIFY(i == 0 || told[i].doneBytes >= told[i - 1].doneBytes);
        }
        QCOMPARE(told.back().doneItems, std::uint64_t(4));
        QCOMPARE(told.back().doneBytes, report.bytes);
        QVERIFY(told.back().current.empty());
    }
};

QTEST_GUILESS_MAIN(PusherTest)
#include "pusher_test.moc"
