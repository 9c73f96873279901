// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "core/cache/cache_fixture.h"
#include "image_documents.h"
#include "layerhold/registry/puller.h"
#include "layerhold/registry/pusher.h"
#include "registry_fixture.h"
#include "support/engine/image.h"
#include "support/engine/registry.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::test;

namespace {

/// A cache, and what talks to registries for it.
struct Side
{
    Side()
        : context(std::make_shared<RegistryContext>(rig.options, cache.cache->access()))
        , puller(*cache.cache, context)
        , pusher(*cache.cache, context)
    {}

    RegistryRig rig;
    CacheFixture cache;
    std::shared_ptr<RegistryContext> context;
    Puller puller;
    Pusher pusher;
};

const std::string armConfig = R"({"architecture":"arm64","os":"linux"})";

} // namespace

/// Against docker-registry itself, and what skopeo says of the result.
class PusherDockerTest : public QObject
{
    Q_OBJECT

private slots:

    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("docker-registry")).isEmpty())
            QSKIP("docker-registry is not installed");
        m_registry.emplace(QString::fromStdString(m_folder.path().string()));
        QVERIFY(m_registry->start());
        m_name = "127.0.0.1:" + std::to_string(m_registry->port());
        const auto image =
            makeImage(QString::fromStdString((m_images.path() / "image").string()),
                      {{LayerSpec::Content::Text, 3'000'000}, {LayerSpec::Content::Random, 5'000'000}}, 7);
        QVERIFY(image.has_value());
        m_image = *image;
        const auto engine = m_here.cache.engine("one");
        for (const QString& digest : m_image.digests())
            put(*engine, readFile(m_images.path() / "image/blobs/sha256" / digest.mid(7).toStdString()));
        // An index with an index inside, a second manifest without layers, and an artifact that is about the first.
        const std::string manifest = readAll(m_here.cache.cache->open(manifestDigest()));
        m_artifact =
            manifestOf("{}", {}, media::manifest,
                       ",\"artifactType\":\"application/x\",\"subject\":" + descriptorOf(manifest, media::manifest));
        const std::string bare = manifestOf(armConfig, {""});
        const std::string inner = indexOf({descriptorOf(bare, media::manifest, onPlatform("arm64"))});
        m_index =
            indexOf({descriptorOf(manifest, media::manifest, onPlatform("amd64")), descriptorOf(inner, media::index)});
        const std::string bareArm = manifestOf(armConfig, {});
        m_flat = indexOf({descriptorOf(manifest, media::manifest, onPlatform("amd64")),
                          descriptorOf(bareArm, media::manifest, onPlatform("arm64"))});
        for (const std::string& bytes :
             {bareArm, m_flat, m_artifact, bare, inner, m_index, std::string("{}"), std::string(), armConfig})
            put(*engine, bytes);
    }

    void pushesAnImage()
    {
        const PushReport report = push(manifestDigest(), "one/image:1");
        QCOMPARE(report.uploadedBytes, report.bytes);
        QCOMPARE(report.blobs, std::uint64_t(4));
        const PushReport again = push(manifestDigest(), "one/image:1");
        QCOMPARE(again.presentBlobs, std::uint64_t(4));
        QCOMPARE(again.uploadedBytes, std::uint64_t(0));
    }

    void mountsIntoAnotherRepository()
    {
        const PushReport report = push(manifestDigest(), "two:1");
        QCOMPARE(report.mountedBlobs, std::uint64_t(3)); // the proofs are those of the push before
        QCOMPARE(report.uploadedBytes, std::uint64_t(m_image.manifest.size));
    }

    void anotherCachePullsTheSame()
    {
        Side there;
        PullRequest request(ImageReference::require(m_name + "/one/image:1"));
        request.sources.push_back({endpointOf(m_name, Transport::Http), {}});
        QVERIFY(there.puller.pull(request, {}, {}).digest == manifestDigest());
        for (const QString& text : m_image.digests()) {
            const Digest digest = Digest::require(text.toStdString());
            QVERIFY(readAll(there.cache.cache->open(digest)) == readAll(m_here.cache.cache->open(digest)));
        }
    }

    void pushesIndexesAndArtifacts()
    {
        QVERIFY(push(hashOf(m_index), "three:1").digest == hashOf(m_index));
        push(hashOf(m_artifact), "three@" + hashOf(m_artifact).toString());
        Side there;
        PullRequest request(ImageReference::require(m_name + "/three:1"));
        request.sources.push_back({endpointOf(m_name, Transport::Http), {}});
        there.puller.pull(request, {}, {});
        QCOMPARE(readAll(there.cache.cache->open(hashOf(m_index))), m_index);
    }

    void skopeoAcceptsIt()
    {
        push(hashOf(m_flat), "four:1");
        if (QStandardPaths::findExecutable(QStringLiteral("skopeo")).isEmpty())
            QSKIP("skopeo is not installed");
        for (const char* const name : {"one/image:1", "four:1"}) {
            const QString reference = QStringLiteral("docker:") + QStringLiteral("//") +
                                      referenceAt(m_registry->port(), QString::fromLatin1(name));
            const Outcome inspected = run(QStringLiteral("skopeo"),
                                          {QStringLiteral("inspect"), QStringLiteral("--tls-verify=false"), reference});
            QVERIFY2(inspected.ok(), inspected.text().constData());
            const QString stated =
                QJsonDocument::fromJson(inspected.out).object().value(QStringLiteral("Digest")).toString();
            const std::string expected =
                (QByteArray(name).startsWith("one") ? manifestDigest() : hashOf(m_flat)).toString();
            QCOMPARE(stated.toStdString(), expected);
            const QString copy =
                QString::fromStdString((m_images.path() / ("copy-" + stated.mid(7, 8).toStdString())).string());
            const Outcome copied =
                run(QStringLiteral("skopeo"),
                    {QStringLiteral("copy"), QStringLiteral("--insecure-policy"), QStringLiteral("--all"),
                     QStringLiteral("--preserve-digests"), QStringLiteral("--src-tls-verify=false"), reference,
                     QStringLiteral("oci:") + copy + QStringLiteral(":1")});
            QVERIFY2(copied.ok(), copied.text().constData());
            for (const QString& digest : m_image.digests())
                QVERIFY(QFile::exists(copy + QStringLiteral("/blobs/sha256/") + digest.mid(7)));
        }
    }

private:
    Digest manifestDigest() const { return Digest::require(m_image.manifest.digest.toStdString()); }

    PushReport push(const Digest& image, const std::string& destination)
    {
        PushRequest request(image, ImageReference::require(m_name + '/' + destination),
                            {endpointOf(m_name, Transport::Http), {}});
        return m_here.pusher.push(request, {}, {});
    }

    TempRoot m_folder;
    TempRoot m_images;
    std::optional<test::Registry> m_registry;
    std::string m_name;
    Side m_here;
    TestImage m_image;
    std::string m_index; ///< with an index inside
    std::string m_flat;
    std::string m_artifact;
};

QTEST_GUILESS_MAIN(PusherDockerTest)
#include "pusher_docker_test.moc"
