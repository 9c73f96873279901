// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cleanup_fixture.h"

#include "layerhold/operation.h"
#include "support/fault_file_system.h"

#include <filesystem>

using namespace layerhold;
using namespace layerhold::test;

namespace {

void bring(Operation& operation, std::string_view text)
{
    const auto delivery = operation.bring(digestOf(text), text.size(), BlobKind::Layer, "here");
    delivery->append(bytesOf(text));
    delivery->finish();
}

std::size_t filesIn(const Layout::Path& folder)
{
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
}

/// Lets nothing into the quarantine.
class NoQuarantine final : public FaultFileSystem
{
public:
    explicit NoQuarantine(FaultPlan& plan)
        : FaultFileSystem(FileSystem::real(), plan)
    {}

    void rename(const Path& from, const Path& to) override
    {
        if (std::string_view(to.c_str()).find("/quarantine/") != std::string_view::npos)
            throw Error(ErrorCode::Full, "no space");
        FaultFileSystem::rename(from, to);
    }
};

} // namespace

class OperationTest : public QObject
{
    Q_OBJECT

private slots:

    void holdsWhatItBroughtUntilItEnds()
    {
        CleanupFixture fixture;
        auto operation = fixture.cache->beginOperation("pull of an image");
        bring(*operation, "layer");
        QVERIFY(fixture.isInPlace(digestOf("layer")));
        fixture.cleanup().collect({CleanupOptions::Mode::Run, 0}, {}, {});
        QVERIFY(fixture.isInPlace(digestOf("layer")));
        const auto why = fixture.cache->why(digestOf("layer"));
        QCOMPARE(why.size(), std::size_t(1));
        QVERIFY(why.front().claim.holder.starts_with("pull of an image"));
        bring(*operation, "layer"); // again is no error
        operation.reset();
        QVERIFY(fixture.cache->why(digestOf("layer")).empty());
        fixture.cleanup().collect({CleanupOptions::Mode::Run, 0}, {}, {});
        QVERIFY(!fixture.isInPlace(digestOf("layer")));
    }

    void keepsWhatIsStored()
    {
        CleanupFixture fixture;
        const Digest stored = fixture.putReleased("stored");
        const auto operation = fixture.cache->beginOperation("pull");
        QVERIFY(operation->keep(stored, {}));
        QVERIFY(!operation->keep(digestOf("nowhere"), {}));
        fixture.cleanup().collect({CleanupOptions::Mode::Run, 0}, {}, {});
        QVERIFY(fixture.isInPlace(stored));
    }

    void goesOnWhereAnotherWasCut()
    {
        CleanupFixture fixture;
        const std::string text = "the first half|the second half";
        const Digest digest = digestOf(text);
        {
            const auto cut = fixture.cache->beginOperation("pull");
            const auto delivery = cut->bring(digest, text.size(), BlobKind::Layer, "here");
            QVERIFY(errorOf([&] { cut->bring(digest, text.size(), BlobKind::Layer, "here"); }) == ErrorCode::Locked);
            delivery->append(bytesOf(text).first(14));
        }
        QVERIFY(!fixture.cache->blob(digest));
        const auto operation = fixture.cache->beginOperation("pull");
        // What came from elsewhere may be somebody's private bytes, or somebody's lies.
        QCOMPARE(operation->bring(digest, text.size(), BlobKind::Layer, "there")->offset(), std::uint64_t(0));
        const auto delivery = operation->bring(digest, text.size(), BlobKind::Layer, "here");
        QCOMPARE(delivery->offset(), std::uint64_t(14));
        delivery->append(bytesOf(text).subspan(14));
        delivery->finish();
        QVERIFY(fixture.isInPlace(digest));
        QCOMPARE(filesIn(fixture.layout.ingestDirectory()), std::size_t(0));
    }

    void startsAnewWhenAsked()
    {
        CleanupFixture fixture;
        const auto operation = fixture.cache->beginOperation("pull");
        const auto delivery = operation->bring(digestOf("right"), 5, BlobKind::Layer, "here");
        delivery->append(bytesOf("wrong"));
        delivery->restart();
        QCOMPARE(delivery->offset(), std::uint64_t(0));
        delivery->append(bytesOf("right"));
        delivery->finish();
        QVERIFY(fixture.isInPlace(digestOf("right")));
    }

    void wrongBytesEndInQuarantine()
    {
        CleanupFixture fixture;
        const auto operation = fixture.cache->beginOperation("pull");
        const Digest digest = digestOf("right");
        {
            const auto delivery = operation->bring(digest, 5, BlobKind::Layer, "here");
            delivery->append(bytesOf("wrong"));
            QVERIFY(errorOf([&] { delivery->finish(); }) == ErrorCode::Corrupted);
        }
        QVERIFY(!fixture.cache->blob(digest) && !std::filesystem::exists(fixture.layout.blob(digest)));
        QCOMPARE(filesIn(fixture.layout.ingestDirectory()), std::size_t(0));
        QCOMPARE(fixture.cache->status().quarantineCount, std::uint64_t(1));
        QVERIFY(std::filesystem::exists(fixture.layout.quarantined(digest, 0)));
        QCOMPARE(operation->bring(digest, 5, BlobKind::Layer, "here")->offset(),
                 std::uint64_t(0)); // nothing of it is taken over
        bring(*operation, "right");
        QVERIFY(fixture.isInPlace(digest));
    }

    void wrongBytesThatCannotBeSetAsideAreDropped()
    {
        FaultPlan plan;
        NoQuarantine disk(plan);
        CacheFixture fixture;
        fixture.cache.reset();
        fixture.fileSystem = &disk;
        fixture.open();
        const auto operation = fixture.cache->beginOperation("pull");
        const Digest digest = digestOf("right");
        {
            const auto delivery = operation->bring(digest, 5, BlobKind::Layer, "here");
            delivery->append(bytesOf("wrong"));
            QVERIFY(errorOf([&] { delivery->finish(); }) == ErrorCode::Full);
        }
        QCOMPARE(filesIn(fixture.layout.ingestDirectory()), std::size_t(0));
        QCOMPARE(operation->bring(digest, 5, BlobKind::Layer, "here")->offset(), std::uint64_t(0));
        bring(*operation, "right");
        QVERIFY(std::filesystem::exists(fixture.layout.blob(digest)));
    }

    void claimsThatACrashLeftAreDropped()
    {
        CleanupFixture fixture;
        auto operation = fixture.cache->beginOperation("pull");
        bring(*operation, "layer");
        fixture.cache->flush();
        const auto copy = fixture.root.path() / "killed";
        std::filesystem::copy(fixture.layout.root(), copy, std::filesystem::copy_options::recursive);
        operation.reset();
        CacheOptions options;
        options.root = copy;
        const auto next = Cache::open(options);
        QVERIFY(next->blob(digestOf("layer")));
        QVERIFY(next->why(digestOf("layer")).empty());
    }
};

QTEST_GUILESS_MAIN(OperationTest)
#include "operation_test.moc"
