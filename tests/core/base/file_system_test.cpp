// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "base/file_system.h"

#include "support/expect_error.h"
#include "support/files.h"
#include "support/temp_root.h"

#include <QTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <climits>
#include <cstring>

using namespace layerhold;
using namespace layerhold::test;
using Mode = FileSystem::OpenMode;

namespace {

constexpr Mode allModes[] = {Mode::Read, Mode::CreateNew, Mode::Write, Mode::Replace, Mode::Append};

std::string readAll(FileSystem& files, int fd, std::uint64_t offset, std::size_t size)
{
    std::string result(size, '\0');
    result.resize(files.read(fd, offset, std::as_writable_bytes(std::span(result))));
    return result;
}

} // namespace

class FileSystemTest : public QObject
{
    Q_OBJECT

    FileSystem& files = FileSystem::real();

private slots:

    void opensByMode()
    {
        const TempRoot root;
        const auto path = root / "file";
        QVERIFY(errorOf([&] { files.open(path, Mode::Read); }) == ErrorCode::NotFound);
        QVERIFY(errorOf([&] { files.open(path, Mode::Write); }) == ErrorCode::NotFound);
        const UniqueFd created = files.open(path, Mode::CreateNew);
        write(files, created.get(), 0, "hello");
        QVERIFY(errorOf([&] { files.open(path, Mode::CreateNew); }) == ErrorCode::AlreadyExists);
        struct stat status = {};
        QCOMPARE(::fstat(created.get(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
        QVERIFY((::fcntl(created.get(), F_GETFD) & FD_CLOEXEC) != 0);

        write(files, files.open(path, Mode::Append).get(), 5, " you");
        QCOMPARE(readFile(path), std::string("hello you"));
        write(files, files.open(path, Mode::Write).get(), 0, "J");
        QCOMPARE(readFile(path), std::string("Jello you"));
        QCOMPARE(files.identity(files.open(path, Mode::Replace).get()).size, std::uint64_t{0});
    }

    void refusesWhatIsNoRegularFile()
    {
        const TempRoot root;
        writeFile(root / "target", "x");
        std::filesystem::create_directory(root / "directory");
        std::filesystem::create_symlink(root / "target", root / "link");
        std::filesystem::create_symlink(root / "absent", root / "dangling");
        QCOMPARE(::mkfifo((root / "fifo").c_str(), 0600), 0);
        const UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, (root / "socket").c_str(), sizeof address.sun_path - 1);
        QCOMPARE(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);

        const std::size_t before = openDescriptors();
        for (const char* name : {"directory", "link", "dangling", "fifo", "socket"}) {
            for (const Mode mode : allModes) {
                const auto expected = mode == Mode::CreateNew ? ErrorCode::AlreadyExists : ErrorCode::Corrupted;
                const auto code = errorOf([&] { files.open(root / name, mode); });
                QVERIFY2(code == expected, name);
            }
        }
        QCOMPARE(openDescriptors(), before);
        QCOMPARE(readFile(root / "target"), std::string("x"));
        QVERIFY(!std::filesystem::exists(root / "absent"));
    }

    void namesThePathInEveryMessage()
    {
        const TempRoot root;
        const auto expectName = [&](auto call) {
            try {
                call();
            } catch (const Error& error) {
                return std::string(error.what()).find("some-name") != std::string::npos;
            }
            return false;
        };
        const auto path = root / "some-name";
        QVERIFY(expectName([&] { files.open(path, Mode::Read); }));
        QVERIFY(expectName([&] { files.rename(path, root / "x"); }));
        QVERIFY(expectName([&] { files.hardLink(path, root / "x"); }));
        QVERIFY(expectName([&] { files.syncDirectory(path); }));
        QVERIFY(expectName([&] { files.space(path); }));
        writeFile(path, "");
        const UniqueFd fd = files.open(path, Mode::Read);
        QVERIFY(expectName([&] { write(files, fd.get(), 0, "x"); }));
        QVERIFY(expectName([&] { files.truncate(fd.get(), 1); }));
        QVERIFY(expectName([&] { files.createDirectories(path / "below"); }));
    }

    void writesMorePiecesThanTheKernelTakesAtOnce()
    {
        const TempRoot root;
        const UniqueFd fd = files.open(root / "file", Mode::CreateNew);
        std::string expected;
        std::vector<std::string> parts;
        for (int i = 0; i < 3 * IOV_MAX; ++i)
            parts.push_back(i % 7 == 0 ? std::string() : std::to_string(i));
        std::vector<std::span<const std::byte>> pieces;
        for (const std::string& part : parts) {
            expected += part;
            pieces.push_back(bytesOf(part));
        }
        files.write(fd.get(), 3, pieces);
        QCOMPARE(readFile(root / "file"), std::string(3, '\0') + expected);
        files.write(fd.get(), 0, {});
    }

    void readsUpToTheEnd()
    {
        const TempRoot root;
        writeFile(root / "file", "0123456789");
        const UniqueFd fd = files.open(root / "file", Mode::Read);
        QCOMPARE(readAll(files, fd.get(), 4, 3), std::string("456"));
        QCOMPARE(readAll(files, fd.get(), 7, 100), std::string("789"));
        QCOMPARE(readAll(files, fd.get(), 10, 5), std::string());
        QCOMPARE(readAll(files, fd.get(), 1000, 5), std::string());
    }

    void triesToReadWhatIsCached()
    {
        const TempRoot root;
        writeFile(root / "file", "0123456789");
        const UniqueFd fd = files.open(root / "file", Mode::Read);
        QCOMPARE(readAll(files, fd.get(), 0, 10), std::string("0123456789"));
        std::string buffer(20, '\0');
        const auto count = files.tryRead(fd.get(), 4, std::as_writable_bytes(std::span(buffer)));
        // A file system without RWF_NOWAIT may always answer "unknown"; a wrong answer is never right.
        if (count) {
            QCOMPARE(*count, std::size_t{6});
            QCOMPARE(buffer.substr(0, 6), std::string("456789"));
        }
        const auto behind = files.tryRead(fd.get(), 10, std::as_writable_bytes(std::span(buffer)));
        QVERIFY(!behind || *behind == 0);
    }

    void identityFollowsEveryChange()
    {
        const TempRoot root;
        const auto path = root / "file";
        QVERIFY(!files.identity(path));
        QVERIFY(!files.identity(path / "below"));
        const UniqueFd fd = files.open(path, Mode::CreateNew);
        write(files, fd.get(), 0, "abc");
        const FileIdentity first = files.identity(fd.get());
        QVERIFY(files.identity(path) == first);
        QCOMPARE(first.size, std::uint64_t{3});
        files.truncate(fd.get(), 2);
        QVERIFY(files.identity(fd.get()) != first);
        QCOMPARE(files.identity(fd.get()).inode, first.inode);
    }

    void renamesRemovesAndLists()
    {
        const TempRoot root;
        writeFile(root / "b", "1");
        writeFile(root / "a", "2");
        QVERIFY(files.list(root.path()) == (std::vector<std::string>{"a", "b"}));
        files.rename(root / "a", root / "b");
        QCOMPARE(readFile(root / "b"), std::string("2"));
        files.hardLink(root / "b", root / "c");
        QVERIFY(errorOf([&] { files.hardLink(root / "b", root / "c"); }) == ErrorCode::AlreadyExists);
        QVERIFY(files.remove(root / "b"));
        QVERIFY(!files.remove(root / "b"));
        QCOMPARE(readFile(root / "c"), std::string("2"));
        QVERIFY(files.list(root / "absent").empty());
        QVERIFY(errorOf([&] { files.list(root / "c"); }).has_value());
    }

    void createsPrivateDirectories()
    {
        const TempRoot root;
        files.createDirectories(root / "a/b/c");
        files.createDirectories(root / "a/b/c");
        for (const char* name : {"a", "a/b", "a/b/c"})
            QVERIFY(std::filesystem::status(root / name).permissions() == std::filesystem::perms::owner_all);
        writeFile(root / "file", "");
        QVERIFY(errorOf([&] { files.createDirectories(root / "file/x"); }) == ErrorCode::FailedPrecondition);
        std::filesystem::create_directory_symlink(root / "a", root / "link");
        files.createDirectories(root / "link/d");
        QVERIFY(std::filesystem::is_directory(root / "a/d"));
    }

    void syncsAndTheRest()
    {
        const TempRoot root;
        const UniqueFd fd = files.open(root / "file", Mode::CreateNew);
        write(files, fd.get(), 0, std::string(10000, 'x'));
        files.startWriteback(fd.get(), 0, 10000);
        files.syncData(fd.get());
        files.syncDirectory(root.path());
        files.syncFileSystem(fd.get());
        QVERIFY(errorOf([&] { files.syncDirectory(root / "file"); }).has_value());
        files.setReadOnly(fd.get());
        QVERIFY(std::filesystem::status(root / "file").permissions() == std::filesystem::perms::owner_read);
        const Space space = files.space(root.path());
        QVERIFY(space.totalBytes > 0 && space.freeBytes <= space.totalBytes);
        const UniqueFd copy = files.open(root / "copy", Mode::CreateNew);
        QCOMPARE(readFile(root / "copy"), files.clone(fd.get(), copy.get()) ? readFile(root / "file") : std::string());
    }

    void closesWhatItOpens()
    {
        const TempRoot root;
        writeFile(root / "file", "x");
        const std::size_t before = openDescriptors();
        {
            UniqueFd first = files.open(root / "file", Mode::Read);
            UniqueFd second = std::move(first);
            QVERIFY(!first && second);
            first = std::move(second);
            QCOMPARE(openDescriptors(), before + 1);
            files.list(root.path());
            files.syncDirectory(root.path());
        }
        QCOMPARE(openDescriptors(), before);
    }
};

QTEST_APPLESS_MAIN(FileSystemTest)
#include "file_system_test.moc"
