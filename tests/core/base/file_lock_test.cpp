// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "base/file_lock.h"

#include "support/expect_error.h"
#include "support/files.h"
#include "support/temp_root.h"

#include <QTest>

#include <csignal>
#include <sys/wait.h>

using namespace layerhold;
using namespace layerhold::test;

class FileLockTest : public QObject
{
    Q_OBJECT

private slots:

    void isHeldOnce()
    {
        const TempRoot root;
        const auto path = root / "owner.lock";
        QVERIFY(!FileLock::holder(path));
        {
            auto lock = FileLock::tryAcquire(path);
            QVERIFY(lock.has_value());
            QCOMPARE(FileLock::holder(path).value(), std::string());
            lock->setText("first, a long text");
            lock->setText("second");
            QCOMPARE(FileLock::holder(path).value(), std::string("second"));
            QVERIFY(!FileLock::tryAcquire(path));
            const FileLock moved = std::move(*lock);
            QVERIFY(!FileLock::tryAcquire(path));
        }
        QVERIFY(!FileLock::holder(path));
        QVERIFY(FileLock::tryAcquire(path).has_value());
    }

    void isFreeWhenTheHolderIsKilled()
    {
        const TempRoot root;
        const auto path = root / "owner.lock";
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            auto lock = FileLock::tryAcquire(path);
            if (lock)
                lock->setText("child");
            const char answer = lock ? 'y' : 'n';
            if (::write(ready[1], &answer, 1) != 1)
                ::_exit(1);
            for (;;)
                ::pause();
        }
        ::close(ready[1]);
        char answer = 0;
        const ssize_t count = ::read(ready[0], &answer, 1);
        ::close(ready[0]);
        const auto text = FileLock::holder(path);
        const bool wasFree = FileLock::tryAcquire(path).has_value();
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        QCOMPARE(count, ssize_t{1});
        QCOMPARE(answer, 'y');
        QCOMPARE(text.value_or("nobody"), std::string("child"));
        QVERIFY(!wasFree);
        QVERIFY(!FileLock::holder(path));
        QVERIFY(FileLock::tryAcquire(path).has_value());
    }

    void refusesOddFiles()
    {
        const TempRoot root;
        writeFile(root / "target", "untouched");
        std::filesystem::create_symlink(root / "target", root / "link");
        std::filesystem::create_directory(root / "directory");
        QVERIFY(errorOf([&] { FileLock::tryAcquire(root / "link"); }) == ErrorCode::FailedPrecondition);
        QVERIFY(errorOf([&] { FileLock::tryAcquire(root / "directory"); }) == ErrorCode::FailedPrecondition);
        QVERIFY(errorOf([&] { FileLock::holder(root / "directory"); }) == ErrorCode::FailedPrecondition);
        QVERIFY(errorOf([&] { FileLock::tryAcquire(root / "absent/lock"); }) == ErrorCode::NotFound);
        QCOMPARE(readFile(root / "target"), std::string("untouched"));
    }
};

QTEST_APPLESS_MAIN(FileLockTest)
#include "file_lock_test.moc"
