// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// Archives that nobody means well with: each ends with an error that says what is wrong, and leaves nothing behind that
// points anywhere or is claimed.
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "archive_fixture.h"

#include <sys/resource.h>

using namespace layerhold;
using namespace layerhold::test;

namespace {

struct HostileArchive
{
    const char* name;
    std::string bytes;
    ErrorCode code;
    const char* says;
};

/// The layout of the sample image with one more member in front.
std::string withMember(RawMember member)
{
    auto members = layoutOf(SampleImage());
    members.insert(members.begin(), std::move(member));
    return tarOf(members);
}

/// With other bytes in the member at a position: 0 oci-layout, 1 index.json, then the blobs.
std::string withContent(std::size_t position, const std::string& content)
{
    auto members = layoutOf(SampleImage());
    members[position].content = content;
    return tarOf(members);
}

std::string without(const std::string& blob)
{
    auto members = layoutOf(SampleImage());
    std::erase_if(members, [&](const RawMember& member) { return member.content == blob; });
    return tarOf(members);
}

std::string twice(std::size_t position)
{
    auto members = layoutOf(SampleImage());
    members.push_back(members[position]);
    return tarOf(members);
}

/// The index states another size for the image.
std::string withStatedSize()
{
    const SampleImage image;
    std::string descriptor = namedDescriptor(image.index, indexType, "app:1");
    const std::string size = "\"size\":" + std::to_string(image.index.size());
    descriptor.replace(descriptor.find(size), size.size(), "\"size\":7");
    auto members = layoutOf(image);
    members[1] = indexMember({descriptor});
    return tarOf(members);
}

std::string nestedIndexes()
{
    std::vector<RawMember> members{layoutMember(), {}};
    std::string document = SampleImage().index;
    for (int i = 0; i < 6; ++i) {
        members.push_back(blobMember(document));
        document = R"({"schemaVersion":2,"manifests":[)" + descriptorOf(document, indexType) + "]}";
    }
    members.push_back(blobMember(document));
    members[1] = indexMember({namedDescriptor(document, indexType, "app:1")});
    for (const std::string& bytes : SampleImage().all())
        if (bytes != SampleImage().index)
            members.push_back(blobMember(bytes));
    return tarOf(members);
}

std::string manyMembers(std::size_t count)
{
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i)
        bytes += tarMember({"oci/" + std::to_string(i) + '/', {}, '5'});
    return bytes + tarOf(layoutOf(SampleImage()));
}

RawMember ofSize(RawMember member, std::uint64_t size)
{
    member.statedSize = size;
    return member;
}

/// A symlink whose target stands in an extension of its header.
std::string longLink(std::size_t length)
{
    return tarMember({"././@LongLink", std::string(length, 'p') + '\0', 'K'}) + tarMember({"a", {}, '2', "b"}) +
           tarOf(layoutOf(SampleImage()));
}

std::string paxRecord(const std::string& key, const std::string& value)
{
    const std::size_t size = key.size() + value.size() + 5; // with two digits of its own
    return std::to_string(size) + ' ' + key + '=' + value + '\n';
}

/// A file with so many holes that their list, which readers keep in memory, is longer than any header.
std::string endlessHeader()
{
    std::string holes = "9000000\n";
    while (holes.size() < (3U << 20U))
        holes += "0\n0\n";
    return tarMember({"x", paxRecord("GNU.sparse.major", "1") + paxRecord("GNU.sparse.minor", "0"), 'x'}) +
           tarMember({"a", holes});
}

/// An index of manifests that are large and name little.
std::string endlessManifests()
{
    const SampleImage image;
    std::vector<RawMember> members{layoutMember(), {}, blobMember(image.layer), blobMember(image.arm64Config)};
    std::vector<PlatformManifest> manifests;
    for (int i = 0; i < 9; ++i) {
        const std::string padding =
            R"(,"annotations":{"pad":")" + std::string(3'900'000, static_cast<char>('a' + i)) + R"("})";
        manifests.push_back({manifestOf(image.arm64Config, {image.layer}, padding), "linux", "v" + std::to_string(i)});
        members.push_back(blobMember(manifests.back().document));
    }
    const std::string index = indexOf(manifests);
    members.push_back(blobMember(index));
    members[1] = indexMember({namedDescriptor(index, indexType, "app:1")});
    return tarOf(members);
}

/// The second of its names is that of another image.
std::string nameOfAnother()
{
    const SampleImage image;
    auto members = layoutOf(image);
    members[1] = indexMember({namedDescriptor(image.index, indexType, "app:1"),
                              namedDescriptor(image.index, indexType, "zoo@" + digestOf(image.arm64).toString())});
    return tarOf(members);
}

std::string sameNameTwice()
{
    const SampleImage image;
    auto members = layoutOf(image);
    members[1] = indexMember(
        {namedDescriptor(image.amd64, manifestType, "app:1"), namedDescriptor(image.arm64, manifestType, "app:1")});
    return tarOf(members);
}

std::vector<HostileArchive> hostileArchives()
{
    const SampleImage image;
    const std::string good = tarOf(layoutOf(image));
    const auto bad = ErrorCode::InvalidArgument;
    return {
        {"nothing", "", bad, "no"},
        {"no tar", std::string(5000, 'x'), bad, "no"},
        {"zeros", std::string(10240, '\0'), bad, "neither oci-layout nor manifest.json"},
        {"a gzip head", "\x1f\x8b\x08", bad, "no"},
        {"another archive", tarOf({{"etc/hosts", "x"}}), bad, "neither oci-layout nor manifest.json"},
        {"cut in a header", good.substr(0, 512 * 4 + 100), bad, "damaged"},
        {"cut in a blob", good.substr(0, 512 * 5 + 3), bad, "damaged"},
        {"absolute path", withMember({"/etc/passwd", "x"}), bad, "leads out"},
        {"path that climbs", withMember({"a/../../etc/passwd", "x"}), bad, "leads out"},
        {"path that climbs inside", withMember({"blobs/../oci-layout", "x"}), bad, "leads out"},
        {"only ..", withMember({"..", "x"}), bad, "leads out"},
        {"symlink out", withMember({"a", {}, '2', "../b"}), bad, "leads out"},
        {"absolute symlink", withMember({"a", {}, '2', "/etc/passwd"}), bad, "leads out"},
        {"symlink in place of a blob", withMember({blobMember(image.layer).path, {}, '2', "../../oci-layout"}), bad,
         "twice"},
        {"long symlink", longLink(600), bad, "link of more than 512 bytes"},
        {"endless header", endlessHeader(), bad, "header of more than"},
        {"hard link", withMember({"a", {}, '1', "/etc/passwd"}), bad, "hard link"},
        {"device", withMember({"a", {}, '3'}), bad, "neither file nor folder"},
        {"pipe", withMember({"a", {}, '6'}), bad, "neither file nor folder"},
        {"the layout twice", twice(0), bad, "twice"},
        {"a blob twice", twice(3), bad, "twice"},
        {"a blob twice, by another spelling",
         withMember({"./blobs//sha256/" + digestOf(image.layer).hex(), image.layer}), bad, "twice"},
        {"long path", withMember({std::string(600, 'p'), "x"}), bad, "600 bytes"},
        {"too large", withMember(ofSize({"blobs/sha256/" + std::string(64, 'a')}, 07777777777)), bad, "damaged"},
        {"more members than allowed", manyMembers(25'000), bad, "more than 20000 members"},
        {"larger than the archive", good.substr(0, 1024) + tarHeader(ofSize(blobMember(image.layer), 1U << 20U)), bad,
         "damaged"},
        {"wrong bytes", withContent(2, "something else"), ErrorCode::Corrupted, "those of"},
        {"wrong bytes of a manifest", withContent(6, "{}"), ErrorCode::Corrupted, "those of"},
        {"layer missing", without(image.amd64Layer), ErrorCode::NotFound, "is missing: sha256:"},
        {"config missing", without(image.arm64Config), ErrorCode::NotFound, "is missing: sha256:"},
        {"image missing", without(image.index), ErrorCode::NotFound, "is missing: sha256:"},
        {"no index", tarOf({layoutMember()}), bad, "without index.json"},
        {"index is no JSON", withContent(1, "{"), bad, "index.json"},
        {"index has duplicate keys", withContent(1, R"({"schemaVersion":2,"manifests":[],"manifests":[]})"), bad,
         "index.json"},
        {"index is a manifest", withContent(1, image.amd64), bad, "it is no index"},
        {"index is empty", withContent(1, R"({"schemaVersion":2,"manifests":[]})"), bad, "names no image"},
        {"index is deep", withContent(1, std::string(100'000, '[')), bad, "index.json"},
        {"index is huge", withContent(1, std::string(5U << 20U, ' ')), bad, "larger than"},
        {"layout of another version", withContent(0, R"({"imageLayoutVersion":"2.0.0"})"), bad, "version"},
        {"layout is no JSON", withContent(0, "1.0.0"), bad, "oci-layout"},
        {"another size than is stated", withStatedSize(), bad, "states 7 bytes"},
        {"indexes in indexes", nestedIndexes(), bad, "indexes in indexes"},
        {"endless manifests", endlessManifests(), bad, "have more than"},
        {"the name of another image", nameOfAnother(), bad, "cannot be called"},
        {"one name for two images", sameNameTwice(), bad, "two images"},
        {"image is a layer",
         tarOf({layoutMember(), indexMember({namedDescriptor(image.layer, manifestType, "a:1")}),
                blobMember(image.layer)}),
         bad, "is no manifest"},
    };
}

} // namespace

Q_DECLARE_METATYPE(HostileArchive)

class HostileArchivesTest : public QObject
{
    Q_OBJECT

private slots:

    void areRefused_data()
    {
        QTest::addColumn<HostileArchive>("hostile");
        for (const HostileArchive& hostile : hostileArchives())
            QTest::newRow(hostile.name) << hostile;
    }

    void areRefused()
    {
        QFETCH(HostileArchive, hostile);
        CacheFixture fixture;
        try {
            load(*fixture.cache, hostile.bytes);
            QFAIL("it was loaded");
        } catch (const Error& error) {
            QVERIFY2(error.code() == hostile.code, error.what());
            QVERIFY2(std::string(error.what()).find(hostile.says) != std::string::npos, error.what());
        }
        QVERIFY(fixture.cache->tags().list({}, {}, 10).empty());
        for (const Blob& blob : fixture.cache->blobs({}, std::nullopt, 1000)) {
            QVERIFY(fixture.cache->why(blob.digest).empty());
            QVERIFY(blob.released);
        }
        QCOMPARE(openDescriptorsUnder(fixture.root.path() / "cache" / "ingest"), std::size_t(0));
    }

    /// Whoever knows only the digest of what others have stored does not get it by an archive that names it.
    void giveNothingThatIsNotInThem()
    {
        const SampleImage image;
        CacheFixture fixture;
        image.putInto(*fixture.cache);
        QVERIFY(errorOf([&] { load(*fixture.cache, without(image.amd64Layer)); }) == ErrorCode::NotFound);
        QVERIFY(errorOf([&] { load(*fixture.cache, withContent(2, "guessed")); }) == ErrorCode::Corrupted);
        QVERIFY(fixture.cache->tags().list({}, {}, 10).empty());
        QCOMPARE(readAll(fixture.cache->open(digestOf(image.layer))), image.layer);
    }

    void areRefusedByTheLimitsThatAreSet()
    {
        const std::string archive = tarOf(layoutOf(SampleImage()));
        CacheFixture fixture;
        ArchiveReadRequest request;
        request.limits.memberBytes = 300; // an index has more
        QVERIFY(errorOf([&] { readArchive(*fixture.cache, request, sourceOf(archive), {}); }) ==
                ErrorCode::InvalidArgument);
        request.limits = {};
        request.limits.members = 8;
        QVERIFY(errorOf([&] { readArchive(*fixture.cache, request, sourceOf(archive), {}); }) ==
                ErrorCode::InvalidArgument);
        request.limits.members = 9;
        QCOMPARE(readArchive(*fixture.cache, request, sourceOf(archive), {}).images.size(), std::size_t(1));
    }

    /// A stream without end: it is read, and memory does not grow with it.
    void takeNoMemory()
    {
        CacheFixture fixture;
        const std::string head = tarHeader(ofSize({"blobs/sha256/" + std::string(64, 'a')}, 07777777777));
        const std::string zeros(1U << 20U, '\0');
        std::size_t pieces = 0;
        const auto source = [&](std::span<std::byte> buffer) -> std::size_t {
            const std::string& text = pieces == 0 ? head : zeros;
            if (++pieces > 800)
                return 0;
            const std::size_t count = std::min(buffer.size(), text.size());
            std::copy_n(bytesOf(text).begin(), count, buffer.begin());
            return count;
        };
        rusage before{};
        getrusage(RUSAGE_SELF, &before);
        QVERIFY(errorOf([&] { readArchive(*fixture.cache, {}, source, {}); }) == ErrorCode::InvalidArgument);
        rusage after{};
        getrusage(RUSAGE_SELF, &after);
        QVERIFY2(after.ru_maxrss - before.ru_maxrss < 32 * 1024, "it grew by more than 32 MiB over 200 MiB");
    }
};

QTEST_GUILESS_MAIN(HostileArchivesTest)
#include "hostile_archives_test.moc"
