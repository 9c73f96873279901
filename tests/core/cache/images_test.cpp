// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cleanup_fixture.h"
#include "image_documents.h"

#include "layerhold/images.h"
#include "support/fault_file_system.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <utility>

using namespace layerhold;
using namespace layerhold::test;

namespace {

std::string bytesOfSize(std::size_t size, char character)
{
    return std::string(size, character);
}

std::optional<Image> imageOf(Cache& cache, const Digest& digest)
{
    for (const Image& image : cache.images().list({}, {}, 1000).images)
        if (image.digest == digest)
            return image;
    return std::nullopt;
}

std::size_t count(Cache& cache, const std::string& filter)
{
    return cache.images().list({{filter}}, {}, 1000).images.size();
}

/// Two images on one base layer: base 1000, a 100, b 10; configs 5 and 6 bytes.
struct SharedBase
{
    SharedBase()
        : store(fixture.engine("e"))
    {
        for (const std::string& blob : {base, a, b, configA, configB})
            put(*store, blob);
        imageA = putDocument(*store, documentA);
        imageB = putDocument(*store, documentB);
    }

    CacheFixture fixture;
    std::shared_ptr<ContentStore> store;
    std::string base = bytesOfSize(1001, 'b'); // odd: a division leaves a byte
    std::string a = bytesOfSize(100, '1');
    std::string b = bytesOfSize(10, '2');
    std::string configA = "{\"a\":1}";
    std::string configB = "{\"b\": 1}";
    std::string documentA = manifestOf(configA, {base, a});
    std::string documentB = manifestOf(configB, {base, b});
    Digest imageA = digestOf("");
    Digest imageB = digestOf("");
};

/// Runs a function once, after the next look at a file.
class WatchedFile final : public FaultFileSystem
{
public:
    explicit WatchedFile(FaultPlan& plan)
        : FaultFileSystem(FileSystem::real(), plan)
    {}

    using FaultFileSystem::identity;

    std::optional<FileIdentity> identity(const Path& file) override
    {
        const auto result = FaultFileSystem::identity(file);
        if (m_isArmed && file == m_path && m_isArmed.exchange(false))
            m_hook();
        return result;
    }

    void watch(Path path, std::function<void()> hook)
    {
        m_path = std::move(path);
        m_hook = std::move(hook);
        m_isArmed = true;
    }

private:
    Path m_path;
    std::function<void()> m_hook;
    std::atomic<bool> m_isArmed{false};
};

} // namespace

class ImagesTest : public QObject
{
    Q_OBJECT

private slots:

    void bytesOfTwoImagesOnOneBase()
    {
        SharedBase scene;
        put(*scene.store, "of no image");
        Cache& cache = *scene.fixture.cache;
        const auto page = cache.images().list({}, {}, 10);
        QCOMPARE(page.images.size(), std::size_t(2));
        QVERIFY(page.images[0].digest < page.images[1].digest);
        const Image a = *imageOf(cache, scene.imageA);
        const Image b = *imageOf(cache, scene.imageB);
        const std::uint64_t ownA = scene.documentA.size() + scene.configA.size() + 100;
        const std::uint64_t ownB = scene.documentB.size() + scene.configB.size() + 10;
        QCOMPARE(a.referencedBytes, ownA + 1001);
        QCOMPARE(a.uniqueBytes, ownA);
        QCOMPARE(b.uniqueBytes, ownB);
        const bool isAFirst = scene.imageA < scene.imageB;
        QCOMPARE(a.shareBytes, ownA + (isAFirst ? 501 : 500));
        QCOMPARE(b.shareBytes, ownB + (isAFirst ? 500 : 501));
        QCOMPARE(page.totals.imageBytes, a.shareBytes + b.shareBytes);
        QCOMPARE(page.totals.sharedBytes, std::uint64_t(1001));
        QCOMPARE(page.totals.otherBytes, std::uint64_t(11));
        QCOMPARE(page.totals.imageBytes + page.totals.otherBytes, cache.status().blobBytes);
        QCOMPARE(a.layers, std::uint64_t(2));
        QCOMPARE(a.absentBlobs, std::uint64_t(0));
        QCOMPARE(a.config->toString(), digestOf(scene.configA).toString());
        QVERIFY(a.names.empty());
    }

    void indexesContainTheirManifests()
    {
        SharedBase scene;
        Cache& cache = *scene.fixture.cache;
        const std::string absent = manifestOf("{}", {"never came"});
        const Digest index = putDocument(*scene.store, indexOf({{scene.documentA, "linux", "amd64"},
                                                                {scene.documentB, "linux", "arm64"},
                                                                {absent, "linux", "s390x"}}));
        auto page = cache.images().list({}, {}, 10);
        QCOMPARE(page.images.size(), std::size_t(1));
        const Image image = page.images.front();
        QVERIFY(image.digest == index && image.kind == BlobKind::Index);
        QVERIFY((image.platforms == std::vector<std::string>{"linux/amd64", "linux/arm64"}));
        QCOMPARE(image.layers, std::uint64_t(3));
        QCOMPARE(image.absentBlobs, std::uint64_t(1));
        QCOMPARE(image.uniqueBytes, image.referencedBytes);
        QCOMPARE(image.referencedBytes, cache.status().blobBytes);
        cache.tags().put("a", scene.imageA, TagCause::Resolve, ""); // a name makes it an image of its own
        page = cache.images().list({}, {}, 10);
        QCOMPARE(page.images.size(), std::size_t(2));
        QCOMPARE(imageOf(cache, scene.imageA)->uniqueBytes, std::uint64_t(0));
        QVERIFY((imageOf(cache, scene.imageA)->platforms == std::vector<std::string>{"linux/amd64"}));
        QCOMPARE(page.totals.imageBytes, cache.status().blobBytes);
    }

    void whatAnIndexNamesOftenCountsOnce()
    {
        SharedBase scene;
        Cache& cache = *scene.fixture.cache;
        const PlatformManifest a{scene.documentA, "linux", "amd64"};
        const Digest index = putDocument(*scene.store, indexOf({a, {scene.documentB, "linux", "arm64"}, a, a}));
        QVERIFY((imageOf(cache, index)->platforms == std::vector<std::string>{"linux/amd64", "linux/arm64"}));
        QCOMPARE(cache.images().inspect(index)->manifests.size(), std::size_t(2));
    }

    void lookingTakesNothingOutOfTheTrash()
    {
        CleanupFixture fixture;
        Images& images = fixture.cache->images();
        const std::string document = manifestOf("{}", {});
        const Digest artifact =
            putDocument(*fixture.store, manifestOf("{}", {}, R"(,"subject":)" + descriptorOf(document, manifestType)));
        fixture.store->release(artifact);
        QCOMPARE(fixture.trashAll().trashed, std::uint64_t(1));
        const Digest digest = putDocument(*fixture.store, document);
        const auto details = images.inspect(digest);
        QVERIFY(details && details->referrers.empty());
        QCOMPARE(details->image.referrers, std::uint64_t(0));
        QVERIFY(fixture.isInTrash(artifact));
        QVERIFY(!images.inspect(artifact));
    }

    void subjectsAreNotContained()
    {
        SharedBase scene;
        Cache& cache = *scene.fixture.cache;
        put(*scene.store, "{}");
        put(*scene.store, "sbom");
        const Digest sbom =
            putDocument(*scene.store, manifestOf("{}", {"sbom"},
                                                 R"(,"artifactType":"application/vnd.example.sbom","subject":)" +
                                                     descriptorOf(scene.documentA, manifestType)));
        const Image artifact = *imageOf(cache, sbom);
        QVERIFY(artifact.subject == scene.imageA);
        QCOMPARE(artifact.uniqueBytes, artifact.referencedBytes);
        QCOMPARE(imageOf(cache, scene.imageA)->referrers, std::uint64_t(1));
        QCOMPARE(count(cache, "artifact==true"), std::size_t(1));
        const auto details = cache.images().inspect(scene.imageA);
        QCOMPARE(details->referrers.size(), std::size_t(1));
        QCOMPARE(details->referrers.front().artifactType, std::string("application/vnd.example.sbom"));
        QVERIFY(details->referrers.front().size > 0);
        QCOMPARE(cache.images().inspect(sbom)->manifests.front().artifactType,
                 std::string("application/vnd.example.sbom"));
    }

    void namesResolve()
    {
        SharedBase scene;
        Cache& cache = *scene.fixture.cache;
        cache.tags().put("team/a:1", scene.imageA, TagCause::Manual, "");
        cache.tags().put("r.io/other", scene.imageA, TagCause::Resolve, "");
        const auto names = imageOf(cache, scene.imageA)->names;
        QCOMPARE(names.size(), std::size_t(2));
        QCOMPARE(names[0].name, std::string("docker.io/team/a:1"));
        QVERIFY(names[0].source == ImageName::Source::Tag);
        QVERIFY(cache.images().resolve("team/a:1") == scene.imageA);
        QVERIFY(cache.images().resolve("docker.io/team/a:1") == scene.imageA);
        for (const char* unknown : {"team/a:2", "team/a", "", "A B", "sha256:1"})
            QVERIFY(!cache.images().resolve(unknown));
        cache.tags().remove("team/a:1", TagCause::Manual, "");
        QCOMPARE(imageOf(cache, scene.imageA)->names.size(), std::size_t(1));
    }

    void pagesAndFilters()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("e");
        put(*store, "layer");
        for (int i = 0; i < 20; ++i) {
            const std::string config = "{\"n\":" + std::to_string(i) + '}';
            put(*store, config);
            const Digest digest = putDocument(*store, manifestOf(config, {"layer"}));
            if (i % 2 == 0)
                fixture.cache->tags().put("app:" + std::to_string(i), digest, TagCause::Resolve, "");
        }
        Images& images = fixture.cache->images();
        std::vector<Digest> seen;
        std::optional<Digest> last;
        for (;;) {
            const auto page = images.list({}, last, 7);
            for (const Image& image : page.images)
                seen.push_back(image.digest);
            if (page.images.size() < 7)
                break;
            last = seen.back();
        }
        QCOMPARE(seen.size(), std::size_t(20));
        QVERIFY(std::is_sorted(seen.begin(), seen.end()));
        QCOMPARE(count(*fixture.cache, "named==true"), std::size_t(10));
        QCOMPARE(count(*fixture.cache, "name~=app:1"), std::size_t(5));
        QCOMPARE(count(*fixture.cache, "kind==manifest"), std::size_t(20));
        QCOMPARE(count(*fixture.cache, "complete==false"), std::size_t(0));
        QCOMPARE(count(*fixture.cache, "digest==" + seen[3].toString()), std::size_t(1));
        QVERIFY(errorOf([&] { images.list({{"=="}}, {}, 1); }) == ErrorCode::InvalidArgument);
        QVERIFY(images.list({}, {}, 0).images.empty());
        QCOMPARE(images.list({}, {}, 0).totals.images, std::uint64_t(20));
    }

    void inspectShowsTheLayerStack()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("e");
        const std::string config =
            R"({"os":"linux","architecture":"arm","variant":"v7","created":"2026-01-02T03:04:05Z",)"
            R"("history":[{"created_by":"ADD base"},{"created_by":"ENV x","empty_layer":true},)"
            R"({"created_by":"RUN make"}]})";
        put(*store, config);
        put(*store, "lowest");
        const std::string document = manifestOf(config, {"lowest", "not here"});
        const Digest digest = putDocument(*store, document);
        const auto details = fixture.cache->images().inspect(digest);
        QCOMPARE(details->manifests.size(), std::size_t(1));
        const ImageManifest& manifest = details->manifests.front();
        QCOMPARE(manifest.platform, std::string("linux/arm/v7"));
        QCOMPARE(manifest.created, std::string("2026-01-02T03:04:05Z"));
        QVERIFY(manifest.config == digestOf(config));
        QCOMPARE(manifest.layers.size(), std::size_t(2));
        QCOMPARE(manifest.layers[0].command, std::string("ADD base"));
        QVERIFY(manifest.layers[0].isPresent && !manifest.layers[1].isPresent);
        QCOMPARE(manifest.layers[0].images, std::uint64_t(1));
        QCOMPARE(manifest.layers[1].command, std::string("RUN make"));
        QCOMPARE(manifest.layers[1].size, std::uint64_t(8));
        const std::string index = indexOf({{document, "linux", "arm"}, {manifestOf("{}", {}), "linux", "amd64"}});
        const auto whole = fixture.cache->images().inspect(putDocument(*store, index));
        QCOMPARE(whole->manifests.size(), std::size_t(2));
        QCOMPARE(whole->manifests[0].platform, std::string("linux/arm")); // as the index has it
        QCOMPARE(whole->manifests[0].layers.size(), std::size_t(2));
        QVERIFY(!whole->manifests[1].isPresent);
        const auto inner = fixture.cache->images().inspect(digest); // no root any more
        QVERIFY(inner && inner->image.referencedBytes == details->image.referencedBytes);
        QVERIFY(!fixture.cache->images().inspect(digestOf("lowest")));
        QVERIFY(!fixture.cache->images().inspect(digestOf("unknown")));
    }

    void configsOfAnyKindDoNoHarm()
    {
        for (const std::string& config :
             {std::string("no json"), std::string("[]"), std::string(R"({"os":7,"history":{}})"),
              std::string(R"({"history":[7,{"created_by":9},{"empty_layer":"x"}]})"), std::string("\xff\xfe")}) {
            CacheFixture fixture;
            const auto store = fixture.engine("e");
            put(*store, config);
            const auto details = fixture.cache->images().inspect(putDocument(*store, manifestOf(config, {"x"})));
            QCOMPARE(details->manifests.front().layers.size(), std::size_t(1));
            QVERIFY(details->manifests.front().platform.empty());
        }
    }

    void storesManifestsByteForByte()
    {
        CacheFixture fixture;
        Images& images = fixture.cache->images();
        const std::string document = "\n " + manifestOf("{}", {"layer"}) + " \n"; // spaces are part of it
        const Digest digest = digestOf(document);
        QVERIFY(!images.hasManifest(digest) && !images.manifest(digest));
        images.putManifest("team/app:1", digest, bytesOf(document), "me");
        QVERIFY(images.hasManifest(digest));
        const auto stored = images.manifest(digest);
        QCOMPARE(stored->bytes, document);
        QCOMPARE(stored->mediaType, manifestType);
        QVERIFY(stored->kind == BlobKind::Manifest);
        QCOMPARE(readFile(fixture.layout.blob(digest)), document);
        QCOMPARE(fixture.cache->children(digest).size(), std::size_t(2));
        QVERIFY(fixture.cache->tags().find("team/app:1")->digest == digest);
        const auto why = fixture.cache->why(digest);
        QCOMPARE(why.size(), std::size_t(1));
        QCOMPARE(why.front().claim.holder, std::string("docker.io/team/app:1"));
        images.putManifest("team/app:1", digest, bytesOf(document), "me"); // again is fine
        fixture.reopen();
        QCOMPARE(fixture.cache->images().manifest(digest)->bytes, document);
        fixture.cache->flush();
        QCOMPARE(fixture.cache->blob(digest)->accessCount, std::uint64_t(2));
        fixture.cache->tags().remove("team/app:1", TagCause::Manual, "");
        QVERIFY(fixture.cache->blob(digest)->released);
    }

    void refusesManifestsThatAreNone()
    {
        CacheFixture fixture;
        Images& images = fixture.cache->images();
        const std::string good = manifestOf("{}", {});
        const auto refuses = [&](const std::string& reference, const Digest& digest, const std::string& document) {
            return errorOf([&] { images.putManifest(reference, digest, bytesOf(document), ""); }) ==
                   ErrorCode::InvalidArgument;
        };
        QVERIFY(refuses("x", digestOf("other"), good));
        QVERIFY(refuses("X", digestOf(good), good));
        QVERIFY(refuses("x@" + digestOf("other").toString(), digestOf(good), good));
        QVERIFY(refuses("x", digestOf("{}"), "{}"));
        QVERIFY(refuses("x", digestOf(""), ""));
        QVERIFY(fixture.cache->blobs({}, {}, 10).empty());
        QVERIFY(fixture.cache->tags().list({}, {}, 10).empty());
        QVERIFY(std::filesystem::is_empty(fixture.layout.ingestDirectory()));
    }

    void otherAlgorithmsAreFine()
    {
        CacheFixture fixture;
        const std::string document = manifestOf("{}", {});
        const Digest digest = Hasher::of(bytesOf(document), DigestAlgorithm::Sha512);
        fixture.cache->images().putManifest("x", digest, bytesOf(document), "");
        QCOMPARE(fixture.cache->images().manifest(digest)->bytes, document);
    }

    void anUnrecognisedBlobBecomesAManifest()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("e");
        const std::string document = manifestOf("{}", {"layer"});
        const Digest digest = put(*store, document); // under a ref that tells nothing
        QVERIFY(!fixture.cache->images().hasManifest(digest));
        fixture.cache->images().putManifest("x", digest, bytesOf(document), "");
        QVERIFY(fixture.cache->images().hasManifest(digest));
        QCOMPARE(fixture.cache->children(digest).size(), std::size_t(2));
        QCOMPARE(fixture.cache->why(digest).size(), std::size_t(2));
    }

    void aCleanupMayComeBetween()
    {
        FaultPlan plan;
        WatchedFile files(plan);
        CacheFixture fixture;
        fixture.fileSystem = &files;
        fixture.reopen();
        const auto store = fixture.engine("e");
        const std::string document = manifestOf("{}", {});
        const Digest digest = putDocument(*store, document);
        store->release(digest);
        Cleanup& cleanup = fixture.cache->cleanup();
        std::uint64_t trashed = 0;
        files.watch(fixture.layout.blob(digest), [&] {
            const auto made = cleanup.plan({takeAll(), "manual"}, {});
            trashed = cleanup.apply(made.id, Disposal::Trash, {}, {}).trashed;
        });
        fixture.cache->images().putManifest("x", digest, bytesOf(document), "");
        QCOMPARE(trashed, std::uint64_t(1));
        QVERIFY(fixture.cache->blob(digest)->state == BlobState::Present);
        QCOMPARE(cleanup.trashTotals().count, std::uint64_t(0));
        QVERIFY(!std::filesystem::exists(fixture.layout.trashed(digest)));
        QCOMPARE(fixture.cache->images().manifest(digest)->bytes, document);
    }

    void damagedManifestsAreNotHandedOut()
    {
        CacheFixture fixture;
        Images& images = fixture.cache->images();
        const std::string document = manifestOf("{}", {});
        const Digest digest = digestOf(document);
        images.putManifest("x", digest, bytesOf(document), "");
        fixture.cache->flush(); // the housekeeper may still be looking after what was being written
        fixture.damage(digest, "broken");
        QVERIFY(!images.hasManifest(digest));
        QVERIFY(errorOf([&] { images.manifest(digest); }) == ErrorCode::DataLoss);
        QVERIFY(!images.manifest(digest)); // set aside
        images.putManifest("x", digest, bytesOf(document), "");
        QCOMPARE(images.manifest(digest)->bytes, document);
    }
};

QTEST_GUILESS_MAIN(ImagesTest)
#include "images_test.moc"
