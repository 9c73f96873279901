// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "store/ingest_file.h"

#include "support/expect_error.h"
#include "support/fault_file_system.h"
#include "support/files.h"
#include "support/temp_root.h"

#include <QTest>

#include <thread>

using namespace layerhold;
using namespace layerhold::test;

namespace {

void append(IngestFile& file, std::string_view content)
{
    const std::array pieces{bytesOf(content)};
    file.append(pieces);
}

} // namespace

class IngestFileTest : public QObject
{
    Q_OBJECT

    FileSystem& files = FileSystem::real();

private slots:

    void appendsAndHashesWhatTheFileHolds()
    {
        const TempRoot root;
        const auto file = IngestFile::create(files, root / "i");
        QVERIFY(errorOf([&] { IngestFile::create(files, root / "i"); }) == ErrorCode::AlreadyExists);
        QVERIFY(file->digest() == Hasher::of({}));
        const std::array pieces{bytesOf("ab"), bytesOf(""), bytesOf("c")};
        file->append(pieces);
        QCOMPARE(file->size(), std::uint64_t{3});
        QCOMPARE(file->backlog(), std::uint64_t{3});
        file->catchUp();
        QCOMPARE(file->backlog(), std::uint64_t{0});
        QVERIFY(file->digest() == Hasher::of(bytesOf("abc")));
        append(*file, "d");
        QVERIFY(file->digest() == Hasher::of(bytesOf("abcd")));
        QVERIFY(file->digest(DigestAlgorithm::Sha256) == Hasher::of(bytesOf("abcd")));
        QVERIFY(file->digest(DigestAlgorithm::Sha512) == Hasher::of(bytesOf("abcd"), DigestAlgorithm::Sha512));
        QCOMPARE(file->identity().size, std::uint64_t{4});
    }

    void whatIsOnDiskCountsNotWhatWasHandedIn()
    {
        const TempRoot root;
        const auto file = IngestFile::create(files, root / "i");
        append(*file, "abc");
        writeFile(root / "i", "aXc");
        QVERIFY(file->digest() == Hasher::of(bytesOf("aXc")));
        append(*file, "d");
        writeFile(root / "i", "ab");
        QVERIFY(errorOf([&] { file->digest(); }) == ErrorCode::DataLoss);
        QVERIFY(errorOf([&] { file->digest(DigestAlgorithm::Sha384); }) == ErrorCode::DataLoss);
    }

    void resumesAtTheSizeAndHashesFromTheStart()
    {
        const TempRoot root;
        QVERIFY(errorOf([&] { IngestFile::resume(files, root / "i"); }) == ErrorCode::NotFound);
        append(*IngestFile::create(files, root / "i"), "abc");
        const auto file = IngestFile::resume(files, root / "i");
        QCOMPARE(file->size(), std::uint64_t{3});
        QCOMPARE(file->backlog(), std::uint64_t{3});
        append(*file, "def");
        QVERIFY(file->digest() == Hasher::of(bytesOf("abcdef")));
    }

    void truncatesToNothing()
    {
        const TempRoot root;
        const auto file = IngestFile::create(files, root / "i");
        append(*file, "abc");
        file->catchUp();
        file->truncate();
        QCOMPARE(file->size(), std::uint64_t{0});
        QCOMPARE(file->backlog(), std::uint64_t{0});
        append(*file, "x");
        QVERIFY(file->digest() == Hasher::of(bytesOf("x")));
        QCOMPARE(readFile(root / "i"), std::string("x"));
    }

    void flushesAndMakesReadOnly()
    {
        const TempRoot root;
        const auto file = IngestFile::create(files, root / "i");
        append(*file, "abc");
        file->flush();
        QVERIFY(std::filesystem::status(root / "i").permissions() == std::filesystem::perms::owner_read);
    }

    void aFailedAppendIsCutBack()
    {
        for (const FaultPlan::Fault fault :
             {FaultPlan::Fault::ShortWrite, FaultPlan::Fault::NoSpace, FaultPlan::Fault::IoError}) {
            const TempRoot root;
            FaultPlan plan;
            FaultFileSystem faulty(files, plan);
            const auto file = IngestFile::create(faulty, root / "i");
            append(*file, "abcd");
            plan.failAt(1, fault);
            const auto expected = fault == FaultPlan::Fault::NoSpace ? ErrorCode::Full : ErrorCode::Internal;
            QVERIFY(errorOf([&] { append(*file, "efgh"); }) == expected);
            QCOMPARE(file->size(), std::uint64_t{4});
            QCOMPARE(readFile(root / "i"), std::string("abcd"));
            append(*file, "EF");
            QCOMPARE(readFile(root / "i"), std::string("abcdEF"));
            QVERIFY(file->digest() == Hasher::of(bytesOf("abcdEF")));
        }
    }

    void whatCouldNotBeCutBackIsCutBeforeItCanCount()
    {
        const TempRoot root;
        FaultPlan plan;
        FaultFileSystem faulty(files, plan);
        const auto file = IngestFile::create(faulty, root / "i");
        append(*file, "abcd");
        plan.failAt(1, FaultPlan::Fault::ShortWrite, FaultPlan::Repeat::Sticky);
        QVERIFY(errorOf([&] { append(*file, "efgh"); }) == ErrorCode::Internal);
        QCOMPARE(readFile(root / "i"), std::string("abcdef"));
        QVERIFY(errorOf([&] { file->flush(); }) == ErrorCode::Internal);
        QVERIFY(file->digest() == Hasher::of(bytesOf("abcd")));
        plan.clear();
        file->flush();
        QCOMPARE(readFile(root / "i"), std::string("abcd"));
    }

    void hashesBesideAppends()
    {
        const TempRoot root;
        const auto file = IngestFile::create(files, root / "i");
        const std::string piece(300'000, 'p');
        constexpr int pieces = 100;
        std::atomic<bool> done = false;
        std::thread follower([&] {
            while (!done)
                file->catchUp();
        });
        Hasher expected;
        for (int i = 0; i < pieces; ++i) {
            append(*file, piece);
            expected.update(bytesOf(piece));
        }
        done = true;
        follower.join();
        QCOMPARE(file->size(), std::uint64_t{piece.size() * pieces});
        QVERIFY(file->digest() == expected.digest());
    }

    void startsWriteBackOfFullPiecesOnly()
    {
        const TempRoot root;
        FaultPlan plan;
        FaultFileSystem counting(files, plan);
        const auto file = IngestFile::create(counting, root / "i");
        append(*file, std::string((20 << 20) + 1, 'x'));
        plan.clear();
        file->catchUp();
        QCOMPARE(plan.calls(), std::uint64_t{2});
        append(*file, std::string(4 << 20, 'x'));
        plan.clear();
        file->catchUp();
        QCOMPARE(plan.calls(), std::uint64_t{1});
    }
};

QTEST_APPLESS_MAIN(IngestFileTest)
#include "ingest_file_test.moc"
