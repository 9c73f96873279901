// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "archive_fixture.h"

#include <archive.h>
#include <archive_entry.h>

using namespace layerhold;
using namespace layerhold::test;

namespace {

using Filter = int (*)(archive*);

/// The archive as one compressed stream.
std::string compressed(const std::string& bytes, Filter filter)
{
    std::string out(bytes.size() + 65536, '\0');
    std::size_t used = 0;
    archive* writer = archive_write_new();
    archive_write_set_format_raw(writer);
    filter(writer);
    archive_write_set_bytes_in_last_block(writer, 1);
    archive_write_open_memory(writer, out.data(), out.size(), &used);
    archive_entry* entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(writer, entry);
    archive_write_data(writer, bytes.data(), bytes.size());
    archive_entry_free(entry);
    archive_write_close(writer);
    archive_write_free(writer);
    out.resize(used);
    return out;
}

/// Paths of the members, in their order.
std::vector<std::string> pathsIn(const std::string& tar)
{
    std::vector<std::string> paths;
    archive* reader = archive_read_new();
    archive_read_support_format_tar(reader);
    archive_read_open_memory(reader, tar.data(), tar.size());
    archive_entry* entry = nullptr;
    while (archive_read_next_header(reader, &entry) == ARCHIVE_OK)
        paths.emplace_back(archive_entry_pathname(entry));
    archive_read_free(reader);
    return paths;
}

bool hasPath(const std::string& tar, const std::string& path)
{
    const auto paths = pathsIn(tar);
    return std::find(paths.begin(), paths.end(), path) != paths.end();
}

} // namespace

class ArchiveTest : public QObject
{
    Q_OBJECT

private slots:

    void comesBackAsItWas()
    {
        const SampleImage image;
        CacheFixture from;
        image.putInto(*from.cache);
        const std::string archive = save(*from.cache, image.index, "example.org/app:1");
        QCOMPARE(save(*from.cache, image.index, "example.org/app:1"), archive);
        QCOMPARE(pathsIn(archive).size(), image.all().size() + 3);

        CacheFixture to;
        const ArchiveReadReport report = load(*to.cache, archive);
        QCOMPARE(report.images.size(), std::size_t(1));
        QCOMPARE(report.images[0].reference, std::string("example.org/app:1"));
        QCOMPARE(report.images[0].digest.toString(), digestOf(image.index).toString());
        QCOMPARE(report.blobs, std::uint64_t(image.all().size()));
        QCOMPARE(report.storedBlobs, report.blobs);
        for (const std::string& bytes : image.all()) {
            QCOMPARE(readAll(to.cache->open(digestOf(bytes))), bytes);
            QVERIFY(!to.cache->why(digestOf(bytes)).empty()); // the tag keeps all of it
        }
        QVERIFY(to.cache->blob(digestOf(image.index))->kind == BlobKind::Index);
        QVERIFY(to.cache->blob(digestOf(image.amd64Config))->kind == BlobKind::Config);
        QVERIFY(to.cache->blob(digestOf(image.layer))->kind == BlobKind::Layer);
        const auto history = to.cache->tags().history("example.org/app:1");
        QVERIFY(history.at(0).cause == TagCause::Manual && history.at(0).by == "somebody");
        QCOMPARE(save(*to.cache, image.index, "example.org/app:1"), archive);
        QCOMPARE(load(*to.cache, archive).storedBlobs, std::uint64_t(0)); // again is no error
    }

    void takesMembersInAnyOrder()
    {
        auto members = layoutOf(SampleImage());
        std::reverse(members.begin(), members.end());
        for (RawMember& member : members)
            member.path = "./" + member.path;
        members.insert(members.begin(), {"./", {}, '5'});
        CacheFixture fixture;
        QCOMPARE(load(*fixture.cache, tarOf(members)).images.at(0).reference, std::string("example.org/app:1"));
    }

    void understandsCompression_data()
    {
        QTest::addColumn<QByteArray>("archive");
        const std::string tar = tarOf(layoutOf(SampleImage()));
        QTest::newRow("none") << QByteArray::fromStdString(tar);
        QTest::newRow("gzip") << QByteArray::fromStdString(compressed(tar, archive_write_add_filter_gzip));
        QTest::newRow("zstd") << QByteArray::fromStdString(compressed(tar, archive_write_add_filter_zstd));
    }

    void understandsCompression()
    {
        QFETCH(QByteArray, archive);
        CacheFixture fixture;
        QCOMPARE(load(*fixture.cache, archive.toStdString()).images.size(), std::size_t(1));
    }

    void exportsOnePlatformAsItsManifest()
    {
        const SampleImage image;
        CacheFixture from;
        image.putInto(*from.cache);
        const std::string archive = save(*from.cache, image.index, "app:1", {"linux/arm64"});
        QVERIFY(!hasPath(archive, "blobs/sha256/" + digestOf(image.index).hex()));
        QVERIFY(!hasPath(archive, "blobs/sha256/" + digestOf(image.amd64).hex()));
        CacheFixture to;
        const LoadedImage loaded = load(*to.cache, archive).images.at(0);
        QCOMPARE(loaded.reference, std::string("docker.io/library/app:1"));
        QCOMPARE(loaded.digest.toString(), digestOf(image.arm64).toString());

        const std::string both = save(*from.cache, image.index, "app:1", {"linux/arm64", "linux/amd64"});
        QCOMPARE(both, save(*from.cache, image.index, "app:1"));
    }

    void exportsWhatIsWholeOfAnIndex()
    {
        const SampleImage image;
        CacheFixture from;
        image.putInto(*from.cache, {image.amd64Layer});
        const std::string archive = save(*from.cache, image.index, "app:1");
        QVERIFY(hasPath(archive, "blobs/sha256/" + digestOf(image.index).hex()));
        QVERIFY(!hasPath(archive, "blobs/sha256/" + digestOf(image.amd64).hex()));
        CacheFixture to;
        QCOMPARE(load(*to.cache, archive).images.at(0).digest.toString(), digestOf(image.index).toString());
    }

    void exportsNothingThatIsNotThere_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QStringList>("platforms");
        QTest::addColumn<QString>("says");
        const SampleImage image;
        const QString layer = QString::fromStdString(digestOf(image.amd64Layer).toString());
        QTest::newRow("a layer is missing") << QString::fromStdString(image.amd64) << QStringList() << layer;
        QTest::newRow("a layer of a platform is missing")
            << QString::fromStdString(image.index) << QStringList("linux/amd64") << layer;
        QTest::newRow("no such platform")
            << QString::fromStdString(image.index) << QStringList("linux/s390x") << QStringLiteral("linux/s390x");
        QTest::newRow("no such blob") << QStringLiteral("nothing") << QStringList()
                                      << QStringLiteral("not stored here");
        QTest::newRow("a layer") << QString::fromStdString(image.layer) << QStringList() << QStringLiteral("no image");
    }

    void exportsNothingThatIsNotThere()
    {
        QFETCH(QString, what);
        QFETCH(QStringList, platforms);
        QFETCH(QString, says);
        const SampleImage image;
        CacheFixture fixture;
        image.putInto(*fixture.cache, {image.amd64Layer});
        std::vector<std::string> wanted;
        for (const QString& platform : platforms)
            wanted.push_back(platform.toStdString());
        try {
            save(*fixture.cache, what.toStdString(), {}, wanted);
            QFAIL("it was exported");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains(says), error.what());
        }
    }

    void isADockerArchiveAsWell()
    {
        const SampleImage image;
        CacheFixture fixture;
        image.putInto(*fixture.cache);
        const std::string archive = save(*fixture.cache, image.index, "app:1", {"linux/amd64"});
        const std::string expected =
            dockerManifestOf(image.amd64Config, {image.layer, image.amd64Layer}, "docker.io/library/app:1");
        QVERIFY(archive.find(expected) != std::string::npos);
        const std::string unnamed = save(*fixture.cache, image.index);
        QVERIFY(unnamed.find("\"RepoTags\":null") != std::string::npos);
        QVERIFY(unnamed.find("annotations") == std::string::npos);
    }

    void namesItsImageAsAsked()
    {
        const SampleImage image;
        CacheFixture fixture;
        const std::string archive = tarOf(layoutOf(image));
        QCOMPARE(load(*fixture.cache, archive, "other:2").images.at(0).reference,
                 std::string("docker.io/library/other:2"));
        QVERIFY(!fixture.cache->tags().find("example.org/app:1"));
    }

    void understandsWhatSkopeoNames_data()
    {
        QTest::addColumn<QString>("refName");
        QTest::addColumn<QString>("reference"); // empty: it is no name
        QTest::newRow("a whole name") << "quay.io/team/app:3"
                                      << "quay.io/team/app:3";
        QTest::newRow("a name with a tag") << "app:3"
                                           << "docker.io/library/app:3";
        QTest::newRow("only a tag") << "3"
                                    << "";
        QTest::newRow("no name of an image") << "A B:/"
                                             << "";
    }

    void understandsWhatSkopeoNames()
    {
        QFETCH(QString, refName);
        QFETCH(QString, reference);
        const SampleImage image;
        auto members = layoutOf(image);
        members[1] = indexMember(
            {namedDescriptor(image.index, indexType, refName.toStdString(), "org.opencontainers.image.ref.name")});
        CacheFixture fixture;
        if (reference.isEmpty())
            QVERIFY(errorOf([&] { load(*fixture.cache, tarOf(members)); }) == ErrorCode::InvalidArgument);
        else
            QCOMPARE(load(*fixture.cache, tarOf(members)).images.at(0).reference, reference.toStdString());
    }

    void loadsSeveralImages()
    {
        const SampleImage image;
        auto members = layoutOf(image);
        members[1] =
            indexMember({namedDescriptor(image.index, indexType, "a:1"),
                         namedDescriptor(image.arm64, manifestType, "b:1"), descriptorOf(image.amd64, manifestType)});
        CacheFixture fixture;
        QCOMPARE(load(*fixture.cache, tarOf(members)).images.size(), std::size_t(2));
        QVERIFY(errorOf([&] { load(*fixture.cache, tarOf(members), "c:1"); }) == ErrorCode::InvalidArgument);
    }

    void waitsForNobodyWhoLoadsTheSame()
    {
        const SampleImage image;
        CacheFixture fixture;
        const auto other = fixture.cache->beginOperation("another load");
        const auto delivery = other->bring(digestOf(image.index), image.index.size(), BlobKind::Manifest, "archive");
        QCOMPARE(load(*fixture.cache, tarOf(layoutOf(image))).images.size(), std::size_t(1));
    }

    void endsWhenAsked()
    {
        const SampleImage image;
        CacheFixture fixture;
        std::stop_source stop;
        stop.request_stop();
        const std::string archive = tarOf(layoutOf(image));
        QVERIFY_EXCEPTION_THROWN(readArchive(*fixture.cache, {}, sourceOf(archive), stop.get_token()), Cancelled);
        image.putInto(*fixture.cache);
        const ArchiveWriteRequest request(digestOf(image.index));
        QVERIFY_EXCEPTION_THROWN(writeArchive(
                                     *fixture.cache, request, [](auto) {}, {}, stop.get_token()),
                                 Cancelled);
    }

    void passesFailuresOfItsEndsOn()
    {
        const SampleImage image;
        CacheFixture fixture;
        image.putInto(*fixture.cache);
        const auto fails = [](auto) -> std::size_t { throw Error(ErrorCode::Full, "no space"); };
        QVERIFY(errorOf([&] { readArchive(*fixture.cache, {}, fails, {}); }) == ErrorCode::Full);
        QVERIFY(errorOf([&] {
                    writeArchive(*fixture.cache, ArchiveWriteRequest(digestOf(image.index)), fails, {}, {});
                }) == ErrorCode::Full);
    }

    /// As pulls do it.
    void layersOfOtherMakersNeedNotBeThere_data()
    {
        QTest::addColumn<QString>("mediaType");
        QTest::addColumn<QString>("more");
        QTest::addColumn<bool>("isTaken");
        const QString plain = QString::fromStdString(layerType);
        QTest::newRow("by its type") << "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"
                                     << "" << true;
        QTest::newRow("by where else it is") << plain << ",\"urls\":[\"somewhere else\"]" << true;
        QTest::newRow("any other") << plain << "" << false;
    }

    void layersOfOtherMakersNeedNotBeThere()
    {
        QFETCH(QString, mediaType);
        QFETCH(QString, more);
        QFETCH(bool, isTaken);
        const SampleImage image;
        std::string manifest = image.arm64;
        const std::string list = "\"layers\":[";
        manifest.insert(manifest.find(list) + list.size(),
                        descriptorOf("far away", mediaType.toStdString(), more.toStdString()) + ',');
        const std::string archive =
            tarOf({layoutMember(), indexMember({namedDescriptor(manifest, manifestType, "a:1")}),
                   blobMember(image.layer), blobMember(image.arm64Config), blobMember(manifest)});
        CacheFixture fixture;
        QCOMPARE(errorOf([&] { load(*fixture.cache, archive); }) == std::nullopt, isTaken);
        if (isTaken)
            QVERIFY(hasPath(save(*fixture.cache, manifest), blobMember(image.layer).path));
    }

    /// libarchive takes a failure between two packed parts for the end.
    void doesNotTakeAFailureForTheEnd()
    {
        CacheFixture fixture;
        const std::string part = compressed(tarMember(layoutMember()), archive_write_add_filter_gzip);
        int calls = 0;
        const auto source = [&](std::span<std::byte> buffer) -> std::size_t {
            if (++calls == 2)
                throw Error(ErrorCode::Full, "no space");
            return calls == 1 ? sourceOf(part, part.size())(buffer) : 0;
        };
        QVERIFY(errorOf([&] { readArchive(*fixture.cache, {}, source, {}); }) == ErrorCode::Full);
        QCOMPARE(calls, 2);
    }
};

QTEST_GUILESS_MAIN(ArchiveTest)
#include "archive_test.moc"
