// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/fault_file_system.h"

#include "support/expect_error.h"
#include "support/files.h"
#include "support/temp_root.h"
#include "support/volatile_file_system.h"

#include <QTest>

#include <algorithm>

using namespace layerhold;
using namespace layerhold::test;
using Mode = FileSystem::OpenMode;

namespace {

enum class Step
{
    SyncData,
    SyncDirectory,
};

/// The protocol of every durable file of ours, with some steps left out.
void publish(FileSystem& files, const TempRoot& root, const std::string& content, const std::vector<Step>& steps)
{
    const auto has = [&](Step step) { return std::find(steps.begin(), steps.end(), step) != steps.end(); };
    {
        const UniqueFd fd = files.open(root / "new", Mode::Replace);
        write(files, fd.get(), 0, content);
        if (has(Step::SyncData))
            files.syncData(fd.get());
    }
    files.rename(root / "new", root / "final");
    if (has(Step::SyncDirectory))
        files.syncDirectory(root.path());
}

} // namespace

class FaultFileSystemTest : public QObject
{
    Q_OBJECT

private slots:

    void theRightOrderSurvivesAPowerCut()
    {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const TempRoot root;
            VolatileFileSystem disk(root.path());
            publish(disk, root, "first", {Step::SyncData, Step::SyncDirectory});
            publish(disk, root, "second", {Step::SyncData, Step::SyncDirectory});
            disk.powerCut(seed == 0 ? Loss::All : Loss::Torn, seed);
            QCOMPARE(readFile(root / "final"), std::string("second"));
        }
    }

    void dataThatWasNotSyncedIsLost()
    {
        const TempRoot root;
        VolatileFileSystem disk(root.path());
        publish(disk, root, "first", {Step::SyncDirectory});
        QCOMPARE(readFile(root / "final"), std::string("first"));
        disk.powerCut(Loss::All);
        QVERIFY(std::filesystem::exists(root / "final"));
        QCOMPARE(readFile(root / "final"), std::string());
    }

    void namesThatWereNotSyncedAreLost()
    {
        const TempRoot root;
        VolatileFileSystem disk(root.path());
        publish(disk, root, "first", {Step::SyncData, Step::SyncDirectory});
        publish(disk, root, "second", {Step::SyncData});
        disk.powerCut(Loss::All);
        QCOMPARE(readFile(root / "final"), std::string("first"));
        QVERIFY(!std::filesystem::exists(root / "new"));
    }

    void aRemovalThatWasNotSyncedIsUndone()
    {
        const TempRoot root;
        VolatileFileSystem disk(root.path());
        publish(disk, root, "kept", {Step::SyncData, Step::SyncDirectory});
        QVERIFY(disk.remove(root / "final"));
        disk.powerCut(Loss::All);
        QCOMPARE(readFile(root / "final"), std::string("kept"));
        QVERIFY(disk.remove(root / "final"));
        disk.syncDirectory(root.path());
        disk.powerCut(Loss::All);
        QVERIFY(!std::filesystem::exists(root / "final"));
    }

    void anOverwriteGoesBackToTheSyncedBytes()
    {
        const TempRoot root;
        VolatileFileSystem disk(root.path());
        const std::string old(20'000, 'o');
        publish(disk, root, old, {Step::SyncData, Step::SyncDirectory});
        {
            const UniqueFd fd = disk.open(root / "final", Mode::Write);
            write(disk, fd.get(), 5000, std::string(10'000, 'n'));
            disk.truncate(fd.get(), 12'000);
            write(disk, fd.get(), 30'000, "far");
        }
        {
            const UniqueFd fd = disk.open(root / "final", Mode::Append);
            write(disk, fd.get(), 0, "end");
        }
        disk.powerCut(Loss::All);
        QVERIFY(readFile(root / "final") == old);
    }

    void tornWritesKeepSomeBlocks()
    {
        bool sawOld = false;
        bool sawNew = false;
        bool sawMixture = false;
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            const TempRoot root;
            VolatileFileSystem disk(root.path());
            publish(disk, root, std::string(8192, 'o'), {Step::SyncData, Step::SyncDirectory});
            write(disk, disk.open(root / "final", Mode::Write).get(), 0, std::string(8192, 'n'));
            disk.powerCut(Loss::Torn, seed);
            const std::string content = readFile(root / "final");
            QCOMPARE(content.size(), std::size_t{8192});
            sawOld = sawOld || content == std::string(8192, 'o');
            sawNew = sawNew || content == std::string(8192, 'n');
            sawMixture = sawMixture || content.front() != content.back();
        }
        QVERIFY(sawOld && sawNew && sawMixture);
    }

    void syncFileSystemCoversDataAndNames()
    {
        const TempRoot root;
        VolatileFileSystem disk(root.path());
        disk.createDirectories(root / "a/b");
        {
            const UniqueFd fd = disk.open(root / "a/b/file", Mode::CreateNew);
            write(disk, fd.get(), 0, "x");
            disk.syncFileSystem(fd.get());
        }
        disk.createDirectories(root / "a/c");
        disk.powerCut(Loss::All);
        QCOMPARE(readFile(root / "a/b/file"), std::string("x"));
        QVERIFY(!std::filesystem::exists(root / "a/c"));
    }

    void aFailedSyncDropsThePagesForGood()
    {
        const TempRoot root;
        VolatileFileSystem disk(root.path());
        FaultPlan plan;
        FaultFileSystem files(disk, plan);
        {
            const UniqueFd fd = files.open(root / "file", Mode::CreateNew);
            files.syncDirectory(root.path());
            write(files, fd.get(), 0, "x");
            plan.failAt(1, FaultPlan::Fault::IoError);
            QVERIFY(errorOf([&] { files.syncData(fd.get()); }) == ErrorCode::Internal);
            files.syncData(fd.get());
        }
        QCOMPARE(readFile(root / "file"), std::string("x"));
        disk.powerCut(Loss::All);
        // The second sync wrote the size, which is not of the page.
        QCOMPARE(readFile(root / "file"), std::string(1, '\0'));
    }

    void whatIsWrittenAnewAfterAFailedSyncIsSynced()
    {
        const TempRoot root;
        VolatileFileSystem disk(root.path());
        FaultPlan plan;
        FaultFileSystem files(disk, plan);
        {
            const UniqueFd fd = files.open(root / "file", Mode::CreateNew);
            files.syncDirectory(root.path());
            write(files, fd.get(), 0, "x");
            plan.failAt(1, FaultPlan::Fault::IoError);
            QVERIFY(errorOf([&] { files.syncData(fd.get()); }) == ErrorCode::Internal);
            write(files, fd.get(), 0, "y");
            files.syncData(fd.get());
        }
        disk.powerCut(Loss::All);
        QCOMPARE(readFile(root / "file"), std::string("y"));
    }

    void failsTheCallThatThePlanNames()
    {
        const TempRoot root;
        FaultPlan plan;
        FaultFileSystem files(FileSystem::real(), plan);
        const auto failures = [&](FaultPlan::Repeat repeat) {
            std::string result;
            plan.failAt(2, FaultPlan::Fault::NoSpace, repeat);
            const UniqueFd fd = files.open(root / "file", Mode::Replace);
            for (int i = 0; i < 3; ++i)
                result += errorOf([&] { write(files, fd.get(), 0, "abcd"); }) == ErrorCode::Full ? 'F' : '-';
            return result;
        };
        QCOMPARE(failures(FaultPlan::Repeat::Once), std::string("F--"));
        QCOMPARE(plan.calls(), std::uint64_t{4});
        QCOMPARE(plan.hits(), std::uint64_t{1});
        QCOMPARE(failures(FaultPlan::Repeat::Sticky), std::string("FFF"));

        plan.failAt(2, FaultPlan::Fault::ShortWrite);
        const UniqueFd fd = files.open(root / "file", Mode::Replace);
        QVERIFY(errorOf([&] { write(files, fd.get(), 0, "abcd"); }) == ErrorCode::Internal);
        QCOMPARE(readFile(root / "file"), std::string("ab"));

        plan.cutPower();
        QVERIFY(errorOf([&] { files.remove(root / "file"); }) == ErrorCode::Internal);
        QVERIFY(files.identity(root / "file").has_value());
    }

    void countsReadsWhenAsked()
    {
        const TempRoot root;
        writeFile(root / "file", "x");
        FaultPlan plan(FaultPlan::Counting::All);
        FaultFileSystem files(FileSystem::real(), plan);
        plan.failAt(2, FaultPlan::Fault::IoError);
        QVERIFY(files.identity(root / "file").has_value());
        QVERIFY(errorOf([&] { files.open(root / "file", Mode::Read); }) == ErrorCode::Internal);
        QVERIFY(files.open(root / "file", Mode::Read));
    }
};

QTEST_APPLESS_MAIN(FaultFileSystemTest)
#include "fault_file_system_test.moc"
