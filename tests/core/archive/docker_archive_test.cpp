// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "archive_fixture.h"

using namespace layerhold;
using namespace layerhold::test;

namespace {

/// As `docker save` wrote until version 24, with a layer that is a link to that of another image.
struct DockerArchive
{
    std::string lower = "the lower layer";
    std::string upper = "the upper layer";
    std::string config = configOf({lower, upper});
    std::string manifest = R"([{"Config":"c.json","RepoTags":["app:1","app:latest"],)"
                           R"("Layers":["a/layer.tar","b/layer.tar"]}])";

    static std::string configOf(const std::vector<std::string>& layers)
    {
        std::string list;
        for (const std::string& layer : layers)
            list += (list.empty() ? "\"" : ",\"") + digestOf(layer).toString() + '"';
        return R"({"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":[)" + list + "]}}";
    }

    std::vector<RawMember> members() const
    {
        return {{"a/", {}, '5'},        {"a/VERSION", "1.0"}, {"a/json", "{}"},
                {"a/layer.tar", lower}, {"b/", {}, '5'},      {"b/layer.tar", {}, '2', "../d/layer.tar"},
                {"d/layer.tar", upper}, {"c.json", config},   {"manifest.json", manifest},
                {"repositories", "{}"}};
    }
};

} // namespace

class DockerArchiveTest : public QObject
{
    Q_OBJECT

private slots:

    void getsAManifest()
    {
        const DockerArchive archive;
        CacheFixture fixture;
        const ArchiveReadReport report = load(*fixture.cache, tarOf(archive.members()));
        QCOMPARE(report.images.size(), std::size_t(2));
        QCOMPARE(report.images[0].reference, std::string("docker.io/library/app:1"));
        QVERIFY(report.images[0].digest == report.images[1].digest);
        const auto details = fixture.cache->images().inspect(report.images[0].digest);
        QVERIFY(details.has_value());
        QCOMPARE(details->manifests.size(), std::size_t(1));
        const ImageManifest& manifest = details->manifests[0];
        QCOMPARE(manifest.config->toString(), digestOf(archive.config).toString());
        QCOMPARE(manifest.layers.size(), std::size_t(2));
        QCOMPARE(manifest.layers[1].digest.toString(), digestOf(archive.upper).toString());
        QCOMPARE(manifest.layers[1].mediaType, std::string("application/vnd.oci.image.layer.v1.tar"));
        QVERIFY(!fixture.cache->why(digestOf(archive.upper)).empty());
        QVERIFY(!fixture.cache->blob(digestOf("1.0"))); // what no image has is left out

        auto shuffled = archive.members();
        std::reverse(shuffled.begin(), shuffled.end());
        CacheFixture other;
        QVERIFY(load(*other.cache, tarOf(shuffled)).images.at(0).digest == report.images[0].digest);
    }

    void tellsCompressedLayers_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QString>("mediaType");
        QTest::newRow("gzip") << QByteArray("\x1f\x8b") << "application/vnd.oci.image.layer.v1.tar+gzip";
        QTest::newRow("zstd") << QByteArray("\x28\xb5\x2f\xfd") << "application/vnd.oci.image.layer.v1.tar+zstd";
    }

    void tellsCompressedLayers()
    {
        QFETCH(QByteArray, head);
        QFETCH(QString, mediaType);
        DockerArchive archive;
        archive.lower = head.toStdString() + "rest"; // the config has the digest of what was compressed
        CacheFixture fixture;
        const Digest digest = load(*fixture.cache, tarOf(archive.members())).images.at(0).digest;
        const auto details = fixture.cache->images().inspect(digest);
        QCOMPARE(details->manifests[0].layers[0].mediaType, mediaType.toStdString());
    }

    void countsLessThanALayout()
    {
        const SampleImage image;
        auto members = layoutOf(image);
        members.insert(members.begin(), {"manifest.json", "[]"});
        members.push_back({"repositories", "{}"});
        CacheFixture fixture;
        QVERIFY(load(*fixture.cache, tarOf(members)).images.at(0).digest == digestOf(image.index));
    }

    void refusesWhatDoesNotFit_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("another layer") << "another layer" << int(ErrorCode::Corrupted) << "by its config it has to be";
        QTest::newRow("a layer too few") << "a layer too few" << int(ErrorCode::InvalidArgument) << "is of 1 layers";
        QTest::newRow("no layer") << "no layer" << int(ErrorCode::NotFound) << "b/layer.tar"; // leads there
        QTest::newRow("no config") << "no config" << int(ErrorCode::NotFound) << "c.json";
        QTest::newRow("config is no JSON") << "config is no JSON" << int(ErrorCode::InvalidArgument) << "rootfs";
        QTest::newRow("links in a ring") << "links in a ring" << int(ErrorCode::NotFound) << "b/layer.tar";
        QTest::newRow("no name") << "no name" << int(ErrorCode::InvalidArgument) << "state it with a name";
        QTest::newRow("bad name") << "bad name" << int(ErrorCode::InvalidArgument) << "is no name of an image";
        QTest::newRow("manifest is deep")
            << "manifest is deep" << int(ErrorCode::InvalidArgument) << "nested too deeply";
        QTest::newRow("manifest is a number") << "manifest is a number" << int(ErrorCode::InvalidArgument) << "no list";
    }

    void refusesWhatDoesNotFit()
    {
        QFETCH(QString, change);
        QFETCH(int, code);
        QFETCH(QString, says);
        DockerArchive archive;
        auto members = archive.members();
        if (change == "another layer")
            members[3].content = "something else";
        if (change == "a layer too few")
            members[7].content = DockerArchive::configOf({archive.lower});
        if (change == "no layer")
            members.erase(members.begin() + 6);
        if (change == "no config")
            members.erase(members.begin() + 7);
        if (change == "config is no JSON")
            members[7].content = std::string(100'000, '[');
        if (change == "links in a ring")
            members[6] = {"d/layer.tar", {}, '2', "../b/layer.tar"};
        if (change == "no name")
            members[8].content = R"([{"Config":"c.json","RepoTags":null,"Layers":["a/layer.tar","b/layer.tar"]}])";
        if (change == "bad name")
            members[8].content = R"([{"Config":"c.json","RepoTags":["UPPER CASE"],"Layers":[]}])";
        if (change == "manifest is deep")
            members[8].content = std::string(40, '[') + std::string(40, ']');
        if (change == "manifest is a number")
            members[8].content = "7";
        CacheFixture fixture;
        try {
            load(*fixture.cache, tarOf(members));
            QFAIL("it was loaded");
        } catch (const Error& error) {
            QCOMPARE(int(error.code()), code);
            QVERIFY2(QString(error.what()).contains(says), error.what());
        }
        QVERIFY(fixture.cache->tags().list({}, {}, 10).empty());
    }
};

QTEST_GUILESS_MAIN(DockerArchiveTest)
#include "docker_archive_test.moc"
