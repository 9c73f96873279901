// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "store/blob_files.h"

#include "support/expect_error.h"
#include "support/fault_file_system.h"
#include "support/files.h"
#include "support/temp_root.h"
#include "support/volatile_file_system.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <utility>

#include <sys/stat.h>

using namespace layerhold;
using namespace layerhold::test;
using Finding = BlobFiles::Finding;

namespace {

struct Store
{
    TempRoot root;
    BlobFiles blobs{FileSystem::real(), Layout(root / "cache")};

    Store() { blobs.prepare(); }

    Digest put(std::string_view content)
    {
        const Digest digest = Hasher::of(bytesOf(content));
        const auto ingest = blobs.layout().ingest(std::string(32, '0'));
        writeFile(ingest, content);
        blobs.publish(ingest, digest);
        return digest;
    }

    std::shared_ptr<OpenBlob> open(const Digest& digest) { return blobs.open(digest, blobs.identity(digest).value()); }

    BlobFiles::Verification verify(const Digest& digest) { return blobs.verify(digest, nullptr, {}); }
};

/// Does something before each read.
class ReadHook final : public FaultFileSystem
{
public:
    explicit ReadHook(FaultPlan& plan)
        : FaultFileSystem(FileSystem::real(), plan)
    {}

    std::size_t read(int fd, std::uint64_t offset, std::span<std::byte> buffer) override
    {
        beforeRead();
        return FaultFileSystem::read(fd, offset, buffer);
    }

    std::function<void()> beforeRead = [] {};
};

std::string read(const OpenBlob& blob, std::uint64_t offset, std::size_t size)
{
    std::string result(size, '\0');
    result.resize(blob.read(offset, std::as_writable_bytes(std::span(result))));
    return result;
}

} // namespace

class BlobFilesTest : public QObject
{
    Q_OBJECT

private slots:

    void preparesAnOciLayoutOnce()
    {
        Store store;
        const Layout& layout = store.blobs.layout();
        QCOMPARE(nlohmann::json::parse(readFile(layout.ociLayout())).at("imageLayoutVersion").get<std::string>(),
                 std::string("1.0.0"));
        const auto index = nlohmann::json::parse(readFile(layout.indexJson()));
        QCOMPARE(index.at("schemaVersion").get<int>(), 2);
        QVERIFY(index.at("manifests").is_array() && index.at("manifests").empty());
        QVERIFY(std::filesystem::status(layout.root()).permissions() == std::filesystem::perms::owner_all);
        writeFile(layout.indexJson(), "mine");
        writeFile(layout.ociLayout(), "");
        store.blobs.prepare();
        QCOMPARE(readFile(layout.indexJson()), std::string("mine"));
        QVERIFY(!readFile(layout.ociLayout()).empty());
    }

    void whatIsPreparedSurvivesAPowerCut()
    {
        const TempRoot root;
        VolatileFileSystem disk(root.path());
        BlobFiles blobs(disk, Layout(root / "cache"));
        disk.createDirectories(root / "cache");
        disk.syncDirectory(root.path());
        blobs.prepare();
        disk.powerCut(Loss::All);
        QVERIFY(!readFile(blobs.layout().ociLayout()).empty());
        QVERIFY(!readFile(blobs.layout().indexJson()).empty());
        for (const auto& directory : {blobs.layout().blobsDirectory(DigestAlgorithm::Sha256),
                                      blobs.layout().blobsDirectory(DigestAlgorithm::Sha512),
                                      blobs.layout().ingestDirectory(), blobs.layout().quarantineDirectory()})
            QVERIFY(std::filesystem::is_directory(directory));
    }

    void readsRanges()
    {
        Store store;
        const auto blob = store.open(store.put("0123456789"));
        QCOMPARE(blob->size(), std::uint64_t{10});
        QCOMPARE(read(*blob, 0, 100), std::string("0123456789"));
        QCOMPARE(read(*blob, 3, 4), std::string("3456"));
        QCOMPARE(read(*blob, 10, 4), std::string());
        QCOMPARE(read(*blob, ~std::uint64_t{0}, 4), std::string());
        std::array<std::byte, 4> buffer{};
        const auto count = blob->tryRead(8, buffer);
        QVERIFY(!count || *count == 2);
    }

    void opensOnlyTheTrustedIdentity()
    {
        Store store;
        const Digest digest = store.put("abc");
        const FileIdentity trusted = store.blobs.identity(digest).value();
        QVERIFY(store.blobs.open(digest, trusted) != nullptr);
        FileIdentity other = trusted;
        ++other.ctimeNs;
        QVERIFY(store.blobs.open(digest, other) == nullptr);
        store.put("abc");
        QVERIFY(store.blobs.open(digest, trusted) == nullptr);
        QVERIFY(store.blobs.remove(digest));
        QVERIFY(!store.blobs.remove(digest));
        QVERIFY(store.blobs.open(digest, trusted) == nullptr);
        QVERIFY(!store.blobs.identity(digest));
        std::filesystem::create_directory(store.blobs.layout().blob(digest));
        QVERIFY(store.blobs.open(digest, trusted) == nullptr);
    }

    void publishReplacesBadBytes()
    {
        Store store;
        const Digest digest = store.put("good");
        writeFile(store.blobs.layout().blob(digest), "evil");
        QVERIFY(store.verify(digest).finding == Finding::Damaged);
        store.put("good");
        QVERIFY(store.verify(digest).finding == Finding::Good);
        QVERIFY(FileSystem::real().list(store.blobs.layout().ingestDirectory()).empty());
    }

    void verifiesFiles()
    {
        Store store;
        const Digest digest = store.put(std::string((2 << 20) + 5, 'v'));
        std::uint64_t seen = 0;
        const auto good = store.blobs.verify(digest, [&](std::uint64_t bytes) { seen += bytes; }, {});
        QVERIFY(good.finding == Finding::Good);
        QVERIFY(good.identity == store.blobs.identity(digest));
        QCOMPARE(seen, std::uint64_t{(2 << 20) + 5});

        const auto path = store.blobs.layout().blob(digest);
        std::string content = readFile(path);
        content[content.size() / 2] ^= 1;
        writeFile(path, content);
        const auto flipped = store.verify(digest);
        QVERIFY(flipped.finding == Finding::Damaged);
        QVERIFY(flipped.reason.find(Hasher::of(bytesOf(content)).toString()) != std::string::npos);
        writeFile(path, "");
        QVERIFY(store.verify(digest).finding == Finding::Damaged);
        std::filesystem::remove(path);
        QVERIFY(store.verify(digest).finding == Finding::Missing);
        std::filesystem::create_symlink("/dev/null", path);
        QVERIFY(store.verify(digest).finding == Finding::Damaged);
    }

    void aFileThatChangesMeanwhileIsDamaged()
    {
        Store store;
        const std::string content(3 << 20, 'v');
        const Digest digest = store.put(content);
        const auto path = store.blobs.layout().blob(digest);
        const auto touch = [&](std::uint64_t) { ::chmod(path.c_str(), 0600); };
        QVERIFY(store.blobs.verify(digest, touch, {}).finding == Finding::Damaged);
        QVERIFY(store.verify(digest).finding == Finding::Good);
    }

    void aLinkMadeMeanwhileDoesNoHarm()
    {
        Store store;
        const Digest digest = store.put(std::string(3 << 20, 'v'));
        const auto path = store.blobs.layout().blob(digest);
        bool isLinked = false;
        const auto link = [&](std::uint64_t) {
            if (!std::exchange(isLinked, true))
                std::filesystem::create_hard_link(path, store.root / "link");
        };
        const auto verification = store.blobs.verify(digest, link, {});
        QVERIFY(verification.finding == Finding::Good);
        QVERIFY(verification.identity == store.blobs.identity(digest));
    }

    void verificationStops()
    {
        Store store;
        const Digest digest = store.put(std::string(3 << 20, 'v'));
        std::stop_source source;
        int pieces = 0;
        const auto stopAfterOne = [&](std::uint64_t) {
            ++pieces;
            source.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(store.blobs.verify(digest, stopAfterOne, source.get_token()), Cancelled);
        QCOMPARE(pieces, 1);
    }

    void quarantineTellsWhy()
    {
        Store store;
        const Layout& layout = store.blobs.layout();
        const Digest digest = store.put("good");
        for (unsigned number = 0; number < 2; ++number) {
            writeFile(layout.blob(digest), "evil");
            store.blobs.quarantine(digest, "It is \xff evil.", 42);
            QVERIFY(!store.blobs.identity(digest));
            const auto file = layout.quarantined(digest, number);
            QCOMPARE(readFile(file), std::string("evil"));
            const auto reason = nlohmann::json::parse(readFile(layout.quarantineReason(file)));
            QCOMPARE(reason.at("digest").get<std::string>(), digest.toString());
            QCOMPARE(reason.at("actual").get<std::string>(), Hasher::of(bytesOf("evil")).toString());
            QCOMPARE(reason.at("foundAt").get<int>(), 42);
            QCOMPARE(reason.at("size").get<int>(), 4);
            QVERIFY(reason.at("reason").get<std::string>().starts_with("It is "));
        }
        store.blobs.quarantine(digest, "gone", 43);
        QCOMPARE(FileSystem::real().list(layout.quarantineDirectory()).size(), std::size_t{4});
    }

    void anOpenBlobStaysReadableAfterRemoval()
    {
        Store store;
        const Digest digest = store.put("0123456789");
        const auto blob = store.open(digest);
        QVERIFY(store.blobs.remove(digest));
        QCOMPARE(read(*blob, 0, 10), std::string("0123456789"));
        QVERIFY(blob->isUnchanged());
        QCOMPARE(read(*blob, 5, 10), std::string("56789"));
    }

    void changedBytesAreDataLoss()
    {
        Store store;
        const Digest digest = store.put("0123456789");
        const auto blob = store.open(digest);
        writeFile(store.blobs.layout().blob(digest), "0123X56789");
        QVERIFY(!blob->isUnchanged());
        std::array<std::byte, 4> buffer{};
        QVERIFY(!blob->tryRead(0, buffer));
        QVERIFY(errorOf([&] { read(*blob, 0, 4); }) == ErrorCode::DataLoss);
        writeFile(store.blobs.layout().blob(digest), "short");
        QVERIFY(errorOf([&] { read(*blob, 0, 4); }) == ErrorCode::DataLoss);
        writeFile(store.blobs.layout().blob(digest), "0123456789");
        QCOMPARE(read(*blob, 0, 4), std::string("0123"));
    }

    void aLinkMadeWhileAnOpenBlobIsHashedDoesNoHarm()
    {
        Store store;
        FaultPlan plan;
        ReadHook disk(plan);
        const BlobFiles blobs(disk, store.blobs.layout());
        const Digest digest = store.put("0123456789");
        const auto path = blobs.layout().blob(digest);
        const auto blob = blobs.open(digest, *blobs.identity(digest));
        std::filesystem::create_hard_link(path, store.root / "first"); // it has to be hashed
        int reads = 0;
        disk.beforeRead = [&] {
            if (++reads == 2)
                std::filesystem::create_hard_link(path, store.root / "second"); // while it is
        };
        QCOMPARE(read(*blob, 0, 10), std::string("0123456789"));
        QVERIFY(reads > 2);
    }

    void quarantineNeedsNoSpace()
    {
        Store store;
        FaultPlan plan;
        FaultFileSystem disk(FileSystem::real(), plan);
        BlobFiles blobs(disk, store.blobs.layout());
        const Digest digest = store.put("good");
        plan.failAt(2, FaultPlan::Fault::NoSpace); // the rename is the first call
        blobs.quarantine(digest, "It is evil.", 42);
        QCOMPARE(plan.hits(), std::uint64_t(1));
        QVERIFY(!blobs.identity(digest));
        QVERIFY(std::filesystem::exists(blobs.layout().quarantined(digest, 0)));
    }

    void whatIsWrittenAnewSurvivesAPowerCut()
    {
        const TempRoot root;
        VolatileFileSystem disk(root.path());
        BlobFiles blobs(disk, Layout(root / "cache"));
        disk.createDirectories(root / "cache");
        disk.syncDirectory(root.path());
        blobs.prepare();
        const Digest digest = Hasher::of(bytesOf("bytes"));
        {
            const UniqueFd fd = disk.open(blobs.layout().blob(digest), FileSystem::OpenMode::CreateNew);
            write(disk, fd.get(), 0, "bytes");
            disk.dropUnsynced(fd.get()); // its flush has failed
        }
        blobs.makeDurable(digest); // and one more says nothing
        blobs.writeAnew(digest, std::string(32, '0'));
        disk.powerCut(Loss::All);
        QCOMPARE(readFile(blobs.layout().blob(digest)), std::string("bytes"));
        QVERIFY(std::filesystem::is_empty(blobs.layout().ingestDirectory()));
    }

    void visitsWellNamedFilesAndReturnsTheRest()
    {
        Store store;
        const Layout& layout = store.blobs.layout();
        std::vector<Digest> expected{store.put("a"), store.put("b")};
        const Digest big = Hasher::of(bytesOf("c"), DigestAlgorithm::Sha512);
        writeFile(layout.blob(big), "c");
        expected.push_back(big);
        const auto stray = layout.blobsDirectory(DigestAlgorithm::Sha256) / "stray";
        writeFile(stray, "");
        std::filesystem::create_directory(layout.blobsDirectory() / "md5");
        std::vector<Digest> seen;
        const auto others = store.blobs.forEach([&](const Digest& digest) { seen.push_back(digest); });
        std::sort(expected.begin(), expected.end());
        std::sort(seen.begin(), seen.end());
        QVERIFY(seen == expected);
        QVERIFY(others == (std::vector<Layout::Path>{layout.blobsDirectory() / "md5", stray}));
        QCOMPARE(readFile(stray), std::string());
    }
};

QTEST_APPLESS_MAIN(BlobFilesTest)
#include "blob_files_test.moc"
