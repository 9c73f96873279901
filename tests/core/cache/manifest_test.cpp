// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache/manifest.h"

#include "layerhold/error.h"
#include "support/files.h"

using namespace layerhold;
using namespace layerhold::test;

namespace {

const std::string manifestType = "application/vnd.oci.image.manifest.v1+json";
const std::string indexType = "application/vnd.oci.image.index.v1+json";
const std::string configType = "application/vnd.oci.image.config.v1+json";
const std::string layerType = "application/vnd.oci.image.layer.v1.tar+gzip";

std::string digestText(char digit)
{
    return "sha256:" + std::string(64, digit);
}

std::string descriptor(char digit, const std::string& mediaType, const std::string& more = {})
{
    return R"({"mediaType":")" + mediaType + R"(","digest":")" + digestText(digit) + R"(","size":7)" + more + '}';
}

std::string manifestWith(const std::string& config, const std::string& layers, const std::string& more = {})
{
    return R"({"schemaVersion":2,"mediaType":")" + manifestType + R"(","config":)" + config + R"(,"layers":[)" +
           layers + "]" + more + "}";
}

Manifest parsed(const std::string& document)
{
    return requireManifest(Hasher::of(bytesOf(document)), document);
}

} // namespace

class ManifestTest : public QObject
{
    Q_OBJECT

private slots:

    void namesWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const std::string& document, const char* reason) {
            QTest::newRow(name) << QByteArray(document.data(), static_cast<qsizetype>(document.size()))
                                << QString(reason);
        };
        const std::string config = descriptor('c', configType);
        const std::string layer = descriptor('1', layerType);
        row("nothing", "", "it is empty");
        row("null", "null", "no JSON object");
        row("list", "[]", "no JSON object");
        row("cut", R"({"schemaVersion":2)", "no strict JSON");
        row("duplicate key", R"({"schemaVersion":2,"schemaVersion":2})", "no strict JSON");
        row("bad bytes", "{\"a\":\"\xff\"}", "no strict JSON");
        row("too large", std::string((4U << 20U) + 1, ' '), "larger than 4 MiB");
        row("no version", R"({"config":)" + config + R"(,"layers":[]})", "schema version");
        row("version 1", R"({"schemaVersion":1,"config":)" + config + R"(,"layers":[]})", "schema version");
        row("version as text", R"({"schemaVersion":"2","config":)" + config + R"(,"layers":[]})", "schema version");
        row("empty media type", R"({"schemaVersion":2,"mediaType":"","config":)" + config + R"(,"layers":[]})",
            "the media type is empty");
        row("foreign media type",
            R"({"schemaVersion":2,"mediaType":"text/plain","config":)" + config + R"(,"layers":[]})",
            "not that of a manifest");
        row("media type of the other kind",
            R"({"schemaVersion":2,"mediaType":")" + indexType + R"(","config":)" + config + R"(,"layers":[]})",
            "not that of a manifest");
        row("media type is no text", R"({"schemaVersion":2,"mediaType":7,"config":)" + config + R"(,"layers":[]})",
            "mediaType is no text");
        row("no config", R"({"schemaVersion":2,"layers":[]})", "config is missing");
        row("no layers", R"({"schemaVersion":2,"config":)" + config + "}", "layers are missing");
        row("empty config media type", manifestWith(descriptor('c', ""), layer), "config: the media type is empty");
        row("missing config media type", manifestWith(R"({"digest":")" + digestText('c') + R"(","size":1})", layer),
            "config: the media type is empty");
        row("negative config size",
            manifestWith(R"({"mediaType":")" + configType + R"(","digest":")" + digestText('c') + R"(","size":-1})",
                         layer),
            "config: the size is negative");
        row("config without digest", manifestWith(R"({"mediaType":"x","size":1})", layer),
            "config: the digest is missing");
        row("config with empty digest", manifestWith(R"({"mediaType":"x","digest":"","size":1})", layer),
            "config: the digest is missing");
        row("malformed digest", manifestWith(R"({"mediaType":"x","digest":"sha256:beef","size":1})", layer),
            "config: the digest \"sha256:beef\" is malformed");
        row("upper-case digest",
            manifestWith(R"({"mediaType":"x","digest":"sha256:)" + std::string(64, 'A') + R"(","size":1})", layer),
            "is malformed");
        row("second layer without media type", manifestWith(config, layer + ',' + descriptor('2', "")),
            "layer 1: the media type is empty");
        row("third layer of negative size",
            manifestWith(config,
                         layer + ',' + layer + R"(,{"mediaType":"x","digest":")" + digestText('2') + R"(","size":-5})"),
            "layer 2: the size is negative");
        row("layer of a broken size",
            manifestWith(config, R"({"mediaType":"x","digest":")" + digestText('2') + R"(","size":1.5})"),
            "layer 0: the size is no whole number");
        row("layer without size", manifestWith(config, R"({"mediaType":"x","digest":")" + digestText('2') + R"("})"),
            "layer 0: the size is missing");
        row("layer is no object", manifestWith(config, "7"), "layer 0: the descriptor is no object");
        row("layers are no list", R"({"schemaVersion":2,"config":)" + config + R"(,"layers":{}})", "layers is no list");
        row("ambiguous", R"({"schemaVersion":2,"manifests":[],"config":)" + config + R"(,"layers":[]})", "ambiguous");
        row("index entry", R"({"schemaVersion":2,"manifests":[{"digest":"x","size":1}]})",
            "manifest 0: the digest \"x\" is malformed");
        row("empty config without artifact type",
            manifestWith(descriptor('c', "application/vnd.oci.empty.v1+json"), layer), "artifact type must be stated");
        row("bad subject", manifestWith(config, layer, R"(,"subject":{"digest":"x"})"), "subject: the digest");
        row("platform is no object",
            R"({"schemaVersion":2,"manifests":[)" + descriptor('1', manifestType, R"(,"platform":"linux")") + "]}",
            "manifest 0: platform is no object");
    }

    void namesWhatIsWrong()
    {
        QFETCH(QByteArray, document);
        QFETCH(QString, reason);
        try {
            parsed(document.toStdString());
            QFAIL("accepted");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::InvalidArgument);
            QVERIFY2(QString(error.what()).contains(reason), error.what());
        }
    }

    void readsAManifest()
    {
        const auto manifest = parsed(
            manifestWith(descriptor('c', configType), descriptor('1', layerType) + ',' + descriptor('2', layerType)));
        QVERIFY(manifest.kind == BlobKind::Manifest);
        QCOMPARE(manifest.mediaType, manifestType);
        QVERIFY(manifest.artifactType.empty());
        QCOMPARE(manifest.edges.size(), std::size_t(3));
        QCOMPARE(manifest.edges[0].role, std::string("config"));
        QCOMPARE(manifest.edges[2].child.toString(), digestText('2'));
        QCOMPARE(manifest.edges[2].size, std::uint64_t(7));
    }

    void readsAnArtifactWithItsSubject()
    {
        const auto artifact = parsed(manifestWith(
            descriptor('c', "application/vnd.oci.empty.v1+json"), descriptor('1', "application/vnd.example.sbom"),
            R"(,"artifactType":"application/vnd.example.sbom","subject":)" + descriptor('5', manifestType)));
        QCOMPARE(artifact.artifactType, std::string("application/vnd.example.sbom"));
        QCOMPARE(artifact.edges.back().role, std::string("subject"));
    }

    void readsAnIndexWithPlatforms()
    {
        const auto index =
            parsed(R"({"schemaVersion":2,"manifests":[)" +
                   descriptor('1', manifestType, R"(,"platform":{"os":"linux","architecture":"arm","variant":"v7"})") +
                   ',' + descriptor('2', manifestType) + "]}");
        QVERIFY(index.kind == BlobKind::Index);
        QCOMPARE(index.mediaType, indexType);
        QCOMPARE(index.edges[0].platform, std::string("linux/arm/v7"));
        QVERIFY(index.edges[1].platform.empty());
    }

    void whatIsTooLongIsNoPlatform()
    {
        const auto platformOf = [](std::size_t size) {
            const std::string os(size - std::string("/amd64").size(), 'x');
            return parsed(
                       R"({"schemaVersion":2,"manifests":[)" +
                       descriptor('1', manifestType, R"(,"platform":{"os":")" + os + R"(","architecture":"amd64"})") +
                       "]}")
                .edges.front()
                .platform;
        };
        QCOMPARE(platformOf(255).size(), std::size_t(255));
        QVERIFY(platformOf(256).empty());
    }

    void recognitionIsMoreLenient()
    {
        const std::string document = manifestWith(R"({"digest":")" + digestText('c') + R"(","size":1})", "");
        QVERIFY(recogniseManifest(Hasher::of(bytesOf(document)), document));
        QVERIFY(!recogniseManifest(Hasher::of(bytesOf("{}")), "{}"));
    }
};

QTEST_GUILESS_MAIN(ManifestTest)
#include "manifest_test.moc"
