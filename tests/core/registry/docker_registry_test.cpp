// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "layerhold/registry/registry_client.h"
#include "registry_fixture.h"
#include "support/engine/registry.h"
#include "support/files.h"

#include <QStandardPaths>

#include <algorithm>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::test;

namespace {

const std::string dockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

std::string descriptor(const std::string& content, const std::string& type)
{
    return "{\"mediaType\":\"" + type + "\",\"size\":" + std::to_string(content.size()) + ",\"digest\":\"" +
           Hasher::of(bytesOf(content)).toString() + "\"}";
}

class Whole final : public BlobReceiver
{
public:
    void begin(const BlobStart& theStart) override { start = theStart; }

    void write(std::span<const std::byte> more) override
    {
        bytes.append(reinterpret_cast<const char*>(more.data()), more.size());
    }

    BlobStart start;
    std::string bytes;
};

} // namespace

/// Against docker-registry itself.
class DockerRegistryTest : public QObject
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
        m_client.emplace(std::make_shared<RegistryContext>(m_rig.options, *m_rig.records),
                         endpointOf(m_name, Transport::Http), m_name, Credential());
        for (std::size_t i = 0; i < m_layer.size(); ++i)
            m_layer[i] = static_cast<char>(i * 7 + i / 251);
    }

    void pushes()
    {
        m_client->ping({});
        QVERIFY(push("one/image", m_config, 0) == BlobPush::Uploaded);
        QVERIFY(push("one/image", m_layer, 1U << 20U) == BlobPush::Uploaded);
        QVERIFY(push("one/image", std::string(), 0) == BlobPush::Uploaded); // of no byte
        const Digest digest = m_client->putManifest("one/image", "1.0", dockerManifest, manifest(), {});
        m_client->putManifest("one/image", "latest", dockerManifest, manifest(), {});
        QVERIFY(digest == Hasher::of(bytesOf(manifest())));
    }

    void pulls()
    {
        const ManifestHead head = m_client->headManifest("one/image", "latest", {});
        QVERIFY(head.digest == Hasher::of(bytesOf(manifest())) && head.size == manifest().size());
        QCOMPARE(head.mediaType, dockerManifest);
        const ManifestDocument document = m_client->getManifest("one/image", head.digest.toString(), {});
        QCOMPARE(document.bytes, manifest());
        const Digest layer = Hasher::of(bytesOf(m_layer));
        QCOMPARE(m_client->headBlob("one/image", layer, {}), std::uint64_t{m_layer.size()});
        Whole whole;
        m_client->getBlob("one/image", layer, {}, whole, {});
        QVERIFY(whole.bytes == m_layer);
        BlobRange range;
        range.offset = 1'000'001;
        range.etag = whole.start.etag;
        range.expectedSize = m_layer.size();
        Whole rest;
        m_client->getBlob("one/image", layer, range, rest, {});
        QCOMPARE(rest.start.offset, range.offset);
        QVERIFY(rest.bytes == m_layer.substr(range.offset));
    }

    void mountsAcrossRepositories()
    {
        m_registry->forget();
        QVERIFY(push("other", m_layer, 0, "one/image") == BlobPush::Mounted);
        QCOMPARE(m_client->headBlob("other", Hasher::of(bytesOf(m_layer)), {}), std::uint64_t{m_layer.size()});
        // Where there is nothing to mount, it is uploaded.
        QVERIFY(push("other", "new content", 0, "one/image") == BlobPush::Uploaded);
    }

    void listsTags()
    {
        std::vector<std::string> tags = m_client->listTags("one/image", {}).tags;
        std::sort(tags.begin(), tags.end());
        QVERIFY(tags == (std::vector<std::string>{"1.0", "latest"}));
        QVERIFY(m_client->referrers("one/image", Hasher::of(bytesOf(manifest())), "", {}).empty());
    }

    void saysWhatIsNotThere()
    {
        QVERIFY(failureOf([&] { m_client->headManifest("one/image", "2.0", {}); })->code() == ErrorCode::NotFound);
        QVERIFY(failureOf([&] { m_client->getManifest("none", "latest", {}); })->code() == ErrorCode::NotFound);
        QVERIFY(failureOf([&] { m_client->headBlob("one/image", Hasher::of(bytesOf("no")), {}); })->code() ==
                ErrorCode::NotFound);
        QVERIFY(failureOf([&] { m_client->listTags("none", {}); })->code() == ErrorCode::NotFound);
        // Bytes that are not of that digest are not taken.
        const std::string content = "content";
        const auto read = [&](std::uint64_t offset, std::span<std::byte> buffer) {
            const std::size_t size = std::min(buffer.size(), content.size() - offset);
            std::copy_n(bytesOf(content).begin() + static_cast<std::ptrdiff_t>(offset), size, buffer.begin());
            return size;
        };
        const auto failure = failureOf(
            [&] { m_client->pushBlob("other", Hasher::of(bytesOf("different")), content.size(), read, {}, {}); });
        QVERIFY(failure && contains(failure->what(), "(DIGEST_INVALID)"));
    }

private:
    BlobPush push(const std::string& repository, const std::string& content, std::uint64_t chunkSize,
                  const std::string& mountFrom = {})
    {
        PushOptions options;
        options.chunkSize = chunkSize;
        options.mountFrom = mountFrom;
        const auto read = [&](std::uint64_t offset, std::span<std::byte> buffer) {
            const std::size_t size = std::min(buffer.size(), content.size() - offset);
            std::copy_n(bytesOf(content).begin() + static_cast<std::ptrdiff_t>(offset), size, buffer.begin());
            return size;
        };
        return m_client->pushBlob(repository, Hasher::of(bytesOf(content)), content.size(), read, options, {});
    }

    std::string manifest() const
    {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + dockerManifest +
               "\",\"config\":" + descriptor(m_config, "application/vnd.docker.container.image.v1+json") +
               ",\"layers\":[" + descriptor(m_layer, "application/vnd.docker.image.rootfs.diff.tar.gzip") + "]}";
    }

    TempRoot m_folder;
    std::optional<test::Registry> m_registry;
    RegistryRig m_rig;
    std::string m_name;
    std::optional<RegistryClient> m_client;
    const std::string m_config = "{\"architecture\":\"amd64\",\"os\":\"linux\"}";
    std::string m_layer = std::string(3'500'000, '\0');
};

QTEST_GUILESS_MAIN(DockerRegistryTest)
#include "docker_registry_test.moc"
