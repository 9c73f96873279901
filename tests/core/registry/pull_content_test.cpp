// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "pull_scene.h"

#include <future>

using namespace layerhold;
using namespace layerhold::test;
using namespace layerhold::registry;

namespace {

const std::string config = "{\"architecture\":\"amd64\",\"os\":\"linux\"}";
const std::string configType = "application/vnd.oci.image.config.v1+json";
const std::string foreignType = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";

std::string configDescriptor()
{
    return descriptorOf(configType, config, config.size());
}

} // namespace

/// Images that are odd, or that lie.
class PullContentTest : public QObject
{
    Q_OBJECT

private slots:

    void foreignLayers_data()
    {
        QTest::addColumn<QString>("mediaType");
        QTest::addColumn<bool>("hasUrls");
        QTest::addColumn<bool>("isThere"); // in the registry
        QTest::addColumn<QString>("outcome");
        const QString plain = QString::fromStdString(layerType);
        const QString oci = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";
        const QString docker = QString::fromStdString(foreignType);
        QTest::newRow("by type of OCI") << oci << false << false << "left out";
        QTest::newRow("by type of Docker") << docker << true << false << "left out";
        QTest::newRow("by urls") << plain << true << false << "left out";
        QTest::newRow("in the registry") << docker << true << true << "brought";
        QTest::newRow("not foreign") << plain << false << false << "not_found";
    }

    void foreignLayers()
    {
        QFETCH(QString, mediaType);
        QFETCH(bool, hasUrls);
        QFETCH(bool, isThere);
        QFETCH(QString, outcome);
        PullScene scene;
        HttpServer elsewhere([](const HttpRecord&, HttpReply& reply) { reply.send(200, {}, layerOf('f')); });
        const std::string layer = layerOf('f');
        const std::string urls = hasUrls ? ",\"urls\":[\"" + elsewhere.origin() + "/layer\"]" : "";
        scene.images.putBlob("app", config);
        if (isThere)
            scene.images.putBlob("app", layer);
        scene.images.putManifest(
            "app", "1",
            manifestOf(configDescriptor(), {descriptorOf(mediaType.toStdString(), layer, layer.size(), urls)}),
            manifestType);
        Progress last;
        PullReport report{Hasher::of({})};
        const auto failure = failureOf([&] {
            report = scene.puller.pull(scene.request("app:1"), [&](const Progress& progress) { last = progress; }, {});
        });
        QCOMPARE(elsewhere.connections(), 0);
        QCOMPARE(failure ? QString::fromUtf8(toString(failure->code()).data())
                         : QString(report.foreignLayers == 1 ? "left out" : "brought"),
                 outcome);
        QCOMPARE(scene.isStored(layer), isThere);
        if (failure)
            return;
        QCOMPARE(last.doneBytes, last.totalBytes);
        QCOMPARE(last.doneItems, last.totalItems);
        // What is not there says nothing about what the caller may read.
        QVERIFY(scene.isPublic(config));
        const auto requests = scene.images.server().requests().size();
        QCOMPARE(scene.pull("app:1").foreignLayers, report.foreignLayers);
        QCOMPARE(scene.images.server().requests().size(), requests + (isThere ? 1 : 2));
    }

    void sizesThatLie_data()
    {
        QTest::addColumn<int>("difference");
        QTest::addColumn<bool>("isStored");
        for (const int difference : {-300'000, -1, 1, 300'000})
            for (const bool isStored : {false, true})
                QTest::addRow("%d, %s", difference, isStored ? "stored" : "not stored") << difference << isStored;
    }

    void sizesThatLie()
    {
        QFETCH(int, difference);
        QFETCH(bool, isStored);
        PullScene scene;
        const std::string layer = layerOf('a');
        if (isStored) {
            scene.images.putImage("app", "honest", {layer});
            scene.pull("app:honest");
        }
        scene.images.putBlob("app", config);
        scene.images.putBlob("app", layer);
        const auto size = static_cast<std::uint64_t>(static_cast<int>(layer.size()) + difference);
        scene.images.putManifest("app", "1", manifestOf(configDescriptor(), {descriptorOf(layerType, layer, size)}),
                                 manifestType);
        const auto failure = failureOf([&] { scene.pull("app:1"); });
        QVERIFY(failure && failure->code() == ErrorCode::Corrupted);
        QVERIFY(!scene.cache.cache->tags().find(scene.repository("app:1")));
        QCOMPARE(scene.isStored(layer), isStored);
    }

    void theSizeOfAManifestIsChecked()
    {
        PullScene scene;
        const auto image = scene.images.putImage("app", "", {layerOf('a')});
        scene.images.putManifest("app", "1",
                                 "{\"schemaVersion\":2,\"mediaType\":\"" + indexType + "\",\"manifests\":[" +
                                     descriptorOf(manifestType, image.manifest, image.manifest.size() + 1) + "]}",
                                 indexType);
        const auto failure = failureOf([&] { scene.pull("app:1"); });
        QVERIFY(failure && failure->code() == ErrorCode::Corrupted);
    }

    void sizesBeyondAllMeasureAreRefusedBeforeADownload()
    {
        PullScene scene;
        scene.images.putBlob("app", config);
        const std::string a = layerOf('a');
        const std::string b = layerOf('b');
        scene.images.putManifest("app", "1",
                                 manifestOf(configDescriptor(), {descriptorOf(layerType, a, ~std::uint64_t{0}),
                                                                 descriptorOf(layerType, b, 2)}),
                                 manifestType);
        const auto failure = failureOf([&] { scene.pull("app:1"); });
        QVERIFY(failure && failure->code() == ErrorCode::FailedPrecondition);
        QCOMPARE(scene.images.server().count("GET", "/v2/app/blobs/"), std::size_t(0));
    }

    void oneBlobInSeveralPlacesIsBroughtOnce()
    {
        PullScene scene;
        scene.images.putBlob("app", config);
        const std::string same = descriptorOf(layerType, config, config.size());
        const std::string manifest = manifestOf(configDescriptor(), {same, same}); // a config that is a layer too
        scene.images.putManifest("app", "", manifest, manifestType);
        const std::string entry = descriptorOf(manifestType, manifest, manifest.size());
        const std::string inner =
            "{\"schemaVersion\":2,\"mediaType\":\"" + indexType + "\",\"manifests\":[" + entry + ',' + entry + "]}";
        scene.images.putManifest("app", "", inner, indexType);
        scene.images.putManifest("app", "1",
                                 "{\"schemaVersion\":2,\"mediaType\":\"" + indexType + "\",\"manifests\":[" +
                                     descriptorOf(indexType, inner, inner.size()) + ',' + entry + "]}",
                                 indexType);
        auto request = scene.request("app:1");
        request.platforms.clear();
        Progress last;
        const auto report = scene.puller.pull(request, [&](const Progress& progress) { last = progress; }, {});
        QCOMPARE(report.blobs, std::uint64_t(4));
        QCOMPARE(report.digests.size(), std::size_t(4));
        QCOMPARE(scene.images.server().count("GET", "/v2/app/blobs/"), std::size_t(1));
        QCOMPARE(scene.images.server().count("GET", "/v2/app/manifests/"), std::size_t(3));
        QCOMPARE(last.doneBytes, last.totalBytes);
        QCOMPARE(last.totalBytes, report.bytes);
        QCOMPARE(last.doneItems, std::uint64_t(4));
    }

    /// A manifest that an index names is one, though a layer before it has its digest.
    void aManifestIsNotHiddenByALayer()
    {
        PullScene scene;
        const auto hidden = scene.images.putImage("app", "", {layerOf('h')});
        scene.images.putBlob("app", hidden.manifest);
        scene.images.putBlob("app", config);
        const std::string cover =
            manifestOf(configDescriptor(), {descriptorOf(layerType, hidden.manifest, hidden.manifest.size())});
        scene.images.putManifest("app", "", cover, manifestType);
        scene.images.putManifest("app", "1",
                                 "{\"schemaVersion\":2,\"mediaType\":\"" + indexType + "\",\"manifests\":[" +
                                     descriptorOf(manifestType, cover, cover.size()) + ',' +
                                     descriptorOf(manifestType, hidden.manifest, hidden.manifest.size()) + "]}",
                                 indexType);
        auto request = scene.request("app:1");
        request.platforms.clear();
        scene.puller.pull(request, {}, {});
        QVERIFY(scene.isStored(hidden.layers[0]));
    }

    void anImageWithoutLayersIsOne()
    {
        PullScene scene;
        scene.images.putBlob("app", config);
        scene.images.putManifest("app", "1", manifestOf(configDescriptor(), {}), manifestType);
        QCOMPARE(scene.pull("app:1").blobs, std::uint64_t(2));
    }

    void anEmptyLayerIsOne()
    {
        PullScene scene;
        scene.images.putBlob("app", config);
        scene.images.putBlob("app", "");
        scene.images.putManifest("app", "1", manifestOf(configDescriptor(), {descriptorOf(layerType, "", 0)}),
                                 manifestType);
        QCOMPARE(scene.pull("app:1").blobs, std::uint64_t(3));
    }

    void cutDownloadsAreShownOnce()
    {
        PullScene scene;
        scene.images.putImage("app", "1", {layerOf('a')});
        scene.images.cutBlobs(70'000, 3);
        Progress last;
        scene.puller.pull(scene.request("app:1"), [&](const Progress& progress) { last = progress; }, {});
        QCOMPARE(last.doneBytes, last.totalBytes);
        QCOMPARE(last.doneItems, last.totalItems);
    }

    void stopsInTheMiddle()
    {
        PullScene scene;
        const auto image = scene.images.putImage("app", "1", {layerOf('a')});
        std::promise<void> isAsked;
        HttpServer slow([&, isFirst = true](const HttpRecord&, HttpReply& reply) mutable {
            if (std::exchange(isFirst, false))
                isAsked.set_value();
            reply.hang();
        });
        auto request = scene.request("app@" + image.digest.toString());
        request.sources = {{endpointAt(slow.origin()), {}}};
        std::stop_source stop;
        auto pull = std::async(std::launch::async, [&] { scene.puller.pull(request, {}, stop.get_token()); });
        isAsked.get_future().wait();
        stop.request_stop();
        QVERIFY(pull.wait_for(std::chrono::seconds(5)) == std::future_status::ready);
        QVERIFY_EXCEPTION_THROWN(pull.get(), Cancelled);
        scene.pull("app:1"); // nothing is held
    }
};

QTEST_GUILESS_MAIN(PullContentTest)
#include "pull_content_test.moc"
